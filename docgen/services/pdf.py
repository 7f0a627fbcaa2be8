"""PDFs of issued papers: chunks through LibreOffice, each result verified and kept by its hash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from docgen.engine.pdf import convert_to_pdf
from docgen.models import Document
from docgen.services.rendering import file_name
from registry.files import NewFile, read, store_many

CHUNK = 40


def missing_pdfs() -> list[str]:
    """Ids of issued papers without a PDF, in the order of their numbers."""
    return [
        str(pk)
        for pk in Document.objects.filter(final_file__isnull=False, pdf_file__isnull=True)
        .order_by("issuer_id", "issued_on", "number__number")
        .values_list("pk", flat=True)
    ]


def make_pdfs(document_ids: Sequence[str], *, profile: Path) -> dict[str, str]:
    """Convert these papers; gives the reason for each that failed. Raises Outage without LibreOffice."""
    failures: dict[str, str] = {}
    for start in range(0, len(document_ids), CHUNK):
        papers = list(
            Document.objects.filter(
                pk__in=document_ids[start : start + CHUNK],
                final_file__isnull=False,
                pdf_file__isnull=True,
            ).select_related("final_file", "number")
        )
        files = [(f"{paper.pk}.docx", _final(paper)) for paper in papers]
        results = convert_to_pdf(files, profile=profile) if files else []
        done: list[tuple[Document, bytes]] = []
        for paper, result in zip(papers, results, strict=True):
            if result.pdf is None:
                failures[str(paper.pk)] = result.problem or ""
            else:
                done.append((paper, result.pdf))
        _keep(done)
    return failures


def _final(paper: Document) -> bytes:
    if paper.final_file is None:
        raise RuntimeError("chosen by final_file__isnull=False")
    return read(paper.final_file)


def _keep(done: Sequence[tuple[Document, bytes]]) -> None:
    """One durable write for the chunk, then the rows."""
    stored = store_many(
        NewFile(
            data=pdf,
            media_type="application/pdf",
            name=str(Path(file_name(paper)).with_suffix(".pdf")),
        )
        for paper, pdf in done
    )
    for (paper, _), row in zip(done, stored, strict=True):
        Document.objects.filter(pk=paper.pk).update(pdf_file=row, updated_at=timezone.now())
