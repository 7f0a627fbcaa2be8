"""A stranger's file is read in a child process with limits of memory and time; here is the parent's side.

A broken or hostile template can at worst end the child. The child writes no file, starts nothing and
knows no store: bytes go in, an answer and bytes come out.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import Outage
from core.frames import pack, unpack
from docgen.engine.errors import Place, TemplateError, UnsafeTemplate

_ROOT = Path(__file__).resolve().parents[1]
_TOO_MUCH = frozenset({signal.SIGKILL, signal.SIGXCPU, signal.SIGSEGV, signal.SIGABRT})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: address space in bytes, processor seconds, seconds on the clock."""

    memory: int = 1024 * 1024 * 1024
    cpu: int = 20
    wall: float = 40.0


def run_caged(
    task: str,
    facts: Mapping[str, object],
    data: bytes,
    *,
    limits: Limits | None = None,
    what: str = "mẫu",
) -> tuple[dict[str, object], bytes]:
    """Do one task of ``docgen.caged`` in a child; ``what`` is what the file is called in messages.

    Raises ``TemplateError`` or ``UnsafeTemplate`` as the task did, ``TemplateError`` naming the part the child
    was at when it went past its limits or broke down, and ``Outage`` if no child can be started.
    """
    bounds = limits or Limits()
    request = pack({"task": task, "limits": asdict(bounds), "facts": dict(facts)}, data)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "docgen.caged"],
            input=request,
            capture_output=True,
            timeout=bounds.wall,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(error.stderr, f"quá {bounds.wall:.0f} giây", what) from error
    except OSError as error:
        raise Outage(f"Không chạy được tiến trình kiểm tra {what}: {error.strerror}.") from error
    if done.returncode < 0 and -done.returncode in _TOO_MUCH:
        raise _too_heavy(done.stderr, "vượt giới hạn bộ nhớ hoặc thời gian", what)
    try:
        answer, rest = unpack(done.stdout)
    except ValueError as error:
        raise _too_heavy(done.stderr, "tệp hỏng hoặc quá lớn", what) from error
    if "error" in answer:
        raise _as_error(answer["error"], what)
    return answer, rest


def _too_heavy(stderr: bytes | str | None, reason: str, what: str) -> TemplateError:
    lines = stderr.decode("utf-8", "replace") if isinstance(stderr, bytes) else stderr or ""
    parts = [line[len("part ") :] for line in lines.splitlines() if line.startswith("part ")]
    place = Place(parts[-1]) if parts else None
    message = f"Không kiểm tra được {what} ({reason}); mở bằng Word, bỏ phần thừa hoặc tách nhỏ rồi lưu lại"
    return TemplateError(message, place, detail=lines[-500:] or None)


def _as_error(facts: object, what: str) -> TemplateError:
    if not isinstance(facts, dict):
        return TemplateError(f"Không kiểm tra được {what}")
    kind = UnsafeTemplate if facts.get("unsafe") else TemplateError
    where = facts.get("where")
    place = Place(**where) if isinstance(where, dict) else None
    return kind(str(facts["message"]), place, name=facts.get("name"))
