"""The bodies of the tasks, callable without a broker.

Rows are claimed a chunk at a time. Whatever happens to one, the others are made, and its own row says what happened.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import QuerySet

from core.errors import Outage
from docgen.models import BatchItem, Conversion, JobState, Rendering
from docgen.services.batches import claim_items, close_batch, make_items
from docgen.services.finishing import claim_files, finish_files
from docgen.services.jobs import fail, release
from docgen.services.pdf import run_conversions
from registry.claimers import worker_name

log = logging.getLogger(__name__)
_Row = TypeVar("_Row", BatchItem, Rendering)
Progress = Callable[[int], object]
TOO_SLOW = "Làm quá lâu nên bị dừng. Hãy kiểm tra mẫu và số liệu của văn bản này."
NO_DATABASE = "Cơ sở dữ liệu không trả lời: {fault}"
#: Seconds to wait before each try to write down what became of a row.
PAUSES = (0, 1, 2, 4, 8, 15)
PAUSE_SECONDS = 0.01
#: A programmer's fault, in words for the person who must pass it on.
BROKEN = "Lỗi chương trình khi làm văn bản này ({name}: {fault}). Chi tiết ở nhật ký."


def make_batch(
    batch_id: int, *, seconds: float = math.inf, progress: Progress = lambda _: None
) -> int:
    """Make the papers of a batch, chunk by chunk, until none waits or the time is over. Gives how many were taken."""

    def chunk() -> int:
        found = claim_items(batch_id)
        return _do(found[1], partial(make_items, found[0])) if found else 0

    return _in_chunks(chunk, seconds=seconds, progress=progress)


def make_files(
    rows: QuerySet[Rendering] | None = None,
    *,
    seconds: float = math.inf,
    progress: Progress = lambda _: None,
) -> int:
    """Make the files that wait, of these jobs or of all. Gives how many were taken."""
    chosen = Rendering.objects.all() if rows is None else rows
    return _in_chunks(
        lambda: _do(claim_files(chosen), finish_files), seconds=seconds, progress=progress
    )


def _in_chunks(chunk: Callable[[], int], *, seconds: float, progress: Progress) -> int:
    end, taken = time.monotonic() + seconds, 0
    while time.monotonic() < end and (count := chunk()):
        taken += count
        progress(count)
        # SQLite's waiting is not fair: without a pause the others would hardly get a turn.
        if connection.vendor == "sqlite":
            time.sleep(PAUSE_SECONDS)
    return taken


def _do(rows: Sequence[_Row], work: Callable[[Sequence[_Row]], object]) -> int:
    """A chunk together; when that breaks, one by one, so that each row says what happened to it.

    Gives how many rows there were; 0 when the time of the task is over.
    """
    try:
        if rows:
            work(rows)
    except SoftTimeLimitExceeded:
        log.warning("a chunk of %d rows took too long", len(rows))
        _settle(rows, partial(release, code="too_slow", message=TOO_SLOW))
        return 0
    except (OperationalError, InterfaceError) as fault:
        log.exception("%d rows are given back", len(rows))
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        message = NO_DATABASE.format(fault=fault)
        _settle(rows, partial(release, code="database", message=message))
    except Exception as fault:  # the wrapper of the tasks: no row may stop the others
        log.exception("%d rows", len(rows))
        if len(rows) > 1:
            return sum(_do([row], work) for row in rows)
        message = BROKEN.format(name=type(fault).__name__, fault=fault)
        _settle(rows, partial(fail, code="broken", message=message))
    return len(rows)


def _settle(rows: Sequence[_Row], verdict: Callable[[_Row], object]) -> None:
    """Write the verdict into those rows that are still held; without a database they keep their lease.

    A database that was restarted is back in seconds, and until then there is nothing else to do: without this wait
    the rows would be held by a living process that has forgotten them, for the whole lease.
    """
    for pause in PAUSES:
        time.sleep(pause)
        try:
            for row in rows:
                verdict(row)
            items = [row for row in list[BatchItem | Rendering](rows) if isinstance(row, BatchItem)]
            for batch in {item.batch_id for item in items}:
                close_batch(batch)
        except DatabaseError:
            log.exception("%d rows cannot be settled yet", len(rows))
            if not connection.in_atomic_block:
                connection.close()
        else:
            return
    log.error("%d rows are left to the sweep", len(rows))


def convert_files(job_ids: Sequence[int]) -> None:
    """Conversions, a chunk in one call of LibreOffice, with profiles of this store.

    Without LibreOffice the rows wait for a machine that has it, and the log says so. What a fault leaves
    undone is given back; a programmer's fault is written into the rows.
    """
    try:
        run_conversions(job_ids, root=settings.DOCGEN_HOME / "libreoffice")
    except Outage as fault:
        log.warning("%s", fault.message)
    except SoftTimeLimitExceeded:
        log.warning("PDF: a chunk took too long")
        _settle_conversions(job_ids, partial(release, code="too_slow", message=TOO_SLOW))
    except (OperationalError, InterfaceError) as fault:
        log.exception("conversions are given back")
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        message = NO_DATABASE.format(fault=fault)
        _settle_conversions(job_ids, partial(release, code="database", message=message))
    except Exception as fault:  # the wrapper of the tasks: every row says what happened
        log.exception("conversions")
        message = BROKEN.format(name=type(fault).__name__, fault=fault)
        _settle_conversions(job_ids, partial(release, code="broken", message=message))


def _settle_conversions(job_ids: Sequence[int], verdict: Callable[[Conversion], object]) -> None:
    """Write the verdict into those that this process holds."""
    try:
        for job in Conversion.objects.filter(
            pk__in=job_ids, state=JobState.RUNNING, claimed_by=worker_name()
        ):
            verdict(job)
    except DatabaseError:
        log.exception("conversions are left to the sweep")
