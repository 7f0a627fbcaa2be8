from __future__ import annotations

from datetime import date

import pytest

from core.errors import DataIncomplete, NotFound
from records.models import OrgKind, OrgParent, Post
from records.selectors.facts import TERM_MIN_MONTHS, TERM_YEARS, fact, unverified_facts
from records.selectors.orgs import (
    ancestors,
    children_of,
    org_on,
    org_snapshots,
    parent_of,
    term_for_new_union,
    term_on,
)
from records.selectors.people import (
    holders_of,
    join_title,
    office_title_of,
    person_on,
    signer_for,
    signers_of,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def unions():
    return make.unions(make.lai_chau())


def test_header_of_a_2024_paper_stays_that_of_2024(unions):
    then = org_on("ldld-tinh", as_of=make.DAY_2024)
    now = org_on("ldld-tinh", as_of=make.DAY_2026)
    assert then.parent is not None
    assert then.parent.name == "Tổng Liên đoàn Lao động Việt Nam"
    assert now.parent is not None
    assert now.parent.name == "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lai Châu"
    assert (then.place_name, then.symbol_abbr) == ("Lai Châu", "LĐLĐ")


def test_district_of_2024_is_gone_in_2026_and_its_heir_is_named(unions):
    assert org_on("ldld-tam-duong", as_of=make.LAST_2024_DAY).place_name == "Tam Đường"
    with pytest.raises(NotFound, match="Liên đoàn Lao động tỉnh Lai Châu") as error:
        org_on("ldld-tam-duong", as_of=make.REFORM)
    assert error.value.facts["org"] == "ldld-tam-duong"


def test_line_of_parents_and_children(unions):
    district = org_on("ldld-tam-duong", as_of=make.DAY_2024)
    assert [o.code for o in ancestors(district, as_of=make.DAY_2024)] == ["ldld-tinh", "tld"]
    found = children_of(
        unions["ldld-tinh"], as_of=make.DAY_2024, kinds=[OrgKind.DISTRICT_FEDERATION]
    )
    assert [o.code for o in found] == ["ldld-tam-duong", "ldld-than-uyen"]
    assert [o.code for o in children_of(unions["ldld-tinh"], as_of=make.DAY_2026)] == [
        "tckt",
        "bcd",
    ]
    assert parent_of(unions["tld"], as_of=make.DAY_2024) is None


def test_a_circle_of_parents_does_not_hang(unions):
    OrgParent.objects.create(org=unions["tld"], parent=unions["ldld-tinh"])
    assert len(ancestors(unions["tckt"], as_of=make.DAY_2024)) == 8


def test_many_orgs_cost_three_queries(unions, django_assert_num_queries):
    grassroots = [
        make.org(f"cdcs-{n}", f"CĐCS số {n}", "grassroots_union", "grassroots",
                 parent=unions["ldld-tam-duong"])
        for n in range(12)
    ]  # fmt: skip
    with django_assert_num_queries(3):
        found = org_snapshots([row.pk for row in grassroots], as_of=make.DAY_2024)
    assert {o.parent.code for o in found.values() if o.parent} == {"ldld-tam-duong"}


def test_chair_signs_else_the_deputy_in_his_place(unions):
    chair, deputy = make.person("Hà Thị Ửng"), make.person("Lò Văn Ín")
    make.office(chair, unions["ldld-tinh"], valid_to=date(2024, 5, 31))
    make.office(deputy, unions["ldld-tinh"], Post.VICE_CHAIR)
    org = org_on("ldld-tinh", as_of=make.DAY_2024)
    by_chair = signer_for(org, as_of=make.DAY_2024)
    assert (by_chair.person.full_name, by_chair.mode, by_chair.title) == (
        "Hà Thị Ửng",
        "TM",
        "Chủ tịch",
    )
    by_deputy = signer_for(org, as_of=date(2024, 6, 1))
    assert (by_deputy.person.full_name, by_deputy.mode) == ("Lò Văn Ín", "TM_KT")
    assert (by_deputy.head_title, by_deputy.title) == ("Chủ tịch", "Phó Chủ tịch")
    single = signer_for(org, as_of=make.DAY_2024, modes=["KT"])
    assert (single.person.full_name, single.mode) == ("Lò Văn Ín", "KT")
    with pytest.raises(NotFound, match="quyền ký"):
        signer_for(org, as_of=make.DAY_2024, person=make.person())


def test_head_of_a_unit_signs_only_by_order(unions):
    head = make.person("Vàng Thị Ý")
    make.office(head, unions["tckt"], Post.UNIT_HEAD, may_sign=["TL"])
    org = org_on("ldld-tinh", as_of=make.DAY_2024)
    (signer,) = signers_of(org, as_of=make.DAY_2024)
    assert (signer.mode, signer.title, signer.unit.code) == ("TL", "Trưởng ban", "tckt")
    assert signer.head_title == "Chủ tịch"


def test_titles_name_post_and_organisation_of_the_day(unions):
    who = make.person("Giàng A H'Mông")
    make.office(who, unions["ldld-tinh"], Post.VICE_CHAIR, valid_from=date(2024, 1, 1))
    make.office(who, unions["bcd"], Post.COMMITTEE_DEPUTY)
    make.office(who, unions["tckt"], Post.UNIT_HEAD, valid_to=date(2023, 12, 31))
    assert office_title_of(who, as_of=make.DAY_2024) == "Phó Chủ tịch LĐLĐ tỉnh"
    assert office_title_of(who, as_of=date(2023, 6, 1)) == "Trưởng Ban Tổ chức - Kiểm tra"
    assert [h.post for h in holders_of(unions["bcd"], as_of=make.DAY_2024)] == ["committee_deputy"]
    assert office_title_of(make.person(), as_of=make.DAY_2024) == ""


@pytest.mark.parametrize(
    ("title", "org", "joined"),
    [
        ("Trưởng ban", "Ban Tổ chức - Kiểm tra", "Trưởng Ban Tổ chức - Kiểm tra"),
        ("Chánh Văn phòng", "Văn phòng", "Chánh Văn phòng"),
        ("Phó Chủ tịch LĐLĐ tỉnh", "LĐLĐ tỉnh", "Phó Chủ tịch LĐLĐ tỉnh"),
        ("Chuyên viên", "LĐLĐ tỉnh", "Chuyên viên LĐLĐ tỉnh"),
    ],
)
def test_join_title(title, org, joined):
    assert join_title(title, org) == joined


def test_a_person_in_a_log_shows_only_the_code():
    row = make.person("Đặng Thị Thùy Dương")
    shown = repr(person_on(row.code, as_of=make.DAY_2024))
    assert shown == f"PersonSnapshot({row.code})"


@pytest.mark.parametrize(
    ("founded", "label"),
    [
        (date(2024, 5, 20), "2024 - 2028"),
        (date(2026, 12, 31), "2026 - 2028"),
        (date(2027, 6, 30), "2027 - 2028"),  # eighteen months to the day
        (date(2027, 7, 1), "2027 - 2033"),
        (date(2027, 12, 20), "2027 - 2033"),
    ],
)
def test_first_term_ends_with_the_upper_term_unless_too_short(unions, founded, label):
    make.fact(TERM_MIN_MONTHS, 18)
    make.fact(TERM_YEARS, 5)
    make.term(unions["ldld-tinh"], 2023, 2028)
    assert term_for_new_union(unions["ldld-tinh"], founded_on=founded).label == label


def test_first_term_uses_the_next_recorded_upper_term(unions):
    make.fact(TERM_MIN_MONTHS, 18)
    make.term(unions["ldld-tinh"], 2023, 2028, ends_on=date(2025, 10, 20))
    make.term(unions["ldld-tinh"], 2025, 2030, congress_on=date(2025, 10, 20))
    late = term_for_new_union(unions["ldld-tinh"], founded_on=date(2025, 8, 1))
    assert late.label == "2025 - 2030"
    assert term_for_new_union(unions["ldld-tinh"], founded_on=make.DAY_2026).end_year == 2030
    assert term_on(unions["ldld-tinh"], as_of=date(2025, 10, 19)).label == "2023 - 2028"


def test_no_term_and_no_fact_are_said(unions):
    with pytest.raises(NotFound, match="nhiệm kỳ"):
        term_for_new_union(unions["ldld-tinh"], founded_on=make.DAY_2024)
    make.term(unions["ldld-tinh"], 2023, 2028)
    with pytest.raises(NotFound, match="term_min_months"):
        term_for_new_union(unions["ldld-tinh"], founded_on=make.DAY_2024)


def test_facts_change_with_the_day_and_unverified_ones_are_listed():
    make.fact("dossier_deadline_wd", 15, valid_to=date(2024, 12, 26), verified=False)
    make.fact("dossier_deadline_wd", 10, valid_from=date(2024, 12, 27))
    assert fact("dossier_deadline_wd", as_of=make.DAY_2024).as_int() == 15
    assert fact("dossier_deadline_wd", as_of=make.DAY_2026).as_int() == 10
    assert [found.value for found in unverified_facts()] == [15]
    make.fact("word", "mười")
    with pytest.raises(DataIncomplete):
        fact("word", as_of=make.DAY_2024).as_int()
