"""Planned reorganisations with the unions as they are on a day: members, chair, place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from core.errors import NotFound
from records.models import (
    CommitteeMember,
    Membership,
    OfficeHolder,
    Post,
    Reorganisation,
    ReorganisationAct,
    UnionPost,
)
from records.selectors.enterprises import enterprise_snapshots
from records.selectors.orgs import OrgBook, OrgSnapshot, org_book


@dataclass(frozen=True, slots=True)
class UnionOnDay:
    """A grassroots union on a day. ``address`` names the commune or ward; empty where nothing is known."""

    org: OrgSnapshot
    members: int
    chair: str
    address: str


@dataclass(frozen=True, slots=True)
class ReorganisationSnapshot:
    """A decision that is to be made, with all that it names.

    ``counterpart`` takes the unions in, receives or gives them; ``counterpart_members`` is known of a
    grassroots union only.
    """

    code: str
    campaign_id: int | None
    act: str
    org: OrgSnapshot
    counterpart: OrgSnapshot | None
    counterpart_members: int | None
    unions: tuple[UnionOnDay, ...]
    effective_on: date
    decide_on: date | None
    handover_by: date | None
    reason: str
    request_code: str
    request_date: date | None
    request_issuer: str


def members_on(unions: Iterable[int], *, as_of: date) -> Mapping[int, int]:
    """Number of members of each union on the day; a union without members is not in it."""
    rows = (
        Membership.objects.filter(union_id__in=set(unions), joined_on__lte=as_of)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=as_of))
        .values_list("union_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    return dict(rows)


def _chairs(unions: set[int], *, as_of: date) -> Mapping[int, str]:
    """Chairs of the day; of a union without office holders, the chair of its committee."""
    seats = CommitteeMember.objects.filter(committee__union_id__in=unions, post=UnionPost.CHAIR)
    named = dict(seats.order_by("id").values_list("committee__union", "person__full_name"))
    held = OfficeHolder.objects.valid_on(as_of).filter(org_id__in=unions, post=Post.CHAIR)
    return named | dict(held.values_list("org_id", "person__full_name"))


def unions_on(ids: Iterable[int], *, as_of: date) -> tuple[UnionOnDay, ...]:
    """Grassroots unions with what a list says of them, in the order of the tree."""
    wanted = set(ids)
    book = org_book(as_of=as_of, also=wanted)
    orgs = [book.snapshot(pk) for pk in wanted]
    members, chairs = members_on(wanted, as_of=as_of), _chairs(wanted, as_of=as_of)
    places = enterprise_snapshots(
        {org.enterprise_id for org in orgs if org.enterprise_id}, as_of=as_of
    )
    return tuple(
        UnionOnDay(
            org=org,
            members=members.get(org.id, 0),
            chair=chairs.get(org.id, ""),
            address=_area(places[org.enterprise_id].area) if org.enterprise_id else "",
        )
        for org in sorted(orgs, key=lambda org: (org.sort_order, org.code))
    )


def _area(area: object) -> str:
    name = str(getattr(area, "full_name", ""))
    return name[:1].upper() + name[1:]


def reorganisation_on(code: str, *, as_of: date) -> ReorganisationSnapshot:
    """One planned decision. Raises NotFound."""
    row = Reorganisation.objects.filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có việc sắp xếp tổ chức mã {code}.", facts={"reorganisation": code})
    return _freeze(row, as_of=as_of)


def _freeze(row: Reorganisation, *, as_of: date) -> ReorganisationSnapshot:
    other = row.counterpart_id
    book: OrgBook = org_book(as_of=as_of, also={row.org_id, *([other] if other else [])})
    grassroots = row.act == ReorganisationAct.MERGE and other is not None
    return ReorganisationSnapshot(
        code=row.code,
        campaign_id=row.campaign_id,
        act=row.act,
        org=book.snapshot(row.org_id),
        counterpart=book.snapshot(other) if other is not None else None,
        counterpart_members=members_on([other], as_of=as_of).get(other, 0)
        if grassroots and other is not None
        else None,
        unions=unions_on(row.orgs.values_list("pk", flat=True), as_of=as_of),
        effective_on=row.effective_on,
        decide_on=row.decide_on,
        handover_by=row.handover_by,
        reason=row.reason,
        request_code=row.request_code,
        request_date=row.request_date,
        request_issuer=row.request_issuer,
    )


def transfer_before(code: str) -> str | None:
    """Code of the transfer to which a receipt answers: same unions, the same two bodies, the same day."""
    row = Reorganisation.objects.get(code=code)
    if row.act != ReorganisationAct.RECEIVE or row.counterpart_id is None:
        return None
    wanted = set(row.orgs.values_list("pk", flat=True))
    given = Reorganisation.objects.filter(
        act=ReorganisationAct.TRANSFER,
        org_id=row.counterpart_id,
        counterpart_id=row.org_id,
        effective_on=row.effective_on,
    ).order_by("code")
    for other in given.prefetch_related("orgs"):
        if wanted <= {org.pk for org in other.orgs.all()}:
            return other.code
    return None
