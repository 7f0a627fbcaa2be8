"""Papers on the screen before they are issued: PDFs and page pictures in a small cache, made one after another.

A draft changes with every field that is left, so its PDFs are no stored files: they lie under the hash of the
Word file in a folder that is kept small and may be emptied at any time. One thread of the process makes them,
the newest wish first; a page asks again until its paper is there. LibreOffice is never waited for by a request.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from core.errors import NotFound, Outage
from docgen.engine.pdf import (
    MISSING_VI,
    PdfResult,
    convert_in_pool,
    count_pages,
    find_soffice,
    page_png,
)

log = logging.getLogger(__name__)
#: Files of the cache, its bytes, and how many papers may wait: who waits behind more is asked to try again.
KEEP_FILES = 600
KEEP_BYTES = 300 * 2**20
WAITING = 32
#: Papers that people wait for, in one call of LibreOffice.
TOGETHER = 3
#: Width of a page on the screen, in pixels: the widest that `.paper` shows.
SCREEN_WIDTH = 827
#: Seconds after which a paper that could not be made is tried again.
RETRY = 60
_HASH = re.compile(r"[0-9a-f]{64}")


class PreviewState(StrEnum):
    """How far a preview is."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper on the screen: pages when it is ready, else why not."""

    sha256: str
    state: PreviewState
    pages: int = 0
    problem: str = ""

    @property
    def numbers(self) -> range:
        """Page numbers from 1."""
        return range(1, self.pages + 1)


def ask_preview(docx: bytes, *, urgent: bool = True) -> Preview:
    """The preview of a Word file, begun if it is not there; not ``urgent`` comes after all that people wait for."""
    sha256 = hashlib.sha256(docx).hexdigest()
    path = _path(sha256, "docx")
    if not path.exists():
        _write(path, docx)
    return preview_of(sha256, urgent=urgent)


def preview_of(sha256: str, *, urgent: bool = True) -> Preview:
    """How far the preview of a Word file is that was asked for. Raises NotFound when nobody asked."""
    if not _HASH.fullmatch(sha256):
        raise NotFound("Địa chỉ bản xem không đúng.")
    pdf, problem = _path(sha256, "pdf"), _path(sha256, "loi")
    if pdf.exists():
        return stored_preview(sha256, pdf.read_bytes)
    if problem.exists() and time.time() - problem.stat().st_mtime < RETRY:
        return Preview(sha256, PreviewState.FAILED, problem=problem.read_text(encoding="utf-8"))
    if find_soffice() is None:
        return Preview(sha256, PreviewState.MISSING, problem=MISSING_VI)
    if not _path(sha256, "docx").exists():
        raise NotFound("Bản xem này đã được dọn. Mở lại trang để tạo bản mới.")
    _MAKER.want(sha256, urgent=urgent)
    return Preview(sha256, PreviewState.WAITING)


def preview_pdf(sha256: str) -> bytes:
    """The PDF of a preview that is ready. Raises NotFound."""
    preview_of(sha256)
    try:
        return _path(sha256, "pdf").read_bytes()
    except FileNotFoundError as fault:
        raise NotFound("Bản PDF chưa tạo xong; chờ một lát rồi thử lại.") from fault


def preview_page(sha256: str, number: int, *, width: int = SCREEN_WIDTH) -> bytes:
    """A page of a preview as PNG. Raises NotFound."""
    if not _HASH.fullmatch(sha256):
        raise NotFound("Địa chỉ bản xem không đúng.")
    return _kept_page(sha256, number, width, lambda: preview_pdf(sha256))


def stored_preview(sha256: str, pdf: Callable[[], bytes]) -> Preview:
    """The preview of a stored PDF: it is ready, and its pages are counted once."""
    kept = _path(sha256, "trang")
    try:
        pages = int(kept.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        pages = count_pages(pdf())
        _write(kept, str(pages).encode())
    return Preview(sha256, PreviewState.READY, pages=pages)


def stored_page(
    sha256: str, pdf: Callable[[], bytes], number: int, *, width: int = SCREEN_WIDTH
) -> bytes:
    """A page of a stored PDF, whose hash is given, as PNG. Raises NotFound, Unreadable."""
    return _kept_page(sha256, number, width, pdf)


def _kept_page(sha256: str, number: int, width: int, pdf: Callable[[], bytes]) -> bytes:
    path = _path(sha256, f"{width}-{number}.png")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = page_png(pdf(), number, width)
        _write(path, made)
        return made


class _Maker:
    """One thread that converts what is wanted, the newest first; it ends when nothing is wanted.

    Starting LibreOffice is most of the cost, so a few go into one call; what nobody waits for comes last, together.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._urgent: OrderedDict[str, None] = OrderedDict()
        self._idle: OrderedDict[str, None] = OrderedDict()
        self._thread: threading.Thread | None = None

    def want(self, sha256: str, *, urgent: bool) -> None:
        """Have this paper made. The oldest wishes of too many are dropped: a page asks again."""
        with self._lock:
            if not urgent and sha256 in self._urgent:
                return
            wanted = self._urgent if urgent else self._idle
            wanted[sha256] = None
            while len(wanted) > WAITING:
                wanted.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="previews", daemon=True)
                self._thread.start()

    def _next(self) -> list[str]:
        with self._lock:
            chosen = list(reversed(self._urgent))[:TOGETHER] or list(self._idle)
            if not chosen:
                self._thread = None
            return chosen

    def _work(self) -> None:
        while chosen := self._next():
            try:
                _make(chosen)
            except Outage as fault:
                self._say(chosen, fault.message)
            except OSError as fault:
                log.exception("bản xem")
                self._say(chosen, f"Không ghi được bản xem: {fault.strerror}.")
            finally:
                with self._lock:
                    for sha256 in chosen:
                        self._urgent.pop(sha256, None)
                        self._idle.pop(sha256, None)

    @staticmethod
    def _say(chosen: list[str], problem: str) -> None:
        with contextlib.suppress(OSError):
            for sha256 in chosen:
                _write(_path(sha256, "loi"), problem.encode())


_MAKER = _Maker()


def _make(chosen: list[str]) -> None:
    """Convert papers in one call and put each PDF, or the reason why there is none, beside its Word file."""
    todo = [
        sha256
        for sha256 in chosen
        if _path(sha256, "docx").exists() and not _path(sha256, "pdf").exists()
    ]
    files = [("xem-truoc.docx", _path(sha256, "docx").read_bytes()) for sha256 in todo]
    for made in convert_in_pool(files, root=Path(settings.DOCGEN_HOME) / "libreoffice"):
        for index, result in made:
            _keep(todo[index], result)
    _tidy()


def _keep(sha256: str, result: PdfResult) -> None:
    if result.pdf is None:
        _write(_path(sha256, "loi"), (result.problem or "").encode())
        return
    _write(_path(sha256, "trang"), str(result.pages).encode())
    _write(_path(sha256, "pdf"), result.pdf)


def _folder() -> Path:
    return Path(settings.DOCGEN_HOME) / "xem-truoc"


def _path(sha256: str, ending: str) -> Path:
    return _folder() / f"{sha256}.{ending}"


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing: somebody else may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as out:
        out.write(data)
    Path(out.name).replace(path)


def _tidy() -> None:
    """Drop the oldest files when there are too many or they are too large."""
    found = []
    for path in _folder().iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path.stat().st_size, path))
    found.sort(reverse=True)
    total = 0
    for count, (_, size, path) in enumerate(found, start=1):
        total += size
        if count > KEEP_FILES or total > KEEP_BYTES:
            path.unlink(missing_ok=True)
