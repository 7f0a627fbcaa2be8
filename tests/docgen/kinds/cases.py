"""The examples as papers: kind, data, number and date; one draft among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.kinds import examples, get_kind
from docgen.kinds.base import Numbering
from docgen.making import Made, make_document
from tests.docgen.kinds import cases_congress, cases_decisions
from tests.docgen.kinds.letter_cases import LETTER_CASES

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates_docx"
GOLDEN = ROOT / "tests" / "golden"


def issued(number: int, on: str) -> Numbering:
    return Numbering(number=number, issue_date=date.fromisoformat(on))


CASES = {
    "founding_decision/thanh_lap": (examples.FOUNDING_DECISION, issued(6, "2024-05-06")),
    "founding_decision/cong_nhan_du_thao": (examples.FOUNDING_DECISION_RECOGNISED, Numbering()),
    "committee_decision/lam_thoi": (examples.COMMITTEE_DECISION, issued(7, "2024-05-06")),
    "committee_decision/cong_nhan": (examples.COMMITTEE_DECISION_ELECTED, issued(12, "2024-05-20")),
    "committee_decision/chi_dinh": (
        examples.COMMITTEE_DECISION_APPOINTED,
        issued(119, "2025-09-08"),
    ),
    "introduction_letter/giay_gioi_thieu": (examples.INTRODUCTION_LETTER, issued(15, "2024-05-06")),
    "invitation/giay_moi": (examples.INVITATION, issued(3, "2024-05-10")),
    "plan/expected": (get_kind("plan").schema.example, issued(70, "2024-05-02")),
    "quota_decision/giao_chi_tieu": (
        get_kind("quota_decision").schema.example,
        issued(46, "2024-05-03"),
    ),
    "assignment_decision/phu_trach_dia_ban": (
        get_kind("assignment_decision").schema.example,
        issued(7, "2024-05-06"),
    ),
    "assignment_decision/phu_trach_dia_ban_du_thao": (
        get_kind("assignment_decision").schema.example,
        Numbering(),
    ),
    "launch_minutes/bien_ban_ra_mat": (examples.LAUNCH_MINUTES, issued(2, "2024-05-16")),
    **cases_decisions.CASES,
    **cases_congress.CASES,
    **LETTER_CASES,
}
every_case = pytest.mark.parametrize("case", sorted(CASES))


def make(case: str) -> Made:
    data, numbering = CASES[case]
    return make_document(case.partition("/")[0], data, numbering=numbering, templates=TEMPLATES)
