from __future__ import annotations

from datetime import date

import pytest

from core.citations import cite
from core.profiles import profile_on, unverified


@pytest.mark.parametrize(
    ("on", "form", "charter", "law"),
    [
        (date(2024, 5, 2), "tld_2011", "dieule_XII", "luat_2012"),  # the day of the plan of 2024
        (date(2024, 5, 13), "tld_2011", "dieule_XII", "luat_2012"),
        (date(2024, 5, 14), "tld_2024", "dieule_XII", "luat_2012"),
        (date(2024, 12, 24), "tld_2024", "dieule_XII", "luat_2012"),
        (date(2024, 12, 25), "tld_2024", "dieule_XIII", "luat_2012"),
        (date(2025, 6, 30), "tld_2024", "dieule_XIII", "luat_2012"),
        (date(2025, 7, 1), "tld_2024", "dieule_XIII", "luat_2024"),
        (None, "tld_2024", "dieule_XIII", "luat_2024"),
    ],
)
def test_rules_change_on_their_day(on: date | None, form: str, charter: str, law: str) -> None:
    rules = profile_on(on)
    assert (rules.format_key, rules.charter_key, rules.law_key) == (form, charter, law)


def test_a_date_before_every_rule_takes_the_first() -> None:
    assert profile_on(date(1999, 1, 1)).charter_key == "dieule_XII"


def test_word_decision_has_a_colon_until_the_union_model_of_2024() -> None:
    assert profile_on(date(2024, 5, 13)).decision_colon
    assert not profile_on(date(2024, 5, 14)).decision_colon


def test_district_level_ends_with_june_2025() -> None:
    assert profile_on(date(2025, 6, 30)).district_level
    rules = profile_on(date(2025, 7, 1))
    assert not rules.district_level
    assert rules.upper_union == "công đoàn cấp trên cơ sở"


def test_bases_of_the_day() -> None:
    assert [cite(one) for one in profile_on(date(2024, 5, 6)).founding_bases] == [
        "Luật Công đoàn ngày 20 tháng 6 năm 2012",
        "Điều lệ Công đoàn Việt Nam khóa XII",
        (
            "Hướng dẫn số 03/HD-TLĐ ngày 20 tháng 02 năm 2020 của Đoàn Chủ tịch Tổng Liên đoàn Lao động "
            "Việt Nam hướng dẫn thi hành Điều lệ Công đoàn Việt Nam"
        ),
    ]
    assert cite(profile_on(date(2025, 9, 8)).law) == "Luật Công đoàn ngày 27 tháng 11 năm 2024"


@pytest.mark.parametrize(
    ("on", "members", "fewest", "most"),
    [
        (date(2024, 5, 6), 9, 1, 1),
        (date(2024, 5, 6), 12, 3, 15),
        (date(2024, 5, 6), 3000, 3, 19),
        (date(2025, 1, 2), 29, 3, 3),
        (date(2025, 1, 2), 30, 3, 7),
        (date(2025, 9, 1), 49, 3, 3),
        (date(2025, 9, 1), 50, 3, 5),
        (date(2025, 9, 1), 30000, 3, 25),
    ],
)
def test_committee_size_of_the_day(on: date, members: int, fewest: int, most: int) -> None:
    band = profile_on(on).committee_size(members)
    assert (band.fewest, band.most) == (fewest, most)


def test_unconfirmed_facts_are_named() -> None:
    found = {fact.key: fact for fact in unverified()}
    assert found["dieule_XII.valid_to"].value == date(2024, 12, 24)
    assert found["dieule_XII.provisional_months_max"].value == 12
    assert found["dieule_XII.dossier_deadline_wd"].value == 15
    assert found["dieule_XII.recognition_deadline_wd"].certainty == "K"
    assert found["dieule_XIII.provisional_months_max"].valid_from == date(2024, 12, 25)
    assert all(fact.title and fact.note for fact in found.values())


def test_a_rule_that_is_only_announced_is_named_and_never_applied() -> None:
    coming = {fact.key: fact for fact in unverified()}["dieule_XIV"]
    assert (coming.valid_from, coming.valid_to) == (None, None)
    assert profile_on(date(2026, 11, 1)).charter_key == "dieule_XIII"


def test_every_open_item_names_a_value_of_its_row_or_the_text_itself() -> None:
    items = [fact for fact in unverified() if "." in fact.key]
    assert [fact.key for fact in items if fact.value is None] == ["tld_2024.full_text"]


def test_inspection_rules_of_the_day() -> None:
    old, guided, planned = (
        profile_on(date(*day)).inspection for day in ((2024, 5, 6), (2025, 1, 2), (2025, 9, 1))
    )
    assert (old.members_from, old.fewest, old.most, old.committee_part) == (30, 3, None, 3)
    assert (guided.key, guided.most, guided.committee_part) == ("UBKT_HD38", None, None)
    assert (planned.fewest, planned.most) == (3, 9)
    found = {fact.key: fact for fact in unverified()}
    assert found["UBKT_KH22.members_from"].value == 30
    assert found["UBKT_XII.committee_part"].certainty == "K"
    assert found["dieule_XIII.member_age_min"].value == 15
    assert "UBKT_KH22.most" not in found  # read in the plan itself


def test_foreigners_since_the_law_of_2024() -> None:
    assert not profile_on(date(2025, 6, 30)).foreign_members
    assert profile_on(date(2025, 7, 1)).foreign_members
