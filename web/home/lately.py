"""What was done lately, and what runs now."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.kinds import KINDS
from docgen.models import Batch, BatchState, Document, DocumentEvent, DocumentState
from docgen.services.batches import batch_status

#: Papers and batches that the first page shows.
LATELY, RUNNING = 6, 3


@dataclass(frozen=True, slots=True)
class RunningBatch:
    """A batch that is being made: how far, and how long it will take."""

    pk: int
    label: str
    done: int
    total: int
    remaining: str


def done_lately() -> list[Document]:
    """The papers that were numbered last, newest first; two queries."""
    events = DocumentEvent.objects.filter(to_state=DocumentState.NUMBERED).order_by("-pk")
    ids = list(events.values_list("document_id", flat=True)[:LATELY])
    rows = Document.objects.defer("data", "given").in_bulk(ids)
    return [rows[pk] for pk in dict.fromkeys(ids)]


def remaining_words(seconds: float | None) -> str:
    """How long that is, as one says it."""
    if seconds is None:
        return "đang tính thời gian còn lại"
    if seconds < 60:  # noqa: PLR2004 - seconds of a minute
        return "còn chưa đến 1 phút"
    return f"còn {round(seconds / 60)} phút"


def running_batches() -> list[RunningBatch]:
    """Batches that are being made, a few at the most."""
    rows = Batch.objects.filter(state=BatchState.RUNNING).order_by("-pk")[:RUNNING]
    found = []
    for batch in rows:
        told = batch_status(batch)
        seconds = told["remaining_s"]
        found.append(
            RunningBatch(
                pk=batch.pk,
                label=KINDS[batch.kind].schema.label_vi if batch.kind in KINDS else batch.kind,
                done=int(str(told["done"])),
                total=int(str(told["total"])),
                remaining=remaining_words(seconds if isinstance(seconds, float) else None),
            )
        )
    return found
