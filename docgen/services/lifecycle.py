"""The life of one paper: draft, submitted, signed, numbered, issued, recalled or replaced.

Number and date come after signing (ND30 Điều 15 k2): number, register line and frozen data are one
transaction, and the final render follows from the frozen data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import Conflict, UserError
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.kinds.profiles import profile_on
from docgen.making import checked_data
from docgen.models import Document, DocumentEvent, DocumentState, Purpose
from docgen.services.access import request_key, standing_document
from docgen.services.rendering import ask_rendering
from docgen.sources import collect
from docgen.sources.base import signature_fields
from docgen.templates import keep_template, template_for

_S = DocumentState


@dataclass(frozen=True, slots=True)
class Requested:
    """Outcome of a request: the paper, and whether it is new or was standing already."""

    document: Document
    is_new: bool


def log_event(document: Document, *, actor: str, before: str, after: str, note: str = "") -> None:
    """One line of the paper's history."""
    DocumentEvent.objects.create(
        document=document, actor=actor, from_state=before, to_state=after, note=note
    )


def request_document(
    kind_key: str,
    *,
    record: str,
    on: date,
    actor: str,
    variant: str = "",
    templates: Path | None = None,
) -> Requested:
    """Draft the paper of a kind about a record, as the records stand on ``on``.

    The same request twice gives the same paper. Raises NotFound, DataIncomplete.
    """
    kind = get_kind(kind_key)
    collected = collect(kind_key, record=record, as_of=on, variant=variant)
    standing = standing_document(
        kind=kind_key, record=record, issued=False, variant=collected.variant
    )
    if standing is not None:
        return Requested(standing, is_new=False)
    day = collected.on or on
    data = dict(checked_data(kind, collected.data, Numbering(intended_date=day)))
    template = template_for(kind, data, library=templates or settings.TEMPLATES_DOCX_DIR)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                kind=kind_key,
                variant=collected.variant,
                record=record,
                request_key=request_key(kind=kind_key, variant=collected.variant, record=record),
                campaign_id=collected.campaign_id,
                issuer_id=collected.issuer_id,
                subject=kind.register_subject(data),
                intended_on=day,
                data=data,
                data_as_of=day,
                signer_id=collected.signer_id,
                profile=profile_on(day).format_key,
                template=template.name,
                template_file=keep_template(template),
                requested_by=actor,
            )
            document.cites.set(collected.cites)
            log_event(document, actor=actor, before="", after=_S.DRAFT)
            ask_rendering(document, Purpose.DRAFT)
    except IntegrityError:
        again = standing_document(
            kind=kind_key, record=record, issued=False, variant=collected.variant
        )
        if again is None:
            raise
        return Requested(again, is_new=False)
    return Requested(document, is_new=True)


def _move(
    document: Document,
    *,
    allowed: tuple[str, ...],
    to: str,
    actor: str,
    note: str = "",
    **changes: object,
) -> Document:
    """Change the state by a conditional update; raises Conflict when the paper has moved on."""
    before = document.state
    with transaction.atomic():
        moved = Document.objects.filter(pk=document.pk, state__in=allowed).update(
            state=to, updated_at=timezone.now(), **changes
        )
        if not moved:
            document.refresh_from_db()
            wanted = " hoặc ".join(f"“{_S(state).label}”" for state in allowed)
            raise Conflict(
                f"Văn bản “{document.subject}” đang ở trạng thái “{document.get_state_display()}”; "
                f"việc này chỉ làm được khi văn bản ở trạng thái {wanted}.",
                facts={"document": str(document.pk), "state": document.state},
            )
        document.refresh_from_db()
        log_event(document, actor=actor, before=before, after=to, note=note)
    return document


def submit_document(document: Document, *, actor: str) -> Document:
    """Draft or returned → submitted."""
    return _move(document, allowed=(_S.DRAFT, _S.RETURNED), to=_S.SUBMITTED, actor=actor)


def return_document(document: Document, *, actor: str, remarks: str) -> Document:
    """Submitted → returned, with remarks."""
    if not remarks.strip():
        raise UserError("Trả lại văn bản thì phải ghi ý kiến để người soạn sửa.")
    return _move(
        document, allowed=(_S.SUBMITTED,), to=_S.RETURNED, actor=actor, note=remarks.strip()
    )


def record_signature(document: Document, *, signer: str, actor: str, on: date) -> Document:
    """Submitted → signed by an office holder who may sign for the issuer on that day.

    The signer's lines on the paper follow the person. Raises UserError if the person may not sign.
    """
    signature = signature_fields(document.issuer, signer=signer, on=on, kind=document.kind)
    data = {**document.data, **signature.fields}
    return _move(
        document,
        allowed=(_S.SUBMITTED,),
        to=_S.SIGNED,
        actor=actor,
        note=f"Người ký: {signature.name}",
        data=data,
        signer_id=signature.person_id,
        signed_at=timezone.now(),
    )
