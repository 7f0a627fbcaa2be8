"""Pages of enterprises: the list, one enterprise with its founding cases, changing them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from core.errors import DataIncomplete
from records.models import (
    Area,
    AreaKind,
    CasePath,
    CaseState,
    Enterprise,
    EnterpriseStatus,
    EnterpriseType,
    FoundingCase,
)
from records.services.audit import By
from web.frame import campaign_in_hand
from web.models import Access
from web.recordbook import editing
from web.recordbook.days import office_day, shown_day
from web.recordbook.enterprise_lists import NO_CASE, Wanted, enterprises_wanted, lines_of, units_on
from web.recordbook.enterprise_pages import enterprise_page, get_enterprise
from web.recordbook.paging import page_of
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

POST = ("POST",)
GET_POST = ("GET", "HEAD", "POST")


def by_desk(request: DeskRequest, reason: str = "") -> By:
    """Who writes, through the desk."""
    return By(actor=request.viewer.actor, channel="web", reason=reason)


def go(request: DeskRequest, address: str) -> HttpResponse:
    """To the next page after a form, also where the form was sent by htmx."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def communes_on(day: date) -> list[Area]:
    """Communes and wards of the day with the unit above them."""
    kinds = (AreaKind.COMMUNE, AreaKind.WARD, AreaKind.TOWNSHIP)
    found = Area.objects.valid_on(day).filter(kind__in=kinds).select_related("parent")
    return list(found.order_by("parent__name", "name"))


@desk(Right.SEE_RECORDS)
def enterprises(request: DeskRequest) -> HttpResponse:
    """The list with its filters."""
    campaign = campaign_in_hand(request)
    day = office_day(campaign)
    asked = request.GET
    wanted = Wanted(
        text=asked.get("q", ""),
        unit=asked.get("don_vi", ""),
        status=asked.get("tinh_trang", ""),
        union=asked.get("cdcs", ""),
        step=asked.get("buoc", ""),
    )
    page = page_of(request, enterprises_wanted(wanted, campaign=campaign, day=day))
    context = {
        "page": page,
        "lines": lines_of(page.rows, campaign=campaign, day=day),
        "wanted": wanted,
        "filtered": any((wanted.text, wanted.unit, wanted.status, wanted.union, wanted.step)),
        "units": units_on(day),
        "statuses": EnterpriseStatus.choices,
        "steps": [*CaseState.choices, (NO_CASE, "Chưa có hồ sơ")],
        "day": day,
    }
    return render(request, "web/recordbook/enterprises.html", context)


@desk(Right.SEE_RECORDS)
def enterprise(request: DeskRequest, code: str) -> HttpResponse:
    """One enterprise: its facts with their dates, its founding cases, its history."""
    row = get_enterprise(code)
    day = shown_day(request.GET.get("ngay", ""), default=office_day(campaign_in_hand(request)))
    personal = request.viewer.may(Right.SEE_PERSONAL)
    found = enterprise_page(row, day=day, personal=personal)
    if personal and any(one.legal_rep_phone or one.contact_phone for one in found.observations):
        note_access(request, Access.SAW, f"enterprise:{row.code}")
    campaign = campaign_in_hand(request)
    context = {
        "found": found,
        "day": day,
        "may_open": campaign is not None
        and all(view.row.campaign_id != campaign.pk for view in found.cases),
        "paths": CasePath.choices,
    }
    return render(request, "web/recordbook/enterprise.html", context)


@desk(Right.CHANGE_RECORDS, methods=GET_POST)
def enterprise_new(request: DeskRequest) -> HttpResponse:
    """A new enterprise."""
    if request.method == "POST":
        twin = _twin(request)
        row = twin or editing.add_enterprise(request.POST, by=by_desk(request))
        messages.success(request, f"Đã ghi doanh nghiệp {row.name}.", extra_tags="doanh-nghiep-moi")
        return go(request, reverse("web:enterprise", args=[row.code]))
    day = office_day(campaign_in_hand(request))
    return render(request, "web/recordbook/enterprise_new.html", _choices(day))


def _twin(request: DeskRequest) -> Enterprise | None:
    """The enterprise that this very form has written already: a click too many, or a page sent again."""
    name, tax_code = request.POST.get("name", "").strip(), request.POST.get("tax_code", "").strip()
    if not tax_code:
        same = Enterprise.objects.filter(name=name, tax_code=None).first()
        if same is not None:
            raise DataIncomplete(
                f"Đã có doanh nghiệp tên “{same.name}” chưa ghi mã số thuế. Ghi mã số thuế để phân biệt.",
                missing=["tax_code"],
            )
        return None
    return Enterprise.objects.filter(
        name=name, tax_code=tax_code, created_by=request.viewer.actor
    ).first()


def _choices(day: date) -> dict[str, object]:
    return {
        "types": EnterpriseType.choices,
        "statuses": EnterpriseStatus.choices,
        "communes": communes_on(day),
        "units": units_on(day),
        "counts": editing.COUNTS.items(),
        "day": day,
    }


@desk(Right.CHANGE_RECORDS, methods=GET_POST)
def enterprise_edit(request: DeskRequest, code: str) -> HttpResponse:
    """Changing an enterprise: facts, address, unit in charge, a new observation; each part is sent alone."""
    row = get_enterprise(code)
    if request.method == "POST":
        part_name = request.POST.get("part", "")
        part = editing.PARTS.get(part_name)
        if part is None:
            raise DataIncomplete("Chưa chọn phần cần ghi.", missing=["part"])
        part(row, request.POST, by=by_desk(request))
        messages.success(
            request, "Đã ghi vào hồ sơ.", extra_tags=f"{editing.KEPT[part_name]}-{row.code}"
        )
        return go(request, reverse("web:enterprise", args=[row.code]))
    day = office_day(campaign_in_hand(request))
    context = {"row": row, **_choices(day)}
    return render(request, "web/recordbook/enterprise_edit.html", context)


@desk(Right.CHANGE_RECORDS, methods=POST)
def case_open(request: DeskRequest, code: str) -> HttpResponse:
    """Open the founding case of an enterprise in the campaign in hand; one that is there is shown."""
    campaign = campaign_in_hand(request)
    if campaign is None:
        raise DataIncomplete("Chưa có chiến dịch nào để mở hồ sơ.", missing=["campaign"])
    editing.open_case(get_enterprise(code), campaign, by=by_desk(request))
    return go(request, reverse("web:enterprise", args=[code]))


@desk(Right.CHANGE_RECORDS, methods=POST)
def case_move(request: DeskRequest, code: str) -> HttpResponse:
    """Move a case one step by hand."""
    case = get_object_or_404(FoundingCase.objects.select_related("enterprise"), code=code)
    editing.move(case, request.POST, by=by_desk(request))
    messages.success(request, "Đã chuyển bước.", extra_tags=f"buoc-{case.code}")
    return go(request, reverse("web:enterprise", args=[case.enterprise.code]))


@desk(Right.CHANGE_RECORDS, methods=POST)
def case_edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change what the papers of a case need."""
    case = get_object_or_404(FoundingCase.objects.select_related("enterprise"), code=code)
    editing.save_case(case, request.POST, by=by_desk(request))
    messages.success(request, "Đã ghi hồ sơ thành lập.", extra_tags=f"hoso-{case.code}")
    return go(request, reverse("web:enterprise", args=[case.enterprise.code]))


@desk(Right.SEE_RECORDS)
def case(request: DeskRequest, code: str) -> HttpResponse:
    """A founding case has no page of its own: it stands on its enterprise's."""
    found = get_object_or_404(FoundingCase.objects.select_related("enterprise"), code=code)
    address = reverse("web:enterprise", args=[found.enterprise.code])
    return HttpResponseRedirect(f"{address}#ho-so-{found.code}")
