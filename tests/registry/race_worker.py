"""One of several processes that take numbers at once; started by test_numbering_race.py.

Arguments: database name, series (org id, key, year), worker, count, shared papers, place at which to die (-1: never).
"""

from __future__ import annotations

import os
import random
import signal
import sys
from datetime import date

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from registry.durability import durable  # noqa: E402 - only after the setup above
from registry.numbering import reserve_number, reserve_range  # noqa: E402
from registry.series import SeriesRef  # noqa: E402

RANGE = 50  # the last numbers of a worker are taken as one range


class Injected(Exception):
    """A fault on purpose."""


def main() -> None:
    org_id, key, year, worker, count, shared, die_at = sys.argv[2:9]
    series = SeriesRef(int(org_id), key, int(year))
    on = date(int(year), 5, 2)
    chance = random.Random(int(worker))
    singles = int(count) - RANGE

    def take(holder: str, place: int, fault: float) -> None:
        with durable():
            reserve_number(series, on=on, holder=holder, actor=worker)
            if place == int(die_at):
                os.kill(os.getpid(), signal.SIGKILL)
            if fault < 0.05:
                raise Injected

    def take_surely(holder: str, place: int) -> None:
        try:
            take(holder, place, chance.random())
        except Injected:
            take(holder, place, 1)

    for place in range(int(shared)):
        take_surely(f"shared:{place}", -2)
    for place in range(singles):
        take_surely(f"worker:{worker}:{place}", place)
    with durable():
        holders = [f"worker:{worker}:{place}" for place in range(singles, int(count))]
        reserve_range(series, on=on, holders=holders, actor=worker)


if __name__ == "__main__":
    main()
