"""Drafting a chunk of a batch: records read together, papers checked and filled in memory, rows written at once.

The draft of a batch has no file of its own until somebody asks for it (`rendering.file_of`): it can be made again
at any time, and 10,000 files that nobody opens would cost more than all else.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import DocgenError, Outage, UserError
from core.profiles import profile_on
from docgen.engine import CompiledTemplate
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.models import (
    ENDED_STATES,
    Batch,
    BatchItem,
    Document,
    DocumentEvent,
    DocumentState,
    JobState,
    Purpose,
    Rendering,
)
from docgen.services import rendering
from docgen.services.access import request_key
from docgen.services.jobs import fail_many, finish_many, give_back, lock_held
from docgen.services.lifecycle import redraft_document
from docgen.sources import collect_many, variant_of
from docgen.sources.base import Collected
from docgen.templates import Template, keep_template, kept_bytes, template_in_use
from records.bulk import insert_rows
from records.selectors.scope import one_reading
from registry.models import StoredFile
from registry.turns import behind

#: What is written of a new paper; the other columns have their defaults.
_COLUMNS = (
    "id", "kind", "variant", "record", "request_key", "campaign_id", "issuer_id", "state", "subject",
    "intended_on", "data", "data_as_of", "profile", "template", "template_file_id", "signer_id",
    "requested_by", "created_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    """A template in use, stored and compiled."""

    template: Template
    file: StoredFile
    compiled: CompiledTemplate


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper that is ready to be written."""

    item: BatchItem
    collected: Collected
    day: date
    data: Mapping[str, object]
    template: str
    file: StoredFile


class _Library:
    """Templates of one chunk: each looked up, stored and compiled once."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def get(self, name: str) -> _Kept:
        """The template in use of that name. Raises NotFound, TemplateError."""
        if name not in self._kept:
            template = template_in_use(name, library=settings.TEMPLATES_DOCX_DIR)
            file = keep_template(template)
            compiled = rendering.compiled_template(kept_bytes(file))
            self._kept[name] = _Kept(template, file, compiled)
        return self._kept[name]


def draft_items(batch: Batch, items: Sequence[BatchItem]) -> dict[int, JobState]:
    """Make the papers of claimed items of one batch; what became of each, by item.

    Data and template faults end an item with its reason, a passing fault gives it back. A record whose paper
    stands already gets that paper.
    """
    outcome: dict[int, JobState] = {}
    with one_reading():
        standing = _standing(batch, items)
        for item in items:
            if item.record in standing:
                outcome[item.pk] = _take_standing(batch, item, standing[item.record])
        fresh = [item for item in items if item.record not in standing]
        try:
            drafts, faults = _drafts(batch, fresh)
        except Outage as fault:
            return outcome | {item.pk: give_back(item, fault) for item in fresh}
    fail_many(faults)
    outcome |= dict.fromkeys((item.pk for item, _ in faults), JobState.FAILED)
    try:
        _write(batch, drafts)
    except IntegrityError:
        # Another process requested one of these papers this moment: one by one they find what stands now.
        if len(drafts) == 1 and not _standing(batch, [drafts[0].item]):
            raise
        for draft in drafts:
            outcome |= draft_items(batch, [draft.item])
        return outcome
    return outcome | dict.fromkeys((draft.item.pk for draft in drafts), JobState.DONE)


def _standing(batch: Batch, items: Sequence[BatchItem]) -> dict[str, Document]:
    """The newest standing paper of each record that has one, of the variant that is meant."""
    wanted = {
        item.record: variant_of(
            batch.kind, record=item.record, on=batch.intended_on, given=batch.variant
        )
        for item in items
    }
    rows = Document.objects.filter(kind=batch.kind, record__in=wanted).exclude(
        state__in=ENDED_STATES
    )
    return {
        paper.record: paper
        for paper in rows.order_by("created_at", "id")
        if wanted[paper.record] in ("", paper.variant)
    }


def _take_standing(batch: Batch, item: BatchItem, paper: Document) -> JobState:
    """The item has the paper that stands; a draft whose file could not be made is drafted anew."""
    try:
        job = Rendering.objects.filter(document=paper, purpose=Purpose.DRAFT).first()
        if job is not None and job.state == JobState.FAILED and paper.state == DocumentState.DRAFT:
            redraft_document(paper, on=batch.intended_on, actor=batch.created_by)
        if paper.state == DocumentState.DRAFT:
            rendering.render_document(paper, purpose=Purpose.DRAFT)
    except Outage as fault:
        return give_back(item, fault)
    except UserError as fault:
        fail_many([(item, fault)])
        return JobState.FAILED
    with transaction.atomic():
        finish_many(lock_held([item]), {"document_id": [paper.pk]})
    return JobState.DONE


def _drafts(
    batch: Batch, items: Sequence[BatchItem]
) -> tuple[list[_Draft], list[tuple[BatchItem, UserError]]]:
    """Collect, check and fill every paper; what can be written, and why the rest cannot."""
    drafts: list[_Draft] = []
    faults: list[tuple[BatchItem, UserError]] = []
    library = _Library()
    found = collect_many(
        batch.kind,
        records=[item.record for item in items],
        as_of=batch.intended_on,
        variant=batch.variant,
    )
    for item in items:
        collected = found[item.record]
        try:
            if isinstance(collected, UserError):
                raise collected
            drafts.append(_draft(batch, item, collected, library))
        except UserError as fault:
            faults.append((item, fault))
    return drafts, faults


def _draft(batch: Batch, item: BatchItem, collected: Collected, library: _Library) -> _Draft:
    """One paper, proved by filling its template in memory. Raises DataIncomplete, NotFound, TemplateError."""
    kind = get_kind(batch.kind)
    day = collected.on or batch.intended_on
    blank = Numbering(intended_date=day)
    data = checked_data(kind, collected.data, blank)
    kept = library.get(kind.template(data))
    rendering.prove(batch.kind, data, on=day, template=kept.compiled)
    return _Draft(item, collected, day, data, kept.template.name, kept.file)


def _write(batch: Batch, drafts: Sequence[_Draft]) -> None:
    """Papers, what they cite, their history and the items' outcome in one transaction, a statement a table."""
    kind = get_kind(batch.kind)
    now = timezone.now()
    with behind(), transaction.atomic():
        held = {item.pk for item in lock_held([draft.item for draft in drafts])}
        mine = [(uuid.uuid4(), draft) for draft in drafts if draft.item.pk in held]
        insert_rows(
            Document,
            _COLUMNS,
            [
                (
                    pk, batch.kind, d.collected.variant, d.item.record,
                    request_key(kind=batch.kind, variant=d.collected.variant, record=d.item.record),
                    d.collected.campaign_id, d.collected.issuer_id, DocumentState.DRAFT.value,
                    kind.register_subject(d.data), d.day, d.data, d.day, profile_on(d.day).format_key,
                    d.template, d.file.pk, d.collected.signer_id, batch.created_by, now, now,
                )
                for pk, d in mine
            ],
        )  # fmt: skip
        insert_rows(
            Document.cites.through,
            ("from_document_id", "to_document_id"),
            [(pk, cited.pk) for pk, d in mine for cited in d.collected.cites],
        )
        insert_rows(
            DocumentEvent,
            ("document_id", "actor", "from_state", "to_state", "note"),
            [(pk, batch.created_by, "", DocumentState.DRAFT.value, "") for pk, _ in mine],
        )
        finish_many([d.item for _, d in mine], {"document_id": [pk for pk, _ in mine]})


@dataclass(frozen=True, slots=True)
class Proved:
    """An item that can be made as the records stand: whose paper it will be, on which day, about what."""

    item: BatchItem
    issuer_id: int
    on: date
    subject: str
    numbered: bool = False


def prove_items(
    batch: Batch, items: Sequence[BatchItem]
) -> tuple[list[Proved], list[tuple[BatchItem, UserError]]]:
    """Which items can be made as the records stand, and why the others cannot, without making anything."""
    with one_reading():
        standing = _standing(batch, items)
        fresh = [item for item in items if item.record not in standing]
        drafts, faults = _drafts(batch, fresh)
    subject_of = get_kind(batch.kind).register_subject
    proved = [Proved(d.item, d.collected.issuer_id, d.day, subject_of(d.data)) for d in drafts]
    for item in items:
        if (paper := standing.get(item.record)) is not None:
            numbered = paper.number_id is not None
            proved.append(
                Proved(item, paper.issuer_id, paper.intended_on, paper.subject, numbered=numbered)
            )
    return proved, faults


def preflight(batch: Batch, items: Sequence[BatchItem]) -> list[tuple[BatchItem, DocgenError]]:
    """Why these items cannot be made as the records stand, without making anything."""
    return list(prove_items(batch, items)[1])
