"""Recalled and replaced papers stay as they are; a new paper takes their place."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict, UserError
from docgen.models import Document, DocumentState
from docgen.services.access import get_document
from docgen.services.ending import recall_document, replace_document
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import (
    request_document,
    submit_document,
)
from docgen.services.signing import record_signature
from records.models import Campaign, FoundingCase, Membership, OfficeHolder
from registry.files import read
from registry.models import OutgoingEntry
from registry.proof import check_series
from registry.series import SeriesRef
from tests.sample import CLERK, PLAN, draft, issued, run_waiting, signed

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
MAY_20 = date(2024, 5, 20)
CASE = "case:hs24-001"
pytestmark = pytest.mark.django_db


def replacement(old: Document, *, on: date) -> Document:
    """An issued paper that is to replace the old one."""
    paper = request_document(old.kind, record=old.record, on=on, actor=CLERK, replaces=old).document
    run_waiting(paper)
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    record_signature(paper, signer=paper.signer.code, actor=CLERK, on=on)
    paper = issue_document(paper, on=on, actor=CLERK)
    run_waiting(paper)
    paper.refresh_from_db()
    return paper


def test_a_recalled_paper_stays_readable_with_its_number_and_line(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    before = {f.attname: getattr(paper, f.attname) for f in Document._meta.concrete_fields}
    assert recall_document(paper, reason="  Sai chỉ tiêu  ", actor="chị Lan").state == "recalled"
    after = {f.attname: getattr(paper, f.attname) for f in Document._meta.concrete_fields}
    assert {key for key in after if after[key] != before[key]} == {"state", "updated_at"}
    assert get_document("01/KH-LĐLĐ").pk == paper.pk
    assert paper.final_file is not None
    assert read(paper.final_file).startswith(b"PK")
    line = OutgoingEntry.objects.get()
    assert (line.state, line.note) == ("recalled", "Đã thu hồi: Sai chỉ tiêu")
    event = paper.events.order_by("id").last()
    assert event is not None
    assert (event.actor, event.from_state, event.note) == ("chị Lan", "issued", "Sai chỉ tiêu")


@pytest.mark.parametrize("reason", ["", " \t"])
def test_an_end_needs_a_reason(sample: Campaign, reason: str) -> None:
    paper = issued(*PLAN, on=MAY_2)
    with pytest.raises(UserError, match="phải ghi lý do"):
        recall_document(paper, reason=reason, actor=CLERK)
    with pytest.raises(UserError, match="phải ghi lý do"):
        replace_document(paper, by=paper, reason=reason, actor=CLERK)
    assert Document.objects.get().state == DocumentState.ISSUED


def test_a_reason_longer_than_its_column_is_refused(sample: Campaign) -> None:
    """PostgreSQL would refuse it too, with an error nobody understands."""
    paper = issued(*PLAN, on=MAY_2)
    with pytest.raises(UserError, match="ghi gọn trong 500 ký tự"):
        recall_document(paper, reason="Sai chỉ tiêu. " * 40, actor=CLERK)
    recall_document(paper, reason="ữ" * 500, actor=CLERK)


def test_only_a_numbered_paper_is_recalled_and_once(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    with pytest.raises(Conflict, match="“Dự thảo”"):
        recall_document(paper, reason="Sai", actor=CLERK)
    paper = signed("founding_decision", CASE, on=MAY_16)
    numbered = issue_document(paper, on=MAY_16, actor=CLERK)
    recall_document(numbered, reason="Sai tên", actor=CLERK)
    with pytest.raises(Conflict, match="“Đã thu hồi”"):
        recall_document(numbered, reason="Sai tên", actor=CLERK)
    assert OutgoingEntry.objects.get().note == "Đã thu hồi: Sai tên"


def test_a_paper_recalled_before_its_final_file_still_gets_it(sample: Campaign) -> None:
    paper = issue_document(signed(*PLAN, on=MAY_2), on=MAY_2, actor=CLERK)
    recall_document(paper, reason="Sai chỉ tiêu", actor=CLERK)
    run_waiting(paper)
    paper.refresh_from_db()
    assert paper.state == DocumentState.RECALLED
    assert paper.final_file is not None
    line = OutgoingEntry.objects.get()
    assert (line.state, line.file) == ("recalled", paper.final_file)


def test_after_a_recall_the_subject_has_a_new_paper(sample: Campaign) -> None:
    old = issued(*PLAN, on=MAY_2)
    recall_document(old, reason="Sai chỉ tiêu", actor=CLERK)
    new = issued(*PLAN, on=MAY_20)
    assert (old.code, new.code) == ("01/KH-LĐLĐ", "02/KH-LĐLĐ")
    assert check_series(SeriesRef(sample.org_id, "KH", 2024)) == []
    again = request_document(PLAN[0], record=PLAN[1], on=MAY_20, actor=CLERK)
    assert (again.is_new, again.document.pk) == (False, new.pk)


@pytest.mark.parametrize("recalled_first", [True, False])
def test_the_second_founding_decision_stands_behind_the_same_union(
    sample: Campaign, recalled_first: bool
) -> None:
    old = issued("founding_decision", CASE, on=MAY_16)
    case = FoundingCase.objects.get(code="hs24-001")
    union = case.union
    members = Membership.objects.filter(union=union).count()
    if recalled_first:
        recall_document(old, reason="Sai tên doanh nghiệp", actor=CLERK)
        new = issued("founding_decision", CASE, on=MAY_20)
    else:
        new = replacement(old, on=MAY_20)
        replace_document(old, by=new, reason="Sai tên doanh nghiệp", actor=CLERK)
    case.refresh_from_db()
    assert case.union == union
    evidence = f"{new.code} ngày 20/05/2024"
    joined = Membership.objects.filter(union=union)
    assert joined.count() == members
    assert set(joined.values_list("decision", "joined_on")) == {(evidence, MAY_16)}
    held = OfficeHolder.objects.filter(org=union)
    assert held
    assert set(held.values_list("appointed_by", flat=True)) == {evidence}
    seated = issued("committee_decision", CASE, on=MAY_20)
    assert list(seated.cites.all()) == [new]


def test_a_replaced_paper_names_the_new_one(sample: Campaign) -> None:
    old = issued(*PLAN, on=MAY_2)
    new = replacement(old, on=MAY_20)
    assert old.state == DocumentState.ISSUED  # in force until it is replaced
    replace_document(old, by=new, reason="Sai chỉ tiêu", actor=CLERK)
    assert (old.state, old.replaced_by) == ("replaced", new)
    lines = dict(OutgoingEntry.objects.values_list("code", "note"))
    assert lines == {"01/KH-LĐLĐ": "Đã thay thế bằng 02/KH-LĐLĐ", "02/KH-LĐLĐ": ""}
    again = request_document(PLAN[0], record=PLAN[1], on=MAY_20, actor=CLERK)
    assert (again.is_new, again.document.pk) == (False, new.pk)


def test_a_replacement_is_asked_for_once(sample: Campaign) -> None:
    old = issued(*PLAN, on=MAY_2)
    asked = [
        request_document(PLAN[0], record=PLAN[1], on=MAY_20, actor=CLERK, replaces=old)
        for _ in range(2)
    ]
    assert [one.is_new for one in asked] == [True, False]
    assert asked[0].document.pk == asked[1].document.pk != old.pk


def test_nothing_but_a_paper_in_force_of_the_same_case_is_replaced(sample: Campaign) -> None:
    old = draft(*PLAN, on=MAY_2)
    with pytest.raises(Conflict, match="đã cấp số và còn hiệu lực"):
        request_document(PLAN[0], record=PLAN[1], on=MAY_20, actor=CLERK, replaces=old)
    decision = issued("founding_decision", CASE, on=MAY_16)
    with pytest.raises(Conflict, match="về cùng hồ sơ"):
        request_document(
            "founding_decision",
            record="case:hs24-002",
            on=MAY_20,
            actor=CLERK,
            replaces=decision,
        )


def test_papers_that_cannot_replace_are_refused(sample: Campaign) -> None:
    plan = issued(*PLAN, on=MAY_2)
    decision = issued("founding_decision", CASE, on=MAY_16)
    other = issued("founding_decision", "case:hs24-002", on=MAY_20)
    unnumbered = draft("founding_decision", "case:hs24-003", on=MAY_20)
    refusals = [
        (plan, plan, "phải là một văn bản khác"),
        (decision, unnumbered, "đã được cấp số"),
        (plan, decision, "cùng loại"),
        (other, decision, "trước văn bản bị thay"),
    ]
    for old, new, message in refusals:
        with pytest.raises(Conflict, match=message):
            replace_document(old, by=new, reason="Sai", actor=CLERK)
    recall_document(other, reason="Sai", actor=CLERK)
    with pytest.raises(Conflict, match="còn hiệu lực"):
        replace_document(decision, by=other, reason="Sai", actor=CLERK)
    assert not Document.objects.filter(state="replaced").exists()


def test_one_paper_replaces_one(sample: Campaign) -> None:
    first = issued("founding_decision", CASE, on=MAY_16)
    second = issued("founding_decision", "case:hs24-002", on=MAY_16)
    third = issued("founding_decision", "case:hs24-003", on=MAY_20)
    replace_document(first, by=third, reason="Sai", actor=CLERK)
    with pytest.raises(Conflict, match=f"đã thay thế {first.code}"):
        replace_document(second, by=third, reason="Sai", actor=CLERK)
