"""From a service's rows to the broker, on commit; or done here and now, without a broker.

The row is the queue: when the broker can't be reached the rows wait, and the sweep sends them later.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from celery import Task
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from core.errors import Outage
from workers.broker import ensure_broker
from workers.jobs import make_files, make_items
from workers.tasks import convert_task, make_files_task, make_items_task

log = logging.getLogger(__name__)
#: Papers a task: enough that the bell is cheap, few enough that two workers share a small batch.
CHUNK = 10
PDF_CHUNK = 25


def chunks(ids: Iterable[object], size: int) -> Iterator[list[object]]:
    """The ids in lists of at most ``size``."""
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk


def _send(task: Task[Any, Any], ids: Sequence[object], size: int) -> None:
    """Send on commit, so that a worker never sees a row that isn't there yet."""

    def ring() -> None:
        try:
            ensure_broker(settings.DOCGEN_HOME)
            for chunk in chunks(ids, size):
                task.apply_async((chunk,))
        except (OperationalError, Outage, OSError) as fault:
            log.warning("%d việc chờ gửi lại vì hàng đợi không trả lời: %s", len(ids), fault)

    if ids:
        transaction.on_commit(ring)


def send_items(item_ids: Sequence[int]) -> None:
    """Batch items to the workers."""
    _send(make_items_task, item_ids, CHUNK)


def send_files(job_ids: Sequence[int]) -> None:
    """Render jobs to the workers."""
    _send(make_files_task, job_ids, CHUNK)


def send_conversions(document_ids: Sequence[str]) -> None:
    """Papers to the PDF queue."""
    _send(convert_task, document_ids, PDF_CHUNK)


def make_items_now(item_ids: Sequence[int]) -> None:
    """Batch items in this process."""
    make_items(item_ids)


def make_files_now(job_ids: Sequence[int]) -> None:
    """Render jobs in this process: a single paper is there before the command returns."""
    make_files(job_ids)
