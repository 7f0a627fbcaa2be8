from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.sqlite3.operations import DatabaseOperations


@pytest.fixture(scope="session", autouse=True)
def flush_empties_append_only_tables() -> Iterator[None]:
    """After a transactional test Django empties every table with DELETE, which our triggers refuse.

    Only that flush takes them away for a moment, and puts them back.
    """
    plain = DatabaseOperations.execute_sql_flush

    def execute(self: Any, sql_list: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            plain(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = execute  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = plain  # type: ignore[method-assign]
