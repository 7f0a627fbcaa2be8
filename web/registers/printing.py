"""The book in print and as .xlsx: the same lines in the legal order, of a year or a month."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render

from core.errors import NotFound, UserError
from docgen.blanks.register_book import register_book
from docgen.services.previews import ask_preview
from records.models import UnionOrg
from registry.books import IncomingRow, OutgoingRow, book_of, incoming_rows, outgoing_rows
from registry.models import Direction
from registry.register_sheets import registers_xlsx
from web.files import DOCX, XLSX, attachment
from web.registers.queries import BookFilter
from web.viewer import DeskRequest

#: Lines that are printed at once: a thicker book is printed month by month.
MOST = 3000
_NAMES = {Direction.OUTGOING: "so-van-ban-di", Direction.INCOMING: "so-van-ban-den"}


def book_file(
    request: DeskRequest, direction: Direction, asked: BookFilter, form: str
) -> HttpResponse:
    """The book as .xlsx, .docx, or on the screen for printing. Raises UserError for a book too thick to print."""
    if form not in ("xlsx", "docx", "xem"):
        raise NotFound("Sổ chỉ có bản Excel, Word và bản in.")
    org = UnionOrg.objects.filter(code=asked.org).first()
    if org is None:
        raise UserError("Chọn sổ của cơ quan nào rồi in.")
    rows = _rows(direction, asked, org)
    if form != "xlsx" and len(rows) > MOST:
        raise UserError(
            f"Sổ có {len(rows)} dòng; chọn từng tháng để in, hoặc tải Excel cả năm.",
            code="book_too_thick",
        )
    book = book_of(rows, org=org, year=asked.year, direction=direction)
    month = f"-{asked.month:02d}" if asked.month else ""
    name = f"{_NAMES[direction]}-{asked.year}{month}"
    if form == "xlsx":
        return attachment(registers_xlsx(rows, book), name=f"{name}.xlsx", media_type=XLSX)
    docx = register_book(rows, book)
    if form == "docx":
        return attachment(docx, name=f"{name}.docx", media_type=DOCX)
    context = {
        "preview": ask_preview(docx),
        "name": name,
        "incoming": direction == Direction.INCOMING,
        "query": request.GET.urlencode(),
    }
    return render(request, "web/registers/print.html", context)


def _rows(direction: Direction, asked: BookFilter, org: UnionOrg) -> list[OutgoingRow]:
    """All lines in the legal order; both kinds of line print alike."""
    key = asked.series or None
    found = (
        outgoing_rows(asked.year, org=org, key=key)
        if direction == Direction.OUTGOING
        else incoming_rows(asked.year, org=org)
    )
    chosen = [row for row in found if not asked.month or _month(row) == asked.month]
    return cast("list[OutgoingRow]", chosen)


def _month(row: OutgoingRow | IncomingRow) -> int | None:
    day = row.arrived_on if isinstance(row, IncomingRow) else row.date
    return day.month if day else None
