from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as dt_time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import sheets
from core.errors import Unreadable
from core.long_sheets import write_long_sheet
from core.sheets import (
    Column,
    ColumnKind,
    SheetData,
    Value,
    read_book,
    read_sheet,
    write_book,
)

COLUMNS = (
    Column("TT", ColumnKind.INTEGER, 6),
    Column("Tên doanh nghiệp"),
    Column("Mã số thuế"),
    Column("Ngày thành lập", ColumnKind.DATE),
)
ROWS: list[list[Value]] = [
    [1, "Công ty TNHH A&B <X>", "0100109106", date(2024, 5, 2)],
    [2, "=1+1", "6299900012-001", None],
]
DATA = SheetData("Danh sách: 2024", COLUMNS, ROWS, title=("DANH SÁCH DOANH NGHIỆP",))
WRITTEN = write_book([DATA])


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_written_is_read_back() -> None:
    sheet = read_sheet(write_book([DATA]))
    assert sheet.name == "Danh sách  2024"
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4]
    assert sheet.rows[1].get("B") == "Tên doanh nghiệp"
    assert [cell.value for cell in sheet.rows[2].cells] == ROWS[0]
    assert sheet.rows[3].get("B") == "=1+1"
    assert sheet.rows[3].get("D") is None


def test_codes_are_text_and_the_heading_is_frozen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_book([DATA])))
    sheet = book.worksheets[0]
    assert sheet["C3"].number_format == "@"
    assert sheet["C3"].data_type == sheet["B4"].data_type == "s"
    assert sheet["D3"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "A3"


def test_the_same_sheets_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_book([DATA])

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Later:
            return cls(2031, 1, 1)

    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", Later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(1_900_000_000))
    assert write_book([DATA]) == first
    assert b"2031" not in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


def test_a_row_longer_than_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="5 values for 4 columns"):
        write_book([SheetData("x", COLUMNS, [[1, 2, 3, 4, 5]])])


def test_hidden_merged_and_typed_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Ẩn"
    sheet.sheet_state = "hidden"
    shown = book.create_sheet("Danh sách")
    book.active = shown
    shown["A1"], shown["D1"] = "Họ\u00a0tên ", 27.0
    shown["A2"], shown["B2"] = datetime(2024, 5, 2), 0.5  # noqa: DTZ001
    shown["C3"], shown["A4"] = "  ", True
    shown.merge_cells("A1:B1")
    shown.column_dimensions["D"].hidden = True
    shown.row_dimensions[2].hidden = True
    sheets_read = read_book(saved(book))
    assert [(s.name, s.hidden) for s in sheets_read] == [("Ẩn", True), ("Danh sách", False)]
    read = read_sheet(saved(book))
    assert read.name == "Danh sách"
    assert read.merged == ("A1:B1",)
    assert read.hidden_columns == {"D"}
    assert [(c.column, c.value, c.hidden) for c in read.rows[0].cells] == [
        ("A", "Họ tên", False),
        ("D", 27, True),
    ]
    assert read.rows[1].hidden
    assert read.rows[1].get("A") == date(2024, 5, 2)
    assert [row.number for row in read.rows] == [1, 2, 4]
    with pytest.raises(Unreadable, match="Không có trang tính “Khác”"):
        read_sheet(saved(book), "Khác")


def test_files_that_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        read_book(b"no workbook")
    with pytest.raises(Unreadable, match="xls đời cũ"):
        read_book(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(Unreadable, match="không phải là bảng tính"):
        read_book(other.getvalue())
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x")
    with pytest.raises(Unreadable, match="hỏng"):
        read_book(broken.getvalue())


def test_files_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_book([DATA])
    with pytest.raises(Unreadable, match="nhiều nhất là 3 dòng"):
        read_book(data, max_rows=3)
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 1000)
    with pytest.raises(Unreadable, match="quá lớn khi mở ra"):
        read_book(data)


def test_percentages_and_durations() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = 0.875, 0.875, timedelta(hours=8, minutes=30)
    sheet["A1"].number_format = "0.0%"
    cells = read_sheet(saved(book)).rows[0].cells
    assert [(cell.value, cell.percent) for cell in cells[:2]] == [(0.875, True), (0.875, False)]
    assert cells[2].value == dt_time(8, 30)


def test_a_sheet_formatted_to_its_end_is_read_at_once() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "TT"
    sheet["XFD1048576"].number_format = "@"
    assert [row.number for row in read_sheet(saved(book)).rows] == [1]


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_file_is_unreadable_or_read(at: int, byte: int) -> None:
    data = bytearray(WRITTEN)
    data[at % len(data)] = byte
    try:
        sheets_read = read_book(bytes(data))
    except Unreadable:
        return
    assert isinstance(sheets_read, tuple)


def test_a_long_sheet_is_the_same_every_time_and_read_back(tmp_path: Path) -> None:
    columns = (Column("STT", ColumnKind.INTEGER), Column("Trích yếu", width=40), Column("Ngày"))
    rows = [(1, "=1+1", date(2024, 5, 2)), (2, "Công ty TNHH A&B <X>", None), (3, "0123", None)]
    one, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_long_sheet(one, name="Danh mục", columns=columns, rows=iter(rows))
    write_long_sheet(other, name="Danh mục", columns=columns, rows=rows)
    assert one.read_bytes() == other.read_bytes()
    sheet = read_book(one.read_bytes())[0]
    assert sheet.name == "Danh mục"
    values = [[cell.value for cell in row.cells] for row in sheet.rows]
    assert values[0] == ["STT", "Trích yếu", "Ngày"]
    assert values[1] == [1, "=1+1", date(2024, 5, 2)]
    assert values[3] == [3, "0123"]
    plain = openpyxl.load_workbook(one)["Danh mục"]
    assert plain["B2"].data_type == "s"  # no formula
    assert plain["C2"].number_format == "dd/mm/yyyy"
    assert plain.freeze_panes == "A2"
