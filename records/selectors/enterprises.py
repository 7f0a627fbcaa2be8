"""Enterprises on a day: where they are, what was last seen, and which union organisation answers for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from core.errors import NotFound
from records.models import (
    Enterprise,
    EnterpriseLocation,
    EnterpriseObservation,
    EnterpriseStatus,
    EnterpriseType,
    EnterpriseUpper,
    OrgKind,
    UnionOrg,
)
from records.selectors.base import Identified
from records.selectors.orgs import OrgBook, OrgSnapshot, org_book, org_heir
from records.selectors.places import AreaBook, AreaSnapshot, area_book


@dataclass(frozen=True, slots=True)
class ObservationSnapshot:
    """What was seen or stated about an enterprise. None or "" where nothing was said.

    ``avg_wage`` is whole VND a month; ``values`` holds the other fields of the form by key.
    """

    observed_on: date
    channel: str
    status: str = ""
    legal_rep_name: str = ""
    legal_rep_post: str = ""
    legal_rep_phone: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    workers_total: int | None = None
    workers_female: int | None = None
    workers_ethnic: int | None = None
    workers_foreign: int | None = None
    workers_si: int | None = None
    willing_workers: int | None = None
    avg_wage: int | None = None
    has_union: bool | None = None
    expected_on: str = ""
    values: Mapping[str, Any] | None = None
    source: str = ""


_OBSERVED = tuple(column.name for column in fields(ObservationSnapshot))


@dataclass(frozen=True, slots=True)
class EnterpriseSnapshot:
    """An enterprise on a day.

    ``area`` is the unit of that day (successions followed), ``area_chain`` that unit and those above.
    ``latest`` is the newest observation as given; ``known`` takes each value from the newest observation
    that gives one. ``upper`` is the union organisation in charge; ``union`` its grassroots union.
    """

    id: int
    code: str
    name: str
    name_key: str
    short_name: str
    tax_code: str
    type: str
    sector: str
    founded_on: date | None
    address: str
    area: AreaSnapshot | None
    area_chain: tuple[AreaSnapshot, ...]
    latest: ObservationSnapshot | None
    known: ObservationSnapshot | None
    upper: OrgSnapshot | None
    union: OrgSnapshot | None

    @property
    def type_label(self) -> str:
        """Legal form in words: ``Công ty TNHH một thành viên``."""
        return str(EnterpriseType(self.type).label)


def _observation(row: EnterpriseObservation) -> ObservationSnapshot:
    return ObservationSnapshot(**{name: getattr(row, name) for name in _OBSERVED})


def _said(value: object) -> bool:
    return value is not None and value not in ("", {})


def merge_observations(oldest_first: Iterable[ObservationSnapshot]) -> ObservationSnapshot | None:
    """Each value from the newest observation that gives one; ``values`` are merged key by key."""
    known: ObservationSnapshot | None = None
    for seen in oldest_first:
        if known is None:
            known = seen
            continue
        given = {name: getattr(seen, name) for name in _OBSERVED if _said(getattr(seen, name))}
        given["values"] = {**(known.values or {}), **(seen.values or {})}
        known = replace(known, **given)
    return known


@dataclass(frozen=True, slots=True)
class _Books:
    """Everything around a set of enterprises on one day; nine queries, however many they are."""

    as_of: date
    areas: AreaBook
    orgs: OrgBook
    locations: Mapping[int, EnterpriseLocation]
    seen: Mapping[int, list[ObservationSnapshot]]
    uppers: Mapping[int, int]
    unions: Mapping[int, int]
    heirs: dict[int, OrgSnapshot | None] = field(default_factory=dict)
    places: dict[int, tuple[AreaSnapshot, tuple[AreaSnapshot, ...]]] = field(default_factory=dict)


def _read(ids: set[int], *, as_of: date, also: Iterable[int] = ()) -> _Books:
    locations = EnterpriseLocation.objects.valid_on(as_of).filter(enterprise_id__in=ids)
    seen: defaultdict[int, list[ObservationSnapshot]] = defaultdict(list)
    rows = EnterpriseObservation.objects.filter(enterprise_id__in=ids, observed_on__lte=as_of)
    for row in rows.order_by("observed_on", "id"):
        seen[row.enterprise_id].append(_observation(row))
    uppers = dict(
        EnterpriseUpper.objects.valid_on(as_of)
        .filter(enterprise_id__in=ids)
        .order_by("id")
        .values_list("enterprise_id", "org_id")
    )
    unions = dict(
        UnionOrg.objects.valid_on(as_of)
        .filter(enterprise_id__in=ids, kind=OrgKind.GRASSROOTS_UNION)
        .order_by("id")
        .values_list("enterprise_id", "pk")
    )
    return _Books(
        as_of=as_of,
        areas=area_book(),
        orgs=org_book(as_of=as_of, also={*uppers.values(), *unions.values(), *also}),
        locations={row.enterprise_id: row for row in locations.order_by("valid_from", "id")},
        seen=seen,
        uppers=uppers,
        unions=unions,
    )


def _upper(books: _Books, enterprise_id: int) -> OrgSnapshot | None:
    org_id = books.uppers.get(enterprise_id)
    if org_id is None:
        return None
    if org_id not in books.heirs:  # few bodies are in charge of many enterprises
        heir = org_heir(books.orgs, org_id)
        books.heirs[org_id] = books.orgs.snapshot(heir) if heir is not None else None
    return books.heirs[org_id]


def _area(books: _Books, area_id: int) -> tuple[AreaSnapshot, tuple[AreaSnapshot, ...]]:
    """The unit of the day, and that unit with those above."""
    if area_id not in books.places:
        area = books.areas.current(area_id, books.as_of)
        books.places[area_id] = area, books.areas.chain(area.id)
    return books.places[area_id]


def _snapshot(row: Enterprise, books: _Books) -> EnterpriseSnapshot:
    place = books.locations.get(row.pk)
    area, chain = _area(books, place.area_id) if place else (None, ())
    seen = books.seen.get(row.pk, [])
    union = books.unions.get(row.pk)
    return EnterpriseSnapshot(
        id=row.pk,
        code=row.code,
        name=row.name,
        name_key=row.name_key,
        short_name=row.short_name,
        tax_code=row.tax_code or "",
        type=row.type,
        sector=row.sector,
        founded_on=row.founded_on,
        address=place.address if place else "",
        area=area,
        area_chain=chain,
        latest=seen[-1] if seen else None,
        known=merge_observations(seen),
        upper=_upper(books, row.pk),
        union=books.orgs.snapshot(union) if union is not None else None,
    )


def enterprise_snapshots(ids: Iterable[int], *, as_of: date) -> Mapping[int, EnterpriseSnapshot]:
    """Many enterprises by row number, in a constant number of queries."""
    wanted = set(ids)
    books = _read(wanted, as_of=as_of)
    return {row.pk: _snapshot(row, books) for row in Enterprise.objects.filter(pk__in=wanted)}


@dataclass(frozen=True, slots=True)
class Home:
    """What a new union takes from its enterprise: name, area of the day with its name, and who is in charge."""

    name: str
    area_id: int | None
    area_name: str
    upper: OrgSnapshot | None


def homes_of(ids: Iterable[int], *, as_of: date) -> Mapping[int, Home]:
    """Many enterprises by row number, as far as a new union needs them: a few queries and no table as a whole."""
    wanted = set(ids)
    uppers = upper_orgs(wanted, as_of=as_of)
    areas: dict[int, tuple[int, str]] = {}
    found = EnterpriseLocation.objects.valid_on(as_of).filter(enterprise_id__in=wanted)
    for place in found.select_related("area").order_by("valid_from", "id"):
        area = place.area.pk, place.area.name
        if not place.area.is_valid_on(as_of):
            now = area_book().current(place.area_id, as_of)
            area = now.id, now.name
        areas[place.enterprise_id] = area
    homes: dict[int, Home] = {}
    for pk, name in Enterprise.objects.filter(pk__in=wanted).values_list("pk", "name"):
        area_id, area_name = areas.get(pk, (None, ""))
        homes[pk] = Home(name, area_id, area_name, uppers.get(pk))
    return homes


def upper_orgs(ids: Iterable[int], *, as_of: date) -> Mapping[int, OrgSnapshot]:
    """The union organisation in charge of each of many enterprises on the day, where one is recorded."""
    links = dict(
        EnterpriseUpper.objects.valid_on(as_of)
        .filter(enterprise_id__in=set(ids))
        .order_by("id")
        .values_list("enterprise_id", "org_id")
    )
    book = org_book(as_of=as_of, also=set(links.values()))
    heirs = {org: org_heir(book, org) for org in set(links.values())}
    known = {org: book.snapshot(heir) for org, heir in heirs.items() if heir is not None}
    return {enterprise: known[org] for enterprise, org in links.items() if org in known}


def enterprise_on(code: str, *, as_of: date) -> EnterpriseSnapshot:
    """The enterprise with this code, or this tax code, as it is on the day. Raises NotFound."""
    row = (
        Enterprise.objects.filter(code=code).first()
        or Enterprise.objects.filter(tax_code=code).first()
    )
    if row is None:
        raise NotFound(
            f"Không có doanh nghiệp mã {code}.",
            facts={"enterprise": code, "as_of": as_of.isoformat()},
        )
    return enterprise_snapshots([row.pk], as_of=as_of)[row.pk]


def deciding_org(enterprise: Identified, *, as_of: date) -> OrgSnapshot:
    """The union organisation that founds or recognises a union in the enterprise on the day.

    It is the one recorded as in charge, or the heir of that one when it ended (district federations ended
    on 30/6/2025): data, not a rule of dates. Raises NotFound when nothing is recorded.
    """
    found = enterprise_snapshots([enterprise.id], as_of=as_of).get(enterprise.id)
    if found is None or found.upper is None:
        name = found.name if found else f"số {enterprise.id}"
        raise NotFound(
            f"Chưa ghi công đoàn cấp trên phụ trách doanh nghiệp {name} vào ngày {as_of:%d/%m/%Y}.",
            facts={"enterprise_id": enterprise.id, "as_of": as_of.isoformat()},
        )
    return found.upper


def enterprises_of(org: Identified, *, as_of: date) -> tuple[EnterpriseSnapshot, ...]:
    """Enterprises in the charge of the organisation or of one below it on the day, by code.

    An officer of another district gets none of these.
    """
    everyone = enterprise_snapshots(Enterprise.objects.values_list("pk", flat=True), as_of=as_of)
    book = org_book(as_of=as_of, also={org.id})
    inside = (
        found
        for found in everyone.values()
        if found.upper is not None and book.is_under(found.upper.id, org.id)
    )
    return tuple(sorted(inside, key=lambda found: found.code))


def enterprises_without_union(org: Identified, *, as_of: date) -> tuple[EnterpriseSnapshot, ...]:
    """Enterprises under the organisation that have no grassroots union on the day, by code.

    Left out: those last seen with a union, and those that are dissolved.
    """
    return tuple(
        found
        for found in enterprises_of(org, as_of=as_of)
        if found.union is None
        and not (found.known and found.known.has_union)
        and not (found.known and found.known.status == EnterpriseStatus.DISSOLVED)
    )
