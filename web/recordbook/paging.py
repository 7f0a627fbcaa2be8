"""Pages of a list: each with an address, the filters kept in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of rows, the count of all, and the query of the address without its page."""

    rows: list[Any]
    number: int
    pages: int
    total: int
    query: str

    @property
    def first(self) -> int:
        """Place of the first row among all."""
        return (self.number - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Place of the last row among all."""
        return self.first + len(self.rows) - 1 if self.total else 0

    @property
    def before(self) -> str:
        """Address of the page before, empty on the first."""
        return f"?{self.query}trang={self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        """Address of the page after, empty on the last."""
        return f"?{self.query}trang={self.number + 1}" if self.number < self.pages else ""


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any]) -> ListPage:
    """The page that ``?trang=`` asks for; a number out of range is the nearest page."""
    paginator = Paginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("trang"))
    kept = request.GET.copy()
    kept.pop("trang", None)
    for key in [key for key, value in kept.items() if not value]:
        kept.pop(key)
    query = f"{kept.urlencode()}&" if kept else ""
    return ListPage(
        list(page.object_list), page.number, paginator.num_pages, paginator.count, query
    )
