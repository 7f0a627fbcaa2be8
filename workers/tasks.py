"""Celery tasks: take ids, call one service, return nothing. The rows hold the truth.

Task names begin with their queue. A passing fault leaves the row waiting for the sweep; a fault of the
data is written into the row.
"""

from __future__ import annotations

from workers.app import SWEEP_TASK, app
from workers.jobs import convert_files, make_files, make_items
from workers.sweep import sweep_in_turn


@app.task(name="docs.make_items")
def make_items_task(item_ids: list[int]) -> None:
    """Make the papers of these batch items."""
    make_items(item_ids)


@app.task(name="docs.make_files")
def make_files_task(job_ids: list[int]) -> None:
    """Do these render jobs."""
    make_files(job_ids)


@app.task(name="pdf.convert")
def convert_task(job_ids: list[int]) -> None:
    """Do these conversions to PDF, a chunk in one call of LibreOffice."""
    convert_files(job_ids)


@app.task(name=SWEEP_TASK)
def sweep_task() -> None:
    """Free what dead workers left and ring the bell again for what waits too long."""
    sweep_in_turn()
