"""LibreOffice as a process: one call for many files, watched, and ended with all that it started.

A call takes the files in order and writes each PDF before it opens the next file, so the file at which it
crashed or hung is known: the first one after the last PDF. A call lives for one chunk only, which is the cure
for its leaks; its profile is thrown away when a call was killed, and after a while anyway.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.errors import Outage

START_SECONDS = 60.0  # for LibreOffice to start, with a new profile on a busy machine
STALL_SECONDS = 30.0  # without a further PDF: a two-page decision takes 0.15
#: Conversions after which a profile is made anew.
PROFILE_USES = 2000
_POLL_SECONDS = 0.05
_NAMES = ("soffice", "libreoffice")
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: until the first PDF beyond ``stall``, and without a further PDF."""

    start: float = START_SECONDS
    stall: float = STALL_SECONDS


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one LibreOffice at a time: its profile and its work folder, held by a lock."""

    program: Path
    folder: Path
    timeouts: Timeouts

    @property
    def profile(self) -> Path:
        """LibreOffice's own directory."""
        return self.folder / "profile"

    @property
    def work(self) -> Path:
        """Files of the call that runs."""
        return self.folder / "work"


@dataclass(frozen=True, slots=True)
class Call:
    """What one call made, by index; ``whole`` when it ended by itself and well."""

    made: Mapping[int, bytes]
    whole: bool


def find_soffice() -> Path | None:
    """The LibreOffice program, or None if it is not installed."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


@contextlib.contextmanager
def hold(slot: Slot, *, wait: bool) -> Iterator[bool]:
    """Hold a slot, alone on this machine; False when somebody else has it and ``wait`` is off.

    What a killed holder left running in it is ended first.
    """
    slot.folder.mkdir(parents=True, exist_ok=True)
    with (slot.folder / ".docgen-lock").open("w") as handle:
        if not _lock(handle, wait=wait):
            yield False
            return
        _end_leftovers(slot)
        shutil.rmtree(slot.work, ignore_errors=True)
        yield True


def _lock(handle: IO[str], *, wait: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def free_slot(program: Path, root: Path, timeouts: Timeouts) -> Iterator[Slot]:
    """The first slot below ``root`` that nobody holds: there are as many as ever worked at once."""
    number = 1
    while True:
        slot = Slot(program, root / f"may-{number}", timeouts)
        with hold(slot, wait=False) as held:
            if held:
                yield slot
                return
        number += 1


def call(slot: Slot, files: Mapping[int, bytes]) -> Call:
    """One call for these .docx files, in their order. Raises Outage when the program does not start."""
    shutil.rmtree(slot.work, ignore_errors=True)
    source, target = slot.work / "in", slot.work / "out"
    source.mkdir(parents=True)
    target.mkdir()
    paths = []
    for index, data in files.items():
        path = source / f"{index:06d}.docx"
        path.write_bytes(data)
        paths.append(str(path))
    _renew_old_profile(slot, uses=len(files))
    whole = _run(slot, paths, target)
    made = {}
    for index in files:
        pdf = target / f"{index:06d}.pdf"
        if pdf.is_file() and (data := pdf.read_bytes()):
            made[index] = data
    shutil.rmtree(slot.work, ignore_errors=True)
    if not whole:
        # Killed in the middle of a write, perhaps.
        shutil.rmtree(slot.profile, ignore_errors=True)
    return Call(made, whole)


def _run(slot: Slot, paths: list[str], target: Path) -> bool:
    command = [
        str(slot.program),
        _profile_option(slot),
        *("--headless", "--nologo", "--norestore", "--nodefault", "--nolockcheck"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(target)),
        *paths,
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
            start_new_session=True,
        )
    except OSError as error:
        message = f"Không chạy được LibreOffice ({slot.program}); tệp Word vẫn dùng được."
        raise Outage(message, code="soffice_failed", facts={"detail": str(error)}) from error
    try:
        return _watch(process, target, slot.timeouts) and process.returncode == 0
    finally:
        _end(process)


def _watch(process: subprocess.Popen[bytes], target: Path, timeouts: Timeouts) -> bool:
    """Wait for the end; False when no further PDF came for too long."""
    count, limit = 0, time.monotonic() + timeouts.start + timeouts.stall
    while process.poll() is None:
        now, found = time.monotonic(), len(os.listdir(target))  # noqa: PTH208 - names are enough
        if found != count:
            count, limit = found, now + timeouts.stall
        elif now > limit:
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_POLL_SECONDS)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the program named soffice is a wrapper, and its child outlives it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _profile_option(slot: Slot) -> str:
    return f"-env:UserInstallation={slot.profile.absolute().as_uri()}"


def _end_leftovers(slot: Slot) -> None:
    """End the LibreOffice of a worker that was killed: known by the profile in its command line."""
    option = os.fsencode(_profile_option(slot))
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if option in (entry / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)


def _renew_old_profile(slot: Slot, *, uses: int) -> None:
    """Count the conversions of a profile, and throw it away when it is worn."""
    counter = slot.folder / "uses"
    try:
        before = int(counter.read_text(encoding="ascii"))
    except (OSError, ValueError):
        before = 0
    if before > PROFILE_USES:
        shutil.rmtree(slot.profile, ignore_errors=True)
        before = 0
    counter.write_text(str(before + uses), encoding="ascii")
