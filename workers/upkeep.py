"""Backups and looks at the store's health as jobs: the same commands that the terminal has, in a process of their own.

A backup may take longer than any paper, so its task has a limit of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.errors import NotFound
from docgen.models import JobState
from registry.claimers import MAX_ATTEMPTS, worker_name
from registry.clock import database_now
from workers.bell import ring
from workers.models import UpkeepJob, UpkeepKind

ROOT = Path(__file__).resolve().parent.parent
UPKEEP_TASK = "upkeep.run"
#: Seconds: the store is dumped and its files copied; below the time after which an unread message comes back.
LIMIT = min(3 * settings.LEASE_SECONDS, 900)
LEASE = timedelta(seconds=LIMIT + 60)
#: Backups that the desk keeps; the oldest go.
KEPT = 5
HEALTH_SECONDS = 180
_MEANING = "from config.cli.main import main; main()"


def backup_folder() -> Path:
    """Where the backups of the desk lie."""
    return Path(settings.DOCGEN_HOME) / "backups"


def ask(kind: UpkeepKind, *, actor: str) -> UpkeepJob:
    """The job of that kind that waits or runs, or a new one; the caller rings with `send`."""
    open_ = UpkeepJob.objects.filter(kind=kind, state__in=(JobState.WAITING, JobState.RUNNING))
    if found := open_.first():
        return found
    try:
        with transaction.atomic():
            return UpkeepJob.objects.create(kind=kind, asked_by=actor)
    except IntegrityError:
        return open_.get()


def send(job: UpkeepJob) -> None:
    """Ring for it after the commit."""
    transaction.on_commit(lambda: ring(UPKEEP_TASK, [[job.pk]]))


def waiting() -> QuerySet[UpkeepJob]:
    """Jobs that nobody does: new ones, and those whose worker was lost."""
    late = Q(state=JobState.RUNNING, lease_until__lt=database_now())
    return UpkeepJob.objects.filter(Q(state=JobState.WAITING) | late)


def run_upkeep(job_id: int) -> None:
    """Claim a job and do it; the row says what came of it."""
    UpkeepJob.objects.filter(pk=job_id, attempt__gte=MAX_ATTEMPTS, state=JobState.RUNNING).filter(
        lease_until__lt=database_now()
    ).update(
        state=JobState.FAILED,
        error_code="worker_lost",
        error_message="Máy chạy việc dừng giữa chừng.",
    )
    claimed = (
        waiting()
        .filter(pk=job_id, attempt__lt=MAX_ATTEMPTS)
        .update(
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=database_now() + LEASE,
            claimed_by=worker_name(),
        )
    )
    if not claimed:
        return
    job = UpkeepJob.objects.get(pk=job_id)
    try:
        done = _backup() if job.kind == UpkeepKind.BACKUP else _health()
    except (OSError, ValueError, subprocess.SubprocessError) as fault:
        _end(job, JobState.FAILED, error_code="upkeep", error_message=f"Không làm được: {fault}")
    else:
        _end(job, JobState.DONE, error_code="", error_message="", **done)


def _end(job: UpkeepJob, state: JobState, **changes: object) -> None:
    UpkeepJob.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING).update(
        state=state, lease_until=None, claimed_by="", finished_at=timezone.now(), **changes
    )


def _docgen(*arguments: str, seconds: int) -> dict[str, object]:
    """What a command of docgen answers as JSON. Raises ValueError with its own words when it refuses."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-P", "-c", _MEANING, *arguments, "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    found = json.loads(done.stdout or "{}")
    if not isinstance(found, dict):
        return {"rows": found}
    error = found.get("error")
    if isinstance(error, dict):
        raise ValueError(str(error.get("message", "")))  # noqa: TRY004 - the words are what counts
    if not found:
        raise ValueError(f"lệnh docgen {arguments[0]} không trả lời (mã {done.returncode})")
    return found


def _backup() -> dict[str, object]:
    folder = backup_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"docgen-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
    told = _docgen("backup", str(folder / name), seconds=LIMIT)
    for old in sorted(folder.glob("docgen-*.tar"))[:-KEPT]:
        old.unlink()
    return {"result": told | {"bytes": (folder / name).stat().st_size}, "file_name": name}


def _health() -> dict[str, object]:
    return {"result": _docgen("doctor", seconds=HEALTH_SECONDS)}


def backup_file(job: UpkeepJob) -> Path:
    """The file of a backup. Raises NotFound when a newer one has taken its place."""
    path = backup_folder() / job.file_name
    if not job.file_name or not path.is_file():
        raise NotFound(
            f"Bản sao lưu này không còn trên máy (chỉ giữ {KEPT} bản mới nhất). Sao lưu lại rồi tải về."
        )
    return path
