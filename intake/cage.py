"""The keeper of the child that parses strangers' files: limits of memory, processor and clock; a dead one is replaced.

One warm child reads file after file, so that its start (half a second) is paid once; a parser that aborts the whole
process (pdfium does) or never ends costs that one file.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import Outage
from core.frames import pack, unpack
from intake.guard import Refused
from intake.pressure import CPU_SECONDS, FILE_SECONDS, check_starved, cpu_used

_ROOT = Path(__file__).resolve().parents[1]
_SIZE = 8
_CHUNK = 2**20
#: So long a child may take until it is ready (seconds); half a second of a processor.
_START = 60.0
_LARGEST_ANSWER = 64 * 2**20
#: A child that has grown so large is replaced before the next file (KiB of resident memory).
_OLD_AT = 500 * 1024
#: And after so many files in any case.
_FILES = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use for one file: address space in bytes, processor seconds, seconds on the clock.

    A page takes about 0.01 s, a list of 1,000 lines less than 1 s. The start of a child does not count.
    """

    memory: int = 1024 * 2**20
    cpu: int = CPU_SECONDS
    wall: float = FILE_SECONDS


class Cage:
    """Keeps one child; calls from several threads take turns. Close it, or use it in a ``with``."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._files = 0
        self._size = 0

    def __enter__(self) -> Cage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(
        self, facts: Mapping[str, object], data: bytes, *, wall: float | None = None
    ) -> dict[str, object]:
        """The child's answer for one file, within ``wall`` seconds where that is less than the limit.

        Raises Refused when the file is too heavy for the limits or breaks its parser, Outage if no child starts or the
        machine is too busy to read anything.
        """
        return self._ask(facts, data, wall=wall)[0]

    def draw(self, data: bytes, *, page: int, width: int) -> bytes:
        """A page of a PDF as PNG, so many pixels wide. Raises as :meth:`read`."""
        return self._ask({"page": page, "width": width}, data)[1]

    def sizes(self, data: bytes) -> list[list[float]]:
        """Width and height of the pages of a PDF in points. Raises as :meth:`read`."""
        found = self._ask({"sizes": True}, data)[0].get("sizes")
        return [[float(side) for side in one] for one in found] if isinstance(found, list) else []

    def _ask(
        self, facts: Mapping[str, object], data: bytes, *, wall: float | None = None
    ) -> tuple[dict[str, object], bytes]:
        seconds = self.limits.wall if wall is None else max(min(wall, self.limits.wall), 0.0)
        with self._lock:
            child = self._ready()
            before = cpu_used(child.pid)
            try:
                self._send(child, pack(facts, data))
                reply = self._receive(child, time.monotonic() + seconds)
            except TimeoutError as error:
                used = cpu_used(child.pid) - before
                self._end()
                check_starved(used, seconds)
                raise _too_heavy() from error
            except (OSError, ValueError) as error:
                code = self._end()
                raise _too_heavy() if -code in _LIMIT_SIGNALS else _broken() from error
            answer, raw = unpack(reply)
            size = answer.pop("rss_kib", 0)
            self._files, self._size = self._files + 1, size if isinstance(size, int) else 0
            return _checked(answer), raw

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (
            self._child.poll() is not None or self._size > _OLD_AT or self._files >= _FILES
        ):
            self._end()
        if self._child is None:
            self._child = self._start()
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(_ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            # glibc reserves 64 MiB of address space for each thread's arena; the limit counts that.
            "MALLOC_ARENA_MAX": "2",
        }
        child: subprocess.Popen[bytes] | None = None
        try:
            child = subprocess.Popen(
                [sys.executable, "-m", "intake.caged"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
            self._send(child, pack({"memory": self.limits.memory, "cpu": self.limits.cpu}))
            self._receive(child, time.monotonic() + _START)
        except OSError as error:  # a start that takes too long is a TimeoutError, which is one
            self._child = child
            self._end()
            reason = error.strerror or "không khởi động được"
            raise Outage(f"Không chạy được tiến trình đọc biểu mẫu: {reason}.") from error
        self._files = self._size = 0
        return child

    def _end(self) -> int:
        """Kill the child and its family; gives how it had ended by itself (0 if it lived)."""
        child, self._child = self._child, None
        if child is None:
            return 0
        code = child.poll()
        if code is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = child.wait(timeout=0.5 if child.stdin and child.stdin.closed else 0.05)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return code or 0

    @staticmethod
    def _send(child: subprocess.Popen[bytes], message: bytes) -> None:
        if child.stdin is None:
            raise OSError("no pipe")
        child.stdin.write(len(message).to_bytes(_SIZE, "big") + message)
        child.stdin.flush()

    @staticmethod
    def _receive(child: subprocess.Popen[bytes], deadline: float) -> bytes:
        """One message. Raises TimeoutError past the deadline, OSError when the child is gone."""
        if child.stdout is None:
            raise OSError("no pipe")
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while len(received) < _SIZE or len(received) < _SIZE + int.from_bytes(
                received[:_SIZE], "big"
            ):
                if not selector.select(max(deadline - time.monotonic(), 0)):
                    raise TimeoutError
                chunk = os.read(child.stdout.fileno(), _CHUNK)
                if not chunk:
                    raise OSError("the child has ended")
                received += chunk
                if len(received) > _LARGEST_ANSWER:
                    raise OSError("the answer is too long")
        return bytes(received[_SIZE:])


_LIMIT_SIGNALS = frozenset({signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT})


def _checked(answer: dict[str, object]) -> dict[str, object]:
    error = answer.get("error")
    if not isinstance(error, dict):
        return answer
    code = str(error.get("code"))
    if code == "too_heavy":
        raise _too_heavy()
    if code == "too_deep":
        raise _broken()
    raise Refused(str(error.get("message")), code=code)


def _too_heavy() -> Refused:
    return Refused(
        "Tệp quá nặng, không đọc được trong giới hạn cho phép. Hãy tách nhỏ, bỏ ảnh thừa rồi gửi lại.",
        code="too_heavy",
    )


def _broken() -> Refused:
    return Refused("Tệp hỏng đến mức không đọc được. Hãy mở, lưu lại rồi gửi.", code="broken_file")
