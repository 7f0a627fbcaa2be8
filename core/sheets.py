"""A thin typed reader and writer of .xlsx: with core.long_sheets and core.sheetforms all that know openpyxl.

Reading keeps what the office typed (row numbers, hidden marks, numbers as numbers, dates as dates) and
refuses files that would fill the memory. Writing gives the same bytes for the same cells.
"""

from __future__ import annotations

import io
import re
import shutil
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import IO

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import Unreadable
from core.letters import clean
from core.sheetmerges import without_huge_merges

AnyCell = openpyxl.cell.Cell | openpyxl.cell.MergedCell
Value = str | int | float | Decimal | bool | date | datetime | time | None

#: The hidden sheet behind the drop-downs of a form: a list in the cell's own rule may have 255 signs and no comma.
CHOICES_SHEET = "Danh mục"
MAX_UNPACKED = 64 * 2**20  # of XML: over a million cells, about 600 MB of memory
MAX_PARTS = 2000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
FIXED_TIME = datetime(2024, 1, 1)  # noqa: DTZ001 - a constant inside the file, no moment in time
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)


_NOT_OPENED = "Không mở được tệp bảng tính: tệp hỏng hoặc không phải .xlsx. Hãy mở bằng Excel, lưu lại rồi gửi."
# What openpyxl lets through for a damaged archive or damaged XML.
_DAMAGED = (
    ValueError, LookupError, TypeError, AttributeError, OSError, SyntaxError, RuntimeError, EOFError,
    AssertionError, zipfile.BadZipFile, zlib.error, InvalidFileException,
)  # fmt: skip


# --- reading -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell: ``column`` is the letter, ``hidden`` if its row or column is.

    ``number_format`` tells 0.875 shown as 87,5% (``0.0%``) from 0.875.
    """

    column: str
    value: Value
    hidden: bool = False
    number_format: str = "General"

    @property
    def percent(self) -> bool:
        """Whether the number is shown as a percentage, so that 0.875 means 87.5."""
        return "%" in self.number_format


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row; ``number`` counts from 1 as on screen."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def get(self, column: str) -> Value:
        """Value under a column letter, None if the cell is empty."""
        return next((cell.value for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows with something in them, merged ranges such as ``A1:C1``, hidden columns.

    ``names``: defined names of single cells of this sheet, name to coordinate (``workers_total``: ``C12``).
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[str, ...] = ()
    hidden_columns: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


def read_book(data: bytes, *, max_rows: int = MAX_ROWS) -> tuple[Sheet, ...]:
    """All sheets of a workbook, in their order. Formulas give the result stored by the program that saved.

    Raises Unreadable for what is no .xlsx, is locked with a password, or is too large.
    """
    _guard(data)
    try:
        data = without_huge_merges(data)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of extensions that carry no cell values
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except _DAMAGED as error:
        raise Unreadable(_NOT_OPENED) from error
    names = _cell_names(book)
    return tuple(
        replace(_sheet(book[name], max_rows), names=names.get(name, {}))
        for name in book.sheetnames
        if _is_grid(book[name])
    )


_ONE_CELL = re.compile(
    r"^(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)$"
)


def _cell_names(book: openpyxl.Workbook) -> dict[str, dict[str, str]]:
    """Defined names of single cells, by sheet."""
    found: dict[str, dict[str, str]] = {}
    for name, definition in book.defined_names.items():
        match = _ONE_CELL.match(str(definition.attr_text or ""))
        if match:
            sheet = (match["quoted"] or "").replace("''", "'") or match["plain"]
            found.setdefault(sheet, {})[name] = f"{match['column']}{match['row']}"
    return found


def read_sheet(data: bytes, name: str | None = None, *, max_rows: int = MAX_ROWS) -> Sheet:
    """One sheet: the named one, else the first that is not hidden. Raises Unreadable."""
    sheets = read_book(data, max_rows=max_rows)
    for sheet in sheets:
        if sheet.name == name or (name is None and not sheet.hidden):
            return sheet
    names = ", ".join(sheet.name for sheet in sheets)
    raise Unreadable(f"Không có trang tính “{name or ''}”; tệp có: {names}.")


def _is_grid(sheet: object) -> bool:
    return isinstance(sheet, Worksheet)  # a chart sheet has no cells


def _guard(data: bytes) -> None:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            "Tệp là .xls đời cũ hoặc có mật khẩu; hãy lưu lại thành .xlsx không mật khẩu."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _DAMAGED as error:
        raise Unreadable(_NOT_OPENED) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(
            "Tệp bảng tính quá lớn khi mở ra; hãy xóa bớt dữ liệu thừa.", code="too_large"
        )
    if not any(part.filename.endswith("workbook.xml") for part in parts):
        raise Unreadable("Tệp không phải là bảng tính .xlsx. Hãy gửi lại tệp Excel (.xlsx).")


def _hidden_columns(sheet: Worksheet) -> frozenset[str]:
    hidden: set[str] = set()
    for letter, dimension in sheet.column_dimensions.items():
        if dimension.hidden:  # one entry may stand for a run of columns
            first, last = dimension.min or 0, min(dimension.max or 0, MAX_COLUMNS)
            hidden |= (
                {get_column_letter(at) for at in range(first, last + 1)} if first else {letter}
            )
    return frozenset(hidden)


def _sheet(sheet: Worksheet, max_rows: int) -> Sheet:
    hidden_columns = _hidden_columns(sheet)
    rows: dict[int, list[Cell]] = {}
    # The cells of the file only: walking rows would make every empty cell of a sheet that somebody
    # formatted down to row 1,048,576.
    for (number, at), cell in sorted(sheet._cells.items()):  # noqa: SLF001
        value = _plain(cell.value)
        if value is None:
            continue
        if at > MAX_COLUMNS or (number not in rows and len(rows) >= max_rows):
            raise Unreadable(
                f"Trang “{sheet.title}” quá lớn: nhiều nhất là {max_rows} dòng và {MAX_COLUMNS} cột"
                " có dữ liệu. Hãy xóa phần thừa hoặc tách nhỏ rồi gửi lại.",
                code="too_large",
            )
        letter = get_column_letter(at)
        hidden = _row_hidden(sheet, number) or letter in hidden_columns
        rows.setdefault(number, []).append(Cell(letter, value, hidden, str(cell.number_format)))
    return Sheet(
        sheet.title,
        tuple(
            Row(number, tuple(cells), _row_hidden(sheet, number)) for number, cells in rows.items()
        ),
        hidden=sheet.sheet_state != "visible",
        merged=tuple(sorted(str(area) for area in sheet.merged_cells.ranges)),
        hidden_columns=hidden_columns,
    )


def _row_hidden(sheet: Worksheet, number: int) -> bool:
    return number in sheet.row_dimensions and bool(sheet.row_dimensions[number].hidden)


def _plain(value: object) -> Value:
    """Text cleaned (empty is None), whole floats as integers, midnight as a date."""
    match value:
        case None:
            return None
        case float() if value.is_integer() and abs(value) < 2**53:
            return int(value)
        case datetime() if value.time() == time():
            return value.date()
        case timedelta():  # a time of day in a cell formatted as duration
            within = timedelta() <= value < timedelta(days=1)
            return (datetime.min + value).time() if within else str(value)  # noqa: DTZ901
        case bool() | int() | float() | datetime() | date() | time():
            return value
        case _:
            return clean(str(value)) or None


# --- writing -----------------------------------------------------------------------------------------


class ColumnKind(StrEnum):
    """How a column shows its values. Codes, phones and ID numbers are TEXT, or Excel drops their zeros."""

    TEXT = "@"
    INTEGER = "#,##0"
    DECIMAL = "#,##0.##"
    MONEY = '#,##0" đồng"'  # printed without its unit, 19.000 may be nineteen thousand or million
    DATE = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, kind and width in characters (None: from its contents)."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None


@dataclass(frozen=True, slots=True)
class SheetData:
    """What one sheet holds. ``title`` lines stand above the headings; rows are in the columns' order."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    title: tuple[str, ...] = ()
    landscape: bool = False


FONT = "Times New Roman"
_EDGE = Side(style="thin")
BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def write_book(sheets: Sequence[SheetData]) -> bytes:
    """A workbook as bytes, the same for the same sheets: headings framed and frozen, codes as text.

    A text that begins with ``=`` stays text. Raises ValueError for a row with more values than columns.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = FIXED_TIME
    book.properties.creator = "docgen"
    for data in sheets:
        _fill(book.create_sheet(sheet_name(data.name)), data)
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def sheet_name(name: str) -> str:
    """A name that Excel takes."""
    return re.sub(r"[\[\]:*?/\\]", " ", clean(name))[:31].strip("' ") or "Trang 1"


def _fill(sheet: Worksheet, data: SheetData) -> None:
    for at, line in enumerate(data.title, start=1):
        _put(sheet, at, 1, line, ColumnKind.TEXT).font = Font(name=FONT, size=13, bold=True)
    top = len(data.title) + 1
    for at, column in enumerate(data.columns, start=1):
        cell = _put(sheet, top, at, column.heading, ColumnKind.TEXT)
        cell.font, cell.border = Font(name=FONT, size=12, bold=True), BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = column.width or _width(data, at - 1)
    for number, row in enumerate(data.rows, start=top + 1):
        if len(row) > len(data.columns):
            raise ValueError(f"row {number} has {len(row)} values for {len(data.columns)} columns")
        for at, value in enumerate(row, start=1):
            cell = _put(sheet, number, at, value, data.columns[at - 1].kind)
            cell.font, cell.border = Font(name=FONT, size=12), BOX
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if data.landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Value, kind: ColumnKind) -> AnyCell:
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"  # `=1+1` in a name is text, never a formula
    elif isinstance(value, bool):
        cell.value = "x" if value else ""
    elif kind is ColumnKind.TEXT and value is not None and not isinstance(value, date | time):
        cell.value, cell.data_type = str(value), "s"
    else:
        cell.value = value
    by_value = isinstance(value, date) and kind is ColumnKind.TEXT
    cell.number_format = ColumnKind.DATE if by_value else kind.value
    return cell


def _width(data: SheetData, at: int) -> float:
    texts = [data.columns[at].heading, *(str(row[at]) for row in data.rows[:500] if at < len(row))]
    longest = max(len(line) for text in texts for line in text.split("\n") or [""])
    return float(min(max(longest + 2, 6), 50))


def same_bytes(data: bytes) -> bytes:
    """Repack with fixed dates, in one order: openpyxl stamps the present moment into both."""
    out = io.BytesIO()
    repack(io.BytesIO(data), out)
    return out.getvalue()


def repack(plain: IO[bytes], out: IO[bytes]) -> None:
    """Copy a workbook part by part with fixed dates."""
    stamp = FIXED_TIME.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, source.read(name)
                )
                target.writestr(info, content)
                continue
            with source.open(name) as part, target.open(info, "w") as copy:
                shutil.copyfileobj(part, copy, 1 << 20)
