"""The two passes of ./test: everything on SQLite, then, with --database-only, what touches the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

# By way of `base`: `operations` alone cannot be imported before it.
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from tests.parallel import ByModule, long_first, own_home

# No test depends on how fast the machine is. In CI hypothesis also repeats the same examples.
hypothesis_settings.register_profile("docgen", parent=hypothesis_settings.default, deadline=None)
hypothesis_settings.load_profile("docgen")

# Fixtures of pytest-django that open the test database.
_DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "live_server"}
)
# Pages that only call services and rows tested on both databases: once is enough. Sections with queries of their own
# (lists, search, logs, counts) run on both.
_PAGES_ONCE = (
    "tests/web/checking/",
    "tests/web/setup/",
    "tests/web/test_",
    "tests/web/wordtemplates/",
)
# Tests with processes of their own reach the database without a fixture.
_DATABASE_MARKS = ("django_db", "processes")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --database-only, used by ./test for its PostgreSQL pass."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that use the database (the rest gives the same result on any)",
    )


def touches_database(item: pytest.Item) -> bool:
    """Whether a test opens the database: by its mark, a fixture, or as a Django test case."""
    if item.nodeid.startswith(_PAGES_ONCE):
        return False
    if any(item.get_closest_marker(mark) for mark in _DATABASE_MARKS):
        return True
    if _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    owner = getattr(item, "cls", None)
    return owner is not None and issubclass(owner, TransactionTestCase)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and report as deselected, what does not touch the database; with `-n` long tests come first."""
    if config.getoption("--database-only"):
        rest = [item for item in items if not touches_database(item)]
        items[:] = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=rest)
    if worker_of(config):
        items[:] = long_first(items)


def worker_of(config: pytest.Config) -> str:
    """Name of this process among those of `-n`; empty when there is but one."""
    return str(getattr(config, "workerinput", {}).get("workerid", ""))


def pytest_configure(config: pytest.Config) -> None:
    """Make the store's folder, as `docgen` does: the test database lies in it."""
    if worker := worker_of(config):
        own_home(worker)
    Path(settings.DOCGEN_HOME).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """With `-n` whole modules are given out, in the order of collection."""
    config.option.loadscopereorder = False
    return ByModule(config, log)


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
