"""One paper from request to signature, with every move that is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from core.errors import Conflict, DataIncomplete, NotFound, UserError
from docgen.models import Document, DocumentEvent, DocumentState, Rendering
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import (
    request_document,
    return_document,
    submit_document,
)
from docgen.services.signing import record_signature
from records.models import Campaign, FoundingCase
from tests.sample import (
    CHAIR,
    CLERK,
    DEPUTY,
    OTHER_DISTRICT_CHAIR,
    PLAN,
    code_of,
    draft,
    issued,
    signed,
)

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


def test_a_request_drafts_a_paper_with_its_file(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    assert paper.state == DocumentState.DRAFT
    assert (paper.code, paper.number_id, paper.issued_on) == ("", None, None)
    assert paper.draft_file is not None
    assert paper.campaign == sample
    assert paper.issuer.code == "ldld-lai-chau"
    assert paper.data["intended_date"] == "2024-05-02"
    assert [(e.from_state, e.to_state) for e in paper.events.all()] == [("", "draft")]


def test_the_same_request_twice_is_one_paper(sample: Campaign) -> None:
    first = request_document(*PLAN[:1], record=PLAN[1], on=MAY_2, actor=CLERK)
    again = request_document(*PLAN[:1], record=PLAN[1], on=date(2024, 5, 3), actor="other")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.document.pk == first.document.pk
    assert again.document.intended_on == MAY_2
    assert Document.objects.count() == Rendering.objects.count() == 1


def test_incomplete_data_name_everything_at_once(sample: Campaign) -> None:
    sample.content = {key: sample.content[key] for key in ("subject", "purposes")}
    sample.save()
    with pytest.raises(DataIncomplete) as caught:
        request_document(PLAN[0], record=PLAN[1], on=MAY_2, actor=CLERK)
    assert set(caught.value.missing) >= {"requirements", "activities", "timetable", "report_rule"}
    assert not Document.objects.exists()


def test_a_case_without_members_says_what_is_missing(sample: Campaign) -> None:
    case = FoundingCase.objects.get(code="hs24-001")
    case.applications.all().delete()
    with pytest.raises(DataIncomplete) as caught:
        request_document("founding_decision", record="case:hs24-001", on=MAY_16, actor=CLERK)
    assert {key.partition("[")[0] for key in (*caught.value.missing, *caught.value.wrong)} & {
        "members",
        "member_count",
    }


def test_a_paper_that_must_stand_on_another_waits_for_it(sample: Campaign) -> None:
    with pytest.raises(NotFound, match="Chưa có quyết định thành lập") as caught:
        request_document("committee_decision", record="case:hs24-001", on=MAY_16, actor=CLERK)
    assert caught.value.code == "earlier_paper_missing"
    draft("founding_decision", "case:hs24-001", on=MAY_16)  # a draft is not enough
    with pytest.raises(NotFound):
        request_document("committee_decision", record="case:hs24-001", on=MAY_16, actor=CLERK)


@pytest.mark.parametrize(
    ("kind", "record", "message"),
    [
        ("plan", "case:hs24-001", "cần hồ sơ dạng campaign:mã"),
        ("plan", "campaign:", "cần hồ sơ dạng campaign:mã"),
        ("plan", "ptdv-2024", "cần hồ sơ dạng campaign:mã"),
        ("plan", "campaign:ptdv-1999", "Không có chiến dịch mã ptdv-1999"),
        ("founding_decision", "case:hs99-001", "Không có hồ sơ thành lập mã hs99-001"),
        ("introduction_letter", "visit:ks99", "Không có chuyến khảo sát mã ks99"),
        ("khong_co", "campaign:ptdv-2024", "khong_co"),
    ],
)
def test_a_wrong_record_or_kind_is_said(
    sample: Campaign, kind: str, record: str, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        request_document(kind, record=record, on=MAY_2, actor=CLERK)


def test_the_whole_way_is_logged(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    submit_document(paper, actor="soạn thảo")
    return_document(paper, actor="lãnh đạo", remarks="  Sửa mục 3.  ")
    submit_document(paper, actor="soạn thảo")
    record_signature(paper, signer=code_of(CHAIR), actor="lãnh đạo", on=MAY_2)
    moves = [(e.actor, e.from_state, e.to_state) for e in paper.events.all()]
    assert moves == [
        (CLERK, "", "draft"),
        ("soạn thảo", "draft", "submitted"),
        ("lãnh đạo", "submitted", "returned"),
        ("soạn thảo", "returned", "submitted"),
        ("lãnh đạo", "submitted", "signed"),
    ]
    notes = [e.note for e in paper.events.all()]
    assert notes[2] == "Sửa mục 3."
    assert CHAIR in notes[4]


Move = Callable[[Document], object]


def _submit(paper: Document) -> object:
    return submit_document(paper, actor=CLERK)


def _return(paper: Document) -> object:
    return return_document(paper, actor=CLERK, remarks="Sửa")


def _sign(paper: Document) -> object:
    return record_signature(paper, signer=code_of(CHAIR), actor=CLERK, on=MAY_2)


def _issue(paper: Document) -> object:
    return issue_document(paper, on=MAY_2, actor=CLERK)


ALLOWED = {
    _submit: {"draft", "returned"},
    _return: {"submitted"},
    _sign: {"submitted"},
}


@pytest.mark.parametrize("move", ALLOWED)
def test_moves_out_of_turn_are_refused(sample: Campaign, move: Move) -> None:
    """In every state in which the move is not allowed: a Conflict that names the state, and nothing moves."""
    paper = draft(*PLAN, on=MAY_2)
    way: list[Move] = [_submit, _return, _submit, _sign, _issue]
    for step in [*way, None]:
        if paper.state not in ALLOWED[move]:
            events = DocumentEvent.objects.count()
            with pytest.raises(Conflict) as caught:
                move(Document.objects.get(pk=paper.pk))
            assert f"“{paper.get_state_display()}”" in caught.value.message
            assert caught.value.facts["state"] == paper.state
            assert DocumentEvent.objects.count() == events
        if step is not None:
            step(paper)
            paper.refresh_from_db()
    assert paper.state == DocumentState.NUMBERED


def test_only_a_signed_paper_gets_a_number(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    for step in (_submit, _return, _submit):
        with pytest.raises(Conflict, match="Chỉ cấp số cho văn bản đã ký"):
            _issue(paper)
        step(paper)
    with pytest.raises(Conflict, match="“Chờ duyệt”"):
        _issue(paper)


def test_returning_needs_remarks(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    submit_document(paper, actor=CLERK)
    with pytest.raises(UserError, match="phải ghi ý kiến"):
        return_document(paper, actor=CLERK, remarks=" \n")
    assert Document.objects.get(pk=paper.pk).state == DocumentState.SUBMITTED


def test_a_stale_paper_does_not_move_again(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    stale = Document.objects.get(pk=paper.pk)
    submit_document(paper, actor=CLERK)
    with pytest.raises(Conflict):
        submit_document(stale, actor=CLERK)
    assert stale.state == DocumentState.SUBMITTED  # the refused caller sees how things stand


# --- who signs --------------------------------------------------------------------------------------


def _submitted(kind: str, record: str, on: date) -> Document:
    paper = draft(kind, record, on=on)
    submit_document(paper, actor=CLERK)
    return paper


def test_the_chair_signs_and_his_lines_are_on_the_paper(sample: Campaign) -> None:
    paper = signed(*PLAN, on=MAY_2, signer=code_of(CHAIR))
    assert (paper.data["signing_mode"], paper.data["signer_name"]) == ("TM", CHAIR)
    assert paper.signer is not None
    assert paper.signer.full_name == CHAIR
    assert paper.signed_at is not None


def test_a_deputy_signs_for_the_chair(sample: Campaign) -> None:
    paper = signed(*PLAN, on=MAY_2, signer=code_of(DEPUTY))
    assert paper.data["signing_mode"] == "TM_KT"
    assert paper.data["head_post"] == "Chủ tịch"
    assert paper.data["signer_name"] == DEPUTY
    assert Document.objects.get(pk=paper.pk).data == paper.data


@pytest.mark.parametrize("name", [OTHER_DISTRICT_CHAIR, "Giàng A Sử"])
def test_who_holds_no_signing_post_here_may_not(sample: Campaign, name: str) -> None:
    """The outsider: the chair of a district, and a specialist, under the plan of the province."""
    paper = _submitted(*PLAN, MAY_2)
    with pytest.raises(NotFound, match="không có quyền ký"):
        record_signature(paper, signer=code_of(name), actor=CLERK, on=MAY_2)
    paper.refresh_from_db()
    assert (paper.state, paper.signed_at) == (DocumentState.SUBMITTED, None)


def test_a_person_unknown_to_the_store_may_not(sample: Campaign) -> None:
    paper = _submitted(*PLAN, MAY_2)
    with pytest.raises(NotFound, match="Không có người ký mang mã “ai-do”"):
        record_signature(paper, signer="ai-do", actor=CLERK, on=MAY_2)


def test_the_post_must_be_held_on_the_day(sample: Campaign) -> None:
    """Phong Thổ had another chair until 31/7/2024."""
    case = next(
        c
        for c in FoundingCase.objects.filter(decide_on=date(2024, 6, 14)).order_by("code")
        if c.enterprise.uppers.filter(org__code="ldld-huyen-phong-tho").exists()
    )
    paper = _submitted("founding_decision", f"case:{case.code}", date(2024, 6, 14))
    later = code_of("Phàn Tả Mẩy")
    gone = code_of("Lục Văn Ngoan")
    with pytest.raises(NotFound, match="01/09/2024"):
        record_signature(paper, signer=gone, actor=CLERK, on=date(2024, 9, 1))
    record_signature(paper, signer=later, actor=CLERK, on=date(2024, 6, 14))
    assert paper.data["signing_mode"] == "TM_KT"  # in June she was the deputy
    assert "Phó Chủ tịch" in str(paper.data["signer_post"])


def test_minutes_too_are_signed_by_somebody_of_the_issuer(sample: Campaign) -> None:
    record = "case:hs24-001"
    issued("founding_decision", record, on=MAY_16)
    issued("committee_decision", record, on=MAY_16)
    paper = _submitted("launch_minutes", record, date(2024, 5, 23))
    outsider = next(
        name for name in (OTHER_DISTRICT_CHAIR, "Hạng A Tủa") if not _works_for(paper, name)
    )
    with pytest.raises(NotFound, match="không có quyền ký"):
        record_signature(paper, signer=code_of(outsider), actor=CLERK, on=paper.intended_on)


def _works_for(paper: Document, name: str) -> bool:
    return paper.issuer.holders.filter(person__full_name=name).exists()
