"""What the person at the review page decides: each answer goes to a service, and the right side comes back."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from core.errors import Conflict, UserError
from intake.issues import UNSURE
from intake.models import ReturnedForm
from intake.services.applying import apply_review, check_again, get_returned, locked_form
from intake.services.checking import open_issues
from intake.services.review import (
    accept,
    accept_issues,
    correct,
    reject,
    send_back,
    typed_value,
)
from web.models import Access
from web.returns.reviews import next_step, panel_context, sheet_for
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

ALL_COMPARED = "Đã đối chiếu với bản gốc"


def panel(request: DeskRequest, pk: int, *, at: str = "") -> HttpResponse:
    """The right side anew; the whole page for a plain form, at the line that was decided."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("web:review", args=[pk]) + (f"#{at}" if at else ""))
    form = get_returned(pk)
    sheet = sheet_for(request, form)
    context = panel_context(form, sheet) | {"decided_at": at, "next_step": next_step(form)}
    return render(request, "web/returns/panel.html", context)


@desk(Right.REVIEW_FORMS, methods=("POST",))
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """One line: right as read, mended, or dropped; or all that is merely unsure at once."""
    deed = request.POST.get("viec", "")
    path = request.POST.get("muc", "")
    actor = request.viewer.actor
    if deed == "dung":
        keys = request.POST.get("diem", "").split()
        accept_issues(pk, actor=actor, keys=keys, path=path)
    elif deed == "sua":
        form = get_returned(pk)
        value = typed_value(form, path, request.POST.get("gia-tri", "").strip())
        correct(pk, actor=actor, path=path, value=value, reason=request.POST.get("ly-do", ""))
    elif deed == "sua-dong":
        _mend_row(request, pk)
    elif deed == "bo":
        reject(pk, actor=actor, path=path, reason=request.POST.get("ly-do", ""))
    elif deed == "dung-het":
        _accept_unsure(pk, actor=actor)
    else:
        raise UserError("Chưa rõ quyết định gì. Mở lại trang rồi làm lại.")
    return panel(request, pk, at=request.POST.get("dong-id", ""))


def _mend_row(request: DeskRequest, pk: int) -> None:
    """The cells of a row that were changed; all of them or none."""
    form = get_returned(pk)
    with transaction.atomic():
        for name in request.POST:
            text = request.POST.get(name, "")
            if not name.startswith("rows["):
                continue
            if text.strip() == request.POST.get(f"cu-{name}", "").strip():
                continue
            value = typed_value(form, name, text.strip())
            correct(pk, actor=request.viewer.actor, path=name, value=value)


def _accept_unsure(pk: int, *, actor: str) -> None:
    """Everything that is open, when nothing speaks against any of it. Raises Conflict otherwise."""
    with transaction.atomic():
        form: ReturnedForm = locked_form(pk)
        if any(one.code != UNSURE for one in open_issues(form)):
            raise Conflict(
                "Còn điểm phải quyết định riêng từng mục. Quyết định các điểm đó trước.",
                code="still_open",
            )
        accept(pk, actor=actor, reason=ALL_COMPARED)


@desk(Right.REVIEW_FORMS, methods=("POST",))
def recheck(request: DeskRequest, pk: int) -> HttpResponse:
    """Hold the form against the records as they are now."""
    check_again(pk, actor=request.viewer.actor)
    return panel(request, pk)


@desk(Right.REVIEW_FORMS, methods=("POST",))
def send_back_form(request: DeskRequest, pk: int) -> HttpResponse:
    """Back to the unit, with the reason that its officer will read."""
    reason = request.POST.get("ly-do", "").strip()
    if not reason:
        raise UserError("Ghi lý do trả lại để đơn vị biết cần sửa gì.")
    send_back(pk, actor=request.viewer.actor, reason=reason)
    return HttpResponseRedirect(reverse("web:review", args=[pk]))


@desk(Right.REVIEW_FORMS, methods=("POST",))
def apply_form(request: DeskRequest, pk: int) -> HttpResponse:
    """Into the records. The second of two clicks finds it done, and shows what was written."""
    try:
        apply_review(pk, actor=request.viewer.actor, reason=request.POST.get("ly-do", ""))
        note_access(request, Access.DID, f"returnedform:{pk}", "nhập vào hồ sơ")
    except Conflict as fault:
        if fault.code != "already_applied":
            raise
    return HttpResponseRedirect(reverse("web:review", args=[pk]))
