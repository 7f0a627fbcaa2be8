"""The decision that assigns targets: its text, its rules by date, its checks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from docx.oxml.ns import qn

from core.validation import check_data
from docgen.kinds.base import Numbering
from docgen.kinds.quota_decision import KIND
from tests.docgen.kinds.papers import example, lines, made, opened

ISSUED = Numbering(number=46, issue_date=date(2024, 5, 3))


def test_the_example_is_complete() -> None:
    checked = check_data(KIND.schema.fields, KIND.schema.example)
    assert checked.ok
    assert KIND.check(checked.data) == ()


@pytest.mark.parametrize(
    ("day", "line"), [(date(2024, 5, 13), "QUYẾT ĐỊNH:"), (date(2024, 5, 14), "QUYẾT ĐỊNH")]
)
def test_the_colon_follows_the_rules_of_the_day(day: date, line: str) -> None:
    text = lines(opened(made(KIND, example(KIND), Numbering(number=46, issue_date=day))))
    assert (
        text[text.index("Theo đề nghị của Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh.") + 1]
        == line
    )


def test_articles_run_from_one_to_four_and_close() -> None:
    text = lines(opened(made(KIND, example(KIND), ISSUED)))
    articles = [line for line in text if line.startswith("Điều ")]
    assert [line.split(".")[0] for line in articles] == ["Điều 1", "Điều 2", "Điều 3", "Điều 4"]
    assert articles[-1].endswith("chịu trách nhiệm thi hành Quyết định này./.")
    assert "- Như Điều 4;" in text


def test_a_draft_has_blanks_in_head_and_annex() -> None:
    body = "\n".join(
        lines(opened(made(KIND, example(KIND), Numbering(intended_date=date(2024, 5, 3)))))
    )
    assert re.search(r"(?m)^Số: {3,}/QĐ-LĐLĐ$", body)
    assert re.search(r"\(Kèm theo Quyết định số {3,}/QĐ-LĐLĐ ngày {3,}tháng 5 năm 2024 của", body)


def test_the_annex_is_a_landscape_section_of_its_own() -> None:
    paper = opened(made(KIND, example(KIND), ISSUED))
    body, annex = paper.sections
    assert body.page_height > body.page_width
    assert annex.page_width > annex.page_height
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_all_problems_at_once() -> None:
    data = example(KIND, base_date="2025-01-01")
    data["quota_rows"].append(dict(data["quota_rows"][0]))
    problems = {problem.code: problem.message for problem in KIND.check(data)}
    assert set(problems) == {"base_date_late", "duplicate_unit", "quota_sum"}
    assert "“Liên đoàn Lao động thành phố Lai Châu”" in problems["duplicate_unit"]


def test_a_unit_may_have_no_target_at_all() -> None:
    data = example(KIND)
    zero = dict.fromkeys(data["targets"], 0)
    data["quota_rows"].append(
        {"org_name": "Công đoàn ngành Y tế", "base_members": 812, **zero, "note": "Không giao"}
    )
    text = lines(opened(made(KIND, data, ISSUED)))
    assert "10 | Công đoàn ngành Y tế | 812 | 0 | 0 | 0 | 0 | 0 | Không giao" in text
    assert "Tổng cộng | 23.912 | 900 | 560 | 22 | 18 | 12 | " in text


def test_negative_targets_are_refused() -> None:
    data = example(KIND)
    data["quota_rows"][0]["net_increase"] = -3
    assert "quota_rows[0].net_increase" in check_data(KIND.schema.fields, data).wrong
