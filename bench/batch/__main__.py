"""``python -m bench.batch``: one task a document against ours, then a clerk beside a batch: bench/results/batch.md."""

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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.batch.servers import MemoryWatch, cpu_seconds, postgres, redis

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "bench" / "results" / "batch.md"
PLAIN_WORKER = ("celery", "-A", "bench.batch.plain", "worker", "--concurrency=2", "-Q", "plain")
OUR_WORKER = ("workers", "worker", "--concurrency=2")
#: Seconds in which worker and driver come up, before anything is counted.
_WARM = 8.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of one way cost: CPU milliseconds a document by process tree, wall, memory in MB."""

    way: str
    told: dict[str, Any]
    cpu: dict[str, float]
    wall: float
    memory: tuple[float, float, float]

    @property
    def documents(self) -> int:
        """How many were made."""
        return int(self.told["documents"])

    @property
    def per_document(self) -> float:
        """CPU milliseconds of the whole tree."""
        return sum(self.cpu.values()) / self.documents * 1000


@dataclass(frozen=True, slots=True)
class Bench:
    """A store with its servers."""

    home: Path
    env: dict[str, str]
    servers: dict[str, int]

    def module(self, *arguments: str, log: str = "") -> subprocess.Popen[str]:
        """A process of this store."""
        target = (self.home / log).open("ab") if log else subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=self.env, text=True,
            stdin=subprocess.PIPE, stdout=target, stderr=target if log else None,
        )  # fmt: skip

    def drive(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of drive.py, ready."""
        process = self.module("bench.batch.drive", *arguments)
        _line(process)
        return process

    def run(self, way: str, name: str, *more: str) -> Run:
        """One way on the cases of one campaign."""
        line = PLAIN_WORKER if way == "plain" else OUR_WORKER
        worker = self.module(*line, "--loglevel=WARNING", log=f"{way}.log")
        try:
            driver = self.drive(way, name, *more)
            time.sleep(_WARM)
            trees = {"worker": worker.pid, "sender": driver.pid, **self.servers}
            before = {tree: cpu_seconds(pid) for tree, pid in trees.items()}
            began = time.monotonic()
            with MemoryWatch(worker.pid) as watch:
                told = _go(driver)
            wall = time.monotonic() - began
            cpu = {tree: cpu_seconds(pid) - before[tree] for tree, pid in trees.items()}
            driver.wait(60)
        finally:
            worker.terminate()
            worker.wait(60)
        memory = (watch.at(0.1), watch.at(0.5), watch.at(1.0))
        print(way, name, told, flush=True)
        return Run(way, told, cpu, wall, memory)

    def beside(self, name: str, clerk: str, *, every: float, seconds: float) -> dict[str, Any]:
        """A clerk who issues single papers while a batch runs; how long each took, in seconds."""
        issuer = self.drive("issue", clerk, str(every), str(seconds))
        worker = self.module(*OUR_WORKER, "--loglevel=WARNING", log="beside.log")
        try:
            driver = self.drive("ours", name)
            time.sleep(_WARM)
            for process in (driver, issuer):
                _say(process)
            told = _line(driver)
            (self.home / "over").touch()
            took = _line(issuer)
        finally:
            worker.terminate()
            worker.wait(60)
        (self.home / "over").unlink()
        return {**took, "batch": told}


def _line(process: subprocess.Popen[str]) -> dict[str, Any]:
    if process.stdout is None:
        raise RuntimeError("its output is piped")
    line = process.stdout.readline()
    if not line:
        raise SystemExit("a process of the bench ended early")
    told: dict[str, Any] = json.loads(line)
    return told


def _say(process: subprocess.Popen[str]) -> None:
    if process.stdin is None:
        raise RuntimeError("its input is piped")
    process.stdin.write("go\n")
    process.stdin.flush()


def _go(process: subprocess.Popen[str]) -> dict[str, Any]:
    _say(process)
    return _line(process)


@contextmanager
def store(folder: Path, cases: dict[str, int], *, sqlite: bool = False) -> Iterator[Bench]:
    """Servers and a store with so many cases in each campaign."""
    folder.mkdir()
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir()
    with postgres(folder / "pg") as (database, pg), redis(folder / "redis") as (broker, bell):
        env = {**os.environ, "DOCGEN_HOME": str(home), "REDIS_URL": broker}
        env |= {} if sqlite else {"DATABASE_URL": database}
        bench = Bench(home, env, {"PostgreSQL": pg, "Redis": bell})
        sizes = [f"{name}={count}" for name, count in cases.items()]
        bench.drive("load", *sizes).wait(60)
        yield bench


def table(runs: list[Run]) -> list[str]:
    """One line a run."""
    trees = list(runs[0].cpu)
    lines = [
        f"| way | documents | CPU ms/doc | {' | '.join(trees)} | wall ms/doc | worker MB at 10, 50, 100 % |",
        "|---|--:|--:|" + "--:|" * len(trees) + "--:|--:|",
    ]
    for run in runs:
        parts = " | ".join(f"{run.cpu[tree] / run.documents * 1000:.2f}" for tree in trees)
        memory = ", ".join(f"{part:.0f}" for part in run.memory)
        lines.append(
            f"| {run.way} | {run.documents} | **{run.per_document:.2f}** | {parts} "
            f"| {run.wall / run.documents * 1000:.1f} | {memory} |"
        )
    return lines


def stages(runs: list[Run]) -> list[str]:
    """Where our time went, in wall seconds."""
    ours = [run for run in runs if run.way == "ours"]
    names = list(ours[0].told["seconds"])
    lines = [f"| documents | {' | '.join(names)} |", "|--:|" + "--:|" * len(names)]
    lines += [
        f"| {run.documents} | " + " | ".join(f"{run.told['seconds'][n]:.2f}" for n in names) + " |"
        for run in ours
    ]
    return lines


def quantile(values: list[float], share: float) -> float:
    """Milliseconds that this share of the values stays below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def latencies(database: str, told: dict[str, Any]) -> str:
    """One line of the table of the clerk."""
    parts = []
    for key in ("alone", "took", "since_due"):
        values = told[key]
        parts += [f"{quantile(values, share):.0f}" for share in (0.5, 0.95, 0.99)]
        parts.append(f"{max(values) * 1000:.0f}")
    seconds = sum(told["batch"]["seconds"].values())
    return (
        f"| {database} | {told['batch']['documents']} in {seconds:.0f} s | {len(told['took'])} | "
        + " | ".join(parts)
        + " |"
    )


def check(run: Run, wanted: int) -> None:
    """A figure counts only if everything was made, without a gap."""
    told = run.told
    if run.documents != wanted or told.get("problems") or told.get("failed"):
        raise SystemExit(f"{run.way} made {told}")


def throughput(folder: Path, sizes: list[int], plain_most: int) -> list[str]:
    """Both ways at every size, in turns."""
    cases = {f"p{size}": min(size, plain_most) for size in sizes}
    cases = {f"o{size}": size for size in sizes} | cases
    runs: list[Run] = []
    with store(folder, cases) as bench:
        for size in sizes:
            if size <= plain_most:
                runs.append(bench.run("plain", f"p{size}", str(size)))
                check(runs[-1], size)
            runs.append(bench.run("ours", f"o{size}"))
            check(runs[-1], size)
        words = bench.drive("words", f"o{sizes[0]}").wait(120)
        if words:
            raise SystemExit("the two ways say different things")
    plain = [run for run in runs if run.way == "plain"][-1]
    ours = [run for run in runs if run.way == "ours"]
    ratio = plain.per_document / ours[-1].per_document
    lines = [*table(runs), "", "Wall seconds of our stages:", "", *stages(runs), ""]
    lines.append(
        f"ours at {ours[-1].documents}: **{ratio:.1f} ×** less CPU a document than the plain way at {plain.documents}."
    )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument(
        "--plain-most", type=int, default=10000, help="leave the plain way out above"
    )
    parser.add_argument(
        "--beside", type=int, default=10000, help="size of the batch beside the clerk"
    )
    parser.add_argument(
        "--every", type=float, default=0.2, help="seconds between the clerk's papers"
    )
    parser.add_argument("--databases", nargs="*", default=["PostgreSQL", "SQLite"])
    parser.add_argument("--result", type=Path, default=RESULT, help="where the table goes")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="docgen-bench."))
    folder.chmod(0o711)
    load = os.getloadavg()[0]
    try:
        lines = throughput(folder / "a", given.sizes, given.plain_most)
        rows = []
        for database in given.databases:
            cases = {"batch": given.beside, "clerk": 600}
            with store(folder / database, cases, sqlite=database == "SQLite") as bench:
                told = bench.beside("batch", "clerk", every=given.every, seconds=1800)
                rows.append(latencies(database, told))
                print(rows[-1], flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    about = (
        f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores shared with others, load "  # noqa: DTZ011
        f"{load:.0f} before and {os.getloadavg()[0]:.0f} after. Two worker processes, Redis with its "
        "append-only file, PostgreSQL with fsync. CPU is that of the whole trees (worker, sender, PostgreSQL, "
        "Redis), user and system. "
        "The plain way reads, fills and writes one document a task and keeps a result; ours also drafts, signs, "
        "numbers, enters the register and writes what follows (union, members, offices, change log)."
    )
    told = ("alone ms", "beside ms", "since due ms")
    head = " | ".join(f"{name}: p50 | p95 | p99 | most" for name in told)
    beside = [
        f"A clerk issues a founding decision every {given.every} s in another process, alone, then beside a batch:", "",
        f"| database | batch | papers | {head} |", "|---|---|--:|" + "--:|" * 12, *rows,
    ]  # fmt: skip
    text = "\n".join(["# Batches", "", about, "", *lines, "", *beside])
    given.result.write_text(text + "\n", encoding="utf-8")
    print(given.result)


if __name__ == "__main__":
    main()
