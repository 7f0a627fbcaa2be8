"""The main job killed at any moment and run again: the same papers, numbers, registers and files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.home import COMMAND, JOB, ROOT, Home, wait_until

# Marked `processes`: what the database has a part in; it runs on PostgreSQL too.
pytestmark = [pytest.mark.worker, pytest.mark.slow]
PAPERS = 39
ROOMS = (
    "config",
    "core",
    "records",
    "registry",
    "docgen",
    "intake",
    "workers",
    "web",
    "templates_docx",
)


def moments(count: int) -> list[int]:
    """After so many more papers each: other moments in every run of the tests."""
    return random.choices(range(1, 9), k=count)


@pytest.mark.processes
def test_an_undisturbed_run(finished: Home, undisturbed: dict[str, Any]) -> None:
    assert len(undisturbed["documents"]) == PAPERS
    assert len({row[2] for row in undisturbed["documents"]}) == 8
    assert {row[6] for row in undisturbed["documents"]} == {"issued"}
    assert len({row[-1] for row in undisturbed["documents"]}) == PAPERS
    assert {row[-1] for row in undisturbed["jobs"]} == {"done"}
    assert {row[2] for row in undisturbed["batches"]} == {"done"}
    # Nothing is left running: neither a worker nor the broker that the job started.
    assert finished.workers() == []
    assert finished.broker_pid() is None


def test_again_makes_nothing_and_starts_nothing(
    finished: Home, undisturbed: dict[str, Any]
) -> None:
    log = finished.path / "logs" / "worker.log"
    said, broker = log.read_bytes(), finished.path / "broker" / "broker.log"
    broker_said = broker.read_bytes()
    made = finished.answer(*JOB)
    assert made["already_there"] is True
    assert made["documents"] == PAPERS
    assert finished.dump() == undisturbed
    assert log.read_bytes() == said
    assert broker.read_bytes() == broker_said


@pytest.mark.processes
def test_killed_workers_are_replaced(store: Home, undisturbed: dict[str, Any]) -> None:
    """The main process of the worker, then a pool child in its work; and a second job meanwhile is refused."""
    first, second = moments(2)
    job = store.start(*JOB)
    store.advances(first, job)
    refused = store.answer(*JOB, code=3)
    assert refused["error"]["code"] == "already_running"
    assert "đang chạy với cùng kho dữ liệu" in refused["error"]["message"]
    store.workers()[0].kill()
    store.advances(second, job)
    for child in store.workers()[1:2]:
        child.kill()
    store.ends_well(job)
    assert store.dump() == undisturbed, (first, second)
    assert store.workers() == []


@pytest.mark.processes
def test_the_whole_command_killed_and_run_again(store: Home, undisturbed: dict[str, Any]) -> None:
    """The kernel ends the worker of a killed command, so the next one has the store for itself."""
    at = moments(3)
    for moment in at:
        job = store.start(*JOB)
        store.advances(moment, job)
        os.killpg(job.pid, signal.SIGKILL)
        job.wait()
        wait_until(lambda: not store.workers(), what="the end of the orphaned worker")
    store.docgen(*JOB)
    assert store.dump() == undisturbed, at
    assert store.broker_pid() is None


def test_asked_to_stop_it_stops_its_worker_and_says_how_to_go_on(
    store: Home, undisturbed: dict[str, Any]
) -> None:
    """A chunk makes many papers at once, so the second sign may come when all is done: then the job ends well."""
    codes = []
    for sign, moment in ((signal.SIGTERM, 1), (signal.SIGINT, *moments(1))):
        job = store.start(*JOB)
        store.advances(moment, job)
        job.send_signal(sign)
        codes.append(job.wait(60))
        assert codes[-1] == 0 or "Chạy lại lệnh để làm tiếp" in store.log()
        assert store.workers() == []
        assert store.broker_pid() is None
    assert codes[0] == 3
    assert codes[1] in (3, 0)
    store.docgen(*JOB)
    assert store.dump() == undisturbed


def test_another_home_leaves_the_default_store_untouched(tmp_path: Path, store: Home) -> None:
    """As an installed copy of its own, with a relative DOCGEN_HOME, from a folder of the user's."""
    program, folder = tmp_path / "docgen", tmp_path / "thư mục"
    program.mkdir()
    folder.mkdir()
    for room in ROOMS:
        shutil.copytree(ROOT / room, program / room, ignore=shutil.ignore_patterns("__pycache__"))
    # What lies in the user's folder must not be taken for ours.
    (folder / "workers.py").write_text("raise RuntimeError('not the room')\n", encoding="utf-8")
    elsewhere = folder / "elsewhere"
    shutil.copytree(store.path, elsewhere)
    env = store.env() | {"DOCGEN_HOME": "elsewhere", "PYTHONPATH": str(program)}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", COMMAND, "demo", "--no-pdf", "--stages", "1"],
        cwd=folder, env=env, check=False, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert not (program / "var").exists()
    assert list((elsewhere / "files").rglob("*"))
    assert (elsewhere / "logs" / "worker.log").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["elsewhere", "workers.py"]
