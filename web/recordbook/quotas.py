"""Quotas of the campaign in hand as a table that is edited in place, and who is in charge of which units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.errors import DataIncomplete
from records.models import (
    Assignment,
    Campaign,
    ChangeLog,
    Measure,
    OfficeHolder,
    OrgKind,
    Person,
    Quota,
    UnionOrg,
)
from records.services.audit import By
from records.services.campaigns import create_assignment, drop_quota, end_assignment, set_quota
from web.frame import campaign_in_hand
from web.recordbook.days import office_day, optional_day, typed_day
from web.recordbook.editing import typed_count
from web.recordbook.enterprise_lists import units_on
from web.recordbook.enterprises import by_desk, go
from web.recordbook.history import SHOWN, history_of
from web.rights import Right
from web.viewer import DeskRequest, desk

GET_POST = ("GET", "HEAD", "POST")
#: Organisations whose people are put in charge of units.
_STAFF = (
    OrgKind.PROVINCE_FEDERATION,
    OrgKind.DEPARTMENT,
    OrgKind.OFFICE,
    OrgKind.STEERING_COMMITTEE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table and the name of its input."""

    name: str
    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One reporting unit of the table."""

    org: UnionOrg
    cells: tuple[Cell, ...]


def cell_name(org: UnionOrg, measure: str) -> str:
    """Name of the input of a figure."""
    return f"{measure}.{org.code}"


def quota_lines(campaign: Campaign) -> tuple[QuotaLine, ...]:
    """Units that have a figure, and those that could have one; three queries."""
    figures = {
        (row.org_id, row.measure): row.value for row in Quota.objects.filter(campaign=campaign)
    }
    standing = units_on(office_day(campaign)).exclude(kind=OrgKind.PROVINCE_FEDERATION)
    asked = UnionOrg.objects.filter(pk__in={org for org, _ in figures})
    rows = sorted({*asked, *standing}, key=lambda org: (org.sort_order, org.code))
    return tuple(
        QuotaLine(
            org,
            tuple(
                Cell(cell_name(org, measure), str(label), figures.get((org.pk, measure)))
                for measure, label in Measure.choices
            ),
        )
        for org in rows
    )


def save_quotas(campaign: Campaign, typed: QueryDict, *, by: By) -> int:
    """Write every figure that is another than before; an emptied one is asked no longer. Gives how many.

    Raises DataIncomplete naming the unit of a figure that is no number; nothing is written then.
    """
    changed = 0
    with transaction.atomic():
        for line in quota_lines(campaign):
            for cell in line.cells:
                if cell.name not in typed:
                    continue
                where = f"{line.org.short_name or line.org.name}, {cell.label.lower()}"
                value = typed_count(typed.get(cell.name, ""), name=cell.name, label=where)
                if value == cell.value:
                    continue
                measure = cell.name.partition(".")[0]
                if value is None:
                    drop_quota(campaign, line.org, measure=measure, by=by)
                else:
                    set_quota(campaign, line.org, measure=measure, value=value, by=by)
                changed += 1
    return changed


def _totals(lines: tuple[QuotaLine, ...]) -> list[int | None]:
    columns = zip(*(line.cells for line in lines), strict=True)
    sums = []
    for cells in columns:
        given = [cell.value for cell in cells if cell.value is not None]
        sums.append(sum(given) if given else None)
    return sums


@desk(Right.SEE_RECORDS, Right.CHANGE_RECORDS, methods=GET_POST)
def quotas(request: DeskRequest) -> HttpResponse:
    """The table; who may change records types into it."""
    campaign = campaign_in_hand(request)
    may_change = request.viewer.may(Right.CHANGE_RECORDS)
    if request.method == "POST" and may_change and campaign is not None:
        reason = request.POST.get("reason", "").strip()
        count = save_quotas(campaign, request.POST, by=by_desk(request, reason))
        told = f"Đã ghi {count} chỉ tiêu." if count else "Không có chỉ tiêu nào thay đổi."
        messages.success(request, told, extra_tags=f"chi-tieu-{campaign.code}")
        return go(request, reverse("web:quotas"))
    lines = quota_lines(campaign) if campaign is not None else ()
    ids = list(Quota.objects.filter(campaign=campaign).values_list("pk", flat=True))
    context = {
        "lines": lines,
        "measures": [str(label) for label in Measure.labels],
        "totals": _totals(lines),
        "may_change": may_change,
        "history": history_of({"quota": [*ids, *_removed(campaign)]}, personal=True),
    }
    return render(request, "web/recordbook/quotas.html", context)


def _removed(campaign: Campaign | None) -> list[str]:
    """Figures asked no longer: their lines in the log alone know them."""
    lines = ChangeLog.objects.filter(record_type="quota", action="removed").order_by("-pk")
    found = lines.values_list("record_id", "before")[:SHOWN]
    return [
        record_id
        for record_id, before in found
        if campaign is not None and before.get("campaign_id") == campaign.pk
    ]


# --- assignments -------------------------------------------------------------------------------------


def _people() -> Mapping[int, Person]:
    holders = OfficeHolder.objects.filter(org__kind__in=_STAFF, valid_to__isnull=True)
    rows = holders.select_related("person").order_by("person__full_name")
    return {row.person_id: row.person for row in rows}


@desk(Right.SEE_RECORDS, Right.CHANGE_RECORDS, methods=GET_POST)
def assignments(request: DeskRequest) -> HttpResponse:
    """Who is in charge of which units in the campaign in hand."""
    campaign = campaign_in_hand(request)
    may_change = request.viewer.may(Right.CHANGE_RECORDS)
    if request.method == "POST" and may_change and campaign is not None:
        _assign(campaign, request.POST, by=by_desk(request))
        messages.success(request, "Đã ghi phân công.", extra_tags=f"phan-cong-{campaign.code}")
        return go(request, reverse("web:assignments"))
    rows = Assignment.objects.filter(campaign=campaign).select_related("person")
    found = list(rows.prefetch_related("orgs", "support").order_by("position", "pk"))
    day = office_day(campaign)
    context = {
        "rows": found,
        "people": _people().values() if may_change else (),
        "units": units_on(day).exclude(kind=OrgKind.PROVINCE_FEDERATION),
        "may_change": may_change,
        "day": day,
        "history": history_of({"assignment": [row.pk for row in found]}, personal=True),
    }
    return render(request, "web/recordbook/assignments.html", context)


def _assign(campaign: Campaign, typed: QueryDict, *, by: By) -> None:
    person = Person.objects.filter(code=typed.get("person", "")).first()
    if person is None:
        raise DataIncomplete("Chưa chọn người phụ trách.", missing=["person"])
    start = optional_day(typed.get("valid_from", ""), name="valid_from", label="từ ngày")
    kept = Assignment.objects.filter(campaign=campaign, person=person, valid_from=start).first()
    if kept is not None and set(kept.orgs.values_list("code", flat=True)) == set(
        typed.getlist("orgs")
    ):
        return  # the same form, sent twice
    create_assignment(
        campaign,
        person,
        orgs=UnionOrg.objects.filter(code__in=typed.getlist("orgs")),
        support=Person.objects.filter(code__in=typed.getlist("support")),
        valid_from=start,
        valid_to=optional_day(typed.get("valid_to", ""), name="valid_to", label="đến ngày"),
        position=Assignment.objects.filter(campaign=campaign).count() + 1,
        source=typed.get("source", ""),
        by=by,
    )


@desk(Right.CHANGE_RECORDS, methods=("POST",))
def assignment_end(request: DeskRequest, pk: int) -> HttpResponse:
    """End an assignment on a day."""
    row = get_object_or_404(Assignment, pk=pk)
    last = typed_day(request.POST.get("last_day", ""), name="last_day", label="ngày kết thúc")
    end_assignment(row, last_day=last, by=by_desk(request))
    messages.success(request, "Đã ghi ngày kết thúc phân công.")
    return go(request, reverse("web:assignments"))
