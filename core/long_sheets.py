"""One long sheet written row by row, where `core.sheets` would hold every cell in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.letters import clean
from core.sheets import BOX, FIXED_TIME, FONT, Column, ColumnKind, Value, repack, sheet_name


def write_long_sheet(
    target: Path, *, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """One sheet of any length (Excel's limit is 1,048,576 rows) to a file, row by row, in constant memory.

    Headings are framed and frozen, texts that begin with ``=`` stay texts; the same rows give the same bytes.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = FIXED_TIME
    book.properties.creator = "docgen"
    sheet = book.create_sheet(sheet_name(name))
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width or len(column.heading)
    headings = [WriteOnlyCell(sheet, column.heading) for column in columns]
    for cell in headings:
        cell.font, cell.border = Font(name=FONT, size=12, bold=True), BOX
    sheet.append(headings)
    for row in rows:
        sheet.append([_long_cell(sheet, value) for value in row])
    with tempfile.TemporaryFile() as plain, target.open("wb") as out:
        book.save(plain)
        repack(plain, out)


def _long_cell(sheet: Worksheet, value: Value) -> object:
    """The value itself where that is enough: a styled cell costs ten times as much."""
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = ColumnKind.DATE.value
        return cell
    if not isinstance(value, str):
        return value
    text = clean(value)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
