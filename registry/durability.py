"""Transactions whose commit is on the disk before the caller goes on: official numbers need them.

SQLite in WAL mode with synchronous=NORMAL may forget the last commits after a power loss, and a number
already printed on a signed paper would be given twice. ``durable()`` raises the level to FULL for one
transaction; ``ensure_durable`` covers callers that opened a plain ``atomic()``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from registry.turns import first

_FULL = 2  # PRAGMA synchronous: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA
_inside: ContextVar[bool] = ContextVar("registry_durable", default=False)


@contextmanager
def durable() -> Iterator[None]:
    """One transaction that is on the disk when the block ends.

    Nested in itself it is a savepoint. Nested in somebody else's ``atomic()`` it raises RuntimeError (but
    in a TestCase), because the end of the block would then promise what only the outer commit can keep.
    """
    connection = transaction.get_connection()
    if _inside.get() and connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with first():
        yield from _alone(connection)


def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    before = _raise_level(connection)
    token = _inside.set(True)
    try:
        with transaction.atomic(durable=True):
            _keep_commit(connection)
            yield
    finally:
        _inside.reset(token)
        if before is not None and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={before:d}")


def ensure_durable(connection: BaseDatabaseWrapper) -> None:
    """See to it that the commit of the running transaction reaches the disk.

    Raises RuntimeError outside of a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            "Official numbers are given inside a transaction: use registry.durability.durable()."
        )
    if not _inside.get():
        _keep_commit(connection)


def _keep_commit(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', true)"
                " WHERE current_setting('synchronous_commit') = 'off'"
            )
    elif connection.vendor == "sqlite" and _level(connection) < _FULL:
        # The level cannot change inside a transaction, so the log itself is synced after the commit.
        transaction.on_commit(lambda: _sync_log(connection))


def _level(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


def _raise_level(connection: BaseDatabaseWrapper) -> int | None:
    """Set FULL on SQLite; the level before, or None where nothing was changed."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    before = _level(connection)
    if before >= _FULL:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={_FULL}")
    return before


def _sync_log(connection: BaseDatabaseWrapper) -> None:
    """Flush the write-ahead log. SQLite keeps no lock on this file, so closing it again is safe."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        main = next(path for _, name, path in cursor.fetchall() if name == "main")
    if not main:
        return  # a database in memory
    with suppress(FileNotFoundError):  # no log: the last checkpoint has already synced everything
        descriptor = os.open(Path(f"{main}-wal"), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
