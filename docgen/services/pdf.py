"""PDFs of issued papers: a row for each Word file, claimed in chunks, converted, proved, kept by hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core.errors import Outage, UserError
from docgen.engine.pdf import MISSING_VI, PdfResult, convert_in_pool, find_soffice
from docgen.models import Conversion, Document, JobState
from docgen.services.jobs import claim, fail, finish, give_back
from docgen.services.papers import PDF, paper_bytes
from registry.files import NewFile, store_many

#: Files claimed and converted together.
CHUNK = 25
_QUERY_CHUNK = 500


def missing_pdfs() -> list[str]:
    """Ids of issued papers without a PDF, in the order of their numbers."""
    return [
        str(pk)
        for pk in Document.objects.filter(final_file__isnull=False, pdf_file__isnull=True)
        .order_by("issuer_id", "issued_on", "number__number")
        .values_list("pk", flat=True)
    ]


def ask_conversions(papers: QuerySet[Document]) -> list[int]:
    """The rows that make the missing PDFs of these papers; ids of those that wait, in the papers' order.

    Papers with the same Word file share a row, and a paper whose file has been converted already gets that
    PDF at once. What failed is tried anew. Nothing for papers without a final file.
    """
    wanted = list(
        papers.filter(final_file__isnull=False, pdf_file__isnull=True).values_list(
            "final_file_id", flat=True
        )
    )
    waiting: list[int] = []
    for start in range(0, len(wanted), _QUERY_CHUNK):
        waiting += _ask(wanted[start : start + _QUERY_CHUNK])
    return waiting


def _ask(sources: Sequence[int]) -> list[int]:
    with transaction.atomic():
        Conversion.objects.bulk_create(
            [Conversion(source_id=source) for source in sorted(set(sources))], ignore_conflicts=True
        )
        rows = Conversion.objects.filter(source__in=sources)
        rows.filter(state=JobState.FAILED).update(
            state=JobState.WAITING,
            attempt=0,
            error_code="",
            error_message="",
            queued_at=timezone.now(),
            finished_at=None,
        )
        for row in rows.filter(state=JobState.DONE):
            _attach(row.source_id, row.pdf_id)
    waiting = dict(rows.filter(state=JobState.WAITING).values_list("source_id", "pk"))
    return list(dict.fromkeys(waiting[source] for source in sources if source in waiting))


def _attach(source: int, pdf: int | None) -> None:
    Document.objects.filter(final_file=source, pdf_file=None).update(
        pdf_file=pdf, updated_at=timezone.now()
    )


def make_pdfs(document_ids: Sequence[str], *, root: Path) -> dict[str, str]:
    """Convert these papers here and now; gives the reason for each that has no PDF afterwards.

    ``root`` holds the profiles of LibreOffice. Raises Outage without LibreOffice.
    """
    failures: dict[str, str] = {}
    for start in range(0, len(document_ids), _QUERY_CHUNK):
        papers = Document.objects.filter(pk__in=document_ids[start : start + _QUERY_CHUNK])
        run_conversions(ask_conversions(papers), root=root)
        left = papers.filter(final_file__isnull=False, pdf_file=None)
        failures |= {
            str(pk): reason or ""
            for pk, reason in left.values_list("pk", "final_file__conversion__error_message")
        }
    return failures


def run_conversions(job_ids: Iterable[int], *, root: Path) -> None:
    """Do those of these rows that nobody else has, in chunks.

    A file that cannot be converted fails its row with the reason. Raises Outage when LibreOffice is missing
    (before any row is claimed) or out of order (rows not done are given back).
    """
    if find_soffice() is None:
        raise Outage(MISSING_VI, retryable=False, code="soffice_missing")
    chunk: list[Conversion] = []
    for job_id in job_ids:
        job = claim(Conversion, job_id)
        if job is not None:
            chunk.append(job)
        if len(chunk) == CHUNK:
            _run_chunk(chunk, root=root)
            chunk = []
    if chunk:
        _run_chunk(chunk, root=root)


def _run_chunk(jobs: Sequence[Conversion], *, root: Path) -> None:
    """Convert claimed rows; those of a call of LibreOffice are kept as soon as it has ended."""
    ready: list[tuple[Conversion, bytes]] = []
    for job in jobs:
        word = _source(job)
        if word is not None:
            ready.append((job, word))
    files = [(job.source.name, word) for job, word in ready]
    left = {index: job for index, (job, _) in enumerate(ready)}
    try:
        for results in convert_in_pool(files, root=root):
            _keep([(left.pop(index), result) for index, result in results])
    except Outage as fault:
        for job in left.values():
            give_back(job, fault)
        raise


def _source(job: Conversion) -> bytes | None:
    """The Word file; None when it is lost, which the row then says."""
    try:
        return paper_bytes(job.source)
    except Outage as fault:
        give_back(job, fault)
    except UserError as fault:
        fail(job, code=fault.code, message=fault.message)
    return None


def _keep(results: Sequence[tuple[Conversion, PdfResult]]) -> None:
    """One durable write for all PDFs of the call, then the rows."""
    made = [(job, result, result.pdf) for job, result in results if result.pdf is not None]
    stored = store_many(
        NewFile(data=pdf, media_type=PDF, name=str(Path(job.source.name).with_suffix(".pdf")))
        for job, _, pdf in made
    )
    for (job, result, _), row in zip(made, stored, strict=True):
        with transaction.atomic():
            if finish(job, pdf=row, pages=result.pages):
                _attach(job.source_id, row.pk)
    for job, result in results:
        if result.pdf is None:
            fail(job, code="pdf_failed", message=result.problem or "")


def conversion_counts(papers: QuerySet[Document]) -> Mapping[str, int]:
    """How many of these papers have their PDF, wait for it, are at it, or failed."""
    state = "final_file__conversion__state"
    return papers.order_by().aggregate(
        done=Count("pk", filter=Q(pdf_file__isnull=False)),
        waiting=Count("pk", filter=Q(pdf_file=None, **{state: JobState.WAITING})),
        running=Count("pk", filter=Q(pdf_file=None, **{state: JobState.RUNNING})),
        failed=Count("pk", filter=Q(pdf_file=None, **{state: JobState.FAILED})),
    )
