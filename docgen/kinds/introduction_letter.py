"""Introduction letter (giấy giới thiệu, ND30 model 1.8): no trích yếu. Pure."""

from __future__ import annotations

from core.dates import format_long
from core.errors import Problem
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples
from docgen.kinds.base import COMMON_FIELDS, Context, Data, DocumentKind, Numbering
from docgen.kinds.common import common_context, day, rows, text
from docgen.kinds.people import GENDERS, Row, value

_F = FieldSpec
_K = FieldKind

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("introduced_person", _K.TEXT, "Người được giới thiệu", required=True, max_length=100),
    _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
    _F("post", _K.TEXT, "Chức vụ", required=True, max_length=150),
    _F("org", _K.TEXT, "Đơn vị công tác"),
    _F(
        "companions",
        _K.ROWS,
        "Người cùng đi",
        item=(
            _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
            _F("gender", _K.ENUM, "Giới tính", choices=GENDERS),
            _F("post", _K.TEXT, "Chức vụ", max_length=150),
        ),
    ),
    _F("sent_to", _K.TEXT, "Được cử đến", required=True),
    _F("sent_to_title", _K.TEXT, "Cách gọi nơi đến (để trống: Quý cơ quan)", max_length=50),
    _F("purpose", _K.TEXT, "Về việc", required=True),
    _F("valid_until", _K.DATE, "Giá trị đến hết ngày", required=True),
)
_TITLES = {"male": "Ông", "female": "Bà"}


def subject(data: Data) -> str:
    """What the register says after `Giấy giới thiệu`; the paper itself has no trích yếu."""
    title = _TITLES.get(text(data, "gender"), "ông (bà)").lower()
    person, place, why = (text(data, key) for key in ("introduced_person", "sent_to", "purpose"))
    return f"{title} {person} đến {place} về việc {why[:1].lower()}{why[1:]}"


def _post(data: Data) -> str:
    post, org = text(data, "post"), text(data, "org")
    return f"{post}, {org}" if org else post


def _check(data: Data) -> tuple[Problem, ...]:
    written, until = day(data, "intended_date"), day(data, "valid_until")
    if written and until and until < written:
        message = (
            f"Ngày hết giá trị ({format_long(until)}) trước ngày ban hành ({format_long(written)})."
        )
        return (Problem("date_order", message, ("valid_until", "intended_date")),)
    return ()


def _companion(row: Row) -> str:
    title = _TITLES.get(value(row, "gender"), "")
    name = f"{title} {value(row, 'full_name')}".strip()
    return ", ".join(part for part in (name, value(row, "post")) if part)


def _addressed(data: Data) -> str:
    """Whom the letter asks help for: one person, or all who are named above."""
    if rows(data, "companions"):
        return "các ông (bà)"
    return _TITLES.get(text(data, "gender"), "ông (bà)").lower()


def _context(data: Data, numbering: Numbering) -> Context:
    until = day(data, "valid_until")
    return common_context(data, numbering) | {
        "danh_xung": _TITLES.get(text(data, "gender"), "Ông (bà)"),
        "goi_nguoi_di": _addressed(data),
        "ho_ten_nguoi_duoc_gioi_thieu": text(data, "introduced_person"),
        "chuc_vu_nguoi_duoc_gioi_thieu": _post(data),
        "ds_nguoi_di_cung": [_companion(row) for row in rows(data, "companions")],
        "noi_den": text(data, "sent_to"),
        "noi_dung_cong_viec": text(data, "purpose").rstrip("."),
        "quy_don_vi": text(data, "sent_to_title") or "Quý cơ quan",
        "ngay_het_gia_tri": format_long(until) if until else "",
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="introduction_letter",
        label_vi="Giấy giới thiệu",
        symbol_type="GGT",
        annexes=(),
        fields=_FIELDS,
        example=examples.INTRODUCTION_LETTER,
    ),
    template=lambda _data: "introduction_letter/giay_gioi_thieu",
    check=_check,
    context=_context,
    register_subject=subject,
)
