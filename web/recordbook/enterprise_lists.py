"""Which enterprises a list shows, and what it says of each, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from records.models import (
    Campaign,
    Enterprise,
    EnterpriseObservation,
    EnterpriseStatus,
    EnterpriseUpper,
    FoundingCase,
    OrgKind,
    OrgSuccession,
    UnionOrg,
)
from records.search import narrowed
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_snapshots

#: Kinds of organisation that are in charge of enterprises.
UNIT_KINDS = (
    OrgKind.PROVINCE_FEDERATION,
    OrgKind.DISTRICT_FEDERATION,
    OrgKind.BRANCH_UNION,
    OrgKind.COMMUNE_UNION,
)
#: Filter of the founding case: enterprises without one in the campaign.
NO_CASE = "chua_co"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters of the list ask for; empty asks nothing."""

    text: str = ""
    unit: str = ""
    status: str = ""
    union: str = ""  # co, chua
    step: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One enterprise of the list as it is on the day."""

    snapshot: EnterpriseSnapshot
    case: FoundingCase | None

    @property
    def status(self) -> str:
        """What the newest observation with a status says."""
        return self.snapshot.known.status if self.snapshot.known else ""

    @property
    def workers(self) -> int | None:
        """Workers as last seen."""
        return self.snapshot.known.workers_total if self.snapshot.known else None

    @property
    def status_label(self) -> str:
        """The same in words."""
        return str(EnterpriseStatus(self.status).label) if self.status else "Chưa rõ"


def units_on(day: date) -> QuerySet[UnionOrg]:
    """Organisations that may be in charge of enterprises on the day, in their order."""
    return UnionOrg.objects.valid_on(day).filter(kind__in=UNIT_KINDS).order_by("sort_order", "code")


def _in_charge(unit: UnionOrg, day: date) -> set[int]:
    """The unit, and those that ended and whose work it took over."""
    found, new = {unit.pk}, {unit.pk}
    while new:
        rows = OrgSuccession.objects.filter(successor_id__in=new, on__lte=day)
        new = set(rows.values_list("predecessor_id", flat=True)) - found
        found |= new
    return found


def enterprises_wanted(
    wanted: Wanted, *, campaign: Campaign | None, day: date
) -> QuerySet[Enterprise]:
    """The enterprises of the list by name. A code of a filter that does not exist finds nothing."""
    rows = Enterprise.objects.order_by("name_key", "pk")
    if wanted.text:
        rows = narrowed(rows.filter(search_key__words=wanted.text))
    if wanted.unit:
        unit = UnionOrg.objects.filter(code=wanted.unit).first()
        links = EnterpriseUpper.objects.valid_on(day).filter(
            org_id__in=_in_charge(unit, day) if unit else ()
        )
        rows = rows.filter(pk__in=links.values("enterprise_id"))
    if wanted.status:
        said = EnterpriseObservation.objects.filter(
            enterprise=OuterRef("pk"), observed_on__lte=day
        ).exclude(status="")
        newest = said.order_by("-observed_on", "-pk").values("status")[:1]
        rows = rows.alias(said=Subquery(newest)).filter(said=wanted.status)
    if wanted.union:
        own = UnionOrg.objects.valid_on(day).filter(
            enterprise=OuterRef("pk"), kind=OrgKind.GRASSROOTS_UNION
        )
        rows = rows.filter(Exists(own) if wanted.union == "co" else ~Exists(own))
    if wanted.step:
        cases = FoundingCase.objects.filter(enterprise=OuterRef("pk"), campaign=campaign)
        if wanted.step == NO_CASE:
            rows = rows.filter(~Exists(cases))
        else:
            rows = rows.filter(Exists(cases.filter(state=wanted.step)))
    return rows


def lines_of(
    rows: Iterable[Enterprise], *, campaign: Campaign | None, day: date
) -> tuple[Line, ...]:
    """What the list says of these enterprises, in their order; eleven queries."""
    ids = [row.pk for row in rows]
    known = enterprise_snapshots(ids, as_of=day)
    cases = FoundingCase.objects.filter(enterprise_id__in=ids, campaign=campaign)
    by_enterprise: Mapping[int, FoundingCase] = {case.enterprise_id: case for case in cases}
    return tuple(Line(known[pk], by_enterprise.get(pk)) for pk in ids)
