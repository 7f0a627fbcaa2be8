"""Whoever numbers a single paper goes before batches, where one process writes at a time."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from registry import turns
from registry.durability import durable
from registry.turns import behind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the locks, as beside a database that is a file."""
    monkeypatch.setattr(turns, "_path", lambda what: tmp_path / what)
    return tmp_path


@contextmanager
def held(path: Path, mode: int) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, mode)
        yield
    finally:
        os.close(descriptor)


def is_free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def test_a_batch_waits_for_a_single_paper(beside: Path) -> None:
    done: list[str] = []

    def batch() -> None:
        with behind():
            done.append("batch")
        connection.close()

    with held(beside / "singles", fcntl.LOCK_SH):
        thread = threading.Thread(target=batch)
        thread.start()
        time.sleep(0.1)
        done.append("single")
    thread.join(timeout=30)
    assert done == ["single", "batch"]


def test_batches_write_one_after_another(beside: Path) -> None:
    with behind():
        assert not is_free(beside / "batches")
        assert is_free(beside / "singles")
    assert is_free(beside / "batches")


def test_a_single_paper_is_announced_and_two_do_not_wait_for_each_other(beside: Path) -> None:
    with held(beside / "singles", fcntl.LOCK_SH), durable():
        assert not is_free(beside / "singles")
    assert is_free(beside / "singles")


def test_a_batch_that_numbers_does_not_announce_itself(beside: Path) -> None:
    with behind(), durable():
        assert is_free(beside / "singles")


def test_nobody_waits_for_ever(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.05)
    with held(beside / "singles", fcntl.LOCK_SH), behind():
        assert not is_free(beside / "batches")


def test_inside_a_transaction_there_is_no_waiting(beside: Path) -> None:
    """It has the database already: waiting for another one now could only lock both."""
    with held(beside / "batches", fcntl.LOCK_EX), transaction.atomic(), behind():
        assert is_free(beside / "singles")


def test_locks_lie_beside_a_database_that_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "docgen.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    assert turns._path("batches") is None
    database.touch()
    expected = tmp_path / "docgen.sqlite3-batches" if connection.vendor == "sqlite" else None
    assert turns._path("batches") == expected
