"""Grassroots unions at work: old ones, and those that came of cases already decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.dates import format_short
from records.models import (
    CaseState,
    Committee,
    FoundingCase,
    Membership,
    OrgKind,
    OrgLevel,
    OrgParent,
    OrgTerm,
    UnionOrg,
)
from records.sample.casework import Dossier
from records.sample.enterprises import Profile
from records.sample.orgs import district_org_code
from records.sample.store import LAST_DISTRICT_DAY, PROVINCE, REFORM_DAY, Store

_DONE = frozenset({CaseState.RECOGNISED, CaseState.LAUNCHED})
_FIRST_DECISION = 5  # numbers of early 2024, below those of fact register_opening


def load_unions(store: Store, existing: Sequence[Profile], dossiers: Sequence[Dossier]) -> None:
    """Write unions with their parents by date, terms, members and committees."""
    founded: list[tuple[Profile, date | None]] = [(p, _founded(p)) for p in existing]
    done = [d for d in dossiers if d.plan.state in _DONE]
    founded += [(d.plan.profile, d.plan.decide_on) for d in done]
    rows = [_union(store, profile, on) for profile, on in founded]
    unions = dict(zip([id(p) for p, _ in founded], store.save(UnionOrg, rows), strict=True))
    store.save(
        OrgParent,
        [row for profile, on in founded for row in _parents(store, profile, unions, on)],
    )
    store.save(
        OrgTerm,
        [
            OrgTerm(
                org=unions[id(p)], start_year=(on or REFORM_DAY).year, end_year=2028, **store.stamp
            )
            for p, on in founded
        ],
    )
    for at, dossier in enumerate(done):
        _settle(store, dossier, unions[id(dossier.plan.profile)], at)


def _founded(profile: Profile) -> date:
    founded_on = profile.enterprise.founded_on
    return date(max(2023, founded_on.year if founded_on else 0), 9, 15)


def _union(store: Store, profile: Profile, on: date | None) -> UnionOrg:
    return UnionOrg(
        code=f"cdcs-{profile.enterprise.code}",
        name=f"Công đoàn cơ sở {profile.name}",
        short_name=f"CĐCS {profile.name}"[:200],
        symbol_abbr="CĐCS",
        archive_abbr="CĐCS",
        level=OrgLevel.GRASSROOTS,
        kind=OrgKind.GRASSROOTS_UNION,
        enterprise=profile.enterprise,
        valid_from=on,
        sort_order=1000,
        **store.stamp,
    )


def _parents(
    store: Store, profile: Profile, unions: dict[int, UnionOrg], on: date | None
) -> list[OrgParent]:
    union, province = unions[id(profile)], store.orgs[PROVINCE]
    if profile.district == "direct":
        return [OrgParent(org=union, parent=province, valid_from=on, **store.stamp)]
    district = store.orgs[district_org_code(profile.district)]
    return [
        OrgParent(
            org=union, parent=district, valid_from=on, valid_to=LAST_DISTRICT_DAY, **store.stamp
        ),
        OrgParent(org=union, parent=province, valid_from=REFORM_DAY, **store.stamp),
    ]


def _settle(store: Store, dossier: Dossier, union: UnionOrg, at: int) -> None:
    """Join case, committees and members to the union by its decision."""
    decided = dossier.plan.decide_on
    if decided is None:
        raise LookupError(f"{dossier.case.code} chưa có ngày quyết định.")
    decision = f"{_FIRST_DECISION + at:02d}/QĐ-LĐLĐ ngày {format_short(decided)}"
    FoundingCase.objects.filter(pk=dossier.case.pk).update(union=union)
    Committee.objects.filter(case=dossier.case).update(union=union, decision=decision)
    store.save(
        Membership,
        [
            Membership(
                person=application.person,
                union=union,
                joined_on=decided,
                decision=decision,
                **store.stamp,
            )
            for application in dossier.applications
        ],
    )
