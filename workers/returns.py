"""Reading received files: the body of the task, its message, and the same work done here and now."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta

from billiard.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from intake.models import FileState, ReceivedFile
from intake.services.claims import finish, free_abandoned, release, waiting_files
from intake.services.reading import read_return
from registry.claimers import worker_name
from workers.bell import chunks, ring, share

log = logging.getLogger(__name__)
#: Name of the task; its first part is the queue.
READ_TASK = "intake.read"
#: Files a message at most.
CHUNK = 5
TOO_SLOW = "Đọc quá lâu nên bị dừng. Hãy gửi lại tệp gọn hơn."
NO_DATABASE = "Cơ sở dữ liệu không trả lời: {fault}"
BROKEN = "Lỗi chương trình khi đọc tệp này ({name}: {fault}). Chi tiết ở nhật ký."


def read_files(file_ids: Iterable[int]) -> None:
    """One after another. A passing fault gives the file back, any other is written into its row."""
    for pk in file_ids:
        try:
            read_return(pk)
        except SoftTimeLimitExceeded:
            log.warning("file %s took too long; the rest of its chunk is left to the sweep", pk)
            _settle(pk, "too_slow", TOO_SLOW, passing=True)
            return
        except (OperationalError, InterfaceError) as fault:
            log.exception("file %s is given back", pk)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            _settle(pk, "database", NO_DATABASE.format(fault=fault), passing=True)
        except Exception as fault:  # the wrapper of the task: no file may stop the others
            log.exception("file %s", pk)
            message = BROKEN.format(name=type(fault).__name__, fault=fault)
            _settle(pk, "broken", message, passing=False)


def _settle(pk: int, code: str, message: str, *, passing: bool) -> None:
    """Write the verdict into the row that this process holds; without a database it keeps its lease."""
    try:
        held = ReceivedFile.objects.filter(pk=pk, state=FileState.READING, claimed_by=worker_name())
        for row in held:
            if passing:
                release(row, code=code, message=message)
            else:
                finish(row, FileState.FAILED, code=code, message=message)
    except DatabaseError:
        log.exception("file %s is left to the sweep", pk)


def send_reads(file_ids: Sequence[int]) -> None:
    """Files to the workers, on commit; the rows wait for the sweep when the broker cannot be reached."""
    if file_ids:
        transaction.on_commit(lambda: ring(READ_TASK, read_messages(file_ids)))


def read_messages(file_ids: Sequence[int]) -> list[list[object]]:
    """Files by their ids; a few are shared among the workers."""
    return [[chunk] for chunk in chunks(file_ids, share(len(file_ids), CHUNK))]


def resend_reads(*, older_than: timedelta) -> list[int]:
    """Files that have waited for so long; what dead readers held waits again."""
    freed = free_abandoned()
    return waiting_files(older_than=timedelta(0) if freed else older_than)
