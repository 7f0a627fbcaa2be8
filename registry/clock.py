"""One clock for all machines: that of the database. Leases and waiting times are never told by a worker's own."""

from __future__ import annotations

from datetime import datetime

from django.db import connections
from django.utils import timezone


def database_now(using: str = "default") -> datetime:
    """The time of the database server; with SQLite it is this machine's, as all its users are on it.

    A worker whose clock ran ten minutes ahead would else take every row that another one holds, and three such
    attempts would fail a paper that nothing is wrong with.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
