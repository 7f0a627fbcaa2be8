"""The reconciler: what a dead worker, a lost message or a lost broker left undone is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.errors import Outage
from docgen.models import BatchItem, BatchState, JobState, Rendering
from docgen.services.batches import close_running_batches
from docgen.services.jobs import free_abandoned
from workers.broker import ensure_broker
from workers.jobs import make_files, make_items

#: A row that has waited this long has lost its message.
PATIENCE = timedelta(seconds=60)
CHUNK = 10


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: rows freed from dead workers, items and files that waited."""

    freed: int
    items: int
    files: int


def free_all() -> int:
    """Rows held by dead workers go back to waiting."""
    return free_abandoned(BatchItem) + free_abandoned(Rendering)


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
    return Swept(freed=freed, items=len(items), files=len(files))


def resend_waiting() -> Swept:
    """The periodic sweep: ring again for rows that have waited too long."""
    freed = free_all()
    patience = timedelta(0) if freed else PATIENCE
    items = waiting_items(older_than=patience)
    files = waiting_files(older_than=patience)
    try:
        ensure_broker(settings.DOCGEN_HOME)
        for name, ids in (("docs.make_items", items), ("docs.make_files", files)):
            for start in range(0, len(ids), CHUNK):
                current_app.send_task(name, (ids[start : start + CHUNK],), queue="docs")
    except (OperationalError, Outage, OSError):
        return Swept(freed=freed, items=0, files=0)
    close_running_batches()
    return Swept(freed=freed, items=len(items), files=len(files))
