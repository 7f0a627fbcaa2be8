"""Minutes of a count of votes (d4, forms 4a and 4d of HD 38): figures, results, who is elected. Pure."""

from __future__ import annotations

from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_congress as examples
from docgen.kinds.ballots import (
    BALLOT_FIELDS,
    POST_RESULTS_FIELD,
    ballot_problems,
    by_post,
    by_votes,
    candidate_problems,
    elected_by_post,
    elected_of,
    elected_problems,
    post_problems,
    rate,
    result_line,
    vote_sum_problems,
)
from docgen.kinds.base import Context, Data, DocumentKind, Numbering
from docgen.kinds.common import (
    archive_units,
    day,
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
    committee_words,
    copies_of,
    results_context,
    rules_day,
    term_of,
    term_problems,
    union_of,
)
from docgen.kinds.congress_rules import attendance_problems, congress_rules
from docgen.kinds.meeting import clock
from docgen.kinds.people import (
    Row,
    listed,
    post_label,
    same_name,
    size_problems,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

#: What is elected; the first three are those of the form `vote_count` (contract.md §5).
BODIES = (
    Choice("executive_committee", "Ban Chấp hành"),
    Choice("standing_committee", "Ban Thường vụ"),
    Choice("inspection_committee", "Ủy ban Kiểm tra"),
    Choice("chair", "Chủ tịch"),
    Choice("posts", "Các chức danh"),
)
_ORDERED = ", xếp theo số phiếu từ cao xuống thấp,"
_MEETINGS = (Choice("congress", "Đại hội"), Choice("conference", "Hội nghị Ban Chấp hành"))

_FIELDS: tuple[FieldSpec, ...] = (
    *MINUTES_HEADER,
    *UNION_FIELDS,
    _F("body", _K.ENUM, "Bầu cử", required=True, choices=BODIES),
    _F("meeting", _K.ENUM, "Bầu tại", required=True, choices=_MEETINGS),
    _F("meeting_date", _K.DATE, "Ngày kiểm phiếu", required=True),
    _F("end_time", _K.TIME, "Giờ kết thúc kiểm phiếu", required=True),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    *ATTENDANCE_FIELDS,
    _F("union_members_total", _K.INTEGER, "Số đoàn viên của công đoàn cơ sở", minimum=1),
    _F("seats", _K.INTEGER, "Số lượng được bầu", required=True, minimum=1),
    _F("candidates_total", _K.INTEGER, "Số người trong danh sách bầu cử", minimum=1),
    *BALLOT_FIELDS,
    POST_RESULTS_FIELD,
    _F("head_teller", _K.TEXT, "Trưởng ban kiểm phiếu", required=True, max_length=100),
    _F("secretary", _K.TEXT, "Thư ký ban kiểm phiếu", required=True, max_length=100),
    _F("tellers", _K.TEXT_LIST, "Ủy viên ban kiểm phiếu"),
    _F("presiding", _K.TEXT, "Người thay mặt đoàn chủ tịch ký biên bản", max_length=100),
    *CLOSING_FIELDS,
)


def _body(data: Data) -> str:
    """What is elected, in words: the posts by name; a chair alone for a small union."""
    code = text(data, "body")
    if code == "executive_committee":
        return committee_words(data)
    if code == "posts":
        return ", ".join(post_label(post) for post, _ in by_post(rows(data, "rows")))
    return next((choice.label_vi for choice in BODIES if choice.code == code), "")


def _title(data: Data) -> str:
    return f"Bầu cử {_body(data)} {union_of(data)}, nhiệm kỳ {term_of(data)}"


def subject(data: Data) -> str:
    """Trích yếu for the register; on the paper the type line already says `kiểm phiếu`."""
    title = _title(data)
    return f"Kiểm phiếu {title[:1].lower()}{title[1:]}"


def _check(data: Data) -> tuple[Problem, ...]:
    on = rules_day(data, "meeting_date")
    rules = congress_rules(on)
    results, seats = rows(data, "rows"), number(data, "seats")
    collected, valid = number(data, "ballots_collected"), number(data, "ballots_valid")
    problems = union_name_problems(union_of(data), text(data, "enterprise_name"))
    problems += term_problems(data)
    problems += attendance_problems(data, rules=rules)
    problems += ballot_problems(data)
    problems += candidate_problems(data, seats=seats)
    problems += _list_problems(data)
    if data.get("body") == "posts":
        problems += post_problems(data, rules=rules)
        problems += _posts_seats(data)
    else:
        problems += vote_sum_problems(results, valid=valid, seats=seats)
        problems += elected_problems(results, collected=collected, seats=seats, rules=rules)
    if data.get("body") == "executive_committee":
        problems += size_problems(
            seats or 0,
            union_members=number(data, "union_members_total"),
            rules=profile_on(on),
            key="seats",
        )
    if not rules.candidates_may_count:
        problems += _teller_problems(data)
    return (*problems, *_day_problems(data))


def _list_problems(data: Data) -> list[Problem]:
    total, listed_rows = number(data, "candidates_total"), rows(data, "rows")
    if total is None or not listed_rows or total == len(listed_rows):
        return []
    message = f"Danh sách bầu cử ghi {total} người nhưng bảng kết quả có {len(listed_rows)} người."
    return [Problem("candidates", message, ("candidates_total", "rows"))]


def _posts_seats(data: Data) -> list[Problem]:
    """The posts to be filled are as many as the number that the conference decided."""
    rules, seats = congress_rules(rules_day(data, "meeting_date")), number(data, "seats")
    collected = number(data, "ballots_collected")
    if seats is None or not collected:
        return []
    elected = elected_by_post(rows(data, "rows"), collected=collected, rules=rules)
    if len(elected) <= seats:
        return []
    message = (
        f"Số người trúng cử các chức danh là {len(elected)}, nhiều hơn số lượng được bầu ({seats})."
    )
    return [Problem("seats", message, ("seats", "rows"))]


def _teller_problems(data: Data) -> list[Problem]:
    """Who stands for election does not count the votes (unverified rule: profiles.toml)."""
    board = {
        "head_teller": [text(data, "head_teller")],
        "secretary": [text(data, "secretary")],
        "tellers": texts(data, "tellers"),
    }
    return [
        Problem(
            "teller_stands",
            f"{name} có tên trong danh sách bầu cử nên không tham gia ban kiểm phiếu.",
            (key,),
        )
        for key, names in board.items()
        for name in names
        if name and any(same_name(name, value(row, "full_name")) for row in rows(data, "rows"))
    ]


def _day_problems(data: Data) -> list[Problem]:
    counted, paper = day(data, "meeting_date"), day(data, "intended_date")
    if counted and paper and paper < counted:
        message = (
            f"Ngày biên bản ({format_long(paper)}) trước ngày kiểm phiếu ({format_long(counted)})."
        )
        return [Problem("date_order", message, ("intended_date", "meeting_date"))]
    return []


def _board(data: Data) -> list[str]:
    people = [(text(data, "head_teller"), "Trưởng ban"), (text(data, "secretary"), "Thư ký")]
    people += [(name, "Ủy viên") for name in texts(data, "tellers")]
    return listed([f"Đồng chí {name} - {post}" for name, post in people])


def _elected(data: Data) -> list[Row]:
    rules, collected = (
        congress_rules(rules_day(data, "meeting_date")),
        number(data, "ballots_collected") or 0,
    )
    results = rows(data, "rows")
    if data.get("body") == "posts":
        return [row for _, row in elected_by_post(results, collected=collected, rules=rules)]
    return elected_of(results, collected=collected, seats=number(data, "seats") or 0, rules=rules)


def _post_lines(data: Data) -> Context:
    """Results and elected with the post each stood for."""
    collected = number(data, "ballots_collected") or 0
    results = [
        (post, row) for post, group in by_post(rows(data, "rows")) for row in by_votes(group)
    ]
    rules = congress_rules(rules_day(data, "meeting_date"))
    elected = elected_by_post(rows(data, "rows"), collected=collected, rules=rules)
    return {
        "ds_ket_qua": listed(
            [
                f"{post_label(post)}: {_small(result_line(row, collected=collected))}"
                for post, row in results
            ]
        ),
        "ds_trung_cu": listed(
            [f"Đồng chí {value(row, 'full_name')} - {post_label(post)}" for post, row in elected]
        ),
    }


def _small(line: str) -> str:
    return line[:1].lower() + line[1:]


def _quantity(data: Data) -> str:
    """``Số lượng Ban Chấp hành``; posts are counted one by one."""
    return "Số lượng các chức danh" if data.get("body") == "posts" else f"Số lượng {_body(data)}"


def _context(data: Data, numbering: Numbering) -> Context:
    held = day(data, "meeting_date")
    elected = _elected(data)
    results = by_votes(rows(data, "rows"))
    present, summoned = number(data, "present") or 0, number(data, "summoned") or 0
    at_congress = data.get("meeting") == "congress"
    context = header_context(data, numbering, subject=_title(data))
    context |= attendance_context(data, rate=rate(present, summoned))
    context |= results_context(results, elected, data=data)
    if data.get("body") == "posts":
        context |= _post_lines(data)
    return context | {
        "ten_cong_doan_co_so": union_of(data),
        "nhiem_ky": term_of(data),
        "ten_cuoc_hop": "Đại hội" if at_congress else "Hội nghị",
        "nguoi_duoc_trieu_tap": "Đại biểu" if at_congress else "Ủy viên Ban Chấp hành",
        "ngay_hop": format_long(held) if held else "",
        "dia_diem": text(data, "venue").rstrip("."),
        "thoi_gian_ket_thuc": f"{clock(text(data, 'end_time'))} cùng ngày",
        "ten_bau_cu": _body(data),
        "ten_so_luong_bau": _quantity(data),
        "so_luong_bau": count_with_words(number(data, "seats") or 0),
        "ds_ban_kiem_phieu": _board(data),
        "cach_xep": _ORDERED if len(elected) > 1 and data.get("body") != "posts" else "",
        "so_ban": copies_of(data),
        "ho_ten_thu_ky": text(data, "secretary"),
        "ho_ten_chu_tri": text(data, "head_teller"),
        "quyen_han_chu_tri": "TRƯỞNG BAN KIỂM PHIẾU",
        "quyen_han_nguoi_chung_kien": "TM. ĐOÀN CHỦ TỊCH" if at_congress else "CHỦ TRÌ HỘI NGHỊ",
        "ho_ten_nguoi_chung_kien": text(data, "presiding"),
        "ds_noi_nhan": recipients(data),
        "don_vi_luu": archive_line(data, archive_units(data)),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="vote_count_minutes",
        label_vi="Biên bản kiểm phiếu",
        symbol_type="BB",
        annexes=(),
        fields=_FIELDS,
        example=examples.VOTE_COUNT_MINUTES,
    ),
    template=lambda _data: "vote_count_minutes/bien_ban_kiem_phieu",
    check=_check,
    context=_context,
    register_subject=subject,
)
