"""Habits in Excel: other calendars, overlapping texts, parts on several sheets, formulas, cells merged downwards."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from random import Random

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.forms import FormField, FormKind
from core.schema import FieldKind
from core.sheets import FIXED_TIME, same_bytes
from tests.intake.corpus import spell
from tests.intake.corpus.habits_spell import unit_words
from tests.intake.corpus.values import Data

Kept = Callable[[FormField, object], object]


def _book(*titles: str) -> tuple[openpyxl.Workbook, list[Worksheet]]:
    book = openpyxl.Workbook()
    book.properties.created = FIXED_TIME
    book.remove(book.worksheets[0])
    return book, [book.create_sheet(title) for title in titles]


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


def _native(field: FormField, value: object) -> object:
    if value is None:
        return None
    if field.kind in {FieldKind.INTEGER, FieldKind.MONEY}:
        return int(str(value))
    if field.kind in {FieldKind.DATE, FieldKind.PARTIAL_DATE} and len(str(value)) == 10:
        return date.fromisoformat(str(value))
    if field.kind is FieldKind.RATE:
        return float(str(value))
    return spell.plain(field, value)


def _text(field: FormField, value: object) -> object:
    return spell.plain(field, value) or None


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    cell.value = value  # type: ignore[assignment]
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, str):
        cell.data_type = "s"


def _head(sheet: Worksheet, form: FormKind, row: int, column: int) -> int:
    """Head rows of the list from that cell; the row below them."""
    two = any(one.header for one in form.columns)
    sheet.cell(row, column, "TT")
    before = ""
    for at, one in enumerate(form.columns, column + 1):
        sheet.cell(row + (1 if one.header else 0), at, one.label_vi)
        if one.header and one.header != before:
            sheet.cell(row, at, one.header)
            wide = sum(other.header == one.header for other in form.columns)
            sheet.merge_cells(start_row=row, end_row=row, start_column=at, end_column=at + wide - 1)
        before = one.header
    return row + (2 if two else 1)


def _rows(
    sheet: Worksheet, form: FormKind, data: Data, row: int, column: int, *, kept: Kept = _native
) -> int:
    for number, source in enumerate(data.get("rows") or [], 1):
        sheet.cell(row, column, number)
        for at, one in enumerate(form.columns, column + 1):
            _put(sheet, row, at, kept(one, source.get(one.key)))
        row += 1
    return row


def _fields(
    sheet: Worksheet,
    form: FormKind,
    data: Data,
    row: int,
    *,
    label: int = 1,
    value: int = 2,
    kept: Kept = _native,
) -> int:
    for one in form.fields:
        sheet.cell(row, label, one.label_vi)
        _put(sheet, row, value, kept(one, data.get(one.key)))
        row += 1
    return row


def mac(form: FormKind, data: Data, random: Random) -> bytes:
    """The calendar of old Macs: days count from 1904."""
    book, (sheet,) = _book("Bieu 01")
    book.epoch = CALENDAR_MAC_1904
    sheet.cell(1, 1, form.titles[0])
    row = _fields(sheet, form, data, 3)
    if form.columns:
        row = _head(sheet, form, row + 1, 1)
        _rows(sheet, form, data, row, 1)
    return _saved(book)


def overlap(form: FormKind, data: Data, random: Random) -> bytes:
    """Narrow columns that texts run over; the list begins in the second column; no lines are drawn."""
    book, (sheet,) = _book("Sheet1")
    sheet.cell(1, 2, "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU")
    sheet.cell(1, 7, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.cell(3, 3, form.titles[0])
    row = 5
    for one in form.fields:
        text = spell.plain(one, data.get(one.key))
        sheet.cell(row, 2, f"{one.label_vi}: {text or '.............'}")
        row += 1
    if form.columns:
        row = _head(sheet, form, row + 1, 2)
        _rows(sheet, form, data, row, 2)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.orientation = "landscape"
    for at, one in enumerate(form.columns, 3):
        sheet.column_dimensions[get_column_letter(at)].width = (
            40 if one.kind is FieldKind.TEXT else 20
        )
    return _saved(book)


def parts(form: FormKind, data: Data, random: Random) -> bytes:
    """What stands once on one sheet, the list on the next, an empty third as Excel gives it."""
    book, (first, second, _) = _book("Thông tin chung", "Danh sách", "Sheet3")
    first.cell(1, 1, form.titles[0])
    _fields(first, form, data, 3)
    if form.columns:
        second.cell(1, 1, f"{form.titles[0]} (kèm theo)")
        row = _head(second, form, 3, 1)
        _rows(second, form, data, row, 1)
    return _saved(book)


def formulas(form: FormKind, data: Data, random: Random) -> bytes:
    """Sums and running numbers as formulas, with the values Excel kept beside them."""
    book, (sheet,) = _book("Biểu")
    sheet.cell(1, 1, form.titles[0])
    row = _fields(sheet, form, data, 3)
    found: dict[str, str] = {}
    for at, one in enumerate(form.fields, 3):
        if one.kind is FieldKind.INTEGER and data.get(one.key) is not None:
            sheet.cell(at, 2).value = f"=SUM({data[one.key]},0)"
            found[f"B{at}"] = str(data[one.key])
    if form.columns:
        row = top = _head(sheet, form, row + 1, 1)
        row = _rows(sheet, form, data, row, 1)
        for at in range(top, row):
            sheet.cell(at, 1).value = f"=ROW()-{top - 1}"
            found[f"A{at}"] = str(at - top + 1)
        _sums(sheet, form, data, row, found)
    return _cached(_saved(book), found)


def _sums(sheet: Worksheet, form: FormKind, data: Data, row: int, found: dict[str, str]) -> None:
    sheet.cell(row, 2, "TỔNG SỐ")
    for at, one in enumerate(form.columns, 2):
        numbers = [source[one.key] for source in data.get("rows") or [] if one.key in source]
        if one.kind is FieldKind.INTEGER and numbers:
            letter = get_column_letter(at)
            sheet.cell(row, at).value = f"=SUM({letter}{row - len(numbers)}:{letter}{row - 1})"
            found[f"{letter}{row}"] = str(sum(numbers))


def _cached(data: bytes, found: dict[str, str]) -> bytes:
    """The values that Excel would have kept beside the formulas."""

    def filled(match: re.Match[str]) -> str:
        return f"{match[1]}<v>{found[match[2]]}</v></c>"

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            part = source.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                pattern = r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?</c>'
                part = re.sub(pattern, filled, part.decode()).encode()
            target.writestr(info, part)
    return out.getvalue()


def _messily(field: FormField, value: object, random: Random) -> object:
    if value is None:
        return random.choice((None, " ", "-"))
    text = spell.plain(field, value)
    if field.kind in {FieldKind.INTEGER, FieldKind.MONEY}:
        return random.choice((float(str(value)), f" {value}", f"{value}\u00a0"))
    if field.kind is FieldKind.DATE:
        day = date.fromisoformat(str(value))
        told = (f"{day:%d/%m/%Y} ", f"{day.day}-{day.month}-{day.year}")
        return random.choice((datetime.combine(day, time(0)), str(value), *told))
    return f"\u00a0{text}  " if field.kind is FieldKind.TEXT else text


def messy(form: FormKind, data: Data, random: Random) -> bytes:
    """Numbers as 27.0, days as text or with an hour, no-break spaces, heads on two lines, notes on cells."""

    def kept(field: FormField, value: object) -> object:
        return _messily(field, value, random)

    book, (sheet,) = _book("DS")
    sheet.cell(1, 1, form.titles[0].replace(" ", "  ", 1))
    row = 3
    for one in form.fields:
        cell = sheet.cell(row, 1, f"{one.label_vi} :")
        if row % 3 == 0:
            cell.comment = Comment("Ghi 99 nếu không rõ", "CB")
        _put(sheet, row, 2, kept(one, data.get(one.key)))
        row += 1
    if form.columns:
        top = row + 1
        row = _head(sheet, form, top, 1)
        for line in range(top, row):
            for cell in sheet[line]:
                if isinstance(cell.value, str) and " " in cell.value:
                    cell.value = cell.value.replace(" ", "\n", 1)
        _rows(sheet, form, data, row, 1, kept=kept)
    return _saved(book)


def merged(form: FormKind, data: Data, random: Random) -> bytes:
    """One officer, one place for two rows: cells merged downwards."""
    book, (sheet,) = _book("Biểu 1")
    _wide(sheet, form)
    sheet.cell(1, 1, form.titles[0])
    row = _fields(sheet, form, data, 3, label=1, value=3)
    if form.columns:
        row = top = _head(sheet, form, row + 1, 1)
        listed = data.get("rows") or []
        for at in range(0, len(listed) - 1, 2):
            for key in ("native_place", "address", "sector", "officer_in_charge", "job"):
                if key in listed[at] and any(one.key == key for one in form.columns):
                    listed[at + 1][key] = listed[at][key]
        _rows(sheet, form, data, row, 1)
        for at in range(0, len(listed) - 1, 2):
            for column, one in enumerate(form.columns, 2):
                if (
                    one.key in {"native_place", "address", "sector", "officer_in_charge", "job"}
                    and one.key in listed[at]
                ):
                    sheet.cell(top + at + 1, column).value = None
                    sheet.merge_cells(
                        start_row=top + at,
                        end_row=top + at + 1,
                        start_column=column,
                        end_column=column,
                    )
    return _saved(book)


def _wide(sheet: Worksheet, form: FormKind) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.orientation = "landscape"
    widths: Sequence[float] = [30, 30, 60]
    if form.columns:
        widths = [30, *(52 if one.kind is FieldKind.TEXT else 24 for one in form.columns)]
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def wide(form: FormKind, data: Data, random: Random) -> bytes:
    """Everything that stands once in one row under its heads, as questionnaires on the web give it."""
    book, (sheet,) = _book("Câu trả lời")
    _wide(sheet, form)
    sheet.cell(1, 1, form.titles[0])
    for at, one in enumerate(form.fields, 1):
        sheet.cell(3, at, one.label_vi)
        _put(sheet, 4, at, _text(one, data.get(one.key)))
        sheet.column_dimensions[get_column_letter(at)].width = 52
    if form.columns:
        row = _head(sheet, form, 7, 1)
        _rows(sheet, form, data, row, 1)
    return _saved(book)


def unit_sheet(form: FormKind, data: Data, random: Random) -> bytes:
    """Units and words in the cells of a sheet."""
    book, (sheet,) = _book("Biểu mẫu")
    sheet.cell(1, 1, form.titles[0])

    def kept(field: FormField, value: object) -> object:
        return unit_words(field, value, random) or None

    row = _fields(sheet, form, data, 3, kept=kept)
    if form.columns:
        row = _head(sheet, form, row + 1, 1)
        _rows(sheet, form, data, row, 1, kept=kept)
    return _saved(book)


HABITS: dict[str, Callable[[FormKind, Data, Random], bytes]] = {
    "sheet-1904": mac,
    "sheet-overlap": overlap,
    "sheet-parts": parts,
    "sheet-formulas": formulas,
    "sheet-messy": messy,
    "sheet-merged-down": merged,
    "sheet-wide": wide,
    "sheet-units": unit_sheet,
}
