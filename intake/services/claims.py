"""Claiming received files to be read: conditional UPDATE, fencing token, lease, cap on attempts.

The pattern of the render jobs (docgen.services.jobs), which this room may not import.
"""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from intake.models import FileState, ReceivedFile
from registry.clock import database_now

#: Longer than the hard time limit of a task, so that a lease never ends under a living worker.
LEASE = timedelta(seconds=settings.LEASE_SECONDS)
#: A file that was claimed this often and never finished is marked failed: it may be killing workers.
MAX_ATTEMPTS = 3
LOST = "Máy chạy việc dừng giữa chừng {attempt} lần khi đọc tệp này. Tệp gốc vẫn được giữ."


def _started(pid: int) -> tuple[str, str]:
    """State letter and start time of a process of this host (proc(5)); empty where it cannot be read."""
    try:
        # The name in parentheses may hold spaces and parentheses itself: count from the last one.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        rest = fields.rpartition(")")[2].split()
        return rest[0], rest[19]
    except (OSError, IndexError):
        return "", ""


def claimer() -> str:
    """Who claims: host, process and its start."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())[1]}"


def claim(file_id: int) -> ReceivedFile | None:
    """Take a file that waits, or one whose reader's lease ran out; None if someone else has it."""
    now = database_now()
    free = Q(state=FileState.RECEIVED) | Q(state=FileState.READING, lease_until__lt=now)
    taken = ReceivedFile.objects.filter(free, pk=file_id, attempt__lt=MAX_ATTEMPTS).update(
        state=FileState.READING,
        attempt=F("attempt") + 1,
        lease_until=now + LEASE,
        claimed_by=claimer(),
    )
    rows = ReceivedFile.objects.select_related("file", "sender")
    return rows.get(pk=file_id) if taken else None


def _held(row: ReceivedFile) -> QuerySet[ReceivedFile]:
    """The row while this claim holds."""
    return ReceivedFile.objects.filter(
        pk=row.pk, attempt=row.attempt, claimed_by=row.claimed_by, state=FileState.READING
    )


def finish(row: ReceivedFile, state: FileState, *, code: str = "", message: str = "") -> bool:
    """End the claim with a verdict; False when somebody else has taken the file meanwhile.

    Call it inside the transaction that writes what was read.
    """
    return (
        _held(row).update(
            state=state,
            lease_until=None,
            claimed_by="",
            error_code=code,
            error_message=message,
            finished_at=timezone.now(),
        )
        == 1
    )


def release(row: ReceivedFile, *, code: str, message: str) -> FileState:
    """Give the file back after a passing fault; the last attempt fails. Its state."""
    if row.attempt >= MAX_ATTEMPTS:
        finish(row, FileState.FAILED, code=code, message=message)
        return FileState.FAILED
    _held(row).update(
        state=FileState.RECEIVED,
        lease_until=None,
        claimed_by="",
        error_code=code,
        error_message=message,
    )
    return FileState.RECEIVED


def is_dead(claimed_by: str) -> bool:
    """Whether the claimer was a process of this host that no longer lives."""
    host, pid, start = [*claimed_by.rsplit(":", 2), "", ""][:3]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # it lives, as somebody else's; whether it is the claimer says its start
    state, started = _started(int(pid))
    return state in ("Z", "X") or bool(start and started and start != started)


def free_abandoned() -> int:
    """Files whose reader is dead or whose lease ran out go back to waiting, or to failed at the cap."""
    now = database_now()
    freed = 0
    held = ReceivedFile.objects.filter(state=FileState.READING)
    for pk, by, lease, attempt in held.values_list("pk", "claimed_by", "lease_until", "attempt"):
        if not (is_dead(by) or lease is None or lease < now):
            continue
        changes: dict[str, object] = {"state": FileState.RECEIVED}
        if attempt >= MAX_ATTEMPTS:
            message = LOST.format(attempt=attempt)
            changes = {
                "state": FileState.FAILED,
                "error_code": "worker_lost",
                "error_message": message,
                "finished_at": now,
            }
        freed += ReceivedFile.objects.filter(
            pk=pk, attempt=attempt, state=FileState.READING
        ).update(lease_until=None, claimed_by="", **changes)
    return freed


def waiting_files(*, older_than: timedelta = timedelta(0)) -> list[int]:
    """Received files that nobody has read yet."""
    rows = ReceivedFile.objects.filter(
        state=FileState.RECEIVED, queued_at__lte=database_now() - older_than
    )
    return list(rows.order_by("id").values_list("pk", flat=True))


def retry(file_ids: list[int]) -> int:
    """Put failed files back to waiting, with their attempts counted anew."""
    return ReceivedFile.objects.filter(pk__in=file_ids, state=FileState.FAILED).update(
        state=FileState.RECEIVED, attempt=0, error_code="", error_message="", finished_at=None
    )
