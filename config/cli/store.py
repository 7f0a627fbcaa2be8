"""Verbs that work on the store: it is opened, and an embedded one made ready, before they run."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.cli.output import note
from config.cli.verbs import Verb, VerbGroup
from core.errors import Outage


class StoreVerb(Verb):
    """A verb that needs the store."""

    def invoke(self, ctx: click.Context) -> Any:
        """Open the store, then do the work; `--help` and usage errors come without it."""
        open_store()
        return super().invoke(ctx)


class StoreGroup(VerbGroup):
    """A group of verbs that need the store."""

    command_class = StoreVerb


store_verb: Callable[..., Callable[[Callable[..., Any]], click.Command]] = partial(
    click.command, cls=StoreVerb
)
store_group: Callable[..., Callable[[Callable[..., Any]], StoreGroup]] = partial(
    click.group, cls=StoreGroup
)


def is_embedded() -> bool:
    """Whether the store has its own SQLite file, so that nobody but docgen looks after it."""
    return connection.vendor == "sqlite"


def is_unmade() -> bool:
    """Whether the embedded store does not exist yet; looking with SQLite would make its file."""
    name = str(connection.settings_dict["NAME"])
    return is_embedded() and "memory" not in name and not Path(name).is_file()


def pending_steps() -> int:
    """How many migrations the database still lacks. Raises OperationalError when it does not answer."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def store_is_ready() -> bool:
    """Whether there is a store with all its tables; nothing is made to find out."""
    if is_unmade():
        return False
    try:
        return not pending_steps()
    except DatabaseError:
        return False


def open_store() -> None:
    """Make the store usable: an embedded one is made or brought up to date by itself.

    Raises Outage for a PostgreSQL database without its tables: changing a shared server is the admin's
    decision, and he is told the command.
    """
    if not is_embedded():
        if steps := pending_steps():
            raise Outage(
                f"Cơ sở dữ liệu PostgreSQL còn thiếu {steps} bước nâng cấp. Sao lưu, rồi chạy: "
                ".venv/bin/python manage.py migrate",
                code="not_migrated",
                facts={"steps": steps},
            )
        return
    home = Path(settings.DOCGEN_HOME)
    home.mkdir(parents=True, exist_ok=True)
    if not pending_steps():
        return
    with _alone(home):
        if pending_steps():
            note(f"Chuẩn bị kho dữ liệu ở {home}…")
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two first commands at once: one makes the tables, the other waits for it."""
    with (home / "migrate.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
