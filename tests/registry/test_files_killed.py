"""Processes that store files are killed at any moment: no row is ever without its bytes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from registry.files import missing, orphans, read, store_many
from registry.models import StoredFile
from tests.registry.store_worker import wanted

ROUNDS = 8
COUNT = 3000


def start(files_dir: Path, worker: int) -> subprocess.Popen[bytes]:
    script = str(Path(__file__).with_name("store_worker.py"))
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, script, name, str(files_dir), str(worker), str(COUNT)],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR)},
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.processes
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_no_row_is_without_bytes(files_dir: Path) -> None:
    chance = random.Random(2024)
    killed = 0
    for number in range(ROUNDS):
        before = StoredFile.objects.count()
        worker = start(files_dir, number)
        deadline = time.monotonic() + 30
        while StoredFile.objects.count() == before and time.monotonic() < deadline:
            if worker.poll() is not None:
                break  # everything was there already
            time.sleep(0.002)
        time.sleep(chance.random() * 0.05)
        worker.kill()
        killed += worker.wait() == -9
        assert missing() == []
        for row in StoredFile.objects.order_by("-pk")[:200]:
            read(row)
    assert killed >= ROUNDS // 2
    # Another process simply goes on, and what the dead left behind without a row is found.
    rows = store_many(wanted(COUNT))
    assert len({row.pk for row in rows}) == COUNT
    assert all(read(row) == file.data for row, file in zip(rows, wanted(COUNT), strict=True))
    for path in orphans(older_than=timedelta(seconds=-5)):
        assert path.name.startswith(".tmp-") or not StoredFile.objects.filter(pack=path.name)
