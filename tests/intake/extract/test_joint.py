"""Two fields under one label, and what is told apart there."""

from __future__ import annotations

import pytest

from core.forms import get_form
from intake.extract.found import By, Found
from intake.extract.joint import joint_fields, split_value
from intake.extract.labels import LabelIndex, index_of

SURVEY = get_form("enterprise_survey")


def pair(label: str, kind: str = "enterprise_survey") -> tuple[str, str] | None:
    form = get_form(kind)
    found = joint_fields(label, form.fields, index_of(kind))
    return (found[0].key, found[1].key) if found else None


@pytest.mark.parametrize(
    ("label", "keys"),
    [
        ("Người đại diện theo pháp luật, SĐT", ("legal_rep_name", "legal_rep_phone")),
        ("Người liên hệ (điện thoại)", ("contact_name", "contact_phone")),
        ("Người liên hệ - ĐT", ("contact_name", "contact_phone")),
        ("Khó khăn, vướng mắc", None),  # the label of one field
        ("Đời sống, nhà ở", None),
        ("Tổng số lao động (người)", None),
        ("Người liên hệ, nơi ở", None),
    ],
)
def test_which_fields_a_label_names(label: str, keys: tuple[str, str] | None) -> None:
    assert pair(label) == keys


def test_a_day_belongs_to_the_paper_named_before_it() -> None:
    assert pair("Quyết định thành lập số, ngày", "launch_report") == (
        "founding_decision_no",
        "founding_decision_date",
    )


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("Vàng A Páo, 0912345678", "Vàng A Páo", "0912345678"),
        ("Vàng A Páo\n0912345678; 02133876543", "Vàng A Páo", "0912345678; 02133876543"),
        ("Vàng A Páo (0912 345 678)", "Vàng A Páo", "0912 345 678"),
        ("Vàng A Páo 0912345678", "Vàng A Páo", "0912345678"),
        ("Vàng A Páo", "Vàng A Páo", ""),
        ("0912345678", "", "0912345678"),
        ("", "", ""),
    ],
)
def test_the_two_values(text: str, name: str, phone: str) -> None:
    first, second = SURVEY.field("legal_rep_name"), SURVEY.field("legal_rep_phone")
    left, right = split_value(Found(text, By.CELL), first, second)
    assert (left.text, right.text, left.unsure, right.unsure) == (name, phone, "", "")


def test_what_cannot_be_cut_goes_to_a_person() -> None:
    first, second = SURVEY.field("legal_rep_name"), SURVEY.field("legal_rep_phone")
    for text in ("Vàng A Páo, 091234", "Vàng A Páo, Lò Thị Mẫu 12"):
        left, right = split_value(Found(text, By.CELL), first, second)
        assert text in left.unsure
        assert right.unsure == left.unsure


def test_columns_are_joint_only_where_no_other_column_has_the_second() -> None:
    columns = get_form("collective_application").columns
    found = joint_fields("Họ và tên, ngày sinh", columns, LabelIndex(columns))
    assert found is not None
    assert [one.key for one in found] == ["full_name", "dob"]
