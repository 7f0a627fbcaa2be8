"""Claiming rows as work: conditional UPDATE, fencing token, lease, cap on attempts.

The row is the queue and the broker only the bell: a task that finds nothing to claim has nothing to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.errors import Outage, UserError
from docgen.models import BatchItem, Conversion, FormJob, JobState, Rendering
from records.bulk import update_rows
from registry.claimers import LEASE, MAX_ATTEMPTS, is_dead, worker_name
from registry.clock import database_now
from registry.turns import behind

AnyJob = Rendering | BatchItem | Conversion | FormJob
Job = TypeVar("Job", Rendering, BatchItem, Conversion, FormJob)


def claim(model: type[Job], job_id: int) -> Job | None:
    """Take one waiting row, or a running one whose lease ran out; None if someone else has it.

    The claimed row carries the attempt number that `finish` and `fail` check.
    """
    now = database_now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    taken = (
        model.objects.filter(free, pk=job_id, attempt__lt=MAX_ATTEMPTS).update(
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=now + LEASE,
            claimed_by=worker_name(),
        )
        == 1
    )
    return model.objects.get(pk=job_id) if taken else None


def claim_next(rows: QuerySet[Job], *, limit: int) -> list[Job]:
    """Take up to ``limit`` of these waiting rows at once, in their order, with the same attempt.

    A row that was held before is taken alone: should it be the one that kills its workers, it takes no other
    with it. Two that claim at once get different rows.
    """
    waiting = rows.filter(state=JobState.WAITING)
    return _take(waiting.filter(attempt=0), limit) or _take(
        waiting.filter(attempt__gt=0, attempt__lt=MAX_ATTEMPTS), 1
    )


def _take(rows: QuerySet[Job], limit: int) -> list[Job]:
    if not rows.exists():
        return []
    with behind(), transaction.atomic():
        chosen = rows.select_for_update(skip_locked=True, of=("self",))[:limit]
        ids = list(chosen.values_list("pk", flat=True))
        rows.model._default_manager.filter(pk__in=ids).update(
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=database_now() + LEASE,
            claimed_by=worker_name(),
        )
        found = rows.model._default_manager.filter(pk__in=ids).in_bulk()
    return [found[pk] for pk in ids]


def lock_held(jobs: Sequence[Job]) -> list[Job]:
    """Those of the claimed rows that are still ours, locked: call it first in the output's transaction."""
    if not jobs:
        return []
    model = type(jobs[0])
    rows = model._default_manager.filter(
        pk__in=[job.pk for job in jobs], state=JobState.RUNNING, claimed_by=jobs[0].claimed_by
    )
    held = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "attempt"))
    return [job for job in jobs if held.get(job.pk) == job.attempt]


def finish_many(jobs: Sequence[Job], outputs: Mapping[str, Sequence[object]]) -> None:
    """Mark locked rows done, each with its output: column to values, in the order of the rows."""
    if jobs:
        rows = list(zip([job.pk for job in jobs], *outputs.values(), strict=True))
        ended = _ended(JobState.DONE) | {"error_code": "", "error_message": ""}
        update_rows(type(jobs[0]), ("id", *outputs), rows, constants=ended)


def _ended(state: JobState) -> dict[str, object]:
    return {
        "state": state.value,
        "lease_until": None,
        "claimed_by": "",
        "finished_at": timezone.now(),
    }


def fail_many(faults: Sequence[tuple[Job, UserError]]) -> None:
    """Mark rows failed, each with its reason, those that are still ours."""
    if not faults:
        return
    with transaction.atomic():
        held = {job.pk for job in lock_held([job for job, _ in faults])}
        rows = [(job.pk, fault.code, fault.message) for job, fault in faults if job.pk in held]
        columns = ("id", "error_code", "error_message")
        update_rows(type(faults[0][0]), columns, rows, constants=_ended(JobState.FAILED))


def _held(
    job: AnyJob,
) -> QuerySet[Rendering] | QuerySet[BatchItem] | QuerySet[Conversion] | QuerySet[FormJob]:
    """The row while this claim holds. Attempts begin anew after a retry, so the claimer counts too."""
    return type(job).objects.filter(
        pk=job.pk, attempt=job.attempt, claimed_by=job.claimed_by, state=JobState.RUNNING
    )


def finish(job: AnyJob, **changes: object) -> bool:
    """Mark done with its output, if the claim still holds. Call inside the output's transaction."""
    return (
        _held(job).update(
            state=JobState.DONE,
            lease_until=None,
            claimed_by="",
            error_code="",
            error_message="",
            finished_at=timezone.now(),
            **changes,
        )
        == 1
    )


def fail(job: AnyJob, *, code: str, message: str) -> bool:
    """Mark failed with its reason: trying again without a change would fail again."""
    return (
        _held(job).update(
            state=JobState.FAILED,
            lease_until=None,
            claimed_by="",
            error_code=code,
            error_message=message,
            finished_at=timezone.now(),
        )
        == 1
    )


def release(job: AnyJob, *, code: str, message: str) -> bool:
    """Give a claimed row back after a passing fault; the attempt counts, and the last one fails."""
    if job.attempt >= MAX_ATTEMPTS:
        return fail(job, code=code, message=message)
    return (
        _held(job).update(
            state=JobState.WAITING,
            lease_until=None,
            claimed_by="",
            error_code=code,
            error_message=message,
        )
        == 1
    )


def give_back(job: AnyJob, fault: Outage) -> JobState:
    """Release the row, or fail it when the fault will not pass or this was the last attempt; its state."""
    last = job.attempt >= MAX_ATTEMPTS or not fault.retryable
    verdict = fail if last else release
    verdict(job, code=fault.code, message=fault.message)
    return JobState.FAILED if last else JobState.WAITING


def retry(jobs: list[int], model: type[Job]) -> int:
    """Put failed rows back to waiting, with their attempts counted anew."""
    return model.objects.filter(pk__in=jobs, state=JobState.FAILED).update(
        state=JobState.WAITING, attempt=0, error_code="", error_message="", finished_at=None
    )


def free_abandoned(model: type[Job]) -> int:
    """Rows whose worker is dead or whose lease ran out go back to waiting, or to failed at the cap."""
    now = database_now()
    freed = 0
    for pk, claimed_by, lease, attempt in model.objects.filter(state=JobState.RUNNING).values_list(
        "pk", "claimed_by", "lease_until", "attempt"
    ):
        if not (is_dead(claimed_by) or lease is None or lease < now):
            continue
        changes: dict[str, object] = {"state": JobState.WAITING}
        if attempt >= MAX_ATTEMPTS:
            changes = {
                "state": JobState.FAILED,
                "error_code": "worker_lost",
                "error_message": f"Máy chạy việc dừng giữa chừng {attempt} lần khi làm văn bản này.",
                "finished_at": now,
            }
        freed += model.objects.filter(pk=pk, attempt=attempt, state=JobState.RUNNING).update(
            lease_until=None, claimed_by="", **changes
        )
    return freed
