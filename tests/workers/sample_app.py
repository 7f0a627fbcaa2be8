"""A Celery application with docgen's own settings and tasks that leave marks on disk; run as a real worker."""

from __future__ import annotations

import os
import time
from pathlib import Path

from celery import Celery

from workers.app import SWEEP_TASK, celery_settings, transport_options

HOME = Path(os.environ["SAMPLE_HOME"])
MARKS = HOME / "marks"

# No Django here: these tests are about the queue alone.
app = Celery("sample", fixups=[])
app.conf.update(celery_settings(url=os.environ["SAMPLE_URL"], time_zone="Asia/Ho_Chi_Minh"))
app.conf.imports = ()
# The office waits for the sweep; a test cannot wait twenty minutes for an unacknowledged message.
app.conf.broker_transport_options = {**transport_options(), "visibility_timeout": 3}
app.conf.beat_schedule["sweep"]["schedule"] = 1.0


def _mark(name: str) -> None:
    with (MARKS / name).open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")


@app.task(name="docs.mark")
def mark(number: int, *, pause: float = 0.0) -> None:
    """Leave a file named after the number; a second run of the same number adds a line."""
    time.sleep(pause)
    _mark(f"docs-{number}")


@app.task(name="docs.die_once")
def die_once(number: int) -> None:
    """Kill the process that runs this the first time, like a segmentation fault in a library."""
    first = MARKS / f"died-{number}"
    if not first.exists():
        first.touch()
        os._exit(9)
    _mark(f"docs-{number}")


@app.task(name=SWEEP_TASK)
def sweep() -> None:
    """Stand in for the sweep: counts its calls."""
    _mark("sweep")
