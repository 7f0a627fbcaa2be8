"""``python -m bench.desk``: how long the desk's lists and searches take on a large store: bench/results/desk.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.batch.servers import postgres

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "bench" / "results" / "desk.md"
#: What the desk promises for the 95th percentile, in milliseconds.
PROMISED = 300
#: How often each page is asked, and how often before that.
TIMES, WARM = 20, 2


def drive(env: dict[str, str], *arguments: str) -> Any:
    """One process inside the store; its JSON."""
    command = [sys.executable, "-m", "bench.desk.drive", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The figures as Markdown; what is slower than promised is marked."""
    lines = [
        "| section | page | account | p50 ms | p95 ms | CPU ms | queries | KB |",
        "|---|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        late = "**" if row["p95"] > PROMISED else ""
        wrong = "" if row["status"] == 200 else f" (HTTP {row['status']})"
        lines.append(
            f"| {row['section']} | `{row['address']}`{wrong} | {row['user']} | {row['p50']:.0f} | "
            f"{late}{row['p95']:.0f}{late} | {row['cpu']:.0f} | {row['queries']} | {row['kb']:.0f} |"
        )
    return lines


def run(folder: Path, given: argparse.Namespace, *, sqlite: bool) -> list[str]:
    """Fill a store and ask it."""
    home = folder / ("sqlite" if sqlite else "postgresql")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_URL", "REDIS_URL"))}
    env |= {"DOCGEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    home.mkdir()
    server = nullcontext(("", 0)) if sqlite else postgres(folder / "server")
    with server as (address, _):
        if address:
            env["DATABASE_URL"] = address
        start = time.monotonic()
        counts = drive(env, "fill", *map(str, (given.enterprises, given.documents, given.forms)))
        took = time.monotonic() - start
        rows = drive(env, "measure", str(TIMES), str(WARM))
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    name = "SQLite" if sqlite else "PostgreSQL"
    return [f"## {name}", "", f"{told}; filled in {took:.0f} s.", "", *table(rows), ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--forms", type=int, default=20_000)
    parser.add_argument("--sqlite", action="store_true", help="also on SQLite")
    parser.add_argument("--print", action="store_true", help="do not write the result file")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="docgen-bench."))
    folder.chmod(0o711)
    load = os.getloadavg()[0]
    try:
        lines = run(folder, given, sqlite=False)
        if given.sqlite:
            lines += run(folder, given, sqlite=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    measured = (
        f"{datetime.now().astimezone():%Y-%m-%d}, Python {platform.python_version()}, 2 cores shared with "
        f"others, load {load:.0f} before and {os.getloadavg()[0]:.0f} after. One person, {TIMES} times each "
        f"after {WARM} to warm up, in one process with the database beside it; the whole answer with its "
        f"page. CPU is that of one answer in that process and in its PostgreSQL server process: what an answer "
        f"takes on a machine with nothing else to do. Promised: p95 under {PROMISED} ms."
    )
    head = ["# The desk on a large store", "", measured, ""]
    text = "\n".join([*head, *lines]).rstrip() + "\n"
    print(text)
    if not given.print:
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
