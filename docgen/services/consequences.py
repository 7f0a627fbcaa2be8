"""What follows from the papers of a batch, many at once; `effects.py` says what follows from one.

A kind that is not here takes its effects one by one, in the transaction that gives the numbers. For a kind that is
here they are looked at before any number is taken, and written with the final file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from core.errors import Conflict, UserError
from docgen.models import Document, DocumentState, JobState, Rendering
from docgen.services.effects import EFFECTS, apply_effects
from docgen.services.evidence import evidence
from records.services.recognition import (
    Recognition,
    recognise_many,
    seat_many,
    unusual_cases,
)
from registry.models import OfficialNumber

CHANNEL = "docgen"
_CHUNK = 500


def are_later(kind: str) -> bool:
    """Whether the consequences of this kind come with the final files of a batch."""
    return kind in _MANY


def follow(kind: str) -> bool:
    """Whether anything follows from papers of this kind."""
    return kind in EFFECTS


def due(papers: QuerySet[Document]) -> QuerySet[Rendering]:
    """The jobs of these papers that have a number while what follows from them is still to be written."""
    return Rendering.objects.filter(
        consequences=True, document__state=DocumentState.NUMBERED, document__in=papers.order_by()
    ).exclude(state=JobState.DONE)


def due_job(paper: Document) -> Rendering | None:
    """The job with which the consequences of this paper come, while they are due."""
    if paper.state != DocumentState.NUMBERED:
        return None
    jobs = (job for job in paper.renderings.all() if job.consequences)
    return next((job for job in jobs if job.state != JobState.DONE), None)


def check_settled(kind: str, records: Sequence[str]) -> None:
    """Refuse papers whose consequences build on those of earlier papers that are still to come.

    A numbered founding decision makes its union with its final file; minutes of that union wait for it. Raises
    Conflict naming the first of the papers that are to be finished.
    """
    if not follow(kind):
        return
    pending = due(Document.objects.filter(record__in=records))
    if are_later(
        kind
    ):  # they stand beside those of the other kinds, and would undo those of their own
        pending = pending.filter(document__kind=kind)
    first = pending.select_related("document").order_by("id").first()
    if first is not None:
        raise Conflict(
            f"Văn bản {first.document.code} về cùng hồ sơ đã có số nhưng chưa tạo xong bản chính thức, nên "
            "công đoàn cơ sở chưa được ghi vào hồ sơ. Chờ máy chạy việc hoặc chạy “docgen sweep” rồi cấp số lại.",
            code="earlier_paper_unfinished",
            facts={"document": str(first.document_id), "records": pending.count()},
        )


def refused(papers: Sequence[Document], *, on: date, actor: str) -> dict[str, UserError]:
    """Papers of one kind whose consequences could not follow if they were issued on the day, by record.

    A few queries look for what is unusual; only that is tried, and rolled back.
    """
    faults: dict[str, UserError] = {}
    if not papers or papers[0].kind != "founding_decision":
        return faults
    by_code = {_case_code(paper): paper for paper in papers}
    for code in sorted(unusual_cases(list(by_code), on=on)):
        paper = by_code[code]
        try:
            _try(paper, on=on, actor=actor)
        except UserError as fault:
            faults[paper.record] = fault
    return faults


def _try(paper: Document, *, on: date, actor: str) -> None:
    kept = paper.issued_on, paper.code
    paper.issued_on, paper.code = on, paper.code or "(thử)"
    try:
        with transaction.atomic():
            apply_effects(paper, actor=actor)
            transaction.set_rollback(True)
    finally:
        paper.issued_on, paper.code = kept


def apply_many(papers: Sequence[Document]) -> dict[object, UserError]:
    """Write what follows from numbered papers, inside their transaction; why not, by paper, for the rest.

    It is done in the name of whoever gave the number.
    """
    actors = dict(
        OfficialNumber.objects.filter(pk__in=[paper.number_id for paper in papers]).values_list(
            "pk", "actor"
        )
    )
    groups: defaultdict[tuple[str, date | None, str], list[Document]] = defaultdict(list)
    for paper in papers:
        groups[paper.kind, paper.issued_on, actors[paper.number_id or 0]].append(paper)
    faults: dict[object, UserError] = {}
    for (kind, _, actor), group in groups.items():
        for paper in _MANY.get(kind, _none)(group, actor):
            try:
                with transaction.atomic():
                    apply_effects(paper, actor=actor)
            except UserError as fault:
                faults[paper.pk] = fault
    return faults


def follow_up(paper: Document, *, actor: str) -> None:
    """What follows from one numbered paper, inside its transaction. Raises UserError when it cannot."""
    if not _MANY.get(paper.kind, _none)([paper], actor):
        return
    apply_effects(paper, actor=actor)


def _case_code(paper: Document) -> str:
    return paper.record.removeprefix("case:")


def _none(papers: Sequence[Document], _actor: str) -> Sequence[Document]:
    return papers


def _found_many(papers: Sequence[Document], actor: str) -> Sequence[Document]:
    """Recognise the plain cases; the papers of the others."""
    unusual = recognise_many(
        [
            Recognition(_case_code(paper), paper.issued_on, evidence(paper), paper.code)
            for paper in papers
            if paper.issued_on is not None
        ],
        actor=actor,
        channel=CHANNEL,
    )
    return [paper for paper in papers if _case_code(paper) in unusual]


def _seat_many(papers: Sequence[Document], actor: str) -> Sequence[Document]:
    """The committees stand on their own decisions from now on."""
    decisions = {
        _case_code(paper): Recognition(
            _case_code(paper), paper.issued_on, evidence(paper), paper.code
        )
        for paper in papers
        if paper.issued_on is not None
    }
    seat_many(decisions, actor=actor, channel=CHANNEL)
    return ()


#: Writes what it can of many papers of one kind and day, and gives those that must be taken one by one.
_MANY: dict[str, Callable[[Sequence[Document], str], Sequence[Document]]] = {
    "founding_decision": _found_many,
    "committee_decision": _seat_many,
}
