"""Cross-field rules of congress, vote count, first meeting, programme and submission: each alone, on its fields."""

from __future__ import annotations

from datetime import date

import pytest

from core.profiles import unverified
from docgen.kinds import KINDS
from docgen.kinds import examples_congress as examples
from docgen.kinds.congress_rules import congress_rules, symbol_tail
from tests.docgen.kinds.congress_data import (
    CONGRESS,
    COUNT,
    ITEMS,
    MEETING,
    POST_ROWS,
    POSTS,
    PROGRAMME,
    REQUEST,
    ROWS,
    SEATS,
    only,
    problems,
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("congress_minutes", CONGRESS),
        ("vote_count_minutes", COUNT),
        ("vote_count_minutes", POSTS),
        ("first_meeting_minutes", MEETING),
        ("launch_programme", PROGRAMME),
        ("submission", REQUEST),
        ("submission", examples.SUBMISSION_BY_ORGANISING_GROUP),
        ("submission", examples.SUBMISSION_BY_UPPER_UNION),
    ],
)
def test_examples_are_clean(kind: str, data: dict[str, object]) -> None:
    assert KINDS[kind].check(data) == ()


# --- the congress ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "fields", "words"),
    [
        (
            {"members_total": 4, "member_names": None},
            "too_few_members",
            ("members_total",),
            "ít nhất 5",
        ),
        (
            {"summoned": 11},
            "congress_form",
            ("summoned", "members_total"),
            "phải triệu tập đủ 12 người",
        ),
        ({"votes_for": 10}, "vote_sum", None, "cộng lại là 10; số người có mặt là 11"),
        ({"votes_for": 5, "votes_against": 6}, "not_founded", ("votes_for", "present"), "5/11"),
        ({"resolution_for": 5}, "resolution", ("resolution_for", "present"), "5/11"),
        ({"resolution_for": 12}, "resolution", ("resolution_for", "present"), "12/11"),
        ({"end_time": "08:00"}, "time_order", ("start_time", "end_time"), "phải sau giờ bắt đầu"),
        (
            {"member_names": [*CONGRESS["member_names"][:11], "Sùng A Lử"]},  # type: ignore[index]
            None,
            None,
            None,
        ),
        ({"event_date": "2024-05-05"}, "date_order", ("intended_date", "event_date"), "trước"),
        ({"tellers": ["Lò Văn Tâm"]}, "teller_stands", ("tellers",), "Lò Văn Tâm"),
    ],
)
def test_congress_problems(
    change: dict[str, object], code: str | None, fields: tuple[str, ...] | None, words: str | None
) -> None:
    found = problems("congress_minutes", CONGRESS, **change)
    if code is None:  # the one who is not on the list does not stand for election
        assert found == ()
        return
    assert found[0].code == code
    assert fields is None or found[0].fields == fields
    assert str(words) in found[0].message


def test_candidates_are_those_who_applied_whatever_the_unicode_form() -> None:
    stranger = [*ROWS[:3], {**ROWS[3], "full_name": "Sùng A Lử"}]
    problem = only("congress_minutes", CONGRESS, rows=stranger)
    assert (problem.code, problem.fields) == ("not_a_member", ("rows[3].full_name",))
    decomposed = [*ROWS[:3], {**ROWS[3], "full_name": "Lo\u0300 Va\u0306n Tâm"}]
    assert problems("congress_minutes", CONGRESS, rows=decomposed) == ()


def test_delegates_meet_where_the_union_is_large_or_scattered() -> None:
    change = {"summoned": 11, "by_delegates": True}
    assert problems("congress_minutes", CONGRESS, **change) == ()


def test_the_size_of_the_committee_is_that_of_the_day_of_the_congress() -> None:
    """60 members: up to 15 seats under HD 03, up to 7 under HD 38, up to 5 from KH 22 on."""
    names = [f"Lý A {chr(65 + at)}" for at in range(7)]
    rows = [{"full_name": name, "votes": 55} for name in names]
    base: dict[str, object] = {
        "members_total": 60, "member_names": None, "summoned": 60, "present": 60, "votes_for": 60,
        "resolution_for": 60, "seats": 7, "rows": rows, "self_nominated": 0, "nominated": 7, "voted": 60,
        "ballots_issued": 60, "ballots_collected": 60, "ballots_valid": 60,
    }  # fmt: skip
    for on, codes in (
        ("2024-05-04", []),
        ("2025-01-10", []),
        ("2025-08-28", []),
        ("2025-08-29", ["committee_size"]),
    ):
        change = {**base, "event_date": on, "intended_date": on}
        assert [p.code for p in problems("congress_minutes", CONGRESS, **change)] == codes, on


def test_a_small_union_of_2024_elects_a_chair_alone() -> None:
    few: dict[str, object] = {
        "members_total": 7, "member_names": None, "summoned": 7, "present": 7, "votes_for": 7,
        "resolution_for": 7, "seats": 1, "voted": 7, "ballots_issued": 7, "ballots_collected": 7,
        "ballots_valid": 7, "self_nominated": 0, "nominated": 1,
        "rows": [{"full_name": "H'Mông Y Sao", "votes": 7}],
    }  # fmt: skip
    assert problems("congress_minutes", CONGRESS, **few) == ()
    subject = KINDS["vote_count_minutes"].register_subject({**COUNT, "seats": 1})
    assert subject.startswith("Kiểm phiếu bầu cử Chủ tịch Công đoàn cơ sở")


def test_rules_of_the_congress_follow_the_day() -> None:
    before, after = congress_rules(date(2025, 8, 28)), congress_rules(date(2025, 8, 29))
    assert (before.delegates_from, after.delegates_from) == (150, 200)
    assert (symbol_tail("congress", date(2024, 5, 4)), symbol_tail("counting_board", None)) == (
        "ĐH",
        "BKP",
    )
    keys = {fact.key for fact in unverified()}
    assert {
        "dai_hoi_dieule_XII.candidates_may_count",
        "ky_hieu_dai_hoi.congress",
        "chuong_trinh_le_ra_mat.items",
    } <= keys


# --- the first meeting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"summoned": 4}, "summoned", ("summoned", "committee_members")),
        ({"congress_date": "2024-05-05"}, "date_order", ("event_date", "congress_date")),
        ({"intended_date": "2024-05-03"}, "date_order", ("intended_date", "event_date")),
        (
            {"rows": [{**POST_ROWS[0], "full_name": "Sùng A Lử"}, POST_ROWS[1]]},
            "not_in_committee",
            ("rows[0].full_name",),
        ),
        (
            {"duties": [{"full_name": "Sùng A Lử", "duty": "Tài chính"}]},
            "not_in_committee",
            ("duties[0].full_name",),
        ),
        ({"rows": [{**POST_ROWS[0], "votes": 1}, POST_ROWS[1]]}, "one_chair", ("rows",)),
        (
            {"rows": [POST_ROWS[0], {**POST_ROWS[1], "full_name": "LÒ VĂN TÂM"}]},
            "two_posts",
            ("rows",),
        ),
        (
            {
                "rows": [*POST_ROWS, {"full_name": "Nguyễn Văn An", "post": "standing_member", "votes": 3}],
                "nominated": 3,
            },
            "no_standing_committee",
            ("rows", "committee_members"),
        ),
    ],
)  # fmt: skip
def test_first_meeting_problems(
    change: dict[str, object], code: str, fields: tuple[str, ...]
) -> None:
    found = problems("first_meeting_minutes", MEETING, **change)
    assert [(p.code, p.fields) for p in found] in (
        [(code, fields)],
        [("summoned", ("summoned", "committee_members")), (code, fields)],
    )


def test_a_standing_committee_is_at_most_a_third() -> None:
    names = [f"Lý A {chr(65 + at)}" for at in range(9)]
    posts = ["chair", "vice_chair", "standing_member", "standing_member"]
    rows = [
        {"full_name": name, "post": post, "votes": 9}
        for name, post in zip(names, posts, strict=False)
    ]
    change: dict[str, object] = {
        "committee_members": names, "summoned": 9, "present": 9, "voted": 9, "ballots_issued": 9,
        "ballots_collected": 9, "ballots_valid": 9, "nominated": 4, "rows": rows, "duties": [],
    }  # fmt: skip
    problem = only("first_meeting_minutes", MEETING, **change)
    assert (problem.code, "quá một phần ba" in problem.message) == ("standing_size", True)
    change |= {"rows": rows[:3], "nominated": 3}
    assert problems("first_meeting_minutes", MEETING, **change) == ()


# --- the programme -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "fields", "words"),
    [
        (
            {"items": [ITEMS[0], {**ITEMS[1], "start_time": "13:59"}]},
            ("items[1].start_time",),
            "Mục 2 (13:59) phải sau mục 1 (14:00)",
        ),
        ({"start_time": "14:05"}, ("items[0].start_time", "start_time"), "trước giờ bắt đầu"),
        ({"end_time": "15:20"}, ("items[8].start_time", "end_time"), "phải trước giờ kết thúc"),
        ({"event_date": "2024-05-09"}, ("event_date", "intended_date"), "trước ngày của"),
    ],
)
def test_programme_times_run_on(
    change: dict[str, object], fields: tuple[str, ...], words: str
) -> None:
    problem = only("launch_programme", PROGRAMME, **change)
    assert problem.fields == fields
    assert words in problem.message


# --- the submission ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        (
            {"members": [{**row, "union_post": "member"} for row in SEATS]},
            "one_chair",
            ("members",),
        ),
        ({"member_count": 13}, "member_count", ("member_count", "member_names")),
        ({"member_count": 4, "member_names": None}, "committee_size", ("members",)),
        (
            {"members": [*SEATS[:2], {**SEATS[2], "full_name": "Sùng A Lử"}]},
            "not_a_member",
            ("members[2].full_name",),
        ),
        (
            {"members": [{**SEATS[0], "job": "Giám đốc"}, *SEATS[1:]]},
            "employer_side",
            ("members[0].job",),
        ),
        ({"congress_date": "2024-05-06"}, "date_order", ("first_meeting_date", "congress_date")),
        ({"intended_date": "2024-05-03"}, "date_order", ("intended_date", "first_meeting_date")),
        (
            {"enterprise_name": "Công ty TNHH A&B <X>"},
            "union_name",
            ("union_name", "enterprise_name"),
        ),
        (
            {"inspection_members": [{**SEATS[2], "union_post": "inspection_member"}]},
            "one_inspection_chair",
            ("inspection_members",),
        ),
        ({"attachments": None}, "missing_for_submission", ("attachments",)),
    ],
)
def test_submission_problems(change: dict[str, object], code: str, fields: tuple[str, ...]) -> None:
    found = problems("submission", REQUEST, **change)
    assert (found[0].code, found[0].fields) == (code, fields)


def test_no_district_is_asked_after_its_level_ended() -> None:
    change = {
        "intended_date": "2025-11-10",
        "congress_date": "2025-11-08",
        "first_meeting_date": None,
    }
    problem = only("submission", REQUEST, **change)
    assert (problem.code, problem.fields) == ("district_level", ("addressees[0]",))


def test_an_upper_union_gives_matter_reasons_and_requests() -> None:
    bare = {"sender": "upper", "addressees": ["Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"]}
    assert [p.fields for p in KINDS["submission"].check(bare)] == [
        ("matter",),
        ("reasons",),
        ("request_items",),
    ]


def test_subjects_for_the_register() -> None:
    subject = KINDS["submission"].register_subject
    union = REQUEST["union_name"]
    assert subject(REQUEST) == (
        f"Về việc đề nghị công nhận {union} và Ban Chấp hành, nhiệm kỳ 2024 - 2028"
    )
    assert subject({**REQUEST, "new_union": False}) == (
        f"Về việc đề nghị công nhận Ban Chấp hành {union}, nhiệm kỳ 2024 - 2028"
    )
    posts = KINDS["vote_count_minutes"].register_subject(POSTS)
    assert posts == f"Kiểm phiếu bầu cử Chủ tịch, Phó Chủ tịch {union}, nhiệm kỳ 2024 - 2028"
    meeting = KINDS["first_meeting_minutes"].register_subject(MEETING)
    assert meeting == f"Họp lần thứ nhất Ban Chấp hành {union}, nhiệm kỳ 2024 - 2028"
