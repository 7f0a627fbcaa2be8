"""From a service's rows to the broker, on commit; or done here and now, without a broker.

The row is the queue: when the broker can't be reached the rows wait, and the sweep sends them later.
"""

from __future__ import annotations

from collections.abc import Sequence

from celery import Task
from django.db import transaction

from workers.bell import CHUNK, PDF_CHUNK, PDF_SHARES, SHARES, ring
from workers.jobs import convert_files, make_files, make_items
from workers.tasks import convert_task, make_files_task, make_items_task


def _send(
    task: Task[..., None], ids: Sequence[object], *, size: int = CHUNK, shares: int = SHARES
) -> None:
    """Send on commit, so that a worker never sees a row that isn't there yet, nor one that was rolled back."""
    if ids:
        transaction.on_commit(lambda: ring(task.name, ids, size=size, shares=shares))


def send_items(item_ids: Sequence[int]) -> None:
    """Batch items to the workers."""
    _send(make_items_task, item_ids)


def send_files(job_ids: Sequence[int]) -> None:
    """Render jobs to the workers."""
    _send(make_files_task, job_ids)


def send_conversions(job_ids: Sequence[int]) -> None:
    """Conversions to the PDF queue."""
    _send(convert_task, job_ids, size=PDF_CHUNK, shares=PDF_SHARES)


def make_pdfs_now(job_ids: Sequence[int]) -> None:
    """Conversions in this process."""
    convert_files(job_ids)


def make_items_now(item_ids: Sequence[int]) -> None:
    """Batch items in this process."""
    make_items(item_ids)


def make_files_now(job_ids: Sequence[int]) -> None:
    """Render jobs in this process: a single paper is there before the command returns."""
    make_files(job_ids)
