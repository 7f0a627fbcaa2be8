from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.errors import Outage, UserError
from tests.workers.conftest import NO_SERVER_PATH, ROOT, wait_for
from workers import embedded
from workers.broker import (
    broker_address,
    broker_status,
    connect,
    ensure_broker,
    stop_broker,
)


def test_redis_url_wins_and_nothing_is_started(home: Path) -> None:
    address = broker_address(home, {"REDIS_URL": "redis://desk:s3cret@queue.example:6380/2"})
    assert address.url == "redis://desk:s3cret@queue.example:6380/2"
    assert not address.embedded
    assert address.public == "redis://queue.example:6380/2"
    assert not (home / "broker").exists()


@pytest.mark.parametrize("scheme", ["unix", "socket", "redis+socket"])
def test_socket_addresses_are_written_as_celery_takes_them(home: Path, scheme: str) -> None:
    address = broker_address(home, {"REDIS_URL": f"{scheme}:///run/redis/redis.sock"})
    assert address.url == "redis+socket:///run/redis/redis.sock"


@pytest.mark.parametrize("wrong", ["localhost:6379", "amqp://x", "/run/redis.sock"])
def test_a_malformed_redis_url_is_a_user_error(home: Path, wrong: str) -> None:
    with pytest.raises(UserError, match="REDIS_URL"):
        broker_address(home, {"REDIS_URL": wrong})


def test_the_address_may_come_from_a_secret_file(home: Path) -> None:
    secret = home / "redis_url"
    secret.write_text("rediss://:s3cret@queue.example/0\n", encoding="utf-8")
    assert broker_address(home, {"REDIS_URL_FILE": str(secret)}).url == (
        "rediss://:s3cret@queue.example/0"
    )
    with pytest.raises(UserError, match="REDIS_URL_FILE"):
        broker_address(home, {"REDIS_URL_FILE": str(home / "none")})


def test_an_unreachable_redis_names_the_place_but_not_the_password(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Outage) as caught:
            ensure_broker(home, {"REDIS_URL": f"redis://:s3cret@127.0.0.1:{port}/0"})
    assert caught.value.facts["address"] == f"redis://127.0.0.1:{port}/0"
    assert "s3cret" not in caught.value.message


def test_starts_on_demand_and_is_shared(home: Path, server_env: dict[str, str]) -> None:
    assert not broker_status(home, server_env).reachable
    address = ensure_broker(home, server_env)
    first = broker_status(home, server_env)
    assert ensure_broker(home, server_env) == address
    second = broker_status(home, server_env)
    assert first.reachable
    assert first.version
    assert first.pid is not None
    assert first.pid == second.pid
    assert stop_broker(home)
    assert not broker_status(home, server_env).reachable
    assert not stop_broker(home)


def test_settings_of_the_server(home: Path, server_env: dict[str, str]) -> None:
    client = connect(ensure_broker(home, server_env))
    try:
        config = client.config_get("*")
    finally:
        client.close()
    assert config["appendonly"] == "yes"
    assert config["appendfsync"] == "everysec"
    assert config["maxmemory-policy"] == "noeviction"
    assert config["save"] == ""
    assert config["port"] == "0"
    assert Path(config["dir"]) == (home / "broker").resolve()
    assert (home / "broker").stat().st_mode & 0o077 == 0


def test_two_processes_at_once_share_one_server(home: Path, server_env: dict[str, str]) -> None:
    code = (
        "import sys; from pathlib import Path; from workers.broker import *;"
        "h = Path(sys.argv[1]); e = {'PATH': sys.argv[2]}; ensure_broker(h, e);"
        "print(broker_status(h, e).pid)"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home), server_env["PATH"]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    pids = [starter.communicate(timeout=60)[0].strip() for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert len(set(pids)) == 1
    # The starters are gone, the server is still there, and it is no child of ours.
    status = broker_status(home, server_env)
    assert status.reachable
    assert str(status.pid) == pids[0]
    assert os.getsid(int(pids[0])) != os.getsid(0)


def test_a_killed_server_comes_back_with_its_messages(
    home: Path, server_env: dict[str, str]
) -> None:
    client = connect(ensure_broker(home, server_env))
    client.rpush("docs", "một", "hai", "ba")
    client.config_set("appendfsync", "always")
    client.rpush("docs", "bốn")
    pid = broker_status(home, server_env).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: embedded.server_pid(home) is None)
    # The socket file and the process number of the dead server still lie there.
    assert embedded.socket_path(home).exists()
    assert not broker_status(home, server_env).reachable
    ensure_broker(home, server_env)
    assert [word.decode() for word in client.lrange("docs", 0, -1)] == ["một", "hai", "ba", "bốn"]
    client.close()
    assert broker_status(home, server_env).pid != pid


def test_a_file_cut_off_by_a_power_loss_is_read_up_to_the_cut(
    home: Path, server_env: dict[str, str]
) -> None:
    client = connect(ensure_broker(home, server_env))
    client.rpush("docs", "một")
    client.rpush("docs", "hai")
    client.close()
    stop_broker(home)
    (log,) = (home / "broker/appendonlydir").glob("*.incr.aof")
    log.write_bytes(log.read_bytes()[:-5])
    client = connect(ensure_broker(home, server_env))
    assert client.lrange("docs", 0, -1) == ["một".encode()]
    client.close()


def test_unreadable_data_is_set_aside_and_kept(home: Path, server_env: dict[str, str]) -> None:
    client = connect(ensure_broker(home, server_env))
    client.rpush("docs", "một")
    client.close()
    stop_broker(home)
    (log,) = (home / "broker/appendonlydir").glob("*.incr.aof")
    log.write_bytes(b"!hong!" + log.read_bytes())
    client = connect(ensure_broker(home, server_env))
    assert client.llen("docs") == 0
    client.close()
    (kept,) = (home / "broker").glob("appendonlydir.hong-*")
    assert (kept / log.name).read_bytes().startswith(b"!hong!")


def test_data_of_a_newer_server_does_not_stop_an_older_one(home: Path) -> None:
    stop_env = {"PATH": NO_SERVER_PATH}
    ensure_broker(home, stop_env)
    newer = broker_status(home, stop_env).version
    stop_broker(home)
    ensure_broker(home, {"PATH": os.environ["PATH"]})
    status = broker_status(home, stop_env)
    assert status.reachable
    assert status.version != newer


def test_a_deep_store_gets_a_short_socket(
    tmp_path: Path, server_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("liên đoàn lao động " * 4) / ("kho văn bản " * 6)
    deep.mkdir(parents=True)
    short = embedded.socket_path(deep)
    assert len(os.fsencode(short)) <= embedded.SOCKET_PATH_MAX
    try:
        address = ensure_broker(deep, server_env)
        assert address.socket == short
        assert short.parent.stat().st_mode & 0o077 == 0
        # A process with another temporary folder finds the same server.
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        assert broker_address(deep, server_env) == address
        assert broker_status(deep, server_env).reachable
    finally:
        stop_broker(deep)
        short.parent.rmdir()


def test_somebody_elses_socket_folder_is_refused(
    tmp_path: Path, server_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("k" * 120)
    deep.mkdir()
    temp = tmp_path / "t"
    temp.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    embedded.socket_path(deep).parent.mkdir(mode=0o777)
    embedded.socket_path(deep).parent.chmod(0o777)
    with pytest.raises(Outage, match="không phải của riêng"):
        ensure_broker(deep, server_env)


def test_a_recycled_process_number_is_not_taken_for_the_server(home: Path) -> None:
    (home / "broker").mkdir()
    (home / "broker/broker.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    assert embedded.server_pid(home) is None
    assert not stop_broker(home)


def test_a_frozen_server_is_reported_not_doubled(home: Path, server_env: dict[str, str]) -> None:
    ensure_broker(home, server_env)
    pid = broker_status(home, server_env).pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(Outage, match=f"tiến trình {pid}"):
            ensure_broker(home, server_env)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert wait_for(lambda: broker_status(home, server_env).reachable)
    assert broker_status(home, server_env).pid == pid


def test_a_server_that_cannot_start_says_why(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "bin/redis-server"
    broken.parent.mkdir()
    broken.write_text('#!/bin/sh\necho "Fatal: no space left" > broker.log\nexit 1\n')
    broken.chmod(0o755)
    with pytest.raises(Outage, match="no space left") as caught:
        ensure_broker(home, {"PATH": str(broken.parent)})
    assert caught.value.facts["program"] == str(broken)


def test_a_store_that_is_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "kho").write_text("not a folder", encoding="utf-8")
    with pytest.raises(Outage, match="Không ghi được vào thư mục"):
        ensure_broker(tmp_path / "kho", {"PATH": NO_SERVER_PATH})


def test_threads_at_once_share_one_server(home: Path, server_env: dict[str, str]) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(ensure_broker(home, server_env).url))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
