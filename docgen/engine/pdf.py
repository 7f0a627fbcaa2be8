"""Word files to PDF by LibreOffice: in chunks, each result proved, with a way round a file that stops the rest.

Starting LibreOffice is nine tenths of the cost of one document, so many go into one call. It answers 0
without having made a PDF, takes a text file for a Word file, and dies with all that waited behind a bad
file. So the input is checked before and every PDF after; the file at which a call stopped is set aside, the
rest goes on in the next call, and what was set aside gets one more try alone in a fresh profile.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import Outage
from docgen.engine.errors import TemplateError
from docgen.engine.package import read_package
from docgen.engine.pdf_check import count_pages, pdf_problem, same_every_time
from docgen.engine.pdf_pages import page_png
from docgen.engine.soffice import (
    STALL_SECONDS,
    START_SECONDS,
    Slot,
    Timeouts,
    call,
    find_soffice,
    free_slot,
    hold,
)

#: Pages of a PDF, and one of them as a picture: for the desk.
page_count = count_pages

__all__ = [
    "PdfResult",
    "convert_in_pool",
    "convert_to_pdf",
    "count_pages",
    "find_soffice",
    "page_count",
    "page_png",
]

MISSING_VI = (
    "Chưa cài LibreOffice nên chưa tạo được PDF; tệp Word vẫn dùng được. "
    "Cài gói libreoffice-writer rồi chạy lại."
)
CHUNK = 25  # files in one call: a crash loses at most these, and the start is shared by them
#: The file that is tried alone may take so many times as long as one among others.
PATIENCE = 3
PATIENT = Timeouts(START_SECONDS, STALL_SECONDS)
_CANARY = -1  # index of the file that shows whether LibreOffice itself works
_NS = "http://schemas.openxmlformats.org"


@dataclass(frozen=True, slots=True)
class PdfResult:
    """One file's outcome: the PDF and its page count, or ``problem``, a Vietnamese sentence."""

    name: str
    pdf: bytes | None
    pages: int = 0
    problem: str | None = None


def convert_to_pdf(
    files: Sequence[tuple[str, bytes]],
    *,
    profile: Path,
    chunk: int = CHUNK,
    timeouts: Timeouts | None = None,
) -> list[PdfResult]:
    """PDFs of Word files, given as (name, bytes), in the same order.

    ``profile`` is a directory for LibreOffice alone; two calls with one directory wait for each other. A
    file that cannot be converted is a result with a ``problem``.
    Raises ``Outage`` if LibreOffice is missing or does not work.
    """
    slot = Slot(_program(), profile.absolute(), timeouts or PATIENT)
    with hold(slot, wait=True):
        results = dict(pair for pairs in _each_call(files, slot, chunk=chunk) for pair in pairs)
    return [results[index] for index in range(len(files))]


def convert_in_pool(
    files: Sequence[tuple[str, bytes]],
    *,
    root: Path,
    chunk: int = CHUNK,
    timeouts: Timeouts | None = None,
) -> Iterator[list[tuple[int, PdfResult]]]:
    """As ``convert_to_pdf``, in a profile below ``root`` that no other process uses.

    Gives (place, result) for the files of each call of LibreOffice as soon as it has ended.
    """
    with free_slot(_program(), root.absolute(), timeouts or PATIENT) as slot:
        yield from _each_call(files, slot, chunk=chunk)


def _program() -> Path:
    program = find_soffice()
    if program is None:
        raise Outage(MISSING_VI, retryable=False, code="soffice_missing")
    return program


def _each_call(
    files: Sequence[tuple[str, bytes]], slot: Slot, *, chunk: int
) -> Iterator[list[tuple[int, PdfResult]]]:
    good: list[int] = []
    unfit: list[tuple[int, PdfResult]] = []
    for index, (name, data) in enumerate(files):
        problem = _unfit(data)
        if problem is None:
            good.append(index)
        else:
            unfit.append((index, PdfResult(name, None, problem=problem)))
    yield unfit
    for start in range(0, len(good), chunk):
        part = {index: files[index][1] for index in good[start : start + chunk]}
        for made in _convert(part, slot):
            yield [(index, _result(*files[index], pdf)) for index, pdf in made.items()]


def _unfit(data: bytes) -> str | None:
    try:
        read_package(data)
    except TemplateError as error:
        return f"Không chuyển sang PDF được: {error.message}"
    return None


def _convert(files: Mapping[int, bytes], slot: Slot) -> Iterator[Mapping[int, bytes | None]]:
    """PDFs of a chunk, call by call; None for a file that LibreOffice cannot convert even alone."""
    rest = dict(files)
    while rest:
        done = call(slot, rest)
        yield done.made
        left = [index for index in rest if index not in done.made]
        # Those before the last PDF were refused, and so was every one left by a call that ended well;
        # otherwise the first after the last PDF is the one at which it stopped.
        last = max(done.made, default=-1)
        refused = left if done.whole else [index for index in left if index < last]
        stopped = [] if done.whole else [index for index in left if index > last][:1]
        for index in (*refused, *stopped):
            yield {index: _alone(index, rest[index], slot)}
        rest = {index: rest[index] for index in left if index not in (*refused, *stopped)}


def _alone(index: int, data: bytes, slot: Slot) -> bytes | None:
    """One more try with a fresh profile, behind a file that is known to be good.

    Raises Outage when not even that one is made: then LibreOffice is at fault, not the file.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-lo-", ignore_cleanup_errors=True) as fresh:
        timeouts = Timeouts(slot.timeouts.start, slot.timeouts.stall * PATIENCE)
        done = call(Slot(slot.program, Path(fresh), timeouts), {_CANARY: _canary(), index: data})
    if index in done.made:
        return done.made[index]
    if not count_pages(done.made.get(_CANARY, b"")):
        raise Outage(
            "LibreOffice trên máy này không tạo được PDF nào; tệp Word vẫn dùng được. Kiểm tra đĩa, bộ nhớ "
            "và gói libreoffice-writer.",
            code="soffice_failed",
        )
    return None


def _result(name: str, docx: bytes, pdf: bytes | None) -> PdfResult:
    if pdf is None:
        problem = "LibreOffice không chuyển được tệp này sang PDF (đã thử lại với hồ sơ mới)"
        return PdfResult(name, None, problem=problem)
    pages, fault = pdf_problem(docx, pdf)
    if fault is not None:
        return PdfResult(name, None, problem=fault)
    return PdfResult(name, same_every_time(docx, pdf), pages)


def _canary() -> bytes:
    """The smallest Word file, with one word."""
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_NS}/package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" Type='
            f'"{_NS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{_NS}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>docgen</w:t>'
            "</w:r></w:p></w:body></w:document>"
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return out.getvalue()
