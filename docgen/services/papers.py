"""Reading stored papers: what was made here can be made again, so a lost file is an outage only when it cannot.

The registry proves whatever is made again by the hash that its row has always had.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from core.errors import DocgenError
from docgen.engine.pdf import convert_to_pdf
from docgen.models import Conversion, Document, Purpose
from docgen.services.rendering import render_document
from registry.files import read
from registry.models import StoredFile

PDF = "application/pdf"


def paper_bytes(stored: StoredFile) -> bytes:
    """The bytes of a paper, its draft or its PDF; made again when they are lost.

    Raises Outage when they are lost and cannot be made as they were.
    """
    return read(stored, remake=remade)


def remade(stored: StoredFile) -> bytes | None:
    """The bytes of a lost file from the rows; None when no row tells how, or making it fails."""
    try:
        if stored.media_type == PDF:
            return _converted_again(stored)
        return _rendered_again(stored)
    except DocgenError:
        return None


def _rendered_again(stored: StoredFile) -> bytes | None:
    papers = Document.objects.select_related("number", "template_file")
    for purpose, found in (
        (Purpose.FINAL, papers.filter(final_file=stored).first()),
        (Purpose.DRAFT, papers.filter(draft_file=stored).first()),
    ):
        if found is not None:
            return render_document(found, purpose=purpose).docx
    return None


def _converted_again(stored: StoredFile) -> bytes | None:
    conversion = Conversion.objects.filter(pdf=stored).select_related("source").first()
    if conversion is None:
        return None
    word = (conversion.source.name, paper_bytes(conversion.source))
    profile = Path(settings.DOCGEN_HOME) / "libreoffice" / "lam-lai"
    return convert_to_pdf([word], profile=profile)[0].pdf
