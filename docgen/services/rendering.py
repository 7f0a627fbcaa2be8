"""From a document row to its file: context, render, store, in that order."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import Outage, UserError
from docgen.engine import Packing, Rendered, compiled
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.models import Document, DocumentEvent, DocumentState, JobState, Purpose, Rendering
from docgen.services.jobs import claim, fail, finish, give_back
from docgen.templates import DOCX, kept_bytes
from registry.files import store
from registry.models import StoredFile
from registry.registers import mark_issued


def numbering_of(document: Document, *, purpose: Purpose = Purpose.FINAL) -> Numbering:
    """Number and date of the paper as it stands; blank for a draft, also when its number has come meanwhile."""
    if document.number is None or purpose is Purpose.DRAFT:
        return Numbering(intended_date=document.intended_on)
    return Numbering(
        number=document.number.number,
        suffix=document.number.suffix,
        issue_date=document.issued_on,
        intended_date=document.intended_on,
    )


def render_document(document: Document, *, purpose: Purpose = Purpose.FINAL) -> Rendered:
    """Make the paper's Word file from its frozen data and template; the same bytes every time."""
    kind = get_kind(document.kind)
    numbering = numbering_of(document, purpose=purpose)
    context = kind.context(document.data, numbering)
    stamp = datetime.combine(numbering.on or document.intended_on, time(), tzinfo=UTC)
    template = compiled(
        kept_bytes(document.template_file), packing=Packing.parse(settings.DOCX_PACKING)
    )
    return template.render(context, stamp=stamp)


def file_name(document: Document) -> str:
    """A name people can read, without personal data: `70-KH-LĐLĐ_2024-05-02.docx`."""
    code = document.code.replace("/", "-") if document.code else f"du-thao-{document.id}"
    day = document.issued_on or document.intended_on
    return f"{code}_{day.isoformat()}.docx"


def ask_rendering(document: Document, purpose: Purpose) -> Rendering:
    """The job row that makes this file; an old one is put back to waiting.

    A worker that is at it now loses its claim: it may have read what has since changed.
    """
    job, created = Rendering.objects.get_or_create(document=document, purpose=purpose)
    if not created:
        Rendering.objects.filter(pk=job.pk).update(
            state=JobState.WAITING,
            attempt=0,
            lease_until=None,
            claimed_by="",
            error_code="",
            error_message="",
            queued_at=timezone.now(),
            finished_at=None,
        )
        job.refresh_from_db()
    return job


def run_rendering(job_id: int) -> JobState | None:
    """Do one waiting job. None when someone else has it or it is done.

    A fault of the data or template fails the row with its reason; a passing fault gives it back.
    """
    job = claim(Rendering, job_id)
    if job is None:
        return None
    document = Document.objects.select_related("number", "template_file").get(pk=job.document_id)
    purpose = Purpose(job.purpose)
    try:
        rendered = render_document(document, purpose=purpose)
        saved = store(rendered.docx, media_type=DOCX, name=file_name(document))
        with transaction.atomic():
            if not finish(job):
                return None
            _keep_output(document, purpose, saved)
    except Outage as fault:
        return give_back(job, fault)
    except UserError as fault:
        fail(job, code=fault.code, message=fault.message)
        return JobState.FAILED
    return JobState.DONE


def _keep_output(document: Document, purpose: Purpose, saved: StoredFile) -> None:
    """Attach the file; a final file issues the paper and completes its line in the register."""
    if purpose is Purpose.DRAFT:
        Document.objects.filter(pk=document.pk).update(draft_file=saved, updated_at=timezone.now())
        return
    issued = Document.objects.filter(pk=document.pk, state=DocumentState.NUMBERED).update(
        state=DocumentState.ISSUED, final_file=saved, updated_at=timezone.now()
    )
    if document.number is not None:
        mark_issued(document.number, file=saved)
    if issued:
        DocumentEvent.objects.create(
            document=document,
            actor="docgen",
            from_state=DocumentState.NUMBERED,
            to_state=DocumentState.ISSUED,
            note="Đã tạo bản chính thức",
        )
    else:
        Document.objects.filter(pk=document.pk, final_file=None).update(final_file=saved)
