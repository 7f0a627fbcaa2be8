"""Received files: kept as they came, once; read once; what cannot be read goes back and is kept all the same."""

from __future__ import annotations

import pytest

from core.errors import UserError
from docgen.models import Document
from intake.models import Arrival, FileState, ReceivedFile, ReturnedForm
from intake.services.claims import claim, free_abandoned, release, waiting_files
from intake.services.reading import read_again, read_return
from intake.services.receiving import Duplicate, New, receive
from registry.claimers import MAX_ATTEMPTS
from registry.files import read
from registry.models import IncomingEntry
from tests.intake.forms import word_form
from tests.intake.returns import OFFICER, at, sent
from workers.sample_forms import letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path, settings) -> None:
    settings.FILES_DIR = tmp_path / "kho"


def take(data: bytes, name: str = "phieu.docx", **more) -> New | Duplicate:
    return receive(data, name=name, arrival=Arrival.COMMAND, actor=OFFICER, **more)


def test_bytes_are_kept_as_they_came_and_the_same_again_is_an_answer() -> None:
    data = word_form("enterprise_survey")
    first = take(data, sender_text="LĐLĐ huyện Tam Đường")
    assert isinstance(first, New)
    assert read(first.file.file) == data
    again = take(data, name="ban-sao.docx")
    assert isinstance(again, Duplicate)
    assert again.file == first.file
    assert again.file.name == "phieu.docx"
    assert ReceivedFile.objects.count() == 1


def test_reading_the_same_file_twice_changes_nothing() -> None:
    row = sent(
        "enterprise_survey", {"enterprise_name": "Công ty TNHH A&B <X>", "tax_code": "6299900012"}
    )
    assert read_return(row.pk) == FileState.READ
    before = list(ReturnedForm.objects.values())
    assert read_return(row.pk) is None
    assert isinstance(take(read(row.file)), Duplicate)
    assert list(ReturnedForm.objects.values()) == before
    assert len(before) == 1


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty_file"), (b"x" * (60 * 2**20 + 1), "too_large")]
)
def test_what_is_no_file_is_not_taken(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        take(data)
    assert refused.value.code == code
    assert ReceivedFile.objects.count() == 0


def test_a_file_that_cannot_be_read_goes_back_with_the_reason_and_is_kept() -> None:
    outcome = take(b"%PDF-1.4 cut off", name="anh.pdf")
    assert read_return(outcome.file.pk) == FileState.SENT_BACK
    row = ReceivedFile.objects.get()
    assert row.error_message
    assert row.error_code
    assert read(row.file) == b"%PDF-1.4 cut off"
    assert ReturnedForm.objects.count() == 0


def test_a_letter_is_no_form_and_may_be_read_again_as_one() -> None:
    outcome = take(letter("Kính gửi các đồng chí,", "Mời dự họp giao ban."), name="thu.docx")
    read_return(outcome.file.pk)
    form = ReturnedForm.objects.get()
    assert (form.kind, form.status, form.state) == ("", "rejected", "needs_review")
    assert read_again(outcome.file, expect="enterprise_survey")
    assert waiting_files() == [outcome.file.pk]
    assert ReturnedForm.objects.count() == 0


def test_a_recognised_form_is_never_thrown_away_by_reading_again() -> None:
    row = sent(
        "enterprise_survey", {"enterprise_name": "Hợp tác xã Chè Tam Đường", "workers_total": 9}
    )
    read_return(row.pk)
    assert not read_again(row, expect="vote_count")
    assert ReturnedForm.objects.get().kind == "enterprise_survey"


def test_only_one_reader_has_a_file_and_attempts_are_counted() -> None:
    row = sent("enterprise_survey", {"enterprise_name": "Hợp tác xã Chè Tam Đường"})
    for attempt in range(1, MAX_ATTEMPTS + 1):
        held = claim(row.pk)
        assert held is not None
        assert held.attempt == attempt
        assert claim(row.pk) is None
        state = release(held, code="database", message="không trả lời")
    assert state == FileState.FAILED
    assert claim(row.pk) is None


def test_what_a_dead_reader_held_waits_again() -> None:
    row = sent("enterprise_survey", {"enterprise_name": "Hợp tác xã Chè Tam Đường"})
    held = claim(row.pk)
    assert held is not None
    assert free_abandoned() == 0  # this process lives
    host = held.claimed_by.split(":")[0]
    ReceivedFile.objects.filter(pk=row.pk).update(claimed_by=f"{host}:999999999:1")
    assert free_abandoned() == 1
    assert waiting_files() == [row.pk]


def test_an_official_paper_gets_its_line_in_the_incoming_register_once(settings) -> None:
    settings.INTAKE_OFFICIAL = "enterprise_survey"
    row = sent("enterprise_survey", {"enterprise_name": "Hợp tác xã Chè Tam Đường"})
    read_return(row.pk)
    assert IncomingEntry.objects.count() == 0  # no provincial federation, so no book
    assert Document.objects.count() == 0
    assert at("2024-09-25T08:00").utcoffset() is not None
