"""Letters, returned dossiers and reports: each rule fires alone, hard values print as they are."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from core.errors import DataIncomplete
from core.profiles import profile_on
from docgen.kinds import KINDS, letter_examples, report_example
from docgen.kinds.base import Numbering
from docgen.kinds.common import shared_problems
from docgen.kinds.coordination_letter import visit_time
from docgen.kinds.letters import called, joined
from docgen.kinds.progress_fields import percent_text, rate_text, reached_text
from docgen.kinds.report_texts import period_words
from docgen.kinds.wrapping import wrap_letter_subject
from docgen.making import make_document
from docgen.rules import inspect_docx
from tests.docgen.kinds.cases import TEMPLATES
from tests.docgen.kinds.letter_cases import issued
from tests.docgen.kinds.reading import dump

_Json = dict[str, Any]
REMINDER: _Json = letter_examples.REMINDER_LETTER
COORDINATION: _Json = letter_examples.COORDINATION_LETTER
RETURN: _Json = letter_examples.DOSSIER_RETURN
CORRECTION: _Json = letter_examples.CORRECTION_LETTER
REPORT: _Json = report_example.RESULT_REPORT
NHUN = "Liên đoàn Lao động huyện Nậm Nhùn"


def first_row(key: str, data: _Json, **changes: object) -> list[_Json]:
    """The rows of a table, the first one changed."""
    return [{**data[key][0], **changes}, *data[key][1:]]


@pytest.mark.parametrize(
    ("kind", "data", "change", "codes", "words"),
    [
        ("reminder_letter", REMINDER, {"lagging": [], "missing_reports": []},
         ["nothing_behind"], "thì mới đôn đốc"),
        ("reminder_letter", REMINDER, {"expected_percent": None}, ["missing_expected"], "mức phải đạt"),
        ("reminder_letter", REMINDER, {"expected_percent": 20}, ["not_behind"],
         "Liên đoàn Lao động huyện Mường Tè đã đạt từ 20%"),
        ("reminder_letter", REMINDER, {"deadline": "2024-10-07"}, ["date_order"], "phải sau ngày văn bản"),
        ("reminder_letter", REMINDER, {"cut_off_date": "2024-10-08"}, ["date_order"], "sau ngày văn bản"),
        ("reminder_letter", REMINDER, {"lagging": [*REMINDER["lagging"], REMINDER["lagging"][0]]},
         ["repeated"], "được ghi hai lần"),
        ("reminder_letter", REMINDER,
         {"missing_reports": [{"org_name": NHUN, "period": "tháng chín"}]}, ["period"], "2024-09"),
        ("reminder_letter", REMINDER, {"bases": first_row("bases", REMINDER, date="2024-12-02")},
         ["date_order"], "có sau ngày văn bản"),
        ("coordination_letter", COORDINATION, {"venue": None}, ["missing_for_visit"], "phải có địa điểm"),
        ("coordination_letter", COORDINATION, {"visit_to": "2024-05-13"}, ["date_order"],
         "trước ngày bắt đầu"),
        ("coordination_letter", COORDINATION, {"deadline": "2024-05-15"}, ["date_order"],
         "sau ngày đoàn đến"),
        ("coordination_letter", COORDINATION,
         {"team": [{**row, "is_lead": True} for row in COORDINATION["team"]]}, ["one_lead"],
         "chỉ có một Trưởng đoàn"),
        ("coordination_letter", COORDINATION, {"team": [*COORDINATION["team"], COORDINATION["team"][1]]},
         ["repeated"], "Hoàng Thị Mai"),
        ("dossier_return", RETURN, {"missing_items": [], "faulty_items": []}, ["missing_items"],
         "Chưa ghi thành phần"),
        ("dossier_return", RETURN, {"received_on": "2024-05-07"}, ["date_order"],
         "trước ngày văn bản đề nghị"),
        ("dossier_return", RETURN, {"deadline": "2024-05-13"}, ["date_order"], "Thời hạn"),
        ("dossier_return", RETURN, {"missing_items": RETURN["missing_items"][:1] * 2}, ["repeated"],
         "Danh sách trích ngang"),
        ("dossier_return", RETURN, {"enterprise_name": "Công ty TNHH A&B <X>"}, ["union_name"],
         "không chứa tên doanh nghiệp"),
        ("correction_letter", CORRECTION, {"intended_date": "2024-05-02"}, ["date_order"],
         "trước ngày văn bản được đính chính"),
        ("correction_letter", CORRECTION,
         {"corrections": first_row("corrections", CORRECTION, corrected=CORRECTION["corrections"][0]["printed"])},
         ["nothing_corrected"], "giống nội dung đã in"),
        ("result_report", REPORT, {"targets": {**REPORT["targets"], "new_members": 901}}, ["quota_sum"],
         "cộng lại là 900, chỉ tiêu toàn tỉnh là 901"),
        ("result_report", REPORT, {"rows": first_row("rows", REPORT, period_joined=149)},
         ["part_exceeds_whole"], "kết nạp mới trong kỳ (149) lớn hơn lũy kế (148)"),
        ("result_report", REPORT, {"new_unions": REPORT["new_unions"][:5]}, ["new_unions"],
         "6 công đoàn cơ sở mới trong kỳ, danh sách có 5"),
        ("result_report", REPORT, {"new_unions": first_row("new_unions", REPORT, founded_on="2024-10-01")},
         ["date_order"], "sau ngày chốt số liệu"),
        ("result_report", REPORT, {"new_unions": first_row("new_unions", REPORT, members=500)},
         ["part_exceeds_whole"], "nhiều hơn số kết nạp mới"),
        ("result_report", REPORT, {"cum_unions_nonstate": 14}, ["part_exceeds_whole"], "lớn hơn tổng số"),
        ("result_report", REPORT, {"counted_from": "2024-08-01"}, ["date_order"], "bắt đầu trước đó"),
        ("result_report", REPORT, {"cut_off_date": "2024-06-30"}, ["date_order"], "trước kỳ báo cáo"),
        ("result_report", REPORT, {"period": "quý bốn"}, ["period"], "2024-Q2"),
    ],
)  # fmt: skip
def test_each_rule_fires_alone(
    kind: str, data: _Json, change: _Json, codes: list[str], words: str
) -> None:
    changed = {key: value for key, value in {**data, **change}.items() if value is not None}
    found = KINDS[kind].check(changed)
    assert {problem.code for problem in found} == set(codes)
    assert words in " ".join(problem.message for problem in found)


def test_a_unit_that_is_not_written_to_is_only_pointed_out() -> None:
    """A collective name may stand for all: the paper is made."""
    data = {**REMINDER, "addressees": ["Liên đoàn Lao động các huyện"]}
    made = make_document("reminder_letter", data, numbering=Numbering(), templates=TEMPLATES)
    assert [warning.code for warning in made.warnings] == ["not_addressed"] * 4
    assert (
        "huyện Mường Tè có tên trong số liệu nhưng không có ở Kính gửi" in made.warnings[2].message
    )
    assert KINDS["reminder_letter"].warnings(REMINDER) == ()


@pytest.mark.parametrize("symbol", ["CV-LĐLĐ", "KH-LĐLĐ"])
def test_the_symbol_of_a_letter_has_no_type(symbol: str) -> None:
    schema = KINDS["reminder_letter"].schema
    (problem,) = shared_problems(schema, {**REMINDER, "doc_symbol": symbol})
    assert (problem.code, "LĐLĐ-TCKT" in problem.message) == ("doc_symbol", True)
    assert shared_problems(schema, {**REMINDER, "doc_symbol": "LĐLĐ"}) == []


def test_all_faults_are_told_at_once_in_vietnamese() -> None:
    data = {**RETURN, "deadline": "2024-05-01", "received_on": "2024-05-20", "submit_to": None}
    with pytest.raises(DataIncomplete) as caught:
        make_document("dossier_return", data, numbering=Numbering(), templates=TEMPLATES)
    assert caught.value.missing == ("submit_to",)
    assert {"deadline", "received_on", "intended_date"} == set(caught.value.wrong)
    assert "Thời hạn (ngày 01 tháng 5 năm 2024) phải sau ngày văn bản" in caught.value.message


HARD = 'Công ty TNHH Thêu dệt H\'Mông A&B <X> "Nậm Ngừ"'
NFD = unicodedata.normalize("NFD", "Giàng A Chứ")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("coordination_letter", {**COORDINATION, "addressees": [HARD], "venue": f"Trụ sở {HARD}",
                                 "team": [{"full_name": NFD, "post": "Chủ tịch"}]}),
        ("dossier_return", {**RETURN, "enterprise_name": HARD, "union_name": f"Công đoàn cơ sở {HARD}",
                            "returned_to": f"{NFD}, Trưởng ban vận động {HARD}"}),
        ("correction_letter", {**CORRECTION, "addressees": [HARD, NFD]}),
        ("reminder_letter", {**letter_examples.REMINDER_LETTER_ONE, "addressees": [HARD],
                             "lagging": [{**REMINDER["lagging"][0], "org_name": HARD}],
                             "missing_reports": [], "contact": NFD}),
        ("result_report", {**REPORT, "new_unions": first_row("new_unions", REPORT, union_name=HARD),
                           "proposals": [f"Khen thưởng đồng chí {NFD}"]}),
    ],
)  # fmt: skip
def test_hard_names_are_printed_as_they_are_and_raise_no_fault(kind: str, data: _Json) -> None:
    made = make_document(
        kind, data, numbering=issued(7, data["intended_date"]), templates=TEMPLATES
    )
    text = dump(made.docx)
    assert HARD in text.replace(" ⏎ ", " ")
    assert unicodedata.is_normalized("NFC", text)
    if NFD in str(data):
        assert "Giàng A Chứ" in text
    assert [f for f in inspect_docx(made.docx).findings if f.severity == "E"] == []


# --- words -------------------------------------------------------------------------------------------


def test_rates_have_one_decimal_and_halves_go_up() -> None:
    assert [rate_text(*pair) for pair in ((31, 85), (1, 3), (1, 16), (0, 4), (4, 4), (3, 0))] == [
        "36,5", "33,3", "6,3", "0", "100", "-",
    ]  # fmt: skip
    assert percent_text(1234, 1000) == "123,4%"
    assert reached_text(560, 900) == ", đạt 62,2% chỉ tiêu (900)"
    assert reached_text(5, 0) == ""


@pytest.mark.parametrize(
    ("period", "words"),
    [("2024-09", "tháng 9 năm 2024"), ("2024-02", "tháng 02 năm 2024"), ("2024-Q3", "quý III năm 2024"),
     ("2024-H1", "6 tháng đầu năm 2024"), ("2024-9M", "9 tháng năm 2024"), ("2024", "năm 2024"),
     ("2023-12-01/2024-05-31", "từ ngày 01/12/2023 đến ngày 31/5/2024")],
)  # fmt: skip
def test_periods_in_a_title(period: str, words: str) -> None:
    assert period_words(period) == words


def test_citations_are_joined_as_a_sentence_joins_them() -> None:
    assert [joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a và b", "a; b và c",
    ]  # fmt: skip
    assert called(["Các công đoàn cơ sở"], several="x") == "các công đoàn cơ sở"
    assert called([NHUN], several="x") == NHUN
    assert called([NHUN, NHUN], several="các đơn vị") == "các đơn vị"


def test_the_subject_of_a_letter_keeps_to_its_column() -> None:
    long = KINDS["reminder_letter"].register_subject(REMINDER).removeprefix("Về việc ")
    lines = wrap_letter_subject(long).split("\n")
    assert " ".join(lines) == long
    assert lines == [
        "đôn đốc thực hiện chỉ tiêu",
        "phát triển đoàn viên, thành lập",
        "công đoàn cơ sở năm 2024",
    ]
    assert wrap_letter_subject("mời họp") == "mời họp"
    endless = " ".join([long] * 3)
    broken = wrap_letter_subject(endless).split("\n")
    assert " ".join(broken) == endless
    assert len(broken) > 2 * len(
        lines
    )  # as many lines as it takes, none much wider than the column


def test_time_of_a_visit() -> None:
    one, two = date(2024, 5, 14), date(2024, 5, 15)
    assert visit_time("08:30", one, one) == "08 giờ 30 phút, ngày 14 tháng 5 năm 2024"
    assert visit_time("", one, two) == "từ ngày 14 tháng 5 năm 2024 đến ngày 15 tháng 5 năm 2024"
    assert visit_time("", None, None) == ""


# --- facts by date -----------------------------------------------------------------------------------


def test_the_duty_to_answer_is_that_of_the_law_of_the_day() -> None:
    def said(data: _Json, on: str) -> str:
        made = make_document(
            "coordination_letter",
            {**data, "intended_date": on, "bases": letter_examples.REMINDER_LETTER["bases"]},
            numbering=issued(8, on),
            templates=TEMPLATES,
        )
        return dump(made.docx)

    after = {
        **COORDINATION,
        "visit_from": "2025-08-20",
        "visit_to": "2025-08-20",
        "deadline": "2025-08-18",
    }
    assert "căn cứ khoản 5 Điều 22 Luật Công đoàn ngày 20 tháng 6 năm 2012" in said(
        COORDINATION, "2024-05-06"
    )
    assert "căn cứ khoản 5 Điều 25 Luật Công đoàn ngày 27 tháng 11 năm 2024" in said(
        after, "2025-08-11"
    )
    asked: _Json = letter_examples.COORDINATION_LETTER_INFORMATION
    assert "căn cứ khoản 6 Điều 19 Luật Công đoàn" in said(asked, "2025-09-08")
    before = said({**asked, "deadline": "2024-06-03"}, "2024-05-20")
    assert "căn cứ" not in before.casefold()


@pytest.mark.parametrize(
    ("on", "path", "members", "count", "item"),
    [
        ("2024-05-13", "congress", 12, 7, "labour_report"),
        ("2024-05-13", "congress", 30, 8, "inspection_profiles"),
        ("2024-05-13", "appointment", 12, 5, "request"),
        ("2025-11-12", "congress", 12, 8, "first_meeting_minutes"),
        ("2025-11-12", "congress", 45, 10, "inspection_meeting_minutes"),
    ],
)
def test_the_checklist_of_the_day(on: str, path: str, members: int, count: int, item: str) -> None:
    items = profile_on(date.fromisoformat(on)).dossier_of(path=path, members=members)
    assert len(items) == count
    assert item in {one.code for one in items}
