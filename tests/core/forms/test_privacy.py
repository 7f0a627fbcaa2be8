"""What is shown of personal data where others may look."""

from __future__ import annotations

import pytest

from core.forms import get_form
from core.forms.privacy import HIDDEN, mask_numbers, masked


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("full_name", "Lò Thị Mẫu", "Lò Thị Mẫu"),
        ("id_number", "012190000012", "•••••••••012"),
        ("phone", "0912345678; 02133876543", "•••••••678; ••••••••543"),
        ("dob", "1990-05-12", "1990"),
        ("ethnicity", "Mông", HIDDEN),
        ("joined_date", "2024-06-18", "2024-06-18"),
        ("dob", None, ""),
    ],
)
def test_values(key: str, value: str | None, shown: str) -> None:
    assert masked(get_form("member_list").column(key), value, value or "") == shown


def test_membership_of_the_party_is_hidden() -> None:
    column = get_form("candidate_profiles").column("party_date")
    assert masked(column, "2019-05-19", "2019-05-19") == HIDDEN


def test_a_firm_is_no_person() -> None:
    field = get_form("enterprise_survey").field("tax_code")
    assert masked(field, "6299900012", "6299900012") == "6299900012"


def test_numbers_in_a_sentence() -> None:
    said = "“012 190 000 012” trùng với dòng 2; gọi 0912.345.678. Quyết định 15/QĐ ngày 02/05/2024, MST 6299900012."
    assert mask_numbers(said) == (
        "“••••••••••••012” trùng với dòng 2; gọi •••••••••678. Quyết định 15/QĐ ngày 02/05/2024, MST 6299900012."
    )
