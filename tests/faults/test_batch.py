"""A batch in whose midst everything dies that can: each paper once, numbers without a gap, the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import ITEMS
from tests.faults.home import Home
from tests.faults.rig import Postgres, Redis, Run

pytestmark = [pytest.mark.worker, pytest.mark.slow]
#: A broker that does not answer.
NOBODY = "redis://127.0.0.1:9/0"
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
        large.reaches(6)
        for child in pool_children(home)[:1]:
            os.kill(child, signal.SIGKILL)
        large.reaches(12)
        redis_server.freeze(5.5)
        large.reaches(24)
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
        assert "Chưa gọi được máy chạy việc (docs.make_batch)" in sent.stderr
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
    place = Path(tempfile.mkdtemp(prefix="docgen-pg-"))  # where the user postgres may go, too
    place.chmod(0o711)
    server = Postgres(place / "pg").start()
    try:
        home.database_url = server.database("docgen")
        home.more["REDIS_URL"] = redis_server.url
        home.docgen("restore", str(archive))
        home.start(*WORKER)
        with large.watch().watching() as watch:
            home.docgen("batch", "run", large.batch)
            for papers in (8, 20):
                large.reaches(papers)
                server.server("restart")
                large.status()
            large.reaches(ITEMS)
        assert watch.wrong == []
        large.issue_and_prove(calm)
        home.clean_up()
    finally:
        server.server("stop")
        shutil.rmtree(place)


@contextmanager
def full(files: Path) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """A disk, as root; else a folder that may take no more. Gives what fills it, and what makes room again."""
    files.mkdir(exist_ok=True)
    if os.getuid() != 0:
        yield lambda: files.chmod(0o500), lambda: files.chmod(0o700)
        return

    def mount(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "docgen-test", str(files)]
        subprocess.run(command, check=True)

    mount("size=64m")
    try:
        yield lambda: mount("remount,size=192k"), lambda: mount("remount,size=64m")
    finally:
        subprocess.run(["umount", "--lazy", str(files)], check=True)


@pytest.mark.processes
def test_a_full_disk_stops_the_work_and_loses_nothing(large: Run, calm: dict[str, Any]) -> None:
    home = large.home
    with full(home.path / "files") as (fill, make_room), large.watch().watching() as watch:
        home.docgen("batch", "run", large.batch, "--here")
        home.docgen("batch", "sign", large.batch)
        fill()
        # The numbers are given. Three attempts and a file is given up, with its reason; its consequences stay due.
        told = home.answer("batch", "issue", large.batch, code=1)
        assert {failure["code"] for failure in told["failures"]} == {"file_not_written"}
        assert "Không ghi được tệp vào kho" in told["failures"][0]["message"]
        assert told["numbers"] is not None
        assert told["consequences_due"] == len(told["failures"])
        make_room()
        # One command tries them anew.
        home.more["REDIS_URL"] = NOBODY
        home.docgen("batch", "retry", large.batch)
        home.docgen("sweep")
        large.issue_and_prove(calm)
    assert watch.wrong == []
