"""The final files of many papers: filled together, one durable write a chunk, then everything in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.errors import Outage, UserError
from docgen.kinds.base import Numbering
from docgen.models import Document, DocumentEvent, DocumentState, JobState, Purpose, Rendering
from docgen.services import rendering
from docgen.services.consequences import apply_many
from docgen.services.jobs import claim_next, fail_many, finish_many, give_back, lock_held
from docgen.templates import DOCX, kept_bytes
from records.bulk import insert_rows, update_rows
from registry.files import NewFile, store_many
from registry.models import OfficialNumber, StoredFile
from registry.registers import mark_issued_many
from registry.turns import behind

#: Files a worker takes at once (docs/decisions/010); on SQLite everybody waits while they are written.
CHUNK = min(50 if connection.vendor == "sqlite" else 200, settings.BATCH_CHUNK)
ACTOR = "docgen"
NOTE = "Đã tạo bản chính thức"
_S = DocumentState
_Made = tuple[Rendering, Document, StoredFile]


def claim_files(rows: QuerySet[Rendering], *, limit: int = CHUNK) -> list[Rendering]:
    """Take the next of these render jobs that wait, in their order."""
    return claim_next(rows.order_by("id"), limit=limit)


def finish_files(jobs: Sequence[Rendering]) -> dict[int, JobState | None]:
    """Do claimed render jobs; what became of each, None for one that somebody else does by now.

    A first final file issues its paper, completes its line in the register and brings what follows from it. Drafts
    and files made again go one by one. Faults of data or template end a job with its reason, a passing fault gives
    it back.
    """
    papers = Document.objects.in_bulk([job.document_id for job in jobs])
    first = [job for job in jobs if _is_first(job, papers[job.document_id])]
    chosen = {job.pk for job in first}
    outcome: dict[int, JobState | None] = {}
    try:
        made, faults = _fill(first, papers)
        fail_many(faults)
        outcome |= dict.fromkeys((job.pk for job, _ in faults), JobState.FAILED)
        outcome |= _keep(made)
    except Outage as fault:
        left = [job for job in first if job.pk not in outcome]
        if fault.retryable:
            outcome |= {job.pk: give_back(job, fault) for job in left}
        else:  # it may be the fault of one template: each is tried by itself
            outcome |= {job.pk: JobState.RUNNING for job in left}
    for job in jobs:
        if job.pk not in chosen or outcome.get(job.pk, JobState.RUNNING) == JobState.RUNNING:
            outcome[job.pk] = rendering.do_claimed(job)
    return outcome


def _is_first(job: Rendering, paper: Document) -> bool:
    return (
        job.purpose == Purpose.FINAL
        and paper.state == _S.NUMBERED
        and paper.final_file_id is None
        and paper.edited_file_id is None
        and paper.number_id is not None
    )


def _fill(
    jobs: Sequence[Rendering], papers: dict[object, Document]
) -> tuple[list[_Made], list[tuple[Rendering, UserError]]]:
    """Fill every paper and put the files on the disk together. Raises Outage when it does not take them."""
    templates = {
        file.pk: kept_bytes(file)
        for file in StoredFile.objects.filter(
            pk__in={papers[job.document_id].template_file_id for job in jobs}
        )
    }
    numbers = {
        pk: (number, suffix)
        for pk, number, suffix in OfficialNumber.objects.filter(
            pk__in=[papers[job.document_id].number_id for job in jobs]
        ).values_list("pk", "number", "suffix")
    }
    filled: list[tuple[Rendering, Document, NewFile]] = []
    faults: list[tuple[Rendering, UserError]] = []
    for job in jobs:
        paper = papers[job.document_id]
        try:
            made = rendering.fill(
                paper.kind,
                paper.data,
                Numbering(*numbers[paper.number_id or 0], paper.issued_on, paper.intended_on),
                template=rendering.compiled_template(templates[paper.template_file_id]),
                intended_on=paper.intended_on,
            )
        except UserError as fault:
            faults.append((job, fault))
            continue
        filled.append((job, paper, NewFile(made.docx, DOCX, rendering.file_name(paper))))
    files = store_many(new for _, _, new in filled)
    return [(job, paper, file) for (job, paper, _), file in zip(filled, files, strict=True)], faults


def _keep(made: Sequence[_Made]) -> dict[int, JobState | None]:
    """Files, states, register and consequences in one transaction; RUNNING for what is to be done singly."""
    outcome: dict[int, JobState | None] = {job.pk: None for job, _, _ in made}
    with behind(), transaction.atomic():
        held = {job.pk for job in lock_held([job for job, _, _ in made])}
        numbered = set(
            Document.objects.select_for_update(of=("self",))
            .filter(
                pk__in=[paper.pk for _, paper, _ in made],
                state=_S.NUMBERED,
                final_file__isnull=True,
            )
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        ours = [row for row in made if row[0].pk in held]
        outcome |= dict.fromkeys((row[0].pk for row in ours), JobState.RUNNING)
        ours = [row for row in ours if row[1].pk in numbered]
        refused = apply_many([paper for job, paper, _ in ours if job.consequences])
        done = [row for row in ours if row[1].pk not in refused]
        _write(done)
        fail_many([(job, refused[paper.pk]) for job, paper, _ in ours if paper.pk in refused])
    outcome |= dict.fromkeys((row[0].pk for row in ours), JobState.FAILED)
    return outcome | dict.fromkeys((row[0].pk for row in done), JobState.DONE)


def _write(done: Sequence[_Made]) -> None:
    now = timezone.now()
    update_rows(
        Document,
        ("id", "final_file_id"),
        [(paper.pk, file.pk) for _, paper, file in done],
        constants={"state": _S.ISSUED.value, "updated_at": now},
    )
    mark_issued_many([(paper.number_id or 0, file.pk) for _, paper, file in done])
    insert_rows(
        DocumentEvent,
        ("document_id", "actor", "from_state", "to_state", "note"),
        [(paper.pk, ACTOR, _S.NUMBERED.value, _S.ISSUED.value, NOTE) for _, paper, _ in done],
    )
    finish_many([job for job, _, _ in done], {})
