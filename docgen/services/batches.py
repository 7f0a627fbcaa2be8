"""Batches: many papers of one kind from one request; each item is a row that a worker claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from core.errors import Conflict, DocgenError, NotFound, Outage, UserError
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.models import (
    Batch,
    BatchItem,
    BatchState,
    Document,
    DocumentState,
    JobState,
    Purpose,
    Rendering,
)
from docgen.services import jobs
from docgen.services.issuing import Planned, issue_many
from docgen.services.lifecycle import redraft_document, request_document
from docgen.services.pdf import conversion_counts
from docgen.services.rendering import ask_rendering, run_rendering
from docgen.services.signing import Signing, sign_many
from docgen.sources import collect, select_records, variant_of
from records.models import Campaign
from records.selectors.scope import one_reading

_B = BatchState
OPEN = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """Why one item cannot be made as the records stand."""

    record: str
    code: str
    message: str


def get_batch(batch_id: int | str) -> Batch:
    """The batch with that number. Raises NotFound."""
    try:
        return Batch.objects.select_related("campaign").get(pk=int(batch_id))
    except (ValueError, Batch.DoesNotExist) as missing:
        raise NotFound(
            f"Không có đợt phát hành số {batch_id}.", facts={"batch": str(batch_id)}
        ) from missing


def create_batch(
    campaign: Campaign,
    *,
    kind: str,
    where: Mapping[str, str],
    intended_on: date,
    actor: str,
    key: str | None = None,
) -> Batch:
    """Choose the records and write the items in the order in which numbers will be given.

    With ``key`` the same request twice is the same batch. Raises UserError when nothing fits.
    """
    get_kind(kind)
    standing = _batch_of(key, campaign=campaign, kind=kind)
    if standing is not None:
        return standing
    records = select_records(kind, campaign=campaign, where=where, as_of=intended_on)
    if not records:
        raise UserError(
            "Không có hồ sơ nào phù hợp với điều kiện đã chọn. Xem lại điều kiện (--where) hoặc "
            "trạng thái các hồ sơ.",
            facts={"kind": kind, "where": dict(where)},
        )
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                campaign=campaign,
                kind=kind,
                where=dict(where),
                key=key,
                intended_on=intended_on,
                created_by=actor,
            )
            BatchItem.objects.bulk_create(
                BatchItem(batch=batch, position=position, record=record)
                for position, record in enumerate(records, start=1)
            )
    except IntegrityError:
        standing = _batch_of(key, campaign=campaign, kind=kind)  # made by another this moment
        if standing is None:
            raise
        return standing
    return batch


def _batch_of(key: str | None, *, campaign: Campaign, kind: str) -> Batch | None:
    """The batch with that key. Raises Conflict when the key stands for another request."""
    found = Batch.objects.filter(key=key).first() if key is not None else None
    if found is not None and (found.campaign_id, found.kind) != (campaign.pk, kind):
        raise Conflict(
            f"Khóa “{key}” đã dùng cho đợt {found.pk} ({found.kind}); chọn khóa khác.",
            facts={"batch": found.pk, "key": key},
        )
    return found


def check_batch(batch: Batch) -> list[ItemProblem]:
    """Pre-flight: what is missing or contradicting for every item, before anything is made."""
    with one_reading():
        return _item_problems(batch)


def _item_problems(batch: Batch) -> list[ItemProblem]:
    problems = []
    kind = get_kind(batch.kind)
    for item in batch.items.all():
        try:
            on = batch.intended_on
            variant = variant_of(batch.kind, record=item.record, on=on, given=batch.variant)
            collected = collect(batch.kind, record=item.record, as_of=on, variant=variant)
            checked_data(kind, collected.data, Numbering(intended_date=collected.on or on))
        except UserError as fault:
            problems.append(ItemProblem(item.record, fault.code, fault.message))
    return problems


def start_batch(batch: Batch) -> list[int]:
    """Ready, paused or unfinished → running. Gives the item ids that wait, to be dispatched.

    A batch that is done has none. Raises Conflict for a cancelled one.
    """
    jobs.free_abandoned(BatchItem)
    with transaction.atomic():
        batch.refresh_from_db(from_queryset=Batch.objects.select_for_update())
        if batch.state == _B.CANCELLED:
            raise _refusal(batch, _B.RUNNING)
        waiting = list(
            batch.items.filter(state=JobState.WAITING)
            .order_by("position")
            .values_list("pk", flat=True)
        )
        if batch.state in (_B.READY, _B.PAUSED) or (waiting and batch.state != _B.RUNNING):
            batch.state, batch.started_at, batch.finished_at = _B.RUNNING, timezone.now(), None
            batch.save(update_fields=("state", "started_at", "finished_at"))
    if not waiting:
        close_batch(batch.pk)
        batch.refresh_from_db()
    return waiting


def run_item(item_id: int) -> JobState | None:
    """Make one paper of a running batch: request, then its draft file. None if there is nothing to do."""
    running = BatchItem.objects.filter(pk=item_id, batch__state=_B.RUNNING).exists()
    item = jobs.claim(BatchItem, item_id) if running else None
    if item is None:
        return None
    batch = Batch.objects.get(pk=item.batch_id)
    state = JobState.DONE
    try:
        requested = request_document(
            batch.kind,
            record=item.record,
            on=batch.intended_on,
            actor=batch.created_by,
            variant=batch.variant,
        )
        _draft_now(requested.document, batch)
        jobs.finish(item, document=requested.document)
    except Outage as fault:
        state = jobs.give_back(item, fault)
    except DocgenError as fault:
        jobs.fail(item, code=fault.code, message=fault.message)
        state = JobState.FAILED
    if state != JobState.WAITING:
        close_batch(batch.pk)
    return state


def _draft_now(document: Document, batch: Batch) -> None:
    """Make the draft in the same task; a failed draft fails the item with its reason.

    A draft that failed before is drafted again: records or template may have been mended since. Raises
    Outage when it has to wait, or another process is at it.
    """
    job = Rendering.objects.get(document=document, purpose=Purpose.DRAFT)
    if job.state == JobState.FAILED and document.state == DocumentState.DRAFT:
        redraft_document(document, on=batch.intended_on, actor=batch.created_by)
    elif job.state == JobState.FAILED:
        ask_rendering(document, Purpose.DRAFT)
    elif job.state == JobState.RUNNING:
        jobs.free_abandoned(Rendering)
    run_rendering(job.pk)
    job.refresh_from_db()
    if job.state == JobState.FAILED:
        raise UserError(job.error_message, code=job.error_code)
    if job.state != JobState.DONE:
        raise Outage(
            job.error_message or "Bản dự thảo đang được một máy chạy việc khác làm.",
            code=job.error_code or "draft_busy",
        )


def close_batch(batch_id: int) -> None:
    """Running → done when no item is open. The batch's row is locked and its items counted in one look,
    so it is right from any worker, also while failed items are put back.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        counts = batch.items.aggregate(
            open=Count("pk", filter=Q(state__in=OPEN)),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
        )
        if batch.state == _B.RUNNING and not counts["open"]:
            batch.state = _B.DONE_WITH_FAILURES if counts["failed"] else _B.DONE
            batch.finished_at = timezone.now()
            batch.save(update_fields=("state", "finished_at"))


def pause_batch(batch: Batch) -> None:
    """Running or ready → paused: items that wait are left alone until it is resumed."""
    _change(batch, allowed=(_B.READY, _B.RUNNING), to=_B.PAUSED)


def cancel_batch(batch: Batch) -> None:
    """Stop for good. Papers that were drafted stay as drafts."""
    _change(
        batch, allowed=(_B.READY, _B.RUNNING, _B.PAUSED, _B.DONE_WITH_FAILURES), to=_B.CANCELLED
    )


def retry_batch(batch: Batch) -> int:
    """Put the failed items back to waiting; `start_batch` goes on with them. Gives how many.

    Raises Conflict for a cancelled batch.
    """
    batch.refresh_from_db()
    if batch.state == _B.CANCELLED:
        raise _refusal(batch, _B.RUNNING)
    failed = list(batch.items.filter(state=JobState.FAILED).values_list("pk", flat=True))
    return jobs.retry(failed, BatchItem)


def _change(batch: Batch, *, allowed: tuple[str, ...], to: BatchState) -> None:
    moved = Batch.objects.filter(pk=batch.pk, state__in=allowed).update(state=to)
    batch.refresh_from_db()
    if not moved:
        raise _refusal(batch, to)


def _refusal(batch: Batch, to: BatchState) -> Conflict:
    return Conflict(
        f"Đợt {batch.pk} đang ở trạng thái “{batch.get_state_display()}” nên không "
        f"chuyển sang “{to.label}” được.",
        facts={"batch": batch.pk, "state": batch.state},
    )


def sign_batch(batch: Batch, *, signer: str | None, actor: str, on: date | None = None) -> int:
    """Submit and sign every drafted paper of the batch as a whole. Gives how many were signed.

    Without ``signer`` each paper is signed by the person named on it, who must hold the post. Papers that
    were returned with remarks are left out until they are drafted again. Raises NotFound, and signs
    nothing, when one signer may not sign.
    """
    with transaction.atomic(), one_reading():
        papers = list(
            documents_of(batch)
            .filter(state__in=(DocumentState.DRAFT, DocumentState.SUBMITTED))
            .select_related("issuer", "signer")
            .select_for_update(of=("self",))
        )
        return sign_many(
            [
                Signing(paper, signer or (paper.signer.code if paper.signer else ""), on)
                for paper in papers
            ],
            actor=actor,
        )


def issue_batch(batch: Batch, *, on: date | None, actor: str) -> list[Document]:
    """Number every signed paper of the batch in item order, all or nothing, one range a series.

    Without ``on`` each paper carries its own intended date. Failed items are out before the range.
    Raises Conflict when nothing is signed, and as ``issue_document``.
    """
    papers = list(
        documents_of(batch).filter(
            state__in=(DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.ISSUED)
        )
    )
    if not papers:
        raise Conflict(
            f"Đợt {batch.pk} chưa có văn bản nào đã ký. Tạo dự thảo (batch run) và ký (batch sign) "
            "trước khi cấp số.",
            facts={"batch": batch.pk, "state": batch.state},
        )
    return issue_many(
        [Planned(document, on or document.intended_on) for document in papers], actor=actor
    )


def documents_of(batch: Batch) -> QuerySet[Document]:
    """The papers of the batch in item order."""
    return Document.objects.filter(
        batch_items__batch=batch, batch_items__state=JobState.DONE
    ).order_by("batch_items__position")


def batch_status(batch: Batch) -> dict[str, object]:
    """The answer of contract.md §2 `batch status`, counted from the rows at this moment."""
    batch.refresh_from_db()
    counts = dict(
        batch.items.order_by()
        .values_list("state")
        .annotate(n=Count("id"))
        .values_list("state", "n")
    )
    total, done = sum(counts.values()), counts.get(JobState.DONE, 0)
    failed = counts.get(JobState.FAILED, 0)
    open_items = total - done - failed
    rate = _rate(batch)
    numbers = documents_of(batch).aggregate(first=Min("number__number"), last=Max("number__number"))
    return {
        "id": batch.pk,
        "kind": batch.kind,
        "state": _seen_state(batch.state, opened=open_items, failed=failed),
        "total": total,
        "waiting": counts.get(JobState.WAITING, 0),
        "running": counts.get(JobState.RUNNING, 0),
        "done": done,
        "failed": failed,
        "rate_per_s": rate,
        "remaining_s": round(open_items / rate, 1) if rate and open_items else None,
        "numbers": None if numbers["first"] is None else [numbers["first"], numbers["last"]],
        "failures": [
            {"record": record, "code": code, "message": message}
            for record, code, message in batch.items.filter(state=JobState.FAILED).values_list(
                "record", "error_code", "error_message"
            )
        ],
        "pdf": dict(conversion_counts(documents_of(batch))),
    }


def _seen_state(state: str, *, opened: int, failed: int) -> str:
    """A batch whose last worker died between its last item and the closing is done; the sweep closes it."""
    if state == _B.RUNNING and not opened:
        return _B.DONE_WITH_FAILURES if failed else _B.DONE
    return state


def _rate(batch: Batch) -> float | None:
    """Items a second since the batch was last started or resumed, over the time in which items were made."""
    if batch.started_at is None:
        return None
    made = batch.items.filter(state=JobState.DONE, finished_at__gte=batch.started_at).aggregate(
        n=Count("pk"), last=Max("finished_at")
    )
    seconds = (made["last"] - batch.started_at).total_seconds() if made["n"] else 0
    return round(made["n"] / seconds, 2) if seconds > 0 else None


def close_running_batches() -> None:
    """Close every running batch whose items are all done or failed."""
    for batch_id in Batch.objects.filter(state=_B.RUNNING).values_list("pk", flat=True):
        close_batch(batch_id)
