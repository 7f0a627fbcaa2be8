"""Minutes of the first meeting of a new executive committee, where it elects its posts (d5). Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from core.errors import Problem
from core.numbers import count_with_words
from core.schema import FieldKind, FieldSpec, KindSchema
from core.text import fold
from docgen.kinds import examples_congress as examples
from docgen.kinds.ballots import (
    BALLOT_FIELDS,
    EXECUTIVE_POSTS,
    POST_RESULTS_FIELD,
    ballot_problems,
    by_post,
    by_votes,
    candidate_problems,
    elected_by_post,
    post_problems,
    rate,
    result_line,
)
from docgen.kinds.base import Context, Data, DocumentKind, Numbering
from docgen.kinds.common import (
    archive_units,
    day,
    group,
    header_context,
    number,
    recipients,
    rows,
    text,
    texts,
)
from docgen.kinds.congress import (
    ATTENDANCE_FIELDS,
    CLOSING_FIELDS,
    MINUTES_HEADER,
    UNION_FIELDS,
    archive_line,
    attendance_context,
    copies_of,
    order_problems,
    results_context,
    rules_day,
    term_of,
    term_problems,
    union_of,
)
from docgen.kinds.congress_rules import attendance_problems, congress_rules
from docgen.kinds.meeting import (
    GUEST_FIELDS,
    PERSON_FIELDS,
    clock,
    guest_groups,
    person_line,
    start_line,
    time_problems,
)
from docgen.kinds.people import (
    Row,
    listed,
    post_label,
    same_name,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

# Charter XIII Điều 13 k7: a standing committee from nine members on, at most a third of the committee.
_STANDING_FROM = 9
_STANDING_PART = 3
_STANDING_POSTS = frozenset({"chair", "vice_chair", "standing_member"})
#: Items of the proceedings before those that the data bring.
_ITEMS_BEFORE = 2

_DUTY = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("duty", _K.TEXT, "Nhiệm vụ", required=True, max_length=300),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *MINUTES_HEADER,
    *UNION_FIELDS,
    _F("event_date", _K.DATE, "Ngày họp", required=True),
    _F("congress_date", _K.DATE, "Ngày đại hội"),
    _F("start_time", _K.TIME, "Giờ bắt đầu", required=True),
    _F("end_time", _K.TIME, "Giờ kết thúc", required=True),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    _F(
        "committee_members",
        _K.TEXT_LIST,
        "Ủy viên Ban Chấp hành do đại hội bầu",
        required=True,
        minimum=1,
    ),
    *ATTENDANCE_FIELDS,
    _F("guests", _K.ROWS, "Đại biểu", item=GUEST_FIELDS),
    _F("chair", _K.GROUP, "Chủ trì", required=True, item=PERSON_FIELDS),
    _F("secretary", _K.GROUP, "Thư ký", required=True, item=PERSON_FIELDS),
    *BALLOT_FIELDS,
    POST_RESULTS_FIELD,
    _F("duties", _K.ROWS, "Phân công nhiệm vụ", item=_DUTY),
    _F("conclusions", _K.TEXT_LIST, "Nội dung khác đã thống nhất"),
    *CLOSING_FIELDS,
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    return f"Họp lần thứ nhất Ban Chấp hành {union_of(data)}, nhiệm kỳ {term_of(data)}"


def _elected(data: Data) -> list[tuple[str, Row]]:
    rules = congress_rules(rules_day(data, "event_date"))
    return elected_by_post(
        rows(data, "rows"), collected=number(data, "ballots_collected") or 0, rules=rules
    )


@dataclass(frozen=True, slots=True)
class ElectedSeats:
    """Name and post of everyone who sits in the executive committee and in the inspection committee."""

    executive: tuple[tuple[str, str], ...]
    inspection: tuple[tuple[str, str], ...]


def first_meeting_seats(data: Data) -> ElectedSeats:
    """What the meeting made of the committee: posts by the votes, plain members otherwise, highest post first."""
    posts = [(value(row, "full_name"), post) for post, row in _elected(data)]
    executive = [(name, post) for name, post in posts if post in EXECUTIVE_POSTS]
    inspection = [(name, post) for name, post in posts if post not in EXECUTIVE_POSTS]
    executive += [
        (name, "member")
        for name in texts(data, "committee_members")
        if not any(same_name(name, held) for held, _ in executive)
    ]
    return ElectedSeats(tuple(executive), _highest(inspection))


def _highest(posts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each person once with the highest post: the head of a committee is also elected as its member."""
    found: dict[str, tuple[str, str]] = {}
    for name, post in posts:
        found.setdefault(fold(name), (name, post))
    return tuple(found.values())


def _check(data: Data) -> tuple[Problem, ...]:
    rules = congress_rules(rules_day(data, "event_date"))
    problems = union_name_problems(union_of(data), text(data, "enterprise_name"))
    problems += [*term_problems(data), *time_problems(data)]
    problems += attendance_problems(data, rules=rules)
    problems += [*ballot_problems(data), *candidate_problems(data, seats=None)]
    problems += [*post_problems(data, rules=rules), *_committee_problems(data)]
    problems += _post_holder_problems(data)
    steps = (
        ("congress_date", "ngày đại hội"),
        ("event_date", "ngày họp"),
        ("intended_date", "ngày biên bản"),
    )
    return (*problems, *order_problems(data, steps))


def _committee_problems(data: Data) -> list[Problem]:
    """The committee is that of the congress: as many summoned, posts and duties only for its members."""
    names, summoned = texts(data, "committee_members"), number(data, "summoned")
    problems = []
    if names and summoned is not None and summoned != len(names):
        message = f"Ban Chấp hành có {len(names)} ủy viên nhưng triệu tập {summoned}. Hãy sửa số hoặc danh sách."
        problems.append(Problem("summoned", message, ("summoned", "committee_members")))
    twice = [name for name, times in Counter(fold(name) for name in names).items() if times > 1]
    if twice:
        message = "Danh sách ủy viên Ban Chấp hành có người ghi hai lần."
        problems.append(Problem("duplicate_person", message, ("committee_members",)))
    seats = [("rows", row) for row in rows(data, "rows") if value(row, "post") in EXECUTIVE_POSTS]
    listed_rows = {key: rows(data, key) for key in ("rows", "duties")}
    for key, row in (*seats, *(("duties", row) for row in listed_rows["duties"])):
        name = value(row, "full_name")
        if name and names and not any(same_name(name, other) for other in names):
            index = next(at for at, one in enumerate(listed_rows[key]) if one is row)
            message = (
                f"{name} không phải là ủy viên Ban Chấp hành do đại hội bầu. Hãy đối chiếu họ tên."
            )
            problems.append(Problem("not_in_committee", message, (f"{key}[{index}].full_name",)))
    return problems


def _post_holder_problems(data: Data) -> list[Problem]:
    """Exactly one chair; nobody chair and deputy; a standing committee only where there may be one."""
    if not rows(data, "rows") or not number(data, "ballots_collected"):
        return []
    elected = _elected(data)
    problems = []
    chairs = [row for post, row in elected if post == "chair"]
    if len(chairs) != 1:
        message = "Hội nghị phải bầu được đúng một Chủ tịch; theo kết quả kiểm phiếu chưa có ai trúng cử chức danh này."
        problems.append(Problem("one_chair", message, ("rows",)))
    for chair in chairs:
        both = [
            row for post, row in elected
            if post == "vice_chair" and same_name(value(row, "full_name"), value(chair, "full_name"))
        ]  # fmt: skip
        if both:
            message = f"{value(chair, 'full_name')} trúng cử cả Chủ tịch và Phó Chủ tịch. Mỗi người giữ một chức danh."
            problems.append(Problem("two_posts", message, ("rows",)))
    return [*problems, *_standing_problems(data, elected)]


def _standing_problems(data: Data, elected: list[tuple[str, Row]]) -> list[Problem]:
    size = len(texts(data, "committee_members"))
    if not size or not any(post == "standing_member" for post, _ in elected):
        return []
    if size < _STANDING_FROM:
        message = (
            f"Ban Thường vụ chỉ có khi Ban Chấp hành từ {_STANDING_FROM} ủy viên; ở đây có {size}."
        )
        return [Problem("no_standing_committee", message, ("rows", "committee_members"))]
    names = {fold(value(row, "full_name")) for post, row in elected if post in _STANDING_POSTS}
    if len(names) * _STANDING_PART > size:
        message = f"Ban Thường vụ có {len(names)} người, quá một phần ba số ủy viên Ban Chấp hành ({size})."
        return [Problem("standing_size", message, ("rows", "committee_members"))]
    return []


def _election_lines(data: Data) -> list[dict[str, object]]:
    """Post by post: who stood, how many votes, who is elected."""
    collected, elected = number(data, "ballots_collected") or 0, _elected(data)
    return [
        {
            "ten_chuc_danh": post_label(post),
            "ds_ket_qua": listed(
                [result_line(row, collected=collected) for row in by_votes(stood)]
            ),
            "ds_trung_cu": [
                f"đồng chí {value(row, 'full_name')}" for held, row in elected if held == post
            ],
        }
        for post, stood in by_post(rows(data, "rows"))
    ]


def _items(data: Data) -> list[dict[str, object]]:
    """What follows the election, numbered on: duties, then other conclusions."""
    duties = listed(
        [
            f"Đồng chí {value(row, 'full_name')}: {value(row, 'duty').rstrip(' ;.')}"
            for row in rows(data, "duties")
        ]
    )
    heads: list[tuple[str, list[str]]] = [("Phân công nhiệm vụ:", duties)] if duties else []
    heads += [(entry.rstrip(" ;.") + ".", []) for entry in texts(data, "conclusions")]
    return [
        {"so": str(_ITEMS_BEFORE + 1 + at), "noi_dung": head, "ds_dong": lines}
        for at, (head, lines) in enumerate(heads)
    ]


def _context(data: Data, numbering: Numbering) -> Context:
    held, items = day(data, "event_date"), _items(data)
    present, summoned = number(data, "present") or 0, number(data, "summoned") or 0
    chair, secretary = group(data, "chair"), group(data, "secretary")
    elected = _elected(data)
    context = header_context(data, numbering, subject=subject(data))
    context |= attendance_context(data, rate=rate(present, summoned))
    context |= results_context(rows(data, "rows"), [row for _, row in elected], data=data)
    return context | {
        "ten_cong_doan_co_so": union_of(data),
        "nhiem_ky": term_of(data),
        "thoi_gian_bat_dau": start_line(data, held),
        "thoi_gian_ket_thuc": f"{clock(text(data, 'end_time'))} cùng ngày",
        "dia_diem": text(data, "venue").rstrip("."),
        "ds_nhom_dai_bieu": guest_groups(data),
        "chu_tri": person_line(chair),
        "thu_ky": person_line(secretary),
        "so_uy_vien": count_with_words(len(texts(data, "committee_members"))),
        "ds_bau_chuc_danh": _election_lines(data),
        "ds_noi_dung_hop": items,
        "so_muc_be_mac": str(_ITEMS_BEFORE + 1 + len(items)),
        "so_ban": copies_of(data),
        "quyen_han_chu_tri": "CHỦ TRÌ",
        "ho_ten_thu_ky": value(secretary, "full_name"),
        "ho_ten_chu_tri": value(chair, "full_name"),
        "ds_noi_nhan": recipients(data),
        "don_vi_luu": archive_line(data, archive_units(data)),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="first_meeting_minutes",
        label_vi="Biên bản họp Ban Chấp hành công đoàn cơ sở lần thứ nhất",
        symbol_type="BB",
        annexes=(),
        fields=_FIELDS,
        example=examples.FIRST_MEETING_MINUTES,
    ),
    template=lambda _data: "first_meeting_minutes/bien_ban_hop_lan_thu_nhat",
    check=_check,
    context=_context,
    register_subject=subject,
)
