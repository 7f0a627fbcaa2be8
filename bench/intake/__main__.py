"""``python -m bench.intake``: our reader of text PDFs and pdfplumber on the same pages, turn by turn.

Filled forms of every kind and style, some with long lists, are printed by LibreOffice. Ours: words, tables
and all values of the form. Theirs: every page's words and tables, and then our own extraction over them (not timed), to
see whether any field is read better that way. Processor seconds; the ratio of the medians is what counts.
"""

from __future__ import annotations

import copy
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from core.forms import FORMS, get_form
from intake.extract.assemble import assemble
from intake.guard import FileType
from intake.pipeline import Wish, read_pieces
from intake.readers.pdf import read_pdf
from intake.readers.raw import Block, Cell, Channel, Line, RawForm, Table
from intake.reading import Certainty
from tests.intake.forms import word_form

RESULT = Path(__file__).parents[1] / "results" / "intake.md"
STYLES = ("table", "dots", "lines")
ROUNDS = 5
ROWS = 40


@dataclass(frozen=True)
class Paper:
    """One printed form with its truth."""

    kind: str
    pdf: bytes
    truth: Mapping[str, object]


def papers(folder: Path) -> list[Paper]:
    """The printed forms."""
    truths: dict[Path, tuple[str, Mapping[str, object]]] = {}
    for kind in FORMS:
        for style in STYLES:
            for data, name in ((get_form(kind).example, "mau"), (long_list(kind), "dai")):
                path = folder / f"{kind}.{style}.{name}.docx"
                path.write_bytes(word_form(kind, data, style=style))
                truths[path] = (kind, data)
    soffice = shutil.which("soffice") or sys.exit("LibreOffice is needed.")
    command = [
        soffice,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", folder, *truths], check=True, capture_output=True)
    return [
        Paper(kind, path.with_suffix(".pdf").read_bytes(), data)
        for path, (kind, data) in truths.items()
    ]


def long_list(kind: str) -> dict[str, object]:
    """The example with its rows again and again, the totals right."""
    data = copy.deepcopy(get_form(kind).example)
    rows = data.get("rows")
    if isinstance(rows, list):
        data["rows"] = [copy.deepcopy(rows[at % len(rows)]) for at in range(ROWS)]
    return data


def pages_of(paper: Paper) -> int:
    """How many pages a paper has."""
    return read_pdf(paper.pdf).pages


def ours(paper: Paper) -> dict[str, object]:
    """All values of a paper by our own way."""
    return read_pieces(paper.pdf, FileType.PDF, Wish("x.pdf"))[0].values()


def plumbed(paper: Paper) -> list[Block]:
    """Every page's words and tables by pdfplumber, as blocks."""
    blocks: list[Block] = []
    with pdfplumber.open(io.BytesIO(paper.pdf)) as document:
        for page in document.pages:
            page.extract_words()
            tables = page.find_tables()
            rows = [table.extract() for table in tables]
            outside = page
            for table in tables:
                outside = outside.outside_bbox(table.bbox)
            found: list[tuple[float, Block]] = [
                (float(line["top"]), Line(line["text"], page.page_number))
                for line in outside.extract_text_lines()
            ]
            found += [
                (table.bbox[1], _table(extracted, page.page_number))
                for table, extracted in zip(tables, rows, strict=True)
            ]
            blocks += [block for _, block in sorted(found, key=lambda one: one[0])]
    return blocks


def _table(rows: list[list[str | None]], page: int) -> Table:
    grid: list[tuple[Cell | None, ...]] = []
    for at, row in enumerate(rows):
        cells: list[Cell | None] = []
        for column, text in enumerate(row):
            if text is None and cells and cells[-1] is not None:
                cells.append(cells[-1])
            else:
                cells.append(Cell((text or "").replace("\n", " "), at, column, page=page))
        grid.append(tuple(cells))
    return Table(tuple(grid), page)


def wrong_values(paper: Paper, got: Mapping[str, object]) -> tuple[int, int]:
    """Fields and cells that differ from the truth, and how many there are."""
    form = get_form(paper.kind)
    wrong = sum(got.get(field.key) != paper.truth.get(field.key) for field in form.fields)
    total = len(form.fields)
    rows, truth = got.get("rows"), paper.truth.get("rows")
    for at, row in enumerate(truth if isinstance(truth, list) else []):
        mine = rows[at] if isinstance(rows, list) and at < len(rows) else {}
        wrong += sum(mine.get(column.key) != row.get(column.key) for column in form.columns)
        total += len(form.columns)
    return wrong, total


def timed(work: list[Paper], call) -> float:
    """Processor seconds for all papers."""
    began = time.process_time()
    for paper in work:
        call(paper)
    return time.process_time() - began


def main() -> None:
    """Run, print and write the table."""
    with tempfile.TemporaryDirectory(prefix="docgen-bench-") as folder:
        work = papers(Path(folder))
    pages = sum(pages_of(paper) for paper in work)
    for paper in work[:5]:  # both warm
        ours(paper)
        plumbed(paper)
    mine, theirs = [], []
    for _ in range(ROUNDS):
        mine.append(timed(work, ours))
        theirs.append(timed(work, plumbed))
    counts = [wrong_values(paper, ours(paper)) for paper in work]
    baseline = [
        wrong_values(
            paper,
            values_of(paper, RawForm(Channel.PDF_TEXT, tuple(plumbed(paper)))),
        )
        for paper in work
    ]
    lines = [
        "# Reading text PDFs",
        "",
        f"{len(work)} printed forms of all kinds, {pages} pages, {ROUNDS} rounds turn by turn, one process.",
        "",
        "| | CPU ms a page (median) | min - max | fields and cells wrong |",
        "|---|--:|--:|--:|",
        _row("ours: words, tables, all values", mine, pages, counts),
        _row("pdfplumber: words and tables", theirs, pages, baseline),
        "",
        f"Ratio ours / pdfplumber: **{statistics.median(mine) / statistics.median(theirs):.2f}**",
        "",
        "| pages | CPU s | ms a page |",
        "|--:|--:|--:|",
        *(_scale(work, count) for count in (10, 100, 1000)),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    if not os.environ.get("BENCH_DRY"):
        RESULT.write_text(text, encoding="utf-8")


def values_of(paper: Paper, raw: RawForm) -> dict[str, object]:
    """The values of blocks found by somebody else, by our extraction."""
    made = assemble(raw, get_form(paper.kind), certainty=Certainty.LIKELY)
    data: dict[str, object] = {key: one.value for key, one in made.fields.items()}
    if made.rows is not None:
        data["rows"] = [{key: one.value for key, one in row.items()} for row in made.rows]
    return data


def _row(name: str, seconds: list[float], pages: int, counts: list[tuple[int, int]]) -> str:
    each = [1000 * value / pages for value in seconds]
    wrong, total = (sum(column) for column in zip(*counts, strict=True))
    return f"| {name} | {statistics.median(each):.1f} | {min(each):.1f} - {max(each):.1f} | {wrong} of {total} |"


def _scale(work: list[Paper], count: int) -> str:
    """Cost of so many pages, papers read again in turn."""
    done, began, at = 0, time.process_time(), 0
    while done < count:
        paper = work[at % len(work)]
        done += pages_of(paper)
        ours(paper)
        at += 1
    seconds = time.process_time() - began
    return f"| {done} | {seconds:.2f} | {1000 * seconds / done:.1f} |"


if __name__ == "__main__":
    main()
