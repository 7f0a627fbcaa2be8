"""Processes that must not outlive the one that started them.

A worker whose starter was killed would go on alone: hold the store, take messages from the next worker, and stay for
ever. On Linux the kernel ends it (prctl(2), PR_SET_PDEATHSIG); elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(sign: signal.Signals, *, parent: int | None = None) -> None:
    """Let the kernel send ``sign`` to this process when its parent ends.

    With ``parent`` (its process number) a parent that ended before this call counts too.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), sign)
