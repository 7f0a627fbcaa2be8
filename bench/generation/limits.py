"""What grows and what does not: rows, names, documents. ``python -m bench.generation.limits`` prints Markdown lines."""

from __future__ import annotations

import gc
import io
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx

from bench.generation import sample
from docgen.engine import compile_template

ROWS = (5, 50, 500, 5000)
NAMES = 5000
DOCUMENTS = 10_000


def _cpu(work: Callable[[], object], times: int) -> float:
    """Seconds of CPU for one call, the least of five rounds."""
    rounds = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - begun) / times)
    return min(rounds)


def by_rows() -> list[str]:
    """The decision with more and more rows."""
    template = compile_template(sample.template("jinja"))
    lines = [
        "| rows | CPU ms/doc | microseconds for each row more | file bytes |",
        "|--:|--:|--:|--:|",
    ]
    before = (0, 0.0)
    for rows in ROWS:
        data = sample.sample_data(rows)
        size = len(template.render(data).docx)
        cost = _cpu(lambda data=data: template.render(data), max(3, 2000 // rows))  # type: ignore[misc]
        more = (cost - before[1]) / (rows - before[0]) * 1e6 if before[0] else 0.0
        shown = f"{more:.1f}" if more else ""
        lines.append(f"| {rows} | {cost * 1e3:.3f} | {shown} | {size} |")
        before = rows, cost
    return lines


def by_names() -> str:
    """A template of many names, each in a paragraph."""
    document = docx.Document()
    for number in range(NAMES):
        document.add_paragraph(f"Mục {number}: {{{{ ten_{number} }}}}")
    out = io.BytesIO()
    document.save(out)
    begun = time.process_time()
    template = compile_template(out.getvalue())
    compiled = time.process_time() - begun
    data: dict[str, object] = {f"ten_{number}": f"Giá trị {number}" for number in range(NAMES)}
    cost = _cpu(lambda: template.render(data), 10)
    return f"A template of {NAMES:,} names is compiled in {compiled:.2f} s of CPU and filled in {cost * 1e3:.1f} ms."


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def by_documents() -> str:
    """Memory of one process over many documents, each with data of its own."""
    template = compile_template(sample.template("jinja"))

    def fill(count: int) -> None:
        for number in range(count):
            template.render({**sample.sample_data(5), "number": str(number)})

    fill(500)
    gc.collect()
    before = _resident()
    fill(DOCUMENTS)
    grown = _resident() - before
    docxtpl = "not " if "docxtpl" not in sys.modules else ""
    return (
        f"Over {DOCUMENTS:,} documents of 5 rows a process of {before:.0f} MB grew by {grown:.1f} MB; "
        f"docxtpl was {docxtpl}imported."
    )


def main() -> None:
    sys.stdout.write("\n".join([*by_rows(), "", by_names(), "", by_documents()]) + "\n")


if __name__ == "__main__":
    main()
