"""Writing campaigns, quotas, assignments and visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from core.errors import DataIncomplete
from records.models import Assignment, Campaign, Person, Quota, UnionOrg, Visit
from records.services.audit import By, change, link, new_code, remove, write


def _check_days(row: Campaign | Visit) -> None:
    # A missing day is found by the check of the row itself.
    days = (row.starts_on, row.ends_on)
    if None not in days and row.ends_on < row.starts_on:
        raise DataIncomplete(
            "Ngày kết thúc trước ngày bắt đầu.",
            wrong={"ends_on": "Ngày kết thúc trước ngày bắt đầu."},
        )


def create_campaign(*, by: By, **values: Any) -> Campaign:
    """Write a campaign; ``values`` are its fields. Raises DataIncomplete."""
    row = Campaign(**{"code": new_code("cd"), **values})
    _check_days(row)
    write(row, by=by)
    return row


def change_campaign(row: Campaign, values: Mapping[str, Any], *, by: By) -> bool:
    """Change fields of a campaign; False when nothing is different."""
    return change(row, values, by=by)


def set_quota(
    campaign: Campaign, org: UnionOrg, *, measure: str, value: int, by: By, note: str = ""
) -> Quota:
    """Ask a figure of an organisation, in place of the one asked before."""
    row = Quota.objects.filter(campaign=campaign, org=org, measure=measure).first()
    row = row or Quota(campaign=campaign, org=org, measure=measure)
    row.value, row.note = value, note
    write(row, by=by)
    return row


def drop_quota(campaign: Campaign, org: UnionOrg, *, measure: str, by: By) -> bool:
    """Ask this figure no longer; False when it was not asked."""
    row = Quota.objects.filter(campaign=campaign, org=org, measure=measure).first()
    if row is None:
        return False
    remove(row, by=by)
    return True


def end_assignment(row: Assignment, *, last_day: date, by: By) -> bool:
    """End an assignment; ``last_day`` is its last day. Raises DataIncomplete (an end before the start)."""
    return change(row, {"valid_to": last_day}, by=by)


def create_assignment(
    campaign: Campaign,
    person: Person,
    *,
    orgs: Iterable[UnionOrg],
    by: By,
    support: Iterable[Person] = (),
    **values: Any,
) -> Assignment:
    """Put a person in charge of reporting units; ``values``: valid_from, valid_to, position, source.

    Raises Conflict when the person has an assignment on a day of it, DataIncomplete without a unit.
    """
    units = list(orgs)
    if not units:
        raise DataIncomplete("Chưa chọn đơn vị phụ trách.", missing=["orgs"])
    with transaction.atomic():
        row = Assignment(campaign=campaign, person=person, **values)
        write(row, by=by)
        link(row, "orgs", units, by=by)
        link(row, "support", support, by=by)
    return row


def create_visit(*, by: By, team: Iterable[Person] = (), **values: Any) -> Visit:
    """Plan or record a visit; ``values`` are its fields. Raises DataIncomplete."""
    row = Visit(**{"code": new_code("cx"), **values})
    _check_days(row)
    with transaction.atomic():
        write(row, by=by)
        link(row, "team", team, by=by)
    return row
