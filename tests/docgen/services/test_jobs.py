"""A row is claimed once, a late worker writes nothing, and nothing waits for a dead one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from core.errors import Outage
from docgen.models import Document, JobState, Rendering
from docgen.services import rendering as rendering_service
from docgen.services.ending import recall_document
from docgen.services.issuing import issue_document
from docgen.services.jobs import (
    claim,
    fail,
    finish,
    free_abandoned,
    give_back,
    release,
    retry,
)
from docgen.services.lifecycle import request_document
from docgen.services.rendering import ask_rendering, run_rendering
from records.models import Campaign
from registry.claimers import LEASE, MAX_ATTEMPTS, worker_name
from registry.files import path_of, read
from registry.models import OutgoingEntry, StoredFile
from tests.docgen.kinds.reading import dump
from tests.sample import CLERK, PLAN, issued, rendering, signed

MAY_2 = date(2024, 5, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def job(sample: Campaign) -> Rendering:
    """A draft that waits to be made."""
    paper = request_document(PLAN[0], record=PLAN[1], on=MAY_2, actor=CLERK).document
    return rendering(paper, "draft")


def fresh(job: Rendering) -> Rendering:
    return Rendering.objects.get(pk=job.pk)


def taken(job: Rendering) -> Rendering:
    found = claim(Rendering, job.pk)
    assert found is not None
    return found


def change(job: Rendering, **values: object) -> None:
    Rendering.objects.filter(pk=job.pk).update(**values)


def test_a_row_is_claimed_once(job: Rendering) -> None:
    first = taken(job)
    assert (first.state, first.attempt, first.claimed_by) == (JobState.RUNNING, 1, worker_name())
    assert first.lease_until is not None
    assert first.lease_until > timezone.now()
    assert claim(Rendering, job.pk) is None
    assert run_rendering(job.pk) is None
    assert finish(first)
    assert claim(Rendering, job.pk) is None
    assert run_rendering(job.pk) is None


def test_nobody_claims_what_does_not_exist(sample: Campaign) -> None:
    assert claim(Rendering, 10**9) is None


def test_a_late_worker_writes_nothing(job: Rendering) -> None:
    late = taken(job)
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    second = taken(job)
    assert second.attempt == 2
    assert not finish(late)
    assert not fail(late, code="x", message="x")
    assert not release(late, code="x", message="x")
    assert (fresh(job).state, fresh(job).attempt) == (JobState.RUNNING, 2)
    assert finish(second)
    assert not finish(second)


def test_a_late_worker_writes_nothing_after_a_retry_either(job: Rendering) -> None:
    """Attempts begin anew, so the number alone would let it in."""
    change(job, claimed_by="máy-khác:77")
    late = taken(job)
    change(job, claimed_by="máy-khác:77")
    late.claimed_by = "máy-khác:77"
    fail(fresh(job), code="x", message="x")
    assert retry([job.pk], Rendering) == 1
    again = taken(job)
    assert again.attempt == late.attempt
    assert not finish(late)
    assert finish(again)


def test_the_draft_of_a_late_worker_is_not_kept(
    job: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease ran out while it was writing; another made the file."""
    real = rendering_service.store

    def slow(*given: object, **named: object) -> StoredFile:
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr(rendering_service, "store", real)
        assert run_rendering(job.pk) == JobState.DONE
        return real(b"late", media_type="text/plain", name="late")

    monkeypatch.setattr(rendering_service, "store", slow)
    assert run_rendering(job.pk) is None
    kept = Document.objects.get().draft_file
    assert kept is not None
    assert read(kept) != b"late"


def test_a_lease_outlives_its_worker_only_so_long(job: Rendering) -> None:
    change(job, state=JobState.RUNNING, attempt=1, claimed_by="máy-khác:77")
    change(job, lease_until=timezone.now() + LEASE)
    assert free_abandoned(Rendering) == 0
    assert claim(Rendering, job.pk) is None
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert free_abandoned(Rendering) == 1
    assert (fresh(job).state, fresh(job).claimed_by) == (JobState.WAITING, "")
    assert run_rendering(job.pk) == JobState.DONE


def test_a_dead_process_of_this_host_is_seen_at_once(job: Rendering) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    taken(job)
    for name, freed in (
        (f"{socket.gethostname()}:{os.getpid()}", 0),
        (f"máy-khác:{dead.pid}", 0),
        ("khong-co-so", 0),
        (f"{socket.gethostname()}:1", 0),
        (f"{socket.gethostname()}:{dead.pid}", 1),
    ):
        change(job, claimed_by=name)
        assert free_abandoned(Rendering) == freed, name
    assert fresh(job).state == JobState.WAITING


def test_a_row_that_kills_its_workers_ends_as_failed(job: Rendering) -> None:
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert taken(job).attempt == attempt
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
    assert claim(Rendering, job.pk) is None  # not once more
    assert free_abandoned(Rendering) == 1
    ended = fresh(job)
    assert (ended.state, ended.error_code) == (JobState.FAILED, "worker_lost")
    assert f"{MAX_ATTEMPTS} lần" in ended.error_message
    assert ended.finished_at is not None
    assert retry([job.pk], Rendering) == 1
    assert run_rendering(job.pk) == JobState.DONE


def test_a_passing_fault_gives_the_row_back_until_the_cap(job: Rendering) -> None:
    states = [give_back(taken(job), Outage("Đĩa đầy.", code="disk_full")) for _ in range(3)]
    assert states == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    ended = fresh(job)
    assert (ended.state, ended.error_code, ended.error_message) == (
        JobState.FAILED,
        "disk_full",
        "Đĩa đầy.",
    )


def test_a_fault_that_will_not_pass_fails_at_once(
    job: Rendering, settings: Settings, tmp_path: Path
) -> None:
    """A template of the office's own is gone from the store: the library has no other, only a backup helps."""
    settings.TEMPLATES_DOCX_DIR = tmp_path
    template = Document.objects.get().template_file
    path = path_of(template.sha256)
    kept = path.read_bytes()
    path.unlink()
    assert run_rendering(job.pk) == JobState.FAILED
    assert fresh(job).error_code == "file_missing"
    assert "bản sao lưu" in fresh(job).error_message
    path.write_bytes(kept)
    retry([job.pk], Rendering)
    assert run_rendering(job.pk) == JobState.DONE
    assert (fresh(job).error_code, fresh(job).error_message) == ("", "")


def test_a_full_disk_leaves_the_row_waiting(
    job: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> StoredFile:
        raise Outage("Không ghi được tệp vào kho.", code="file_not_written")

    with monkeypatch.context() as broken:
        broken.setattr(rendering_service, "store", full)
        assert run_rendering(job.pk) == JobState.WAITING
    assert Document.objects.get().draft_file is None
    assert run_rendering(job.pk) == JobState.DONE


def test_a_paper_asked_for_anew_takes_the_claim_away(job: Rendering) -> None:
    running = taken(job)
    ask_rendering(job.document, rendering_service.Purpose.DRAFT)
    assert not finish(running)
    assert run_rendering(job.pk) == JobState.DONE


def test_the_draft_of_a_numbered_paper_stays_a_draft(sample: Campaign) -> None:
    """The number came before the worker."""
    paper = issue_document(signed(*PLAN, on=MAY_2), on=MAY_2, actor=CLERK)
    ask_rendering(paper, rendering_service.Purpose.DRAFT)
    run_rendering(rendering(paper, "draft").pk)
    paper.refresh_from_db()
    assert paper.draft_file is not None
    assert "Số: 01/KH-LĐLĐ" not in dump(read(paper.draft_file))
    assert paper.state == "numbered"


def test_the_final_file_made_again_is_the_same_file(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    kept = paper.final_file
    ask_rendering(paper, rendering_service.Purpose.FINAL)
    assert run_rendering(rendering(paper, "final").pk) == JobState.DONE
    paper.refresh_from_db()
    assert paper.final_file == kept == OutgoingEntry.objects.get().file
    assert [e.to_state for e in paper.events.order_by("id")][-1] == "issued"
    assert paper.events.filter(to_state="issued").count() == 1


def test_other_bytes_never_take_the_place_of_the_final_file(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = issued(*PLAN, on=MAY_2)
    kept = paper.final_file
    ask_rendering(paper, rendering_service.Purpose.FINAL)
    other = rendering_service.store(b"khac", media_type="text/plain", name="khac")
    monkeypatch.setattr(rendering_service, "store", lambda *_, **__: other)
    job = rendering(paper, "final")
    assert run_rendering(job.pk) == JobState.FAILED
    assert fresh(job).error_code == "file_already_entered"
    paper.refresh_from_db()
    assert paper.final_file == kept
    recall_document(paper, reason="Sai", actor=CLERK)
