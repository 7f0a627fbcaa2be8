"""Pages of a long list: bounded, fast with 200,000 rows, with addresses of their own (`?trang=2`)."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

SIZE = 50
#: Rows that can be leafed through; who looks for an older one narrows the list. No count goes further.
MOST = 10_000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than ``MOST``; ``is_cut`` says that there are more."""

    @cached_property
    def _seen(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """Rows that can be leafed through."""
        return min(self._seen, MOST)

    @property
    def is_cut(self) -> bool:
        """Whether there are rows that no page shows."""
        return self._seen > MOST


def page_of(request: HttpRequest, rows: QuerySet[Any], *, size: int = SIZE) -> Page[Any]:
    """The page that the address asks for, the nearest one when there is none such: three queries.

    First the keys alone, so that sorting touches no joined table, then the rows of the page.
    """
    page = BoundedPaginator(rows, size).get_page(request.GET.get("trang"))
    keys = list(cast("QuerySet[Any]", page.object_list).values_list("pk", flat=True))
    found = rows.in_bulk(keys) if keys else {}
    page.object_list = [found[key] for key in keys if key in found]
    return page
