"""Batches: many papers of one kind from one request; each item is a row that a worker claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from core.errors import Conflict, NotFound, UserError
from docgen.kinds import get_kind
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
from docgen.services.batch_issuing import have_kept_numbers, issue_papers, states_of
from docgen.services.consequences import are_later, due, follow
from docgen.services.drafting import draft_items, preflight
from docgen.services.issuing import Planned, issue_many
from docgen.services.pdf import conversion_counts
from docgen.services.signing import sign_papers
from docgen.sources import select_records
from records.models import Campaign

_B = BatchState
_D = DocumentState
#: Items a worker takes at once (docs/decisions/010: 50 to 500 were measured).
CHUNK = settings.BATCH_CHUNK
_READ = 500
OPEN = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """Why one item cannot be made as the records stand."""

    record: str
    code: str
    message: str
    position: int
    facts: Mapping[str, object]


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
    """Pre-flight: what is missing or contradicting for every item without a paper, before anything is made.

    Records are read a chunk at a time, in a number of queries that does not grow with the chunk.
    """
    problems: list[ItemProblem] = []
    last = 0
    while True:
        open_items = batch.items.filter(position__gt=last, document__isnull=True)
        chunk = list(open_items.order_by("position")[:CHUNK])
        if not chunk:
            return problems
        last = chunk[-1].position
        problems += [
            ItemProblem(item.record, fault.code, fault.message, item.position, fault.facts)
            for item, fault in preflight(batch, chunk)
        ]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item that will be numbered: its place among those of the batch, and its record."""

    place: int
    position: int
    record: str


def numbering_order(batch: Batch, *, without: Collection[str] = ()) -> list[Placed]:
    """The order in which the papers of a batch get their numbers; failed items and ``without`` are out of it."""
    left_out = frozenset(without)
    items = batch.items.exclude(state=JobState.FAILED).order_by("position")
    chosen = [
        (position, record)
        for position, record in items.values_list("position", "record")
        if record not in left_out
    ]
    return [Placed(place, *item) for place, item in enumerate(chosen, start=1)]


def files_of(batch: Batch) -> QuerySet[Rendering]:
    """The jobs that make the files of a batch's papers."""
    return Rendering.objects.filter(document__batch_items__batch=batch)


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
    """Make one paper of a running batch. None if there is nothing to do."""
    running = BatchItem.objects.filter(pk=item_id, batch__state=_B.RUNNING).exists()
    item = jobs.claim(BatchItem, item_id) if running else None
    if item is None:
        return None
    return make_items(Batch.objects.get(pk=item.batch_id), [item])[item.pk]


def claim_items(batch_id: int, *, limit: int = CHUNK) -> tuple[Batch, list[BatchItem]] | None:
    """Take the next waiting items of a running batch, in their order; None when none is to be had."""
    batch = Batch.objects.filter(pk=batch_id, state=_B.RUNNING).first()
    if batch is None:
        return None
    items = jobs.claim_next(batch.items.order_by("position"), limit=limit)
    return (batch, items) if items else None


def make_items(batch: Batch, items: Sequence[BatchItem]) -> dict[int, JobState]:
    """Make the papers of claimed items of one batch; what became of each, by item."""
    outcome = draft_items(batch, items)
    if JobState.WAITING not in outcome.values():
        close_batch(batch.pk)
    return outcome


def close_batch(batch_id: int) -> None:
    """Running → done when no item is open. The batch's row is locked and its items counted in one look,
    so it is right from any worker, also while failed items are put back.
    """
    if BatchItem.objects.filter(batch=batch_id, state__in=OPEN).exists():
        return  # whoever ends the last of them closes it
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
    """Put the failed items back to waiting, and the failed files of its papers. Gives how many.

    `start_batch` goes on with the items. Raises Conflict for a cancelled batch.
    """
    batch.refresh_from_db()
    if batch.state == _B.CANCELLED:
        raise _refusal(batch, _B.RUNNING)
    failed = list(batch.items.filter(state=JobState.FAILED).values_list("pk", flat=True))
    files = list(files_of(batch).filter(state=JobState.FAILED).values_list("pk", flat=True))
    return jobs.retry(failed, BatchItem) + jobs.retry(files, Rendering)


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
    return sign_papers(_made(batch), signer=signer, actor=actor, on=on)


def issue_batch(batch: Batch, *, on: date | None, actor: str) -> QuerySet[Document]:
    """Number every signed paper of the batch in item order, one range a series: what refuses one refuses all.

    Without ``on`` each paper carries its own intended date. Failed items are out before the range.
    Raises Conflict when nothing is signed, and as ``issue_document``.
    """
    items = _made(batch)
    states = states_of(items)
    papers = [pk for pk in items if states[pk] in (_D.SIGNED, _D.NUMBERED, _D.ISSUED)]
    if not papers:
        raise Conflict(
            f"Đợt {batch.pk} chưa có văn bản nào đã ký. Tạo dự thảo (batch run) và ký (batch sign) "
            "trước khi cấp số.",
            facts={"batch": batch.pk, "state": batch.state},
        )
    if (follow(batch.kind) and not are_later(batch.kind)) or have_kept_numbers(papers, states):
        rows = Document.objects.filter(number__isnull=True).select_related("issuer").in_bulk(papers)
        unnumbered = [rows[pk] for pk in papers if pk in rows]
        issue_many([Planned(d, on or d.intended_on) for d in unnumbered], actor=actor)
    else:
        issue_papers(papers, on=on, actor=actor)
    return (
        documents_of(batch)
        .filter(state__in=(_D.SIGNED, _D.NUMBERED, _D.ISSUED))
        .select_related("issuer", "number")
    )


def _made(batch: Batch) -> list[UUID]:
    """The papers of the batch in item order."""
    done = batch.items.filter(state=JobState.DONE).order_by("position")
    return list(done.filter(document__isnull=False).values_list("document_id", flat=True))


def documents_of(batch: Batch) -> QuerySet[Document]:
    """The papers of the batch in item order."""
    return Document.objects.filter(
        batch_items__batch=batch, batch_items__state=JobState.DONE
    ).order_by("batch_items__position")


def batch_status(batch: Batch) -> dict[str, object]:
    """The answer of contract.md §2 `batch status`, counted from the rows at this moment."""
    progress = batch_progress(batch)
    numbers = documents_of(batch).aggregate(first=Min("number__number"), last=Max("number__number"))
    return {
        **progress,
        "numbers": None if numbers["first"] is None else [numbers["first"], numbers["last"]],
        "failures": _failures(batch),
        "consequences_due": due(documents_of(batch)).count(),
        "pdf": dict(conversion_counts(documents_of(batch))),
    }


def batch_progress(batch: Batch) -> dict[str, object]:
    """The part of the status that moves while drafts are made: three queries on the items alone."""
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
    }


def _failures(batch: Batch) -> list[dict[str, object]]:
    """Items that failed, then papers whose final file did: these have their number and wait for `batch retry`."""
    told = ("error_code", "error_message")
    items = batch.items.filter(state=JobState.FAILED).values_list("record", *told)
    files = files_of(batch).filter(purpose=Purpose.FINAL, state=JobState.FAILED).order_by("id")
    return [
        {"record": record, "code": code, "message": message}
        for record, code, message in [*items, *files.values_list("document__record", *told)]
    ]


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
