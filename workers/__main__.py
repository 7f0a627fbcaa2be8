"""`python -m workers worker …`: the worker process that the supervisor starts."""

from __future__ import annotations

import sys

from workers.app import app

if __name__ == "__main__":
    # Not by the celery command: that one imports from the folder in which the user happens to be.
    app.worker_main(sys.argv[1:])
