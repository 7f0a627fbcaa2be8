"""Papers out of the store: a ZIP with folders by issuing unit and names that people can read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from core.errors import UserError
from core.text import unaccent
from docgen.models import Batch, Document
from docgen.services.batches import documents_of
from docgen.services.rendering import file_name
from registry.files import read

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


def export_documents(documents: list[Document], *, target: Path) -> int:
    """One file at a time goes through memory, so a batch of any size exports."""
    count = 0
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for document in documents:
                for stored, suffix in (
                    (document.final_file or document.draft_file, ".docx"),
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


def zip_of(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP of small files in memory: what one reporting unit gets in a round of forms."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
