"""The life of one paper: draft, submitted, signed, numbered, issued, recalled or replaced.

Number and date come after signing (ND30 Điều 15 k2): number, register line and frozen data are one
transaction, and the final render follows from the frozen data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import Conflict, UserError
from core.profiles import profile_on
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.models import ENDED_STATES, Document, DocumentEvent, DocumentState, Purpose
from docgen.services.access import request_key, standing_document, within
from docgen.services.asking import check_given, check_known, with_given
from docgen.services.rendering import ask_rendering
from docgen.sources import collect, variant_of
from docgen.templates import Template, keep_template, template_for

_S = DocumentState
#: A paper with a number that is in force.
NUMBERED_STATES = (_S.NUMBERED, _S.ISSUED)


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a draft says and stands on, as the records are on its day."""

    columns: dict[str, object]
    cites: tuple[Document, ...]
    template: Template


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which paper is asked for, and what a person adds to the records: ``fresh`` now, ``kept`` from before."""

    kind: str
    record: str
    on: date
    variant: str
    fresh: Mapping[str, object]
    kept: Mapping[str, object] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, object]:
        """All that was written, the newest last."""
        return {**self.kept, **self.fresh}


def _draft(asked: _Asked, *, library: Path | None) -> _Draft:
    """Read the records and check them. Raises NotFound, DataIncomplete naming every field at once."""
    kind = get_kind(asked.kind)
    collected = collect(asked.kind, record=asked.record, as_of=asked.on, variant=asked.variant)
    day = collected.on or asked.on
    check_given(asked.kind, asked.fresh, collected.data)
    said = with_given(asked.kind, collected.data, asked.given)
    data = dict(checked_data(kind, said, Numbering(intended_date=day)))
    template = template_for(kind, data, library=library or settings.TEMPLATES_DOCX_DIR)
    columns: dict[str, object] = {
        "variant": collected.variant,
        "campaign_id": collected.campaign_id,
        "issuer_id": collected.issuer_id,
        "signer_id": collected.signer_id,
        "subject": kind.register_subject(data),
        "intended_on": day,
        "data": data,
        "given": asked.given or None,
        "data_as_of": day,
        "profile": profile_on(day).format_key,
        "template": template.name,
    }
    return _Draft(columns=columns, cites=collected.cites, template=template)


def request_document(
    kind_key: str,
    *,
    record: str,
    on: date,
    actor: str,
    variant: str = "",
    replaces: Document | None = None,
    given: Mapping[str, object] | None = None,
    templates: Path | None = None,
) -> Requested:
    """Draft the paper of a kind about a record, as the records stand on ``on``.

    The same request twice gives the same paper. With ``replaces`` it is a new paper beside the one that
    is still in force, for ``replace_document``. ``given`` are fields that no record holds. Raises NotFound,
    UserError (a field that the records give), DataIncomplete; Conflict when there is nothing to replace.
    """
    check_known(kind_key, given or {})
    if replaces is not None:
        _check_replaced(replaces, kind=kind_key, record=record)
        variant = variant or replaces.variant
    variant = variant_of(kind_key, record=record, on=on, given=variant)
    standing = _requested_before(kind_key, record=record, variant=variant, replaces=replaces)
    if standing is not None:
        return Requested(standing, is_new=False)
    asked = _Asked(kind_key, record, on, variant, given or {})
    draft = _draft(asked, library=templates)
    key = request_key(
        kind=kind_key, variant=str(draft.columns["variant"]), record=record, replaces=replaces
    )
    try:
        with transaction.atomic():
            document = Document.objects.create(
                kind=kind_key,
                record=record,
                request_key=key,
                requested_by=actor,
                template_file=keep_template(draft.template),
                **draft.columns,
            )
            document.cites.set(draft.cites)
            log_event(document, actor=actor, before="", after=_S.DRAFT)
            ask_rendering(document, Purpose.DRAFT)
    except IntegrityError:
        again = Document.objects.filter(request_key=key).exclude(state__in=ENDED_STATES).first()
        if again is None:
            raise
        return Requested(again, is_new=False)
    return Requested(document, is_new=True)


def _requested_before(
    kind: str, *, record: str, variant: str, replaces: Document | None
) -> Document | None:
    get_kind(kind)  # an unknown kind is an error whatever stands
    if replaces is None:
        return standing_document(kind=kind, record=record, variant=variant)
    key = request_key(kind=kind, variant=variant, record=record, replaces=replaces)
    return Document.objects.filter(request_key=key).exclude(state__in=ENDED_STATES).first()


def _check_replaced(replaced: Document, *, kind: str, record: str) -> None:
    if (replaced.kind, replaced.record) != (kind, record) or replaced.state not in NUMBERED_STATES:
        raise Conflict(
            f"Văn bản “{replaced}” không thay thế được: phải là văn bản cùng loại, về cùng hồ sơ, "
            "đã cấp số và còn hiệu lực.",
            facts={"document": str(replaced.pk), "state": replaced.state},
        )


def redraft_document(
    document: Document,
    *,
    on: date,
    actor: str,
    given: Mapping[str, object] | None = None,
    templates: Path | None = None,
) -> Document:
    """Draft, returned or signed without a number → draft again, as the records stand on ``on``.

    A signature given before no longer counts. What a person gave stays unless ``given`` says otherwise.
    Raises Conflict once the paper is submitted or numbered, else as ``request_document``.
    """
    check_known(document.kind, given or {})
    kept = document.given or {}
    asked = _Asked(document.kind, document.record, on, document.variant, given or {}, kept)
    draft = _draft(asked, library=templates)
    with transaction.atomic():
        _move(
            document,
            allowed=(_S.DRAFT, _S.RETURNED, _S.SIGNED),
            to=_S.DRAFT,
            actor=actor,
            note=f"Soạn lại theo hồ sơ ngày {on:%d/%m/%Y}",
            signed_at=None,
            draft_file=None,
            edited_file=None,
            template_file=keep_template(draft.template),
            **draft.columns,
        )
        document.cites.set(draft.cites)
        ask_rendering(document, Purpose.DRAFT)
    return document


def _move(
    document: Document,
    *,
    allowed: tuple[str, ...],
    to: str,
    actor: str,
    note: str = "",
    **changes: object,
) -> Document:
    """Change the state of the row as it is now; raises Conflict when the paper has moved on."""
    with transaction.atomic():
        before = lock_in_state(document, allowed)
        Document.objects.filter(pk=document.pk).update(
            state=to, updated_at=timezone.now(), **changes
        )
        document.refresh_from_db()
        log_event(document, actor=actor, before=before, after=to, note=note)
    return document


def lock_in_state(document: Document, allowed: tuple[str, ...]) -> str:
    """Lock the paper and bring it up to date; its state. Raises Conflict when it is in none of these."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update(of=("self",)))
    if document.state not in allowed:
        wanted = " hoặc ".join(f"“{_S(state).label}”" for state in allowed)
        raise Conflict(
            f"Văn bản “{document.subject}” đang ở trạng thái “{document.get_state_display()}”; "
            f"việc này chỉ làm được khi văn bản ở trạng thái {wanted}.",
            facts={"document": str(document.pk), "state": document.state},
        )
    return document.state


def submit_document(document: Document, *, actor: str) -> Document:
    """Draft or returned → submitted."""
    return _move(document, allowed=(_S.DRAFT, _S.RETURNED), to=_S.SUBMITTED, actor=actor)


def return_document(document: Document, *, actor: str, remarks: str) -> Document:
    """Submitted → returned, with remarks."""
    remarks = remarks.strip()
    if not remarks:
        raise UserError("Trả lại văn bản thì phải ghi ý kiến để người soạn sửa.")
    note = within(remarks, "ý kiến")
    return _move(document, allowed=(_S.SUBMITTED,), to=_S.RETURNED, actor=actor, note=note)
