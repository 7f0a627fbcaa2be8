"""What the first run writes: the office with its letterhead, its way of numbering, its first account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from core.errors import Conflict
from core.text import fold
from records.models import (
    Area,
    AreaKind,
    Fact,
    OfficeHolder,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgSeat,
    Post,
    UnionOrg,
)
from records.sample.places import slug
from records.sample.reference import load_reference
from records.services.audit import By, change
from records.services.orgs import change_org, create_org, move_org, start_office
from records.services.people import change_person, create_person
from records.services.reference import create_area, record_fact
from registry.models import OfficialNumber
from registry.numbering import start_series
from registry.series import SeriesPolicy, SeriesRef, incoming_series, series_key
from web.administration.accounts import create_account
from web.models import Installation
from web.models.installation import ONLY
from web.rights import Role

CHANNEL = "setup"
REASON = "Thiết lập lần đầu"
CONFEDERATION = "Tổng Liên đoàn Lao động Việt Nam"
NO_PARENT = "-"  # leaves the line out (docgen.sources.base)
#: Types whose next number the page asks for; others begin at 1 (ND30 Điều 15).
TYPES = ("QĐ", "KH", "TB", "BC", "TTr", "HD", "CTr", "GM", "GGT", "BB", "PC", "CV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What stands at the head of the office's papers, and who signs them."""

    name: str
    short_name: str
    symbol_abbr: str
    parent_name: str
    province: str
    seat_kind: str
    seat_name: str
    place_name: str
    head_name: str
    head_from: date


def by(actor: str) -> By:
    """The author of these rows."""
    return By(actor, CHANNEL, REASON)


def save_office(office: Office, *, actor: str, today: date) -> UnionOrg:
    """Write the office, or write over what was written in this first run. Raises DataIncomplete, Conflict."""
    load_reference(actor=actor)
    who = by(actor)
    with transaction.atomic():
        row = Installation.objects.select_for_update().get(pk=ONLY)
        values: dict[str, Any] = {
            "name": office.name,
            "short_name": office.short_name,
            "symbol_abbr": office.symbol_abbr,
            "archive_abbr": "VT",
        }
        if row.org is None:
            org = create_org(
                by=who,
                code=f"ldld-{slug(office.province)}",
                level=OrgLevel.PROVINCE,
                kind=OrgKind.PROVINCE_FEDERATION,
                sort_order=20,
                **values,
            )
            Installation.objects.filter(pk=ONLY).update(org=org)
        else:
            org = row.org
            change_org(org, values, by=who)
        _put_parent(org, office.parent_name, who=who)
        _put_seat(org, office, today=today, who=who)
        _put_head(org, office, who=who)
    return org


def _put_parent(org: UnionOrg, name: str, *, who: By) -> None:
    """The direct parent is the confederation; another line over the issuer, or none, is a fact of the office."""
    above = UnionOrg.objects.filter(kind=OrgKind.CONFEDERATION).first() or create_org(
        by=who,
        code="tld-vn",
        name=CONFEDERATION,
        short_name="TLĐ",
        symbol_abbr="TLĐ",
        archive_abbr="VT",
        level=OrgLevel.CONFEDERATION,
        kind=OrgKind.CONFEDERATION,
    )
    if not OrgParent.objects.filter(org=org).exists():
        move_org(org, above, on=date(1980, 1, 1), by=who)
    key = f"parent_line_{org.code}"
    fact = Fact.objects.filter(key=key).first()
    if fact is not None:
        change(fact, {"value": name or NO_PARENT}, by=who)
    elif fold(name) != fold(CONFEDERATION):
        record_fact(
            key=key, value=name or NO_PARENT, label="Dòng cơ quan chủ quản trên văn bản của cơ quan", by=who,
            verified=True, source=REASON,
        )  # fmt: skip


def _put_seat(org: UnionOrg, office: Office, *, today: date, who: By) -> None:
    province = _area(office.province, AreaKind.PROVINCE, None, today=today, who=who)
    area = _area(office.seat_name, office.seat_kind, province, today=today, who=who)
    seat = OrgSeat.objects.filter(org=org).first() or OrgSeat(org=org)
    change(seat, {"area": area, "place_name": office.place_name}, by=who)


def _area(name: str, kind: str, parent: Area | None, *, today: date, who: By) -> Area:
    rows = Area.objects.valid_on(today).filter(kind=kind, parent=parent)
    found = next((row for row in rows if fold(row.name) == fold(name)), None)
    if found is not None:
        return found
    code = slug(name) if parent is None else f"{parent.code}-{slug(kind)}-{slug(name)}"
    return create_area(by=who, code=code, name=name, kind=kind, parent=parent)


def _put_head(org: UnionOrg, office: Office, *, who: By) -> None:
    held = OfficeHolder.objects.filter(org=org, post=Post.CHAIR).select_related("person").first()
    if held is None:
        person = create_person(full_name=office.head_name, by=who)
        start_office(person, org, post=Post.CHAIR, on=office.head_from, by=who)
        return
    change_person(held.person, {"full_name": office.head_name}, by=who)
    change(held, {"valid_from": office.head_from}, by=who)


def policy_value(policy: SeriesPolicy) -> object:
    """The policy as the fact keeps it (`registry.series.parse_policy` reads it)."""
    if policy.mode != "per_group":
        return policy.mode
    groups = {name: list(kinds) for name, kinds in policy.groups.items()}
    return {"policy": policy.mode, "groups": groups, "rest": policy.rest}


def save_numbering(
    org: UnionOrg,
    policy: SeriesPolicy,
    *,
    next_numbers: Mapping[str, int],
    next_arrival: int,
    year: int,
    actor: str,
) -> None:
    """Write the office's own policy from 1 January, and the next numbers of a book begun on paper this year.

    ``next_numbers`` are by series key. Raises Conflict once numbers were given, UserError for a number below 1.
    """
    who = by(actor)
    with transaction.atomic():
        Installation.objects.select_for_update().get(pk=ONLY)
        if OfficialNumber.objects.filter(series__org=org).exists():
            raise Conflict("Cơ quan đã cấp số văn bản nên không đổi cách đánh số ở đây được.")
        key = f"series_policy_{org.code}"
        value = policy_value(policy)
        fact = Fact.objects.filter(key=key).first()
        if fact is None:
            record_fact(
                key=key, value=value, label=f"Cách đánh số văn bản của {org.name}", by=who,
                verified=True, valid_from=date(year, 1, 1),
                source="Người đứng đầu cơ quan quyết định (Nghị định 30/2020, Điều 15)",
            )  # fmt: skip
        else:
            change(fact, {"value": value}, by=who)
        started = {SeriesRef(org.pk, name, year): number for name, number in next_numbers.items()}
        started[incoming_series(org, year)] = next_arrival
        for series, number in started.items():
            start_series(
                series, next_number=number, actor=actor, channel=CHANNEL,
                reason="Sổ giấy trong năm đã dùng đến số trước đó",
            )  # fmt: skip
        Installation.objects.filter(pk=ONLY).update(numbers_set=True)


def series_keys(policy: SeriesPolicy) -> tuple[str, ...]:
    """The series of the usual types under a policy, in their order."""
    return tuple(dict.fromkeys(series_key("" if t == "CV" else t, policy) for t in TYPES))


def make_first_account(
    *, username: str, full_name: str, password: str, roles: Iterable[Role]
) -> User:
    """The account that closes the first run. Of two that try at once one succeeds. Raises Conflict, UserError."""
    with transaction.atomic():
        Installation.objects.select_for_update().get(pk=ONLY)
        # The row's lock is not enough on SQLite; there the whole transaction is IMMEDIATE.
        if User.objects.exists():
            raise Conflict("Bàn làm việc đã có tài khoản đầu tiên. Đăng nhập bằng tài khoản đó.")
        return create_account(
            username=username,
            full_name=full_name,
            roles=roles,
            password=password,
            must_change_password=False,
        )
