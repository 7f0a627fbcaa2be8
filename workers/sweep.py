"""The reconciler: what a dead worker, a lost message or a lost broker left undone is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from docgen.models import BatchItem, BatchState, JobState, Rendering
from docgen.services.batches import close_running_batches
from docgen.services.jobs import free_abandoned
from workers.bell import ring, unread
from workers.jobs import make_files, make_items
from workers.returns import READ_TASK, read_files, resend_reads

#: A row that has waited this long, with no message left to be read, has lost its message.
PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: rows freed from dead workers, items and files that waited, returned files unread."""

    freed: int
    items: int
    files: int
    returns: int = 0


def free_all() -> int:
    """Rows held by dead workers go back to waiting, or to failed at the cap; batches without open rows close."""
    freed = free_abandoned(BatchItem) + free_abandoned(Rendering)
    if freed:
        close_running_batches()
    return freed


def waiting_items(*, older_than: timedelta = timedelta(0)) -> list[int]:
    """Items of running batches that wait."""
    return list(
        BatchItem.objects.filter(
            state=JobState.WAITING,
            batch__state=BatchState.RUNNING,
            queued_at__lte=timezone.now() - older_than,
        )
        .order_by("batch_id", "position")
        .values_list("pk", flat=True)
    )


def waiting_files(*, older_than: timedelta = timedelta(0)) -> list[int]:
    """Render jobs that wait."""
    return list(
        Rendering.objects.filter(state=JobState.WAITING, queued_at__lte=timezone.now() - older_than)
        .order_by("id")
        .values_list("pk", flat=True)
    )


def finish_here() -> Swept:
    """`docgen sweep`: do in this process what waits, without a broker."""
    freed = free_all()
    items = waiting_items()
    make_items(items)
    files = waiting_files()
    make_files(files)
    close_running_batches()
    returns = resend_reads(older_than=timedelta(0))
    read_files(returns)
    return Swept(freed=freed, items=len(items), files=len(files), returns=len(returns))


def resend_waiting() -> Swept:
    """The periodic sweep: ring again for rows that have waited too long, unless messages still lie unread."""
    freed = free_all()
    close_running_batches()
    patience = timedelta(0) if freed else PATIENCE
    items = waiting_items(older_than=patience)
    files = waiting_files(older_than=patience)
    returns = _resend_returns()
    if unread() or not (ring("docs.make_items", items) and ring("docs.make_files", files)):
        return Swept(freed=freed, items=0, files=0, returns=returns)
    return Swept(freed=freed, items=len(items), files=len(files), returns=returns)


def _resend_returns() -> int:
    """Received files have a queue of their own: papers that wait do not hold them up."""
    waiting = resend_reads(older_than=PATIENCE)
    if unread("intake") or not ring(READ_TASK, waiting):
        return 0
    return len(waiting)
