"""Several processes store the same bytes at once, each in an order of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from registry.files import key_of, missing, read
from registry.models import StoredFile

COUNT = 80


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_same_bytes_from_four_processes(files_dir: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    script = str(Path(__file__).with_name("store_worker.py"))
    running = [
        subprocess.Popen(
            [sys.executable, script, name, str(files_dir), str(worker), str(COUNT)],
            env=os.environ
            | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR)},
            stderr=subprocess.PIPE,
        )
        for worker in range(4)
    ]
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    rows = StoredFile.objects.all()
    assert {read(row) for row in rows} == {f"tệp {place}".encode() for place in range(COUNT)}
    assert len(rows) == COUNT
    assert missing() == []
    assert not list(files_dir.rglob(".tmp-*"))
    assert {key_of(row) for row in rows} <= {
        path.relative_to(files_dir).as_posix() for path in files_dir.rglob("*") if path.is_file()
    }
