"""The waiting of the main job: with workers that die, do nothing or lose messages, it always ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from core.errors import Outage, UserError
from docgen.models import Batch, BatchState, JobState
from tests import make
from workers import campaign
from workers.campaign import GIVE_UP_SECONDS, STALL_SECONDS, StageRunner
from workers.stages import Stage
from workers.supervisor import Worker


class Clock:
    """Time passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        assert self.now < 10 * GIVE_UP_SECONDS, "it waits for ever"


class FakeWorker:
    def __init__(self, deaths: int = 0) -> None:
        self.deaths = deaths
        self.starts = 0
        self.working = 0

    def ensure(self) -> None:
        self.starts += 1

    def has_died(self) -> bool:
        return self.deaths > 0

    def restart(self) -> None:
        self.deaths -= 1
        self.starts += 1

    def works(self) -> None:
        self.working += 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(campaign, "time", made)
    monkeypatch.setattr(campaign, "unread", lambda: 0)
    return made


def runner(batch: Batch, worker: FakeWorker | None = None) -> StageRunner:
    return StageRunner(
        batch.campaign, worker=cast("Worker", worker or FakeWorker()), actor="văn thư", report=print
    )


def count_of(calls: list[float], clock: Clock) -> Callable[[], None]:
    return lambda: calls.append(clock.now)


def test_lost_messages_are_sent_again_now_and_then(batch: Batch, clock: Clock) -> None:
    resent: list[float] = []
    runner(batch)._wait(
        done=lambda: clock.now > 21, resend=count_of(resent, clock), count=lambda: 0
    )
    assert len(resent) == 4
    assert resent[0] >= STALL_SECONDS


def test_messages_that_only_wait_their_turn_are_not_sent_again(
    batch: Batch, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "unread", lambda: 3)
    resent: list[float] = []
    runner(batch)._wait(
        done=lambda: clock.now > 50, resend=count_of(resent, clock), count=lambda: 0
    )
    assert resent == []


def test_a_worker_that_does_nothing_is_not_waited_for(
    batch: Batch, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alive, but it never answers: the command does the work itself."""
    made: list[float] = []
    monkeypatch.setattr(campaign, "finish_here", count_of(made, clock))
    runner(batch)._wait(done=lambda: bool(made), resend=lambda: None, count=lambda: 0)
    assert len(made) == 1


def test_a_dead_worker_is_replaced_and_told_what_waits(batch: Batch, clock: Clock) -> None:
    worker = FakeWorker(deaths=2)
    resent: list[float] = []
    runner(batch, worker)._wait(
        done=lambda: clock.now > 1.5, resend=count_of(resent, clock), count=lambda: int(clock.now)
    )
    assert worker.starts == 2
    assert len(resent) == 2
    assert worker.working == 1


def test_too_many_deaths_end_the_command(batch: Batch, clock: Clock) -> None:
    class Dying(FakeWorker):
        def restart(self) -> None:
            raise Outage("Máy chạy việc tự dừng.", code="worker_keeps_dying")

    with pytest.raises(Outage, match="tự dừng"):
        runner(batch, Dying(deaths=1))._wait(
            done=lambda: False, resend=lambda: None, count=lambda: 0
        )


def stage(batch: Batch, **more: Any) -> Stage:
    Batch.objects.filter(pk=batch.pk).update(key="thử/founding", **more)
    return Stage("thử/founding", "Quyết định", batch.kind, make.DAY_2024)


def test_a_stage_whose_papers_all_failed_is_not_taken_for_done(
    batch: Batch, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch.items.update(state=JobState.FAILED, error_code="x", error_message="Thiếu số liệu.")
    monkeypatch.setattr(
        campaign,
        "send_batch",
        lambda _: (
            batch.items.update(state=JobState.FAILED, error_message="Vẫn thiếu số liệu.")
            and Batch.objects.update(state=BatchState.DONE_WITH_FAILURES)
        ),
    )
    worker = FakeWorker()
    with pytest.raises(UserError, match="Vẫn thiếu số liệu") as caught:
        runner(batch, worker).run(stage(batch, state=BatchState.DONE_WITH_FAILURES))
    assert worker.starts == 1
    assert len(cast("list[object]", caught.value.facts["failures"])) == 5


def test_what_killed_the_worker_in_an_earlier_run_is_tried_anew(
    batch: Batch, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three kills of the whole command over the same paper must not spoil the fourth run."""
    batch.items.update(state=JobState.DONE)
    batch.items.filter(position=2).update(
        state=JobState.FAILED, error_code="worker_lost", attempt=3
    )
    sent: list[int] = []

    def send(_: Batch) -> None:
        waiting = batch.items.filter(state=JobState.WAITING)
        sent.extend(waiting.values_list("pk", flat=True))
        waiting.update(state=JobState.DONE)
        Batch.objects.update(state=BatchState.DONE)

    monkeypatch.setattr(campaign, "send_batch", send)
    runner(batch)._draft(batch)
    assert sent == [batch.items.get(position=2).pk]
    assert batch.items.get(position=2).attempt == 0


def test_a_cancelled_stage_stops_the_job_and_says_so(batch: Batch, clock: Clock) -> None:
    with pytest.raises(UserError, match="đã bị hủy"):
        runner(batch).run(stage(batch, state=BatchState.CANCELLED))
