"""Decision that sets up a survey team (b7): who goes, with which tasks; the timetable is its annex. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from core.citations import Citation, cite
from core.dates import format_long, format_short
from core.errors import Problem
from core.numbers import count_with_words
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from core.text import fold
from docgen.kinds import examples_decisions as examples
from docgen.kinds.base import (
    COMMON_FIELDS,
    DECISION_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.campaign_fields import lower_first, period_of
from docgen.kinds.checks import (
    count_problems,
    decided_after,
    decided_before,
    ended_level_problems,
)
from docgen.kinds.common import day, decision_context, group, rows, text, texts
from docgen.kinds.people import Row, duplicates, listed, value

_F = FieldSpec
_K = FieldKind

_KINDS = (Choice("delegation", "Đoàn khảo sát"), Choice("small_team", "Tổ khảo sát"))
_KIND_LABELS = {choice.code: choice.label_vi for choice in _KINDS}
_ROLES = (
    Choice("head", "Trưởng đoàn, tổ trưởng"),
    Choice("deputy", "Phó trưởng đoàn, tổ phó"),
    Choice("secretary", "Thư ký"),
    Choice("member", "Thành viên"),
)
#: A delegation has a head, a small team a team head.
_ROLE_LABELS = {
    "delegation": {"head": "Trưởng đoàn", "deputy": "Phó Trưởng đoàn"},
    "small_team": {"head": "Tổ trưởng", "deputy": "Tổ phó"},
}
_PLAIN_ROLES = {"secretary": "Thư ký", "member": "Thành viên"}
_COMMON_POSTS = ("Chuyên viên", "Cán bộ", "Nhân viên", "Văn thư", "Kế toán")
_HALVES = (Choice("morning", "Sáng"), Choice("afternoon", "Chiều"))
_HALF_LABELS = {choice.code: choice.label_vi for choice in _HALVES}

_MEMBER_FIELDS = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("post", _K.TEXT, "Chức vụ", required=True, max_length=200),
    _F("team_role", _K.ENUM, "Chức danh trong đoàn, tổ", required=True, choices=_ROLES),
)
_VISIT_FIELDS = (
    _F("date", _K.DATE, "Ngày", required=True),
    _F("date_to", _K.DATE, "Đến ngày (nếu nhiều ngày)"),
    _F("half_day", _K.ENUM, "Buổi (để trống: cả ngày)", choices=_HALVES),
    _F("place", _K.TEXT, "Đơn vị, doanh nghiệp", required=True, max_length=300),
    _F("address", _K.TEXT, "Địa chỉ", max_length=300),
    _F("contact", _K.TEXT, "Người liên hệ", max_length=200),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("team_kind", _K.ENUM, "Đoàn hay tổ", required=True, choices=_KINDS),
    _F("task", _K.TEXT, "Việc khảo sát, viết trong câu", required=True, max_length=300),
    _F("members", _K.ROWS, "Thành viên", required=True, minimum=1, item=_MEMBER_FIELDS),
    _F("member_count", _K.INTEGER, "Số thành viên", minimum=1),
    _F("duties", _K.TEXT_LIST, "Nhiệm vụ", required=True, minimum=1),
    _F("period_from", _K.DATE, "Khảo sát từ ngày", required=True),
    _F("period_to", _K.DATE, "Khảo sát đến ngày", required=True),
    _F(
        "itinerary",
        _K.ROWS,
        "Lịch khảo sát",
        required=True,
        minimum=1,
        source="chuyến khảo sát của đợt",
        item=_VISIT_FIELDS,
    ),
    _F("plan", _K.GROUP, "Kế hoạch làm căn cứ", item=REFERENCE_FIELDS),
    _F("report_by", _K.DATE, "Báo cáo kết quả chậm nhất ngày"),
    _F("expenses", _K.TEXT, "Nguồn kinh phí", max_length=300),
    _F("vehicle", _K.TEXT, "Phương tiện", max_length=300),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _team(data: Data) -> str:
    return _KIND_LABELS[text(data, "team_kind")]


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    return f"Về việc thành lập {_team(data)} {text(data, 'task')}"


def _check(data: Data) -> tuple[Problem, ...]:
    members = rows(data, "members")
    problems = duplicates(members, key="members")
    problems += count_problems(
        data, "member_count", of="members", label="Số thành viên", unit="người"
    )
    heads = [at for at, row in enumerate(members) if row.get("team_role") == "head"]
    if len(heads) != 1:
        message = (
            f"Đoàn, tổ khảo sát phải có đúng một người đứng đầu; danh sách có {len(heads)}. "
            "Hãy sửa cột Chức danh."
        )
        fields = tuple(f"members[{at}].team_role" for at in heads) or ("members",)
        problems.append(Problem("one_head", message, fields))
    problems += decided_before(
        data, {"plan.date": ("ngày kế hoạch", Citation.of(group(data, "plan")).date)}
    )
    problems += decided_after(
        data, {"period_from": ("ngày bắt đầu khảo sát", day(data, "period_from"))}
    )
    return (*problems, *_period_problems(data), *_ended_levels(data))


def _ended_levels(data: Data) -> list[Problem]:
    members, visits = rows(data, "members"), rows(data, "itinerary")
    named = [(f"members[{at}].post", value(row, "post")) for at, row in enumerate(members)]
    named += [(f"itinerary[{at}].place", value(row, "place")) for at, row in enumerate(visits)]
    return ended_level_problems(named, rules=profile_on(day(data, "intended_date")))


def _period_problems(data: Data) -> Iterable[Problem]:
    period = period_of(data)
    if period is None:
        return
    first, last = period
    if first > last:
        message = f"Khảo sát từ ngày {format_short(first)} nhưng đến ngày {format_short(last)}. Hãy sửa lại."
        yield Problem("period_reversed", message, ("period_from", "period_to"))
        return
    report = day(data, "report_by")
    if report and report < last:
        message = f"Hạn báo cáo ({format_short(report)}) trước ngày kết thúc khảo sát ({format_short(last)})."
        yield Problem("report_too_early", message, ("report_by", "period_to"))
    seen: dict[tuple[object, ...], int] = {}
    for at, row in enumerate(rows(data, "itinerary")):
        start = day(row, "date")
        end = day(row, "date_to") or start
        where = f"Lịch khảo sát, dòng {at + 1} ({value(row, 'place')})"
        if start and end and end < start:
            message = f"{where}: ngày kết thúc trước ngày bắt đầu."
            yield Problem("visit_reversed", message, (f"itinerary[{at}].date_to",))
        elif start and end and (start < first or last < end):
            message = (
                f"{where}: nằm ngoài thời gian khảo sát "
                f"(từ {format_short(first)} đến {format_short(last)})."
            )
            yield Problem("visit_outside", message, (f"itinerary[{at}].date",))
        mark = (start, row.get("half_day"), fold(value(row, "place")))
        if mark in seen:
            message = f"{where}: trùng với dòng {seen[mark] + 1}. Hãy bỏ một dòng."
            yield Problem("visit_twice", message, (f"itinerary[{at}].place",))
        seen.setdefault(mark, at)


def _post(row: Row) -> str:
    """A post in the middle of a line: offices keep their capital, common words do not (VB-09)."""
    post = value(row, "post")
    return lower_first(post) if post.startswith(_COMMON_POSTS) else post


def _line(data: Data, row: Row) -> str:
    role = text(row, "team_role")
    label = _ROLE_LABELS[text(data, "team_kind")].get(role) or _PLAIN_ROLES[role]
    return f"Đồng chí {value(row, 'full_name')}, {_post(row)} - {label}"


def _when(row: Row) -> str:
    """``Sáng 08/5/2024``; ``Từ 08/5/2024 đến 09/5/2024``; ``08/5/2024``."""
    start, end = day(row, "date"), day(row, "date_to")
    if start is None:
        return ""
    if end and end != start:
        return f"Từ {format_short(start)} đến {format_short(end)}"
    return f"{_HALF_LABELS.get(text(row, 'half_day'), '')} {format_short(start)}".strip()


def _basis_lines(data: Data) -> list[str]:
    plan = group(data, "plan")
    return [f"Căn cứ {cite(Citation.of(plan, type_name='Kế hoạch'))}"] if plan else []


def _context(data: Data, numbering: Numbering) -> Context:
    first, last, report, effective = (
        day(data, key) for key in ("period_from", "period_to", "report_by", "effective_date")
    )
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    members = rows(data, "members")
    return common | {
        "ten_doan": _team(data),
        "viec_khao_sat": text(data, "task"),
        "so_thanh_vien": count_with_words(len(members)),
        "ds_thanh_vien": listed([_line(data, row) for row in members]),
        "ds_nhiem_vu_doan": listed([duty.rstrip(" ;.") for duty in texts(data, "duties")]),
        "tu_ngay": format_long(first) if first else "",
        "den_ngay": format_long(last) if last else "",
        "han_bao_cao": format_long(report) if report else "",
        "nguon_kinh_phi": text(data, "expenses").rstrip("."),
        "phuong_tien_di_lai": text(data, "vehicle").rstrip("."),
        "ds_lich_khao_sat": [
            {
                "tt": at,
                "thoi_gian": _when(row),
                "noi_den": value(row, "place"),
                "dia_chi": value(row, "address"),
                "lien_he": value(row, "contact"),
            }
            for at, row in enumerate(rows(data, "itinerary"), start=1)
        ],
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="survey_team_decision",
        label_vi="Quyết định thành lập đoàn, tổ khảo sát",
        symbol_type="QĐ",
        annexes=("Lịch khảo sát",),
        fields=_FIELDS,
        example=examples.SURVEY_TEAM_DECISION,
    ),
    template=lambda _data: "survey_team_decision/thanh_lap_doan",
    check=_check,
    context=_context,
    register_subject=subject,
)
