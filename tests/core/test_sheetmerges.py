"""Merged areas that nobody can mean are taken out before openpyxl makes a cell for each of their places."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from core.sheetmerges import MAX_ALL_MERGED, without_huge_merges
from core.sheets import read_book

SHEET = "xl/worksheets/sheet1.xml"


def book(*areas: str) -> bytes:
    """A workbook with one word and those merged areas, put in by hand."""
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "Họ và tên"
    stream, out = io.BytesIO(), io.BytesIO()
    made.save(stream)
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == SHEET:
                more = f"</sheetData><mergeCells>{merges}</mergeCells>"
                text = text.replace(b"</sheetData>", more.encode())
            new.writestr(name, text)
    return out.getvalue()


def test_a_whole_column_merged_is_its_first_cell() -> None:
    (sheet,) = read_book(book("A1:A1048576", "B1:C1"))
    assert sheet.merged == ("B1:C1",)
    assert [cell.value for row in sheet.rows for cell in row.cells] == ["Họ và tên"]


def test_areas_beyond_what_one_sheet_may_have_are_left_out() -> None:
    areas = [f"A{at}:XFD{at + 1}" for at in range(1, 4000, 2)]
    (sheet,) = read_book(book(*areas))
    assert len(sheet.merged) == MAX_ALL_MERGED // (2 * 16384)


def test_a_usual_workbook_stays_as_it_is() -> None:
    data = book("B1:C1")
    assert without_huge_merges(data) is data
