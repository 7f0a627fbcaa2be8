"""Cross-field rules of survey teams, notices, admissions, inspection and reorganisation, one by one."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from core.errors import DataIncomplete, Problem
from docgen.kinds import KINDS
from docgen.kinds import examples_decisions as examples
from docgen.kinds.base import Numbering
from docgen.making import checked_data, make_document
from tests.docgen.kinds.cases import TEMPLATES
from tests.docgen.kinds.reading import dump

SURVEY = examples.SURVEY_TEAM_DECISION
ADMISSION = examples.ADMISSION_DECISION
INSPECTION = examples.INSPECTION_COMMITTEE_DECISION
DUTY = examples.INSPECTION_COMMITTEE_DECISION_DUTY
DISSOLVED = examples.REORGANISATION_DECISION
MERGED = examples.REORGANISATION_DECISION_MERGED
LISTED = examples.REORGANISATION_DECISION_TRANSFERRED
RECEIVED = examples.REORGANISATION_DECISION_RECEIVED


def found(kind: str, data: dict[str, object], **changes: object) -> list[Problem]:
    return list(KINDS[kind].check({**data, **changes}))


def one(kind: str, data: dict[str, object], **changes: object) -> tuple[str, tuple[str, ...], str]:
    (problem,) = found(kind, data, **changes)
    return problem.code, problem.fields, problem.message


def rows(data: dict[str, object], key: str) -> list[dict[str, Any]]:
    value = data[key]
    assert isinstance(value, list)
    return [dict(row) for row in value]


@pytest.mark.parametrize(
    "name",
    sorted(n for n in vars(examples) if n.isupper() and n[0] != "_" and n.count("_DECISION")),
)
def test_every_example_is_clean_and_has_its_template(name: str) -> None:
    data = getattr(examples, name)
    (kind,) = [k for k in KINDS if name == k.upper() or name.startswith(f"{k.upper()}_")]
    assert KINDS[kind].check(data) == ()
    assert (TEMPLATES / f"{KINDS[kind].template(data)}.docx").is_file()


# --- survey team -------------------------------------------------------------------------------------


def test_a_team_has_one_head_and_nobody_twice() -> None:
    team = rows(SURVEY, "members")
    second = [team[0], {**team[1], "team_role": "head"}, *team[2:]]
    code, fields, message = one("survey_team_decision", SURVEY, members=second)
    assert (code, fields) == ("one_head", ("members[0].team_role", "members[1].team_role"))
    assert "danh sách có 2" in message
    none = [{**row, "team_role": "member"} for row in team]
    assert one("survey_team_decision", SURVEY, members=none)[:2] == ("one_head", ("members",))
    twice = [*team[:4], {**team[4], "full_name": "LÒ THỊ ÁNH"}]
    assert one("survey_team_decision", SURVEY, members=twice)[0] == "duplicate_person"
    assert one("survey_team_decision", SURVEY, member_count=6)[:2] == (
        "member_count",
        ("member_count", "members"),
    )


def test_visits_lie_in_the_period_and_stand_once() -> None:
    visits = rows(SURVEY, "itinerary")
    late = [*visits[:3], {**visits[3], "date": "2024-06-01"}]
    code, fields, message = one("survey_team_decision", SURVEY, itinerary=late)
    assert (code, fields) == ("visit_outside", ("itinerary[3].date",))
    assert "từ 08/5/2024 đến 31/5/2024" in message
    turned = [*visits[:2], {**visits[2], "date_to": "2024-05-13"}, visits[3]]
    assert one("survey_team_decision", SURVEY, itinerary=turned)[0] == "visit_reversed"
    doubled = [*visits, {**visits[0], "contact": ""}]
    assert one("survey_team_decision", SURVEY, itinerary=doubled)[:2] == (
        "visit_twice",
        ("itinerary[4].place",),
    )
    assert one("survey_team_decision", SURVEY, period_to="2024-05-01")[0] == "period_reversed"
    assert one("survey_team_decision", SURVEY, report_by="2024-05-30")[0] == "report_too_early"


def test_the_team_is_set_up_after_the_plan_and_before_it_goes() -> None:
    code, fields, message = one("survey_team_decision", SURVEY, intended_date="2024-05-09")
    assert (code, fields) == ("date_order", ("intended_date", "period_from"))
    assert "sau ngày bắt đầu khảo sát (ngày 08 tháng 5 năm 2024)" in message
    early = found("survey_team_decision", SURVEY, intended_date="2024-05-01")
    assert [(p.code, p.fields) for p in early] == [("date_order", ("intended_date", "plan.date"))]


def test_no_officer_of_a_district_after_its_level_ended() -> None:
    visits = [{**row, "date": "2025-07-08", "date_to": None} for row in rows(SURVEY, "itinerary")]
    later = {
        "intended_date": "2025-07-07",
        "period_from": "2025-07-08",
        "period_to": "2025-07-31",
        "report_by": "2025-08-10",
        "itinerary": visits[:1],
    }
    code, fields, message = one("survey_team_decision", SURVEY, **later)
    assert (code, fields) == ("district_level", ("members[3].post",))
    assert "công đoàn cấp trên cơ sở" in message


# --- notice of assignment ----------------------------------------------------------------------------


def test_a_notice_keeps_the_rules_of_the_decision() -> None:
    notice = examples.ASSIGNMENT_NOTICE
    people = rows(notice, "assignments")
    code, _, message = one("assignment_notice", notice, assignments=people[1:])
    assert code == "area_without_holder"
    assert "thành phố Lai Châu" in message
    shared = [people[0], {**people[1], "areas": [*people[1]["areas"], *people[0]["areas"]]}]
    assert one("assignment_notice", notice, assignments=[*shared, *people[2:]])[0] == (
        "area_with_two_holders"
    )
    assert one("assignment_notice", notice, intended_date="2024-05-01")[:2] == (
        "date_order",
        ("intended_date", "plan.date"),
    )


# --- admission ---------------------------------------------------------------------------------------


def test_the_people_admitted_are_those_of_the_founding_decision() -> None:
    people = rows(ADMISSION, "members")
    changed = [{**people[0], "full_name": "Lò Văn Tám"}, *people[1:]]
    problems = found("admission_decision", ADMISSION, members=changed)
    assert [(p.code, p.fields) for p in problems] == [
        ("names_differ", ("members[0].full_name",)),
        ("names_differ", ("members", "founding_member_names")),
    ]
    assert "Lò Văn Tâm" in problems[1].message
    nfd = [{**row, "full_name": unicodedata.normalize("NFD", row["full_name"])} for row in people]
    assert found("admission_decision", ADMISSION, members=nfd) == []
    capitals = [{**row, "full_name": row["full_name"].upper()} for row in people]
    assert found("admission_decision", ADMISSION, members=capitals) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"dob": "2009-04-27"}, "too_young", "members[0].dob"),
        ({"dob": "2010"}, "too_young", "members[0].dob"),
        ({"nationality": "Lào"}, "foreign_member", "members[0].nationality"),
        ({"job": "Giám đốc"}, "employer_side", "members[0].job"),
        ({"applied_on": "2024-05-07"}, "date_order", "intended_date"),
    ],
)
def test_who_may_be_admitted(change: dict[str, str], code: str, field: str) -> None:
    people = rows(ADMISSION, "members")
    got = one("admission_decision", ADMISSION, members=[{**people[0], **change}, *people[1:]])
    assert (got[0], got[1][0]) == (code, field)


def test_fifteen_on_the_day_and_a_bare_year_that_may_be_are_enough() -> None:
    people = rows(ADMISSION, "members")
    for dob in ("2009-04-26", "2009", "2008-02-29"):
        changed = [{**people[0], "dob": dob}, *people[1:]]
        assert found("admission_decision", ADMISSION, members=changed) == []


def test_a_foreigner_may_join_under_the_law_of_2024() -> None:
    people = rows(ADMISSION, "members")
    changed = {
        "members": [{**people[0], "nationality": "Lào"}, *people[1:]],
        "intended_date": "2025-07-01",
        "direct_upper_org": "Liên đoàn Lao động tỉnh Lai Châu",
    }
    assert found("admission_decision", ADMISSION, **changed) == []


def test_no_admission_before_its_congress_request_or_founding() -> None:
    data = examples.ADMISSION_DECISION_RECOGNISED
    problems = found("admission_decision", data, intended_date="2024-05-03")
    assert [p.fields[1] for p in problems] == [
        "congress_date",
        "founding_decision.date",
        "request_document.date",
    ]
    assert {p.code for p in problems} == {"date_order"}


# --- inspection --------------------------------------------------------------------------------------


def test_thirty_members_decide_between_committee_and_duty() -> None:
    code, fields, message = one("inspection_committee_decision", INSPECTION, union_members_total=29)
    assert (code, fields) == ("too_few_members", ("form", "union_members_total"))
    assert "chưa đủ 30" in message
    assert found("inspection_committee_decision", INSPECTION, union_members_total=30) == []
    code, fields, message = one("inspection_committee_decision", DUTY, union_members_total=30)
    assert (code, fields) == ("needs_committee", ("form", "union_members_total"))
    assert found("inspection_committee_decision", DUTY, union_members_total=29) == []


def test_seats_of_an_inspection_committee_by_the_date() -> None:
    people = rows(INSPECTION, "members")
    two = {"members": people[:2], "member_count": 2, "executive_committee_names": []}
    assert one("inspection_committee_decision", INSPECTION, **two)[0] == "inspection_size"
    extra = [
        {"full_name": f"Lý Thị {name}", "union_post": "inspection_member"}
        for name in ("An", "Ba", "Cúc", "Dung", "Ẽn", "Én", "Ơn")
    ]
    ten = {"members": [*people, *extra], "member_count": 10}
    assert found("inspection_committee_decision", INSPECTION, **ten) == []  # no rule before KH 22
    named = examples.INSPECTION_COMMITTEE_DECISION_APPOINTED
    assert found("inspection_committee_decision", named, **ten) == []  # binds those who elect
    kind = KINDS["inspection_committee_decision"]
    assert kind.warnings(named | ten | {"intended_date": "2025-02-10"}) == ()  # none before KH 22
    (warning,) = kind.warnings(named | ten | {"intended_date": "2025-09-08"})
    assert (warning.code, warning.fields) == ("inspection_size", ("members",))
    assert kind.warnings(INSPECTION | two) == ()
    code, fields, message = one(
        "inspection_committee_decision", INSPECTION, intended_date="2025-09-08", **ten
    )
    assert (code, fields) == ("inspection_size", ("members",))
    assert "từ 3 đến 9 người (UBKT_KH22); danh sách có 10" in message


def test_posts_of_an_inspection_committee() -> None:
    people = rows(INSPECTION, "members")
    two = [people[0], {**people[1], "union_post": "inspection_chair"}, people[2]]
    assert one("inspection_committee_decision", INSPECTION, members=two)[:2] == (
        "one_inspection_chair",
        ("members",),
    )
    strange = [*people[:2], {**people[2], "union_post": "inspection_duty"}]
    assert one("inspection_committee_decision", INSPECTION, members=strange)[:2] == (
        "not_a_committee_post",
        ("members[2].union_post",),
    )


def test_a_third_of_the_committee_until_the_charter_of_2024() -> None:
    both = ["Vàng Thị Sao", "LÙ THỊ PHƯƠNG", "Lò Văn Tâm"]
    code, _, message = one(
        "inspection_committee_decision", INSPECTION, executive_committee_names=both
    )
    assert code == "too_many_of_committee"
    assert "Vàng Thị Sao, Lù Thị Phương" in message
    later = examples.INSPECTION_COMMITTEE_DECISION_APPOINTED
    assert found("inspection_committee_decision", later, executive_committee_names=both) == []


def test_the_one_on_duty_sits_in_the_executive_committee() -> None:
    outsider = [{**rows(DUTY, "members")[0], "full_name": "Tao Văn Dung"}]
    code, fields, message = one("inspection_committee_decision", DUTY, members=outsider)
    assert (code, fields) == ("not_a_member", ("members[0].full_name",))
    assert "Ban Chấp hành" in message
    pair = [*rows(DUTY, "members"), {"full_name": "Lò Văn Tâm", "union_post": "inspection_duty"}]
    assert one("inspection_committee_decision", DUTY, members=pair, member_count=2)[0] == (
        "one_on_duty"
    )


def test_a_recognition_needs_its_meeting_and_request() -> None:
    bare = {k: v for k, v in INSPECTION.items() if k not in {"meeting_date", "request_document"}}
    problems = found("inspection_committee_decision", bare)
    assert [(p.code, p.fields) for p in problems] == [
        ("missing_for_elected", ("meeting_date",)),
        ("missing_for_elected", ("request_document",)),
    ]
    assert one("inspection_committee_decision", INSPECTION, term_end=2024)[0] == "term_order"
    early = found("inspection_committee_decision", INSPECTION, intended_date="2024-05-15")
    assert {p.fields[1] for p in early} == {
        "committee_decision.date",
        "meeting_date",
        "request_document.date",
    }


# --- reorganisation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "key", "words"),
    [
        ("dissolve", "reason", "lý do giải thể"),
        ("merge", "successor_union", "nhận sáp nhập"),
        ("transfer", "receiving_org", "tiếp nhận"),
        ("receive", "giving_org", "chuyển giao"),
    ],
)
def test_each_act_has_what_it_needs(act: str, key: str, words: str) -> None:
    data = {k: v for k, v in DISSOLVED.items() if k != "reason"}
    code, fields, message = one("reorganisation_decision", data, act=act)
    assert (code, fields) == ("missing_for_act", (key,))
    assert words in message


def test_the_list_adds_up() -> None:
    assert one("reorganisation_decision", LISTED, union_count=4)[:2] == (
        "union_count",
        ("union_count", "unions"),
    )
    code, _, message = one("reorganisation_decision", LISTED, members_total=1062)
    assert code == "members_total"
    assert "ghi 1.062, các dòng cộng lại là 62" in message
    code, fields, message = one("reorganisation_decision", MERGED, members_after=51)
    assert (code, fields) == ("members_after", ("members_after", "successor_members"))
    assert "41 + 9 = 50" in message


def test_a_union_stands_once_and_is_not_merged_into_itself() -> None:
    unions = rows(LISTED, "unions")
    doubled = [*unions, {**unions[0], "union_name": "CÔNG ĐOÀN CƠ SỞ CÔNG TY TNHH A&B <X>"}]
    code, fields, message = one(
        "reorganisation_decision", LISTED, unions=doubled, union_count=4, members_total=71
    )
    assert (code, fields) == ("union_twice", ("unions",))
    assert "A&B <X>" in message
    itself = unicodedata.normalize("NFD", str(unions[0]["union_name"]))
    assert one("reorganisation_decision", MERGED, successor_union=itself)[0] == "merged_into_itself"
    code, fields, _ = one(
        "reorganisation_decision", LISTED, receiving_org="Liên đoàn Lao động huyện Tam Đường"
    )
    assert (code, fields) == ("same_upper", ("receiving_org", "direct_upper_org"))


def test_a_reorganisation_takes_effect_after_it_is_decided_and_is_handed_over_later() -> None:
    assert one("reorganisation_decision", DISSOLVED, effective_on="2025-11-13")[:2] == (
        "date_order",
        ("intended_date", "effective_on"),
    )
    assert one("reorganisation_decision", DISSOLVED, handover_by="2025-11-19")[:2] == (
        "date_order",
        ("handover_by", "effective_on"),
    )
    late = found(
        "reorganisation_decision", RECEIVED, intended_date="2025-06-19", effective_on="2025-07-01"
    )
    assert [p.fields for p in late] == [("intended_date", "transfer_decision.date")]


def test_a_district_may_give_after_its_end_but_neither_decide_nor_receive() -> None:
    assert found("reorganisation_decision", RECEIVED) == []  # giving_org is a district
    later = {"intended_date": "2025-07-01", "effective_on": "2025-07-01"}
    assert one("reorganisation_decision", LISTED, **later)[:2] == (
        "district_level",
        ("direct_upper_org",),
    )


# --- all at once, on paper ---------------------------------------------------------------------------


def test_every_fault_is_told_at_once_and_nothing_is_made() -> None:
    data = {
        **MERGED,
        "members_after": 51,
        "successor_union": "",
        "effective_on": "2025-11-01",
        "union_count": "hai",
    }
    with pytest.raises(DataIncomplete) as told:
        checked_data(
            KINDS["reorganisation_decision"], data, Numbering(issue_date=date(2025, 11, 14))
        )
    assert told.value.missing == ("successor_union",)
    assert set(told.value.wrong) == {
        "members_after", "successor_members", "effective_on", "intended_date", "union_count",
    }  # fmt: skip


def test_words_say_what_the_digits_say() -> None:
    people = [{"full_name": "Vàng Thị Sao", "dob": f"1990-01-{1 + at:02d}"} for at in range(21)]
    data = {**ADMISSION, "members": people, "member_count": 21, "founding_member_names": []}
    made = make_document(
        "admission_decision",
        data,
        numbering=Numbering(number=7, issue_date=date(2024, 5, 6)),
        templates=TEMPLATES,
    )
    assert "Kết nạp 21 (hai mươi mốt) người lao động" in dump(made.docx)
