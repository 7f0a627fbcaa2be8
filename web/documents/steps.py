"""The steps of a paper, each a POST: submit, approve, send back, number, recall, replace."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.dates import PartialDate, parse_date
from core.errors import Conflict, Unreadable, UserError
from docgen.models import Document, DocumentState, Rendering
from docgen.services.access import meant_to_replace
from docgen.services.ending import recall_document, replace_document
from docgen.services.issuing import issue_document, issue_inserted, reserve_for
from docgen.services.lifecycle import (
    log_event,
    request_document,
    return_document,
    submit_document,
)
from docgen.services.signing import record_signature
from registry.durability import durable
from registry.models import NumberState
from web.documents import queries
from web.documents.facts import numbering
from web.rights import Right
from web.viewer import DeskRequest, desk
from workers.dispatch import send_files

POST = ("POST",)


def to_page(document: Document) -> HttpResponse:
    """Back to the page of the paper."""
    return HttpResponseRedirect(reverse("web:document", args=[document.pk]))


def day_in(text: str, *, what: str, usual: date) -> date:
    """A day as people type it; ``usual`` when nothing was typed. Raises UserError."""
    if not text.strip():
        return usual
    try:
        value = parse_date(text)
    except Unreadable as fault:
        raise UserError(f"{what}: {fault.message}", facts={"wrong": {"date": text}}) from fault
    if isinstance(value, PartialDate):
        raise UserError(
            f"{what}: “{text}” chưa đủ ngày, tháng, năm.", facts={"wrong": {"date": text}}
        )
    return value


def send_waiting(document: Document) -> None:
    """Files of this paper that wait, to the workers, when the transaction is through."""
    waiting = Rendering.objects.filter(document=document, state="waiting").count()
    if waiting:
        send_files(waiting)


def same_version(request: DeskRequest, document: Document) -> None:
    """Whoever decides has seen what he decides on. Raises Conflict when the paper was changed meanwhile."""
    seen = request.POST.get("ban", "")
    if seen and seen != document.updated_at.isoformat():
        raise Conflict(
            "Văn bản vừa được người khác sửa sau khi mở trang này. Mở lại trang để xem bản mới rồi quyết định."
        )


@desk(Right.COMPOSE, methods=POST)
def submit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Draft or returned → submitted; again changes nothing."""
    document = queries.paper(pk)
    if document.state != DocumentState.SUBMITTED:
        submit_document(document, actor=request.viewer.actor)
    messages.success(request, "Đã trình. Lãnh đạo thấy văn bản này ở mục Chờ duyệt.")
    return to_page(document)


@desk(Right.APPROVE, methods=POST)
def approve(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Submitted → signed by the person behind this account, who must have the right on the day."""
    document = queries.paper(pk)
    person = request.viewer.person
    if person is None:
        raise UserError(
            "Tài khoản này chưa gắn với người nào trong hồ sơ cán bộ nên không ký được. Nhờ người quản trị gắn."
        )
    if document.state == DocumentState.SIGNED and document.signer_id == person.pk:
        return to_page(document)
    same_version(request, document)
    with transaction.atomic():
        record_signature(
            document, signer=person.code, actor=request.viewer.actor, on=document.intended_on
        )
        send_waiting(document)
    messages.success(request, "Đã duyệt, ký. Văn thư cấp số và phát hành.")
    return HttpResponseRedirect(_next_waiting() or reverse("web:document", args=[document.pk]))


def _next_waiting() -> str:
    """After a decision the leader goes on with what waits, if anything does."""
    return reverse("web:approvals") if queries.waiting("cho-duyet").exists() else ""


@desk(Right.APPROVE, methods=POST)
def send_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Submitted → returned, with remarks."""
    document = queries.paper(pk)
    return_document(document, actor=request.viewer.actor, remarks=request.POST.get("remarks", ""))
    messages.success(request, "Đã trả lại kèm ý kiến. Người soạn thấy ở mục Trả lại.")
    return HttpResponseRedirect(_next_waiting() or reverse("web:document", args=[document.pk]))


@desk(Right.NUMBER, methods=POST)
def number(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Signed → numbered: the next number, a number inserted after another, or only kept."""
    document = queries.paper(pk)
    if document.number_id is not None:
        return to_page(document)
    usual = numbering(document).day
    on = day_in(request.POST.get("date", ""), what="Ngày ban hành", usual=usual)
    way, reason = request.POST.get("way", "next"), request.POST.get("reason", "")
    actor = request.viewer.actor
    if way == "reserve":
        kept = reserve_for(document, on=on, reason=reason, actor=actor)
        messages.success(request, f"Đã giữ số {kept} ngày {on:%d/%m/%Y} cho văn bản này.")
        return to_page(document)
    with durable():
        if way == "insert":
            issued = issue_inserted(
                document,
                on=on,
                after=_whole(request.POST.get("after", "")),
                reason=reason,
                actor=actor,
            )
        else:
            issued = issue_document(document, on=on, actor=actor)
        _replace_old(issued, actor=actor)
        send_waiting(issued)
    messages.success(request, _number_words(request, issued))
    return to_page(issued)


def _number_words(request: DeskRequest, issued: Document) -> str:
    """The number given; and that the one on the page went to another paper meanwhile."""
    expected = request.POST.get("expected", "")
    given = issued.number
    if (
        given is not None
        and request.POST.get("way", "next") == "next"
        and expected.isdecimal()
        and given.state == NumberState.TAKEN
        and given.number > int(expected)
    ):
        return (
            f"Số {int(expected):02d} đã cấp cho văn bản khác trong lúc trang này mở; "
            f"văn bản này lấy số {issued.code}."
        )
    return f"Đã cấp số {issued.code}, ngày {issued.issued_on:%d/%m/%Y}, và vào sổ văn bản đi."


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise UserError("Chèn số thì phải ghi chèn sau số nào, ví dụ 70.")
    return int(text)


def _replace_old(issued: Document, *, actor: str) -> None:
    """A paper that was drafted to replace another does so with its number."""
    old = meant_to_replace(issued)
    if old is not None:
        first = issued.events.exclude(note="").order_by("id").first()
        replace_document(old, by=issued, reason=first.note if first else "Thay thế", actor=actor)


@desk(Right.NUMBER, methods=POST)
def recall(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Issued → recalled, with the reason."""
    document = queries.paper(pk)
    if document.state != DocumentState.RECALLED:
        recall_document(document, reason=_reason(request, "Thu hồi"), actor=request.viewer.actor)
    messages.success(request, f"Đã thu hồi {document.code}; dòng trong sổ ghi rõ lý do.")
    return to_page(document)


def _reason(request: DeskRequest, what: str) -> str:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise UserError(f"{what} văn bản thì phải ghi lý do.", facts={"missing": ["reason"]})
    return reason


@desk(Right.COMPOSE, methods=POST)
def replace(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A new draft beside the paper in force, which it replaces when it gets its number; again the same draft."""
    old = queries.paper(pk)
    reason = _reason(request, "Thay thế")
    on = day_in(
        request.POST.get("date", ""),
        what="Ngày dự kiến",
        usual=max(filter(None, (old.issued_on, old.intended_on))),
    )
    actor = request.viewer.actor
    with transaction.atomic():
        made = request_document(
            old.kind, record=old.record, on=on, actor=actor, replaces=old, given=old.given
        )
        if made.is_new:
            state = DocumentState.DRAFT
            log_event(made.document, actor=actor, before=state, after=state, note=reason[:500])
            send_waiting(made.document)
    messages.success(
        request,
        f"Đây là dự thảo thay thế {old.code}. Khi được cấp số, {old.code} thôi hiệu lực.",
    )
    return to_page(made.document)
