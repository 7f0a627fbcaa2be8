"""Pages of organisations: grassroots unions, the tree of a day, one organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from records.models import (
    Committee,
    Membership,
    OfficeHolder,
    OrgKind,
    OrgParent,
    OrgSuccession,
    UnionOrg,
)
from records.search import narrowed
from records.selectors.orgs import OrgBook, org_book
from web.frame import campaign_in_hand
from web.recordbook.days import office_day, shown_day
from web.recordbook.enterprise_lists import UNIT_KINDS
from web.recordbook.enterprise_pages import papers_of
from web.recordbook.history import history_of
from web.recordbook.paging import page_of
from web.rights import Right
from web.viewer import DeskRequest, desk

_UNIONS = (OrgKind.GRASSROOTS_UNION, OrgKind.ORGANISING_GROUP)


@dataclass(frozen=True, slots=True)
class UnionLine:
    """A grassroots union of the list on the day."""

    row: UnionOrg
    upper: UnionOrg | None
    members: int
    ended: bool


@desk(Right.SEE_RECORDS)
def unions(request: DeskRequest) -> HttpResponse:
    """Grassroots unions of the day."""
    day = office_day(campaign_in_hand(request))
    text, unit = request.GET.get("q", ""), request.GET.get("don_vi", "")
    ended = request.GET.get("het") == "1"
    rows: QuerySet[UnionOrg] = UnionOrg.objects.filter(kind=OrgKind.GRASSROOTS_UNION)
    rows = rows.order_by("name", "pk")
    if not ended:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    if text:
        rows = narrowed(rows.filter(search_key__words=text))
    if unit:
        links = OrgParent.objects.valid_on(day).filter(parent__code=unit)
        rows = rows.filter(pk__in=links.values("org_id"))
    page = page_of(request, rows)
    context = {
        "page": page,
        "lines": union_lines(page.rows, day=day),
        "text": text,
        "unit": unit,
        "ended": ended,
        "filtered": bool(text or unit),
        "units": UnionOrg.objects.valid_on(day).filter(kind__in=UNIT_KINDS),
        "day": day,
    }
    return render(request, "web/recordbook/unions.html", context)


def union_lines(rows: list[UnionOrg], *, day: date) -> tuple[UnionLine, ...]:
    """What the list says of these unions; two queries."""
    ids = [row.pk for row in rows]
    links = OrgParent.objects.valid_on(day).filter(org_id__in=ids).select_related("parent")
    uppers = {link.org_id: link.parent for link in links.order_by("pk")}
    standing = Membership.objects.filter(union_id__in=ids, joined_on__lte=day).filter(
        Q(left_on__isnull=True) | Q(left_on__gt=day)
    )
    counted = standing.values("union_id").annotate(n=Count("pk")).order_by()
    members = {row["union_id"]: row["n"] for row in counted}
    return tuple(
        UnionLine(
            row,
            uppers.get(row.pk),
            members.get(row.pk, 0),
            row.valid_to is not None and row.valid_to < day,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation of the tree with those below it, and how many grassroots unions it has."""

    row: UnionOrg
    below: tuple[Branch, ...]
    unions: int


def tree_of(book: OrgBook, unions_below: Mapping[int, int]) -> tuple[Branch, ...]:
    """The organisations of the book's day as trees, in their order. Pure."""
    standing = {pk: row for pk, row in book.rows.items() if row.is_valid_on(book.as_of)}
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk in standing:
        parent = book.parents.get(pk)
        below[parent if parent in standing else None].append(pk)

    def branch(pk: int, above: frozenset[int]) -> Branch:
        rows = sorted(below[pk], key=lambda one: (standing[one].sort_order, standing[one].code))
        found = tuple(branch(one, above | {pk}) for one in rows if one not in above)
        return Branch(standing[pk], found, unions_below.get(pk, 0))

    tops = sorted(below[None], key=lambda one: (standing[one].sort_order, standing[one].code))
    return tuple(branch(pk, frozenset()) for pk in tops)


@desk(Right.SEE_RECORDS)
def orgs(request: DeskRequest) -> HttpResponse:
    """The tree of organisations on a day, and who took over whose work."""
    day = shown_day(request.GET.get("ngay", ""), default=office_day(campaign_in_hand(request)))
    links = OrgParent.objects.valid_on(day).filter(org__kind=OrgKind.GRASSROOTS_UNION)
    standing = links.filter(Q(org__valid_to__isnull=True) | Q(org__valid_to__gte=day))
    counted = standing.values("parent_id").annotate(n=Count("pk")).order_by()
    context = {
        "branches": tree_of(org_book(as_of=day), {row["parent_id"]: row["n"] for row in counted}),
        "successions": OrgSuccession.objects.select_related("predecessor", "successor").order_by(
            "on", "predecessor__sort_order"
        ),
        "day": day,
    }
    return render(request, "web/recordbook/orgs.html", context)


@desk(Right.SEE_RECORDS)
def org(request: DeskRequest, code: str) -> HttpResponse:
    """One organisation: where it stands and stood, who holds its posts, its committees and members."""
    row = get_object_or_404(UnionOrg.objects.select_related("enterprise"), code=code)
    day = shown_day(request.GET.get("ngay", ""), default=office_day(campaign_in_hand(request)))
    holders = OfficeHolder.objects.filter(org=row).select_related("person")
    members = Membership.objects.filter(union=row).select_related("person")
    case = getattr(row, "founding_case", None)
    asked = Q(union=row) | (Q(case=case) if case is not None else Q(pk__in=()))
    parents = list(row.parents.select_related("parent").order_by("-valid_from"))
    seats = list(row.seats.select_related("area").order_by("-valid_from"))
    page = page_of(request, members.order_by("left_on", "joined_on", "pk"))
    about: dict[str, Iterable[object]] = {
        "unionorg": [row.code],
        "orgparent": [one.pk for one in parents],
        "orgseat": [one.pk for one in seats],
        "officeholder": list(holders.values_list("pk", flat=True)),
    }
    context = {
        "row": row,
        "day": day,
        "case": case,
        "parents": parents,
        "seats": seats,
        "terms": row.terms.order_by("-start_year"),
        "holders": holders.order_by("-valid_from", "pk")[:60],
        "committees": Committee.objects.filter(asked).prefetch_related("members__person"),
        "successions": row.successions.select_related("successor"),
        "origins": row.origins.select_related("predecessor"),
        "papers": [one for found in papers_of(_records(row, case)).values() for one in found],
        "page": page,
        "is_union": row.kind in _UNIONS,
        "history": history_of(about, personal=request.viewer.may(Right.SEE_PERSONAL)),
    }
    return render(request, "web/recordbook/org.html", context)


def _records(row: UnionOrg, case: object) -> list[str]:
    found = [f"org:{row.code}", f"unit:{row.code}"]
    return [*found, f"case:{getattr(case, 'code', '')}"] if case is not None else found
