"""The sample's returned forms as ./run takes them in: what is clear is applied, the rest waits; again nothing moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.models import ReceivedFile, ReturnedForm, ReviewDecision
from records.models import Campaign, ChangeLog, FoundingCase
from records.sample import load_sample
from registry.models import IncomingEntry, IssuedForm
from tests.sample import sample, sample_rows
from workers.returns_run import returns_text, take_returns

__all__ = ["sample", "sample_rows"]
TABLES = (ReceivedFile, ReturnedForm, ReviewDecision, ChangeLog, IncomingEntry, IssuedForm)


@pytest.mark.django_db
def test_taken_in_once_whatever_is_run_again(sample: Campaign, tmp_path: Path) -> None:
    said: list[str] = []
    held = FoundingCase.objects.filter(campaign=sample, state="congress_held").order_by("code")[0]
    taken = take_returns(tmp_path, actor="văn thư", report=said.append)
    assert taken.states == {"applied": 6, "duplicate": 1, "needs_review": 4, "sent_back": 1}
    assert (taken.files, taken.duplicates, len(said)) == (12, 0, 12)
    held.refresh_from_db()
    assert held.state == "dossier_filed"
    told = returns_text(taken)
    assert "“khoảng " in told
    assert "kết nạp lũy kế ghi 41" in told
    assert IncomingEntry.objects.count() == 3  # the request and two reports
    before = {model.__name__: model.objects.count() for model in TABLES}
    load_sample()
    again = take_returns(tmp_path, actor="văn thư", report=said.append)
    assert (again.files, again.duplicates, len(said)) == (12, 12, 12)
    assert again.states == taken.states
    assert again.waiting == taken.waiting
    assert {model.__name__: model.objects.count() for model in TABLES} == before
