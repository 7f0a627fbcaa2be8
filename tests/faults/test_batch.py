"""A batch in whose midst everything dies that can: each paper once, numbers without a gap, the same bytes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import ITEMS
from tests.faults.home import Home, wait_until
from tests.faults.rig import Postgres, Redis, Run

pytestmark = [pytest.mark.worker, pytest.mark.slow]
WORKER = ("worker", "--concurrency", "2")


def end_worker(worker: subprocess.Popen[bytes], sign: signal.Signals = signal.SIGKILL) -> None:
    """The whole worker, children too."""
    os.killpg(worker.pid, sign)
    worker.wait(60)


def pool_children(home: Home) -> list[int]:
    return [process.pid for process in home.workers()[1:]]


@pytest.mark.processes
def test_child_broker_and_worker_die(large: Run, redis_server: Redis, calm: dict[str, Any]) -> None:
    """A pool child killed, Redis frozen, the worker killed, Redis killed and come back empty."""
    home = large.home
    home.more["REDIS_URL"] = redis_server.url
    worker = home.start(*WORKER)
    with large.watch().watching() as watch:
        home.docgen("batch", "run", large.batch)
        large.reaches(8)
        for child in pool_children(home)[:1]:
            os.kill(child, signal.SIGKILL)
        large.reaches(16)
        redis_server.freeze(5.5)
        large.reaches(32)
        end_worker(worker)
        large.status()
        redis_server.kill()
        large.status()
        redis_server.start()
        home.start(*WORKER)
        large.reaches(ITEMS)
    assert watch.looks > 10
    assert watch.wrong == []
    large.issue_and_prove(calm)


@pytest.mark.processes
def test_down_at_enqueue_two_sweeps_and_a_wrong_clock(
    large: Run, redis_server: Redis, calm: dict[str, Any]
) -> None:
    """Nobody hears the bell; then two sweeps do the work at once, beside a worker that lives two hours ahead."""
    home = large.home
    home.more["REDIS_URL"] = redis_server.url
    redis_server.kill()
    with large.watch().watching() as watch:
        sent = home.docgen("batch", "run", large.batch)
        assert f"{ITEMS} việc chờ gửi lại" in sent.stderr
        assert large.status()["waiting"] == ITEMS
        redis_server.start()
        if home.database_url:
            home.start("worker", "--concurrency=1", "--beat", module="tests.faults.ahead")
        else:  # one machine has one clock
            home.start("worker", "--concurrency", "1")
        large.reaches(5)
        sweeps = [home.start("sweep") for _ in range(2)]
        for sweep in sweeps:
            home.ends_well(sweep)
        large.reaches(ITEMS)
    assert watch.wrong == []
    # Nobody took what another one held: no paper was begun twice.
    assert home.count("docgen_batchitem", "attempt > 1") == 0
    large.issue_and_prove(calm)


def test_postgresql_crashes_twice(
    large: Run, redis_server: Redis, tmp_path: Path, calm: dict[str, Any]
) -> None:
    """A cluster of the test's own, so once and not in both passes; the store comes into it by way of a backup."""
    home = large.home
    archive = tmp_path / "sao-luu.tar"
    home.docgen("backup", str(archive))
    server = Postgres(tmp_path / "pg").start()
    try:
        home.database_url = server.database("docgen")
        home.more["REDIS_URL"] = redis_server.url
        home.docgen("restore", str(archive))
        home.start(*WORKER)
        with large.watch().watching() as watch:
            home.docgen("batch", "run", large.batch)
            for papers in (10, 30):
                large.reaches(papers)
                server.server("restart")
                large.status()
            large.reaches(ITEMS)
        assert watch.wrong == []
        large.issue_and_prove(calm)
        home.clean_up()
    finally:
        server.server("stop")


def no_space() -> None:
    """Not a byte more for any file: what a full disk does, without a disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))


@pytest.mark.processes
def test_a_full_disk_stops_the_work_and_loses_nothing(large: Run, calm: dict[str, Any]) -> None:
    home = large.home
    with large.watch().watching() as watch:
        home.docgen("batch", "run", large.batch, code=None)
        full = home.start(*WORKER, limit=no_space)
        # On PostgreSQL the rows say why after three attempts; SQLite itself cannot be written, so the rows just wait.
        wait_until(
            lambda: (
                full.poll() is not None
                or home.count("docgen_batchitem", "attempt > 0")
                or "disk" in home.log()
                or "full" in home.log()
            ),
            what="the full disk",
        )
        large.status(code=None)
        end_worker(full)
        told = large.status(code=None)
        assert told["done"] == 0
        assert {failure["code"] for failure in told["failures"]} <= {"file_not_written"}
        home.docgen("batch", "retry", large.batch, code=None)
        home.start(*WORKER)
        large.reaches(ITEMS)
    assert watch.wrong == []
    large.issue_and_prove(calm)
