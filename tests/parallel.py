"""Tests side by side (`-n`): what may go to another process, in which order, and what each process has for itself."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from django.conf import settings
from xdist.scheduler import LoadScopeScheduling

from config.logs import StoreLog

#: Modules (beginnings of their paths) that share a costly fixture of the session: these go to one process.
TOGETHER = (
    ("tests/faults/test_main_job", "tests/faults/test_broker_loss"),  # an undisturbed run
    ("tests/faults/test_batch", "tests/faults/test_backup"),  # a batch that nothing disturbed
    ("tests/paths/test_sample_",),  # every paper of the campaign
)
#: Marks of tests that wait for other processes, in order of their length.
_LONG = ("slow", "worker", "processes", "soffice")


class ByModule(LoadScopeScheduling):
    """The tests of a module stay in one process, for its fixtures are made once a module."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def unit(nodeid: str) -> str:
    """What a test shares a process with: its module, or the first of those that share a fixture."""
    path = nodeid.partition("::")[0]
    return next((group[0] for group in TOGETHER if path.startswith(group)), path)


def long_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """The same tests, those units first that take long: none of them begins when the others are done.

    Inside a unit the order stays: pytest-django puts tests that empty the database last.
    """
    units: dict[str, list[pytest.Item]] = {}
    for item in items:
        units.setdefault(unit(item.nodeid), []).append(item)

    groups = [group[0] for group in TOGETHER]

    def place(name: str) -> tuple[int, int, int]:
        together = groups.index(name) if name in groups else len(groups)
        marks = {mark.name for item in units[name] for mark in item.iter_markers()}
        waits = next((at for at, mark in enumerate(_LONG) if mark in marks), len(_LONG))
        return together, waits, -len(units[name])

    return [item for name in sorted(units, key=place) for item in units[name]]


def own_home(worker: str) -> None:
    """Give this process a store of its own inside that of the run: files, logs, broker, LibreOffice's profile."""
    home = Path(settings.DOCGEN_HOME) / worker
    settings.DOCGEN_HOME, settings.FILES_DIR = home, home / "files"
    settings.LOGS_DIR = home / "logs"
    os.environ["DOCGEN_HOME"] = str(home)
    for handler in logging.getLogger().handlers:
        if isinstance(handler, StoreLog):
            handler.path = settings.LOGS_DIR / handler.path.name
