"""Rules of a secret ballot: sums, quorum, rates and who is elected, each alone and on its fields."""

from __future__ import annotations

import pytest

from core.errors import DataIncomplete
from docgen.kinds import KINDS
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from tests.docgen.kinds.congress_data import (
    COUNT,
    POST_ROWS,
    POSTS,
    ROWS,
    marked,
    only,
    problems,
    votes,
)


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
