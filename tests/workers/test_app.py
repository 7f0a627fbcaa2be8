from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from registry.claimers import LEASE
from tests.workers.conftest import ROOT, Sample, wait_for
from workers.app import (
    QUEUES,
    SWEEP_TASK,
    _of_this_store,
    celery_settings,
    transport_options,
)
from workers.broker import broker_status, ensure_broker
from workers.embedded import server_pid


def settings() -> dict[str, object]:
    return celery_settings(url="redis://queue.example/0", time_zone="Asia/Ho_Chi_Minh")


def test_a_message_comes_back_only_long_after_the_hard_limit() -> None:
    made = settings()
    assert (made["task_soft_time_limit"], made["task_time_limit"]) == (240, 300)
    assert made["broker_transport_options"] == transport_options(hard_limit=300)
    assert transport_options(hard_limit=300)["visibility_timeout"] == 1200


def test_the_hard_limit_is_the_lease_of_a_row() -> None:
    assert _of_this_store()["task_time_limit"] == LEASE.total_seconds()


def test_every_queue_has_its_route_and_a_late_sweep_is_not_thrown_away() -> None:
    made = settings()
    assert made["task_routes"] == {f"{name}.*": {"queue": name} for name in QUEUES}
    (entry,) = made["beat_schedule"].values()  # type: ignore[attr-defined]
    assert entry["task"] == SWEEP_TASK
    # By a clock that runs ahead every message would have expired.
    assert entry["options"] == {"queue": "upkeep"}
    assert entry["schedule"] == 60


def test_only_json_travels_and_a_task_ends_before_it_is_acknowledged() -> None:
    made = settings()
    assert made["accept_content"] == ["json"]
    assert made["task_serializer"] == "json"
    assert made["task_acks_late"] is True
    assert made["task_reject_on_worker_lost"] is True
    assert made["worker_prefetch_multiplier"] == 1
    assert made["result_backend"] is None


def test_importing_the_application_starts_no_broker(home: Path) -> None:
    code = "import workers.app, sys; print(workers.app.app.main, 'django.apps' in sys.modules)"
    environment = {**os.environ, "DOCGEN_HOME": str(home)}
    environment.pop("REDIS_URL", None)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, timeout=60,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ended.stdout.split()[0] == "docgen"
    assert not (home / "broker").exists()


@pytest.mark.worker
def test_a_worker_does_the_tasks_of_its_queues_once(sample: Sample) -> None:
    sample.send("for n in range(40): mark.delay(n)")
    sample.start_worker("-Q", ",".join(QUEUES))
    sample.until(lambda: len(sample.marks()) == 40)
    assert set(sample.marks().values()) == {1}


@pytest.mark.worker
def test_a_task_goes_to_the_queue_of_its_name(sample: Sample) -> None:
    sample.send("mark.delay(1); sweep.delay()")
    sample.start_worker("-Q", "upkeep")
    sample.until(lambda: sample.marks("sweep") != {})
    assert sample.marks() == {}
    sample.start_worker("-Q", "docs", "-n", "second@%h")
    sample.until(lambda: "docs-1" in sample.marks())


@pytest.mark.worker
def test_a_task_whose_process_dies_is_given_to_another(sample: Sample) -> None:
    sample.start_worker()
    sample.send("[die_once.delay(n) for n in range(3)]; [mark.delay(n) for n in range(3, 8)]")
    sample.until(lambda: len(sample.marks()) == 8)
    assert set(sample.marks().values()) == {1}


@pytest.mark.worker
def test_killing_the_broker_in_mid_batch_loses_nothing(
    sample: Sample, server_env: dict[str, str]
) -> None:
    sample.send("for n in range(30): mark.delay(n, pause=0.1)")
    sample.start_worker()
    sample.until(lambda: len(sample.marks()) >= 5)
    pid = broker_status(sample.home, server_env).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: server_pid(sample.home) is None)
    ensure_broker(sample.home, server_env)
    # A task that ran while the bell was out may come twice; the row's claim makes that harmless. Never less.
    # (A file lies there a moment before its mark is in it.)
    sample.until(lambda: len(sample.marks()) == 30 and min(sample.marks().values()) > 0)


@pytest.mark.worker
def test_beat_rings_the_sweep(sample: Sample) -> None:
    worker = sample.start_worker("-B", "-Q", "upkeep")
    sample.until(lambda: sample.marks("sweep").get("sweep", 0) >= 2)
    assert worker.poll() is None
    # No file of the clock, on which a second worker of the store would break.
    assert not list((sample.home / "broker").glob("beat*"))


@pytest.mark.worker
def test_a_worker_asked_to_stop_finishes_its_task(sample: Sample) -> None:
    sample.send("mark.delay(1, pause=2)")
    worker = sample.start_worker()
    sample.until(lambda: "Task docs.mark[" in sample.log())
    children = psutil.Process(worker.pid).children()
    worker.terminate()
    assert worker.wait(timeout=60) == 0
    assert sample.marks() == {"docs-1": 1}
    assert not [child for child in children if child.is_running()]
