"""Consequences that are still to come: told, not overtaken, and tried again when they were refused."""

from __future__ import annotations

import pytest

from core.errors import Conflict
from docgen.models import Batch, Document, JobState, Rendering
from docgen.services.batches import (
    batch_status,
    documents_of,
    issue_batch,
    retry_batch,
    sign_batch,
)
from docgen.services.consequences import due_job
from docgen.services.ending import recall_document
from docgen.services.finishing import claim_files, finish_files
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import request_document, submit_document
from docgen.services.signing import record_signature
from records.models import Campaign, CaseState, FoundingCase, Membership
from tests.batches import NOV_20, made, run
from tests.sample import CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(sample: Campaign) -> Batch:
    """Four founding decisions with numbers, whose files are still to come."""
    found = made(sample)
    run(found)
    sign_batch(found, signer=None, actor=CLERK)
    issue_batch(found, on=None, actor=CLERK)
    return found


def case_of(paper: Document) -> FoundingCase:
    return FoundingCase.objects.get(code=paper.record.removeprefix("case:"))


def finish() -> None:
    finish_files(claim_files(Rendering.objects.all()))


def test_they_are_due_until_the_file_is_there(batch: Batch) -> None:
    papers = list(documents_of(batch))
    assert batch_status(batch)["consequences_due"] == len(papers) == 4
    assert all(due_job(paper) for paper in papers)
    assert {case_of(paper).union for paper in papers} == {None}
    finish()
    papers = list(documents_of(batch))
    assert batch_status(batch)["consequences_due"] == 0
    assert not any(due_job(paper) for paper in papers)
    assert all(case_of(paper).union for paper in papers)


def test_a_paper_is_not_recalled_before_they_came(batch: Batch) -> None:
    paper = documents_of(batch)[0]
    with pytest.raises(Conflict, match="docgen sweep"):
        recall_document(paper, reason="Sai tên", actor=CLERK)
    finish()
    paper.refresh_from_db()
    assert recall_document(paper, reason="Sai tên", actor=CLERK).state == "recalled"


def test_a_second_paper_about_the_record_waits_for_them(batch: Batch) -> None:
    """Or those of the first would come upon those of the second, and take their place."""
    old = documents_of(batch)[0]
    new = request_document(
        "founding_decision", record=old.record, on=NOV_20, actor=CLERK, replaces=old
    ).document
    submit_document(new, actor=CLERK)
    assert new.signer is not None
    record_signature(new, signer=new.signer.code, actor=CLERK, on=NOV_20)
    with pytest.raises(Conflict, match="chưa tạo xong bản chính thức"):
        issue_document(new, on=NOV_20, actor=CLERK)
    finish()
    code = issue_document(new, on=NOV_20, actor=CLERK).code
    held = set(
        Membership.objects.filter(union=case_of(old).union).values_list("decision", flat=True)
    )
    assert held == {f"{code} ngày 20/11/2024"}


def test_what_was_refused_is_told_and_tried_again(batch: Batch) -> None:
    """Somebody paused a case after it was looked at."""
    paper = documents_of(batch)[1]
    case = case_of(paper)
    FoundingCase.objects.filter(pk=case.pk).update(state=CaseState.PAUSED)
    finish()
    told = batch_status(batch)
    assert (told["failed"], told["consequences_due"]) == (0, 1)
    assert [failure["record"] for failure in told["failures"]] == [paper.record]  # type: ignore[attr-defined]
    paper.refresh_from_db()
    job = due_job(paper)
    assert job is not None
    assert (paper.state, job.state) == ("numbered", JobState.FAILED)
    assert job.error_message
    FoundingCase.objects.filter(pk=case.pk).update(state=case.state)
    assert retry_batch(batch) == 1
    finish()
    assert (batch_status(batch)["consequences_due"], batch_status(batch)["failures"]) == (0, [])
    assert case_of(paper).union is not None
