"""What a Prometheus server sees of the work: everything counted from the rows at this moment, and the broker asked.

Every table of claimable rows (``docgen.models.jobs.JobRow``) is counted, also those that come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from core.errors import DocgenError
from docgen.models import Batch, BatchItem, BatchState, JobState
from docgen.models.jobs import JobRow
from registry.clock import database_now
from registry.models import OfficialNumber, StoredFile
from workers.app import QUEUES
from workers.broker import broker_address, connect
from workers.exposition import Family, exposition

#: Messages fetched and not yet acknowledged: kombu's own table in Redis.
UNACKNOWLEDGED = "unacked"
MINUTE = timedelta(minutes=1)


def metrics_text(home: Path) -> str:
    """All metrics of this store as Prometheus text; for the command line and for the desk. Raises DatabaseError."""
    return exposition([*database_families(), *broker_families(home)])


def job_tables() -> dict[str, type[JobRow]]:
    """Every table of claimable rows by its name."""
    found = [model for model in apps.get_models() if issubclass(model, JobRow)]
    return {str(model._meta.model_name): model for model in found}


def database_families() -> list[Family]:
    """Batches, jobs and numbers."""
    return [_batches(), *_jobs(), *_numbers(), _clock()]


def broker_families(home: Path) -> list[Family]:
    """Whether the broker answers, and what lies in it; it is not started for this."""
    up = Family("docgen_broker_up", "Whether the broker answers (1) or not (0).")
    queued = Family("docgen_queue_messages", "Messages that no worker has fetched yet.")
    held = Family("docgen_unacknowledged_messages", "Messages fetched and not yet done.")
    try:
        client = connect(broker_address(home))
    except DocgenError:
        up.add(0)
        return [up]
    try:
        lengths = {queue: int(client.llen(queue)) for queue in QUEUES}
        held.add(int(client.hlen(UNACKNOWLEDGED)))
    except (RedisError, OSError):
        up.add(0)
        return [up]
    finally:
        client.close()
    up.add(1)
    for queue, length in lengths.items():
        queued.add(length, queue=queue)
    return [up, queued, held]


def _batches() -> Family:
    family = Family("docgen_batches", "Batches by state.")
    found = _counts(Batch.objects.order_by().values_list("state").annotate(n=Count("pk")))
    for state in BatchState.values:
        family.add(found.get(state, 0), state=state)
    return family


def _jobs() -> Iterator[Family]:
    rows = Family("docgen_jobs", "Rows of work by table and state.")
    oldest = Family("docgen_oldest_waiting_seconds", "Age of the row that has waited longest.")
    stale = Family("docgen_jobs_lease_over", "Running rows whose lease is over: a worker was lost.")
    rate = Family("docgen_jobs_done_per_minute", "Rows done in the last minute.")
    failures = Family("docgen_jobs_failed", "Failed rows by the code of their reason.")
    now = database_now()
    for name, model in job_tables().items():
        manager = model._default_manager
        found = _counts(manager.order_by().values_list("state").annotate(n=Count("pk")))
        for state in JobState.values:
            rows.add(found.get(state, 0), table=name, state=state)
        waiting = _waiting(model).aggregate(first=Min("queued_at"))["first"]
        oldest.add(max(0.0, (now - waiting).total_seconds()) if waiting else 0, table=name)
        stale.add(manager.filter(state=JobState.RUNNING, lease_until__lt=now).count(), table=name)
        done = manager.filter(state=JobState.DONE, finished_at__gt=now - MINUTE)
        rate.add(done.count(), table=name)
        failed = manager.filter(state=JobState.FAILED).order_by("error_code")
        for code, count in failed.values_list("error_code").annotate(n=Count("pk")):
            failures.add(count, table=name, code=code)
    yield from (rows, oldest, stale, rate, failures)


def _waiting(model: type[JobRow]) -> QuerySet[Any]:
    """Rows that a worker could take now: a batch that is only prepared, or paused, is not late."""
    if model is BatchItem:
        return BatchItem.objects.filter(state=JobState.WAITING, batch__state=BatchState.RUNNING)
    return model._default_manager.filter(state=JobState.WAITING)


def _numbers() -> Iterator[Family]:
    given = Family("docgen_numbers", "Official numbers by register, year and state.")
    rows = OfficialNumber.objects.order_by("series__direction", "series__year", "state")
    for direction, year, state, count in rows.values_list(
        "series__direction", "series__year", "state"
    ).annotate(n=Count("pk")):
        given.add(count, direction=direction, year=str(year), state=state)
    yield given
    files = Family("docgen_stored_files", "Files kept under their hash.")
    files.add(StoredFile.objects.count())
    yield files


def _clock() -> Family:
    """A worker whose clock is far off makes wrong times in logs and events; leases follow the database's clock."""
    family = Family(
        "docgen_clock_ahead_seconds", "How far this machine's clock is ahead of the database's."
    )
    family.add(round((timezone.now() - database_now()).total_seconds(), 3))
    return family


def _counts(pairs: object) -> dict[str, int]:
    return dict(pairs)  # type: ignore[call-overload,no-any-return]
