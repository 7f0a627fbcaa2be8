"""The books on the screen: a page of lines, the spans of their numbers, the years and bodies that have a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from core.searchkeys import search_key, words_of
from records.models import OrgKind, UnionOrg
from registry.models import Direction, NumberSeries, OfficialNumber, OutgoingEntry
from registry.series import series_label

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class BookFilter:
    """Which book, and what of it."""

    year: int
    org: str = ""
    series: str = ""
    month: int | None = None
    signer: str = ""
    text: str = ""
    #: From the first number on, as the paper book; else the newest first.
    ascending: bool = False

    @classmethod
    def of(cls, asked: QueryDict, *, years: Sequence[int], usual: UnionOrg | None) -> BookFilter:
        """The filter in an address."""
        year = asked.get("nam", "")
        month = asked.get("thang", "")
        return cls(
            year=int(year) if year.isdecimal() and len(year) == 4 else usual_year(years),  # noqa: PLR2004
            org=asked.get("co_quan", usual.code if usual else "")[:60],
            series=asked.get("day_so", "")[:40],
            month=int(month) if month.isdecimal() and 1 <= int(month) <= _MONTHS else None,
            signer=asked.get("nguoi_ky", "")[:100],
            text=asked.get("q", "").strip()[:200],
            ascending=asked.get("thu_tu") == "tang",
        )


def usual_year(years: Sequence[int]) -> int:
    """This year when it has a book, else the last year that has one, else this year."""
    today = timezone.localdate().year
    return today if today in years or not years else max(years)


def home_org() -> UnionOrg | None:
    """The office that runs this store: its one provincial federation; none when there are several."""
    found = list(UnionOrg.objects.filter(kind=OrgKind.PROVINCE_FEDERATION).order_by("code")[:2])
    return found[0] if len(found) == 1 else None


def years(direction: Direction) -> list[int]:
    """Years that have a book, the newest first."""
    rows = NumberSeries.objects.filter(direction=direction, next_number__gt=1)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def owners(direction: Direction) -> list[tuple[str, str]]:
    """Bodies that have a book: code and name."""
    rows = NumberSeries.objects.filter(direction=direction).order_by("org__sort_order", "org__code")
    return list(dict.fromkeys(rows.values_list("org__code", "org__name")))


def lines(direction: Direction, asked: BookFilter) -> QuerySet[OfficialNumber]:
    """The lines of the book, kept numbers included."""
    entry = "entry" if direction == Direction.OUTGOING else "incoming_entry"
    rows = OfficialNumber.objects.filter(
        series__direction=direction, series__year=asked.year
    ).select_related("series__org", entry, f"{entry}__file")
    if direction == Direction.OUTGOING:
        rows = rows.select_related("entry__scan")
    if asked.org:
        rows = rows.filter(series__org__code=asked.org)
    if asked.series:
        rows = rows.filter(series__key=asked.series)
    if asked.month:
        rows = rows.filter(on__month=asked.month)
    if asked.signer and direction == Direction.OUTGOING:
        rows = rows.filter(entry__signer=asked.signer)
    if words_of(asked.text):
        rows = rows.filter(**{f"{entry}__search_key__words": asked.text})
    order = ("series__org__sort_order", "series__key", "number", "suffix")
    return (
        rows.order_by(*order)
        if asked.ascending
        else rows.order_by("-on", "-number", "-suffix", "-id")
    )


@dataclass(frozen=True, slots=True)
class SpanLine:
    """One series of a book: its numbers, and whether any is missing."""

    key: str
    label: str
    first: int
    last: int
    missing: int
    inserted: int
    kept: int
    words: str = field(default="")


def spans(direction: Direction, asked: BookFilter) -> list[SpanLine]:
    """The series of the book with their spans, in one query."""
    rows = NumberSeries.objects.filter(direction=direction, year=asked.year)
    if asked.org:
        rows = rows.filter(org__code=asked.org)
    found = (
        rows.annotate(
            first=Min("numbers__number"),
            last=Max("numbers__number"),
            whole=Count("numbers", filter=Q(numbers__suffix="")),
            inserted=Count("numbers", filter=~Q(numbers__suffix="") & Q(numbers__isnull=False)),
            kept=Count("numbers", filter=Q(numbers__state="reserved")),
        )
        .filter(first__isnull=False)
        .order_by("org__sort_order", "key")
        .values_list("key", "org__name", "first", "last", "whole", "inserted", "kept")
    )
    lone = bool(asked.org)
    return [
        _span(key if lone else f"{key}, {org}", key, first, last, whole, inserted, kept)
        for key, org, first, last, whole, inserted, kept in found
    ]


def _span(
    label: str, key: str, first: int, last: int, whole: int, inserted: int, kept: int
) -> SpanLine:
    missing = last - first + 1 - whole
    words = f"liên tục từ {first:02d} đến {last:02d}"
    if missing:
        words = f"từ {first:02d} đến {last:02d}, thiếu {missing} số"
    return SpanLine(key, series_label(label), first, last, missing, inserted, kept, words)


def signers(asked: BookFilter) -> list[str]:
    """Who signed papers of this book."""
    rows = OutgoingEntry.objects.filter(year=asked.year).exclude(signer="")
    if asked.org:
        rows = rows.filter(org__code=asked.org)
    return sorted(set(rows.order_by().values_list("signer", flat=True).distinct()), key=search_key)
