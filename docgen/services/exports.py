"""Papers out of the store: a ZIP with folders by issuing unit and names that people can read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from core.errors import UserError
from core.text import unaccent
from docgen.models import Batch, Document
from docgen.services.batches import documents_of
from docgen.services.rendering import file_name, file_of
from registry.files import read
from registry.models import StoredFile

_STAMP = (1980, 1, 1, 0, 0, 0)


def folder_name(name: str) -> str:
    """An organisation's name as a folder: no diacritics, nothing that a file system refuses."""
    return re.sub(r"[^A-Za-z0-9]+", "-", unaccent(name)).strip("-") or "khac"


def export_batch(batch: Batch, *, target: Path) -> int:
    """Write the batch's papers (final, else draft) to a ZIP. Gives how many there are."""
    return export_documents(
        list(documents_of(batch).select_related("issuer", "final_file", "draft_file", "pdf_file")),
        target=target,
    )


def _word_file(document: Document) -> StoredFile | None:
    """Final, else draft; a numbered paper whose file is still to come has none."""
    if document.number_id is not None and document.final_file is None:
        return document.draft_file
    return file_of(document)


def export_documents(documents: list[Document], *, target: Path) -> int:
    """One file at a time goes through memory, so a batch of any size exports."""
    count = 0
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for document in documents:
                for stored, suffix in (
                    (_word_file(document), ".docx"),
                    (document.pdf_file, ".pdf"),
                ):
                    if stored is None:
                        continue
                    name = Path(file_name(document)).with_suffix(suffix)
                    entry = zipfile.ZipInfo(
                        f"{folder_name(document.issuer.name)}/{name}", date_time=_STAMP
                    )
                    archive.writestr(entry, read(stored))
                count += 1
    except OSError as fault:
        raise UserError(
            f"Không ghi được tệp {target}: {fault.strerror}. Chọn thư mục khác.",
            code="unwritable",
            facts={"file": str(target)},
        ) from fault
    return count
