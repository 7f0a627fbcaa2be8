"""``python -m bench.faults``: every fault alone in the midst of a batch; the table goes to bench/results/faults.md.

Needs redis-server and PostgreSQL's programs; a full disk needs root (a small tmpfs), a wrong clock uses faketime where
it is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bench.faults.base import HEAD, Stores, outcome, write_section
from tests.faults.home import Home, wait_until
from tests.faults.rig import Postgres, Redis, Run

WORKER = ("worker", "--concurrency", "2")
BROKERS = ("embedded", "Redis with file", "Redis without file")


@dataclass
class Scene:
    """One run: its batch, its broker in service (None: the store's own), its database server and its worker."""

    run: Run
    redis: Redis | None
    postgres: Postgres | None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Home:
        return self.run.home

    def start(self) -> None:
        """A worker, and the bell."""
        self.worker = self.home.start(*WORKER)
        self.home.docgen("batch", "run", self.run.batch)

    def at(self, share: float) -> None:
        self.run.reaches(int(self.run.total * share))


def nothing(scene: Scene) -> None:
    scene.start()


def children(scene: Scene) -> None:
    scene.start()
    for share in (0.1, 0.25, 0.4, 0.55, 0.7):
        scene.at(share)
        for child in scene.home.workers()[1:2]:
            child.kill()


def whole_worker(scene: Scene) -> None:
    scene.start()
    for share in (0.2, 0.6):
        scene.at(share)
        assert scene.worker is not None
        os.killpg(scene.worker.pid, signal.SIGKILL)
        scene.worker.wait()
        scene.run.status()
        scene.worker = scene.home.start(*WORKER)


def broker(scene: Scene) -> None:
    scene.start()
    scene.at(0.3)
    if scene.redis is not None:
        scene.redis.kill()
        scene.run.status()
        scene.redis.start()
    else:
        pid = scene.home.broker_pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)


def frozen(scene: Scene) -> None:
    scene.start()
    scene.at(0.3)
    pid = (
        scene.redis.process.pid if scene.redis and scene.redis.process else scene.home.broker_pid()
    )
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    time.sleep(9)
    scene.run.status()
    os.kill(pid, signal.SIGCONT)


def down_at_enqueue(scene: Scene) -> None:
    assert scene.redis is not None
    scene.redis.kill()
    scene.home.docgen("batch", "run", scene.run.batch)
    scene.run.status()
    scene.redis.start()
    scene.worker = scene.home.start(*WORKER)


def database_crash(scene: Scene) -> None:
    assert scene.postgres is not None
    scene.start()
    for share in (0.2, 0.6):
        scene.at(share)
        scene.postgres.server("restart")
        scene.run.status()


def full_disk(scene: Scene) -> None:
    files = scene.home.path / "files"
    files.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "docgen-bench", str(files)], check=True
    )
    scene.start()
    wait_until(
        lambda: (
            scene.home.count("docgen_batchitem", "state = 'failed'")
            or scene.run.done() == scene.run.total
        ),
        what="the full disk",
    )
    scene.run.status(code=None)
    subprocess.run(["mount", "-o", "remount,size=1g", str(files)], check=True)
    # What was given up while the disk was full is tried anew by the one command that the status names.
    wait_until(
        lambda: scene.home.count("docgen_batchitem", "state IN ('waiting', 'running')") == 0,
        what="the end of the batch",
    )
    scene.home.docgen("batch", "retry", scene.run.batch, code=None)


def two_sweeps(scene: Scene) -> None:
    scene.start()
    scene.at(0.2)
    for sweep in [scene.home.start("sweep") for _ in range(2)]:
        scene.home.ends_well(sweep)


def wrong_clock(scene: Scene) -> None:
    scene.start()
    faketime = shutil.which("faketime")
    if faketime:
        # Waiting goes by the monotonic clock, which no wrong date moves.
        scene.home.more["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        scene.home.start(*WORKER, before=(faketime, "-f", "+2h"))
    else:
        scene.home.start("worker", "--concurrency=2", "--beat", module="tests.faults.ahead")


@dataclass(frozen=True)
class Fault:
    """A fault, and where it makes sense."""

    name: str
    strike: Callable[[Scene], None]
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")
    brokers: tuple[str, ...] = BROKERS


IN_SERVICE = BROKERS[1:]
FAULTS = (
    Fault("none", nothing, brokers=BROKERS[:2]),
    Fault("5 pool children killed", children, brokers=BROKERS[:2]),
    Fault("the worker killed twice", whole_worker, brokers=BROKERS[:2]),
    Fault("broker killed", broker),
    Fault("broker frozen for 9 s", frozen, brokers=BROKERS[:2]),
    Fault("Redis down at enqueue", down_at_enqueue, brokers=("Redis without file",)),
    Fault("PostgreSQL crashed twice", database_crash, ("PostgreSQL",), BROKERS[:2]),
    Fault("disk full", full_disk, brokers=BROKERS[:1]),
    Fault("two sweeps beside a worker", two_sweeps, brokers=BROKERS[:1]),
    Fault("a second worker 2 h ahead", wrong_clock, ("PostgreSQL",), ("Redis with file",)),
)


def play(fault: Fault, stores: Stores, *, database: str, broker_name: str) -> str:
    """One run; its line of the table."""
    run = stores.copy(on_postgres=database == "PostgreSQL")
    server = None
    if broker_name != "embedded":
        server = Redis(
            run.home.path / "redis", append_only=broker_name == "Redis with file"
        ).start()
        run.home.more["REDIS_URL"] = server.url
    scene = Scene(run, server, stores.postgres)
    began = time.monotonic()
    try:
        with run.watch().watching() as watch:
            fault.strike(scene)
            run.reaches(run.total)
            seconds = time.monotonic() - began
        found = outcome(run, watch, seconds)
    finally:
        run.home.clean_up()
        if server is not None:
            server.kill()
        subprocess.run(["umount", "-q", str(run.home.path / "files")], check=False)
    return f"| {fault.name} | {database} | {broker_name} | {found.cells()} |"


def scenes(only: str) -> Iterator[tuple[Fault, str, str]]:
    """Every fault on every database and broker where it makes sense."""
    for fault in FAULTS:
        if only in fault.name:
            for database, broker_name in product(fault.databases, fault.brokers):
                yield fault, database, broker_name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--only", help="faults whose name holds this")
    chosen = parser.parse_args()
    said = f"{chosen.items} founding decisions a run, lease 20 s, sweep every 2 s, worker of two processes."
    lines = [f"| fault | database | broker | {HEAD}", "|---|---|---|--:|--:|--:|--:|---|---|--:|"]
    with tempfile.TemporaryDirectory(prefix="docgen-faults-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = Postgres(folder / "pg").start()
        stores = Stores(folder, chosen.items, postgres)
        try:
            for fault, database, broker_name in scenes(chosen.only or ""):
                lines.append(play(fault, stores, database=database, broker_name=broker_name))
                # After every run: what was interrupted has its results too.
                write_section("Every fault alone", [said, "", *lines])
        finally:
            postgres.server("stop")


if __name__ == "__main__":
    main()
