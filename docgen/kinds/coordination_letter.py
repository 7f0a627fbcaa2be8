"""Công văn phối hợp: asks an enterprise to receive a visit, or bodies for information (4.e e8, e9). Pure."""

from __future__ import annotations

from datetime import date, time

from core.dates import format_long
from core.errors import Problem
from core.periods import format_time
from core.profiles import RuleProfile
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import GIVEN, Context, Data, DocumentKind, Numbering
from docgen.kinds.common import addressees, day, rows, rules_for, text, texts
from docgen.kinds.letter_examples import COORDINATION_LETTER
from docgen.kinds.letters import (
    ANSWER_FIELDS,
    BASES_FIELD,
    LETTER_FIELDS,
    answer_context,
    basis_problems,
    called,
    carried_out,
    deadline_problems,
    letter_context,
    names_of,
    repeated_problems,
)
from docgen.kinds.people import Row, value

_F = FieldSpec
_K = FieldKind

_PURPOSES = (
    Choice("visit", "Phối hợp tiếp đoàn khảo sát, làm việc"),
    Choice("information", "Phối hợp cung cấp thông tin"),
)
_TO = (Choice("employer", "Người sử dụng lao động"), Choice("authority", "Cơ quan, chính quyền"))
_TEAM = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("post", _K.TEXT, "Chức vụ", max_length=200),
    _F("is_lead", _K.BOOLEAN, "Trưởng đoàn"),
)
_FIELDS: tuple[FieldSpec, ...] = (
    *LETTER_FIELDS,
    BASES_FIELD,
    _F("purpose", _K.ENUM, "Nội dung phối hợp", required=True, choices=_PURPOSES),
    _F(
        "addressed_to",
        _K.ENUM,
        "Gửi người sử dụng lao động hay cơ quan",
        required=True,
        choices=_TO,
    ),
    _F("addressee_title", _K.TEXT, "Cách gọi nơi nhận (để trống: Quý cơ quan)", max_length=50),
    _F("topic", _K.TEXT, "Việc cần phối hợp", required=True, max_length=300),
    _F("visit_from", _K.DATE, "Làm việc từ ngày", source="lịch khảo sát"),
    _F("visit_to", _K.DATE, "Làm việc đến ngày", source="lịch khảo sát"),
    _F("start_time", _K.TIME, "Giờ bắt đầu", source=GIVEN),
    _F("venue", _K.TEXT, "Địa điểm làm việc", source="địa chỉ doanh nghiệp"),
    _F("team", _K.ROWS, "Đoàn công tác", item=_TEAM, source="lịch khảo sát"),
    _F("asked_items", _K.TEXT_LIST, "Nội dung đề nghị", required=True, minimum=1, source=GIVEN),
    *ANSWER_FIELDS,
)


def _is_visit(data: Data) -> bool:
    return data.get("purpose") == "visit"


def subject(data: Data) -> str:
    """What follows `V/v`, the same in the register."""
    return f"phối hợp {text(data, 'topic').rstrip('.')}"


def _check(data: Data) -> tuple[Problem, ...]:
    problems = [*basis_problems(data), *deadline_problems(data)]
    if _is_visit(data):
        problems += _visit_problems(data)
    return (*problems, *_team_problems(data))


def _visit_problems(data: Data) -> list[Problem]:
    """A visit has its days, place and team; the answer is due before it begins."""
    needed = {"visit_from": "ngày làm việc", "venue": "địa điểm", "team": "đoàn công tác"}
    problems = [
        Problem("missing_for_visit", f"Công văn về việc làm việc phải có {label}.", (key,))
        for key, label in needed.items()
        if not data.get(key)
    ]
    first, last, until = (day(data, key) for key in ("visit_from", "visit_to", "deadline"))
    if first and last and last < first:
        message = f"Ngày kết thúc ({format_long(last)}) trước ngày bắt đầu ({format_long(first)})."
        problems.append(Problem("date_order", message, ("visit_to", "visit_from")))
    if first and until and until > first:
        message = (
            f"Hạn trả lời ({format_long(until)}) sau ngày đoàn đến làm việc ({format_long(first)})."
        )
        problems.append(Problem("date_order", message, ("deadline", "visit_from")))
    return problems


def _team_problems(data: Data) -> list[Problem]:
    """One lead, nobody twice."""
    team = rows(data, "team")
    problems = repeated_problems(names_of(team, "full_name"), key="team", what="Người")
    leads = [index for index, row in enumerate(team) if row.get("is_lead")]
    if len(leads) > 1:
        fields = tuple(f"team[{index}].is_lead" for index in leads)
        problems.append(Problem("one_lead", "Đoàn công tác chỉ có một Trưởng đoàn.", fields))
    return problems


def _legal_phrase(data: Data, rules: RuleProfile) -> str:
    """``; căn cứ khoản 5 Điều 25 Luật Công đoàn ngày ...``: the duty to answer, where the law of the day has one."""
    to_employer = data.get("addressed_to") == "employer"
    article = rules.employer_information if to_employer else rules.authority_support
    if not article or rules.law.date is None:
        return ""
    return f"; căn cứ {article} {rules.law.type_name} {format_long(rules.law.date)}"


def _person(row: Row) -> str:
    post = value(row, "post")
    name = f"Đồng chí {value(row, 'full_name')}" + (f", {post}" if post else "")
    return f"{name} - Trưởng đoàn" if row.get("is_lead") else name


def visit_time(start: str, first: date | None, last: date | None) -> str:
    """``từ 08 giờ 00 phút, ngày 08 tháng 5 năm 2024``; over several days from the first to the last."""
    if first is None:
        return ""
    begins = format_long(first)
    clock = f"{format_time(time.fromisoformat(start))}, " if start else ""
    if last is None or last == first:
        return f"{clock}{begins}"
    return f"từ {clock}{begins} đến {format_long(last)}"


def _context(data: Data, numbering: Numbering) -> Context:
    names = addressees(data)
    title = text(data, "addressee_title") or "Quý cơ quan"
    return letter_context(data, numbering, subject=subject(data)) | {
        "van_ban_thuc_hien": carried_out(data),
        "can_cu_luat_trong_cau": _legal_phrase(data, rules_for(data, numbering)),
        "viec_phoi_hop": text(data, "topic").rstrip("."),
        "quy_don_vi": title,
        "nguoi_duoc_de_nghi": called(names, several="các cơ quan, đơn vị có tên trên"),
        "thoi_gian_lam_viec": visit_time(
            text(data, "start_time"), day(data, "visit_from"), day(data, "visit_to")
        ),
        "dia_diem": text(data, "venue").rstrip("."),
        "ds_nguoi_lam_viec": [_person(row) for row in rows(data, "team")],
        "ds_noi_dung_de_nghi": [entry.rstrip(" .;") for entry in texts(data, "asked_items")],
        **answer_context(data),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="coordination_letter",
        label_vi="Công văn phối hợp",
        symbol_type=None,
        annexes=(),
        fields=_FIELDS,
        example=COORDINATION_LETTER,
    ),
    template=lambda data: (
        f"coordination_letter/{'lam_viec' if _is_visit(data) else 'cung_cap_thong_tin'}"
    ),
    check=_check,
    context=_context,
    register_subject=lambda data: f"Về việc {subject(data)}",
)
