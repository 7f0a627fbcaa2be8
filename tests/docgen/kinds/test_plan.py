"""Schema, cross-field checks and wording of the plan kind, without Word."""

from __future__ import annotations

from typing import Any

import pytest

from core.validation import check_data
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.kinds.campaign_fields import lower_first, point_letter
from docgen.kinds.plan import KIND
from tests.docgen.kinds.papers import example

NONE = Numbering()


def codes(data: dict[str, Any]) -> list[str]:
    return [problem.code for problem in KIND.check(data)]


def test_the_example_is_complete_and_without_problems() -> None:
    checked = check_data(KIND.schema.fields, KIND.schema.example)
    assert checked.ok
    assert checked.data == KIND.schema.example
    assert KIND.check(checked.data) == ()
    assert get_kind("plan") is KIND


@pytest.mark.parametrize(
    "key", ["purposes", "targets", "budget_source", "means", "quota_rows", "enterprises"]
)
def test_a_plan_without_targets_or_means_is_none(key: str) -> None:
    data = example(KIND)
    del data[key]
    assert not check_data(KIND.schema.fields, data).ok


def test_all_problems_come_at_once_with_place_and_figures() -> None:
    data = example(KIND, period_from="2024-06-01", period_to="2024-05-01")
    data["quota_rows"][1]["new_members"] += 5
    data["quota_rows"][2]["new_unions_25plus"] = 9
    data["enterprises"][4]["tax_code"] = data["enterprises"][1]["tax_code"]
    data["enterprises"][3]["workers_female"] = 99
    data["tasks_by_unit"].append({"unit": "văn phòng", "tasks": ["Việc khác."]})

    problems = KIND.check(data)

    assert {problem.code for problem in problems} >= {
        "period_reversed", "duplicate_unit", "part_exceeds_whole", "quota_sum", "duplicate_tax_code",
    }  # fmt: skip
    messages = "\n".join(problem.message for problem in problems)
    assert "Thời gian thực hiện bắt đầu ngày 01/6/2024, sau ngày kết thúc 01/5/2024." in messages
    assert (
        "Kết nạp mới đoàn viên: các đơn vị cộng lại là 905, chỉ tiêu toàn tỉnh là 900." in messages
    )
    assert "có ở các dòng 2, 5" in messages
    assert "dòng 4 (Trường Mầm non tư thục Hướng Dương Nhỏ): lao động nữ 99" in messages


def test_each_measure_is_added_up_by_itself() -> None:
    for key in example(KIND)["targets"]:
        data = example(KIND)
        data["targets"][key] += 1
        (problem,) = KIND.check(data)
        assert problem.code == "quota_sum"
        assert problem.fields == ("quota_rows", f"targets.{key}")


def test_a_unit_stands_once_in_the_quota_table_whatever_its_letters() -> None:
    data = example(KIND)
    data["quota_rows"][0]["org_name"] = "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG"
    assert codes(data) == ["duplicate_unit"]


@pytest.mark.parametrize(
    ("peak", "expected"),
    [
        ("2024-05", []),
        ("2024", []),
        ("2024-12-31", []),
        ("2023-12", ["peak_outside_period"]),
        ("2025", ["peak_outside_period"]),
    ],
)
def test_the_peak_lies_within_the_period(peak: str, expected: list[str]) -> None:
    assert codes(example(KIND, peak_month=peak)) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"date_from": "2024-06-02", "date_to": "2024-06-01"}, ["step_reversed"]),
        ({"date_from": "2023-12-31", "date_to": "2024-06-01"}, ["step_outside_period"]),
        ({"date_to": "2025-01-01"}, ["step_outside_period"]),
        ({"date_from": "2024-06-01", "date_to": "2024-06-01"}, []),
    ],
)
def test_steps_lie_within_the_period(step: dict[str, str], expected: list[str]) -> None:
    row = {"work": "Khảo sát", "lead_unit": "Ban Chỉ đạo", **step}
    assert codes(example(KIND, timetable=[row])) == expected


@pytest.mark.parametrize(
    ("first", "last", "peak", "expected"),
    [
        ("2024-01-01", "2024-12-31", "2024-05", "Năm 2024 (cao điểm tháng 5 năm 2024)"),
        ("2024-01-01", "2024-12-31", "", "Năm 2024"),
        (
            "2024-02-05",
            "2024-12-31",
            "2024-02",
            "Từ ngày 05/02/2024 đến ngày 31/12/2024 (cao điểm tháng 02 năm 2024)",
        ),
        (
            "2024-01-01",
            "2025-12-31",
            "2025",
            "Từ ngày 01/01/2024 đến ngày 31/12/2025 (cao điểm năm 2025)",
        ),
    ],
)
def test_the_period_is_said_as_an_office_says_it(
    first: str, last: str, peak: str, expected: str
) -> None:
    data = example(KIND, period_from=first, period_to=last, peak_month=peak)
    assert KIND.context(data, NONE)["thoi_gian"] == expected


def test_times_of_steps() -> None:
    rows = [
        {"work": "a", "lead_unit": "b", "date_to": "2024-05-10"},
        {"work": "a", "lead_unit": "b", "date_from": "2024-05-10", "date_to": "2024-05-10"},
        {"work": "a", "lead_unit": "b", "date_from": "2024-01-02", "date_to": "2024-05-10"},
    ]
    context: Any = KIND.context(example(KIND, timetable=rows), NONE)
    assert [row["thoi_gian"] for row in context["ds_tien_do"]] == [
        "Xong trước ngày 10/5/2024",
        "Ngày 10/5/2024",
        "Từ 02/01/2024 đến 10/5/2024",
    ]


def test_enterprises_are_grouped_by_area_in_order_of_first_mention() -> None:
    rows = [
        {"name": "Một", "tax_code": "1", "area": "Huyện B", "address": "x", "workers_total": 10},
        {
            "name": "Hai",
            "tax_code": "2",
            "area": "Huyện A",
            "address": "x",
            "workers_total": 1500,
            "workers_female": 0,
        },
        {
            "name": "Ba",
            "tax_code": "3",
            "area": "Huyện B",
            "address": "x",
            "workers_total": 5,
            "expected_month": "2024-02",
        },
    ]
    context: Any = KIND.context(example(KIND, enterprises=rows), NONE)
    first, second = context["ds_dia_ban"]
    assert (first["ten_dia_ban"], first["so_doanh_nghiep"]) == ("Huyện B", "02")
    assert [(row["tt"], row["ten_doanh_nghiep"]) for row in first["ds_doanh_nghiep"]] == [
        (1, "Một"),
        (2, "Ba"),
    ]
    assert second["ds_doanh_nghiep"][0]["tt"] == 3
    assert first["ds_doanh_nghiep"][0]["lao_dong_nu"] == ""
    assert first["ds_doanh_nghiep"][1]["du_kien"] == "02/2024"
    assert second["ds_doanh_nghiep"][0]["lao_dong_nu"] == "0"
    assert context["tong_lao_dong"] == "1.515"
    assert context["tong_lao_dong_nu"] == "0"
    for row in rows:
        row.pop("workers_female", None)
    nobody_knows: Any = KIND.context(example(KIND, enterprises=rows), NONE)
    assert nobody_knows["tong_lao_dong_nu"] == ""
    assert context["tong_doanh_nghiep"] == "03"


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [point_letter(i) for i in range(24)]
    assert letters[:8] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert not set("fjwz") & set(letters)
    assert letters[22:] == ["y", "aa"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Khảo sát", "khảo sát"),
        ("Đôn đốc", "đôn đốc"),
        ("LĐLĐ tỉnh", "LĐLĐ tỉnh"),
        ("", ""),
        ("Ở nơi", "ở nơi"),
    ],
)
def test_lower_first(phrase: str, expected: str) -> None:
    assert lower_first(phrase) == expected


def test_the_register_gets_the_subject() -> None:
    assert KIND.register_subject(example(KIND)) == example(KIND)["subject"]
