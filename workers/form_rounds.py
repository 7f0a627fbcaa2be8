"""Making the forms of rounds: the body of the task, its bell, and the same work done here and now."""

from __future__ import annotations

import logging
import math
import time
from datetime import timedelta
from pathlib import Path

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Q

from docgen.models import FormJob, JobState
from docgen.services.form_rounds import make_job
from docgen.services.jobs import claim_next, fail, release
from registry.clock import database_now
from workers.bell import bells, ring

log = logging.getLogger(__name__)
#: Name of the task; its first part is the queue.
FORMS_TASK = "docs.make_forms"
SHIFT_SECONDS = 5.0
TOO_SLOW = "Làm quá lâu nên bị dừng. Chọn dạng Word thay cho PDF, hoặc thử lại."
NO_DATABASE = "Cơ sở dữ liệu không trả lời: {fault}"
BROKEN = "Lỗi chương trình khi tạo phiếu ({name}: {fault}). Chi tiết ở nhật ký."


def make_forms(*, seconds: float = math.inf) -> int:
    """Make waiting forms, row by row, until none waits or the time is over. Gives how many rows were taken."""
    end, taken = time.monotonic() + seconds, 0
    rows = FormJob.objects.order_by("id")
    while time.monotonic() < end and (chunk := claim_next(rows, limit=1)):
        for job in chunk:
            taken += 1
            if not _make(job):
                return taken
    return taken


def _make(job: FormJob) -> bool:
    """One row, whatever happens to it; False when the time of the task is over."""
    try:
        make_job(job, profile=Path(settings.DOCGEN_HOME) / "libreoffice")
    except SoftTimeLimitExceeded:
        log.warning("forms %s took too long", job)
        _settle(job, "too_slow", TOO_SLOW, passing=True)
        return False
    except (OperationalError, InterfaceError) as fault:
        log.exception("forms %s are given back", job)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _settle(job, "database", NO_DATABASE.format(fault=fault), passing=True)
    except Exception as fault:  # the wrapper of the task: no row may stop the others
        log.exception("forms %s", job)
        message = BROKEN.format(name=type(fault).__name__, fault=fault)
        _settle(job, "broken", message, passing=False)
    return True


def _settle(job: FormJob, code: str, message: str, *, passing: bool) -> None:
    """Write the verdict into the row; without a database it keeps its lease."""
    try:
        (release if passing else fail)(job, code=code, message=message)
    except DatabaseError:
        log.exception("forms %s are left to the sweep", job)


def work_on_forms() -> None:
    """A shift; rings again when rows still wait, so that others come in between."""
    make_forms(seconds=SHIFT_SECONDS)
    if FormJob.objects.filter(state=JobState.WAITING).exists():
        ring(FORMS_TASK, [[]])


def send_forms(count: int) -> None:
    """So many waiting rows to the workers, on commit; they wait for the sweep when the broker cannot be reached."""
    transaction.on_commit(lambda: ring(FORMS_TASK, form_messages(count)))


def form_messages(count: int) -> list[list[object]]:
    """A bell for each worker that so many rows keep busy."""
    return [[]] * bells(count, 1)


def waiting_forms(*, older_than: timedelta = timedelta(0)) -> int:
    """How many rows have waited so long."""
    now = database_now()
    old = Q(queued_at__lte=now - older_than) | Q(queued_at__gt=now)
    return FormJob.objects.filter(old, state=JobState.WAITING).count()
