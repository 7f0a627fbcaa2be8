"""The paper of a document on the screen and in the hand: which file it is, who may see what is personal in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from core.schema import FieldKind, FieldSpec
from docgen.kinds import get_kind
from docgen.models import Conversion, Document, DocumentState, JobState, Purpose, Rendering
from docgen.services.papers import paper_bytes
from docgen.services.pdf import ask_conversions
from docgen.services.previews import (
    Preview,
    PreviewState,
    ask_preview,
    preview_page,
    preview_pdf,
    stored_page,
    stored_preview,
)
from docgen.services.rendering import file_name, file_of, render_document
from registry.models import StoredFile
from web.files import PDF, attachment, safe_name
from web.rights import Right
from web.viewer import Viewer
from workers.dispatch import send_conversions

#: The browser's own viewer shows a PDF of ours: nothing in it may load anything or stand in a frame.
PDF_POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
_PERSONAL_KINDS = frozenset({FieldKind.ID_NUMBER, FieldKind.PHONE})
_PERSONAL_KEYS = frozenset({"dob", "id_number", "phone", "address", "native_place"})


def holds_personal(document: Document) -> bool:
    """Whether the paper tells birth dates, ID numbers or homes of people."""
    return _personal(get_kind(document.kind).schema.fields, document.data)


def _personal(specs: Sequence[FieldSpec], data: object) -> bool:
    if isinstance(data, Sequence) and not isinstance(data, str):
        return any(_personal(specs, row) for row in data)
    if not isinstance(data, Mapping):
        return False
    people = "full_name" in data
    return any(
        data.get(spec.key)
        and (
            spec.kind in _PERSONAL_KINDS
            or (people and spec.key in _PERSONAL_KEYS)
            or (bool(spec.item) and _personal(spec.item, data[spec.key]))
        )
        for spec in specs
    )


def may_see_paper(viewer: Viewer, document: Document) -> bool:
    """Papers with personal data are for those who need them."""
    return viewer.may(Right.SEE_PERSONAL) or not holds_personal(document)


def word_bytes(document: Document) -> bytes:
    """The Word file: the kept one of a numbered paper, else the draft as it stands. Raises Outage while it is made."""
    if document.number_id is not None:
        return paper_bytes(file_of(document))
    return render_document(document, purpose=Purpose.DRAFT).docx


def shown(document: Document) -> Preview:
    """The paper on the screen; what is not there yet has been begun. Raises TemplateError for a broken template."""
    if document.pdf_file is not None:
        return stored_preview(document.pdf_file.sha256, partial(paper_bytes, document.pdf_file))
    if document.number_id is None:
        return ask_preview(word_bytes(document))
    if document.final_file is None:
        return _unfinished(document)
    return _converting(document)


def _unfinished(document: Document) -> Preview:
    job = Rendering.objects.filter(document=document, purpose=Purpose.FINAL).first()
    if job is not None and job.state == JobState.FAILED:
        return Preview("", PreviewState.FAILED, problem=job.error_message)
    return Preview("", PreviewState.WAITING)


def _converting(document: Document) -> Preview:
    job = Conversion.objects.filter(source=document.final_file).first()
    if job is None or (job.state == JobState.DONE and document.pdf_file is None):
        ask_pdf(document)
        document.refresh_from_db()
        if document.pdf_file is not None:
            return shown(document)
    elif job.state == JobState.FAILED:
        return Preview("", PreviewState.FAILED, problem=job.error_message)
    found = ask_preview(paper_bytes(document.final_file)) if document.final_file else None
    missing = found is not None and found.state == PreviewState.MISSING
    return found if found is not None and missing else Preview("", PreviewState.WAITING)


def ask_pdf(document: Document) -> None:
    """Have the PDF of an issued paper made by the workers."""
    with transaction.atomic():
        send_conversions(ask_conversions(Document.objects.filter(pk=document.pk)))


def page_picture(document: Document, number: int) -> bytes:
    """A page as PNG. Raises NotFound while it is not there."""
    if document.pdf_file is not None:
        pdf = document.pdf_file
        return stored_page(pdf.sha256, partial(paper_bytes, pdf), number)
    return preview_page(shown(document).sha256, number)


def pdf_bytes(document: Document, preview: Preview) -> bytes | None:
    """The PDF of a paper whose preview is given; nothing while it is made or when it cannot be."""
    if document.pdf_file is not None:
        return paper_bytes(document.pdf_file)
    return preview_pdf(preview.sha256) if preview.state == PreviewState.READY else None


def coming(request: HttpRequest, preview: Preview) -> HttpResponse:
    """The page that waits for a PDF and opens it, or says why there is none."""
    waits = preview.state == PreviewState.WAITING
    context = {"waits": waits, "problem": preview.problem}
    response = render(request, "web/documents/coming.html", context, status=202 if waits else 200)
    if waits:
        response.headers["Refresh"] = "3"
    return response


def shown_inline(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A PDF or picture that the browser shows itself, under its name."""
    response = HttpResponse(data, content_type=media_type)
    header = content_disposition_header(as_attachment=False, filename=safe_name(name))
    response.headers["Content-Disposition"] = header or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if media_type == PDF:
        response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def stored_download(stored: StoredFile, data: bytes) -> HttpResponse:
    """A stored file under the name it came with; PDFs and pictures open in the browser."""
    give = shown_inline if stored.media_type in (PDF, "image/png", "image/jpeg") else attachment
    return give(data, name=stored.name, media_type=stored.media_type)


def word_name(document: Document) -> str:
    """Name of the Word file for people."""
    return file_name(document)


def pdf_name(document: Document) -> str:
    """Name of the PDF for people."""
    return f"{file_name(document).removesuffix('.docx')}.pdf"


def is_settled(document: Document) -> bool:
    """Whether nothing is being made for it any more."""
    return document.state != DocumentState.NUMBERED
