"""Writing the organisation tree, seats, terms and office holders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from core.errors import Conflict
from records.models import (
    Area,
    OfficeHolder,
    OrgParent,
    OrgSeat,
    OrgSuccession,
    OrgTerm,
    Person,
    UnionOrg,
)
from records.services.audit import By, change, new_code, write


def create_org(
    *,
    by: By,
    parent: UnionOrg | None = None,
    seat: Area | None = None,
    place_name: str = "",
    **values: Any,
) -> UnionOrg:
    """Write an organisation with its parent and seat from its first day; ``values`` are its fields.

    Raises DataIncomplete, Conflict.
    """
    with transaction.atomic():
        row = UnionOrg(**{"code": new_code("tc"), **values})
        write(row, by=by)
        if parent is not None:
            write(OrgParent(org=row, parent=parent, valid_from=row.valid_from), by=by)
        if seat is not None:
            name = place_name or seat.name
            place = OrgSeat(org=row, area=seat, place_name=name, valid_from=row.valid_from)
            write(place, by=by)
    return row


def change_org(row: UnionOrg, values: Mapping[str, Any], *, by: By) -> bool:
    """Change fields of an organisation; False when nothing is different."""
    return change(row, values, by=by)


def end_running(rows: Any, *, on: date, by: By) -> None:
    """End the dated rows that run on the day: their last day becomes the day before it."""
    for row in rows.valid_on(on):
        if row.valid_from == on:
            raise Conflict(f"{row} đã có hiệu lực từ chính ngày {on:%d/%m/%Y}.", code="overlap")
        change(row, {"valid_to": on - timedelta(days=1)}, by=by)


def succeed(row: models.Model, rows: Any, *, by: By) -> None:
    """Write a dated row in place of the one that runs on its first day (``rows`` about the same thing).

    Raises Conflict when a later row is already recorded.
    """
    with transaction.atomic():
        start = getattr(row, "valid_from", None)
        if start is not None:
            end_running(rows, on=start, by=by)
        write(row, by=by)


def move_org(org: UnionOrg, parent: UnionOrg, *, on: date, by: By, source: str = "") -> OrgParent:
    """Put an organisation under another parent from the day on; the earlier link ends the day before."""
    if org.pk == parent.pk:
        raise Conflict("Tổ chức không thể là cấp trên của chính nó.", code="circle")
    row = OrgParent(org=org, parent=parent, valid_from=on, source=source)
    succeed(row, OrgParent.objects.filter(org=org), by=by)
    return row


def seat_org(
    org: UnionOrg, area: Area, *, place_name: str, on: date, by: By, source: str = ""
) -> OrgSeat:
    """Move the seat from the day on."""
    row = OrgSeat(org=org, area=area, place_name=place_name, valid_from=on, source=source)
    succeed(row, OrgSeat.objects.filter(org=org), by=by)
    return row


def end_org(
    org: UnionOrg, *, last_day: date, document: str, by: By, successor: UnionOrg | None = None
) -> None:
    """End an organisation with the paper that dissolved it; its offices, links and seat end with it.

    The successor, when there is one, has its work from the day after.
    """
    with transaction.atomic():
        change(org, {"valid_to": last_day, "dissolved_by": document}, by=by)
        for table in (OrgParent, OrgSeat, OfficeHolder):
            for row in table.objects.valid_on(last_day).filter(org=org):
                change(row, {"valid_to": last_day}, by=by)
        if successor is not None:
            after = last_day + timedelta(days=1)
            write(OrgSuccession(predecessor=org, successor=successor, on=after), by=by)


def record_term(org: UnionOrg, *, start_year: int, end_year: int, by: By, **more: Any) -> OrgTerm:
    """Write a congress term. Raises Conflict when its years overlap another's."""
    row = OrgTerm(org=org, start_year=start_year, end_year=end_year, **more)
    write(row, by=by)
    return row


def start_office(
    person: Person, org: UnionOrg, *, post: str, on: date, by: By, **more: Any
) -> OfficeHolder:
    """A person begins to hold a post. Raises Conflict when a post of one holder is taken on a day of it."""
    row = OfficeHolder(person=person, org=org, post=post, valid_from=on, **more)
    write(row, by=by)
    return row


def end_office(row: OfficeHolder, *, last_day: date, by: By) -> None:
    """End a post; ``last_day`` is its last day. Raises Conflict when it ended before, DataIncomplete."""
    if row.valid_to is not None and row.valid_to < last_day:
        raise Conflict(
            f"Chức vụ {row.title} đã kết thúc ngày {row.valid_to:%d/%m/%Y}.", code="already_ended"
        )
    change(row, {"valid_to": last_day}, by=by)
