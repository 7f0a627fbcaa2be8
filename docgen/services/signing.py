"""Signatures: one paper, or a batch as a whole, by people who may sign for the issuer on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from core.errors import Conflict
from docgen.kinds.base import SIGNER_FIELDS
from docgen.models import Document, DocumentEvent, DocumentState, Purpose, Rendering
from docgen.services.access import NOTE_LENGTH
from docgen.services.lifecycle import lock_in_state
from docgen.services.rendering import ask_rendering
from docgen.sources.base import Signature, signature_fields
from records.bulk import chunks_of, insert_rows, update_rows
from records.models import UnionOrg
from records.selectors.scope import one_reading
from registry.turns import behind

_S = DocumentState
SIGNER_KEYS = frozenset(spec.key for spec in SIGNER_FIELDS)
_CHUNK = 200
_READ = 500
#: Papers signed in one transaction on SQLite, where everybody has to wait for it; elsewhere all are.
_PART = 1000
_TRIES = 3


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
            _refuse_edited([paper.pk])
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


def _refuse_edited(papers: Sequence[UUID]) -> None:
    """A text that was written by hand names its signer: another one does not sign it. Raises Conflict."""
    paper = Document.objects.filter(pk__in=papers, edited_file__isnull=False).first()
    if paper is not None:
        raise Conflict(
            f"Văn bản “{paper.subject}” dùng bản Word sửa tay, đề tên người ký khác. Trả lại để người soạn sửa phần ký "
            "trong bản Word hoặc bỏ bản sửa tay.",
            code="edited_names_another_signer",
            facts={"document": str(paper.pk)},
        )


def _events(paper: Document, signature: Signature, *, actor: str, on: date) -> list[DocumentEvent]:
    moves = [(_S.SUBMITTED, _S.SIGNED, _note(signature, on))]
    if paper.state == _S.DRAFT:
        moves.insert(0, (_S.DRAFT, _S.SUBMITTED, ""))
    return [
        DocumentEvent(document=paper, actor=actor, from_state=before, to_state=after, note=note)
        for before, after, note in moves
    ]


def _note(signature: Signature, on: date) -> str:
    """Who signed, when and by whose right, for the paper's history."""
    parts = (f"Người ký: {signature.name}", f"ngày {on:%d/%m/%Y}", signature.by_delegation)
    return ", ".join(filter(None, parts))[:NOTE_LENGTH]


def signed_data(data: Mapping[str, object], signature: Signature) -> dict[str, object]:
    """The data with this signer's lines, and none of another signer's (the post signed for)."""
    kept = {key: value for key, value in data.items() if key not in SIGNER_KEYS}
    return {**kept, **signature.fields} if signature.fields else dict(data)


@dataclass(frozen=True, slots=True)
class _Paper:
    """What signing needs of a paper."""

    pk: UUID
    issuer: int
    signer: str | None
    on: date
    kind: str
    state: str
    version: datetime
    data: dict[str, object]


_COLUMNS = (
    "pk", "issuer_id", "signer__code", "intended_on", "kind", "state", "updated_at", "data",
)  # fmt: skip


def sign_papers(
    papers: Sequence[UUID], *, signer: str | None, actor: str, on: date | None = None
) -> int:
    """Draft or submitted → signed for all of these papers; what refuses one refuses all. Gives how many.

    Read first, then written a statement a table. Without ``signer`` each is signed by the person named on it.
    Raises NotFound when one may not sign, Conflict when papers are changed by somebody else meanwhile.
    """
    wanted = Document.objects.filter(state__in=(_S.DRAFT, _S.SUBMITTED))
    count = 0
    for _ in range(_TRIES):
        rights = _Rights(signer=signer, on=on)
        with one_reading():
            signings = [
                rights.signed(_Paper(*row))
                for chunk in chunks_of(papers, _READ)
                for row in wanted.filter(pk__in=chunk).values_list(*_COLUMNS)
            ]
        try:
            whole = max(1, len(signings))
            for part in chunks_of(signings, _PART if connection.vendor == "sqlite" else whole):
                with behind(), transaction.atomic():
                    _write(part, actor=actor)
                count += len(part)
        except _MovedError:
            continue
        return count
    done = f"mới ký được {count} văn bản" if count else "chưa ký văn bản nào"
    raise Conflict(
        f"Có người khác đang sửa văn bản của đợt này; {done}. Chờ rồi ký lại.",
        code="papers_moved",
        facts={"signed": count},
    )


class _MovedError(Exception):
    """A paper was changed between the reading and the writing."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """One paper with its signature; ``data`` only where the signer's lines changed."""

    pk: UUID
    version: datetime
    draft: bool
    person_id: int
    note: str
    data: dict[str, object] | None


class _Rights:
    """Each different right is looked up once."""

    def __init__(self, *, signer: str | None, on: date | None) -> None:
        self.signer, self.on = signer, on
        self._known: dict[tuple[int, str, date, str], Signature] = {}
        self._issuers: dict[int, UnionOrg] = {}

    def signed(self, paper: _Paper) -> _Signed:
        """The paper as it is with its signature. Raises NotFound."""
        day = self.on or paper.on
        signature = self._of(paper.issuer, self.signer or paper.signer or "", day, paper.kind)
        data = signed_data(paper.data, signature)
        return _Signed(
            paper.pk,
            paper.version,
            paper.state == _S.DRAFT,
            signature.person_id,
            _note(signature, day),
            data if data != paper.data else None,
        )

    def _of(self, issuer: int, signer: str, day: date, kind: str) -> Signature:
        key = (issuer, signer, day, kind)
        if key not in self._known:
            if issuer not in self._issuers:
                self._issuers[issuer] = UnionOrg.objects.get(pk=issuer)
            self._known[key] = signature_fields(
                self._issuers[issuer], signer=signer, on=day, kind=kind
            )
        return self._known[key]


def _write(signings: Sequence[_Signed], *, actor: str) -> None:
    now = timezone.now()
    alike = [one for one in signings if one.data is None]
    changed = [one for one in signings if one.data is not None]
    constants = {"state": _S.SIGNED.value, "signed_at": now, "updated_at": now}
    open_ = f"t.state IN ('{_S.DRAFT.value}', '{_S.SUBMITTED.value}')"
    _refuse_edited([one.pk for one in changed])
    count = 0
    for columns, rows in (
        (("id", "updated_at", "signer_id"), [(p.pk, p.version, p.person_id) for p in alike]),
        (
            ("id", "updated_at", "signer_id", "data"),
            [(p.pk, p.version, p.person_id, p.data) for p in changed],
        ),
    ):
        count += update_rows(Document, columns, rows, keys=2, constants=constants, where=open_)
    if count != len(signings):
        raise _MovedError
    submitted, signed = _S.SUBMITTED.value, _S.SIGNED.value
    insert_rows(
        DocumentEvent,
        ("document_id", "actor", "from_state", "to_state", "note"),
        [
            move
            for one in signings
            for move in (
                *([(one.pk, actor, _S.DRAFT.value, submitted, "")] if one.draft else []),
                (one.pk, actor, submitted, signed, one.note),
            )
        ],
    )
    asked = Rendering.objects.filter(
        document__in=[one.pk for one in changed], purpose=Purpose.DRAFT
    ).select_related("document")
    for job in asked:
        ask_rendering(job.document, Purpose.DRAFT)
