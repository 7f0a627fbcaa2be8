"""From a document row to its file: context, render, store, in that order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import Outage, UserError
from core.symbols import format_code
from docgen.engine import CompiledTemplate, Packing, Rendered, compiled
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.models import Document, DocumentEvent, DocumentState, JobState, Purpose, Rendering
from docgen.rules.stamp import stamped
from docgen.services.effects import apply_effects
from docgen.services.jobs import claim, fail, finish, give_back
from docgen.templates import DOCX, kept_bytes
from registry.files import read, store
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


def fill(
    kind: str,
    data: Mapping[str, object],
    numbering: Numbering,
    *,
    template: CompiledTemplate,
    intended_on: date,
) -> Rendered:
    """Fill a kind's template with the data of one paper; the same bytes every time."""
    return template.render(
        get_kind(kind).context(data, numbering), stamp=_stamp(numbering.on or intended_on)
    )


def prove(kind: str, data: Mapping[str, object], *, on: date, template: CompiledTemplate) -> None:
    """See to it that a draft of that day can be made of these data. Raises TemplateError, MissingValues."""
    context = get_kind(kind).context(data, Numbering(intended_date=on))
    template.prove(context, stamp=_stamp(on))


def _stamp(on: date) -> datetime:
    """The paper's own day as the time of the file: no clock, so the bytes repeat."""
    return datetime.combine(on, time(), tzinfo=UTC)


def compiled_template(template: bytes) -> CompiledTemplate:
    """The template, compiled once a process, that packs as the setting says."""
    return compiled(template, packing=Packing.parse(settings.DOCX_PACKING))


def render_document(document: Document, *, purpose: Purpose = Purpose.FINAL) -> Rendered:
    """Make the paper's Word file from its frozen data and template; the same bytes every time.

    A text that was changed by hand is taken as it is kept; number and day go into their places.
    """
    numbering = numbering_of(document, purpose=purpose)
    if document.edited_file is not None:
        return _hand_edited(document, document.edited_file, numbering)
    return fill(
        document.kind,
        document.data,
        numbering,
        template=compiled_template(kept_bytes(document.template_file)),
        intended_on=document.intended_on,
    )


def _hand_edited(document: Document, kept: StoredFile, numbering: Numbering) -> Rendered:
    docx = read(kept)
    if numbering.number is not None and numbering.issue_date is not None:
        symbol = str(document.data["doc_symbol"])
        code = format_code(numbering.number, numbering.suffix, symbol)
        docx = stamped(docx, symbol=symbol, code=code, on=numbering.issue_date)
    return Rendered(docx, hashlib.sha256(docx).hexdigest())


def generated_draft(document: Document) -> bytes:
    """The draft as it is made from data and template, whatever somebody wrote by hand since."""
    return fill(
        document.kind,
        document.data,
        Numbering(intended_date=document.intended_on),
        template=compiled_template(kept_bytes(document.template_file)),
        intended_on=document.intended_on,
    ).docx


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
    return None if job is None else do_claimed(job)


def do_claimed(job: Rendering) -> JobState | None:
    """Do one claimed job; as ``run_rendering``."""
    document = Document.objects.select_related("number", "template_file").get(pk=job.document_id)
    purpose = Purpose(job.purpose)
    try:
        rendered = render_document(document, purpose=purpose)
        saved = store(rendered.docx, media_type=DOCX, name=file_name(document))
        with transaction.atomic():
            if not finish(job):
                return None
            _keep_output(document, purpose, saved, consequences=job.consequences)
    except Outage as fault:
        return give_back(job, fault)
    except UserError as fault:
        fail(job, code=fault.code, message=fault.message)
        return JobState.FAILED
    return JobState.DONE


def _keep_output(
    document: Document, purpose: Purpose, saved: StoredFile, *, consequences: bool
) -> None:
    """Attach the file; a final file issues the paper, completes its line in the register, and brings the
    ``consequences`` that the paper of a batch has still to come.
    """
    if purpose is Purpose.DRAFT:
        Document.objects.filter(pk=document.pk).update(draft_file=saved, updated_at=timezone.now())
        return
    issued = Document.objects.filter(pk=document.pk, state=DocumentState.NUMBERED).update(
        state=DocumentState.ISSUED, final_file=saved, updated_at=timezone.now()
    )
    if document.number is not None:
        mark_issued(document.number, file=saved)
    if issued:
        if consequences and document.number is not None:
            apply_effects(document, actor=document.number.actor)
        DocumentEvent.objects.create(
            document=document,
            actor="docgen",
            from_state=DocumentState.NUMBERED,
            to_state=DocumentState.ISSUED,
            note="Đã tạo bản chính thức",
        )
    else:
        Document.objects.filter(pk=document.pk, final_file=None).update(final_file=saved)


def file_of(document: Document) -> StoredFile:
    """The final file of a numbered paper, the draft of any other, made now if it has to be. Raises as ``draft_of``."""
    if document.final_file is not None:
        return document.final_file
    if document.number_id is None:
        return draft_of(document)
    raise Outage(
        f"Văn bản {document.code} đã có số nhưng chưa có tệp; chạy “docgen sweep” để tạo nốt.",
        code="file_to_come",
    )


def draft_of(document: Document) -> StoredFile:
    """The file of a paper's draft, made now if nobody has asked for it yet.

    Raises UserError when template or data do not allow it, Outage when it has to wait.
    """
    if document.draft_file is None:
        run_rendering(ask_rendering(document, Purpose.DRAFT).pk)
        document.refresh_from_db()
    if document.draft_file is None:
        job = Rendering.objects.get(document=document, purpose=Purpose.DRAFT)
        if job.state == JobState.FAILED:
            raise UserError(job.error_message, code=job.error_code)
        raise Outage(
            job.error_message or "Bản dự thảo đang được một máy chạy việc khác làm.",
            code=job.error_code or "draft_busy",
        )
    return document.draft_file
