"""The founding congress of a case: who prepares it, that it was held, whom it elected, the request after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from core.errors import Conflict
from records.models import (
    Area,
    CaseState,
    Committee,
    CommitteeKind,
    FoundingCase,
    OrgKind,
    OrgLevel,
    Person,
    Post,
    UnionOrg,
)
from records.selectors.enterprises import deciding_org, enterprise_snapshots
from records.services.audit import By, change
from records.services.cases import WAY, locked, step_case
from records.services.orgs import create_org, start_office
from records.services.unions import Seat, create_committee

_DECIDED = (CaseState.RECOGNISED, CaseState.LAUNCHED)


def form_organising_group(
    case: FoundingCase, *, head: Person, on: date, by: By, place_name: str = ""
) -> UnionOrg:
    """Write the group of employees that prepares the founding, with its head, under the deciding union.

    It has number series of its own for the papers of the congress. Again: the group there is. Raises
    NotFound when nobody decides about the enterprise on the day.
    """
    with transaction.atomic():
        row = locked(case)
        if row.organising_group is not None:
            return row.organising_group
        place = enterprise_snapshots([row.enterprise_id], as_of=on)[row.enterprise_id]
        union_name = row.union_name or f"Công đoàn cơ sở {place.name}"
        group = create_org(
            by=by,
            parent=UnionOrg.objects.get(pk=deciding_org(row.enterprise, as_of=on).id),
            seat=Area.objects.get(pk=place.area.id) if place.area else None,
            place_name=place_name,
            code=f"bvd-{row.code}"[:60],
            name=f"Ban Vận động thành lập {union_name}",
            symbol_abbr="BVĐ",
            level=OrgLevel.GRASSROOTS,
            kind=OrgKind.ORGANISING_GROUP,
            valid_from=on,
        )
        start_office(head, group, post=Post.COMMITTEE_HEAD, on=on, by=by)
        change(row, {"organising_group": group}, by=by)
    return group


def record_congress(
    case: FoundingCase, *, on: date, details: Mapping[str, Any], by: By
) -> FoundingCase:
    """Enter what the congress did, by the keys of its minutes; the step follows with the minutes' number."""
    with transaction.atomic():
        row = locked(case)
        change(row, {"congress_on": on, "congress": {**row.congress, **details}}, by=by)
    return row


def hold_congress(case: FoundingCase, *, on: date, evidence: str, by: By) -> FoundingCase:
    """The congress was held, as its minutes say. A case that is past this step stays where it is.

    Raises Conflict when the case is not there yet (too few applications).
    """
    with transaction.atomic():
        row = locked(case)
        change(row, {"congress_on": on}, by=by)
        if row.state in WAY and WAY.index(row.state) >= WAY.index(CaseState.CONGRESS_HELD):
            return row
        step_case(row, CaseState.CONGRESS_HELD.value, on=on, evidence=evidence, note="", by=by)
    return row


def seat_elected(
    case: FoundingCase,
    *,
    seats: Sequence[Seat],
    inspection: Sequence[Seat],
    on: date,
    term: tuple[int, int],
    by: By,
) -> None:
    """The committee that the congress elected, with the posts of its first meeting; again: no change.

    A committee that was entered before stays, but its people must be these. Raises Conflict otherwise,
    DataIncomplete with every fault of the seats.
    """
    with transaction.atomic():
        row = locked(case)
        change(row, {"first_meeting_on": on}, by=by)
        for kind, people in (
            (CommitteeKind.ELECTED, seats),
            (CommitteeKind.INSPECTION, inspection),
        ):
            if people and not _is_seated(row, kind, people):
                years = {"term_start": term[0], "term_end": term[1]}
                create_committee(row, kind=kind, seats=people, by=by, **years)


def _is_seated(case: FoundingCase, kind: CommitteeKind, seats: Sequence[Seat]) -> bool:
    kept = Committee.objects.filter(case=case, kind=kind).first()
    if kept is None:
        return False
    people = set(kept.members.values_list("person_id", flat=True))
    if people != {seat.person.pk for seat in seats}:
        raise Conflict(
            f"Hồ sơ {case.code} đã có {kept.get_kind_display()} gồm những người khác với biên bản. "
            "Đối chiếu danh sách rồi sửa một trong hai.",
            code="committee_exists",
            facts={"case": case.code, "committee": kept.pk},
        )
    return True


def file_dossier(
    case: FoundingCase, *, code: str, on: date, issuer: str, evidence: str, by: By
) -> FoundingCase:
    """The request to be recognised went out: its number, day and sender are what the decisions cite.

    A case whose decision is made keeps the request that the decision cites. Raises Conflict when the case
    is not there yet.
    """
    with transaction.atomic():
        row = locked(case)
        if row.state in _DECIDED:
            return row
        request = {"request_code": code, "request_date": on, "request_issuer": issuer}
        change(row, request, by=by)
        if row.state != CaseState.DOSSIER_FILED:
            step_case(row, CaseState.DOSSIER_FILED.value, on=on, evidence=evidence, note="", by=by)
    return row
