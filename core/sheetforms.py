"""Forms as workbooks: named cells, drop-downs, input checks. Beside core.sheets the only module that knows openpyxl."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, cast

import openpyxl
from openpyxl.drawing.image import Image
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.letters import clean
from core.sheets import CHOICES_SHEET, FIXED_TIME, ColumnKind, same_bytes

_FONT = "Times New Roman"
_EDGE = Side(style="thin")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_SHADE = PatternFill("solid", fgColor="EDEDED")
_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell takes: one of ``choices``, a whole number (``whole``), a number, a day, or a text of so many signs.

    ``message`` says in Vietnamese what is wanted. ``strict`` refuses anything else; otherwise Excel only warns.
    """

    message: str
    choices: tuple[str, ...] = ()
    whole: bool = False
    number: bool = False
    day: bool = False
    least: int | None = None
    longest: int | None = None
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell or merged area; ``name`` is the defined name by which it is read back.

    ``kind`` is None for what is printed: Excel shows a long text in a cell formatted as text as ####.
    """

    row: int
    column: int
    value: str | int | float | date | None = None
    across: int = 1
    down: int = 1
    kind: ColumnKind | None = None
    name: str = ""
    check: Check | None = None
    size: float = 11
    bold: bool = False
    italic: bool = False
    align: str = "left"
    boxed: bool = False
    shaded: bool = False
    wrap: bool = True


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form on one sheet: widths of columns in characters, heights of rows in points, what repeats on each page."""

    name: str
    spots: Sequence[Spot]
    widths: Sequence[float]
    heights: Mapping[int, float] = field(default_factory=dict)
    landscape: bool = False
    repeated: tuple[int, int] | None = None
    footer: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    picture: bytes | None = None
    picture_at: str = ""
    picture_side: int = 68  # pixels


def write_form(form: FormSheet) -> bytes:
    """The workbook as bytes, the same for the same form."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.name
    book.properties.created = FIXED_TIME
    book.properties.creator = "docgen"
    for name, value in form.properties.items():
        _custom(book).append(StringProperty(name=name, value=value))
    for spot in form.spots:
        _put(sheet, spot)
        if spot.name:
            place = f"${get_column_letter(spot.column)}${spot.row}"
            target = f"{quote_sheetname(sheet.title)}!{place}"
            book.defined_names[spot.name] = DefinedName(spot.name, attr_text=target)
    _add_checks(book, sheet, form.spots)
    _lay_out(sheet, form)
    if form.picture is not None:
        image = Image(io.BytesIO(form.picture))
        image.width = image.height = form.picture_side
        sheet.add_image(image, form.picture_at)
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def _custom(book: openpyxl.Workbook) -> Any:
    """The custom properties of a workbook; the type stubs of openpyxl do not know them yet."""
    return cast("Any", book).custom_doc_props


def _put(sheet: Worksheet, spot: Spot) -> None:
    cell = sheet.cell(row=spot.row, column=spot.column)
    if isinstance(spot.value, str):
        cell.value, cell.data_type = (
            clean(spot.value),
            "s",
        )  # `=1+1` in a name is text, never a formula
    elif spot.value is not None:
        cell.value = spot.value
    cell.number_format = spot.kind.value if spot.kind else "General"
    cell.font = Font(name=_FONT, size=spot.size, bold=spot.bold, italic=spot.italic)
    cell.alignment = Alignment(horizontal=spot.align, vertical="center", wrap_text=spot.wrap)
    last_row, last_column = spot.row + spot.down - 1, spot.column + spot.across - 1
    if spot.boxed or spot.shaded:
        for row in range(spot.row, last_row + 1):
            for column in range(spot.column, last_column + 1):
                sheet.cell(row=row, column=column).border = _BOX if spot.boxed else Border()
    if spot.shaded:
        cell.fill = _SHADE
    if (last_row, last_column) != (spot.row, spot.column):
        sheet.merge_cells(
            start_row=spot.row,
            start_column=spot.column,
            end_row=last_row,
            end_column=last_column,
        )


def _add_checks(book: openpyxl.Workbook, sheet: Worksheet, spots: Sequence[Spot]) -> None:
    """One rule for all cells with the same check."""
    cells: defaultdict[Check, list[tuple[int, int]]] = defaultdict(list)
    for spot in spots:
        if spot.check is not None:
            cells[spot.check].append((spot.column, spot.row))
    lists: dict[tuple[str, ...], str] = {}
    columns = count(1)
    for check, places in cells.items():
        if check.choices and check.choices not in lists:
            lists[check.choices] = _write_choices(book, check.choices, next(columns))
        rule = _rule(check, lists.get(check.choices, ""))
        for area in _areas(places):
            rule.add(area)
        sheet.add_data_validation(rule)


def _areas(places: Sequence[tuple[int, int]]) -> list[str]:
    """Cells under each other as one area: ``C12:C40``."""
    runs: list[list[int]] = []
    for column, row in sorted(places):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return [
        f"{get_column_letter(column)}{first}:{get_column_letter(column)}{last}"
        for column, first, last in runs
    ]


def _write_choices(book: openpyxl.Workbook, choices: tuple[str, ...], column: int) -> str:
    if CHOICES_SHEET not in book.sheetnames:
        book.create_sheet(CHOICES_SHEET).sheet_state = "hidden"
    sheet = book[CHOICES_SHEET]
    for row, choice in enumerate(choices, start=1):
        sheet.cell(row=row, column=column, value=choice)
    letter = get_column_letter(column)
    return f"{quote_sheetname(CHOICES_SHEET)}!${letter}$1:${letter}${len(choices)}"


def _rule(check: Check, choices: str) -> DataValidation:
    facts: dict[str, Any] = {"type": "textLength", "operator": "lessThanOrEqual"}
    if choices:
        facts = {"type": "list", "formula1": choices}
    elif check.whole or check.number:
        kind = "whole" if check.whole else "decimal"
        low = str(check.least if check.least is not None else -999_999_999)
        facts = {"type": kind, "operator": "greaterThanOrEqual", "formula1": low}
    elif check.day:
        day = (_FIRST_DAY - date(1899, 12, 30)).days
        facts = {"type": "date", "operator": "greaterThanOrEqual", "formula1": str(day)}
    else:
        facts["formula1"] = str(check.longest or 255)
    return DataValidation(
        **facts,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=False,
        errorStyle="stop" if check.strict else "warning",
        errorTitle="Chưa đúng",
        error=check.message,
    )


def _lay_out(sheet: Worksheet, form: FormSheet) -> None:
    for at, width in enumerate(form.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, height in form.heights.items():
        sheet.row_dimensions[row].height = height
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if form.landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    if form.repeated is not None:
        sheet.print_title_rows = f"{form.repeated[0]}:{form.repeated[1]}"
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = form.footer, "Trang &P/&N"
    footer.left.size = footer.right.size = 9
