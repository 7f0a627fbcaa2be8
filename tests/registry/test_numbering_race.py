"""Eight processes, rollbacks and kill -9: no gap, no number twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from records.models import UnionOrg
from registry.durability import durable
from registry.models import OfficialNumber
from registry.numbering import reserve_number
from registry.proof import check_series
from registry.series import SeriesRef
from registry.series_rows import find_series

WORKERS = 8
EACH = 500
SHARED = 20  # papers that every worker tries to number
#: Worker and the place at which it dies inside its transaction; it is then started again.
DEATHS = {0: 3, 3: 120, 5: 260}
MAY_2 = date(2024, 5, 2)

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def start(series: SeriesRef, worker: int, die_at: int) -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    told = [name, series.org_id, series.key, series.year, worker, EACH, SHARED, die_at]
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("race_worker.py")), *map(str, told)],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR)},
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_eight_processes_with_rollbacks_and_kills(plans: SeriesRef) -> None:
    running = {worker: start(plans, worker, DEATHS.get(worker, -1)) for worker in range(WORKERS)}
    for worker in DEATHS:
        _, said = running[worker].communicate()
        assert running[worker].returncode == -signal.SIGKILL, said.decode()
        running[worker] = start(plans, worker, -1)
    for process in running.values():
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()

    total = WORKERS * EACH + SHARED
    numbers = OfficialNumber.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, total + 1))
    holders = set(OfficialNumber.objects.values_list("holder", flat=True))
    assert holders == {f"shared:{place}" for place in range(SHARED)} | {
        f"worker:{worker}:{place}" for worker in range(WORKERS) for place in range(EACH)
    }
    assert check_series(plans) == []
    row = find_series(plans)
    assert row is not None
    assert row.next_number == total + 1


def test_another_series_does_not_wait(plans: SeriesRef, province: UnionOrg) -> None:
    """On PostgreSQL a row lock per series; SQLite has one writer, so there the other only follows."""
    other = SeriesRef(province.pk, "QĐ", 2024)
    taken: list[int] = []

    def take_other() -> None:
        try:
            with durable():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET LOCAL lock_timeout = '15s'")
                number = reserve_number(other, on=MAY_2, holder="other", actor="b")
                taken.append(number.number)
        finally:
            connection.close()

    thread = threading.Thread(target=take_other)
    with durable():
        reserve_number(plans, on=MAY_2, holder="mine", actor="a")
        thread.start()
        if connection.vendor == "postgresql":
            thread.join()
            assert taken == [1]
    thread.join()
    assert taken == [1]
