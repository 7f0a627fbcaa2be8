"""Campaigns with their quotas, assignments and visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import NotFound
from records.models import Assignment, Campaign, Measure, OfficeHolder, Person, Quota, Visit
from records.selectors.base import Identified
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_snapshots
from records.selectors.orgs import OrgBook, OrgSnapshot, org_book
from records.selectors.people import HolderSnapshot, PersonSnapshot, offices_of, person_snapshot


@dataclass(frozen=True, slots=True)
class CampaignSnapshot:
    """A year's campaign. ``content`` is the body of its plan by key, ``peak_month`` YYYY-MM or empty."""

    id: int
    code: str
    name: str
    year: int
    org: OrgSnapshot
    steering_committee: OrgSnapshot | None
    starts_on: date
    ends_on: date
    peak_month: str
    content: Mapping[str, Any]


def campaign_on(code: str, *, as_of: date) -> CampaignSnapshot:
    """The campaign with its organisations as they are on the day. Raises NotFound."""
    row = Campaign.objects.filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có chiến dịch mã {code}.", facts={"campaign": code})
    book = org_book(as_of=as_of, also={row.org_id})
    committee = row.steering_committee_id
    return CampaignSnapshot(
        id=row.pk,
        code=row.code,
        name=row.name,
        year=row.year,
        org=book.snapshot(row.org_id),
        steering_committee=book.snapshot(committee) if committee is not None else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        peak_month=row.peak_month,
        content=row.content,
    )


# --- quotas ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """The figures asked of one organisation, by measure; a measure without a figure is not in it."""

    org: OrgSnapshot
    values: Mapping[str, int]
    note: str


@dataclass(frozen=True, slots=True)
class QuotaTable:
    """Rows in the order of the organisations, and the sums of the columns that have any figure."""

    rows: tuple[QuotaRow, ...]
    totals: Mapping[str, int]


def quota_table(campaign: Identified, *, as_of: date) -> QuotaTable:
    """The quota annex of a campaign (domain.md §4.b b4)."""
    figures = list(Quota.objects.filter(campaign_id=campaign.id).order_by("id"))
    book = org_book(as_of=as_of, also={row.org_id for row in figures})
    values: defaultdict[int, dict[str, int]] = defaultdict(dict)
    notes: defaultdict[int, list[str]] = defaultdict(list)
    for row in figures:
        values[row.org_id][row.measure] = row.value
        if row.note and row.note not in notes[row.org_id]:
            notes[row.org_id].append(row.note)
    orgs = sorted((book.snapshot(org) for org in values), key=lambda o: (o.sort_order, o.code))
    sums: dict[str, int] = {}
    for measure in Measure.values:
        given = [figures[measure] for figures in values.values() if measure in figures]
        if given:
            sums[measure] = sum(given)
    return QuotaTable(
        rows=tuple(
            QuotaRow(org=org, values=values[org.id], note="; ".join(notes[org.id])) for org in orgs
        ),
        totals=sums,
    )


# --- assignments and visits --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfficerSnapshot:
    """A person with the post of the day. ``title`` as in a list: ``Phó Chủ tịch LĐLĐ tỉnh Lai Châu``."""

    person: PersonSnapshot
    title: str
    committee_role: str


@dataclass(frozen=True, slots=True)
class AssignmentSnapshot:
    """Who is in charge of which reporting units, helped by whom, during which span."""

    id: int
    officer: OfficerSnapshot
    orgs: tuple[OrgSnapshot, ...]
    support: tuple[OfficerSnapshot, ...]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class VisitSnapshot:
    """A planned or made visit: team, reporting unit, and the enterprise when it is to one."""

    code: str
    campaign_code: str
    starts_on: date
    ends_on: date
    org: OrgSnapshot
    enterprise: EnterpriseSnapshot | None
    lead: OfficerSnapshot
    team: tuple[OfficerSnapshot, ...]
    content: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class _Officers:
    """Posts of the day of everyone concerned."""

    held: Mapping[int, tuple[HolderSnapshot, ...]]
    committee_id: int | None

    def officer(self, person: Person) -> OfficerSnapshot:
        held = self.held.get(person.pk, ())
        own = [h for h in held if h.org.id != self.committee_id]
        seats = [h for h in held if h.org.id == self.committee_id]
        return OfficerSnapshot(
            person=person_snapshot(person),
            title=own[0].full_title if own else "",
            committee_role=seats[0].title if seats else "",
        )


def _officers(
    people: Iterable[int], *, as_of: date, committee_id: int | None
) -> tuple[_Officers, OrgBook]:
    wanted = set(people)
    held_in = OfficeHolder.objects.filter(person_id__in=wanted).values_list("org_id", flat=True)
    book = org_book(as_of=as_of, also=set(held_in))
    return _Officers(offices_of(wanted, as_of=as_of, book=book), committee_id), book


def assignments_of(campaign: Identified, *, as_of: date) -> tuple[AssignmentSnapshot, ...]:
    """Assignments of the campaign that run on the day, in their order (domain.md §4.b b1)."""
    rows = list(
        Assignment.objects.valid_on(as_of)
        .filter(campaign_id=campaign.id)
        .select_related("person", "campaign")
        .prefetch_related("orgs", "support")
        .order_by("position", "id")
    )
    people = {p for row in rows for p in (row.person_id, *(s.pk for s in row.support.all()))}
    committee = rows[0].campaign.steering_committee_id if rows else None
    officers, book = _officers(people, as_of=as_of, committee_id=committee)
    return tuple(
        AssignmentSnapshot(
            id=row.pk,
            officer=officers.officer(row.person),
            orgs=tuple(book.snapshot(org.pk) for org in row.orgs.all() if org.pk in book.rows),
            support=tuple(officers.officer(person) for person in row.support.all()),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def visits_of(
    campaign: Identified, *, as_of: date, codes: Iterable[str] = ()
) -> tuple[VisitSnapshot, ...]:
    """Visits of the campaign by day and code, planned ones too; posts and names are those of ``as_of``."""
    found = Visit.objects.filter(campaign_id=campaign.id)
    if wanted := set(codes):
        found = found.filter(code__in=wanted)
    rows = list(
        found.select_related("lead", "campaign")
        .prefetch_related("team")
        .order_by("starts_on", "code")
    )
    people = {p for row in rows for p in (row.lead_id, *(member.pk for member in row.team.all()))}
    committee = rows[0].campaign.steering_committee_id if rows else None
    officers, _ = _officers(people, as_of=as_of, committee_id=committee)
    orgs = org_book(as_of=as_of, also={row.org_id for row in rows})
    visited = enterprise_snapshots(
        {row.enterprise_id for row in rows if row.enterprise_id}, as_of=as_of
    )
    return tuple(
        VisitSnapshot(
            code=row.code,
            campaign_code=row.campaign.code,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            org=orgs.snapshot(row.org_id),
            enterprise=visited[row.enterprise_id] if row.enterprise_id else None,
            lead=officers.officer(row.lead),
            team=tuple(officers.officer(member) for member in row.team.all()),
            content=row.content,
            valid_until=row.valid_until,
        )
        for row in rows
    )
