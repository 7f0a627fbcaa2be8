"""Which series a paper falls into is data."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from core.errors import NotFound, UserError
from records.models import Fact, UnionOrg
from registry.models import Direction
from registry.numbering import start_series
from registry.series import (
    SeriesPolicy,
    SeriesRef,
    incoming_series,
    named_series,
    outgoing_series,
    parse_policy,
    policy_for,
    series_key,
    suffix_rank,
)

GROUPS = SeriesPolicy("per_group", {"quyết định": ("QĐ", "QyĐ"), "mời": ("GM",)})


@pytest.mark.parametrize(
    ("symbol_type", "policy", "key"),
    [
        ("QĐ", "per_type", "QĐ"),
        ("", "per_type", "CV"),
        ("KH", "joint", "joint"),
        ("", "joint", "joint"),
        ("QyĐ", GROUPS, "quyết định"),
        ("GM", GROUPS, "mời"),
        ("KH", GROUPS, "khác"),
    ],
)
def test_key(symbol_type: str, policy: SeriesPolicy | str, key: str) -> None:
    assert series_key(symbol_type, policy) == key
    assert series_key(symbol_type, policy, secret=True) == f"mật:{key}"


def test_unknown_policy() -> None:
    with pytest.raises(UserError, match="«yearly» không có"):
        series_key("QĐ", "yearly")


def test_policy_as_data() -> None:
    data = {"policy": "per_group", "groups": {"g": ["QĐ", "KH"]}, "rest": "còn lại"}
    assert parse_policy(data) == SeriesPolicy("per_group", {"g": ("QĐ", "KH")}, "còn lại")
    assert parse_policy("joint").mode == "joint"


def test_groups_need_no_rest() -> None:
    assert series_key("TB", parse_policy({"policy": "per_group"})) == "khác"


@pytest.mark.django_db
def test_body_overrides_the_setting_from_a_day_on(
    province: UnionOrg, district: UnionOrg, settings: pytest.FixtureRequest
) -> None:
    settings.NUMBER_SERIES_POLICY = "per_type"  # type: ignore[attr-defined]
    Fact.objects.create(
        key="series_policy:ldld-lai-chau",
        value="joint",
        label="Cách đánh số",
        valid_from=date(2025, 7, 1),
    )
    assert policy_for(province, date(2025, 6, 30)).mode == "per_type"
    assert policy_for(province, date(2025, 7, 1)).mode == "joint"
    assert policy_for(district, date(2025, 7, 1)).mode == "per_type"
    assert outgoing_series(province, "QĐ", date(2025, 7, 1)) == SeriesRef(
        province.pk, "joint", 2025
    )
    assert incoming_series(province, 2024).direction == Direction.INCOMING


@pytest.mark.django_db
def test_the_policy_of_all_bodies_is_a_dated_fact(
    province: UnionOrg, district: UnionOrg, settings: pytest.FixtureRequest
) -> None:
    """An office changes it from a day on; a body may keep its own; without both the setting holds."""
    settings.NUMBER_SERIES_POLICY = "per_type"  # type: ignore[attr-defined]
    rows = (
        ("number_series_policy", "joint", date(2025, 1, 1)),
        ("number_series_policy", "per_type", date(2026, 1, 1)),
        ("series_policy_ldld-lai-chau", {"policy": "per_group", "groups": {"a": ["QĐ"]}}, date(2025, 7, 1)),
    )  # fmt: skip
    for key, value, begins in rows:
        fact = Fact(key=key, value=value, label="Cách đánh số", valid_from=begins)
        fact.full_clean()
        fact.save()
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1))
    assert [policy_for(district, on).mode for on in days] == [
        "per_type",
        "joint",
        "joint",
        "per_type",
    ]
    assert [policy_for(province, on).mode for on in days] == [
        "per_type", "joint", "per_group", "per_group",
    ]  # fmt: skip


def test_letters_of_inserted_numbers_sort_as_vietnamese() -> None:
    assert sorted(["đ", "e", "", "d", "b"], key=suffix_rank) == ["", "b", "d", "đ", "e"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["QĐ", "joint", "mật:QĐ", "đến"])
def test_name_of_a_series(province: UnionOrg, key: str) -> None:
    series = named_series(f"ldld-lai-chau:{key}:2024")
    assert (series.org_id, series.key, series.year) == (province.pk, key, 2024)
    assert (series.direction == Direction.INCOMING) == (key == "đến")
    row = start_series(series, next_number=5, actor="a", reason="Bắt đầu")
    assert named_series(unicodedata.normalize("NFD", str(row))) == series


@pytest.mark.django_db
def test_names_of_no_series(province: UnionOrg) -> None:
    for bad in ("QĐ", "ldld-lai-chau:QĐ", "ldld-lai-chau:QĐ:24", ""):
        with pytest.raises(UserError, match="không đúng dạng"):
            named_series(bad)
    with pytest.raises(NotFound, match="«xa-la»"):
        named_series("xa-la:QĐ:2024")
