from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from core.errors import Outage
from tests.workers.conftest import NO_SERVER_PATH, ROOT, wait_for
from workers import supervisor
from workers.broker import (
    broker_address,
    broker_status,
    connect,
    ensure_broker,
    stop_idle_broker,
)
from workers.keeper import Keeper
from workers.supervisor import LOG_BYTES, MAX_RESTARTS, Worker

CHILD = """
import os, signal, sys, time
from workers.processes import end_with_parent
end_with_parent(signal.SIGTERM, parent=int(sys.argv[1]) or os.getppid())
print(os.getpid(), flush=True)
time.sleep(120)
"""


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(sleep=lambda seconds: None, monotonic_ns=time.monotonic_ns)
    monkeypatch.setattr(supervisor, "time", clock)
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_nothing_starts_until_it_is_needed(home: Path) -> None:
    with Worker(home) as worker:
        assert not worker.has_died()
    assert list(home.iterdir()) == []


@pytest.mark.worker
def test_a_worker_that_cannot_come_up_is_given_up_with_its_last_words(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "khong_co_cau_hinh")
    with Worker(home) as worker:
        worker.ensure()
        for _ in range(MAX_RESTARTS):
            assert wait_for(worker.has_died)
            worker.restart()
        assert wait_for(worker.has_died)
        with pytest.raises(Outage) as caught:
            worker.restart()
    assert caught.value.exit_code == 3
    assert "khong_co_cau_hinh" in caught.value.message
    assert str(worker.log) in caught.value.message
    assert not broker_status(home, {}).reachable


@pytest.mark.worker
def test_deaths_are_counted_in_a_row_only(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "_start", lambda self: None)
    worker = Worker(home)
    for _ in range(3 * MAX_RESTARTS):
        worker.restart()
        worker.works()
    for _ in range(MAX_RESTARTS):
        worker.restart()
    with pytest.raises(Outage, match="4 lần liền"):
        worker.restart()


def test_the_log_does_not_grow_for_ever(home: Path) -> None:
    worker = Worker(home)
    worker.log.parent.mkdir()
    with worker.log.open("wb") as log:
        log.truncate(LOG_BYTES + 1)
    worker._ready_log()
    assert not worker.log.exists()
    assert worker.log.with_name("worker.log.1").stat().st_size == LOG_BYTES + 1


def test_last_words_are_those_of_this_worker(home: Path) -> None:
    worker = Worker(home)
    assert worker.last_words() == ""
    worker.log.parent.mkdir()
    worker.log.write_text("lần trước\n", encoding="utf-8")
    worker._log_from = worker.log.stat().st_size
    assert worker.last_words() == ""
    with worker.log.open("a", encoding="utf-8") as log:
        log.write("một\nKhông đọc được cấu hình\n\n  \n")
    assert worker.last_words() == "Không đọc được cấu hình"


def start_child(starter: str, parent: int) -> psutil.Process:
    """A child, started by a process that then does what ``starter`` says."""
    code = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {CHILD!r}, '{parent}']); {starter}"
    middle = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert middle.stdout is not None
        child = psutil.Process(int(middle.stdout.readline()))
        assert child.is_running()
    finally:
        middle.kill()
        middle.communicate()
    return child


@pytest.mark.processes
def test_a_child_ends_with_its_killed_parent() -> None:
    child = start_child("p.wait()", 0)
    try:
        assert wait_for(lambda: not alive(child))
    finally:
        with suppress(psutil.Error):
            child.kill()


@pytest.mark.processes
def test_a_child_whose_parent_is_already_gone_ends_at_once() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, "1"], cwd=ROOT, check=False, capture_output=True, timeout=60
    )
    assert os.getpid() != 1
    assert ended.returncode == -signal.SIGTERM


def alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_last_one_to_leave_stops_the_broker(home: Path, server_env: dict[str, str]) -> None:
    assert not stop_idle_broker(home, server_env)
    address = ensure_broker(home, server_env)
    other = connect(address)
    other.rpush("docs", "một")
    assert not stop_idle_broker(home, server_env)
    assert broker_status(home, server_env).reachable
    other.close()
    assert stop_idle_broker(home, server_env)
    assert not broker_status(home, server_env).reachable
    # What lay in it is still there for the next one.
    again = connect(ensure_broker(home, server_env))
    assert again.llen("docs") == 1
    again.close()


def test_a_broker_in_service_is_never_stopped(home: Path, server_env: dict[str, str]) -> None:
    address = ensure_broker(home, server_env)
    url = address.url.replace("redis+socket", "unix")
    assert not stop_idle_broker(home, {"REDIS_URL": url})
    assert broker_status(home, server_env).reachable
    assert broker_address(home, {"PATH": NO_SERVER_PATH}) == address


def test_a_killed_broker_is_started_again_by_the_worker(
    home: Path, server_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", server_env["PATH"])
    ensure_broker(home)
    first = broker_status(home).pid
    assert first is not None
    keeper = Keeper(every=0.05)
    keeper.start(home)
    try:
        os.kill(first, signal.SIGKILL)
        assert wait_for(lambda: broker_status(home).pid not in (None, first))
    finally:
        keeper.stop()
    assert wait_for(lambda: stop_idle_broker(home))
    assert not broker_status(home).reachable


def test_a_broker_in_service_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    keeper = Keeper(every=0.01)
    keeper.start(home)
    keeper.stop()
    assert not (home / "broker").exists()
