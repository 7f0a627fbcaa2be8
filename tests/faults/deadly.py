"""A worker in which one paper kills the process that makes it, like a segmentation fault in a library.

Its clock rings every second instead of every minute; all else is docgen's own worker.
"""

from __future__ import annotations

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from docgen.engine import Rendered  # noqa: E402 - only after the setup above
from docgen.models import BatchItem, Document, Purpose  # noqa: E402
from docgen.services import rendering  # noqa: E402
from workers.app import app  # noqa: E402

plain = rendering.render_document


def deadly(document: Document, *, purpose: Purpose) -> Rendered:
    if BatchItem.objects.filter(record=document.record, position=3).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(document, purpose=purpose)


if __name__ == "__main__":
    rendering.render_document = deadly
    app.conf.beat_schedule["sweep"]["schedule"] = 1.0
    app.worker_main(sys.argv[1:])
