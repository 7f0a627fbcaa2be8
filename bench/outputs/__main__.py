"""``python -m bench.outputs``: files, exports and PDFs a second, to bench/results/outputs.md.

Ways are run in turns, several times; the figures to trust are the ratios of one turn. The machine's load is told.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import django

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "bench" / "results" / "outputs.md"
CHUNKS = (10, 50, 100)
FILE_BYTES = 12_000


def lines_of_ways(folder: Path, *, files: int, turns: int) -> Iterator[str]:
    """Files a second of each way, by the size of a chunk."""
    yield f"## Files of {FILE_BYTES:,} bytes, {files} a run, {turns} runs in turns (median, min-max)\n"
    yield "| way | " + " | ".join(f"chunk {size}: files/s | × fsync each" for size in CHUNKS) + " |"
    yield "|---|" + "--:|--:|" * len(CHUNKS)
    rates: dict[tuple[str, int], list[float]] = {}
    for _ in range(turns):
        for size in CHUNKS:
            for name, way in WAYS.items():
                root = Path(tempfile.mkdtemp(dir=folder))
                data = [os.urandom(FILE_BYTES) for _ in range(files)]
                os.sync()
                began = time.perf_counter()
                for start in range(0, files, size):
                    way(root, data[start : start + size])
                rates.setdefault((name, size), []).append(files / (time.perf_counter() - began))
                shutil.rmtree(root)
    first = next(iter(WAYS))
    for name in WAYS:
        cells = []
        for size in CHUNKS:
            found, base = rates[name, size], rates[first, size]
            ratio = median(own / other for own, other in zip(found, base, strict=True))
            cells.append(
                f"{median(found):,.0f} ({min(found):,.0f}-{max(found):,.0f}) | {ratio:.1f}"
            )
        yield f"| {name} | " + " | ".join(cells) + " |"


def lines_of_store(*, files: int) -> Iterator[str]:
    """The store itself with its rows, a file at a time and in chunks."""
    yield f"\n## registry.files with its rows ({connection.vendor}), {files} files\n"
    yield "| call | files/s |"
    yield "|---|--:|"

    def fresh() -> list[NewFile]:
        return [NewFile(os.urandom(FILE_BYTES), "x", "x.docx") for _ in range(files)]

    few = fresh()[: files // 10]
    one = timed(lambda: [store(f.data, media_type="x", name="x") for f in few])
    yield f"| store, one by one | {len(few) / one:,.0f} |"
    many = fresh()
    seconds = timed(lambda: store_many(many))
    yield f"| store_many | {files / seconds:,.0f} |"
    rows = list(StoredFile.objects.exclude(pack="")[:files])
    seconds = timed(lambda: [read(row) for row in rows])
    yield f"| read, each proved by its hash | {len(rows) / seconds:,.0f} |"


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_mb() -> float:
    """Highest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lines_of_export(folder: Path, *, sizes: tuple[int, ...]) -> Iterator[str]:
    """The same paper many times over: time and memory against the size of the export."""
    yield "\n## Export of a batch as ZIP (Word files, PDFs, index)\n"
    yield "| papers | s | papers/s | MB of ZIP | peak MB of the process |"
    yield "|--:|--:|--:|--:|--:|"
    target = folder / "out.zip"
    for size in sizes:
        many_papers(size)
        seconds = timed(lambda: export_documents(Document.objects.all(), target=target))
        yield (
            f"| {size:,} | {seconds:.1f} | {size / seconds:,.0f} | "
            f"{target.stat().st_size / 2**20:,.0f} | {peak_mb():,.0f} |"
        )
    ids = list(Document.objects.values_list("pdf_file", flat=True)[:1000])
    pdfs = [read(StoredFile.objects.get(pk=pk)) for pk in ids if pk]
    before = peak_mb()
    with (folder / "merged.pdf").open("wb") as out:
        seconds = timed(lambda: merge_pdfs(pdfs, out=out, duplex=True))
    size_mb = (folder / "merged.pdf").stat().st_size / 2**20
    yield (
        f"\nOne PDF for printing of {len(pdfs):,} papers: {seconds:.1f} s, {size_mb:,.0f} MB, peak memory "
        f"{before:,.0f} -> {peak_mb():,.0f} MB."
    )


def many_papers(count: int) -> None:
    """Copies of the issued sample paper, each with Word file and PDF of its own, up to so many."""
    paper = Document.objects.select_related("final_file", "pdf_file").first()
    assert paper is not None
    assert paper.final_file is not None
    assert paper.pdf_file is not None
    word, pdf = paper_bytes(paper.final_file), paper_bytes(paper.pdf_file)
    have = Document.objects.count()
    for start in range(have, count, 500):
        numbers = range(start, min(start + 500, count))
        words = store_many(NewFile(word + b"%d" % n, "x", "a.docx") for n in numbers)
        pdfs = store_many(NewFile(pdf + b"\n%%%d" % n, "application/pdf", "a.pdf") for n in numbers)
        Document.objects.bulk_create(
            Document(
                kind=paper.kind, record=paper.record, request_key=f"bench {n}", issuer=paper.issuer,
                subject=paper.subject, intended_on=paper.intended_on, data={},
                data_as_of=paper.data_as_of, profile=paper.profile, template=paper.template,
                template_file=paper.template_file, draft_file=made, pdf_file=converted,
            )
            for n, made, converted in zip(numbers, words, pdfs, strict=True)
        )  # fmt: skip


def lines_of_pdf(folder: Path, *, count: int) -> Iterator[str]:
    """Conversions of the sample decision: one a call, chunks, two processes with chunks."""
    paper = Document.objects.select_related("final_file").first()
    assert paper is not None
    assert paper.final_file is not None
    word = paper_bytes(paper.final_file)
    yield "\n## PDFs of a two-page decision, each proved (pages, words, fonts)\n"
    yield "| way | files | s/PDF | PDFs/s |"
    yield "|---|--:|--:|--:|"
    few = max(4, count // 16)

    def run(root: Path, files: int, size: int) -> None:
        asked = [("a.docx", word)] * files
        for results in convert_in_pool(asked, root=root, chunk=size):
            assert all(result.pdf for _, result in results)

    run(folder / "lo", 1, 1)  # makes the profile
    for size in (1, 10, 25, 50):
        files = few if size == 1 else count
        seconds = timed(lambda size=size, files=files: run(folder / "lo", files, size))
        yield f"| one process, {size} a call | {files} | {seconds / files:.3f} | {files / seconds:.1f} |"
    run(folder / "lo-2", 1, 1)

    def both() -> None:
        child = os.fork()
        if not child:
            run(folder / "lo-2", count // 2, 25)
            os._exit(0)
        run(folder / "lo", count // 2, 25)
        assert os.waitpid(child, 0)[1] == 0

    seconds = timed(both)
    yield f"| two processes, 25 a call | {count} | {seconds / count:.3f} | {count / seconds:.1f} |"
    pdf = next(iter(convert_to_pdf([("a.docx", word)], profile=folder / "lo" / "mot"))).pdf
    assert pdf is not None
    seconds = timed(lambda: [pdf_problem(word, pdf) for _ in range(20)]) / 20
    yield f"\nProving one PDF takes {seconds * 1000:.1f} ms."


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=500)
    asked.add_argument("--turns", type=int, default=5)
    asked.add_argument("--exports", type=int, nargs="+", default=[1000, 10_000, 50_000])
    asked.add_argument("--pdfs", type=int, default=100)
    asked.add_argument("--out", type=Path, default=RESULT)
    told = asked.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(
        prefix="docgen-bench-", dir=os.environ.get("BENCH_DIR")
    ) as name:
        folder = Path(name)
        lines = list(lines_of_ways(folder, files=told.files, turns=told.turns))
        one_issued_paper(folder)
        lines += lines_of_store(files=told.files * 4)
        lines += lines_of_pdf(folder, count=told.pdfs)
        lines += lines_of_export(folder, sizes=tuple(told.exports))
    head = (
        f"# Files, exports, PDFs\n\n{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores shared with others, load {load:.1f} before and {os.getloadavg()[0]:.1f} after. "
        "`python -m bench.outputs` makes this.\n\n"
    )
    told.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def one_issued_paper(folder: Path) -> None:
    """A store of the bench's own with one issued decision and its PDF."""
    settings.FILES_DIR = folder / "files"
    call_command("migrate", interactive=False, verbosity=0)
    load_sample()
    day = datetime(2024, 5, 16, tzinfo=UTC).date()
    paper = request_document(
        "founding_decision", record="case:hs24-001", on=day, actor="bench"
    ).document
    for job in waiting_renderings([paper]):
        run_rendering(job)
    submit_document(paper, actor="bench")
    paper.refresh_from_db()
    assert paper.signer is not None
    record_signature(paper, signer=paper.signer.code, actor="bench", on=day)
    issue_document(paper, on=day, actor="bench")
    for job in waiting_renderings([paper]):
        run_rendering(job)
    assert make_pdfs([str(paper.pk)], root=folder / "lo") == {}


# The store must be set before the models are loaded.
_home = tempfile.mkdtemp(prefix="docgen-bench-home-")
os.environ |= {"DOCGEN_HOME": _home, "DJANGO_SETTINGS_MODULE": "config.settings"}
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.outputs.ways import WAYS  # noqa: E402
from docgen.engine.pdf import convert_in_pool, convert_to_pdf  # noqa: E402
from docgen.engine.pdf_check import pdf_problem  # noqa: E402
from docgen.engine.pdf_merge import merge_pdfs  # noqa: E402
from docgen.models import Document  # noqa: E402
from docgen.services.exports import export_documents  # noqa: E402
from docgen.services.issuing import issue_document, waiting_renderings  # noqa: E402
from docgen.services.lifecycle import request_document, submit_document  # noqa: E402
from docgen.services.papers import paper_bytes  # noqa: E402
from docgen.services.pdf import make_pdfs  # noqa: E402
from docgen.services.rendering import run_rendering  # noqa: E402
from docgen.services.signing import record_signature  # noqa: E402
from records.sample import load_sample  # noqa: E402
from registry.files import NewFile, read, store, store_many  # noqa: E402
from registry.models import StoredFile  # noqa: E402

if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(_home, ignore_errors=True)
