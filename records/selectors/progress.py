"""How far a campaign is: members won and lost, unions founded, by reporting unit, between two days.

A figure is counted where the union stood on the day of the deed: a union founded under a district counts
there, though the district has ended since. Only unions that came of a founding case count as new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count

from records.models import (
    Application,
    CaseState,
    CaseStep,
    EnterpriseObservation,
    EnterpriseType,
    FoundingCase,
    Membership,
    OrgParent,
    UnionOrg,
    Visit,
)
from records.selectors.base import Identified
from records.selectors.campaigns import CampaignSnapshot, quota_table
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_snapshots
from records.selectors.scope import remembered

_MAX_DEPTH = 8
_K = TypeVar("_K")
#: Channel of observations that a survey form brought.
_SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done between two days: members who joined and left, unions that began."""

    joined: int = 0
    left: int = 0
    unions: int = 0

    @property
    def net(self) -> int:
        """Growth: joined less left. Gross and net are different targets (domain brief 4.b4)."""
        return self.joined - self.left


@dataclass(frozen=True, slots=True)
class NewUnion:
    """A union that a decision of the period founded or recognised, as ``decision`` names it."""

    name: str
    founded_on: date
    decision: str
    members: int
    unit_id: int
    enterprise: EnterpriseSnapshot | None

    @property
    def is_nonstate(self) -> bool:
        """Whether its enterprise is outside the state sector."""
        return self.enterprise is not None and self.enterprise.type != EnterpriseType.STATE

    def has_workers(self, least: int) -> bool:
        """Whether its enterprise was last seen with so many workers."""
        known = self.enterprise.known if self.enterprise else None
        return known is not None and (known.workers_total or 0) >= least


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done to win members: enterprises surveyed, their workers, visits, applications."""

    enterprises: int
    workers: int
    visits: int
    applications: int


@dataclass(frozen=True, slots=True)
class _Deed:
    """Members of one union on one day, or a union on its day, under the organisation above it."""

    kind: str  # joined, left, unions
    on: date
    union_id: int
    count: int = 1


def _members(kind: str, day: str, span: tuple[date, date]) -> list[_Deed]:
    """Members by union and day, counted by the database: they join and leave in groups."""
    rows = Membership.objects.filter(**{f"{day}__range": span}).order_by()
    counted = rows.values_list("union_id", day).annotate(n=Count("pk"))
    return [_Deed(kind, on, union, count) for union, on, count in counted]


def _deeds(first: date, last: date) -> list[_Deed]:
    span = (first, last)
    found = _members("joined", "joined_on", span) + _members("left", "left_on", span)
    begun = UnionOrg.objects.filter(
        valid_from__range=span, founding_case__isnull=False
    ).values_list("pk", "valid_from")
    return found + [_Deed("unions", on, union) for union, on in begun if on is not None]


class _Places:
    """Which reporting unit a union belongs to on a day: the nearest one above it that has a quota."""

    def __init__(self, unions: Iterable[int], units: frozenset[int]) -> None:
        self._units = units
        self._links: defaultdict[int, list[tuple[int, date, date]]] = defaultdict(list)
        self._read(set(unions))

    def _read(self, orgs: set[int]) -> None:
        """Links of these and of everything above them, level by level."""
        for _ in range(_MAX_DEPTH):
            found = OrgParent.objects.filter(org_id__in=orgs).order_by("id")
            rows = list(found.values_list("org_id", "parent_id", "valid_from", "valid_to"))
            for org, parent, start, end in rows:
                self._links[org].append((parent, start or date.min, end or date.max))
            orgs = {parent for _, parent, _, _ in rows} - self._links.keys()
            if not orgs:
                return

    def unit(self, union_id: int, on: date) -> int | None:
        """The unit's row number; without a quota above it the union's own upper organisation."""
        at, first = union_id, None
        for _ in range(_MAX_DEPTH):
            above = [up for up, start, end in self._links.get(at, ()) if start <= on <= end]
            if not above:
                return first
            at = above[-1]
            first = at if first is None else first
            if at in self._units:
                return at
        return first


def _of_campaign(deeds: Iterable[_Deed], campaign: Identified) -> list[_Deed]:
    """New unions of this campaign alone; members count wherever they joined in its days."""
    others = set(
        FoundingCase.objects.exclude(campaign_id=campaign.id)
        .filter(union__isnull=False)
        .values_list("union_id", flat=True)
    )
    return [deed for deed in deeds if deed.kind != "unions" or deed.union_id not in others]


def deeds_by_unit(
    campaign: CampaignSnapshot, *, first: date, last: date
) -> Mapping[int | None, Deeds]:
    """Sums by reporting unit (row number of the organisation) between two days, both counted."""
    return remembered(
        ("deeds", campaign.id, first, last), lambda: _deeds_by_unit(campaign, first, last)
    )


def _deeds_by_unit(
    campaign: CampaignSnapshot, first: date, last: date
) -> Mapping[int | None, Deeds]:
    units = frozenset(row.org.id for row in quota_table(campaign, as_of=campaign.starts_on).rows)
    deeds = _of_campaign(_deeds(first, last), campaign)
    places = _Places({deed.union_id for deed in deeds}, units)
    return _summed((places.unit(deed.union_id, deed.on), deed) for deed in deeds)


def deeds_by_area(
    campaign: CampaignSnapshot, *, first: date, last: date, as_of: date
) -> Mapping[str, Deeds]:
    """Sums by commune or ward of the union's enterprise, by its full name on the day; "" where unknown."""
    deeds = _of_campaign(_deeds(first, last), campaign)
    areas = _areas({deed.union_id for deed in deeds}, as_of)
    return _summed((areas.get(deed.union_id, ""), deed) for deed in deeds)


def _areas(unions: set[int], as_of: date) -> Mapping[int, str]:
    rows = UnionOrg.objects.filter(pk__in=unions, enterprise__isnull=False)
    of = {row.pk: row.enterprise_id for row in rows if row.enterprise_id is not None}
    seen = enterprise_snapshots(of.values(), as_of=as_of)
    places: dict[int, str] = {}
    for union, enterprise in of.items():
        area = seen[enterprise].area if enterprise in seen else None
        places[union] = area.full_name if area else ""
    return places


def _summed(pairs: Iterable[tuple[_K, _Deed]]) -> dict[_K, Deeds]:
    counts: dict[_K, dict[str, int]] = {}
    for key, deed in pairs:
        row = counts.setdefault(key, {"joined": 0, "left": 0, "unions": 0})
        row[deed.kind] += deed.count
    return {key: Deeds(**row) for key, row in counts.items()}


def new_unions(campaign: CampaignSnapshot, *, first: date, last: date) -> tuple[NewUnion, ...]:
    """Unions of the campaign that began between the two days, in the order of their days."""
    cases = list(
        FoundingCase.objects.filter(
            campaign_id=campaign.id, union__valid_from__range=(first, last)
        ).select_related("union")
    )
    unions = {case.union_id: case for case in cases if case.union_id is not None}
    units = frozenset(row.org.id for row in quota_table(campaign, as_of=campaign.starts_on).rows)
    places = _Places(unions, units)
    seen = enterprise_snapshots({case.enterprise_id for case in cases}, as_of=last)
    decided = dict(
        CaseStep.objects.filter(case__in=cases, state=CaseState.RECOGNISED)
        .order_by("id")
        .values_list("case_id", "evidence")
    )
    began = Membership.objects.filter(union_id__in=unions).values("union_id", "joined_on")
    members = {
        (row["union_id"], row["joined_on"]): row["n"]
        for row in began.annotate(n=Count("pk")).order_by()
    }
    found = []
    for union_id, case in unions.items():
        union = case.union
        if union is None or union.valid_from is None:
            continue
        on = union.valid_from
        found.append(
            NewUnion(
                name=union.name,
                founded_on=on,
                decision=decided.get(case.pk, ""),
                members=members.get((union_id, on), 0),
                unit_id=places.unit(union_id, on) or campaign.org.id,
                enterprise=seen.get(case.enterprise_id),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.founded_on, one.name)))


def activity(campaign: Identified, *, first: date, last: date) -> Activity:
    """Surveys, visits and applications between the two days."""
    seen: dict[int, int] = {}
    rows = EnterpriseObservation.objects.filter(channel=_SURVEY, observed_on__range=(first, last))
    for enterprise, workers in rows.order_by("observed_on", "id").values_list(
        "enterprise_id", "workers_total"
    ):
        seen[enterprise] = workers or seen.get(enterprise, 0)
    visits = Visit.objects.filter(campaign_id=campaign.id, ends_on__range=(first, last))
    asked = Application.objects.filter(
        case__campaign_id=campaign.id, applied_on__range=(first, last)
    )
    return Activity(
        enterprises=len(seen),
        workers=sum(seen.values()),
        visits=visits.count(),
        applications=asked.count(),
    )
