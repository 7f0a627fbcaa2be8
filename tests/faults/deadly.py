"""A worker in which one paper kills the process that makes it, like a segmentation fault in a library.

Its clock rings every second instead of every minute; all else is docgen's own worker.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from docgen.engine import CompiledTemplate  # noqa: E402 - only after the setup above
from docgen.models import BatchItem  # noqa: E402
from docgen.services import rendering  # noqa: E402
from records.models import FoundingCase  # noqa: E402
from workers.app import app  # noqa: E402

plain = rendering.prove


def deadly(kind: str, data: Mapping[str, object], *, on: date, template: CompiledTemplate) -> None:
    code = BatchItem.objects.get(position=3).record.removeprefix("case:")
    if data["union_name"] == FoundingCase.objects.get(code=code).union_name:
        os.kill(os.getpid(), signal.SIGKILL)
    plain(kind, data, on=on, template=template)


if __name__ == "__main__":
    rendering.prove = deadly
    app.conf.beat_schedule["sweep"]["schedule"] = 1.0
    app.worker_main(sys.argv[1:])
