"""Dated rows of one kind about one thing do not overlap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from core.errors import Conflict
from records.models import (
    Assignment,
    Delegation,
    EnterpriseLocation,
    EnterpriseUpper,
    Fact,
    LegalBasis,
    Membership,
    OfficeHolder,
    OrgParent,
    OrgSeat,
    OrgTerm,
    Post,
)

#: For each dated table: the fields that name the thing of which only one row may be true on a day.
_ONE_AT_A_TIME: Mapping[type[models.Model], tuple[str, ...]] = {
    OrgParent: ("org_id",),
    OrgSeat: ("org_id",),
    EnterpriseLocation: ("enterprise_id",),
    EnterpriseUpper: ("enterprise_id",),
    Fact: ("key",),
    LegalBasis: ("kind", "variant", "citation_id"),
    OfficeHolder: ("org_id", "person_id", "post"),
    Assignment: ("campaign_id", "person_id"),
    Delegation: ("org_id", "delegator_id", "delegate_id"),
}
#: Posts of which an organisation has one holder on a day.
SINGLE_POSTS = frozenset(
    {Post.CHAIR, Post.COMMITTEE_HEAD, Post.PERMANENT_VICE_CHAIR, Post.COMMITTEE_PERMANENT_DEPUTY}
)


def overlapping(
    start: date | None, end: date | None, *, first: str = "valid_from", last: str = "valid_to"
) -> Q:
    """Rows with at least one day in common with the span; None is open."""
    query = Q()
    if end is not None:
        query &= Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": end})
    if start is not None:
        query &= Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": start})
    return query


def _span(start: date | None, end: date | None) -> str:
    first = f"từ {start:%d/%m/%Y}" if start else "từ trước"
    return f"{first} đến {end:%d/%m/%Y}" if end else f"{first} đến nay"


def _refuse(row: models.Model, other: Any, what: str) -> Conflict:
    return Conflict(
        f"{what} đã có {_span(other.valid_from, other.valid_to)} ({other});"
        " hãy ghi ngày kết thúc của dòng đó trước.",
        code="overlap",
        facts={"table": row._meta.model_name, "row": other.pk},
    )


def _lock_owner(row: models.Model) -> None:
    # Two writers on PostgreSQL would each see no overlap: they queue at the organisation or enterprise.
    for name in ("org", "enterprise"):
        field = next((f for f in row._meta.concrete_fields if f.name == name), None)
        if field is not None and field.related_model is not None:
            owner = field.related_model._default_manager.select_for_update()
            owner.filter(pk=getattr(row, field.attname)).first()


def check_span(row: models.Model) -> None:
    """Refuse a dated row that overlaps another one about the same thing. Raises Conflict."""
    if isinstance(row, OrgTerm):
        _check_term(row)
    if isinstance(row, Membership):
        _check_membership(row)
    keys = _ONE_AT_A_TIME.get(type(row))
    if keys is None:
        return
    _lock_owner(row)
    start, end = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    days = overlapping(start, end)
    rows = type(row)._default_manager.exclude(pk=row.pk)
    other = rows.filter(days, **{key: getattr(row, key) for key in keys}).first()
    if other is not None:
        raise _refuse(row, other, str(row._meta.verbose_name).capitalize())
    if isinstance(row, OfficeHolder) and row.post in SINGLE_POSTS:
        holder = rows.filter(days, org_id=row.org_id, post=row.post).first()
        if holder is not None:
            raise _refuse(row, holder, f"{row.get_post_display()} của {row.org}")


def _check_term(row: OrgTerm) -> None:
    if row.end_year <= row.start_year:
        raise Conflict(
            f"Nhiệm kỳ {row.start_year} - {row.end_year}: năm cuối phải sau năm đầu.",
            code="overlap",
        )
    # Years may overlap: the reform cut the terms of 2023 - 2028 short by congresses in 2025.
    others = OrgTerm.objects.exclude(pk=row.pk).filter(org_id=row.org_id)
    other = others.filter(start_year=row.start_year).first()
    if other is not None:
        raise Conflict(
            f"Đã ghi nhiệm kỳ {other} bắt đầu cùng năm.", code="overlap", facts={"row": other.pk}
        )


def _check_membership(row: Membership) -> None:
    if row.left_on is not None and row.left_on < row.joined_on:
        raise Conflict("Ngày thôi trước ngày gia nhập.", code="overlap")
    days = overlapping(row.joined_on, row.left_on, first="joined_on", last="left_on")
    other = Membership.objects.exclude(pk=row.pk).filter(days, person_id=row.person_id).first()
    if other is not None:
        raise Conflict(
            f"{row.person} đang là đoàn viên của {other.union} từ {other.joined_on:%d/%m/%Y}.",
            code="overlap",
            facts={"person": row.person.code, "union": other.union.code},
        )
