"""Who holds a row as work, and whether that process still lives: the same for papers made and for forms read."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path

from django.conf import settings

#: The hard time limit of a task (workers.app), which begins before the leases of its rows: none ends under a living
#: worker.
LEASE = timedelta(seconds=settings.LEASE_SECONDS)
#: A row that was claimed this often and never finished is marked failed: it may be killing workers.
MAX_ATTEMPTS = 3


def _process_state(pid: int) -> tuple[str, str]:
    """State letter and start time of a process of this host (proc(5)); empty where it cannot be read."""
    try:
        # The name in parentheses may hold spaces and parentheses itself: count from the last one.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        rest = fields.rpartition(")")[2].split()
        return rest[0], rest[19]
    except (OSError, IndexError):
        return "", ""


def worker_name() -> str:
    """Who claims: host, process and its start, so that a sweep on the same host sees whether it still lives.

    The start tells it from a later process with the same number: in a container numbers repeat.
    """
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_process_state(pid)[1]}"


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
    state, started = _process_state(int(pid))
    return state in ("Z", "X") or bool(start and started and start != started)
