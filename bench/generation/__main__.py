"""``python -m bench.generation``: all fillers in turns, texts compared, the table to bench/results/generation.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from typing import IO

import docx

from bench.generation import ours, peers, pictured, sample
from bench.generation.peers import FILLERS, ON_OURS, WITH_PICTURES, Filler

RESULT = peers.ROOT / "bench" / "results" / "generation.md"
ROWS = (5, 50)
Told = dict[str, float]


def texts(path: Path | IO[bytes]) -> list[str]:
    """What can be read in a document: paragraphs, cells, header, footer, sizes of pictures; empty ones left out."""
    document = docx.Document(str(path) if isinstance(path, Path) else path)
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        found += [paragraph.text for paragraph in section.header.paragraphs]
        found += [paragraph.text for paragraph in section.footer.paragraphs]
    found += [f"{picture.width} x {picture.height}" for picture in document.inline_shapes]
    return [" ".join(text.split()) for text in found if text.strip()]


def run_once(filler: Filler, template: Path, data: Path, *, count: int, out: Path) -> Told:
    """One run of one filler in a process of its own."""
    line = peers.command(filler, template, data, count=count, out=out)
    done = subprocess.run(
        line, capture_output=True, text=True, cwd=peers.ROOT, env=peers.environment(), check=False
    )
    if done.returncode:
        raise SystemExit(f"{filler.name}: {done.stderr[-2000:]}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def interleaved(
    fillers: tuple[Filler, ...], templates: dict[str, Path], data: Path, *, size: int, reps: int
) -> dict[str, list[Told]]:
    """Every filler once, then all again; stops if one of them says other words than docxtpl."""
    found: dict[str, list[Told]] = {filler.name: [] for filler in fillers}
    for rep in range(reps):
        wanted: list[str] = []
        for filler in fillers:
            out = data.with_name("out.docx")
            told = run_once(
                filler, templates[filler.dialect], data, count=filler.counts[size], out=out
            )
            found[filler.name].append(told)
            said = texts(out)
            wanted = wanted or said
            if said != wanted:
                odd = next((a, b) for a, b in zip(said, wanted, strict=False) if a != b)
                raise SystemExit(f"{filler.name} says {odd[0]!r} where docxtpl says {odd[1]!r}")
        print(f"  {rep + 1}/{reps}", flush=True)
    return found


def table(found: dict[str, list[Told]], title: str) -> list[str]:
    """The Markdown table of one comparison."""
    base = found["docxtpl"]
    lines = [
        f"| {title} | CPU ms/doc | × docxtpl (median of pairs, min–max) | × floor | first ms | peak MB | file bytes |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    ordered = sorted(found.items(), key=lambda pair: -median(told["cpu"] for told in pair[1]))
    for name, runs in ordered:
        pairs = [b["cpu"] / a["cpu"] for a, b in zip(runs, base, strict=True)]
        lines.append(
            f"| {name} | {median(told['cpu'] for told in runs) * 1000:.3f} "
            f"| **{median(pairs):.1f}** ({min(pairs):.1f}–{max(pairs):.1f}) | {_over_floor(name, found)} "
            f"| {median(told['first'] for told in runs) * 1000:.1f} "
            f"| {median(told['peak'] for told in runs) / 1048576:.0f} | {runs[0]['size']:.0f} |"
        )
    return lines


def _over_floor(name: str, found: dict[str, list[Told]]) -> str:
    floor = found.get(name.replace("docgen", "floor"))
    if not name.startswith("docgen") or floor is None:
        return ""
    pairs = [a["cpu"] / b["cpu"] for a, b in zip(found[name], floor, strict=True)]
    return f"{median(pairs):.2f}"


def summary(found: dict[str, list[Told]]) -> str:
    """The targets of one size in a sentence."""
    docgen, other = found["docgen"], found["docxtpl"]
    ratio = median(b["cpu"] / a["cpu"] for a, b in zip(docgen, other, strict=True))
    names = [name for name in found if not name.startswith(("docgen", "floor", "copy", "docxtpl"))]
    fastest = min(names, key=lambda name: median(told["cpu"] for told in found[name]), default="")
    said = f"docgen: {ratio:.0f} × docxtpl"
    if fastest:
        pairs = zip(docgen, found[fastest], strict=True)
        said += (
            f", {median(b['cpu'] / a['cpu'] for a, b in pairs):.0f} × the fastest peer ({fastest})"
        )
    bytes_off = docgen[0]["size"] / other[0]["size"] * 100 - 100
    return (
        f"{said}, {_over_floor('docgen', found)} × the floor; file {bytes_off:+.2f} % of docxtpl's."
    )


def compare(reps: int, *, with_ours: bool) -> list[str]:
    """All comparisons as Markdown lines."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sample.write_all(folder)
        templates = {dialect: folder / f"{dialect}.docx" for dialect in sample.DIALECTS}
        for size, rows in enumerate(ROWS):
            print(f"{rows} rows")
            data = folder / "data.json"
            data.write_text(json.dumps(sample.sample_data(rows), ensure_ascii=False), "utf-8")
            found = interleaved(FILLERS, templates, data, size=size, reps=reps)
            lines += [*table(found, f"decision, {rows} rows"), "", summary(found), ""]
        for name in pictured.CASES:
            print(name)
            made = folder / f"{name}.docx"
            made.write_bytes(pictured.template(name))
            data.write_text(json.dumps(pictured.data(name), ensure_ascii=False), "utf-8")
            found = interleaved(WITH_PICTURES, {"jinja": made}, data, size=1, reps=reps)
            lines += [*table(found, f"decision, 5 rows, {name}"), "", summary(found), ""]
        for case in ours.cases() if with_ours else []:
            print(case.name)
            paths = case.write(folder)
            found = interleaved(
                ON_OURS, {"jinja": paths[0]}, paths[1], size=1, reps=max(3, reps // 2)
            )
            lines += [*table(found, case.name), "", summary(found), ""]
    return lines


def limits() -> list[str]:
    """What grows with rows, names and documents, measured in a process of its own."""
    line = [sys.executable, "-m", "bench.generation.limits"]
    done = subprocess.run(
        line, capture_output=True, text=True, cwd=peers.ROOT, env=peers.environment(), check=True
    )
    return ["## What grows", "", *done.stdout.splitlines(), ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--no-ours", action="store_true", help="leave out docgen's own templates")
    given = parser.parse_args()
    peers.install()
    load = os.getloadavg()
    lines = compare(given.reps, with_ours=not given.no_ours)
    about = (
        f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores shared with others, load "  # noqa: DTZ011
        f"{load[0]:.1f} before and {os.getloadavg()[0]:.1f} after; {given.reps} runs of each filler, in turns, "
        "each run a process of its own; CPU is process time (user and system). Texts of every run were compared with "
        "docxtpl's and are equal. docx-mailmerge2 and carbone have the conditional paragraph without its condition."
    )
    lines += limits()
    text = "\n".join(["# Filling Word templates", "", about, "", *lines]).rstrip() + "\n"
    RESULT.write_text(text, encoding="utf-8")
    print(RESULT)


if __name__ == "__main__":
    main()
