"""Batches: many papers of one kind from one request; each item is a row that a worker claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
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
from docgen.services.lifecycle import record_signature, request_document, submit_document
from docgen.services.rendering import ask_rendering, run_rendering
from docgen.sources import collect, select_records
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
    if key is not None and (standing := Batch.objects.filter(key=key).first()):
        return standing
    records = select_records(kind, campaign=campaign, where=where, as_of=intended_on)
    if not records:
        raise UserError(
            "Không có hồ sơ nào phù hợp với điều kiện đã chọn. Xem lại điều kiện (--where) hoặc "
            "trạng thái các hồ sơ.",
            facts={"kind": kind, "where": dict(where)},
        )
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
    return batch


def check_batch(batch: Batch) -> list[ItemProblem]:
    """Pre-flight: what is missing or contradicting for every item, before anything is made."""
    with one_reading():
        return _item_problems(batch)


def _item_problems(batch: Batch) -> list[ItemProblem]:
    problems = []
    kind = get_kind(batch.kind)
    for item in batch.items.all():
        try:
            collected = collect(
                batch.kind, record=item.record, as_of=batch.intended_on, variant=batch.variant
            )
            checked_data(
                kind, collected.data, Numbering(intended_date=collected.on or batch.intended_on)
            )
        except UserError as fault:
            problems.append(ItemProblem(item.record, fault.code, fault.message))
    return problems


def start_batch(batch: Batch) -> list[int]:
    """Ready, paused or unfinished → running. Gives the item ids that wait, to be dispatched."""
    Batch.objects.filter(
        pk=batch.pk, state__in=(_B.READY, _B.PAUSED, _B.RUNNING, _B.DONE_WITH_FAILURES)
    ).update(state=_B.RUNNING, started_at=batch.started_at or timezone.now(), finished_at=None)
    jobs.free_abandoned(BatchItem)
    waiting = list(
        batch.items.filter(state=JobState.WAITING).order_by("position").values_list("pk", flat=True)
    )
    if not waiting:
        close_batch(batch.pk)
    return waiting


def run_item(item_id: int) -> JobState | None:
    """Make one paper of a running batch: request, then its draft file. None if there is nothing to do."""
    running = BatchItem.objects.filter(pk=item_id, batch__state=_B.RUNNING).exists()
    item = jobs.claim(BatchItem, item_id) if running else None
    if item is None:
        return None
    batch = Batch.objects.get(pk=item.batch_id)
    try:
        requested = request_document(
            batch.kind,
            record=item.record,
            on=batch.intended_on,
            actor=batch.created_by,
            variant=batch.variant,
        )
        _draft_now(requested.document)
    except Outage as fault:
        jobs.release(item, code=fault.code, message=fault.message)
        return JobState.WAITING
    except DocgenError as fault:
        jobs.fail(item, code=fault.code, message=fault.message)
        close_batch(batch.pk)
        return JobState.FAILED
    jobs.finish(item, document=requested.document)
    close_batch(batch.pk)
    return JobState.DONE


def _draft_now(document: Document) -> None:
    """Make the draft in the same task; a failed draft fails the item with its reason.

    A draft that failed or was abandoned before is tried again with its item. Raises Outage when another
    process is at it.
    """
    job = Rendering.objects.get(document=document, purpose="draft")
    if job.state == JobState.FAILED:
        job = ask_rendering(document, Purpose.DRAFT)
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
    """Running → done when no item is open; one UPDATE, so it is right from any worker."""
    if BatchItem.objects.filter(batch_id=batch_id, state__in=OPEN).exists():
        return
    failed = BatchItem.objects.filter(batch_id=batch_id, state=JobState.FAILED).exists()
    Batch.objects.filter(pk=batch_id, state=_B.RUNNING).update(
        state=_B.DONE_WITH_FAILURES if failed else _B.DONE, finished_at=timezone.now()
    )


def pause_batch(batch: Batch) -> None:
    """Running or ready → paused: items that wait are left alone until it is resumed."""
    _change(batch, allowed=(_B.READY, _B.RUNNING), to=_B.PAUSED)


def cancel_batch(batch: Batch) -> None:
    """Stop for good. Papers that were drafted stay as drafts."""
    _change(
        batch, allowed=(_B.READY, _B.RUNNING, _B.PAUSED, _B.DONE_WITH_FAILURES), to=_B.CANCELLED
    )


def retry_batch(batch: Batch) -> int:
    """Put the failed items back to waiting. Gives how many."""
    failed = list(batch.items.filter(state=JobState.FAILED).values_list("pk", flat=True))
    drafts = Rendering.objects.filter(
        document__batch_items__in=failed, purpose="draft", state=JobState.FAILED
    )
    jobs.retry(list(drafts.values_list("pk", flat=True)), Rendering)
    return jobs.retry(failed, BatchItem)


def _change(batch: Batch, *, allowed: tuple[str, ...], to: BatchState) -> None:
    if not Batch.objects.filter(pk=batch.pk, state__in=allowed).update(state=to):
        batch.refresh_from_db()
        raise Conflict(
            f"Đợt {batch.pk} đang ở trạng thái “{batch.get_state_display()}” nên không "
            f"chuyển sang “{to.label}” được.",
            facts={"batch": batch.pk, "state": batch.state},
        )
    batch.refresh_from_db()


def sign_batch(batch: Batch, *, signer: str | None, actor: str, on: date | None = None) -> int:
    """Submit and sign every drafted paper of the batch as a whole. Gives how many were signed.

    Without ``signer`` each paper is signed by the person named on it, who must hold the post.
    """
    signed = 0
    with transaction.atomic(), one_reading():
        for document in documents_of(batch).select_related("issuer", "signer"):
            if document.state in (DocumentState.DRAFT, DocumentState.RETURNED):
                submit_document(document, actor=actor)
            if document.state == DocumentState.SUBMITTED:
                named = document.signer.code if document.signer else ""
                record_signature(
                    document, signer=signer or named, actor=actor, on=on or document.intended_on
                )
                signed += 1
    return signed


def issue_batch(batch: Batch, *, on: date | None, actor: str) -> list[Document]:
    """Number every signed paper of the batch in item order, all or nothing, one range a series.

    Without ``on`` each paper carries its own intended date. Failed items are out before the range.
    """
    papers = documents_of(batch).filter(
        state__in=(DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.ISSUED)
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
    rate = _rate(batch, done=done)
    numbers = documents_of(batch).aggregate(first=Min("number__number"), last=Max("number__number"))
    return {
        "id": batch.pk,
        "kind": batch.kind,
        "state": batch.state,
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
    }


def _rate(batch: Batch, *, done: int) -> float | None:
    """Items a second since the batch was started, over the time in which items were made."""
    last = batch.items.filter(~Q(finished_at=None)).aggregate(last=Max("finished_at"))["last"]
    if not done or batch.started_at is None or last is None:
        return None
    seconds = (last - batch.started_at).total_seconds()
    return round(done / seconds, 2) if seconds > 0 else None


def close_running_batches() -> None:
    """Close every running batch whose items are all done or failed."""
    for batch_id in Batch.objects.filter(state=_B.RUNNING).values_list("pk", flat=True):
        close_batch(batch_id)
