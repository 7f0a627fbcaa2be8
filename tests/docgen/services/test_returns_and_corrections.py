"""A returned dossier takes its case back; a correction stands beside the paper that it corrects."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.errors import Conflict, DataIncomplete, UserError
from docgen.models import Document
from docgen.rules import inspect_docx
from docgen.services.ending import recall_document, replace_document
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import redraft_document, request_document, submit_document
from docgen.services.signing import record_signature
from docgen.sources import collect, select_records
from records.models import Campaign, CaseState, ChangeLog, FoundingCase, UnionOrg
from records.services.audit import By
from records.services.cases import move_case, record_dossier, return_dossier
from registry.files import read
from registry.models import OutgoingEntry
from tests.sample import CLERK, PLAN, draft, issued, run_waiting

MAY_13, MAY_16 = date(2024, 5, 13), date(2024, 5, 16)
CASE = "case:hs24-001"  # Công ty TNHH A&B Lai Châu
BY = By(actor="chị Lan", channel="kiểm thử")
FULL = (
    "request", "member_list", "congress_minutes", "vote_count_minutes", "committee_profiles",
    "registration_certificate", "labour_report",
)  # fmt: skip
ERRORS = {
    "corrections": [
        {
            "place": "Phụ lục, tiêu đề",
            "printed": "DANH SÁCH đoàn viên CĐCS TỔ DỆT H'MÔNG",
            "corrected": "DANH SÁCH ĐOÀN VIÊN CÔNG ĐOÀN CƠ SỞ TỔ DỆT H'MÔNG",
        },
        {"place": "nơi nhận", "printed": "A&B <X>", "corrected": "Công ty TNHH A&B <X>"},
    ]
}
pytestmark = pytest.mark.django_db


def filed(code: str = "hs24-001") -> FoundingCase:
    return FoundingCase.objects.get(code=code)


def recorded(*received: str, **faults: str) -> FoundingCase:
    return record_dossier(
        filed(), received_on=date(2024, 5, 10), received=received, faults=faults, by=BY
    )


def finish(paper: Document, on: date) -> Document:
    """Sign and number a draft."""
    submit_document(paper, actor=CLERK)
    assert paper.signer is not None
    record_signature(paper, signer=paper.signer.code, actor=CLERK, on=on)
    issue_document(paper, on=on, actor=CLERK)
    run_waiting(paper)
    paper.refresh_from_db()
    return paper


# --- the returned dossier ----------------------------------------------------------------------------


def test_what_is_missing_follows_the_checklist(sample: Campaign) -> None:
    recorded(
        "request", "member_list", "congress_minutes", "vote_count_minutes",
        "registration_certificate", vote_count_minutes="Chưa có chữ ký của Trưởng ban kiểm phiếu",
    )  # fmt: skip
    data = collect("dossier_return", record=CASE, as_of=MAY_13).data
    assert data["missing_items"] == [
        {"item": "Danh sách trích ngang Ban Chấp hành"},
        {"item": "Báo cáo tình hình sử dụng lao động gần nhất"},
    ]
    assert data["faulty_items"] == [
        {
            "item": "Biên bản kiểm phiếu bầu Ban Chấp hành và biên bản bầu các chức danh trong Ban Chấp hành",
            "reason": "Chưa có chữ ký của Trưởng ban kiểm phiếu",
        }
    ]
    assert data["received_on"] == "2024-05-10"
    assert data["deadline"] == "2024-05-27"  # ten working days
    assert data["union_name"] == "Công đoàn cơ sở Công ty TNHH A&B Lai Châu"


def test_the_paper_takes_the_case_back_and_no_deadline_runs(sample: Campaign) -> None:
    recorded(*FULL[:-1])
    paper = issued("dossier_return", CASE, on=MAY_13)
    case = filed()
    assert paper.code == "01/PC-LĐLĐ"
    assert (case.state, case.dossier_complete_on, case.decide_on) == ("congress_held", None, None)
    step = case.steps.order_by("id").last()
    assert step is not None
    assert (step.on, step.evidence) == (
        MAY_13,
        "Phiếu chuyển số 01/PC-LĐLĐ ngày 13/05/2024",
    )
    assert step.note == "Còn thiếu: Báo cáo tình hình sử dụng lao động gần nhất"
    logged = ChangeLog.objects.filter(reason="01/PC-LĐLĐ", actor=CLERK)
    assert {row.record_type for row in logged} >= {"foundingcase", "casestep"}
    (line,) = OutgoingEntry.objects.filter(kind="dossier_return")
    assert (line.type_name, line.kept_by) == ("Phiếu chuyển", "VT, Hồ sơ")
    assert line.subject.startswith("Về việc trả hồ sơ đề nghị công nhận Công đoàn cơ sở")
    assert paper.final_file is not None
    assert [f for f in inspect_docx(read(paper.final_file)).findings if f.severity == "E"] == []


def test_each_filing_is_returned_once(sample: Campaign) -> None:
    recorded(*FULL[:-1])
    first = issued("dossier_return", CASE, on=MAY_13)
    again = request_document("dossier_return", record=CASE, on=MAY_13, actor=CLERK)
    assert (again.document.pk, again.is_new) == (first.pk, False)
    move_case(
        filed(), CaseState.DOSSIER_FILED, on=date(2024, 5, 20), evidence="Phiếu tiếp nhận", by=BY
    )
    second = issued("dossier_return", CASE, on=date(2024, 5, 21))
    assert (first.variant, second.variant) == ("2024-05-10", "2024-05-20")
    assert filed().state == CaseState.CONGRESS_HELD


def test_a_paper_in_place_of_a_recalled_return_moves_nothing_twice(sample: Campaign) -> None:
    recorded(*FULL[:-1])
    first = issued("dossier_return", CASE, on=MAY_13)
    newer = request_document(
        "dossier_return", record=CASE, on=MAY_13, actor=CLERK, replaces=first
    ).document
    finish(newer, MAY_13)
    replace_document(first, by=newer, reason="Sai thời hạn", actor=CLERK)
    steps = filed().steps.filter(evidence__startswith="Phiếu chuyển").count()
    assert (filed().state, steps) == ("congress_held", 1)


def test_a_whole_dossier_is_not_returned(sample: Campaign) -> None:
    recorded(*FULL)
    with pytest.raises(Conflict, match="đã đủ thành phần") as caught:
        collect("dossier_return", record=CASE, as_of=MAY_13)
    assert caught.value.code == "dossier_complete"


def test_without_a_record_the_drafter_says_what_is_missing(sample: Campaign) -> None:
    with pytest.raises(DataIncomplete, match="Chưa ghi thành phần hồ sơ còn thiếu") as caught:
        request_document("dossier_return", record=CASE, on=MAY_13, actor=CLERK)
    assert caught.value.missing == ("missing_items", "faulty_items")
    given = {"missing_items": [{"item": "Biên bản đại hội"}]}
    paper = request_document(
        "dossier_return", record=CASE, on=MAY_13, actor=CLERK, given=given
    ).document
    assert paper.data["missing_items"] == given["missing_items"]


def test_a_decided_case_is_not_taken_back(sample: Campaign) -> None:
    recorded(*FULL[:-1])
    paper = draft("dossier_return", CASE, on=MAY_13)
    issued("founding_decision", CASE, on=MAY_16)
    submit_document(paper, actor=CLERK)
    record_signature(paper, signer=paper.signer.code, actor=CLERK, on=MAY_16)  # type: ignore[union-attr]
    with pytest.raises(Conflict, match="chỉ trả hồ sơ khi hồ sơ đã nộp"):
        issue_document(paper, on=MAY_16, actor=CLERK)
    paper.refresh_from_db()
    assert (paper.number, filed().state) == (None, "recognised")


def test_a_batch_takes_the_incomplete_dossiers_of_one_body(sample: Campaign) -> None:
    recorded(*FULL[:-1])

    def chosen(**where: str) -> list[str]:
        return select_records("dossier_return", campaign=sample, where=where, as_of=MAY_13)

    assert chosen() == [CASE]
    assert chosen(org="ldld-thanh-pho-lai-chau") == [CASE]
    assert chosen(org="ldld-huyen-sin-ho") == []
    assert chosen(state="surveyed") == []


def test_on_the_appointment_path_the_case_goes_back_to_its_applications(sample: Campaign) -> None:
    case = filed("hs24-038")
    move_case(case, CaseState.DOSSIER_FILED, on=MAY_13, evidence="Phiếu tiếp nhận", by=BY)
    back = return_dossier(filed("hs24-038"), on=MAY_16, evidence="02/PC-LĐLĐ", by=BY)
    assert back.state == CaseState.ENOUGH_APPLICATIONS
    again = return_dossier(filed("hs24-038"), on=MAY_16, evidence="02/PC-LĐLĐ", by=BY)
    assert again.steps.count() == back.steps.count()
    with pytest.raises(DataIncomplete, match="số phiếu trả hồ sơ"):
        return_dossier(filed("hs24-001"), on=MAY_16, evidence=" ", by=BY)


def test_a_fault_is_of_a_paper_that_came(sample: Campaign) -> None:
    with pytest.raises(DataIncomplete, match="labour_report"):
        recorded("request", labour_report="Thiếu dấu")


# --- the correction ----------------------------------------------------------------------------------


def corrected(paper: Document, on: date, **more: Any) -> Document:
    found = request_document(
        "correction_letter",
        record=f"document:{paper.pk}",
        on=on,
        actor=CLERK,
        given=ERRORS,
        **more,
    )
    return found.document


def test_a_letter_corrects_an_issued_paper_and_both_say_so(sample: Campaign) -> None:
    plan = issued(*PLAN, on=date(2024, 5, 2))
    letter = corrected(plan, date(2024, 5, 10))
    assert letter.data["corrected_document"]["code"] == "01/KH-LĐLĐ"
    assert letter.data["corrected_document"]["issuer"] == (
        "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"
    )
    assert letter.data["corrections"][1]["corrected"] == "Công ty TNHH A&B <X>"
    finish(letter, date(2024, 5, 10))
    assert letter.code == "01/LĐLĐ-TCKT"
    assert list(letter.cites.all()) == [plan]
    assert plan.corrections() == [letter]
    line = OutgoingEntry.objects.get(document_id=str(plan.pk))
    assert line.note == "Đính chính tại Công văn số 01/LĐLĐ-TCKT ngày 10/05/2024"
    assert line.state == "issued"
    assert ChangeLog.objects.filter(action="line_corrected", record_id=str(line.pk)).count() == 1
    assert letter.final_file is not None
    assert [f for f in inspect_docx(read(letter.final_file)).findings if f.severity == "E"] == []


def test_the_paper_is_found_by_its_number_too(sample: Campaign) -> None:
    issued(*PLAN, on=date(2024, 5, 2))
    found = collect("correction_letter", record="document:01/KH-LĐLĐ", as_of=date(2024, 5, 10))
    assert found.cites[0].kind == "plan"
    assert found.data["addressees"] == [
        "Thường trực Liên đoàn Lao động tỉnh Lai Châu",
        "Thành viên Ban Chỉ đạo phát triển đoàn viên",
        "Liên đoàn Lao động các huyện, thành phố",
        "Văn phòng, các ban Liên đoàn Lao động tỉnh Lai Châu",
    ]


def test_what_is_wrong_has_to_be_said(sample: Campaign) -> None:
    plan = issued(*PLAN, on=date(2024, 5, 2))
    with pytest.raises(DataIncomplete, match="Các lỗi được đính chính") as caught:
        request_document(
            "correction_letter", record=f"document:{plan.pk}", on=date(2024, 5, 10), actor=CLERK
        )
    assert caught.value.missing == ("corrections",)


def test_only_what_no_record_holds_is_given(sample: Campaign) -> None:
    plan = issued(*PLAN, on=date(2024, 5, 2))
    with pytest.raises(UserError, match="Trường corrected_document lấy từ kho hồ sơ") as caught:
        request_document(
            "correction_letter",
            record=f"document:{plan.pk}",
            on=date(2024, 5, 10),
            actor=CLERK,
            given={**ERRORS, "corrected_document": {}},
        )
    assert caught.value.code == "not_given"


def test_what_was_given_is_kept_when_the_letter_is_drafted_again(sample: Campaign) -> None:
    letter = corrected(issued(*PLAN, on=date(2024, 5, 2)), date(2024, 5, 10))
    again = redraft_document(letter, on=date(2024, 5, 13), actor=CLERK)
    assert again.data["corrections"] == letter.data["corrections"]
    one = {"corrections": ERRORS["corrections"][:1]}
    again = redraft_document(letter, on=date(2024, 5, 13), actor=CLERK, given=one)
    assert len(again.data["corrections"]) == 1


def test_a_draft_or_a_recalled_paper_is_not_corrected(sample: Campaign) -> None:
    with pytest.raises(Conflict, match="chỉ đính chính văn bản đã ban hành"):
        corrected(draft(*PLAN, on=date(2024, 5, 2)), date(2024, 5, 10))
    plan = issued(*PLAN, on=date(2024, 5, 2))
    recall_document(plan, reason="Sai nội dung", actor=CLERK)
    with pytest.raises(Conflict, match="Đã thu hồi"):
        corrected(plan, date(2024, 5, 10))


def test_a_letter_is_not_older_than_its_paper(sample: Campaign) -> None:
    plan = issued(*PLAN, on=date(2024, 5, 2))
    with pytest.raises(DataIncomplete, match="trước ngày văn bản được đính chính"):
        corrected(plan, date(2024, 4, 30))


def test_the_heir_corrects_a_paper_of_a_body_that_ended(sample: Campaign) -> None:
    paper = issued("founding_decision", CASE, on=MAY_16)
    letter = corrected(paper, date(2025, 9, 8))
    assert letter.issuer == UnionOrg.objects.get(code="ldld-lai-chau")
    assert letter.data["corrected_document"]["issuer"] == (
        "Ban Thường vụ Liên đoàn Lao động thành phố Lai Châu"
    )
