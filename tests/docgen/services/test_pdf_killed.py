"""A worker that is killed while LibreOffice works for it: the next one ends what was left and does the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from docgen.models import Conversion
from docgen.services.jobs import free_abandoned
from docgen.services.pdf import run_conversions
from registry.models import StoredFile
from tests.docgen.services.conversions import rows, states, wait_for_soffice, word


def ends(pid: int) -> bool:
    """Whether a process is gone; one that was killed lies a moment until its new parent has buried it."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state.rpartition(")")[2].split()[0] in {"Z", "X"}:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.soffice
@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    files = tmp_path / "libreoffice"
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    jobs = rows(*(word(f"Quyết định số {number}") for number in range(6)))
    script = (
        "import sys, django; from pathlib import Path; from django.conf import settings\n"
        "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
        "settings.FILES_DIR = Path(sys.argv[2]); django.setup()\n"
        "from docgen.services.pdf import run_conversions\n"
        "run_conversions([int(pk) for pk in sys.argv[4:]], root=Path(sys.argv[3]))\n"
    )
    name = str(connection.settings_dict["NAME"])
    worker = subprocess.Popen(
        [sys.executable, "-c", script, name, str(django_settings.FILES_DIR), str(files),
         *(str(job.pk) for job in jobs)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings",
                          "PYTHONPATH": str(django_settings.BASE_DIR)},
    )  # fmt: skip
    left_over = wait_for_soffice(files)
    os.kill(left_over, signal.SIGSTOP)  # it would end by itself otherwise
    worker.kill()
    worker.wait()
    assert states(jobs) == ["running"] * 6
    assert Path(f"/proc/{left_over}").exists()
    assert free_abandoned(Conversion) == 6
    run_conversions([job.pk for job in jobs], root=files)
    assert states(jobs) == ["done"] * 6
    assert ends(left_over)
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 6
    assert set(Conversion.objects.values_list("attempt", flat=True)) == {2}
