"""A founding case from its survey to the decisions, by returned forms alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.models import Document
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import request_document, submit_document
from docgen.services.signing import record_signature
from records.models import (
    Campaign,
    CaseState,
    ChangeLog,
    Committee,
    Enterprise,
    EnterpriseObservation,
    FoundingCase,
)
from records.services.audit import By
from records.services.dossiers import add_papers
from tests.intake.returns import OFFICER, applied
from tests.sample import run_waiting

#: Twelve: under ten members HD 03 knows a chair alone.
PEOPLE = (
    ("Lò Thị Mẫu", "female", "1996-09-05", "012196000011"),
    ("Giàng A Páo", "male", "1990-02-11", "012090000012"),
    ("Pờ Xá Mừ", "female", "1988-12-30", "012188000013"),
    ("Lý Hừ Cà", "male", "1985-01-07", "012085000014"),
    ("Vàng Thị Ý", "female", "1999-06-18", "012199000015"),
    ("Tẩn A Phẩu", "male", "1993-03-03", "012093000016"),
    ("Giàng A H'Mông", "male", "1994-07-21", "012094000017"),
    ("Đặng Thị Thùy Dương", "female", "1991-10-02", "012191000018"),
    ("Lò Văn Ín", "male", "1987-05-14", "012087000019"),
    ("Chẻo Tả Mẩy", "female", "1998-11-09", "012198000020"),
    ("Mùa A Sùng", "male", "2000-04-25", "012200000021"),
    ("Hà Thị Xuyến", "female", "1983-08-16", "012183000022"),
)
POSTS = ("chair", "vice_chair", "inspection_duty")


def untouched(sample: Campaign) -> FoundingCase:
    return FoundingCase.objects.filter(
        campaign=sample, state=CaseState.NOT_CONTACTED, enterprise__tax_code__isnull=False
    ).order_by("code")[0]


def survey(enterprise: Enterprise) -> dict[str, object]:
    return {
        "survey_date": "2024-09-02",
        "enterprise_name": enterprise.name,
        "tax_code": enterprise.tax_code,
        "enterprise_type": enterprise.type,
        "status": "active",
        "workers_total": 27,
        "workers_female": 11,
        "has_union": False,
        "willing_workers": 12,
        "employer_attitude": "agree",
        "surveyor_name": OFFICER,
    }


def collective(enterprise: Enterprise) -> dict[str, object]:
    rows = [
        {"full_name": name, "gender": gender, "dob": dob, "id_number": number,
         "native_place": "Xã Bình Lư, huyện Tam Đường", "phone": f"09120003{at:02d}"}
        for at, (name, gender, dob, number) in enumerate(PEOPLE)
    ]  # fmt: skip
    return {
        "addressee": f"Ban Vận động thành lập công đoàn cơ sở {enterprise.name}"[:110],
        "workplace": enterprise.name,
        "applicants_total": len(rows),
        "prepared_by": PEOPLE[0][0],
        "date_signed": "2024-09-10",
        "rows": rows,
    }


def dossier(enterprise: Enterprise) -> dict[str, dict[str, object]]:
    """The four papers of the congress, by form kind."""
    union = f"Công đoàn cơ sở {enterprise.name}"
    seats = list(zip(PEOPLE, POSTS, strict=False))
    return {
        "candidate_profiles": {
            "union_name": union, "body": "executive_committee", "term": "2024-2028", "date_signed": "2024-09-18",
            "rows": [{"full_name": p[0], "gender": p[1], "dob": p[2], "ethnicity": "Thái", "job": "Công nhân",
                      "education_general": "12/12", "proposed_post": post} for p, post in seats],
        },
        "member_list": {
            "union_name": union, "as_of": "2024-09-20", "members_total": len(PEOPLE),
            "rows": [{"full_name": p[0], "gender": p[1], "dob": p[2], "id_number": p[3], "job": "Công nhân"}
                     for p in PEOPLE],
        },
        "vote_count": {
            "union_name": union, "body": "executive_committee", "meeting_date": "2024-09-20", "summoned": 12,
            "present": 12, "voted": 12, "seats": 3, "candidates_total": 3, "self_nominated": 0, "nominated": 3,
            "ballots_issued": 12, "ballots_collected": 12, "ballots_valid": 12, "ballots_invalid": 0,
            "head_teller": PEOPLE[4][0],
            "rows": [{"full_name": p[0], "votes": 12, "rate": 100, "elected": True} for p, _ in seats],
        },
        "recognition_request": {
            "sender": union[:110], "doc_number": "01/TTr-CĐCS", "doc_date": "2024-09-23",
            "addressee": "Ban Thường vụ Liên đoàn Lao động huyện", "union_name": union,
            "enterprise_name": enterprise.name, "congress_date": "2024-09-20", "member_count": len(PEOPLE),
            "term": "2024-2028", "signer_name": PEOPLE[0][0],
            "rows": [{"full_name": p[0], "dob": p[2], "post": post} for p, post in seats],
        },
    }  # fmt: skip


def state_of(case: FoundingCase) -> str:
    case.refresh_from_db()
    return case.state


def issued(kind: str, record: str, on: date) -> Document:
    """Requested with nothing typed, signed by its own signer, numbered."""
    paper = request_document(kind, record=record, on=on, actor=OFFICER).document
    run_waiting(paper)
    submit_document(paper, actor=OFFICER)
    record_signature(paper, signer=paper.signer.code, actor=OFFICER, on=on)
    issue_document(paper, on=on, actor=OFFICER)
    paper.refresh_from_db()
    return paper


def papers_come(case: FoundingCase) -> None:
    """The parts of the dossier that are no forms; with the last of them it is complete."""
    papers = ("congress_minutes", "registration_certificate", "labour_report")
    by = By(OFFICER, "cli")
    assert [one.code for one in add_papers(case, papers[:2], on=date(2024, 9, 26), by=by)] == [
        "labour_report"
    ]
    assert add_papers(case, papers[2:], on=date(2024, 9, 27), by=by) == ()
    assert add_papers(case, papers, on=date(2024, 9, 30), by=by) == ()  # again: nothing changes
    case.refresh_from_db()
    assert case.dossier_complete_on == date(2024, 9, 27)


@pytest.mark.django_db
def test_from_survey_to_decisions_with_nothing_typed(sample: Campaign) -> None:
    case = untouched(sample)
    place = case.enterprise
    seen = EnterpriseObservation.objects.filter(enterprise=place).count()
    applied("enterprise_survey", survey(place), on="2024-09-03T09:00")
    assert EnterpriseObservation.objects.filter(enterprise=place).count() == seen + 1
    assert state_of(case) == CaseState.ELIGIBLE
    form = applied("collective_application", collective(place), on="2024-09-11T09:00")
    assert state_of(case) == CaseState.ENOUGH_APPLICATIONS
    assert form.record_id == case.code
    assert "Ghi 12 đơn gia nhập" in form.outcome[0]
    parts = dossier(place)
    last: Any = None
    for kind, data in parts.items():
        assert state_of(case) != CaseState.DOSSIER_FILED
        last = applied(kind, data, on="2024-09-25T09:00")
    assert last.kind == "recognition_request"
    assert state_of(case) == CaseState.DOSSIER_FILED
    assert (case.request_code, case.congress_on) == ("01/TTr-CĐCS", date(2024, 9, 20))
    assert case.dossier_complete_on is None  # minutes and certificates come on paper
    assert case.dossier["received"] == [
        "request",
        "member_list",
        "vote_count_minutes",
        "committee_profiles",
    ]
    assert "Biên bản đại hội" in last.outcome[-1]
    papers_come(case)
    founding = issued("founding_decision", f"case:{case.code}", date(2024, 10, 2))
    assert founding.data["act"] == "recognise"
    assert [row["full_name"] for row in founding.data["members"]] == [p[0] for p in PEOPLE]
    assert founding.data["request_document"]["code"] == "01/TTr-CĐCS"
    committee = issued("committee_decision", f"case:{case.code}", date(2024, 10, 2))
    assert committee.data["committee"] == "elected"
    assert [row["union_post"] for row in committee.data["members"]] == list(POSTS)
    assert (committee.data["term_start"], committee.data["term_end"]) == (2024, 2028)
    assert state_of(case) == CaseState.RECOGNISED
    launch = {
        "union_name": f"Công đoàn cơ sở {place.name}", "event_date": "2024-10-10", "start_time": "14:00",
        "end_time": "16:00", "venue": "Hội trường", "chair": "Vàng Văn Thành", "secretary": "Lò Thị Mẫn",
        "members_present": 11, "members_total": 12, "founding_decision_no": founding.code,
        "founding_decision_date": "2024-10-02",
        "rows": [{"full_name": p[0], "post": post} for p, post in zip(PEOPLE, POSTS, strict=False)],
    }  # fmt: skip
    form = applied("launch_report", launch, on="2024-10-11T09:00")
    assert state_of(case) == CaseState.LAUNCHED
    assert [row[0] for row in form.findings] == []
    assert Committee.objects.get(case=case).members.count() == 3
    assert ChangeLog.objects.filter(channel="intake", actor=OFFICER).count() > 20
