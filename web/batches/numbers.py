"""The numbers of a batch: those it has, and those it would get if they were given now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Min, QuerySet, Window
from django.db.models.functions import RowNumber

from docgen.kinds import KINDS
from docgen.models import Batch, DocumentState
from docgen.services.batches import documents_of
from records.models import UnionOrg
from registry.models import Direction, NumberSeries
from registry.series import SeriesRef, outgoing_series, series_label
from web.batches.subjects import Subject, subjects_of
from web.models import CheckedItem

PAGE = 50


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that complete items would get in one series if they were given now."""

    issuer: str
    series: str
    year: int
    count: int
    first: int
    last: int
    from_day: date | None
    to_day: date | None


def ranges_of(batch: Batch) -> list[Range]:
    """Series by series in the order of the items; what is numbered already takes no number."""
    rows = (
        _complete(batch)
        .filter(numbered=False)
        .order_by()
        .values("issuer_id", "issuer__name", "series_key", "on__year")
        .annotate(count=Count("pk"), at=Min("item__position"), day=Min("on"), last_day=Max("on"))
        .order_by("at")
    )
    nexts = _next_numbers({row["issuer_id"] for row in rows})
    found = []
    for row in rows:
        first = nexts.get((row["issuer_id"], row["series_key"], row["on__year"]), 1)
        found.append(
            Range(
                row["issuer__name"], series_label(row["series_key"]), row["on__year"], row["count"],
                first, first + row["count"] - 1, row["day"], row["last_day"],
            )
        )  # fmt: skip
    return found


def _complete(batch: Batch) -> QuerySet[CheckedItem]:
    """Items that will be made and, as far as the records tell, numbered."""
    return CheckedItem.objects.filter(item__batch=batch, code="", warning="")


def _next_numbers(orgs: Iterable[int]) -> dict[tuple[int, str, int], int]:
    rows = NumberSeries.objects.filter(org_id__in=orgs, direction=Direction.OUTGOING)
    return {
        (org, key, year): number
        for org, key, year, number in rows.values_list("org_id", "key", "year", "next_number")
    }


@dataclass(frozen=True, slots=True)
class Place:
    """A complete item in the order of numbering, with the number that it would get now."""

    place: int
    subject: Subject
    text: str
    issuer: str
    number: int | None


def order_page(batch: Batch, *, page: object) -> tuple[Page[Any], list[Place]]:
    """A page of the order; numbers run by series, then day, then place in the batch."""
    numbered = _complete(batch).annotate(
        rank=Window(
            RowNumber(),
            partition_by=[F("issuer_id"), F("series_key"), F("on__year"), F("numbered")],
            order_by=[F("on").asc(), F("item__position").asc()],
        )
    )
    rows = numbered.select_related("item", "issuer").order_by("item__position")
    found = Paginator(rows, PAGE).get_page(page)  # type: ignore[arg-type]
    shown = list(found)
    nexts = _next_numbers({row.issuer_id for row in shown if row.issuer_id})
    subjects = subjects_of(row.item.record for row in shown)
    places = [
        Place(
            place, subjects[row.item.record], row.subject, row.issuer.name if row.issuer else "",
            None if row.numbered else _number(row, nexts),
        )
        for place, row in enumerate(shown, start=found.start_index())
    ]  # fmt: skip
    return found, places


def _number(row: CheckedItem, nexts: dict[tuple[int, str, int], int]) -> int:
    year = row.on.year if row.on else 0
    return nexts.get((row.issuer_id or 0, row.series_key, year), 1) + int(row.rank) - 1  # type: ignore[attr-defined]


def given_ranges(batch: Batch) -> list[Range]:
    """The numbers that the papers of a batch have, series by series."""
    series = "number__series"
    rows = (
        documents_of(batch)
        .filter(number__isnull=False)
        .order_by()
        .values(f"{series}__org__name", f"{series}__key", f"{series}__year")
        .annotate(
            count=Count("pk"), first=Min("number__number"), last=Max("number__number"),
            day=Min("issued_on"), last_day=Max("issued_on"), at=Min("batch_items__position"),
        )
        .order_by("at")
    )  # fmt: skip
    return [
        Range(
            row[f"{series}__org__name"], series_label(row[f"{series}__key"]), row[f"{series}__year"],
            row["count"], row["first"], row["last"], row["day"], row["last_day"],
        )
        for row in rows
    ]  # fmt: skip


def ranges_to_number(batch: Batch) -> list[Range]:
    """The numbers that the signed papers would get if they were given now, each on its own day."""
    rows = (
        documents_of(batch)
        .filter(state=DocumentState.SIGNED, number__isnull=True)
        .order_by()
        .values("issuer_id", "intended_on")
        .annotate(count=Count("pk"), at=Min("batch_items__position"))
        .order_by("at")
    )
    symbol = KINDS[batch.kind].schema.symbol_type or "" if batch.kind in KINDS else ""
    orgs = UnionOrg.objects.in_bulk({row["issuer_id"] for row in rows})
    nexts = _next_numbers(orgs)
    groups: dict[SeriesRef, list[tuple[int, date]]] = {}
    for row in rows:
        series = outgoing_series(orgs[row["issuer_id"]], symbol, row["intended_on"])
        groups.setdefault(series, []).append((row["count"], row["intended_on"]))
    found = []
    for series, days in groups.items():
        first = nexts.get((series.org_id, series.key, series.year), 1)
        count = sum(number for number, _ in days)
        seen = [day for _, day in days]
        found.append(
            Range(
                orgs[series.org_id].name, series_label(series.key), series.year, count, first,
                first + count - 1, min(seen), max(seen),
            )
        )  # fmt: skip
    return found
