"""Word files to PDF by LibreOffice: in chunks, checked, with a way round a file that stops the rest.

Starting LibreOffice is nine tenths of the cost of one document, so many go into one call. It answers 0
without having made a PDF, takes a text file for a Word file, and dies with all that waited behind a bad
file: so the input is checked before, every PDF after, and what failed is halved until it stands alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from core.errors import Outage
from docgen.engine.errors import TemplateError
from docgen.engine.package import read_package

MISSING_VI = (
    "Chưa cài LibreOffice nên chưa tạo được PDF; tệp Word vẫn dùng được. "
    "Cài gói libreoffice-writer rồi chạy lại."
)
CHUNK = 25  # files in one call: a crash loses at most these, and the start is shared by them
TIMEOUT_START = 90.0  # seconds for LibreOffice to start, with a new profile
TIMEOUT_EACH = 15.0  # seconds for each file of the chunk
_NAMES = ("soffice", "libreoffice")
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")
_pdfium = threading.Lock()  # the library is not safe for threads


@dataclass(frozen=True, slots=True)
class PdfResult:
    """One file's outcome: the PDF and its page count, or ``problem``, a Vietnamese sentence."""

    name: str
    pdf: bytes | None
    pages: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Soffice:
    """How LibreOffice is called: the program, its profile directory, and time-outs in seconds."""

    program: Path
    profile: Path
    timeout_start: float = TIMEOUT_START
    timeout_each: float = TIMEOUT_EACH


def find_soffice() -> Path | None:
    """The LibreOffice program, or None if it is not installed."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def convert_to_pdf(
    files: Sequence[tuple[str, bytes]],
    *,
    profile: Path,
    chunk: int = CHUNK,
    timeout_start: float = TIMEOUT_START,
    timeout_each: float = TIMEOUT_EACH,
) -> list[PdfResult]:
    """PDFs of Word files, given as (name, bytes), in the same order.

    ``profile`` is LibreOffice's own directory, one for each worker process; two calls on one profile wait
    for each other. A file that cannot be converted is a result with a ``problem``.
    Raises ``Outage`` if LibreOffice is missing or does not start.
    """
    program = find_soffice()
    if program is None:
        raise Outage(MISSING_VI, retryable=False, code="soffice_missing")
    soffice = Soffice(program, profile.absolute(), timeout_start, timeout_each)
    results: dict[int, PdfResult] = {}
    good: list[int] = []
    for index, (name, data) in enumerate(files):
        problem = _unfit(data)
        if problem is None:
            good.append(index)
        else:
            results[index] = PdfResult(name, None, problem=problem)
    with _locked(soffice.profile):
        for start in range(0, len(good), chunk):
            part = {index: files[index] for index in good[start : start + chunk]}
            results |= _convert(part, soffice)
    return [results[index] for index in range(len(files))]


def count_pages(pdf: bytes) -> int:
    """Pages of a PDF; 0 if it is none or is broken."""
    if not pdf.startswith(b"%PDF"):
        return 0
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def _unfit(data: bytes) -> str | None:
    try:
        read_package(data)
    except TemplateError as error:
        return f"Không chuyển sang PDF được: {error.message}"
    return None


@contextlib.contextmanager
def _locked(profile: Path) -> Iterator[None]:
    """Hold the profile: of two LibreOffices on one profile the second makes nothing."""
    profile.mkdir(parents=True, exist_ok=True)
    with (profile / ".docgen-lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _convert(files: dict[int, tuple[str, bytes]], soffice: Soffice) -> dict[int, PdfResult]:
    """Convert a chunk; what was not made is halved and tried again, one alone in a fresh profile."""
    results = _run(files, soffice)
    left = {index: file for index, file in files.items() if index not in results}
    if not left:
        return results
    if len(left) == 1:
        return results | _alone(left, soffice)
    indexes = list(left)
    middle = len(indexes) // 2
    for half in (indexes[:middle], indexes[middle:]):
        results |= _convert({index: left[index] for index in half}, soffice)
    return results


def _alone(file: dict[int, tuple[str, bytes]], soffice: Soffice) -> dict[int, PdfResult]:
    with tempfile.TemporaryDirectory(prefix="docgen-lo-", ignore_cleanup_errors=True) as fresh:
        again = Soffice(soffice.program, Path(fresh), soffice.timeout_start, soffice.timeout_each)
        results = _run(file, again)
    for index, (name, _) in file.items():
        if index not in results:
            problem = "LibreOffice không chuyển được tệp này sang PDF (đã thử lại với hồ sơ mới)"
            results[index] = PdfResult(name, None, problem=problem)
    return results


def _run(files: dict[int, tuple[str, bytes]], soffice: Soffice) -> dict[int, PdfResult]:
    """One call of LibreOffice; only PDFs that were made and open are in the answer."""
    with tempfile.TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        target.mkdir()
        paths = []
        for index, (_, data) in files.items():
            path = source / f"{index:06d}.docx"
            path.write_bytes(data)
            paths.append(str(path))
        _call(soffice, paths, target)
        results = {}
        for index, (name, _) in files.items():
            made = target / f"{index:06d}.pdf"
            pdf = made.read_bytes() if made.is_file() else b""
            if pages := count_pages(pdf):
                results[index] = PdfResult(name, pdf, pages)
        return results


def _call(soffice: Soffice, paths: list[str], target: Path) -> None:
    command = [
        str(soffice.program),
        f"-env:UserInstallation={soffice.profile.as_uri()}",
        *("--headless", "--nologo", "--norestore", "--nodefault", "--nolockcheck"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(target)),
        *paths,
    ]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    timeout = soffice.timeout_start + soffice.timeout_each * len(paths)
    try:
        process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        message = f"Không chạy được LibreOffice ({soffice.program}); tệp Word vẫn dùng được."
        raise Outage(message, code="soffice_failed", facts={"detail": str(error)}) from error
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        pass  # what was made before counts; the rest is tried again in smaller parts
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the program named soffice is a wrapper, and its child outlives it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
