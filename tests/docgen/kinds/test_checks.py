"""Each cross-field rule fires alone, in Vietnamese, on the right fields; the examples are clean."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from docgen.kinds import KINDS, examples, get_kind

FOUND = KINDS["founding_decision"].check
COMMITTEE = KINDS["committee_decision"].check
MINUTES = KINDS["launch_minutes"].check
MEMBERS = examples.FOUNDING_DECISION["members"]
CHAIRS = examples.COMMITTEE_DECISION["members"]
assert isinstance(MEMBERS, list)
assert isinstance(CHAIRS, list)


@pytest.mark.parametrize(
    "data",
    [examples.FOUNDING_DECISION, examples.FOUNDING_DECISION_RECOGNISED],
    ids=["found", "recognise"],
)
def test_founding_examples_are_clean(data: dict[str, object]) -> None:
    assert FOUND(data) == ()


@pytest.mark.parametrize(
    ("change", "code", "fields", "words"),
    [
        (
            {"member_count": 13},
            "member_count",
            ("member_count", "members"),
            "ghi 13 nhưng danh sách có 12",
        ),
        (
            {"members": MEMBERS[:4], "member_count": 4},
            "too_few_members",
            ("member_count",),
            "ít nhất 5",
        ),
        (
            {"members": [*MEMBERS[:11], MEMBERS[0]]},
            "duplicate_person",
            ("members[11].full_name",),
            "trùng với người thứ 1",
        ),
        (
            {"enterprise_name": "Công ty TNHH Xây dựng Nậm Na"},
            "union_name",
            ("union_name", "enterprise_name"),
            "không chứa tên doanh nghiệp",
        ),
    ],
)
def test_founding_problems(
    change: dict[str, object], code: str, fields: tuple[str, ...], words: str
) -> None:
    (problem,) = FOUND({**examples.FOUNDING_DECISION, **change})
    assert (problem.code, problem.fields) == (code, fields)
    assert words in problem.message


def test_same_name_with_another_birth_date_is_another_person() -> None:
    twin = {**MEMBERS[0], "dob": "1999-09-09"}
    assert FOUND({**examples.FOUNDING_DECISION, "members": [*MEMBERS[:11], twin]}) == ()


def test_tone_marks_and_unicode_form_do_not_make_another_enterprise() -> None:
    change = {
        "union_name": "Công đoàn cơ sở Công ty TNHH Hòa An",
        "enterprise_name": "CÔNG TY TNHH HOÀ AN",
    }
    assert FOUND({**examples.FOUNDING_DECISION, **change}) == ()


def test_no_district_federation_after_its_level_ended() -> None:
    (problem,) = FOUND({**examples.FOUNDING_DECISION, "intended_date": "2025-07-01"})
    assert (problem.code, problem.fields) == ("district_level", ("direct_upper_org",))
    assert "công đoàn cấp trên cơ sở" in problem.message
    upper = "Liên đoàn Lao động tỉnh Lai Châu"
    assert (
        FOUND(
            {**examples.FOUNDING_DECISION, "intended_date": "2025-07-01", "direct_upper_org": upper}
        )
        == ()
    )


def test_subject_names_the_posts_that_are_recognised() -> None:
    data = examples.COMMITTEE_DECISION_ELECTED
    subject = KINDS["committee_decision"].register_subject
    assert subject(data).startswith(
        "Về việc công nhận Ban Chấp hành, Chủ tịch, Phó Chủ tịch Công đoàn"
    )
    rows = [{**CHAIRS[0]}, {**CHAIRS[2], "union_post": "standing_member"}]
    assert "Ban Chấp hành, Ban Thường vụ, Chủ tịch Công đoàn" in subject({**data, "members": rows})


@pytest.mark.parametrize(
    "job", ["Giám đốc", "Tổng Giám đốc Công ty TNHH A&B", "Chủ tịch Hội đồng thành viên"]
)
def test_the_employer_side_may_not_lead_or_join(job: str) -> None:
    members = [{**CHAIRS[0], "job": job}, *CHAIRS[1:]]
    (problem,) = COMMITTEE({**examples.COMMITTEE_DECISION, "members": members})
    assert (problem.code, problem.fields) == ("employer_side", ("members[0].job",))


@pytest.mark.parametrize(
    "job", ["Phó Giám đốc", "Thư ký giám đốc", "Giám đốc chi nhánh Than Uyên", ""]
)
def test_others_may(job: str) -> None:
    members = [{**MEMBERS[0], "job": job}, *MEMBERS[1:]]
    assert FOUND({**examples.FOUNDING_DECISION, "members": members}) == ()


def test_recognition_needs_congress_and_request() -> None:
    problems = FOUND({**examples.FOUNDING_DECISION, "act": "recognise"})
    assert [(problem.code, problem.fields) for problem in problems] == [
        ("missing_for_recognition", ("request_document",)),
        ("missing_for_recognition", ("congress_date",)),
    ]


def test_decision_does_not_precede_congress_and_request() -> None:
    problems = FOUND({**examples.FOUNDING_DECISION_RECOGNISED, "intended_date": "2024-05-03"})
    assert [problem.fields[1] for problem in problems] == ["congress_date", "request_document.date"]
    assert "ngày 04 tháng 5 năm 2024" in problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        examples.COMMITTEE_DECISION,
        examples.COMMITTEE_DECISION_ELECTED,
        examples.COMMITTEE_DECISION_APPOINTED,
    ],
    ids=["provisional", "elected", "appointed"],
)
def test_committee_examples_are_clean(data: dict[str, object]) -> None:
    assert COMMITTEE(data) == ()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (
            {"members": CHAIRS[1:], "member_count": 2, "union_members_total": None},
            "one_chair",
            "có 0 người",
        ),
        (
            {"members": [{**row, "union_post": "chair"} for row in CHAIRS]},
            "one_chair",
            "có 3 người",
        ),
        ({"member_count": 5}, "member_count", "ghi 5 nhưng danh sách có 3"),
        (
            {"members": [*CHAIRS[:2], {**CHAIRS[2], "full_name": "Sùng A Lử"}]},
            "not_a_member",
            "Sùng A Lử không có trong danh sách đoàn viên",
        ),
        (
            {"members": [*CHAIRS[:2], {**CHAIRS[2], "union_post": "standing_member"}]},
            "no_standing_committee",
            "từ 9 ủy viên",
        ),
        ({"provisional_months": 18}, "provisional_months", "không quá 12 tháng"),
        ({"intended_date": "2024-05-05"}, "date_order", "quyết định thành lập"),
    ],
)
def test_committee_problems(change: dict[str, object], code: str, words: str) -> None:
    (problem,) = COMMITTEE({**examples.COMMITTEE_DECISION, **change})
    assert problem.code == code
    assert words in problem.message


def test_size_binds_the_elected_by_the_table_of_the_day() -> None:
    five = [*CHAIRS, *({**CHAIRS[2], "full_name": name} for name in ("Lý Thị Mỷ", "Đèo Văn Ơn"))]
    data = {**examples.COMMITTEE_DECISION_ELECTED, "members": five, "member_count": 5}
    assert COMMITTEE(data) == ()
    (problem,) = COMMITTEE({**data, "intended_date": "2025-09-08"})
    assert (problem.code, "(KH22)" in problem.message) == ("committee_size", True)
    assert KINDS["committee_decision"].warnings(data) == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (examples.COMMITTEE_DECISION, "có 9 đoàn viên thì Ban Chấp hành có 1 người (HD03)"),
        (
            {**examples.COMMITTEE_DECISION_APPOINTED, "members": CHAIRS[:2], "member_count": 2},
            "có 9 đoàn viên thì Ban Chấp hành có 3 người (KH22)",
        ),
    ],
    ids=["provisional", "appointed"],
)
def test_size_only_warns_of_the_appointed(data: dict[str, object], words: str) -> None:
    """The upper union may fill seats later: the paper is made, and the clerk is told."""
    data = {**data, "union_members_total": 9}
    assert COMMITTEE(data) == ()
    (warning,) = KINDS["committee_decision"].warnings(data)
    assert (warning.code, warning.fields) == ("committee_size", ("members",))
    assert words in warning.message


def test_elected_and_appointed_need_a_term() -> None:
    bare = {**examples.COMMITTEE_DECISION, "committee": "appointed"}
    (problem,) = COMMITTEE(bare)
    assert (problem.code, problem.fields) == ("missing_term", ("term_start", "term_end"))
    (problem,) = COMMITTEE({**bare, "term_start": 2028, "term_end": 2024})
    assert problem.code == "term_order"


def test_elected_needs_congress_and_request() -> None:
    data = {**examples.COMMITTEE_DECISION_ELECTED, "congress_date": None, "request_document": None}
    assert [problem.fields for problem in COMMITTEE(data)] == [
        ("request_document",),
        ("congress_date",),
    ]


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"members_present": 13}, "present_over_total", ("members_present", "members_total")),
        ({"end_time": "13:30"}, "time_order", ("start_time", "end_time")),
        ({"event_date": "2024-05-05"}, "date_order", ("decisions[0].date", "event_date")),
    ],
)
def test_minutes_problems(change: dict[str, object], code: str, fields: tuple[str, ...]) -> None:
    first = MINUTES({**examples.LAUNCH_MINUTES, **change})[0]
    assert (first.code, first.fields) == (code, fields)


def test_letters_are_not_older_than_what_they_announce() -> None:
    letter, invitation = KINDS["introduction_letter"], KINDS["invitation"]
    assert (
        letter.check({**examples.INTRODUCTION_LETTER, "valid_until": "2024-05-01"})[0].code
        == "date_order"
    )
    assert (
        invitation.check({**examples.INVITATION, "event_date": "2024-05-09"})[0].code
        == "date_order"
    )


def test_checks_bear_data_that_lacks_everything() -> None:
    for kind in KINDS.values():
        assert isinstance(kind.check({}), tuple)


def test_unknown_kind_names_its_neighbours() -> None:
    with pytest.raises(NotFound, match="founding_decision"):
        get_kind("founding_decison")
    with pytest.raises(NotFound, match=r"Các loại có: .*introduction_letter"):
        get_kind("xyz")


def test_launch_of_a_recognised_union_says_so() -> None:
    subject = KINDS["launch_minutes"].register_subject
    assert "quyết định công nhận và ra mắt" in subject(
        {**examples.LAUNCH_MINUTES, "act": "recognise"}
    )
    assert "quyết định thành lập và ra mắt" in subject(examples.LAUNCH_MINUTES)
