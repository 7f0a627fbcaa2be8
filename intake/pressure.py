"""One file may take ten seconds; whether it was the file or a busy machine that used them up. Linux, by proc(5)."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from core.errors import Outage

#: Within so many seconds every file is read, refused, or put off. Processor seconds are fewer, so that a file that is
#: too heavy is known as such.
FILE_SECONDS = 10.0
CPU_SECONDS = 8
#: A file that had less than this share of the clock's time was waiting for the machine, not at work.
_STARVED = 0.5


def cpu_used(group: int) -> float:
    """Processor seconds of a process group so far; of its members that still live."""
    ticks = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                text = (folder / "stat").read_text(encoding="ascii", errors="replace")
                rest = text.rpartition(")")[2].split()
                if int(rest[2]) == group:
                    ticks += int(rest[11]) + int(rest[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def check_starved(used: float, seconds: float) -> None:
    """Raise Outage when a file that ran out of time was never given the processor: nothing is said about the file."""
    if used < _STARVED * seconds:
        raise Outage(
            "Máy đang quá bận nên chưa đọc được tệp. Hãy thử lại sau ít phút.", code="busy"
        )
