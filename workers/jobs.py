"""The bodies of the tasks, callable without a broker.

Rows are claimed a chunk at a time. Whatever happens to one, the others are made, and its own row says what happened.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import QuerySet

from core.errors import Outage
from docgen.models import BatchItem, Rendering
from docgen.services.batches import claim_items, close_batch, make_items
from docgen.services.finishing import claim_files, finish_files
from docgen.services.jobs import fail, release
from docgen.services.pdf import make_pdfs

log = logging.getLogger(__name__)
_Row = TypeVar("_Row", BatchItem, Rendering)
Progress = Callable[[int], object]
TOO_SLOW = "Làm quá lâu nên bị dừng. Hãy kiểm tra mẫu và số liệu của văn bản này."
NO_DATABASE = "Cơ sở dữ liệu không trả lời: {fault}"
#: A programmer's fault, in words for the person who must pass it on.
PAUSE_SECONDS = 0.01
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
    """Write the verdict into those rows that are still held; without a database they keep their lease."""
    try:
        for row in rows:
            verdict(row)
        items = [row for row in list[BatchItem | Rendering](rows) if isinstance(row, BatchItem)]
        for batch in {item.batch_id for item in items}:
            close_batch(batch)
    except DatabaseError:
        log.exception("%d rows are left to the sweep", len(rows))


def convert_documents(document_ids: Iterable[str]) -> None:
    """PDFs of issued papers; LibreOffice runs with this store's own profile.

    Without LibreOffice the papers stay without a PDF, and the log says so.
    """
    try:
        failures = make_pdfs(list(document_ids), profile=settings.DOCGEN_HOME / "libreoffice")
    except Outage as fault:
        log.warning("%s", fault.message)
        return
    for document, reason in failures.items():
        log.warning("PDF của văn bản %s: %s", document, reason)
