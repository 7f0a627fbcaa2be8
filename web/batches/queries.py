"""What the pages of batches show, each in a number of queries that does not grow with the batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber
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
from docgen.services.batches import batch_status, documents_of
from records.models import UnionOrg
from registry.models import Direction, NumberSeries
from registry.series import SeriesRef, outgoing_series, series_label
from web.batches.subjects import Subject, address, subjects_of
from web.models import CheckedItem

PAGE = 50
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
    return Paginator(rows, PAGE).get_page(page)  # type: ignore[arg-type]


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
class Range:
    """The numbers that complete items would get in one series if they were given now."""

    issuer: str
    series: str
    year: int
    count: int
    first: int
    last: int
    from_day: date | None
    to_day: date | None


def ranges_of(batch: Batch) -> list[Range]:
    """Series by series in the order of the items; what is numbered already takes no number."""
    rows = (
        _complete(batch)
        .filter(numbered=False)
        .order_by()
        .values("issuer_id", "issuer__name", "series_key", "on__year")
        .annotate(count=Count("pk"), at=Min("item__position"), day=Min("on"), last_day=Max("on"))
        .order_by("at")
    )
    nexts = _next_numbers({row["issuer_id"] for row in rows})
    found = []
    for row in rows:
        first = nexts.get((row["issuer_id"], row["series_key"], row["on__year"]), 1)
        found.append(
            Range(
                row["issuer__name"], series_label(row["series_key"]), row["on__year"], row["count"],
                first, first + row["count"] - 1, row["day"], row["last_day"],
            )
        )  # fmt: skip
    return found


def _complete(batch: Batch) -> QuerySet[CheckedItem]:
    return CheckedItem.objects.filter(item__batch=batch, code="")


def _next_numbers(orgs: Iterable[int]) -> dict[tuple[int, str, int], int]:
    rows = NumberSeries.objects.filter(org_id__in=orgs, direction=Direction.OUTGOING)
    return {
        (org, key, year): number
        for org, key, year, number in rows.values_list("org_id", "key", "year", "next_number")
    }


@dataclass(frozen=True, slots=True)
class Place:
    """A complete item in the order of numbering, with the number that it would get now."""

    place: int
    subject: Subject
    text: str
    issuer: str
    number: int | None


def order_page(batch: Batch, *, page: object) -> tuple[Page[Any], list[Place]]:
    """A page of the order; numbers run by series, then day, then place in the batch."""
    numbered = _complete(batch).annotate(
        rank=Window(
            RowNumber(),
            partition_by=[F("issuer_id"), F("series_key"), F("on__year"), F("numbered")],
            order_by=[F("on").asc(), F("item__position").asc()],
        )
    )
    rows = numbered.select_related("item", "issuer").order_by("item__position")
    found = Paginator(rows, PAGE).get_page(page)  # type: ignore[arg-type]
    shown = list(found)
    nexts = _next_numbers({row.issuer_id for row in shown if row.issuer_id})
    subjects = subjects_of(row.item.record for row in shown)
    places = [
        Place(
            place, subjects[row.item.record], row.subject, row.issuer.name if row.issuer else "",
            None if row.numbered else _number(row, nexts),
        )
        for place, row in enumerate(shown, start=found.start_index())
    ]  # fmt: skip
    return found, places


def _number(row: CheckedItem, nexts: dict[tuple[int, str, int], int]) -> int:
    year = row.on.year if row.on else 0
    return nexts.get((row.issuer_id or 0, row.series_key, year), 1) + int(row.rank) - 1  # type: ignore[attr-defined]


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
    files_open: int
    files_failed: int
    failures: list[Failure]
    failures_page: Page[Any]
    silent: bool

    @property
    def active(self) -> bool:
        """Whether something is being made, so that the page looks again."""
        pdf = self.status["pdf"]
        converting = isinstance(pdf, dict) and (pdf["waiting"] or pdf["running"])
        return self.status["state"] == BatchState.RUNNING or bool(self.files_open or converting)


#: Failures on one page of them.
FAILURES = 25


def run_of(batch: Batch, *, failures: object = 1) -> Run:
    """The state of a batch from its rows, with a page of its failures."""
    status = batch_status(batch)
    files = Rendering.objects.filter(
        document__batch_items__batch=batch, document__number__isnull=False, purpose=Purpose.FINAL
    )
    counts = files.aggregate(
        open=Count("pk", filter=Q(state__in=(JobState.WAITING, JobState.RUNNING))),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    page = Paginator(_failed(batch, files), FAILURES).get_page(failures)  # type: ignore[arg-type]
    return Run(
        status=status,
        papers=_papers(batch),
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


def ranges_to_number(batch: Batch) -> list[Range]:
    """The numbers that the signed papers would get if they were given now, each on its own day."""
    rows = (
        documents_of(batch)
        .filter(state=_D.SIGNED, number__isnull=True)
        .order_by()
        .values("issuer_id", "intended_on")
        .annotate(count=Count("pk"), at=Min("batch_items__position"))
        .order_by("at")
    )
    symbol = KINDS[batch.kind].schema.symbol_type or "" if batch.kind in KINDS else ""
    orgs = UnionOrg.objects.in_bulk({row["issuer_id"] for row in rows})
    nexts = _next_numbers(orgs)
    groups: dict[SeriesRef, list[tuple[int, date]]] = {}
    for row in rows:
        series = outgoing_series(orgs[row["issuer_id"]], symbol, row["intended_on"])
        groups.setdefault(series, []).append((row["count"], row["intended_on"]))
    found = []
    for series, days in groups.items():
        first = nexts.get((series.org_id, series.key, series.year), 1)
        count = sum(number for number, _ in days)
        seen = [day for _, day in days]
        found.append(
            Range(
                orgs[series.org_id].name, series_label(series.key), series.year, count, first,
                first + count - 1, min(seen), max(seen),
            )
        )  # fmt: skip
    return found
