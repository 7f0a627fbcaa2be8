"""A worker whose clock is two hours ahead: docgen's own in all else.

Only what asks for the time of day is moved; waiting goes by the monotonic clock, as on a machine with a wrong clock.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - only after the setup above

from workers.app import app  # noqa: E402

AHEAD = timedelta(hours=2)
plain_now, plain_time = timezone.now, time.time


def now() -> datetime:
    return plain_now() + AHEAD


def clock() -> float:
    return plain_time() + AHEAD.total_seconds()


if __name__ == "__main__":
    timezone.now = now
    time.time = clock
    app.worker_main(sys.argv[1:])
