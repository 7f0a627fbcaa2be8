"""Workbooks (.xlsx): every visible sheet as tables, split at empty rows; values as their cells hold them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from lxml import etree

from core.errors import Unreadable
from core.letters import nfc
from core.numbers import format_decimal
from core.sheets import CHOICES_SHEET, Sheet, Value, read_book
from core.sheets import Cell as SheetCell
from intake.readers.raw import Cell, Channel, Control, Native, RawForm, Table

#: A sheet wider than this has its right part left out: forms have twenty columns.
_MAX_COLUMNS = 100
#: No list of a returned form is so long; a sheet that is goes back to be cut.
_MAX_ROWS = 20_000
#: A merged area is followed so far down: somebody may have merged a whole column.
_MAX_SPAN = 500
_KEY = re.compile(r"(?:rows\.)?[a-z][a-z0-9_]*")
_AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_COORDINATE = re.compile(r"([A-Z]+)(\d+)")


def read_xlsx(data: bytes) -> RawForm:
    """What stands in a workbook. Raises Unreadable when it is none, is locked or too large."""
    sheets = read_book(data, max_rows=_MAX_ROWS)
    tables: list[Table] = []
    notes: set[str] = set()
    for sheet in sheets:
        if sheet.hidden:
            notes |= {"hidden_cells"} if sheet.name != CHOICES_SHEET else set()
            continue
        made = tuple(_tables(sheet))
        tables += made
        if any(cell.hidden for table in made for cell in table.cells()):
            notes.add("hidden_cells")
    if not tables:
        raise Unreadable(
            "Bảng tính không có ô nào được điền. Hãy gửi lại tệp đã điền.", code="no_content"
        )
    return RawForm(
        Channel.XLSX, tuple(tables), properties=_properties(data), notes=frozenset(notes)
    )


def column_number(letters: str) -> int:
    """A column's place from 0: ``A`` is 0, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tables(sheet: Sheet) -> Iterator[Table]:
    """The sheet cut at its empty rows, every part as wide as the sheet, so that columns keep their places."""
    cells = _cells(sheet)
    if not cells:
        return
    width = min(max(column + cell.column_span for (_, column), cell in cells.items()), _MAX_COLUMNS)
    covered = _covered(cells)
    rows = sorted({row for row, _ in covered})
    part: list[int] = []
    for row in rows:
        if part and row > part[-1] + 1:
            yield _table(sheet, covered, part, width)
            part = []
        part.append(row)
    yield _table(sheet, covered, part, width)


def _table(
    sheet: Sheet, covered: dict[tuple[int, int], Cell], rows: Sequence[int], width: int
) -> Table:
    grid = tuple(tuple(covered.get((row, column)) for column in range(width)) for row in rows)
    return Table(grid, title=sheet.name)


def _cells(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    """The filled cells, and the named ones although they are empty, by row (from 1) and column (from 0)."""
    spans = {}
    for area in sheet.merged:
        match = _AREA.fullmatch(area)
        if match:
            first, last = column_number(match[1]), column_number(match[3])
            spans[int(match[2]), first] = (int(match[4]) - int(match[2]) + 1, last - first + 1)
    keys = {
        _place(coordinate): key for key, coordinate in sheet.names.items() if _KEY.fullmatch(key)
    }
    cells: dict[tuple[int, int], Cell] = {}
    for row in sheet.rows:
        for one in row.cells:
            at = (row.number, column_number(one.column))
            cells[at] = _cell(one, at, spans.get(at, (1, 1)), keys.get(at))
    for at, key in keys.items():
        if at not in cells:
            down, across = spans.get(at, (1, 1))
            empty = Control(key, "")
            cells[at] = Cell("", at[0], at[1], down, across, controls=(empty,))
    return cells


def _place(coordinate: str) -> tuple[int, int]:
    match = _COORDINATE.fullmatch(coordinate)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def _cell(one: SheetCell, at: tuple[int, int], span: tuple[int, int], key: str | None) -> Cell:
    text = display(one.value, one.number_format)
    return Cell(
        text,
        at[0],
        at[1],
        row_span=span[0],
        column_span=span[1],
        controls=(Control(key, text),) if key else (),
        native=_native(one.value),
        number_format=one.number_format,
        hidden=one.hidden,
    )


def _covered(cells: dict[tuple[int, int], Cell]) -> dict[tuple[int, int], Cell]:
    """Merged cells in every place that they cover."""
    covered: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in cells.items():
        for down in range(min(cell.row_span, _MAX_SPAN)):
            for across in range(min(cell.column_span, _MAX_COLUMNS)):
                covered.setdefault((row + down, column + across), cell)
    return covered


def _native(value: Value) -> Native:
    return float(value) if isinstance(value, Decimal) else value


def display(value: Value, number_format: str = "General") -> str:
    """A value as the sheet shows it, in Vietnamese: ``14/05/2024``, ``87,5%``; texts as they are."""
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case str():
            return nfc(value)
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case _ if "%" in number_format:
            return f"{format_decimal(Decimal(str(value)) * 100)}%"
        case int():
            return str(value)
        case _:
            return format_decimal(Decimal(str(value))).replace(".", "")


def _properties(data: bytes) -> dict[str, str]:
    """Custom properties of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "docProps/custom.xml" not in archive.namelist():
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            root = etree.fromstring(archive.read("docProps/custom.xml"), parser)
        except etree.XMLSyntaxError:
            return {}
    return {
        str(one.get("name")): nfc(str(one[0].text or "")).strip()
        for one in root
        if one.get("name") and len(one)
    }
