"""The broker emptied and killed during the main job: everything is made once."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from tests.faults.home import JOB, Home, wait_until
from workers.broker import broker_address, connect

pytestmark = [pytest.mark.worker, pytest.mark.slow]


def kill_broker(home: Home) -> None:
    pid = home.broker_pid()
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: home.broker_pid() != pid, what="the end of the broker")


def tell_broker(home: Home, *command: str) -> None:
    client = connect(broker_address(home.path, {}))
    try:
        client.execute_command(*command)
    finally:
        client.close()


def test_the_broker_is_lost_in_every_way(store: Home, undisturbed: dict[str, Any]) -> None:
    """Killed with its file; emptied; killed without its file, when all messages are gone."""
    job = store.start(*JOB)
    store.advances(5, job)
    kill_broker(store)
    store.advances(12, job)
    tell_broker(store, "FLUSHALL")
    store.advances(7, job)
    tell_broker(store, "CONFIG", "SET", "appendonly", "no")
    tell_broker(store, "FLUSHALL")
    kill_broker(store)
    store.ends_well(job)
    assert store.dump() == undisturbed
    assert store.broker_pid() is None
