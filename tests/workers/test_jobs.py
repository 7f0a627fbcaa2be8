from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from core.errors import Outage
from docgen.models import Batch, BatchItem, BatchState, JobState
from docgen.services import batches
from docgen.services import jobs as rows
from docgen.services.batches import batch_status
from workers import jobs

Work = Callable[[Batch, Sequence[BatchItem]], object]


def service(fault: BaseException | None, *, at: int) -> Work:
    """Stands in for the service: finishes the items of a chunk in turn, but meets the fault at one position."""

    def make(_batch: Batch, items: Sequence[BatchItem]) -> None:
        for item in items:
            if fault is not None and item.position == at:
                raise fault
            rows.finish(item)
        batches.close_batch(items[0].batch_id)

    return make


def states(batch: Batch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def test_a_bug_in_one_paper_stops_no_other_and_is_told(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "make_items", service(KeyError("Giàng A H'Mông"), at=2))
    jobs.make_batch(batch.pk)
    assert states(batch) == ["done", "failed", "done", "done", "done"]
    item = batch.items.get(position=2)
    assert item.error_code == "broken"
    assert "KeyError" in item.error_message
    assert "Giàng A H'Mông" in item.error_message
    assert item.claimed_by == ""
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE_WITH_FAILURES


def test_a_bug_in_the_last_paper_closes_the_batch(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "make_items", service(ZeroDivisionError(), at=5))
    jobs.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE_WITH_FAILURES


def test_a_passing_fault_of_the_database_gives_the_chunk_back_and_then_one_after_another(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends by itself: the rows of the chunk are tried alone, and the one that always fails at the cap."""
    monkeypatch.setattr(jobs, "make_items", service(OperationalError("disk I/O error"), at=1))
    assert jobs.make_batch(batch.pk) == 5 + 6
    assert states(batch) == ["failed", "done", "done", "done", "done"]
    item = batch.items.get(position=1)
    assert (item.attempt, item.error_code) == (3, "database")
    assert "disk I/O error" in item.error_message


def test_a_chunk_that_takes_too_long_ends_the_shift_and_comes_back_in_pieces(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "make_items", service(SoftTimeLimitExceeded(), at=3))
    jobs.make_batch(batch.pk)
    assert states(batch) == ["done", "done", "waiting", "waiting", "waiting"]
    assert batch.items.get(position=3).error_code == "too_slow"
    jobs.make_batch(batch.pk)  # the slow one alone
    assert states(batch) == ["done", "done", "waiting", "waiting", "waiting"]
    assert batch.items.get(position=4).attempt == 1
    jobs.make_batch(batch.pk)
    assert states(batch) == ["done", "done", "failed", "waiting", "waiting"]
    jobs.make_batch(batch.pk)
    assert states(batch) == ["done", "done", "failed", "done", "done"]


def test_a_row_that_was_held_before_is_taken_alone(batch: Batch) -> None:
    """Should it be the one that kills its workers, it takes no other with it."""
    batch.items.filter(position__in=(1, 3)).update(attempt=1)
    taken = []
    while (found := batches.claim_items(batch.pk)) is not None:
        taken.append([item.position for item in found[1]])
        assert len({item.attempt for item in found[1]}) == 1
    assert taken == [[2, 4, 5], [1], [3]]


def test_a_chunk_has_its_size_and_order(batch: Batch) -> None:
    found = batches.claim_items(batch.pk, limit=2)
    assert found is not None
    assert [item.position for item in found[1]] == [1, 2]
    assert [item.state for item in found[1]] == [JobState.RUNNING] * 2


@pytest.mark.parametrize("state", [BatchState.PAUSED, BatchState.CANCELLED, BatchState.DONE])
def test_only_a_running_batch_gives_items(batch: Batch, state: BatchState) -> None:
    Batch.objects.update(state=state)
    assert batches.claim_items(batch.pk) is None
    assert jobs.make_batch(batch.pk) == 0


def test_a_row_of_another_process_is_left_alone(batch: Batch) -> None:
    batch.items.filter(position=1).update(state=JobState.RUNNING, claimed_by="máy-khác:7:1")
    found = batches.claim_items(batch.pk)
    assert found is not None
    assert [item.position for item in found[1]] == [2, 3, 4, 5]
    item = batch.items.get(position=1)
    assert (item.state, item.claimed_by) == ("running", "máy-khác:7:1")


def test_what_another_holds_by_now_is_not_written(batch: Batch) -> None:
    """The lease of a slow worker ran out and others took its rows."""
    found = batches.claim_items(batch.pk)
    assert found is not None
    batch.items.filter(position__lte=2).update(attempt=2)
    batch.items.filter(position=3).update(claimed_by="máy-khác:7:1")
    batch.items.filter(position=4).update(state=JobState.WAITING)
    assert [item.position for item in rows.lock_held(found[1])] == [5]


def test_asked_to_stop_it_stops(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "make_items", service(KeyboardInterrupt(), at=2))
    with pytest.raises(KeyboardInterrupt):
        jobs.make_batch(batch.pk)
    assert states(batch) == ["done", "running", "running", "running", "running"]


def test_a_shift_ends_after_its_time(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "make_items", service(None, at=0))
    assert jobs.make_batch(batch.pk, seconds=0) == 0
    assert states(batch) == ["waiting"] * 5


@pytest.mark.django_db
def test_without_libreoffice_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise Outage("Máy không có LibreOffice.", retryable=False)

    monkeypatch.setattr(jobs, "run_conversions", missing)
    jobs.convert_files([1])
    assert "Máy không có LibreOffice." in caplog.text


def test_a_verdict_waits_for_a_database_that_is_restarted(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows would else be held, for the whole lease, by a living process that has forgotten them."""
    monkeypatch.setattr(jobs, "PAUSES", (0, 0, 0))
    plain, answers = jobs.release, iter([OperationalError("no server"), None])
    closed, calls = OperationalError("server closed"), []

    def once(_batch: Batch, items: Sequence[BatchItem]) -> None:
        calls.append([item.position for item in items])
        if len(calls) == 1:
            raise closed
        raise KeyboardInterrupt

    def release(job: Any, **told: Any) -> Any:
        if fault := next(answers, None):
            raise fault
        return plain(job, **told)

    monkeypatch.setattr(jobs, "make_items", once)
    monkeypatch.setattr(jobs, "release", release)
    with pytest.raises(KeyboardInterrupt):
        jobs.make_batch(batch.pk)
    assert calls == [[1, 2, 3, 4, 5], [1]]
    assert states(batch) == ["running"] + ["waiting"] * 4


def test_the_status_is_right_when_the_last_worker_died_before_it_closed_the_batch(
    batch: Batch,
) -> None:
    batch.items.update(state=JobState.DONE)
    assert batch_status(batch)["state"] == BatchState.DONE
    batch.items.filter(position=2).update(state=JobState.FAILED)
    assert batch_status(batch)["state"] == BatchState.DONE_WITH_FAILURES
    batch.items.filter(position=3).update(state=JobState.WAITING)
    assert batch_status(batch)["state"] == BatchState.RUNNING
