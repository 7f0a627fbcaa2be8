"""Workbooks: fields above the list, merged headers, natives, named cells, hidden parts, empty lines."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Unreadable
from core.forms import get_form
from docgen.blanks.excel import excel_form
from docgen.blanks.imprint import Imprint
from intake.extract.assemble import Assembled, assemble
from intake.readers.xlsx import column_number, display, read_xlsx
from intake.reading import Certainty


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(kind: str, book: openpyxl.Workbook) -> Assembled:
    return assemble(read_xlsx(saved(book)), get_form(kind), certainty=Certainty.LIKELY)


def rows(made: Assembled) -> list[dict[str, object]]:
    assert made.rows is not None
    return [{key: one.value for key, one in row.items()} for row in made.rows]


def fill(sheet: Worksheet, lines: list[list[object]]) -> None:
    for line in lines:
        sheet.append(line)


@pytest.fixture
def report() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    fill(
        sheet,
        [
            ["BÁO CÁO TIẾN ĐỘ PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ"],
            ["Đơn vị báo cáo", "LĐLĐ huyện Tam Đường"],
            ["Kỳ báo cáo: tháng 5/2024", None, "Tính đến ngày", datetime(2024, 5, 31)],  # noqa: DTZ001
            ["TT", "Đơn vị", "Chỉ tiêu năm", None, "Lũy kế từ đầu năm", None, "Tỷ lệ %"],
            [None, None, "Đoàn viên", "CĐCS", "Kết nạp mới", "CĐCS mới", "Đoàn viên"],
            [1, "LĐLĐ huyện Tam Đường", 120, 5, 66, 2, 0.55],
            [2, "LĐLĐ huyện Than Uyên", "100", 4, 30, 1, "30%"],
            [None, "Tổng cộng", 220, 9, 96, 3, None],
            [None],
            ["Người lập biểu", "Giàng Thị Dở"],
        ],
    )
    for area in ("A4:A5", "B4:B5", "C4:D4", "E4:F4", "A1:G1"):
        sheet.merge_cells(area)
    sheet["G6"].number_format = "0.0%"
    return book


def test_fields_around_the_list_and_its_two_level_header(report: openpyxl.Workbook) -> None:
    made = read("progress_report", report)
    fields = {key: one.value for key, one in made.fields.items()}
    assert fields == {
        "district": "LĐLĐ huyện Tam Đường",
        "period": "2024-05",
        "as_of": "2024-05-31",
        "prepared_by": "Giàng Thị Dở",
    }
    first, second = rows(made)
    assert first["target_members"] == 120
    assert first["rate_members"] == 55
    assert (second["cum_joined"], second["rate_members"]) == (30, 30)


def test_a_hidden_column_is_read_only_where_no_visible_one_has_its_name() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    fill(
        sheet,
        [
            ["TT", "Họ và tên", "SĐT", "Họ tên", "Ngày sinh", "Số CCCD"],
            [1, "cũ", "0912000345", "Lò Thị Mẫu", datetime(1996, 9, 5), 12196999999],  # noqa: DTZ001
        ],
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["C"].hidden = True
    raw = read_xlsx(saved(book))
    assert "hidden_cells" in raw.notes
    (row,) = rows(read("collective_application", book))
    assert row == {
        "full_name": "Lò Thị Mẫu",
        "dob": "1996-09-05",
        "id_number": "012196999999",
        "phone": "0912000345",
    }


def test_an_empty_line_in_the_list_and_a_hidden_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    fill(
        sheet,
        [
            ["STT", "Họ và tên", "Ngày sinh", "Chức danh"],
            [1, "Lò Thị Mẫu", "1996", "Chủ tịch"],
            [None],
            [2, "Giàng A Páo", 1990, "Ủy viên"],
        ],
    )
    fill(book.create_sheet("ẩn"), [["STT", "Họ và tên", "Ngày sinh"], [1, "Không Ai Cả", "2000"]])
    book["ẩn"].sheet_state = "hidden"
    assert rows(read("recognition_request", book)) == [
        {"full_name": "Lò Thị Mẫu", "dob": "1996", "post": "chair"},
        {"full_name": "Giàng A Páo", "dob": "1990", "post": "member"},
    ]


def test_named_cells_are_controls_also_when_empty() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = 27
    sheet["A2"] = "Một nhãn đã đổi"
    for name, place in (
        ("workers_total", "$B$2"),
        ("workers_female", "$B$3"),
        ("Print_Area", "$A$1"),
    ):
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{place}")
    made = read("enterprise_survey", book)
    assert {key: one.value for key, one in made.fields.items()} == {
        "workers_total": 27,
        "workers_female": None,
    }


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2024, 5, 2), "dd/mm/yyyy", "02/05/2024"),
        (datetime(2024, 5, 2, 14, 30), "General", "02/05/2024 14:30"),  # noqa: DTZ001
        (time(8, 5), "hh:mm", "08:05"),
        (0.875, "0.0%", "87,5%"),
        (1234567, "#,##0", "1234567"),
        (87.5, "General", "87,5"),
        (True, "General", "Có"),
        (None, "General", ""),
    ],
)
def test_display(value: object, number_format: str, text: str) -> None:
    assert display(value, number_format) == text


def test_column_numbers() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]


def test_a_column_merged_to_its_end_costs_little() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B2"] = "x", "y"
    sheet.merge_cells("A1:A3")
    sheet.merge_cells("C1:D1")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"A1:A3", b"A1:A1048576"))
    (table,) = read_xlsx(out.getvalue()).tables
    assert [[cell.text if cell else None for cell in row][:2] for row in table.grid] == [
        ["x", None],
        [None, "y"],
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04"])
def test_what_is_no_workbook_is_said(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_xlsx(data)


def test_an_empty_workbook_is_said() -> None:
    with pytest.raises(Unreadable, match="không có ô nào"):
        read_xlsx(saved(openpyxl.Workbook()))


def test_the_lists_behind_drop_downs_are_not_hidden_data() -> None:
    form = get_form("enterprise_survey")
    raw = read_xlsx(excel_form(form, form.example, Imprint(date(2024, 5, 2))))
    assert raw.notes == frozenset()
    assert {table.title for table in raw.tables} == {"Biểu mẫu"}
