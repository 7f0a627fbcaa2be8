"""The reconciler: what a dead worker, a lost message or a lost broker left undone is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from docgen.models import BatchItem, BatchState, Conversion, FormJob, JobState, Rendering
from docgen.services.batches import CHUNK as ITEMS_CHUNK
from docgen.services.batches import close_running_batches
from docgen.services.finishing import CHUNK as FILES_CHUNK
from docgen.services.jobs import free_abandoned
from registry.clock import database_now
from registry.shelf import purge
from workers import upkeep
from workers.app import SWEEP_QUEUE
from workers.bell import bells, pdf_messages, ring, unread
from workers.form_rounds import FORMS_TASK, form_messages, make_forms, waiting_forms
from workers.jobs import convert_files, make_batch, make_files
from workers.paper_views import VIEW_TASK, make_views, resend_views, view_messages
from workers.returns import READ_TASK, read_files, read_messages, resend_reads
from workers.shifts import BATCH_TASK, FILES_TASK

#: A row that has waited this long, with no message left to be read, has lost its message.
PATIENCE = timedelta(seconds=settings.SWEEP_SECONDS)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: rows freed from dead workers; items, files, PDFs, returned files, forms that waited."""

    freed: int
    items: int
    files: int
    pdfs: int = 0
    returns: int = 0
    forms: int = 0


def free_all() -> int:
    """Rows held by dead workers go back to waiting, or to failed at the cap; batches without open rows close."""
    freed = free_abandoned(BatchItem) + free_abandoned(Rendering)
    freed += free_abandoned(Conversion) + free_abandoned(FormJob)
    if freed:
        close_running_batches()
    return freed


def _queued_before(older_than: timedelta) -> Q:
    """Rows that have waited so long; also those queued in the future, by a machine whose clock runs ahead."""
    now = database_now()
    return Q(queued_at__lte=now - older_than) | Q(queued_at__gt=now)


def waiting_items(*, older_than: timedelta = timedelta(0)) -> dict[int, int]:
    """Running batches with items that wait, and how many."""
    rows = BatchItem.objects.filter(
        _queued_before(older_than), state=JobState.WAITING, batch__state=BatchState.RUNNING
    )
    return dict(rows.order_by("batch_id").values_list("batch_id").annotate(n=Count("pk")))


def waiting_files(*, older_than: timedelta = timedelta(0)) -> int:
    """How many render jobs wait."""
    return Rendering.objects.filter(_queued_before(older_than), state=JobState.WAITING).count()


def waiting_pdfs(*, older_than: timedelta = timedelta(0)) -> list[int]:
    """Conversions to PDF that wait."""
    return list(
        Conversion.objects.filter(_queued_before(older_than), state=JobState.WAITING)
        .order_by("id")
        .values_list("pk", flat=True)
    )


def finish_here() -> Swept:
    """`docgen sweep`: do in this process what waits, without a broker."""
    freed = free_all()
    items = waiting_items()
    for batch_id in items:
        make_batch(batch_id)
    files = waiting_files()
    make_files()
    close_running_batches()
    pdfs = waiting_pdfs()
    convert_files(pdfs)
    returns = resend_reads(older_than=timedelta(0))
    read_files(returns)
    forms = waiting_forms()
    make_forms()
    make_views(resend_views(older_than=timedelta(0)))
    return Swept(
        freed=freed,
        items=sum(items.values()),
        files=files,
        pdfs=len(pdfs),
        returns=len(returns),
        forms=forms,
    )


def resend_waiting() -> Swept:
    """The periodic sweep: ring again for rows that have waited too long, unless messages still lie unread."""
    freed = free_all()
    close_running_batches()
    _ring_upkeep()
    patience = timedelta(0) if freed else PATIENCE
    items = waiting_items(older_than=patience)
    files = waiting_files(older_than=patience)
    pdfs = waiting_pdfs(older_than=patience)
    views = resend_views(older_than=PATIENCE)
    if views and not unread("pdf"):
        ring(VIEW_TASK, view_messages(views))
    if not pdfs or unread("pdf") or not ring("pdf.convert", pdf_messages(pdfs)):
        pdfs = []
    if unread() or not ring_for(items, files):
        items, files = {}, 0
    return Swept(
        freed=freed,
        items=sum(items.values()),
        files=files,
        pdfs=len(pdfs),
        returns=_ring_returns(),
        forms=_ring_forms(patience),
    )


def _ring_upkeep() -> None:
    """Backups and looks at health that nobody took up."""
    jobs = list(upkeep.waiting().filter(queued_at__lte=database_now() - PATIENCE))
    if jobs and not unread(SWEEP_QUEUE):
        ring(upkeep.UPKEEP_TASK, [[job.pk] for job in jobs])


def _ring_returns() -> int:
    """Received files have a queue of their own: papers that wait do not hold them up."""
    waiting = resend_reads(older_than=PATIENCE)
    if not waiting or unread("intake") or not ring(READ_TASK, read_messages(waiting)):
        return 0
    return len(waiting)


def _ring_forms(patience: timedelta) -> int:
    """Rounds of forms that are still to be made."""
    waiting = waiting_forms(older_than=patience)
    return waiting if waiting and not unread() and ring(FORMS_TASK, form_messages(waiting)) else 0


def ring_for(items: dict[int, int], files: int) -> bool:
    """Ring for so many waiting items of each batch and so many files. False when the bell is out."""
    rung = [
        ring(BATCH_TASK, [[batch]] * bells(count, ITEMS_CHUNK)) for batch, count in items.items()
    ]
    return all(rung) and ring(FILES_TASK, [[]] * bells(files, FILES_CHUNK))


def sweep_in_turn() -> Swept | None:
    """The periodic sweep, unless a later message for it waits already: of many that piled up one is enough.

    What people laid down at the desk for a moment is taken away in its time, whether or not somebody comes back.
    """
    purge()
    return None if unread(SWEEP_QUEUE) else resend_waiting()
