"""What the pages of both books have in common: which book is meant, and its lines, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from registry.models import Direction, OfficialNumber
from web.paging import page_of
from web.registers import queries
from web.registers.queries import BookFilter
from web.viewer import DeskRequest


def asked_of(request: DeskRequest, way: Direction) -> BookFilter:
    """Which book the address means."""
    return BookFilter.of(request.GET, years=queries.years(way), usual=queries.home_org())


def lines_of(
    request: DeskRequest,
    way: Direction,
    asked: BookFilter,
    *,
    row: Callable[[OfficialNumber], object],
    columns: Iterable[tuple[str, object]],
) -> dict[str, Any]:
    """The context of a book's page: ``row`` makes a line of a number, ``columns`` begin with their headings."""
    page = page_of(request, queries.lines(way, asked))
    return {
        "asked": asked,
        "page": page,
        "rows": [(number, row(number)) for number in page.object_list],
        "headings": [heading for heading, *_ in columns],
        "spans": queries.spans(way, asked),
        "years": queries.years(way) or [asked.year],
        "owners": queries.owners(way),
        "months": range(1, 13),
        "query": request.GET.urlencode(),
    }
