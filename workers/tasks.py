"""Celery tasks: a bell that names the work at most, one call, nothing returned. The rows hold the truth.

Task names begin with their queue. A passing fault leaves the row waiting for the sweep; a fault of the
data is written into the row.
"""

from __future__ import annotations

from workers.app import SWEEP_TASK, app
from workers.form_rounds import FORMS_TASK, work_on_forms
from workers.jobs import convert_files
from workers.paper_views import VIEW_TASK, make_views, read_and_prepare
from workers.returns import READ_TASK
from workers.shifts import BATCH_TASK, FILES_TASK, work_on_batch, work_on_files
from workers.sweep import sweep_in_turn
from workers.upkeep import LIMIT, UPKEEP_TASK, run_upkeep


@app.task(name=BATCH_TASK)
def make_batch_task(batch_id: int) -> None:
    """Make papers of this batch for a while."""
    work_on_batch(batch_id)


@app.task(name=FILES_TASK)
def make_files_task() -> None:
    """Make waiting files for a while."""
    work_on_files()


@app.task(name=FORMS_TASK)
def make_forms_task() -> None:
    """Make waiting forms of rounds for a while."""
    work_on_forms()


@app.task(name="pdf.convert")
def convert_task(job_ids: list[int]) -> None:
    """Do these conversions to PDF, a chunk in one call of LibreOffice."""
    convert_files(job_ids)


@app.task(name=READ_TASK)
def read_task(file_ids: list[int]) -> None:
    """Read these received files; what a person has to look at is printed next."""
    read_and_prepare(file_ids)


@app.task(name=VIEW_TASK)
def view_task(view_ids: list[int]) -> None:
    """Print these received files to be looked at."""
    make_views(view_ids)


@app.task(name=SWEEP_TASK)
def sweep_task() -> None:
    """Free what dead workers left and ring the bell again for what waits too long."""
    sweep_in_turn()


@app.task(name=UPKEEP_TASK, soft_time_limit=LIMIT + 10, time_limit=LIMIT + 30)
def upkeep_task(job_id: int) -> None:
    """Make this backup, or this look at the store's health."""
    run_upkeep(job_id)
