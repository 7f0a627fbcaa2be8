"""Signatures: one paper, or a batch as a whole, by people who may sign for the issuer on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from docgen.kinds.base import SIGNER_FIELDS
from docgen.models import Document, DocumentEvent, DocumentState, Purpose
from docgen.services.lifecycle import lock_in_state
from docgen.services.rendering import ask_rendering
from docgen.sources.base import Signature, signature_fields

_S = DocumentState
SIGNER_KEYS = frozenset(spec.key for spec in SIGNER_FIELDS)
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs a paper (a person's code) and when; without a day on the paper's intended one."""

    document: Document
    signer: str
    on: date | None = None

    @property
    def day(self) -> date:
        """The day of the signature."""
        return self.on or self.document.intended_on


def record_signature(document: Document, *, signer: str, actor: str, on: date) -> Document:
    """Submitted → signed by an office holder who may sign for the issuer on that day.

    The signer's lines on the paper follow the person; when they change, the draft is made again. Raises
    NotFound if the person may not sign.
    """
    with transaction.atomic():
        lock_in_state(document, (_S.SUBMITTED,))
        sign_many([Signing(document, signer, on)], actor=actor)
    return document


def sign_many(signings: Sequence[Signing], *, actor: str) -> int:
    """Draft or submitted → signed, all or none; call it with the rows locked, inside a transaction.

    Each different right is looked up once. Gives how many were signed. Raises NotFound as above.
    """
    rights: dict[tuple[int, str, date, str], Signature] = {}
    papers, events, changed = [], [], []
    now = timezone.now()
    for one in signings:
        paper = one.document
        key = (paper.issuer_id, one.signer, one.day, paper.kind)
        if key not in rights:
            rights[key] = signature_fields(
                paper.issuer, signer=one.signer, on=one.day, kind=paper.kind
            )
        signature = rights[key]
        data = signed_data(paper.data, signature)
        if data != paper.data:
            changed.append(paper)
        events += _events(paper, signature, actor=actor, on=one.day)
        paper.data, paper.signer_id, paper.state = data, signature.person_id, _S.SIGNED
        paper.signed_at = paper.updated_at = now
        papers.append(paper)
    Document.objects.bulk_update(
        papers, ("data", "signer", "state", "signed_at", "updated_at"), batch_size=_CHUNK
    )
    DocumentEvent.objects.bulk_create(events, batch_size=_CHUNK)
    for paper in changed:
        ask_rendering(paper, Purpose.DRAFT)
    return len(papers)


def _events(paper: Document, signature: Signature, *, actor: str, on: date) -> list[DocumentEvent]:
    moves = [(_S.SUBMITTED, _S.SIGNED, f"Người ký: {signature.name}, ngày {on:%d/%m/%Y}")]
    if paper.state == _S.DRAFT:
        moves.insert(0, (_S.DRAFT, _S.SUBMITTED, ""))
    return [
        DocumentEvent(document=paper, actor=actor, from_state=before, to_state=after, note=note)
        for before, after, note in moves
    ]


def signed_data(data: Mapping[str, object], signature: Signature) -> dict[str, object]:
    """The data with this signer's lines, and none of another signer's (the post signed for)."""
    kept = {key: value for key, value in data.items() if key not in SIGNER_KEYS}
    return {**kept, **signature.fields} if signature.fields else dict(data)
