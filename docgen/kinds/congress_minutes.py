"""Minutes of the congress that founds a grassroots union (d3, ND30 model 1.9, QĐ 933 Phụ lục IV). Pure."""

from __future__ import annotations

from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words, format_count
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_congress as examples
from docgen.kinds.ballots import (
    BALLOT_FIELDS,
    RESULTS_FIELD,
    ballot_problems,
    by_votes,
    candidate_problems,
    elected_of,
    elected_problems,
    rate,
    vote_sum_problems,
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
    chair_alone,
    committee_words,
    copies_of,
    results_context,
    rules_day,
    term_of,
    term_problems,
    union_of,
)
from docgen.kinds.congress_rules import (
    CongressRules,
    attendance_problems,
    congress_rules,
    of_whole,
)
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
    same_name,
    size_problems,
    union_name_problems,
    value,
)

_F = FieldSpec
_K = FieldKind

_SIDES = (
    Choice("employer", "Ý kiến của đại diện người sử dụng lao động"),
    Choice("upper", "Ý kiến chỉ đạo của công đoàn cấp trên"),
    Choice("member", "Ý kiến thảo luận"),
)
_OPINION = (
    _F("speaker", _K.TEXT, "Người phát biểu (họ tên, chức vụ)", required=True),
    _F("side", _K.ENUM, "Thành phần", required=True, choices=_SIDES),
    _F("summary", _K.TEXT, "Nội dung chính", required=True, max_length=2000),
)
#: Items of the proceedings before the opinions; those are numbered on from here.
_ITEMS_BEFORE_OPINIONS = 7

_FIELDS: tuple[FieldSpec, ...] = (
    *MINUTES_HEADER,
    *UNION_FIELDS,
    _F("event_date", _K.DATE, "Ngày đại hội", required=True),
    _F("start_time", _K.TIME, "Giờ bắt đầu", required=True),
    _F("end_time", _K.TIME, "Giờ kết thúc", required=True),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    _F("members_total", _K.INTEGER, "Số người có đơn gia nhập", required=True, minimum=1),
    _F("member_names", _K.TEXT_LIST, "Họ tên những người có đơn gia nhập"),
    _F("by_delegates", _K.BOOLEAN, "Đại hội đại biểu (để trống: đại hội toàn thể)"),
    *ATTENDANCE_FIELDS,
    _F("guests", _K.ROWS, "Đại biểu", item=GUEST_FIELDS),
    _F("chair", _K.GROUP, "Chủ tọa", required=True, item=PERSON_FIELDS),
    _F("presidium", _K.TEXT_LIST, "Họ tên những người khác trong đoàn chủ tịch"),
    _F("secretary", _K.GROUP, "Thư ký", required=True, item=PERSON_FIELDS),
    _F("report", _K.TEXT, "Báo cáo quá trình vận động", required=True, max_length=2000),
    _F("votes_for", _K.INTEGER, "Biểu quyết thành lập: tán thành", required=True, minimum=0),
    _F("votes_against", _K.INTEGER, "Biểu quyết thành lập: không tán thành", minimum=0),
    _F("votes_abstain", _K.INTEGER, "Biểu quyết thành lập: không có ý kiến", minimum=0),
    _F("directions", _K.TEXT_LIST, "Phương hướng hoạt động", required=True, minimum=1),
    _F("seats", _K.INTEGER, "Số lượng được bầu", required=True, minimum=1),
    *BALLOT_FIELDS,
    RESULTS_FIELD,
    _F("head_teller", _K.TEXT, "Trưởng ban kiểm phiếu", required=True, max_length=100),
    _F("tellers", _K.TEXT_LIST, "Những người khác trong ban kiểm phiếu"),
    _F("opinions", _K.ROWS, "Ý kiến phát biểu", item=_OPINION),
    _F(
        "resolution_for",
        _K.INTEGER,
        "Biểu quyết thông qua nghị quyết: tán thành",
        required=True,
        minimum=0,
    ),
    *CLOSING_FIELDS,
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    return f"Đại hội thành lập {union_of(data)}, nhiệm kỳ {term_of(data)}"


def _check(data: Data) -> tuple[Problem, ...]:
    on = rules_day(data, "event_date")
    rules, profile = congress_rules(on), profile_on(on)
    results, seats = rows(data, "rows"), number(data, "seats")
    collected, valid = number(data, "ballots_collected"), number(data, "ballots_valid")
    members = number(data, "members_total")
    problems = union_name_problems(union_of(data), text(data, "enterprise_name"))
    problems += [*term_problems(data), *time_problems(data)]
    if members is not None and members < profile.founding_members_min:
        message = (
            f"Cần ít nhất {profile.founding_members_min} người có đơn gia nhập để thành lập công đoàn cơ sở; "
            f"mới có {members}."
        )
        problems.append(Problem("too_few_members", message, ("members_total",)))
    problems += [*_summons_problems(data, rules=rules), *attendance_problems(data, rules=rules)]
    problems += [*_show_of_hands(data), *_name_problems(data)]
    problems += [*ballot_problems(data), *candidate_problems(data, seats=seats)]
    problems += vote_sum_problems(results, valid=valid, seats=seats)
    problems += elected_problems(results, collected=collected, seats=seats, rules=rules)
    problems += size_problems(seats or 0, union_members=members, rules=profile, key="seats")
    if not rules.candidates_may_count:
        problems += _teller_problems(data)
    return (*problems, *_day_problems(data))


def _summons_problems(data: Data, *, rules: CongressRules) -> list[Problem]:
    """All who applied are summoned; delegates only where the union is large or scattered."""
    members, summoned = number(data, "members_total"), number(data, "summoned")
    if members is None or summoned is None:
        return []
    if summoned > members:
        message = (
            f"Số người được triệu tập ({summoned}) lớn hơn số người có đơn gia nhập ({members})."
        )
        return [Problem("summoned", message, ("summoned", "members_total"))]
    if summoned < members and not data.get("by_delegates"):
        message = (
            f"Đại hội toàn thể phải triệu tập đủ {members} người có đơn gia nhập; đang ghi {summoned}. Đại hội đại "
            f"biểu dành cho nơi có từ {rules.delegates_from} đoàn viên trở lên hoặc phân tán; nếu đúng, hãy ghi là "
            "đại hội đại biểu."
        )
        return [Problem("congress_form", message, ("summoned", "members_total"))]
    return []


def _show_of_hands(data: Data) -> list[Problem]:
    """Votes by show of hands add up to those present, and the union was founded by most of them."""
    present = number(data, "present")
    cast = [number(data, key) for key in ("votes_for", "votes_against", "votes_abstain")]
    agreed = cast[0]
    if present is None or agreed is None:
        return []
    problems = []
    total = sum(votes or 0 for votes in cast)
    if total != present:
        message = (
            f"Biểu quyết thành lập: tán thành {agreed}, không tán thành {cast[1] or 0}, không có ý kiến "
            f"{cast[2] or 0}, cộng lại là {total}; số người có mặt là {present}."
        )
        keys = ("votes_for", "votes_against", "votes_abstain", "present")
        problems.append(Problem("vote_sum", message, keys))
    elif agreed * 2 <= present:
        message = f"Chỉ có {agreed}/{present} người tán thành, chưa quá nửa: công đoàn cơ sở chưa được thành lập."
        problems.append(Problem("not_founded", message, ("votes_for", "present")))
    passed = number(data, "resolution_for")
    if passed is not None and (passed > present or passed * 2 <= present):
        message = f"Nghị quyết được thông qua khi quá nửa số người có mặt tán thành; đang ghi {passed}/{present}."
        problems.append(Problem("resolution", message, ("resolution_for", "present")))
    return problems


def _name_problems(data: Data) -> list[Problem]:
    """Candidates are among those who applied, written the same way."""
    names = texts(data, "member_names")
    problems = []
    members = number(data, "members_total")
    if names and members is not None and len(names) != members:
        message = f"Số người có đơn gia nhập ghi {members} nhưng danh sách có {len(names)} người."
        problems.append(Problem("member_count", message, ("members_total", "member_names")))
    for index, row in enumerate(rows(data, "rows") if names else []):
        name = value(row, "full_name")
        if name and not any(same_name(name, other) for other in names):
            message = (
                f"{name} không có trong danh sách người có đơn gia nhập. Hãy đối chiếu họ tên."
            )
            problems.append(Problem("not_a_member", message, (f"rows[{index}].full_name",)))
    return problems


def _teller_problems(data: Data) -> list[Problem]:
    """Who stands for election does not count the votes (unverified rule: profiles.toml)."""
    board = {"head_teller": [text(data, "head_teller")], "tellers": texts(data, "tellers")}
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
    held, paper = day(data, "event_date"), day(data, "intended_date")
    if held and paper and paper < held:
        message = f"Ngày biên bản ({format_long(paper)}) trước ngày đại hội ({format_long(held)})."
        return [Problem("date_order", message, ("intended_date", "event_date"))]
    return []


def _opinions(data: Data) -> list[str]:
    labels = {side.code: side.label_vi for side in _SIDES}
    return [
        f"{labels[str(row.get('side'))]}: {value(row, 'speaker').rstrip(':,. ')} - {value(row, 'summary').rstrip('.')}"
        for row in rows(data, "opinions")
    ]


def _elected(data: Data) -> list[Row]:
    return elected_of(
        rows(data, "rows"),
        collected=number(data, "ballots_collected") or 0,
        seats=number(data, "seats") or 0,
        rules=congress_rules(rules_day(data, "event_date")),
    )


def _votes(data: Data) -> Context:
    present = number(data, "present") or 0
    agreed, passed = number(data, "votes_for") or 0, number(data, "resolution_for") or 0
    return {
        "so_tan_thanh": of_whole(agreed, present),
        "ty_le_tan_thanh": rate(agreed, present),
        "so_khong_tan_thanh": format_count(number(data, "votes_against") or 0),
        "so_khong_y_kien": format_count(number(data, "votes_abstain") or 0),
        "so_thong_qua": of_whole(passed, present),
        "ty_le_thong_qua": rate(passed, present),
    }


def _people(data: Data) -> Context:
    chair, secretary = group(data, "chair"), group(data, "secretary")
    others = texts(data, "presidium")
    leading = [value(chair, "full_name"), *others]
    board = [f"Đồng chí {text(data, 'head_teller')} - Trưởng ban"]
    board += [f"Đồng chí {name} - Ủy viên" for name in texts(data, "tellers")]
    return {
        "chu_tri": person_line(chair),
        "ds_doan_chu_tich": leading if others else [],
        "thu_ky": person_line(secretary),
        "ho_ten_chu_tri": value(chair, "full_name"),
        "ho_ten_thu_ky": value(secretary, "full_name"),
        "quyen_han_chu_tri": "TM. ĐOÀN CHỦ TỊCH" if others else "CHỦ TỌA",
        "ds_ban_kiem_phieu": listed(board),
        "ds_nhom_dai_bieu": guest_groups(data),
    }


def _context(data: Data, numbering: Numbering) -> Context:
    held, seats = day(data, "event_date"), number(data, "seats") or 0
    present, summoned = number(data, "present") or 0, number(data, "summoned") or 0
    opinions = _opinions(data)
    context = header_context(data, numbering, subject=subject(data))
    context |= attendance_context(data, rate=rate(present, summoned))
    context |= results_context(by_votes(rows(data, "rows")), _elected(data), data=data)
    context |= _votes(data) | _people(data)
    last = _ITEMS_BEFORE_OPINIONS + len(opinions)
    return context | {
        "ten_cong_doan_co_so": union_of(data),
        "nhiem_ky": term_of(data),
        "thoi_gian_bat_dau": start_line(data, held),
        "thoi_gian_ket_thuc": f"{clock(text(data, 'end_time'))} cùng ngày",
        "dia_diem": text(data, "venue").rstrip("."),
        "hinh_thuc_dai_hoi": "Đại hội đại biểu" if data.get("by_delegates") else "Đại hội toàn thể",
        "so_nguoi_gia_nhap": format_count(number(data, "members_total") or 0),
        "bao_cao_van_dong": text(data, "report").rstrip("."),
        "ds_phuong_huong_dai_hoi": [entry.rstrip(" ;.") for entry in texts(data, "directions")],
        "ten_bau_cu": committee_words(data),
        "bau_mot_nguoi": chair_alone(seats),
        "so_luong_bau": count_with_words(seats),
        "ds_y_kien": opinions,
        "so_muc_nghi_quyet": str(last + 1),
        "so_muc_be_mac": str(last + 2),
        "so_ban": copies_of(data),
        "ds_noi_nhan": recipients(data),
        "don_vi_luu": archive_line(data, archive_units(data)),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="congress_minutes",
        label_vi="Biên bản đại hội thành lập công đoàn cơ sở",
        symbol_type="BB",
        annexes=(),
        fields=_FIELDS,
        example=examples.CONGRESS_MINUTES,
    ),
    template=lambda _data: "congress_minutes/bien_ban_dai_hoi",
    check=_check,
    context=_context,
    register_subject=subject,
)
