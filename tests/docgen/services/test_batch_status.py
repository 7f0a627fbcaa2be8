"""What is said of a batch is counted from its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from docgen.models import Batch, BatchItem, JobState
from docgen.services.batches import batch_status, pause_batch, run_item, start_batch
from records.models import Campaign
from tests.batches import made

pytestmark = pytest.mark.django_db


def test_status_counts_the_rows_of_this_moment(sample: Campaign) -> None:
    batch = made(sample)
    n = batch.items.count()
    empty = batch_status(batch)
    assert empty == {
        "id": batch.pk,
        "kind": "founding_decision",
        "state": "ready",
        "total": n,
        "waiting": n,
        "running": 0,
        "done": 0,
        "failed": 0,
        "rate_per_s": None,
        "remaining_s": None,
        "numbers": None,
        "failures": [],
        "consequences_due": 0,
        "pdf": {"done": 0, "waiting": 0, "running": 0, "failed": 0},
    }
    waiting = start_batch(batch)
    run_item(waiting[0])
    BatchItem.objects.filter(pk=waiting[1]).update(state=JobState.RUNNING)
    BatchItem.objects.filter(pk=waiting[2]).update(state=JobState.FAILED)
    status = batch_status(batch)
    counts = [status[key] for key in ("total", "waiting", "running", "done", "failed")]
    assert counts == [n, n - 3, 1, 1, 1]


def test_the_rate_forgets_the_night_of_a_pause(sample: Campaign) -> None:
    batch = made(sample)
    waiting = start_batch(batch)
    run_item(waiting[0])
    pause_batch(batch)
    yesterday = timezone.now() - timedelta(hours=12)
    Batch.objects.update(started_at=yesterday)
    BatchItem.objects.filter(pk=waiting[0]).update(finished_at=yesterday)
    start_batch(batch)
    batch.refresh_from_db()
    start = batch.started_at
    assert start is not None
    BatchItem.objects.filter(pk=waiting[1]).update(
        state=JobState.DONE, finished_at=start + timedelta(seconds=2)
    )
    status = batch_status(batch)
    assert status["rate_per_s"] == 0.5
    assert status["remaining_s"] == (len(waiting) - 2) / 0.5
