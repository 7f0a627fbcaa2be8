"""Cross-field rules of congress, vote count, first meeting, programme and submission: each alone, on its fields."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import DataIncomplete, Problem
from docgen.kinds import KINDS
from docgen.kinds import examples_congress as examples
from docgen.kinds.base import Numbering
from docgen.kinds.congress_rules import congress_rules, symbol_tail
from docgen.kinds.profiles import unverified
from docgen.making import checked_data

CONGRESS = examples.CONGRESS_MINUTES
COUNT = examples.VOTE_COUNT_MINUTES
POSTS = examples.VOTE_COUNT_MINUTES_POSTS
MEETING = examples.FIRST_MEETING_MINUTES
PROGRAMME = examples.LAUNCH_PROGRAMME
REQUEST = examples.SUBMISSION
ROWS = COUNT["rows"]
POST_ROWS = MEETING["rows"]
ITEMS = PROGRAMME["items"]
SEATS = REQUEST["members"]
assert isinstance(ROWS, list)
assert isinstance(POST_ROWS, list)
assert isinstance(ITEMS, list)
assert isinstance(SEATS, list)


def problems(kind: str, example: dict[str, object], **change: object) -> tuple[Problem, ...]:
    return KINDS[kind].check({**example, **change})


def only(kind: str, example: dict[str, object], **change: object) -> Problem:
    (problem,) = problems(kind, example, **change)
    return problem


def votes(*counts: int) -> list[dict[str, object]]:
    """Nguyễn Văn An, Giàng A Chứ, Vàng Thị Sao, Lò Văn Tâm with these votes."""
    return [{**row, "votes": count} for row, count in zip(ROWS, counts, strict=True)]


def marked(rows: list[dict[str, object]], *names: str) -> list[dict[str, object]]:
    return [{**row, "elected": row["full_name"] in names} for row in rows]


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


# --- the count ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "fields", "words"),
    [
        ({"summoned": 10}, "present_over_summoned", ("present", "summoned"), "(11) lớn hơn"),
        ({"summoned": 17}, "no_quorum", ("present", "summoned"), "chưa đủ 2/3"),
        ({"ballots_issued": 12}, "ballots", ("ballots_issued", "present"), "(12 > 11)"),
        ({"voted": 12}, "ballots", ("voted", "present"), "nhiều hơn số người có mặt"),
        (
            {"ballots_invalid": 1},
            "ballot_sum",
            ("ballots_valid", "ballots_invalid", "ballots_collected"),
            "cộng lại phải bằng số phiếu thu về (11)",
        ),
        (
            {"nominated": 2},
            "candidates",
            ("self_nominated", "nominated", "rows"),
            "cộng lại là 3 người, nhưng danh sách bầu cử có 4",
        ),
        ({"candidates_total": 5}, "candidates", ("candidates_total", "rows"), "ghi 5 người"),
        ({"seats": 5}, "candidates", ("rows", "seats"), "ít hơn số lượng cần bầu (5)"),
        ({"union_members_total": 9}, "committee_size", ("seats",), "có 1 người (HD03)"),
        ({"head_teller": "Lò Văn Tâm"}, "teller_stands", ("head_teller",), "Lò Văn Tâm có tên"),
        ({"tellers": ["vàng thị sao"]}, "teller_stands", ("tellers",), "không tham gia ban kiểm"),
        ({"intended_date": "2024-05-03"}, "date_order", ("intended_date", "meeting_date"), "trước"),
        ({"term_end": 2024}, "term_order", ("term_start", "term_end"), "phải sau năm đầu"),
    ],
)
def test_the_sums_of_a_count(
    change: dict[str, object], code: str, fields: tuple[str, ...], words: str
) -> None:
    problem = problems("vote_count_minutes", COUNT, **change)[0]
    assert (problem.code, problem.fields) == (code, fields)
    assert words in problem.message


def test_ballots_collected_are_not_more_than_those_who_voted() -> None:
    change = {"ballots_collected": 11, "voted": 10}
    problem = only("vote_count_minutes", COUNT, **change)
    assert (problem.code, problem.fields) == ("ballots", ("ballots_collected", "voted"))


def test_nobody_has_more_votes_than_valid_ballots() -> None:
    change = {"ballots_valid": 9, "ballots_invalid": 2, "rows": votes(9, 4, 4, 10)}
    (problem,) = problems("vote_count_minutes", COUNT, **change)
    assert (problem.code, problem.fields) == ("votes", ("rows[3].votes",))


def test_votes_together_are_not_more_than_ballots_times_seats() -> None:
    problem = only("vote_count_minutes", COUNT, rows=votes(9, 5, 9, 11))
    assert problem.code == "vote_sum"
    assert "11 x 3 = 33" in problem.message


def test_more_than_half_of_those_collected_are_needed_not_of_the_valid_ones() -> None:
    """12 collected, 11 valid: 6 votes are over half of the valid ballots but not of those collected."""
    change: dict[str, object] = {
        "summoned": 12,
        "present": 12,
        "voted": 12,
        "ballots_issued": 12,
        "ballots_collected": 12,
        "ballots_valid": 11,
        "ballots_invalid": 1,
        "rows": marked(votes(9, 4, 6, 10), "Nguyễn Văn An", "Vàng Thị Sao", "Lò Văn Tâm"),
    }
    problem = only("vote_count_minutes", COUNT, **change)
    assert (problem.code, problem.fields) == ("elected", ("rows[2].elected",))
    assert "6/12 phiếu, không quá 1/2 số phiếu thu về" in problem.message
    change["rows"] = marked(votes(9, 4, 7, 10), "Nguyễn Văn An", "Vàng Thị Sao", "Lò Văn Tâm")
    assert problems("vote_count_minutes", COUNT, **change) == ()


def test_marks_that_skip_someone_with_more_votes_are_refused() -> None:
    rows = marked(votes(8, 7, 7, 11), "Nguyễn Văn An", "Giàng A Chứ", "Lò Văn Tâm")
    assert problems("vote_count_minutes", COUNT, rows=rows) == ()
    rows = marked(votes(8, 6, 7, 11), "Nguyễn Văn An", "Giàng A Chứ", "Lò Văn Tâm")
    found = problems("vote_count_minutes", COUNT, rows=rows)
    assert [(p.code, p.fields) for p in found] == [
        ("elected", ("rows[1].elected",)),
        ("elected", ("rows[2].elected",)),
    ]


def test_equal_votes_at_the_last_seat_need_a_mark() -> None:
    rows = votes(10, 7, 7, 9)
    problem = only("vote_count_minutes", COUNT, rows=rows)
    assert (problem.code, problem.fields) == ("tie", ("rows",))
    assert "Giàng A Chứ, Vàng Thị Sao có số phiếu bằng nhau" in problem.message


def test_a_rate_over_another_base_is_told() -> None:
    change: dict[str, object] = {
        "ballots_valid": 10,
        "ballots_invalid": 1,
        "rows": [
            {**ROWS[0], "rate": "90"},
            {**ROWS[1], "votes": 2},
            ROWS[2],
            {**ROWS[3], "rate": "90,9%"},
        ],
    }
    problem = only("vote_count_minutes", COUNT, **change)
    assert (problem.code, problem.fields) == ("rate", ("rows[0].rate",))
    assert "9/11 phiếu là 81,82%" in problem.message
    assert "không tính trên số phiếu hợp lệ" in problem.message
    change["rows"] = [{**ROWS[0], "rate": "1e999999"}, {**ROWS[1], "votes": 2}, *ROWS[2:]]
    assert "không phải là số phần trăm" in only("vote_count_minutes", COUNT, **change).message


def test_posts_are_counted_post_by_post() -> None:
    extra = {"full_name": "Nguyễn Văn An", "post": "chair", "votes": 1}
    rows = [*POST_ROWS[:1], extra, *POST_ROWS[1:]]
    change: dict[str, object] = {
        "rows": rows,
        "nominated": 3,
        "head_teller": "Tao Văn Dung",
    }
    (problem,) = problems("vote_count_minutes", POSTS, **change)
    assert problem.code == "vote_sum"  # 3 + 1 votes for one chair on 3 ballots
    change["rows"] = [{**POST_ROWS[0], "votes": 2}, extra, POST_ROWS[1]]
    assert problems("vote_count_minutes", POSTS, **change) == ()
    bare = [{key: value for key, value in POST_ROWS[0].items() if key != "post"}, POST_ROWS[1]]
    problem = problems("vote_count_minutes", POSTS, rows=bare)[0]
    assert (problem.code, problem.fields) == ("missing_post", ("rows[0].post",))


def test_every_fault_is_said_at_once() -> None:
    change = {"present": 13, "ballots_valid": 12, "votes": None, "head_teller": "Giàng A Chứ"}
    with pytest.raises(DataIncomplete) as caught:
        checked_data(KINDS["vote_count_minutes"], {**COUNT, **change}, Numbering())
    assert {"present", "ballots_valid", "head_teller"} <= set(caught.value.wrong)


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
