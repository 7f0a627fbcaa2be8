from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from core.errors import Outage
from docgen.models import Batch, BatchItem, BatchState, JobState
from docgen.services import jobs as rows
from docgen.services.batches import batch_status
from workers import jobs

Work = Callable[[int], JobState | None]


def service(fault: BaseException | None, *, at: int) -> Work:
    """Stands in for the service: claims and finishes every item, but meets the fault at one position."""

    def run(item_id: int) -> JobState | None:
        item = rows.claim(BatchItem, item_id)
        if item is None:
            return None
        if fault is not None and item.position == at:
            raise fault
        rows.finish(item)
        return JobState.DONE

    return run


def states(batch: Batch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def test_a_bug_in_one_paper_stops_no_other_and_is_told(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_item", service(KeyError("Giàng A H'Mông"), at=2))
    jobs.make_items(item_ids)
    assert states(batch) == ["done", "failed", "done", "done", "done"]
    item = batch.items.get(position=2)
    assert item.error_code == "broken"
    assert "KeyError" in item.error_message
    assert "Giàng A H'Mông" in item.error_message
    assert item.claimed_by == ""


def test_a_bug_in_the_last_paper_closes_the_batch(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_item", service(ZeroDivisionError(), at=5))
    jobs.make_items(item_ids)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE_WITH_FAILURES


def test_a_passing_fault_of_the_database_gives_the_row_back(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_item", service(OperationalError("disk I/O error"), at=1))
    jobs.make_items(item_ids)
    assert states(batch) == ["waiting", "done", "done", "done", "done"]
    item = batch.items.get(position=1)
    assert (item.attempt, item.error_code) == (1, "database")
    assert "disk I/O error" in item.error_message
    jobs.make_items(item_ids)
    jobs.make_items(item_ids)
    assert states(batch)[0] == "failed"


def test_a_paper_that_takes_too_long_ends_its_chunk(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_item", service(SoftTimeLimitExceeded(), at=3))
    jobs.make_items(item_ids)
    assert states(batch) == ["done", "done", "waiting", "waiting", "waiting"]
    assert batch.items.get(position=3).error_code == "too_slow"
    assert batch.items.get(position=4).attempt == 0


def test_a_row_of_another_process_is_left_alone(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch.items.filter(position=1).update(state=JobState.RUNNING, claimed_by="máy-khác:7:1")

    def run(item_id: int) -> None:
        raise RuntimeError("before the claim")

    monkeypatch.setattr(jobs, "run_item", run)
    jobs.make_items(item_ids[:1])
    item = batch.items.get(position=1)
    assert (item.state, item.claimed_by) == ("running", "máy-khác:7:1")


def test_asked_to_stop_it_stops(
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "run_item", service(KeyboardInterrupt(), at=2))
    with pytest.raises(KeyboardInterrupt):
        jobs.make_items(item_ids)
    assert states(batch) == ["done", "running", "waiting", "waiting", "waiting"]


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
    batch: Batch, item_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row would else be held, for the whole lease, by a living process that has forgotten it."""
    monkeypatch.setattr(jobs, "PAUSES", (0, 0, 0))
    monkeypatch.setattr(jobs, "run_item", service(OperationalError("server closed"), at=1))
    plain, answers = jobs._held, iter([OperationalError("no server"), None])

    def held(model: Any, pk: int) -> Any:
        if fault := next(answers, None):
            raise fault
        return plain(model, pk)

    monkeypatch.setattr(jobs, "_held", held)
    jobs.make_items(item_ids[:1])
    assert BatchItem.objects.get(pk=item_ids[0]).state == JobState.WAITING


def test_the_status_is_right_when_the_last_worker_died_before_it_closed_the_batch(
    batch: Batch,
) -> None:
    batch.items.update(state=JobState.DONE)
    assert batch_status(batch)["state"] == BatchState.DONE
    batch.items.filter(position=2).update(state=JobState.FAILED)
    assert batch_status(batch)["state"] == BatchState.DONE_WITH_FAILURES
    batch.items.filter(position=3).update(state=JobState.WAITING)
    assert batch_status(batch)["state"] == BatchState.RUNNING
