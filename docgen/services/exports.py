"""Papers out of the store: one ZIP of any size, written as a stream, with an index and a folder a reporting unit.

The papers are looked at once, in order; what goes into the ZIP is noted in a temporary file, so that index and
files say the same whatever happens meanwhile, and memory does not grow with the batch.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from django.db.models import QuerySet

from core.errors import UserError
from docgen.engine.pdf_merge import merge_pdfs
from docgen.models import Batch, Document
from docgen.services.batches import documents_of
from docgen.services.export_index import (
    INDEX_NAME,
    PRINT_NAME,
    Entry,
    Notes,
    units_of,
    write_index,
)
from docgen.services.papers import paper_bytes
from docgen.services.zip_stream import Sink, zip_entry
from registry.models import StoredFile

_READ_TOGETHER = 200
_COPY_BYTES = 1 << 20
_UNITS_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Wishes:
    """What else goes into the ZIP: a merged PDF for each unit, made for printing on both sides."""

    pdf_per_unit: bool = False
    duplex: bool = False


PLAIN = Wishes()


@dataclass(slots=True)
class Exported:
    """What a ZIP holds; papers without a file or PDF are counted, and named in the index."""

    documents: int = 0
    without_file: int = 0
    without_pdf: int = 0
    units: dict[str, int] = field(default_factory=dict)  # folder: papers


def export_batch(batch: Batch, *, target: Path, wishes: Wishes = Wishes()) -> Exported:
    """Write the batch's papers (final, else draft) and their PDFs to a ZIP, in item order."""
    return export_documents(documents_of(batch), target=target, wishes=wishes)


def export_documents(
    documents: QuerySet[Document],
    *,
    target: Path,
    wishes: Wishes = Wishes(),
) -> Exported:
    """Write these papers to a ZIP; the file is there when it is whole, or not at all.

    Raises UserError when the place cannot be written, Outage when a paper is lost.
    """
    told = Exported()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            with unfinished.open("wb") as out:
                for piece in stream_documents(documents, wishes=wishes, told=told):
                    out.write(piece)
            unfinished.replace(target)
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
    except OSError as fault:
        raise UserError(
            f"Không ghi được tệp {target}: {fault.strerror}. Chọn thư mục khác.",
            code="unwritable",
            facts={"file": str(target)},
        ) from fault
    return told


def stream_documents(
    documents: QuerySet[Document], *, wishes: Wishes, told: Exported
) -> Iterator[bytes]:
    """The ZIP in pieces, a paper at a time, for a file or a browser; ``told`` is filled on the way."""
    sink = Sink()
    with (
        tempfile.TemporaryDirectory(prefix="docgen-export-") as folder,
        zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED) as archive,
        Notes(Path(folder, "notes")) as notes,
    ):
        notes.take(documents)
        index = Path(folder, "index.xlsx")
        write_index(notes, target=index)
        for piece in _file_pieces(archive, INDEX_NAME, index):
            del piece
            yield sink.taken()
        for entry in notes:
            _count(told, entry)
        for name, stored in _files(notes):
            archive.writestr(zip_entry(name), paper_bytes(stored), compresslevel=0)
            yield sink.taken()
        merged = Path(folder, "print.pdf")
        for unit, ids in _pdfs_of_units(notes, wishes):
            with merged.open("wb") as out:
                merge_pdfs(_stored_bytes(ids), out=out, duplex=wishes.duplex)
            for piece in _file_pieces(archive, f"{unit}/{PRINT_NAME}", merged):
                del piece
                yield sink.taken()
    yield sink.taken()


def _file_pieces(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[None]:
    """Copy a file into the ZIP, giving way after each piece."""
    info = zip_entry(name)
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as target:
        while piece := source.read(_COPY_BYTES):
            target.write(piece)
            yield


def _count(told: Exported, entry: Entry) -> None:
    told.documents += 1
    told.without_file += entry.word is None
    told.without_pdf += entry.pdf is None
    told.units[entry.folder] = told.units.get(entry.folder, 0) + 1


def _files(notes: Notes) -> Iterator[tuple[str, StoredFile]]:
    """Names in the ZIP with their stored files, read some hundred rows at a time."""
    wanted: list[tuple[str, int]] = []
    for entry in notes:
        wanted += [
            (f"{entry.folder}/{entry.name}{suffix}", pk)
            for suffix, pk in ((".docx", entry.word), (".pdf", entry.pdf))
            if pk is not None
        ]
        if len(wanted) >= _READ_TOGETHER:
            yield from _rows(wanted)
            wanted = []
    yield from _rows(wanted)


def _rows(wanted: list[tuple[str, int]]) -> Iterator[tuple[str, StoredFile]]:
    rows = StoredFile.objects.in_bulk({pk for _, pk in wanted})
    for name, pk in wanted:
        yield name, rows[pk]


def _pdfs_of_units(notes: Notes, wishes: Wishes) -> Iterator[tuple[str, list[int]]]:
    """Folders with the stored PDFs of their papers in order; nothing unless it is wished for."""
    found: dict[str, list[int]] = {}
    for entry in notes if wishes.pdf_per_unit else ():
        if entry.pdf is not None:
            found.setdefault(entry.folder, []).append(entry.pdf)
    yield from found.items()


def _stored_bytes(ids: Sequence[int]) -> Iterator[bytes]:
    for start in range(0, len(ids), _READ_TOGETHER):
        part = ids[start : start + _READ_TOGETHER]
        rows = StoredFile.objects.in_bulk(part)
        for pk in part:
            yield paper_bytes(rows[pk])


def pdfs_by_unit(documents: QuerySet[Document]) -> dict[str, list[int]]:
    """Reporting units in the order of their first paper, each with the stored PDFs of its papers in order."""
    found: dict[str, list[int]] = {}
    rows = documents.filter(pdf_file__isnull=False).select_related("issuer")
    chunk: list[Document] = []
    for document in rows.iterator(chunk_size=_UNITS_TOGETHER):
        chunk.append(document)
        if len(chunk) == _UNITS_TOGETHER:
            _add_units(chunk, found)
            chunk = []
    _add_units(chunk, found)
    return found


def _add_units(chunk: Sequence[Document], found: dict[str, list[int]]) -> None:
    for document, unit in zip(chunk, units_of(chunk), strict=True):
        if document.pdf_file_id is not None:
            found.setdefault(unit, []).append(document.pdf_file_id)


def print_pdfs(ids: Sequence[int], *, out: IO[bytes], duplex: bool) -> int:
    """Stored PDFs as one file that goes to the printer as it is; gives its pages.

    Raises Outage when one is lost or damaged.
    """
    return merge_pdfs(_stored_bytes(ids), out=out, duplex=duplex)
