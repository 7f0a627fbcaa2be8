"""Signing by delegation: the service decides, the lines are the signer's own, the history names the paper."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import NotFound
from docgen.models import DocumentEvent, DocumentState
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import submit_document
from docgen.services.signing import record_signature
from records.models import Campaign, Fact, Person, UnionOrg
from records.services.audit import By
from records.services.delegations import delegate_signing
from tests.sample import CHAIR, CLERK, DEPUTY, PLAN, code_of, draft

MAY_2, MAY_9 = date(2024, 5, 2), date(2024, 5, 9)
HEAD_OF_OFFICE = "Mào Văn Hặc"
GUQ = "Giấy ủy quyền 03/GUQ-LĐLĐ"


def delegate(to: str, first: date, last: date) -> None:
    delegate_signing(
        UnionOrg.objects.get(code="ldld-lai-chau"),
        delegator=Person.objects.get(code=code_of(CHAIR)),
        delegate=Person.objects.get(code=code_of(to)),
        first=first, last=last, document=GUQ, by=By("quantri", "web"),
    )  # fmt: skip


@pytest.fixture
def only_the_chair(sample: Campaign) -> Campaign:
    """The office has laid down that its chair signs plans."""
    Fact.objects.create(key="signing_modes_plan", value=["TM"], label="Quyền ký kế hoạch")
    return sample


@pytest.mark.parametrize(
    ("who", "mode", "post"),
    [(DEPUTY, "TM_KT", "Phó Chủ tịch Thường trực"), (HEAD_OF_OFFICE, "TL", "Chánh Văn phòng")],
)
def test_who_was_delegated_signs_in_his_own_lines(
    who: str, mode: str, post: str, only_the_chair: Campaign
) -> None:
    paper = draft(*PLAN, on=MAY_2)
    submit_document(paper, actor=CLERK)
    with pytest.raises(NotFound, match="không có quyền ký"):
        record_signature(paper, signer=code_of(who), actor=CLERK, on=MAY_2)
    delegate(who, MAY_2, MAY_9)
    record_signature(paper, signer=code_of(who), actor=CLERK, on=MAY_2)
    paper.refresh_from_db()
    assert paper.state == DocumentState.SIGNED
    assert (paper.data["signing_mode"], paper.data["signer_post"]) == (mode, post)
    assert paper.data["signer_name"] == who
    note = DocumentEvent.objects.get(document=paper, to_state="signed").note
    assert note == f"Người ký: {who}, ngày 02/05/2024, theo ủy quyền của {CHAIR} ({GUQ})"
    assert issue_document(paper, on=MAY_2, actor=CLERK).code == "01/KH-LĐLĐ"


def test_the_days_are_those_of_the_signature(only_the_chair: Campaign) -> None:
    delegate(DEPUTY, MAY_9, MAY_9)
    paper = draft(*PLAN, on=MAY_2)
    submit_document(paper, actor=CLERK)
    with pytest.raises(NotFound):
        record_signature(paper, signer=code_of(DEPUTY), actor=CLERK, on=MAY_2)
    record_signature(paper, signer=code_of(DEPUTY), actor=CLERK, on=MAY_9)
