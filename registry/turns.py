"""Whose turn it is to write on SQLite, where one process writes at a time and waiting is not fair.

Somebody who numbers a single paper goes first: the batches of all processes write one after another, and none begins
while such a one waits or writes. So he waits for one chunk at most, where by chance alone he might lose to one batch
after another for seconds (bench/results/batch.md). A database on a server has locks on rows and its own queue: there
nothing is done.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.db import connection

#: Nobody stands back for longer: a process that is stopped in the midst of its work must not stop the batches.
PATIENCE_SECONDS = 2.0
_LOOK_SECONDS = 0.003
_behind: ContextVar[bool] = ContextVar("registry_behind", default=False)


@contextmanager
def behind() -> Iterator[None]:
    """Around one write transaction of a batch: it stands back for single papers, and behind other batches."""
    token = _behind.set(True)
    try:
        with _held("batches", fcntl.LOCK_EX):
            with _held("singles", fcntl.LOCK_EX):
                pass  # nobody holds it now
            yield
    finally:
        _behind.reset(token)


@contextmanager
def first() -> Iterator[None]:
    """Around one write transaction of a single paper: no batch begins to write before it has ended."""
    if _behind.get():
        yield
        return
    with _held("singles", fcntl.LOCK_SH):
        yield


@contextmanager
def _held(what: str, mode: int) -> Iterator[None]:
    """Hold a lock among the processes of this database; without it when it cannot be had in time."""
    path = _path(what)
    if path is None or connection.in_atomic_block:
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait_for(descriptor, mode)
        yield
    finally:
        os.close(descriptor)  # and with it the lock


def _wait_for(descriptor: int, mode: int) -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(_LOOK_SECONDS)
        else:
            return True


def _path(what: str) -> Path | None:
    """Beside the database; None for a server and for a database in memory."""
    if connection.vendor != "sqlite":
        return None
    database = Path(str(connection.settings_dict["NAME"]))
    return database.with_name(f"{database.name}-{what}") if database.is_file() else None
