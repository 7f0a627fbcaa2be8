"""What the pages of batches show, each in a number of queries that does not grow with the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from docgen.kinds import KINDS
from docgen.models import (
    Batch,
    BatchItem,
    BatchState,
    Document,
    DocumentState,
    JobState,
    Purpose,
    Rendering,
)
from docgen.services.batch_signing import not_issuable, unsigned
from docgen.services.batches import batch_progress, documents_of
from docgen.services.pdf import conversion_counts
from web.batches.subjects import Subject, address, subjects_of

PAGE = 50
#: Batches on a page of the list: each is counted by its items.
BATCHES = 20
_D = DocumentState
#: A running batch of which nothing was made for so long has probably no worker.
SILENCE = timedelta(seconds=30)


def kind_label(kind: str) -> str:
    """The Vietnamese name of a kind; its key for one of an older program."""
    return KINDS[kind].schema.label_vi if kind in KINDS else kind


@dataclass(frozen=True, slots=True)
class Line:
    """A batch in the list, with its papers by what they wait for."""

    batch: Batch
    label: str
    total: int
    done: int
    failed: int
    to_sign: int
    to_number: int
    issued: int


def batches_page(*, state: str, kind: str, page: object) -> Page[Batch]:
    """A page of batches, the newest first."""
    rows = Batch.objects.select_related("campaign").order_by("-id")
    if state in BatchState.values:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return Paginator(rows, BATCHES).get_page(page)  # type: ignore[arg-type]


def lines_of(batches: Iterable[Batch]) -> list[Line]:
    """The batches with their counts, in one query."""
    rows = list(batches)
    paper = "document__state"
    counted = (
        BatchItem.objects.filter(batch__in=rows)
        .order_by()
        .values("batch_id")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=JobState.DONE)),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
            to_sign=Count("pk", filter=Q(**{f"{paper}__in": (_D.DRAFT, _D.SUBMITTED)})),
            to_number=Count("pk", filter=Q(**{paper: _D.SIGNED})),
            issued=Count("pk", filter=Q(document__number__isnull=False)),
        )
    )
    counts: dict[int, Any] = {row["batch_id"]: row for row in counted}
    keys = ("total", "done", "failed", "to_sign", "to_number", "issued")
    return [
        Line(row, kind_label(row.kind), *(counts.get(row.pk, {}).get(key, 0) for key in keys))
        for row in rows
    ]


def kinds_in_use() -> list[tuple[str, str]]:
    """Kinds of which there are batches, for the filter."""
    kinds = Batch.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind_label(kind)) for kind in kinds]


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed item, or a paper whose file could not be made (``item`` is then empty)."""

    subject: Subject
    message: str
    item: int | None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """All that the live part of a batch's page shows."""

    status: dict[str, object]
    papers: dict[str, int]
    pdf: Mapping[str, int]
    files_open: int
    files_failed: int
    failures: list[Failure]
    failures_page: Page[Any]
    silent: bool

    @property
    def active(self) -> bool:
        """Whether something is being made, so that the page looks again."""
        converting = self.pdf["waiting"] or self.pdf["running"]
        return self.status["state"] == BatchState.RUNNING or bool(self.files_open or converting)


#: Failures on one page of them.
FAILURES = 25


def run_of(batch: Batch, *, failures: object = 1) -> Run:
    """The state of a batch from its rows, with a page of its failures."""
    status = batch_progress(batch)
    papers = _papers(batch)
    files = Rendering.objects.filter(
        document__batch_items__batch=batch, document__number__isnull=False, purpose=Purpose.FINAL
    )
    if papers["numbered"]:
        pdf = conversion_counts(documents_of(batch))
        counts = files.aggregate(
            open=Count("pk", filter=Q(state__in=(JobState.WAITING, JobState.RUNNING))),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
        )
    else:  # there is nothing of it yet
        files = files.none()
        pdf = dict.fromkeys(("done", "waiting", "running", "failed"), 0)
        counts = {"open": 0, "failed": 0}
    page = Paginator(_failed(batch, files), FAILURES).get_page(failures)  # type: ignore[arg-type]
    return Run(
        status=status,
        papers=papers,
        pdf=pdf,
        files_open=counts["open"],
        files_failed=counts["failed"],
        failures=_failures(list(page)),
        failures_page=page,
        silent=_is_silent(batch),
    )


def _papers(batch: Batch) -> dict[str, int]:
    """Papers by what they wait for."""
    return (
        documents_of(batch)
        .order_by()
        .aggregate(
            to_sign=Count("pk", filter=Q(state__in=(_D.DRAFT, _D.SUBMITTED))),
            returned=Count("pk", filter=Q(state=_D.RETURNED)),
            to_number=Count("pk", filter=Q(state=_D.SIGNED)),
            numbered=Count("pk", filter=Q(number__isnull=False)),
            finished=Count("pk", filter=Q(final_file__isnull=False)),
            all=Count("pk"),
        )
    )


def _failed(batch: Batch, files: QuerySet[Rendering]) -> list[tuple[str, str, int | None, object]]:
    """Record, reason, item, paper of all that failed: items first, then papers without their file."""
    items = batch.items.filter(state=JobState.FAILED).order_by("position")
    rows = list(items.values_list("record", "error_message", "pk"))
    lost = files.filter(state=JobState.FAILED).order_by("id")
    papers = lost.values_list("document__record", "error_message", "document_id")
    return [
        *((record, message, item, None) for record, message, item in rows),
        *((record, message, None, paper) for record, message, paper in papers),
    ]


def _failures(rows: Sequence[tuple[str, str, int | None, object]]) -> list[Failure]:
    subjects = subjects_of(row[0] for row in rows)
    return [
        Failure(subjects[record], message, item, address("document", paper) if paper else "")
        for record, message, item, paper in rows
    ]


def _is_silent(batch: Batch) -> bool:
    """Running, items wait, nobody holds one, and for a while none was finished."""
    if batch.state != BatchState.RUNNING:
        return False
    seen = batch.items.aggregate(
        last=Max("finished_at"),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
    )
    since = max(filter(None, (seen["last"], batch.started_at)), default=None)
    long_ago = since is not None and timezone.now() - since > SILENCE
    return bool(long_ago and seen["waiting"] and not seen["running"])


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs how many of the papers that wait for it."""

    name: str
    code: str
    post: str
    count: int


def signers_of(batch: Batch) -> list[Signer]:
    """The people named on the papers that wait for a signature."""
    rows = (
        documents_of(batch)
        .filter(state__in=(_D.DRAFT, _D.SUBMITTED))
        .order_by()
        .values("signer__full_name", "signer__code", "issuer__name")
        .annotate(count=Count("pk"))
        .order_by("issuer__sort_order", "signer__full_name")
    )
    return [
        Signer(
            row["signer__full_name"] or "", row["signer__code"] or "", row["issuer__name"],
            row["count"],
        )
        for row in rows
    ]  # fmt: skip


#: Papers left unsigned that are tried once more to say why.
TRIED = 25


def left_out_of(batch: Batch, *, actor: str) -> list[tuple[Subject, str]]:
    """After the signing of the others: why papers could not be signed with them, as the records stand now."""
    papers = unsigned(batch)
    chosen = papers.filter(pk__in=list(papers.values_list("pk", flat=True)[:TRIED]))
    faults = not_issuable(chosen, actor=actor)
    subjects = subjects_of(faults)
    return [(subjects[record], fault.message) for record, fault in faults.items()]


def papers_page(batch: Batch, *, page: object) -> Page[Document]:
    """The papers of a batch, a page at a time, in the order of the items."""
    rows = documents_of(batch).select_related("issuer", "signer", "number")
    return Paginator(rows, PAGE).get_page(page)  # type: ignore[arg-type]
