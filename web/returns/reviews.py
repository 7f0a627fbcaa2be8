"""The queue of forms that wait for a person, and the page on which one is compared with its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from core.errors import NotFound, UserError
from core.forms import get_form
from intake.models import FormState, PaperView, ReturnedForm, ViewState
from intake.services.applying import get_returned
from intake.services.preview import Preview, preview
from intake.services.review import has_personal
from intake.services.views import ask_view, draw_page, needs_view, sizes_of
from records.models import CaseState, FoundingCase
from records.selectors.facts import FOUNDING_MIN_MEMBERS, find_fact
from records.services.cases import countable_applications
from web.files import picture
from web.frame import address_of
from web.models import Access
from web.recordbook.timeline import next_step as case_step
from web.returns.labels import KINDS, kind_label, record_labels, state_label
from web.returns.queries import neighbours, reporting_units, waiting_lines, waiting_page
from web.returns.review_page import MASKED, Place, Sheet, sheet_of
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access
from workers.paper_views import send_views

#: Applications that a union needs where the office has not recorded the fact (Điều lệ Điều 13 k1).
LEAST = 5
#: Forms may carry these in a preview; who may not see them sees dots.
_PERSONAL = frozenset({"id_number", "phone", "dob", "address", "native_place", "legal_rep_phone",
                       "contact_phone", "email"})  # fmt: skip


@desk(Right.REVIEW_FORMS)
def reviews(request: DeskRequest) -> HttpResponse:
    """What waits, the oldest first."""
    kind, unit = request.GET.get("loai", ""), request.GET.get("don-vi", "")
    page = waiting_page(kind=kind, unit=unit, page=request.GET.get("trang"))
    context = {
        "page": page,
        "lines": waiting_lines(list(page)),
        "kinds": [*KINDS, ("-", "Không nhận ra phiếu")],
        "units": reporting_units(),
        "kind": kind,
        "unit": unit,
        "filtered": bool(kind or unit),
    }
    return render(request, "web/returns/reviews.html", context)


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the paper with the places of values on it."""

    number: int
    width: float
    height: float
    places: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper at the left: its pages, or why there are none yet."""

    pages: tuple[PageView, ...] = ()
    waiting: bool = False
    unasked: bool = False
    fault: str = ""


def paper_of(form: ReturnedForm, sheet: Sheet | None) -> Paper:
    """Pages of the form's file; an office file has them once it has been printed."""
    if needs_view(form):
        view = PaperView.objects.filter(received=form.received).first()
        if view is None:
            return Paper(waiting=True, unasked=True)
        if view.state == ViewState.FAILED:
            return Paper(fault=view.error_message or "Chưa tạo được ảnh trang.")
        if view.state != ViewState.DONE:
            return Paper(waiting=True)
    try:
        sizes = sizes_of(form)
    except UserError as fault:
        return Paper(fault=fault.message)
    places = sheet.places if sheet else []
    return Paper(
        tuple(
            PageView(at, width, height, tuple((key, one) for key, one in places if one.page == at))
            for at, width, height in sizes
        )
    )


def row_page_of(request: DeskRequest) -> int | None:
    """Which page of the table's rows is asked for."""
    text = request.GET.get("dong") or request.POST.get("dong") or ""
    return int(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004


def sheet_for(request: DeskRequest, form: ReturnedForm) -> Sheet | None:
    """The lines as this person may see them; None for a file in which no form was recognised."""
    if not form.kind:
        return None
    masked = not request.viewer.may(Right.SEE_PERSONAL)
    return sheet_of(form, row_page=row_page_of(request), masked=masked)


def panel_context(form: ReturnedForm, sheet: Sheet | None) -> dict[str, Any]:
    """What the right side of the page needs."""
    names = record_labels([(form.record_type, form.record_id)])
    return {
        "form": form,
        "sheet": sheet,
        "label": kind_label(form.kind),
        "about": names.get((form.record_type, form.record_id), ""),
        "state": state_label(form.state),
        "waits": form.state == FormState.NEEDS_REVIEW,
        "reason": (form.reading or {}).get("reason") or "",
        "kinds": KINDS,
        "other_unit": bool(
            form.org_id and form.received.sender_id and form.org_id != form.received.sender_id
        ),
        "decisions": form.decisions.order_by("id"),
    }


@desk(Right.REVIEW_FORMS)
def review(request: DeskRequest, pk: int) -> HttpResponse:
    """The paper at the left, what was read at the right."""
    form = get_returned(pk)
    sheet = sheet_for(request, form)
    if form.kind and has_personal(get_form(form.kind)):
        note_access(request, Access.SAW, f"returnedform:{pk}")
    before, after = neighbours(form)
    context = panel_context(form, sheet) | {
        "paper": paper_of(form, sheet),
        "before": before,
        "after": after,
        "next_step": next_step(form),
        "unit": form.org or form.received.sender,
    }
    return render(request, "web/returns/review.html", context)


@desk(Right.REVIEW_FORMS, methods=("GET", "POST"))
def pages_part(request: DeskRequest, pk: int) -> HttpResponse:
    """The pages at the left; asking for them (POST) has an office file printed in the background."""
    form = get_returned(pk)
    if request.method == "POST" and needs_view(form):
        with transaction.atomic():
            view = ask_view(form.received)
            if view.state == ViewState.WAITING:
                send_views([view.pk])
    context = {"form": form, "paper": paper_of(form, sheet_for(request, form))}
    return render(request, "web/returns/paper.html", context)


@desk(Right.REVIEW_FORMS)
def page_picture(request: DeskRequest, pk: int, page: int) -> HttpResponseBase:
    """One page of the paper as a picture."""
    if not request.viewer.may(Right.SEE_PERSONAL):
        raise NotFound("Trang này có dữ liệu cá nhân nên không hiện ở đây.")
    drawn = draw_page(get_returned(pk), page)
    return picture(drawn.data, media_type=drawn.media_type)


@desk(Right.REVIEW_FORMS)
def preview_part(request: DeskRequest, pk: int) -> HttpResponse:
    """What entering the form into the records would write."""
    form = get_returned(pk)
    found = preview(pk, actor=request.viewer.actor)
    context = {
        "form": form,
        "preview": found,
        "records": _shown(found, masked=not request.viewer.may(Right.SEE_PERSONAL)),
    }
    name = "preview" if request.htmx else "preview_page"
    return render(request, f"web/returns/{name}.html", context)


def _shown(found: Preview, *, masked: bool) -> list[tuple[Any, list[tuple[str, str, str]]]]:
    """Records with their fields: label, before, after."""
    made = []
    for record in found.records:
        fields = []
        for one in record.fields:
            hidden = masked and one.name in _PERSONAL
            before, after = (
                MASKED if hidden and text else text for text in (one.before, one.after)
            )
            fields.append((one.label, before, after))
        made.append((record, fields))
    return made


def next_step(form: ReturnedForm) -> dict[str, str] | None:
    """What the founding case needs next, with its address; None when the form is about none."""
    if form.state != FormState.APPLIED:
        return None
    cases = FoundingCase.objects.select_related("enterprise", "campaign")
    case = None
    if form.record_type == "case":
        case = cases.filter(code=form.record_id).first()
    elif form.record_type == "enterprise":
        case = cases.filter(enterprise__code=form.record_id).order_by("-campaign__year").first()
    if case is None:
        return None
    least = find_fact(FOUNDING_MIN_MEMBERS, as_of=timezone.localdate())
    todo = case_step(
        case.state,
        case.path,
        applications=countable_applications(case, on=timezone.localdate()),
        least=least.as_int() if least else LEAST,
    )
    return {
        "case": case.code,
        "name": case.enterprise.name,
        "state": str(CaseState(case.state).label),
        "case_address": address_of("case", case.code),
        "label": todo.words if todo else "",
        "address": compose_address(todo.kind, f"case:{case.code}") if todo and todo.kind else "",
    }


def compose_address(kind: str, record: str) -> str:
    """Where a paper of a kind about a record is composed; empty where this desk has no such page."""
    compose = address_of("compose")
    return address_of("compose_paper", kind, record) or (
        f"{compose}?loai={kind}&ve={record}" if compose else ""
    )
