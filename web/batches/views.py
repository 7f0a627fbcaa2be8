"""Pages of batches: the list, the five steps of one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.errors import UserError
from docgen.models import Batch, BatchState
from docgen.services.batches import create_batch, get_batch
from records.models import Campaign
from web.batches import numbers, queries
from web.batches.checking import doubts_of, groups_of, progress_of
from web.batches.choosing import batch_kinds, count_choice, read_choice
from web.batches.subjects import address
from web.frame import campaign_in_hand
from web.rights import Right
from web.viewer import DeskRequest, desk

WORKING = (Right.BATCHES, Right.NUMBER, Right.APPROVE)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps over the pages of a batch."""

    number: int
    label: str
    address: str
    here: bool
    done: bool


def steps_of(batch: Batch | None, here: int, *, may_take: bool = True) -> list[Step]:
    """The steps, those that may be opened with their address."""
    names = ("batch_check", "batch_order", "batch", "batch_take")
    labels = (
        "Chọn loại và danh sách",
        "Kiểm tra trước",
        "Thứ tự và dải số",
        "Chạy, ký, cấp số",
        "Tải về",
    )
    addresses = ["", *(reverse(f"web:{name}", args=[batch.pk]) if batch else "" for name in names)]
    if not may_take:
        addresses[-1] = ""
    return [
        Step(number, label, addresses[number - 1], number == here, number < here)
        for number, label in enumerate(labels, start=1)
    ]


@desk(Right.SEE_DOCUMENTS)
def batches(request: DeskRequest) -> HttpResponse:
    """All batches, the newest first."""
    state, kind = request.GET.get("trang_thai", ""), request.GET.get("loai", "")
    page = queries.batches_page(state=state, kind=kind, page=request.GET.get("trang"))
    context = {
        "page": page,
        "lines": queries.lines_of(page),
        "states": BatchState.choices,
        "kinds": queries.kinds_in_use(),
        "state": state,
        "kind": kind,
        "may_make": request.viewer.may(Right.BATCHES),
    }
    return render(request, "web/batches/batches.html", context)


@desk(Right.BATCHES, methods=("GET", "HEAD", "POST"))
def new_batch(request: DeskRequest) -> HttpResponse:
    """Step 1. A change of the form shows at once what it comes to; sent twice it is one batch."""
    typed = request.POST if request.method == "POST" else request.GET
    choice = count_choice(read_choice(typed.dict(), in_hand=campaign_in_hand(request)))
    if request.method == "POST" and choice.ready and choice.campaign and choice.day:
        made = create_batch(
            choice.campaign,
            kind=choice.kind,
            where=choice.where,
            intended_on=choice.day,
            actor=request.viewer.actor,
            key=f"ban:{request.viewer.actor}:{_token(typed.get('ma_gui', ''))}",
        )
        return redirect("web:batch_check", made.pk)
    context = {
        "choice": choice,
        "kinds": batch_kinds(),
        "campaigns_all": Campaign.objects.order_by("-starts_on"),
        "token": uuid4().hex,
    }
    if request.htmx:
        return render(request, "web/batches/choice.html", context)
    context["steps"] = steps_of(None, 1)
    status = 422 if request.method == "POST" else 200
    return render(request, "web/batches/new.html", context, status=status)


def _token(text: str) -> str:
    """The hidden number of a form. Raises UserError for one that is not ours."""
    try:
        return UUID(text).hex
    except ValueError as fault:
        raise UserError("Trang đã cũ. Mở lại trang lập đợt rồi làm lại.") from fault


@desk(Right.SEE_DOCUMENTS)
def check(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Step 2: what is missing, in groups."""
    found = get_batch(batch_id)
    seen = progress_of(found)
    context = _frame(request, found, 2) | {
        "seen": seen,
        "groups": groups_of(found) if seen.finished else [],
        "doubts": doubts_of(found) if seen.finished and seen.doubtful else [],
    }
    return render(request, "web/batches/check.html", context)


@desk(Right.SEE_DOCUMENTS)
def order(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Step 3: the order of numbering and the numbers that would be given now."""
    found = get_batch(batch_id)
    seen = progress_of(found)
    if not seen.finished:
        return redirect("web:batch_check", batch_id)
    page, places = numbers.order_page(found, page=request.GET.get("trang"))
    context = _frame(request, found, 3) | {
        "seen": seen,
        "page": page,
        "places": places,
        "ranges": numbers.ranges_of(found) if found.state == BatchState.READY else [],
    }
    return render(request, "web/batches/order.html", context)


@desk(Right.SEE_DOCUMENTS)
def batch(request: DeskRequest, batch_id: int) -> HttpResponse:
    """Step 4: the run as it is now, then signing and numbering."""
    found = get_batch(batch_id)
    page = queries.papers_page(found, page=request.GET.get("trang"))
    context = _frame(request, found, 4) | run_context(request, found)
    context |= {"page": page, "papers": [(one, address("document", one.pk)) for one in page]}
    return render(request, "web/batches/batch.html", context)


@desk(Right.SEE_DOCUMENTS)
def progress(request: DeskRequest, batch_id: int) -> HttpResponse:
    """The live part of step 4; when nothing is being made any more the whole page is asked for again."""
    found = get_batch(batch_id)
    context = run_context(request, found)
    if not request.htmx:
        return redirect("web:batch", batch_id)
    response = render(request, "web/batches/run.html", context)
    if not context["run"].active:  # type: ignore[attr-defined]
        response.headers["HX-Refresh"] = "true"
    return response


def run_context(request: DeskRequest, found: Batch) -> dict[str, object]:
    """What the live part shows, and what this person may do next."""
    run = queries.run_of(found, failures=request.GET.get("loi"))
    viewer = request.viewer
    ended = run.status["state"] in (BatchState.DONE, BatchState.DONE_WITH_FAILURES)
    signing = ended and run.papers["to_sign"]
    numbering = ended and run.papers["to_number"]
    signed = run.papers["to_number"] or run.papers["numbered"]
    return {
        "batch": found,
        "run": run,
        "state": BatchState(str(run.status["state"])),
        "may_run": viewer.may(Right.BATCHES),
        "may_sign": viewer.may(Right.APPROVE),
        "may_number": viewer.may(Right.NUMBER),
        "may_take": any(viewer.may(right) for right in WORKING),
        "signers": queries.signers_of(found) if signing else [],
        "left_out": queries.left_out_of(found, actor=viewer.actor) if signing and signed else [],
        "person": viewer.person,
        "ranges": numbers.ranges_to_number(found) if numbering else [],
        "given": numbers.given_ranges(found) if run.papers["numbered"] else [],
    }


def _frame(request: DeskRequest, found: Batch, here: int) -> dict[str, object]:
    return {
        "batch": found,
        "label": queries.kind_label(found.kind),
        "steps": steps_of(
            found, here, may_take=any(request.viewer.may(right) for right in WORKING)
        ),
        "may_run": request.viewer.may(Right.BATCHES),
    }
