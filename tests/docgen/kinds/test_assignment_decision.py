"""The decision that puts people in charge of areas: text, signature forms, and who holds what when."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from core.validation import check_data
from docgen.kinds.assignment_decision import KIND
from docgen.kinds.base import Numbering
from tests.docgen.kinds.papers import example, lines, made, opened

ISSUED = Numbering(number=7, issue_date=date(2024, 5, 6))
TAM_DUONG = "Liên đoàn Lao động huyện Tam Đường"


def problems(data: dict[str, Any]) -> dict[str, str]:
    return {problem.code: problem.message for problem in KIND.check(data)}


def text_of(data: dict[str, Any]) -> list[str]:
    return lines(opened(made(KIND, data, ISSUED)))


def test_the_example_is_complete() -> None:
    checked = check_data(KIND.schema.fields, KIND.schema.example)
    assert checked.ok
    assert KIND.check(checked.data) == ()


def test_the_committee_head_signs_with_his_post_in_the_host_above_the_name() -> None:
    """KY-08."""
    text = text_of(example(KIND))
    start = text.index("TRƯỞNG BAN")
    assert text[start : start + 4] == [
        "TRƯỞNG BAN",
        "CHỦ TỊCH",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH",
        "Vàng Văn Thành",
    ]
    assert "TRƯỞNG BAN CHỈ ĐẠO PHÁT TRIỂN ĐOÀN VIÊN" in text


def test_the_standing_committee_may_issue_it_in_its_own_name() -> None:
    data = example(
        KIND,
        parent_org_name="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        issuing_org_name="LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        issuing_org_short="Liên đoàn Lao động tỉnh Lai Châu",
        doc_symbol="QĐ-LĐLĐ",
        signing_mode="TM",
        signing_collective="BAN THƯỜNG VỤ",
        signer_post="CHỦ TỊCH",
        signer_host_post="",
    )
    text = text_of(data)
    assert "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU" in text
    start = text.index("TM. BAN THƯỜNG VỤ")
    assert text[start : start + 3] == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Vàng Văn Thành"]
    assert any(
        line.endswith("của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu)") for line in text
    )


def test_a_draft_has_blanks_in_head_and_annex() -> None:
    body = "\n".join(
        lines(opened(made(KIND, example(KIND), Numbering(intended_date=date(2024, 5, 6)))))
    )
    assert re.search(r"(?m)^Số: {3,}/QĐ-BCĐ$", body)
    assert re.search(r"\(Kèm theo Quyết định số {3,}/QĐ-BCĐ ngày {3,}tháng 5 năm 2024 của", body)


def test_a_replaced_decision_is_named_in_article_three() -> None:
    replaces = {
        "code": "05/QĐ-BCĐ",
        "date": "2023-02-01",
        "issuer": "Ban Chỉ đạo phát triển đoàn viên",
        "subject": "Về việc phân công phụ trách địa bàn năm 2023",
    }
    article = next(
        line for line in text_of(example(KIND, replaces=replaces)) if line.startswith("Điều 3.")
    )
    assert article == (
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 05/QĐ-BCĐ ngày 01 tháng 02 "
        "năm 2023 của Ban Chỉ đạo phát triển đoàn viên về việc phân công phụ trách địa bàn năm 2023."
    )


def test_an_area_with_two_holders() -> None:
    data = example(KIND)
    data["assignments"][2]["areas"].append(TAM_DUONG.upper())
    found = problems(data)
    assert set(found) == {"area_with_two_holders"}
    assert (
        f"Địa bàn “{TAM_DUONG}” có hai người cùng phụ trách (dòng 2 và dòng 3"
        in found["area_with_two_holders"]
    )


def test_an_area_with_a_target_and_nobody_in_charge() -> None:
    data = example(KIND)
    data["assignments"][1]["areas"].remove(TAM_DUONG)
    assert problems(data) == {
        "area_without_holder": f"Địa bàn “{TAM_DUONG}” có chỉ tiêu nhưng chưa có người phụ trách."
    }


def test_an_area_without_a_target_needs_nobody_but_never_two() -> None:
    data = example(KIND)
    data["area_targets"].append({"area": "Công đoàn ngành Y tế", "new_members": 0, "new_unions": 0})
    assert problems(data) == {}
    for row in data["assignments"][:2]:
        row["areas"].append("Công đoàn ngành Y tế")
    assert set(problems(data)) == {"area_with_two_holders"}


def handed_over(first_end: str, second_start: str) -> dict[str, Any]:
    data = example(KIND)
    data["assignments"][1]["areas"] = ["Liên đoàn Lao động huyện Phong Thổ"]
    row = {"post": "Chuyên viên", "committee_role": "member", "areas": [TAM_DUONG]}
    data["assignments"] += [
        {**row, "full_name": "Giàng A Sử", "date_to": first_end},
        {**row, "full_name": "Ún", "date_from": second_start, "honorific": "ms"},
    ]
    return data


def test_an_area_may_pass_from_one_to_the_next_day_by_day() -> None:
    data = handed_over("2024-08-31", "2024-09-01")
    assert problems(data) == {}
    text = text_of(data)
    assert any(
        "Bà Ún" in line and f"{TAM_DUONG} / (từ 01/9/2024 đến 31/12/2024)" in line for line in text
    )
    assert "Tổng cộng | 900 | 22 | " in text


@pytest.mark.parametrize(
    ("first_end", "second_start", "code", "words"),
    [
        (
            "2024-08-30",
            "2024-09-01",
            "area_without_holder",
            "từ ngày 31/8/2024 chưa có người phụ trách",
        ),
        ("2024-09-01", "2024-09-01", "area_with_two_holders", "dòng 7 và dòng 8"),
    ],
)
def test_gaps_and_overlaps_are_found_to_the_day(
    first_end: str, second_start: str, code: str, words: str
) -> None:
    found = problems(handed_over(first_end, second_start))
    assert set(found) == {code}
    assert words in found[code]


def test_a_handover_before_the_end_leaves_a_gap_at_the_end() -> None:
    data = example(KIND)
    data["assignments"][4]["date_to"] = "2024-10-31"
    assert "từ ngày 01/11/2024 chưa có người phụ trách" in problems(data)["area_without_holder"]


def test_row_periods() -> None:
    data = example(KIND)
    data["assignments"][0] |= {"date_from": "2024-07-01", "date_to": "2024-06-01"}
    data["assignments"][1] |= {"date_to": "2025-01-31"}
    data["assignments"][3]["areas"] *= 2
    assert {"row_period_reversed", "row_period_outside", "duplicate_area"} <= set(problems(data))


def test_targets_add_up_and_areas_are_listed_once() -> None:
    data = example(KIND, period_from="2024-12-31", period_to="2024-05-06")
    data["area_targets"].append(dict(data["area_targets"][0]))
    assert set(problems(data)) == {"period_reversed", "duplicate_area", "quota_sum"}
