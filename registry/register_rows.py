"""An office's own register as .xlsx, read line by line; every fault is told with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.dates import parse_date
from core.errors import Unreadable, UserError
from core.sheets import Row, Sheet, Value, read_book
from core.symbols import DocumentCode, parse_code
from core.text import fold
from registry.models import Direction
from registry.series import SUFFIXES

#: Field of each legal heading (folded), for both registers.
_OUTGOING = {
    "Số, ký hiệu văn bản": "code",
    "Ngày tháng văn bản": "date",
    "Tên loại và trích yếu nội dung văn bản": "subject",
    "Người ký": "signer",
    "Nơi nhận văn bản": "recipients",
    "Đơn vị, người nhận bản lưu": "kept_by",
    "Số lượng bản": "copies",
    "Ngày chuyển": "sent_on",
    "Ký nhận": "receipt",
    "Ghi chú": "note",
}
_INCOMING = {
    "Ngày đến": "arrived_on",
    "Số đến": "arrival",
    "Tác giả": "author",
    "Số, ký hiệu văn bản": "code",
    "Ngày tháng văn bản": "date",
    "Tên loại và trích yếu nội dung văn bản": "subject",
    "Đơn vị hoặc người nhận": "receiver",
    "Ngày chuyển": "passed_on",
    "Ký nhận": "receipt",
    "Ghi chú": "note",
}
_NEEDED = {
    Direction.OUTGOING: ("code", "date", "subject"),
    Direction.INCOMING: ("arrived_on", "arrival", "author", "subject"),
}
_LENGTHS = {
    "code": 80,
    "subject": 1000,
    "signer": 100,
    "kept_by": 100,
    "receipt": 100,
    "note": 500,
    "author": 300,
    "receiver": 200,
}
_HEADING_ROWS = 20


@dataclass(slots=True)
class ImportedLine:
    """One line of the office's book. ``kept``: a number without a paper, its reason in ``note``."""

    row: int
    columns: Mapping[str, str]
    values: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    copies: int | None = None
    number: int = 0
    suffix: str = ""
    code: DocumentCode | None = None
    kept: bool = False

    def cell(self, name: str) -> str:
        """Where a field of this line stands: `C12`."""
        return f"{self.columns[name]}{self.row}"

    @property
    def printed(self) -> str:
        """`07`, `70a`."""
        return f"{self.number:02d}{self.suffix}"


@dataclass(slots=True)
class ReadBook:
    """All lines, and all faults by cell."""

    lines: list[ImportedLine]
    wrong: dict[str, str]


def read_register(data: bytes, *, direction: str) -> ReadBook:
    """Lines and faults of a register book. Raises Unreadable for no .xlsx, UserError without its headings."""
    way = Direction(direction)
    headings = _OUTGOING if way == Direction.OUTGOING else _INCOMING
    sheet, columns, top = _find_headings(read_book(data), headings, _NEEDED[way])
    book = ReadBook([], {})
    for row in sheet.rows:
        if row.number > top and not _is_counting(row):
            line = ImportedLine(row.number, columns)
            book.wrong.update(_fill(line, row, way))
            book.lines.append(line)
    return book


def _find_headings(
    sheets: tuple[Sheet, ...], headings: Mapping[str, str], needed: tuple[str, ...]
) -> tuple[Sheet, dict[str, str], int]:
    known = {fold(heading): name for heading, name in headings.items()}
    for sheet in sheets:
        for row in sheet.rows[:_HEADING_ROWS]:
            columns = {
                known[fold(str(cell.value))]: cell.column
                for cell in row.cells
                if fold(str(cell.value)) in known
            }
            if set(needed) <= set(columns):
                return sheet, columns, row.number
    wanted = ", ".join(f"«{heading}»" for heading, name in headings.items() if name in needed)
    raise UserError(
        f"Không thấy dòng tiêu đề của sổ: cần có các cột {wanted}.", code="headings_not_found"
    )


def _is_counting(row: Row) -> bool:
    """The second heading line (1) (2) … (10)."""
    texts = [str(cell.value).strip("() ") for cell in row.cells]
    return len(texts) > 1 and texts == [str(at) for at in range(1, len(texts) + 1)]


def _fill(line: ImportedLine, row: Row, way: Direction) -> Iterator[tuple[str, str]]:
    for name, column in line.columns.items():
        value = row.get(column)
        try:
            _take(line, name, value)
        except Unreadable as error:
            yield line.cell(name), error.message
    if way == Direction.OUTGOING:
        line.kept = not line.values.get("subject") and bool(line.values.get("note"))
    for name in _NEEDED[way]:
        told = line.values.get(name) or line.days.get(name)
        if (
            not told
            and row.get(line.columns[name]) is None
            and not (line.kept and name == "subject")
        ):
            yield line.cell(name), _MISSING[name]


_MISSING = {
    "code": "Thiếu số, ký hiệu.",
    "date": "Thiếu ngày tháng văn bản.",
    "subject": "Thiếu trích yếu; nếu là số để trống thì ghi lý do vào cột Ghi chú.",
    "arrived_on": "Thiếu ngày đến.",
    "arrival": "Thiếu số đến.",
    "author": "Thiếu tác giả.",
}


def _take(line: ImportedLine, name: str, value: Value) -> None:
    if value is None:
        return
    if name in {"date", "sent_on", "arrived_on", "passed_on"}:
        line.days[name] = _day(value)
    elif name == "copies":
        line.copies = _count(value)
    elif name == "arrival":
        line.number, line.suffix = _arrival(value)
        line.values[name] = line.printed
    else:
        text = str(value)
        if name in _LENGTHS and len(text) > _LENGTHS[name]:
            raise Unreadable(f"Dài {len(text)} ký tự, nhiều nhất {_LENGTHS[name]}.")
        line.values[name] = text
        if name == "code" and "arrival" not in line.columns:
            _take_code(line, text)


def _take_code(line: ImportedLine, text: str) -> None:
    code = parse_code(text)
    if code.number is None:
        raise Unreadable(f"“{text}” chưa có số.")
    if code.suffix and code.suffix not in SUFFIXES:
        raise Unreadable(f"Chữ kèm “{code.suffix}” không dùng cho số chèn.")
    line.code, line.number, line.suffix = code, code.number, code.suffix


def _day(value: Value) -> date:
    if isinstance(value, date):
        return value
    day = parse_date(str(value))
    if not isinstance(day, date):
        raise Unreadable(f"“{value}” chưa đủ ngày, tháng, năm.")
    return day


def _count(value: Value) -> int:
    text = str(value).strip()
    if not text.isdecimal():
        raise Unreadable(f"“{text}” không phải là số lượng.")
    return int(text)


def _arrival(value: Value) -> tuple[int, str]:
    text = str(value).strip().lower()
    digits = text.rstrip(SUFFIXES)
    suffix = text[len(digits) :]
    if not digits.isdecimal() or int(digits) == 0 or len(suffix) > 1:
        raise Unreadable(f"“{text}” không phải là số đến.")
    return int(digits), suffix
