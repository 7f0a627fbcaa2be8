"""From a service's rows to the broker, on commit; or done here and now, without a broker.

The row is the queue and a message only a bell: it names a batch, never its items, so a batch of a million has as
many messages as one of a hundred. When the broker can't be reached the rows wait, and the sweep rings later.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from docgen.models import Batch, JobState, Rendering
from docgen.services.batches import CHUNK
from docgen.services.finishing import CHUNK as FILES
from workers.bell import bells, pdf_messages, ring
from workers.jobs import Progress, convert_files, make_batch, make_files
from workers.tasks import convert_task, make_batch_task, make_files_task


def send_batch(batch: Batch) -> None:
    """The waiting items of a batch to the workers."""
    waiting = batch.items.filter(state=JobState.WAITING).count()
    messages = [[batch.pk]] * bells(waiting, CHUNK)
    transaction.on_commit(lambda: ring(make_batch_task.name, messages))


def send_files(count: int) -> None:
    """So many waiting render jobs to the workers."""
    messages: list[list[object]] = [[]] * bells(count, FILES)
    transaction.on_commit(lambda: ring(make_files_task.name, messages))


def send_conversions(job_ids: Sequence[int]) -> None:
    """Conversions to the PDF queue."""
    messages = pdf_messages(job_ids)
    transaction.on_commit(lambda: ring(convert_task.name, messages))


def make_pdfs_now(job_ids: Sequence[int]) -> None:
    """Conversions in this process."""
    convert_files(job_ids)


def make_batch_now(batch: Batch, *, progress: Progress = lambda _: None) -> int:
    """The waiting items of a batch in this process; how many were taken."""
    return make_batch(batch.pk, progress=progress)


def make_files_now(rows: QuerySet[Rendering], *, progress: Progress = lambda _: None) -> int:
    """These files, as far as they wait, in this process: a single paper is there before the command returns."""
    return make_files(rows, progress=progress)
