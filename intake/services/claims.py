"""Claiming received files to be read: conditional UPDATE, fencing token, lease, cap on attempts."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from intake.models import FileState, ReceivedFile
from registry.claimers import LEASE, MAX_ATTEMPTS, is_dead, worker_name
from registry.clock import database_now

LOST = "Máy chạy việc dừng giữa chừng {attempt} lần khi đọc tệp này. Tệp gốc vẫn được giữ."


def claim(file_id: int) -> ReceivedFile | None:
    """Take a file that waits, or one whose reader's lease ran out; None if someone else has it."""
    now = database_now()
    free = Q(state=FileState.RECEIVED) | Q(state=FileState.READING, lease_until__lt=now)
    taken = ReceivedFile.objects.filter(free, pk=file_id, attempt__lt=MAX_ATTEMPTS).update(
        state=FileState.READING,
        attempt=F("attempt") + 1,
        lease_until=now + LEASE,
        claimed_by=worker_name(),
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
