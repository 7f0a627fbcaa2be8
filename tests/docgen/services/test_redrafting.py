"""A draft is made again when the records, the date or the signer changed."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict, UserError
from docgen.models import Document, DocumentState
from docgen.services.ending import recall_document
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import (
    redraft_document,
    return_document,
    submit_document,
)
from docgen.services.signing import record_signature
from records.models import Campaign, FoundingCase
from registry.files import read
from registry.models import OfficialNumber
from tests.docgen.kinds.reading import dump
from tests.sample import CHAIR, CLERK, DEPUTY, PLAN, code_of, draft, issued, run_waiting, signed

MAY_2 = date(2024, 5, 2)
MAY_3 = date(2024, 5, 3)
CASE = "case:hs24-001"
pytestmark = pytest.mark.django_db


def printed(paper: Document) -> str:
    """What the draft file says."""
    run_waiting(paper)
    paper.refresh_from_db()
    assert paper.draft_file is not None
    return dump(read(paper.draft_file))


def test_a_returned_paper_takes_the_mended_records(sample: Campaign) -> None:
    paper = draft("founding_decision", CASE, on=date(2024, 5, 16))
    submit_document(paper, actor=CLERK)
    return_document(paper, actor=CLERK, remarks="Sai tên doanh nghiệp")
    case = FoundingCase.objects.get(code="hs24-001")
    case.enterprise.name = "Công ty TNHH A&B <X>"
    case.enterprise.save()
    case.union_name = "Công đoàn cơ sở Công ty TNHH A&B <X>"
    case.save()
    redraft_document(paper, on=date(2024, 5, 17), actor="soạn thảo")
    assert (paper.state, paper.intended_on) == (DocumentState.DRAFT, date(2024, 5, 17))
    assert "Công ty TNHH A&B <X>" in printed(paper)
    event = paper.events.order_by("id").last()
    assert event is not None
    assert (event.actor, event.from_state, event.note) == (
        "soạn thảo",
        "returned",
        "Soạn lại theo hồ sơ ngày 17/05/2024",
    )
    assert Document.objects.count() == 1


def test_a_signed_paper_with_a_recalled_basis_is_drafted_again_on_the_new_one(
    sample: Campaign,
) -> None:
    """What the refusal tells people to do works: a new basis, a new signature, then the number."""
    plan = issued(*PLAN, on=MAY_2)
    paper = signed("quota_decision", PLAN[1], on=MAY_3)
    recall_document(plan, reason="Sai chỉ tiêu", actor=CLERK)
    new = issued(*PLAN, on=MAY_3)
    with pytest.raises(Conflict, match="docgen redraft"):
        issue_document(paper, on=MAY_3, actor=CLERK)
    redraft_document(paper, on=MAY_3, actor=CLERK)
    assert (paper.state, paper.signed_at) == (DocumentState.DRAFT, None)
    assert list(paper.cites.all()) == [new]
    assert new.code in printed(paper)
    submit_document(paper, actor=CLERK)
    record_signature(paper, signer=code_of(CHAIR), actor=CLERK, on=MAY_3)
    assert issue_document(paper, on=MAY_3, actor=CLERK).code == "01/QĐ-LĐLĐ"


def test_the_header_follows_the_new_day(sample: Campaign) -> None:
    """A case of a district, dated after the districts ended, is the province's."""
    paper = signed("founding_decision", CASE, on=date(2025, 6, 30))
    assert paper.issuer.kind == "district_federation"
    redraft_document(paper, on=date(2025, 7, 1), actor=CLERK)
    assert paper.issuer.code == "ldld-lai-chau"
    assert "Luật Công đoàn" in printed(paper)


def test_a_paper_in_review_or_numbered_is_not_drafted_again(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    submit_document(paper, actor=CLERK)
    with pytest.raises(Conflict, match="“Chờ duyệt”"):
        redraft_document(paper, on=MAY_3, actor=CLERK)
    record_signature(paper, signer=code_of(CHAIR), actor=CLERK, on=MAY_2)
    numbered = issue_document(paper, on=MAY_2, actor=CLERK)
    data = numbered.data
    with pytest.raises(Conflict, match="“Đã cấp số”"):
        redraft_document(numbered, on=MAY_3, actor=CLERK)
    numbered.refresh_from_db()
    assert (numbered.data, numbered.code) == (data, "01/KH-LĐLĐ")
    assert OfficialNumber.objects.count() == 1


def test_records_that_no_longer_suffice_leave_the_draft(sample: Campaign) -> None:
    paper = draft("founding_decision", CASE, on=date(2024, 5, 16))
    data, file = paper.data, paper.draft_file
    FoundingCase.objects.get(code="hs24-001").applications.all().delete()
    with pytest.raises(UserError):
        redraft_document(paper, on=date(2024, 5, 17), actor=CLERK)
    paper.refresh_from_db()
    assert (paper.data, paper.draft_file, paper.state) == (data, file, "draft")


def test_another_signer_is_on_the_printed_draft(sample: Campaign) -> None:
    """The draft is what the signer signs, so his lines must be on it."""
    paper = draft(*PLAN, on=MAY_2)
    assert CHAIR in printed(paper)
    submit_document(paper, actor=CLERK)
    record_signature(paper, signer=code_of(DEPUTY), actor=CLERK, on=MAY_2)
    text = printed(paper)
    assert DEPUTY in text
    assert CHAIR not in text


def test_lines_of_the_earlier_signer_do_not_stay(sample: Campaign) -> None:
    """A deputy prints the post he signs for; the chair after him does not."""
    paper = draft(*PLAN, on=MAY_2)
    Document.objects.filter(pk=paper.pk).update(
        data={**paper.data, "signing_mode": "TM_KT", "head_post": "Chủ tịch"}
    )
    submit_document(paper, actor=CLERK)
    record_signature(paper, signer=code_of(CHAIR), actor=CLERK, on=MAY_2)
    assert "head_post" not in paper.data
    assert paper.data["signing_mode"] == "TM"


def test_a_stale_caller_does_not_bring_back_old_data(sample: Campaign) -> None:
    paper = draft("founding_decision", CASE, on=date(2024, 5, 16))
    stale = Document.objects.get(pk=paper.pk)
    redraft_document(paper, on=date(2024, 5, 17), actor=CLERK)
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    record_signature(stale, signer=paper.signer.code, actor=CLERK, on=date(2024, 5, 17))
    assert stale.data["intended_date"] == "2024-05-17"
    event = stale.events.order_by("id").last()
    assert event is not None
    assert event.from_state == "submitted"
