"""Who is measured, and how each is started; the peers are installed here and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NODE = HERE / "node"
PEERS_VENV = HERE / ".peers"
MAILMERGE = "docx-mailmerge2==1.0.3"


@dataclass(frozen=True, slots=True)
class Filler:
    """A row of the table: its name, the dialect of its template, documents per run at 5 and 50 rows."""

    name: str
    dialect: str
    counts: tuple[int, int]
    runtime: str = "python"  # python, peers or node


FILLERS = (
    Filler("docxtpl", "jinja", (30, 20)),
    Filler("carbone", "carbone", (60, 40), "node"),
    Filler("docxtemplater", "braces", (60, 40), "node"),
    Filler("easy", "braces", (60, 40), "node"),
    Filler("mailmerge2", "fields", (60, 40), "peers"),
    Filler("docgen=CAREFUL", "jinja", (100, 50)),
    Filler("docgen=SOUND", "jinja", (300, 100)),
    Filler("docgen=zlib:6", "jinja", (2500, 800)),
    Filler("floor=zlib:6", "jinja", (2500, 800)),
    Filler("docgen=isal:1", "jinja", (4000, 2000)),
    Filler("floor=isal:1", "jinja", (4000, 2000)),
    Filler("docgen", "jinja", (4000, 2000)),
    Filler("floor", "jinja", (4000, 2000)),
    Filler("copy", "jinja", (2000, 2000)),
)
#: On our own templates: those that speak their language.
ON_OURS = tuple(
    filler for filler in FILLERS if filler.name in ("docxtpl", "docgen", "floor", "docgen=zlib:6")
)
#: With pictures and codes: docxtpl, which draws the latter by the same library.
WITH_PICTURES = tuple(
    filler
    for filler in FILLERS
    if filler.name in ("docxtpl", "docgen", "docgen=SOUND", "docgen=CAREFUL", "floor")
)


def install() -> None:
    """The peers of Python into a venv, those of Node into a folder, both of the bench's own."""
    if not _python_of_peers().exists():
        venv.create(PEERS_VENV, with_pip=True)
    run = [str(_python_of_peers()), "-m", "pip", "install", "--quiet", MAILMERGE]
    subprocess.run(run, check=True)
    if not (NODE / "node_modules").exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is needed for the peers in Node")
        subprocess.run([npm, "install", "--no-audit", "--no-fund"], cwd=NODE, check=True)


def _python_of_peers() -> Path:
    return PEERS_VENV / "bin" / "python"


def command(filler: Filler, template: Path, data: Path, *, count: int, out: Path) -> list[str]:
    """The command line that measures one filler."""
    told = [str(template), str(data), str(count), str(out)]
    if filler.runtime == "node":
        return [shutil.which("node") or "node", str(NODE / "worker.js"), filler.name, *told]
    python = str(_python_of_peers()) if filler.runtime == "peers" else sys.executable
    return [python, "-m", "bench.generation.worker", filler.name, *told]


def environment() -> dict[str, str]:
    """The environment of a measured process: the repository on the path of Python."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
