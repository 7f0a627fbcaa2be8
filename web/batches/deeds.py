"""What is done with a batch: each a POST, each the same when it is sent twice."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from core.dates import parse_date
from core.errors import Conflict, UserError
from docgen.models import Batch, BatchItem, BatchState, JobState
from docgen.services import jobs
from docgen.services.batch_signing import sign_issuable
from docgen.services.batches import (
    cancel_batch,
    documents_of,
    files_of,
    get_batch,
    issue_batch,
    pause_batch,
    retry_batch,
    start_batch,
)
from docgen.services.pdf import ask_conversions
from web.batches.checking import forget, look_on
from web.rights import Right
from web.viewer import DeskRequest, desk
from workers.dispatch import send_batch, send_conversions, send_files

POST = ("POST",)


def _back(batch_id: int) -> HttpResponseRedirect:
    return redirect("web:batch", batch_id)


@desk(Right.BATCHES, methods=POST)
def check_on(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Look at the next items before the run; the page asks again until all are looked at."""
    found = get_batch(batch_id)
    seen = look_on(found, actor=request.viewer.actor)
    if not request.htmx:
        return redirect("web:batch_check", batch_id)
    response = render(
        request, "web/batches/looking.html", {"batch": found, "seen": seen, "may_run": True}
    )
    if seen.finished:
        response.headers["HX-Refresh"] = "true"
    return response


@desk(Right.BATCHES, methods=POST)
def check_again(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Look at all items anew, after the records were completed."""
    del request
    forget(get_batch(batch_id))
    return redirect("web:batch_check", batch_id)


@desk(Right.BATCHES, methods=POST)
def run(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Start, or go on after a pause or a failure."""
    del request
    _start(get_batch(batch_id))
    return _back(batch_id)


def _start(found: Batch) -> None:
    with transaction.atomic():
        start_batch(found)
        send_batch(found)


@desk(Right.BATCHES, methods=POST)
def pause(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Stop for now; what is being made is finished."""
    found = get_batch(batch_id)
    if found.state != BatchState.PAUSED:
        pause_batch(found)
        messages.info(request, "Đã tạm dừng. Văn bản đang làm dở sẽ xong rồi đợt mới dừng hẳn.")
    return _back(batch_id)


@desk(Right.BATCHES, methods=POST)
def cancel(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Stop for good; drafts that were made stay."""
    found = get_batch(batch_id)
    if found.state != BatchState.CANCELLED:
        cancel_batch(found)
        messages.info(request, "Đã hủy đợt. Các dự thảo đã tạo vẫn còn ở mục Văn bản.")
    return _back(batch_id)


@desk(Right.BATCHES, methods=POST)
def retry(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Make failed papers again: the one named, or all of the batch with their files."""
    found = get_batch(batch_id)
    item = request.POST.get("muc", "")
    with transaction.atomic():
        if item:
            ids = BatchItem.objects.filter(batch=found, pk=_number(item)).values_list(
                "pk", flat=True
            )
            jobs.retry(list(ids), BatchItem)
        else:
            retry_batch(found)
        start_batch(found)
        send_batch(found)
        send_files(files_of(found).filter(state=JobState.WAITING).count())
    return _back(batch_id)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UserError("Trang đã cũ. Mở lại trang của đợt rồi làm lại.")
    return int(text)


@desk(Right.APPROVE, methods=POST)
def sign(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Approve and sign the batch as a whole: by the people named on the papers, or by the one who does it."""
    found = get_batch(batch_id)
    _refuse_open(found)
    person = request.viewer.person
    signer = person.code if request.POST.get("nguoi_ky") == "toi" and person else None
    done = sign_issuable(found, signer=signer, actor=request.viewer.actor)
    send_files(files_of(found).filter(state=JobState.WAITING).count())
    if done.signed:
        messages.success(request, f"Đã ký {done.signed} văn bản. Văn thư cấp số ở trang này.")
    if done.left_out:
        messages.warning(
            request, f"{len(done.left_out)} văn bản không ban hành được nên chưa ký; lý do ở dưới."
        )
    return _back(batch_id)


@desk(Right.NUMBER, methods=POST)
def issue(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Number all signed papers in one range a series; the final files are made by the workers."""
    found = get_batch(batch_id)
    _refuse_open(found)
    try:
        day = _day(request.POST.get("ngay", ""))
        papers = issue_batch(found, on=day, actor=request.viewer.actor)
    finally:  # series are numbered one after another: those before a refused one are whole
        send_files(files_of(found).filter(state=JobState.WAITING).count())
    count = papers.filter(number__isnull=False).count()
    messages.success(request, f"Đã cấp số {count} văn bản. Bản chính thức đang được tạo.")
    return _back(batch_id)


def _refuse_open(found: Batch) -> None:
    """While papers are being made the batch is not whole; one that was given up has no whole. Raises Conflict."""
    if found.state == BatchState.CANCELLED:
        raise Conflict(
            f"Đợt {found.pk} đã hủy. Ký, cấp số từng văn bản ở mục Văn bản, hoặc lập đợt mới.",
            facts={"batch": found.pk, "state": found.state},
        )
    if found.state in (BatchState.READY, BatchState.RUNNING, BatchState.PAUSED):
        raise Conflict(
            f"Đợt {found.pk} chưa tạo xong dự thảo ({found.get_state_display()}). Chờ đợt chạy xong rồi ký, "
            "cấp số; hoặc hủy phần còn lại.",
            facts={"batch": found.pk, "state": found.state},
        )


def _day(typed: str) -> date | None:
    """A day as people type it; none for nothing. Raises Unreadable, UserError."""
    if not typed.strip():
        return None
    day = parse_date(typed)
    if not isinstance(day, date):
        raise UserError(f"Ngày “{typed}” chưa đủ ngày, tháng, năm. Ghi như 02/5/2024.")
    return day


@desk(Right.BATCHES, Right.NUMBER, Right.APPROVE, methods=POST)
def make_pdfs(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Ask for the PDFs that are missing."""
    del request
    with transaction.atomic():
        send_conversions(ask_conversions(documents_of(get_batch(batch_id))))
    return redirect("web:batch_take", batch_id)
