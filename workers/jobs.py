"""The bodies of the tasks, callable without a broker.

Whatever happens to one row, the rows after it are tried, and its own row says what happened.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from core.errors import Outage
from docgen.models import BatchItem, Conversion, JobState, Rendering
from docgen.services.batches import close_batch, run_item
from docgen.services.jobs import fail, release, worker_name
from docgen.services.pdf import run_conversions
from docgen.services.rendering import run_rendering
from records.selectors.scope import one_reading

log = logging.getLogger(__name__)
Row = BatchItem | Rendering | Conversion
TOO_SLOW = "Làm quá lâu nên bị dừng. Hãy kiểm tra mẫu và số liệu của văn bản này."
NO_DATABASE = "Cơ sở dữ liệu không trả lời: {fault}"
#: Seconds to wait before each try to write down what became of a row.
PAUSES = (0, 1, 2, 4, 8, 15)
#: A programmer's fault, in words for the person who must pass it on.
BROKEN = "Lỗi chương trình khi làm văn bản này ({name}: {fault}). Chi tiết ở nhật ký."


def _each(
    model: type[BatchItem] | type[Rendering], ids: Iterable[int], work: Callable[[int], object]
) -> None:
    """One after another. A passing fault gives the row back, any other is written into it."""
    for pk in ids:
        try:
            work(pk)
        except SoftTimeLimitExceeded:
            log.warning("row %s took too long; the rest of its chunk is left to the sweep", pk)
            _settle(model, pk, partial(release, code="too_slow", message=TOO_SLOW))
            return
        except (OperationalError, InterfaceError) as fault:
            log.exception("row %s is given back", pk)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            message = NO_DATABASE.format(fault=fault)
            _settle(model, pk, partial(release, code="database", message=message))
        except Exception as fault:  # the wrapper of the tasks: no row may stop the others
            log.exception("row %s", pk)
            message = BROKEN.format(name=type(fault).__name__, fault=fault)
            _settle(model, pk, partial(fail, code="broken", message=message))


def _settle(
    model: type[BatchItem] | type[Rendering],
    pk: int,
    verdict: Callable[[Row], object],
) -> None:
    """Write the verdict into the rows that this process holds for ``pk``; without a database they keep their lease.

    A database that was restarted is back in seconds, and until then there is nothing else to do: without this wait the
    row would be held by a living process that has forgotten it, for the whole lease.
    """
    for pause in PAUSES:
        time.sleep(pause)
        try:
            for job in _held(model, pk):
                verdict(job)
                if isinstance(job, BatchItem):
                    close_batch(job.batch_id)
        except DatabaseError:
            log.exception("row %s cannot be settled yet", pk)
            if not connection.in_atomic_block:
                connection.close()
        else:
            return
    log.error("row %s is left to the sweep", pk)


def _held(model: type[BatchItem] | type[Rendering], pk: int) -> Iterator[Row]:
    """The row, and for an item also the draft of its paper."""
    row = model.objects.filter(pk=pk, state=JobState.RUNNING, claimed_by=worker_name()).first()
    if isinstance(row, BatchItem):
        yield from Rendering.objects.filter(
            document__kind=row.batch.kind,
            document__record=row.record,
            state=JobState.RUNNING,
            claimed_by=worker_name(),
        )
    if row is not None:
        yield row


def make_items(item_ids: Iterable[int]) -> None:
    """Batch items, one by one, each in its own transactions; slow-moving tables are read once a chunk."""
    with one_reading():
        _each(BatchItem, item_ids, run_item)


def make_files(job_ids: Iterable[int]) -> None:
    """Render jobs, one by one."""
    _each(Rendering, job_ids, run_rendering)


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


def _settle_conversions(job_ids: Sequence[int], verdict: Callable[[Row], object]) -> None:
    """Write the verdict into those that this process holds."""
    try:
        for job in Conversion.objects.filter(
            pk__in=job_ids, state=JobState.RUNNING, claimed_by=worker_name()
        ):
            verdict(job)
    except DatabaseError:
        log.exception("conversions are left to the sweep")
