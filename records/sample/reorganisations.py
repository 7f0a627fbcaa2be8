"""Planned changes of unions in the reform of 2025: handed over by a district, merged, dissolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from records.models import (
    Campaign,
    Membership,
    OrgParent,
    Reorganisation,
    ReorganisationAct,
    UnionOrg,
)
from records.sample.orgs import district_org_code
from records.sample.store import PROVINCE, REFORM_DAY, Store

_GIVING = "tam-duong"
_MERGING = "lai-chau"
_DISSOLVING = "phong-tho"


def load_reorganisations(store: Store, campaign: Campaign) -> None:
    """Write one planned decision of each act; unions are those under the district until the reform."""
    province, giver = store.orgs[PROVINCE], store.orgs[district_org_code(_GIVING)]
    given = _unions_of(giver)
    merged, kept = _with_members(store.orgs[district_org_code(_MERGING)])
    ended = _without_members(store.orgs[district_org_code(_DISSOLVING)])
    handover = REFORM_DAY + timedelta(days=14)
    decided = date(2025, 11, 14)
    rows = [
        _row(store, campaign, "sx25-01", ReorganisationAct.TRANSFER, giver,
             counterpart=province, effective_on=REFORM_DAY, decide_on=date(2025, 6, 20),
             handover_by=handover),
        _row(store, campaign, "sx25-02", ReorganisationAct.RECEIVE, province,
             counterpart=giver, effective_on=REFORM_DAY, decide_on=REFORM_DAY,
             handover_by=handover),
        _row(store, campaign, "sx25-03", ReorganisationAct.MERGE, province,
             counterpart=kept, effective_on=date(2025, 12, 1), decide_on=decided,
             handover_by=date(2025, 12, 31)),
        _row(store, campaign, "sx25-04", ReorganisationAct.DISSOLVE, province,
             effective_on=date(2025, 11, 20), decide_on=decided, handover_by=date(2025, 12, 15),
             reason="công đoàn cơ sở không còn đoàn viên", request_code="03/TTr-CĐCS",
             request_date=date(2025, 11, 5), request_issuer=f"Ban Chấp hành {ended.name}"),
    ]  # fmt: skip
    named: tuple[Sequence[UnionOrg], ...] = (given, given, (merged,), (ended,))
    for row, unions in zip(store.save(Reorganisation, rows), named, strict=True):
        row.orgs.set(unions)


def _row(
    store: Store, campaign: Campaign, code: str, act: str, org: UnionOrg, **values: object
) -> Reorganisation:
    return Reorganisation(code=code, campaign=campaign, act=act, org=org, **values, **store.stamp)


def _unions_of(upper: UnionOrg) -> list[UnionOrg]:
    """Grassroots unions that were ever directly under it, by code."""
    links = OrgParent.objects.filter(parent=upper, org__level="grassroots").select_related("org")
    return sorted({link.org for link in links}, key=lambda union: union.code)


def _with_members(upper: UnionOrg) -> list[UnionOrg]:
    held = set(Membership.objects.values_list("union_id", flat=True))
    return [union for union in _unions_of(upper) if union.pk in held][:2]


def _without_members(upper: UnionOrg) -> UnionOrg:
    held = set(Membership.objects.values_list("union_id", flat=True))
    return next(union for union in _unions_of(upper) if union.pk not in held)
