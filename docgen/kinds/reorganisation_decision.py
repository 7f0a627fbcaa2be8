"""Decision that dissolves, merges, transfers or receives grassroots unions (c7). Pure.

One union is named in the articles; several, as in the reform of 2025, stand in a list that is the annex.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.citations import Citation, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words, format_count, format_integer
from core.profiles import profile_on
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
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
from docgen.kinds.campaign_fields import repeated
from docgen.kinds.checks import (
    count_problems,
    decided_after,
    decided_before,
    ended_level_problems,
)
from docgen.kinds.common import day, decision_context, group, number, rows, text
from docgen.kinds.people import same_name, value

_F = FieldSpec
_K = FieldKind

ACTS = (
    Choice("dissolve", "Giải thể"),
    Choice("merge", "Sáp nhập"),
    Choice("transfer", "Chuyển giao"),
    Choice("receive", "Tiếp nhận"),
)
_LABELS = {choice.code: choice.label_vi for choice in ACTS}
_TEMPLATES = {
    "dissolve": "giai_the",
    "merge": "sap_nhap",
    "transfer": "chuyen_giao",
    "receive": "tiep_nhan",
}
#: What each act needs besides the unions, and what it is called in a message.
_NEEDED = {
    "dissolve": {"reason": "lý do giải thể"},
    "merge": {"successor_union": "công đoàn cơ sở nhận sáp nhập"},
    "transfer": {"receiving_org": "công đoàn cấp trên tiếp nhận"},
    "receive": {"giving_org": "công đoàn cấp trên chuyển giao"},
}

_UNION_FIELDS: tuple[FieldSpec, ...] = (
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, max_length=300),
    _F("members", _K.INTEGER, "Số đoàn viên", required=True, minimum=0),
    _F("chair", _K.TEXT, "Chủ tịch", max_length=100),
    _F("address", _K.TEXT, "Địa chỉ", max_length=300),
    _F("note", _K.TEXT, "Ghi chú", max_length=200),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("act", _K.ENUM, "Hình thức", required=True, choices=ACTS),
    _F(
        "direct_upper_org",
        _K.TEXT,
        "Công đoàn cấp trên quyết định",
        required=True,
        source="tổ chức tại ngày văn bản",
    ),
    _F(
        "unions",
        _K.ROWS,
        "Các công đoàn cơ sở",
        required=True,
        minimum=1,
        source="công đoàn cơ sở",
        item=_UNION_FIELDS,
    ),
    _F("union_count", _K.INTEGER, "Số công đoàn cơ sở", minimum=1),
    _F("members_total", _K.INTEGER, "Tổng số đoàn viên", minimum=0),
    _F("successor_union", _K.TEXT, "Công đoàn cơ sở nhận sáp nhập", max_length=300),
    _F("successor_members", _K.INTEGER, "Số đoàn viên của nơi nhận trước sáp nhập", minimum=0),
    _F("members_after", _K.INTEGER, "Số đoàn viên sau sáp nhập", minimum=0),
    _F("receiving_org", _K.TEXT, "Công đoàn cấp trên tiếp nhận", max_length=300),
    _F("giving_org", _K.TEXT, "Công đoàn cấp trên chuyển giao", max_length=300),
    _F("effective_on", _K.DATE, "Thực hiện kể từ ngày", required=True),
    _F("handover_by", _K.DATE, "Bàn giao xong chậm nhất ngày"),
    _F("reason", _K.TEXT, "Lý do", max_length=300),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=REFERENCE_FIELDS),
    _F("transfer_decision", _K.GROUP, "Quyết định chuyển giao", item=REFERENCE_FIELDS),
    *DECISION_FIELDS,
    _F("effective_date", _K.DATE, "Ngày có hiệu lực (để trống: ngày ký)"),
)


def _act(data: Data) -> str:
    return text(data, "act")


def _is_list(data: Data) -> bool:
    return len(rows(data, "unions")) > 1


def _names(data: Data) -> str:
    """The one union by name; several by their number: ``03 (ba) công đoàn cơ sở``."""
    unions = rows(data, "unions")
    if len(unions) == 1:
        return value(unions[0], "union_name")
    return f"{count_with_words(len(unions))} công đoàn cơ sở"


def _members(data: Data) -> int:
    return sum(number(row, "members") or 0 for row in rows(data, "unions"))


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    unions = rows(data, "unions")
    names = value(unions[0], "union_name") if len(unions) == 1 else "các công đoàn cơ sở"
    where = {
        "dissolve": f" trực thuộc {text(data, 'direct_upper_org')}" if len(unions) > 1 else "",
        "merge": f" vào {text(data, 'successor_union')}",
        "transfer": f" về {text(data, 'receiving_org')}",
        "receive": f" từ {text(data, 'giving_org')}",
    }
    return f"Về việc {_LABELS[_act(data)].lower()} {names}{where[_act(data)]}"


def _check(data: Data) -> tuple[Problem, ...]:
    problems = [
        Problem(
            "missing_for_act", f"Quyết định {_LABELS[_act(data)].lower()} phải có {label}.", (key,)
        )
        for key, label in _NEEDED.get(_act(data), {}).items()
        if not text(data, key)
    ]
    problems += count_problems(
        data, "union_count", of="unions", label="Số công đoàn cơ sở", unit="công đoàn cơ sở"
    )
    decided = Citation.of(group(data, "transfer_decision")).date
    request = Citation.of(group(data, "request_document")).date
    problems += decided_before(
        data,
        {
            "request_document.date": ("ngày văn bản đề nghị", request),
            "transfer_decision.date": ("ngày quyết định chuyển giao", decided),
        },
    )
    problems += decided_after(
        data,
        {
            "effective_on": ("ngày thực hiện", day(data, "effective_on")),
            "effective_date": ("ngày có hiệu lực", day(data, "effective_date")),
        },
    )
    return (
        *problems,
        *_name_problems(data),
        *_sum_problems(data),
        *_handover_problems(data),
        *_ended_levels(data),
    )


def _name_problems(data: Data) -> Iterable[Problem]:
    names = [value(row, "union_name") for row in rows(data, "unions")]
    for name in repeated(names):
        message = f"Danh sách có nhiều dòng của cùng “{name}”. Hãy bỏ dòng thừa."
        yield Problem("union_twice", message, ("unions",))
    successor = text(data, "successor_union")
    if successor and any(same_name(name, successor) for name in names):
        message = f"“{successor}” vừa bị sáp nhập vừa nhận sáp nhập. Hãy sửa một trong hai chỗ."
        yield Problem("merged_into_itself", message, ("successor_union", "unions"))
    for key in ("receiving_org", "giving_org"):
        other = text(data, key)
        if other and same_name(other, text(data, "direct_upper_org")):
            message = f"“{other}” vừa chuyển giao vừa tiếp nhận công đoàn cơ sở. Hãy sửa một trong hai chỗ."
            yield Problem("same_upper", message, (key, "direct_upper_org"))


def _sum_problems(data: Data) -> Iterable[Problem]:
    total, listed = number(data, "members_total"), _members(data)
    if total is not None and total != listed:
        message = (
            f"Tổng số đoàn viên ghi {format_integer(total)}, các dòng cộng lại là "
            f"{format_integer(listed)}. Hãy sửa một trong hai cho khớp."
        )
        yield Problem("members_total", message, ("members_total", "unions"))
    before, after = number(data, "successor_members"), number(data, "members_after")
    if before is not None and after is not None and before + listed != after:
        message = (
            f"Sau sáp nhập ghi {format_integer(after)} đoàn viên, nhưng {format_integer(before)} + "
            f"{format_integer(listed)} = {format_integer(before + listed)}. Hãy sửa cho khớp."
        )
        yield Problem("members_after", message, ("members_after", "successor_members"))


def _handover_problems(data: Data) -> Iterable[Problem]:
    start, until = day(data, "effective_on"), day(data, "handover_by")
    if start and until and until < start:
        message = (
            f"Hạn bàn giao ({format_long(until)}) trước ngày thực hiện ({format_long(start)})."
        )
        yield Problem("date_order", message, ("handover_by", "effective_on"))


def _ended_levels(data: Data) -> list[Problem]:
    """Who gives may be a district that just ended; who decides or receives is there on the day."""
    named = [(key, text(data, key)) for key in ("direct_upper_org", "receiving_org")]
    return ended_level_problems(named, rules=profile_on(day(data, "intended_date")))


def _basis_lines(data: Data) -> list[str]:
    transfer, request = group(data, "transfer_decision"), group(data, "request_document")
    lines = []
    if transfer:
        lines.append(f"Căn cứ {cite(Citation.of(transfer, type_name='Quyết định'))}")
    if request:
        lines.append(f"Xét {cite(Citation.of(request, type_name='Tờ trình'))}")
    return lines


def _after(data: Data) -> str:
    """Members of the receiving union after the merger; empty when its own number is not known."""
    before, after = number(data, "successor_members"), number(data, "members_after")
    if after is None and before is not None:
        after = before + _members(data)
    return "" if after is None else format_count(after)


def _union_row(at: int, row: Data) -> dict[str, object]:
    return {
        "tt": at,
        "ten": value(row, "union_name"),
        "dia_chi": value(row, "address"),
        "so_doan_vien": format_integer(number(row, "members") or 0),
        "chu_tich": value(row, "chair"),
        "ghi_chu": value(row, "note"),
    }


def _context(data: Data, numbering: Numbering) -> Context:
    start, until, effective = (
        day(data, key) for key in ("effective_on", "handover_by", "effective_date")
    )
    unions = rows(data, "unions")
    one = len(unions) == 1
    common = decision_context(data, numbering, subject=subject(data), lines=_basis_lines(data))
    return common | {
        "cac_cong_doan": _names(data),
        "goi_cac_cong_doan": _names(data) if one else "các công đoàn cơ sở có tên tại Phụ lục",
        "tong_doan_vien": format_count(_members(data)) if _members(data) else "",
        "cong_doan_cap_tren": text(data, "direct_upper_org"),
        "cong_doan_nhan_sap_nhap": text(data, "successor_union"),
        "so_doan_vien_sau_sap_nhap": _after(data),
        "noi_tiep_nhan": text(data, "receiving_org"),
        "noi_chuyen_giao": text(data, "giving_org"),
        "ngay_thuc_hien": format_long(start) if start else "",
        "han_ban_giao": format_long(until) if until else "",
        "ly_do": text(data, "reason").rstrip("."),
        "ds_cong_doan": [_union_row(at, row) for at, row in enumerate(unions, start=1)],
        "don_vi_thi_hanh": text(data, "executing_units"),
        "ngay_hieu_luc": format_long(effective) if effective else "ngày ký",
    }


def _template(data: Data) -> str:
    return (
        f"reorganisation_decision/{_TEMPLATES[_act(data)]}{'_danh_sach' if _is_list(data) else ''}"
    )


KIND = DocumentKind(
    schema=KindSchema(
        kind="reorganisation_decision",
        label_vi="Quyết định giải thể, sáp nhập, chuyển giao, tiếp nhận công đoàn cơ sở",
        symbol_type="QĐ",
        annexes=("Danh sách công đoàn cơ sở",),
        fields=_FIELDS,
        example=examples.REORGANISATION_DECISION,
    ),
    template=_template,
    check=_check,
    context=_context,
    register_subject=subject,
)
