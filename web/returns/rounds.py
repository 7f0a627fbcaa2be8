"""Rounds of forms: asked for, made in the background, taken away, and who has returned what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.dates import PartialDate, format_short, parse_date
from core.errors import Conflict, NotFound, Unreadable, UserError
from core.forms import FORMS, get_form
from core.periods import parse_period
from docgen.blanks.make import Format
from docgen.models import JobState
from docgen.services.export_index import folder_name
from docgen.services.form_rounds import (
    RoundWish,
    begin_round,
    counts_of,
    form_bytes,
    given_forms,
    planned_units,
    retry_round,
    zip_pieces,
)
from docgen.services.forms import file_name
from records.models import Campaign, UnionOrg
from registry.models import FormRound, IssuedForm
from web.files import attachment, streamed
from web.frame import campaign_in_hand
from web.models import Access
from web.returns.labels import KINDS, kind_label, period_label
from web.returns.queries import (
    PAGE,
    failed_of,
    given_lines,
    refused_of,
    round_lines,
    rounds_page,
    unit_lines,
    with_returns,
)
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access
from workers.form_rounds import send_forms

FORMATS = (
    ("docx", "Word, điền trên máy"),
    ("xlsx", "Excel, hợp với danh sách dài"),
    ("pdf", "PDF, in ra viết tay"),
)
ZIP = "application/zip"


def get_round(pk: int) -> FormRound:
    """The round of that number. Raises NotFound."""
    found = FormRound.objects.select_related("campaign").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không có đợt thu phiếu này. Mở lại danh sách đợt.")
    return found


@desk(Right.SEE_FORMS)
def rounds(request: DeskRequest) -> HttpResponse:
    """The list of rounds: of the campaign in hand, or of all."""
    everything = request.GET.get("tat-ca") == "1"
    campaign = None if everything else campaign_in_hand(request)
    today = timezone.localdate()
    page = rounds_page(campaign, page=request.GET.get("trang"))
    context = {
        "page": page,
        "lines": round_lines(list(page), today=today),
        "everything": everything,
        "of": campaign,
        "may_give": request.viewer.may(Right.GIVE_FORMS),
    }
    return render(request, "web/returns/rounds.html", context)


# --- a new round -----------------------------------------------------------------------------------------------


def first_day(campaign: Campaign | None) -> date:
    """The day on which forms go out unless somebody says otherwise: today, or the nearest day of the campaign."""
    today = timezone.localdate()
    if campaign is None:
        return today
    return min(max(today, campaign.starts_on), campaign.ends_on)


def read_day(text: str, what: str) -> date:
    """A date as people type it. Raises UserError that names the field."""
    try:
        found = parse_date(text)
    except Unreadable as fault:
        raise UserError(f"{what}: {fault.message} Ghi ví dụ 05/6/2024.") from fault
    if isinstance(found, PartialDate):
        raise UserError(f"{what}: ghi đủ ngày, tháng, năm, ví dụ 05/6/2024.")
    return found


def read_wish(typed: Any) -> RoundWish:
    """What was chosen and typed. Raises UserError, NotFound."""
    kind = str(typed.get("loai", ""))
    if kind not in FORMS:
        raise UserError("Chọn loại phiếu cần thu.")
    on = read_day(str(typed.get("ngay", "")), "Ngày phát")
    due = read_day(str(typed.get("han", "")), "Hạn nộp")
    text = str(typed.get("ky", "")).strip()
    try:
        period = parse_period(text) if text else f"{due:%Y-%m}"
    except Unreadable as fault:
        raise UserError(f"Kỳ: {fault.message} Ghi ví dụ tháng 5/2024 hoặc quý II/2024.") from fault
    form = str(typed.get("dang", "docx"))
    if form not in set(Format):
        raise UserError("Chọn dạng tệp: Word, Excel hoặc PDF.")
    return RoundWish(str(typed.get("chien-dich", "")), kind, Format(form), on, due, period)


def _form_context(request: DeskRequest, typed: Any) -> dict[str, Any]:
    campaign = campaign_in_hand(request)
    chosen = str(typed.get("chien-dich", "")) or (campaign.code if campaign else "")
    named = Campaign.objects.filter(code=chosen).first()
    return {
        "kinds": KINDS,
        "formats": FORMATS,
        "campaigns_to_choose": Campaign.objects.order_by("-starts_on"),
        "kind": typed.get("loai", "progress_report"),
        "campaign_code": chosen,
        "format": typed.get("dang", "docx"),
        "day": typed.get("ngay") or format_short(first_day(named)),
        "due": typed.get("han", ""),
        "period": typed.get("ky", ""),
    }


@desk(Right.GIVE_FORMS, methods=("GET", "POST"))
def new_round(request: DeskRequest) -> HttpResponse:
    """Ask for a round; making it goes on in the background."""
    typed = request.POST if request.method == "POST" else request.GET
    context = _form_context(request, typed)
    if request.method == "POST":
        try:
            made = begin_round(
                read_wish(typed), actor=request.viewer.actor, again=typed.get("lai") == "1"
            )
        except UserError as fault:
            context |= {
                "fault": fault,
                "ask_again": isinstance(fault, Conflict) and "round" in fault.facts,
            }
            return render(request, "web/returns/round_new.html", context, status=422)
        send_forms(counts_of(made.jobs.all()).waiting)
        return HttpResponseRedirect(reverse("web:round", args=[made.pk]))
    return render(request, "web/returns/round_new.html", context)


@desk(Right.GIVE_FORMS)
def units_part(request: DeskRequest) -> HttpResponse:
    """Who would get how many forms, as the choices stand."""
    try:
        typed = request.GET.copy()
        typed["han"] = typed.get("han") or typed.get("ngay", "")
        units = planned_units(read_wish(typed))
    except UserError as fault:
        return render(request, "web/returns/round_units.html", {"fault": fault})
    context = {
        "units": [(unit, len(found)) for unit, found in units],
        "total": sum(len(found) for _, found in units),
        "label": get_form(str(typed.get("loai"))).label_vi,
    }
    return render(request, "web/returns/round_units.html", context)


# --- a round ---------------------------------------------------------------------------------------------------


def _round_context(request: DeskRequest, made: FormRound) -> dict[str, Any]:
    counts = counts_of(made.jobs.all())
    lines = unit_lines(made, today=timezone.localdate())
    return {
        "round": made,
        "label": kind_label(made.kind),
        "period": period_label(made.period),
        "counts": counts,
        "lines": lines,
        "total": sum(line.total for line in lines),
        "back": sum(line.back for line in lines),
        "kept": sum(line.kept for line in lines),
        "late": sum(line.states["overdue"] for line in lines),
        "failures": failed_of(made) if counts.failed else [],
        "refused": refused_of(made) if counts.refused else [],
        "may_remind": request.viewer.may(Right.COMPOSE),
        "may_give": request.viewer.may(Right.GIVE_FORMS),
    }


@desk(Right.SEE_FORMS)
def round_page(request: DeskRequest, pk: int) -> HttpResponse:
    """A round: how far its making is, then who has returned what."""
    return render(request, "web/returns/round.html", _round_context(request, get_round(pk)))


@desk(Right.SEE_FORMS)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The part of a round's page that changes while its forms are made."""
    return render(request, "web/returns/round_body.html", _round_context(request, get_round(pk)))


@desk(Right.GIVE_FORMS, methods=("POST",))
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """What failed is made anew."""
    made = get_round(pk)
    retry_round(made)
    send_forms(made.jobs.filter(state=JobState.WAITING).count())
    return HttpResponseRedirect(reverse("web:round", args=[pk]))


def get_unit(made: FormRound, code: str) -> UnionOrg:
    """A unit of the round. Raises NotFound."""
    unit = UnionOrg.objects.filter(code=code).first()
    if unit is None or not IssuedForm.objects.filter(round=made, unit=unit).exists():
        raise NotFound("Đợt này không phát phiếu cho đơn vị đó. Mở lại trang của đợt.")
    return unit


@desk(Right.SEE_FORMS)
def unit_page(request: DeskRequest, pk: int, unit: str) -> HttpResponse:
    """The forms of one unit in a round, one by one."""
    made = get_round(pk)
    org = get_unit(made, unit)
    rows = IssuedForm.objects.filter(round=made, unit=org).exclude(sha256="").order_by("serial")
    page = Paginator(with_returns(rows), PAGE).get_page(request.GET.get("trang"))
    context = {
        "round": made,
        "unit": org,
        "label": kind_label(made.kind),
        "period": period_label(made.period),
        "page": page,
        "lines": given_lines(list(page), today=timezone.localdate()),
        "may_review": request.viewer.may(Right.REVIEW_FORMS),
        "may_take": request.viewer.may(Right.SEE_PERSONAL),
    }
    return render(request, "web/returns/round_unit.html", context)


# --- taken away ------------------------------------------------------------------------------------------------


@desk(Right.SEE_PERSONAL)
def take_all(request: DeskRequest, pk: int) -> HttpResponseBase:
    """All forms of a round, a folder a unit, as a stream."""
    made = get_round(pk)
    note_access(request, Access.TOOK, f"formround:{pk}", "tất cả đơn vị")
    name = f"{folder_name(kind_label(made.kind))}-{made.period}.zip"
    pieces = zip_pieces(given_forms(made), folders=True)
    return streamed(pieces, name=name, media_type=ZIP)


@desk(Right.SEE_PERSONAL)
def take_unit(request: DeskRequest, pk: int, unit: str) -> HttpResponseBase:
    """The forms of one unit."""
    made = get_round(pk)
    org = get_unit(made, unit)
    note_access(request, Access.TOOK, f"formround:{pk}", org.code)
    name = f"{folder_name(org.short_name or org.name)}.zip"
    pieces = zip_pieces(given_forms(made, unit=org.pk), folders=False)
    return streamed(pieces, name=name, media_type=ZIP)


@desk(Right.SEE_PERSONAL)
def take_form(request: DeskRequest, serial: int) -> HttpResponseBase:
    """One form as it went out."""
    issued = IssuedForm.objects.filter(pk=serial).exclude(sha256="").select_related("file").first()
    if issued is None:
        raise NotFound("Không có phiếu đã phát mang số này.")
    data, kept = form_bytes(issued)
    note_access(request, Access.TOOK, f"issuedform:{serial}")
    return attachment(data, name=file_name(issued), media_type=kept.media_type)
