"""Number, code, register line, frozen data and consequences come together or not at all."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from core.errors import Conflict, DataIncomplete, UserError
from docgen.models import Document, DocumentEvent, DocumentState, Rendering
from docgen.services import issuing
from docgen.services.ending import recall_document
from docgen.services.issuing import (
    Planned,
    issue_document,
    issue_inserted,
    issue_many,
    reserve_for,
)
from docgen.services.lifecycle import (
    request_document,
    submit_document,
)
from docgen.services.rendering import render_document
from docgen.services.signing import record_signature
from records.models import Campaign, CaseState, Fact, FoundingCase, Membership, UnionOrg
from registry.files import read
from registry.models import NumberSeries, NumberState, OfficialNumber, OutgoingEntry
from registry.numbering import start_series
from registry.proof import check_series
from registry.registers import mark_recalled
from registry.series import SeriesRef
from tests.sample import CLERK, PLAN, code_of, draft, issued, run_waiting, signed

MAY_2 = date(2024, 5, 2)
MAY_3 = date(2024, 5, 3)
MAY_16 = date(2024, 5, 16)
CASE = "case:hs24-001"
pytestmark = pytest.mark.django_db


def take_nothing() -> None:
    """No number, no line, no event of an issue."""
    assert not OfficialNumber.objects.exists()
    assert not OutgoingEntry.objects.exists()
    assert not NumberSeries.objects.filter(next_number__gt=1).exists()
    assert not DocumentEvent.objects.filter(to_state="numbered").exists()


def plans_from(sample: Campaign, first: int, year: int = 2024) -> SeriesRef:
    series = SeriesRef(sample.org_id, "KH", year)
    start_series(series, next_number=first, actor=CLERK, reason="Sổ giấy đến số trước đó")
    return series


# --- one paper ---------------------------------------------------------------------------------------


def test_a_signed_paper_is_numbered_entered_and_finished(sample: Campaign) -> None:
    series = plans_from(sample, 70)
    paper = signed(*PLAN, on=MAY_2)
    data = dict(paper.data)
    numbered = issue_document(paper, on=MAY_2, actor="chị Lan")
    assert (numbered.state, numbered.code, numbered.issued_on) == (
        "numbered",
        "70/KH-LĐLĐ",
        MAY_2,
    )
    run_waiting(numbered)
    numbered.refresh_from_db()
    assert numbered.state == DocumentState.ISSUED
    assert numbered.data == data
    assert check_series(series) == []
    line = OutgoingEntry.objects.get()
    assert (line.code, line.date, line.symbol, line.state) == (
        "70/KH-LĐLĐ",
        MAY_2,
        "KH-LĐLĐ",
        "issued",
    )
    assert line.type_name == "Kế hoạch"
    assert line.subject == numbered.subject
    assert line.signer == numbered.data["signer_name"]
    assert line.org_id == sample.org_id
    assert line.document_id == str(numbered.pk)
    assert line.file == numbered.final_file
    assert "VT" in line.kept_by
    assert [(e.actor, e.to_state) for e in numbered.events.order_by("id")][-2:] == [
        ("chị Lan", "numbered"),
        ("docgen", "issued"),
    ]


def test_issuing_again_changes_nothing(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    again = issue_document(Document.objects.get(pk=paper.pk), on=date(2024, 5, 9), actor=CLERK)
    assert (again.code, again.issued_on, again.state) == ("01/KH-LĐLĐ", MAY_2, "issued")
    assert issue_many([Planned(paper, MAY_3)], actor=CLERK)[0].issued_on == MAY_2
    assert OfficialNumber.objects.count() == OutgoingEntry.objects.count() == 1


def test_a_decision_makes_the_union_with_its_members(sample: Campaign) -> None:
    case = FoundingCase.objects.get(code="hs24-001")
    joiners = case.applications.filter(employer_side=False).count()
    paper = issued("founding_decision", CASE, on=MAY_16)
    case.refresh_from_db()
    assert case.state == CaseState.RECOGNISED
    assert case.union is not None
    assert case.union.valid_from == MAY_16
    evidence = f"{paper.code} ngày 16/05/2024"
    joined = Membership.objects.filter(union=case.union)
    assert joined.count() == joiners
    assert set(joined.values_list("joined_on", "decision")) == {(MAY_16, evidence)}
    assert case.steps.order_by("id").last().evidence == evidence  # type: ignore[union-attr]
    issued("committee_decision", CASE, on=MAY_16)
    seated = case.committees.exclude(kind="inspection").get()
    assert seated.decision == f"{seated_code(case)} ngày 16/05/2024"
    assert seated.union == case.union
    minutes = issued("launch_minutes", CASE, on=date(2024, 5, 23))
    case.refresh_from_db()
    assert case.state == CaseState.LAUNCHED
    assert case.steps.order_by("id").last().evidence.startswith(minutes.code)  # type: ignore[union-attr]


def seated_code(case: FoundingCase) -> str:
    return Document.objects.get(kind="committee_decision", record=f"case:{case.code}").code


@pytest.mark.parametrize(
    "place", ["enter_outgoing", "log_event", "follow_up", "ask_final", "format_code"]
)
def test_a_failure_in_the_middle_leaves_nothing(
    sample: Campaign, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    paper = signed("founding_decision", CASE, on=MAY_16)
    events = DocumentEvent.objects.count()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(issuing, place, fail)
        with pytest.raises(OSError, match="No space"):
            issue_document(paper, on=MAY_16, actor=CLERK)
    take_nothing()
    assert DocumentEvent.objects.count() == events
    case = FoundingCase.objects.get(code="hs24-001")
    assert (case.state, case.union) == (CaseState.DOSSIER_FILED, None)
    assert not Rendering.objects.filter(purpose="final").exists()
    paper.refresh_from_db()
    assert (paper.state, paper.number_id, paper.code) == ("signed", None, "")
    assert issue_document(paper, on=MAY_16, actor=CLERK).code.startswith("01/QĐ")


def test_consequences_that_are_refused_give_the_number_back(sample: Campaign) -> None:
    """One of the joiners became a member elsewhere after the paper was signed."""
    paper = signed("founding_decision", CASE, on=MAY_16)
    joiner = FoundingCase.objects.get(code="hs24-001").applications.first()
    other = UnionOrg.objects.filter(kind="grassroots_union").first()
    assert joiner is not None
    Membership.objects.create(person=joiner.person, union=other, joined_on=date(2024, 5, 10))
    with pytest.raises(UserError, match="Đang là đoàn viên nơi khác"):
        issue_document(paper, on=MAY_16, actor=CLERK)
    take_nothing()


# --- dates, headers, citations -----------------------------------------------------------------------


def test_dates_never_run_backwards(sample: Campaign) -> None:
    june_17 = date(2024, 6, 17)
    first = issued("founding_decision", "case:hs24-003", on=june_17)
    paper = signed("founding_decision", f"case:{neighbour(first)}", on=june_17)
    with pytest.raises(Conflict, match="đã có số 01 ngày 17/06/2024") as caught:
        issue_document(paper, on=date(2024, 6, 14), actor=CLERK)
    assert caught.value.code == "date_runs_backwards"
    assert issue_document(paper, on=june_17, actor=CLERK).code.startswith("02/")


def test_a_day_that_contradicts_the_paper_is_refused(sample: Campaign) -> None:
    """A decision dated before the congress that it recognises."""
    paper = signed("founding_decision", CASE, on=MAY_16)
    with pytest.raises(DataIncomplete, match="trước ngày đại hội"):
        issue_document(paper, on=MAY_2, actor=CLERK)
    take_nothing()


def neighbour(paper: Document) -> str:
    """Another case that the same body decides."""
    return next(
        case.code
        for case in FoundingCase.objects.filter(decide_on=date(2024, 6, 14)).order_by("code")
        if case.enterprise.uppers.filter(org=paper.issuer).exists()
    )


def test_another_header_on_the_day_of_issue_is_refused(sample: Campaign) -> None:
    """Drafted under the districts on 30/6/2025, dated 01/7/2025: the district is no more."""
    paper = signed("founding_decision", CASE, on=date(2025, 6, 30))
    assert paper.issuer.kind == "district_federation"
    with pytest.raises(Conflict, match=r"01/07/2025.* Soạn lại dự thảo"):
        issue_document(paper, on=date(2025, 7, 1), actor=CLERK)
    take_nothing()


def test_another_line_over_the_issuer_is_refused(sample: Campaign) -> None:
    paper = signed(*PLAN, on=MAY_2)
    Fact.objects.filter(key="parent_line_province").update(value="")
    with pytest.raises(Conflict, match="Soạn lại dự thảo") as caught:
        issue_document(paper, on=MAY_3, actor=CLERK)
    assert caught.value.facts["wrong"] == ["parent_org_name"]
    take_nothing()


def test_bases_that_changed_before_the_day_of_issue_are_refused(sample: Campaign) -> None:
    """The campaign's bases end with its year."""
    paper = signed(*PLAN, on=date(2024, 12, 20))
    with pytest.raises(Conflict, match="Căn cứ pháp lý") as caught:
        issue_document(paper, on=date(2025, 1, 2), actor=CLERK)
    assert caught.value.facts["wrong"] == ["legal_bases"]
    take_nothing()
    assert issue_document(paper, on=date(2024, 12, 23), actor=CLERK).issued_on == date(2024, 12, 23)


def test_a_recalled_basis_is_refused(sample: Campaign) -> None:
    plan = issued(*PLAN, on=MAY_2)
    paper = signed("quota_decision", PLAN[1], on=MAY_3)
    recall_document(plan, reason="Sai chỉ tiêu", actor=CLERK)
    with pytest.raises(Conflict, match="dẫn chiếu 01/KH-LĐLĐ đã bị thu hồi"):
        issue_document(paper, on=MAY_3, actor=CLERK)
    assert OfficialNumber.objects.count() == 1


def test_a_basis_of_a_later_day_is_refused(sample: Campaign) -> None:
    issued(*PLAN, on=MAY_16)
    paper = signed("quota_decision", PLAN[1], on=date(2024, 5, 17))
    with pytest.raises(Conflict, match="đề ngày 16/05/2024 là ngày sau"):
        issue_document(paper, on=MAY_3, actor=CLERK)
    assert OfficialNumber.objects.count() == 1


# --- kept and inserted numbers -----------------------------------------------------------------------


def test_a_kept_number_is_taken_when_the_paper_is_issued(sample: Campaign) -> None:
    paper = draft(*PLAN, on=MAY_2)
    kept = reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK)
    assert (str(kept), kept.state) == ("01", NumberState.RESERVED)
    assert reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK).pk == kept.pk
    submit_document(paper, actor=CLERK)
    record_signature(paper, signer=code_of("Vàng Văn Thành"), actor=CLERK, on=MAY_2)
    assert issue_document(paper, on=MAY_2, actor=CLERK).code == "01/KH-LĐLĐ"
    kept.refresh_from_db()
    assert kept.state == NumberState.TAKEN


def test_a_kept_number_is_taken_in_a_batch_too(sample: Campaign) -> None:
    paper = signed(*PLAN, on=MAY_2)
    kept = reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK)
    issue_many([Planned(paper, MAY_2)], actor=CLERK)
    kept.refresh_from_db()
    assert kept.state == NumberState.TAKEN
    assert check_series(SeriesRef(sample.org_id, "KH", 2024)) == []


def test_a_kept_number_has_its_day(sample: Campaign) -> None:
    paper = signed(*PLAN, on=MAY_2)
    reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK)
    with pytest.raises(Conflict, match="02/05/2024"):
        issue_document(paper, on=MAY_3, actor=CLERK)
    with pytest.raises(Conflict, match="02/05/2024"):
        issue_many([Planned(paper, MAY_3)], actor=CLERK)


@pytest.mark.parametrize("reason", ["", "  "])
def test_keeping_and_inserting_need_a_reason(sample: Campaign, reason: str) -> None:
    paper = signed(*PLAN, on=MAY_2)
    with pytest.raises(UserError, match="phải ghi lý do"):
        reserve_for(paper, on=MAY_2, reason=reason, actor=CLERK)
    with pytest.raises(UserError, match="phải ghi lý do"):
        issue_inserted(paper, on=MAY_2, after=1, reason=reason, actor=CLERK)
    take_nothing()


def test_no_number_is_kept_for_a_paper_that_has_one(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    with pytest.raises(Conflict, match="đã có số 01/KH-LĐLĐ"):
        reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK)
    recall_document(paper, reason="Sai chỉ tiêu", actor=CLERK)
    with pytest.raises(Conflict):
        reserve_for(paper, on=MAY_2, reason="Chờ họp", actor=CLERK)


def test_an_inserted_number_follows_its_neighbour(sample: Campaign) -> None:
    series = plans_from(sample, 70)
    issued(*PLAN, on=MAY_2)
    late = signed_again(MAY_2)
    with pytest.raises(Conflict, match="không nằm giữa"):
        issue_inserted(late, on=date(2024, 5, 1), after=70, reason="Bỏ sót", actor=CLERK)
    paper = issue_inserted(late, on=MAY_2, after=70, reason=" Bỏ sót ", actor=CLERK)
    assert paper.code == "70a/KH-LĐLĐ"
    run_waiting(paper)
    paper.refresh_from_db()
    assert paper.state == DocumentState.ISSUED
    assert check_series(series) == []
    assert OutgoingEntry.objects.get(code="70a/KH-LĐLĐ").document_id == str(paper.pk)


def test_a_paper_with_a_kept_number_is_not_inserted(sample: Campaign) -> None:
    plans_from(sample, 70)
    issued(*PLAN, on=MAY_2)
    late = signed_again(MAY_2)
    reserve_for(late, on=MAY_2, reason="Chờ họp", actor=CLERK)
    with pytest.raises(Conflict, match="71"):
        issue_inserted(late, on=MAY_2, after=70, reason="Bỏ sót", actor=CLERK)


def signed_again(on: date) -> Document:
    """A second plan: the first is recalled."""
    recall_document(Document.objects.get(kind="plan"), reason="Sai chỉ tiêu", actor=CLERK)
    return signed(*PLAN, on=on)


# --- the frozen paper --------------------------------------------------------------------------------


def test_the_final_file_can_be_made_again(sample: Campaign) -> None:
    """Later, with other records: the bytes are the same."""
    paper = issued("founding_decision", CASE, on=MAY_16)
    assert paper.final_file is not None
    kept = read(paper.final_file)
    case = FoundingCase.objects.get(code="hs24-001")
    case.enterprise.name = "Công ty TNHH A&B <X>"
    case.enterprise.save()
    paper.issuer.name = "Liên đoàn Lao động huyện khác"
    paper.issuer.save()
    again = render_document(
        Document.objects.select_related("number", "template_file").get(pk=paper.pk)
    )
    assert again.docx == kept
    assert again.sha256 == paper.final_file.sha256 == hashlib.sha256(kept).hexdigest()


def test_a_recalled_line_says_so_once(sample: Campaign) -> None:
    paper = issued(*PLAN, on=MAY_2)
    recall_document(paper, reason="Sai chỉ tiêu", actor=CLERK)
    assert paper.number is not None
    mark_recalled(paper.number, actor=CLERK, reason="lần nữa")
    assert OutgoingEntry.objects.get().note == "Đã thu hồi: Sai chỉ tiêu"


def test_request_of_the_issued_paper_gives_it_back(sample: Campaign) -> None:
    paper = issued("founding_decision", CASE, on=MAY_16)
    again = request_document("founding_decision", record=CASE, on=date(2024, 6, 1), actor=CLERK)
    assert (again.is_new, again.document.pk) == (False, paper.pk)
