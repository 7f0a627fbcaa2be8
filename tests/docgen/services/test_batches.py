"""Batches: records in the order of their numbers, failed items out of the range, steered and counted exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.errors import Conflict, NotFound, Outage, UserError
from docgen.models import Batch, BatchState, Document, DocumentState, JobState
from docgen.services import drafting
from docgen.services import rendering as rendering_service
from docgen.services.batches import (
    batch_status,
    cancel_batch,
    check_batch,
    close_batch,
    documents_of,
    get_batch,
    issue_batch,
    pause_batch,
    retry_batch,
    run_item,
    sign_batch,
    start_batch,
)
from docgen.services.lifecycle import redraft_document, return_document, submit_document
from docgen.services.rendering import draft_of
from records.models import Campaign, CaseState, FoundingCase
from registry.models import OfficialNumber
from tests.batches import NOV_20, ORG, SMALL, made, run
from tests.sample import CHAIR, CLERK, DEPUTY, OTHER_DISTRICT_CHAIR, code_of, run_waiting

MAY_16 = date(2024, 5, 16)
WAVE = {"decide_on": "2024-05-16"}
pytestmark = pytest.mark.django_db


def spoil(batch: Batch, position: int = 2) -> FoundingCase:
    """Take the applications of one item's case away; the case."""
    item = batch.items.get(position=position)
    case = FoundingCase.objects.get(code=item.record.removeprefix("case:"))
    case.applications.update(employer_side=True)
    return case


# --- choosing the records ----------------------------------------------------------------------------


def test_items_are_in_the_order_of_their_numbers(sample: Campaign) -> None:
    batch = made(sample, WAVE, intended_on=MAY_16)
    records = list(batch.items.values_list("record", flat=True))
    assert len(records) == FoundingCase.objects.filter(decide_on=MAY_16).count() == 10
    assert list(batch.items.values_list("position", flat=True)) == list(range(1, 11))
    orders = [_order(record) for record in records]
    assert orders == sorted(orders)


def _order(record: str) -> tuple[int, str, str]:
    case = FoundingCase.objects.get(code=record.removeprefix("case:"))
    upper = case.enterprise.uppers.exclude(valid_from__gt=MAY_16).get()
    return (upper.org.sort_order, upper.org.code, case.code)


@pytest.mark.parametrize(
    ("kind", "where", "count"),
    [
        ("plan", {}, 1),
        ("founding_decision", {"case": "hs24-001"}, 1),
        ("founding_decision", {**WAVE, "path": "appointment"}, 2),
        ("introduction_letter", {}, 12),
        ("introduction_letter", {"visit": "ks24-03"}, 1),
    ],
)
def test_filters(sample: Campaign, kind: str, where: dict[str, str], count: int) -> None:
    assert made(sample, where, kind=kind).items.count() == count


def test_a_body_gets_only_its_own_cases(sample: Campaign) -> None:
    """The outsider: the filter of one district never takes a case of another."""
    whole = {item.record for item in made(sample, {"state": "dossier_filed"}).items.all()}
    own = {item.record for item in made(sample, SMALL).items.all()}
    assert own
    assert own < whole
    batch = made(sample, SMALL)
    run(batch)
    sign_batch(batch, signer=None, actor=CLERK)
    issue_batch(batch, on=None, actor=CLERK)
    assert {paper.issuer.code for paper in Document.objects.all()} == {ORG}
    assert set(OfficialNumber.objects.values_list("series__org__code", flat=True)) == {ORG}


def test_an_unknown_filter_names_the_known_ones(sample: Campaign) -> None:
    with pytest.raises(UserError, match="chỉ lọc theo case, decide_on, org, path, state"):
        made(sample, {"huyen": "Tam Đường"})
    with pytest.raises(UserError, match="Không lọc được theo state"):
        made(sample, {"state": "dossier_filed"}, kind="introduction_letter")


@pytest.mark.parametrize("where", [{"state": "khong_co"}, {"case": "hs99-001"}, {"org": "x"}])
def test_an_empty_choice_makes_no_batch(sample: Campaign, where: dict[str, str]) -> None:
    with pytest.raises(UserError, match="Không có hồ sơ nào phù hợp"):
        made(sample, where)
    assert not Batch.objects.exists()


def test_a_filter_that_a_campaign_cannot_have_is_refused(sample: Campaign) -> None:
    with pytest.raises(UserError, match="Không lọc được theo org; loại văn bản này"):
        made(sample, {"org": ORG}, kind="plan")


def test_a_key_stands_for_one_batch(sample: Campaign) -> None:
    first = made(sample, key="dot-1")
    assert made(sample, key="dot-1").pk == first.pk
    assert made(sample).pk != first.pk
    with pytest.raises(Conflict, match=f"đã dùng cho đợt {first.pk}"):
        made(sample, {}, kind="plan", key="dot-1")


@pytest.mark.parametrize("number", ["999999", "mười", "", 10**30])
def test_an_unknown_batch_is_said(sample: Campaign, number: str | int) -> None:
    with pytest.raises(NotFound, match="Không có đợt phát hành số"):
        get_batch(number)


# --- making the papers -------------------------------------------------------------------------------


def test_a_batch_from_choice_to_number(sample: Campaign) -> None:
    batch = made(sample)
    n = batch.items.count()
    assert n >= 3
    assert run(batch) == [JobState.DONE] * n
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert batch.finished_at is not None
    assert sign_batch(batch, signer=None, actor=CLERK) == n
    papers = list(issue_batch(batch, on=None, actor=CLERK))
    assert [p.number.number for p in papers if p.number] == list(range(1, n + 1))
    assert [p.record for p in papers] == list(batch.items.values_list("record", flat=True))
    assert {p.state for p in papers} == {"numbered"}
    assert list(issue_batch(batch, on=None, actor=CLERK)) == papers
    assert sign_batch(batch, signer=None, actor=CLERK) == 0


def test_a_failed_item_leaves_no_hole_in_the_numbers(sample: Campaign) -> None:
    batch = made(sample)
    n = batch.items.count()
    case = spoil(batch)
    assert [p.record for p in check_batch(batch)] == [f"case:{case.code}"]
    states = run(batch)
    assert states[1] == JobState.FAILED
    assert states.count(JobState.DONE) == n - 1
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE_WITH_FAILURES
    sign_batch(batch, signer=None, actor=CLERK)
    papers = issue_batch(batch, on=None, actor=CLERK)
    assert [p.number.number for p in papers if p.number] == list(range(1, n))
    status = batch_status(batch)
    assert (status["done"], status["failed"], status["numbers"]) == (n - 1, 1, [1, n - 1])
    (failure,) = status["failures"]  # type: ignore[misc]
    assert failure["record"] == f"case:{case.code}"
    assert failure["code"] == "data_incomplete"
    assert failure["message"]
    # mended, its paper comes after the range
    case.applications.update(employer_side=False)
    assert retry_batch(batch) == 1
    assert run(batch) == [JobState.DONE]
    sign_batch(batch, signer=None, actor=CLERK)
    assert issue_batch(batch, on=None, actor=CLERK)[1].number.number == n  # type: ignore[union-attr]
    assert batch_status(batch)["state"] == BatchState.DONE


def test_numbering_is_all_or_nothing(sample: Campaign) -> None:
    """One case cannot be recognised any more: no paper of the batch gets a number."""
    batch = made(sample)
    run(batch)
    sign_batch(batch, signer=None, actor=CLERK)
    last = batch.items.order_by("position").last()
    assert last is not None
    FoundingCase.objects.filter(code=last.record.removeprefix("case:")).update(
        state=CaseState.PAUSED
    )
    with pytest.raises(UserError):
        issue_batch(batch, on=None, actor=CLERK)
    assert not OfficialNumber.objects.exists()
    assert set(documents_of(batch).values_list("state", flat=True)) == {"signed"}


def test_nothing_is_numbered_unsigned(sample: Campaign) -> None:
    batch = made(sample)
    with pytest.raises(Conflict, match="chưa có văn bản nào đã ký"):
        issue_batch(batch, on=None, actor=CLERK)
    run(batch)
    with pytest.raises(Conflict, match="batch sign"):
        issue_batch(batch, on=None, actor=CLERK)


def test_a_paper_in_two_batches_is_listed_once_in_each(sample: Campaign) -> None:
    first, second = made(sample), made(sample, {"case": "hs24-051"})
    run(first)
    run(second)
    assert [d.record for d in documents_of(second)] == ["case:hs24-051"]
    assert documents_of(first).count() == first.items.count()
    assert batch_status(second)["numbers"] is None


# --- signatures --------------------------------------------------------------------------------------


def test_who_may_not_sign_signs_nothing(sample: Campaign) -> None:
    batch = made(sample, WAVE, intended_on=MAY_16)  # of several districts
    run(batch)
    with pytest.raises(NotFound, match="không có quyền ký"):
        sign_batch(batch, signer=code_of(OTHER_DISTRICT_CHAIR), actor=CLERK)
    assert set(documents_of(batch).values_list("state", flat=True)) == {"draft"}


def test_a_returned_paper_is_not_signed_with_its_batch(sample: Campaign) -> None:
    batch = made(sample)
    run(batch)
    paper = documents_of(batch)[0]
    submit_document(paper, actor=CLERK)
    return_document(paper, actor=CLERK, remarks="Sai tên")
    n = batch.items.count()
    assert sign_batch(batch, signer=None, actor=CLERK) == n - 1
    paper.refresh_from_db()
    assert paper.state == DocumentState.RETURNED
    redraft_document(paper, on=NOV_20, actor=CLERK)
    run_waiting(paper)
    assert sign_batch(batch, signer=None, actor=CLERK) == 1


def test_signing_logs_both_moves(sample: Campaign) -> None:
    batch = made(sample, {}, kind="introduction_letter", intended_on=date(2024, 5, 6))
    run(batch)
    seen = documents_of(batch)[0]
    draft_of(seen)
    sign_batch(batch, signer=code_of(DEPUTY), actor="chị Lan", on=date(2024, 5, 7))
    assert seen.renderings.get().state == JobState.WAITING  # the file shows the wrong signer
    for paper in documents_of(batch):
        assert paper.data["signer_name"] == DEPUTY
        assert paper.data["signing_mode"] == "TM_KT" or paper.data["signing_mode"] == "KT"
        moves = [(e.actor, e.from_state, e.to_state) for e in paper.events.order_by("id")]
        assert moves[1:] == [
            ("chị Lan", "draft", "submitted"),
            ("chị Lan", "submitted", "signed"),
        ]
        assert paper.events.get(to_state="signed").note == f"Người ký: {DEPUTY}, ngày 07/05/2024"
        assert paper.renderings.exists() == (paper == seen)
    assert CHAIR not in {p.data["signer_name"] for p in documents_of(batch)}


def test_signing_asks_the_store_no_more_for_more_papers(
    sample: Campaign, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    batch = made(sample, {}, kind="introduction_letter", intended_on=date(2024, 5, 6))
    run(batch)
    with django_assert_max_num_queries(30):
        assert sign_batch(batch, signer=None, actor=CLERK) == 12


# --- steering ----------------------------------------------------------------------------------------


def test_a_paused_batch_waits(sample: Campaign) -> None:
    batch = made(sample)
    waiting = start_batch(batch)
    run_item(waiting[0])
    pause_batch(batch)
    assert run_item(waiting[1]) is None
    status = batch_status(batch)
    assert (status["state"], status["done"], status["waiting"]) == (
        "paused",
        1,
        len(waiting) - 1,
    )
    assert start_batch(batch) == waiting[1:]
    assert [run_item(item) for item in waiting] == [None] + [JobState.DONE] * (len(waiting) - 1)
    assert batch_status(batch)["state"] == BatchState.DONE


def test_a_cancelled_batch_keeps_its_drafts_and_goes_no_further(sample: Campaign) -> None:
    batch = made(sample)
    waiting = start_batch(batch)
    run_item(waiting[0])
    cancel_batch(batch)
    assert run_item(waiting[1]) is None
    assert Document.objects.count() == 1
    for step in (start_batch, retry_batch, pause_batch, cancel_batch):
        with pytest.raises(Conflict, match="“Đã hủy”"):
            step(batch)
    assert batch_status(batch)["state"] == BatchState.CANCELLED


def test_a_finished_batch_is_neither_paused_nor_cancelled(sample: Campaign) -> None:
    batch = made(sample, {"case": "hs24-051"})
    run(batch)
    for step in (pause_batch, cancel_batch):
        with pytest.raises(Conflict, match="“Xong”"):
            step(batch)
    assert start_batch(batch) == []
    assert retry_batch(batch) == 0
    assert batch_status(batch)["state"] == BatchState.DONE


def test_items_put_back_are_not_closed_over(sample: Campaign) -> None:
    """A worker that saw nothing open closes the batch after the failed items were put back."""
    batch = made(sample)
    spoil(batch)
    run(batch)
    retry_batch(batch)
    waiting = start_batch(batch)
    close_batch(batch.pk)
    assert batch_status(batch)["state"] == BatchState.RUNNING
    assert len(waiting) == 1


def test_a_failed_draft_is_made_again_with_the_mended_template(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = made(sample, {"case": "hs24-051"})

    def broken(*_: object, **__: object) -> None:
        raise UserError("Mẫu lỗi ở đoạn 3.", code="template_error")

    with monkeypatch.context() as patch:
        patch.setattr(rendering_service, "prove", broken)
        assert run(batch) == [JobState.FAILED]
    (failure,) = batch_status(batch)["failures"]  # type: ignore[misc]
    assert failure["message"] == "Mẫu lỗi ở đoạn 3."
    assert not Document.objects.exists()
    retry_batch(batch)
    assert run(batch) == [JobState.DONE]
    paper = documents_of(batch).get()
    assert paper.draft_file is None  # until somebody asks for it
    assert draft_of(paper) == documents_of(batch).get().draft_file


def test_an_outage_leaves_the_item_waiting_and_the_last_one_closes_the_batch(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = made(sample, {"case": "hs24-051"})

    def full(*_: object, **__: object) -> None:
        raise Outage("Không ghi được tệp vào kho.", code="file_not_written")

    monkeypatch.setattr(drafting, "keep_template", full)
    assert run(batch) == [JobState.WAITING]
    assert run(batch) == [JobState.WAITING]
    assert batch_status(batch)["state"] == BatchState.RUNNING
    assert run(batch) == [JobState.FAILED]
    assert batch_status(batch)["state"] == BatchState.DONE_WITH_FAILURES
