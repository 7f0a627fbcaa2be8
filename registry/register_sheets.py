"""The registers as .xlsx: a cover sheet and the ten legal columns (ND30 PL IV)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from core.sheets import Column, ColumnKind, SheetData, Value, write_book
from registry.books import (
    INCOMING_COLUMNS,
    OUTGOING_COLUMNS,
    TITLES,
    Book,
    IncomingRow,
    OutgoingRow,
)
from registry.models import Direction

BOOK_SHEET = "Sổ đăng ký"
_DATES = frozenset({"Ngày tháng văn bản", "Ngày chuyển", "Ngày đến"})
_COUNTS = frozenset({"Số lượng bản"})
_MM_PER_CHARACTER = 2.0  # Times New Roman 12


def registers_xlsx(rows: Sequence[OutgoingRow] | Sequence[IncomingRow], book: Book) -> bytes:
    """The register of one body and year; the same rows give the same bytes.

    The second sheet can be given back to ``import_register``.
    """
    legal = OUTGOING_COLUMNS if book.direction == Direction.OUTGOING else INCOMING_COLUMNS
    numbered = [f"({place})" for place in range(1, len(legal) + 1)]
    body: list[Sequence[Value]] = [numbered]
    body += [cast("tuple[Value, ...]", row.columns()) for row in rows]
    columns = tuple(
        Column(heading, _kind(heading), width / _MM_PER_CHARACTER) for heading, width in legal
    )
    return write_book([_cover(book), SheetData(BOOK_SHEET, columns, body, landscape=True)])


def _kind(heading: str) -> ColumnKind:
    if heading in _DATES:
        return ColumnKind.DATE
    return ColumnKind.INTEGER if heading in _COUNTS else ColumnKind.TEXT


def _cover(book: Book) -> SheetData:
    facts: list[tuple[str, str]] = [
        ("Năm", str(book.year)),
        ("Từ ngày", _day(book.first_date)),
        ("Đến ngày", _day(book.last_date)),
        ("Từ số", book.first_number),
        ("Đến số", book.last_number),
        ("Số dòng", str(book.count)),
        *((f"Dãy số {span.series}", span.words) for span in book.spans),
        *((f"Số giữ chỗ {full}", reason) for full, reason in book.kept),
        *((f"Số chèn {full}", reason) for full, reason in book.inserted),
    ]
    names = tuple(name.upper() for name in (book.parent, book.org) if name)
    return SheetData(
        "Bìa",
        (Column("Nội dung", width=30), Column("Giá trị", width=60)),
        facts,
        title=(*names, TITLES[Direction(book.direction)]),
        landscape=True,
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
