from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from docgen.models import Batch, BatchItem, BatchState, Conversion, JobState
from docgen.services.jobs import claim
from registry.claimers import MAX_ATTEMPTS, worker_name
from registry.files import store
from tests.workers.conftest import wait_for
from workers import sweep

HOST = socket.gethostname()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the bell was rung for; nothing lies unread."""
    messages: list[object] = []
    monkeypatch.setattr(sweep, "unread", lambda: 0)
    monkeypatch.setattr(sweep, "ring", lambda _, rows: messages.extend(rows) or True)
    return messages


def hold(batch: Batch, by: str, *, attempt: int = 1, seconds: int = 300) -> None:
    """All items run, held by the process of that name."""
    lease = timezone.now() + timedelta(seconds=seconds)
    batch.items.update(state=JobState.RUNNING, claimed_by=by, attempt=attempt, lease_until=lease)


def dead_pid() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_rows_of_a_dead_process_are_freed(batch: Batch) -> None:
    hold(batch, f"{HOST}:{dead_pid()}:1")
    assert sweep.free_all() == 5
    assert set(batch.items.values_list("state", "claimed_by")) == {("waiting", "")}


def test_a_later_process_with_the_same_number_is_not_the_claimer(batch: Batch) -> None:
    """In a container the numbers repeat with every start."""
    hold(batch, f"{HOST}:{os.getpid()}:1")
    assert sweep.free_all() == 5


def test_a_dead_process_that_nobody_has_buried_is_dead(batch: Batch) -> None:
    """A container without an init keeps its zombies."""
    zombie = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        start = Path(f"/proc/{zombie.pid}/stat").read_text().rpartition(")")[2].split()[19]
        hold(batch, f"{HOST}:{zombie.pid}:{start}")
        assert sweep.free_all() == 0
        zombie.kill()
        assert wait_for(lambda: sweep.free_all() == 5)
    finally:
        zombie.kill()
        zombie.wait()


def test_a_living_claimer_and_another_machine_keep_their_rows_while_the_lease_lasts(
    batch: Batch,
) -> None:
    for claimer in (worker_name(), f"{HOST}:{os.getpid()}", "máy-khác:1:1"):
        hold(batch, claimer)
        assert sweep.free_all() == 0
        hold(batch, claimer, seconds=-1)
        assert sweep.free_all() == 5


def test_a_row_that_keeps_losing_its_worker_fails_and_closes_the_batch(batch: Batch) -> None:
    hold(batch, f"{HOST}:{dead_pid()}:1", attempt=MAX_ATTEMPTS)
    sweep.free_all()
    assert set(batch.items.values_list("state", "error_code")) == {("failed", "worker_lost")}
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE_WITH_FAILURES


def test_the_clock_rings_for_rows_that_wait_too_long(batch: Batch, rung: list[object]) -> None:
    assert sweep.resend_waiting() == sweep.Swept(0, 0, 0)
    assert rung == []
    BatchItem.objects.update(queued_at=timezone.now() - timedelta(seconds=61))
    assert sweep.resend_waiting() == sweep.Swept(0, 5, 0)
    assert rung == [[batch.pk]] * 3


def test_no_message_is_added_while_others_lie_unread(
    batch: Batch, rung: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    BatchItem.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(sweep, "unread", lambda: 1)
    for _ in range(3):
        sweep.resend_waiting()
    assert rung == []


def test_of_many_messages_for_the_sweep_the_last_one_sweeps(
    batch: Batch, rung: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    BatchItem.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(sweep, "unread", lambda queue="docs": {"docs": 0, "upkeep": 3}[queue])
    assert sweep.sweep_in_turn() is None
    assert rung == []
    monkeypatch.setattr(sweep, "unread", lambda queue="docs": 0)
    assert sweep.sweep_in_turn() == sweep.Swept(0, 5, 0)


def test_a_row_queued_by_a_clock_that_runs_ahead_is_not_forgotten(
    batch: Batch, rung: list[object]
) -> None:
    BatchItem.objects.update(queued_at=timezone.now() + timedelta(hours=2))
    sweep.resend_waiting()
    assert rung == [[batch.pk]] * 3


def test_a_lease_is_told_by_the_clock_of_the_database(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker an hour ahead must not take what another machine holds, nor free it."""
    hold(batch, "máy-khác:1:1")
    ahead = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    if connection.vendor == "postgresql":
        assert sweep.free_all() == 0
        assert claim(BatchItem, batch.items.values_list("pk", flat=True)[0]) is None
    else:  # one machine, one clock
        assert sweep.free_all() == 5


def test_items_of_a_paused_batch_wait(batch: Batch, rung: list[object]) -> None:
    BatchItem.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    Batch.objects.update(state=BatchState.PAUSED)
    sweep.resend_waiting()
    assert rung == []
    assert sweep.waiting_items() == {}


def test_a_sweep_closes_what_is_done_though_the_broker_is_down(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    batch.items.update(state=JobState.DONE)
    sweep.resend_waiting()
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


@pytest.fixture
def conversion(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> Conversion:
    """A Word file that waits for its PDF, an hour old."""
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    source = store(b"khong phai Word", media_type="x", name="70-QĐ.docx")
    made = Conversion.objects.create(source=source)
    Conversion.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    return made


def test_the_clock_rings_for_pdfs_on_their_own_queue(
    conversion: Conversion, rung: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sweep, "unread", lambda queue="docs": asked.append(queue) or 0)
    assert sweep.resend_waiting() == sweep.Swept(0, 0, 0, pdfs=1)
    assert rung == [[[conversion.pk]]]
    assert asked[0] == "pdf"


def test_a_sweep_does_the_conversions_that_a_dead_worker_left(conversion: Conversion) -> None:
    Conversion.objects.update(
        state=JobState.RUNNING,
        attempt=1,
        claimed_by=f"{HOST}:{dead_pid()}:1",
        lease_until=timezone.now() + timedelta(seconds=300),
    )
    assert sweep.finish_here() == sweep.Swept(1, 0, 0, pdfs=1)
    conversion.refresh_from_db()
    assert (conversion.state, conversion.error_code) == ("failed", "pdf_failed")
    assert "không phải .docx" in conversion.error_message


def test_a_claim_is_taken_once(batch: Batch, item_ids: list[int]) -> None:
    first = claim(BatchItem, item_ids[0])
    assert first is not None
    assert first.claimed_by == worker_name()
    assert claim(BatchItem, item_ids[0]) is None
