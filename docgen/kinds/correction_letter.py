"""Công văn đính chính: faults of form in an issued paper (ND30 Điều 18 k3, model 1.5). Pure.

A fault of content is mended by a paper of equal form that replaces the old one, not by a letter.
"""

from __future__ import annotations

from core.citations import Citation, cite, cite_again
from core.dates import format_long
from core.errors import Problem
from core.letters import nfc
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import GIVEN, Context, Data, DocumentKind, Numbering
from docgen.kinds.common import addressees, day, group, rows, rules_for
from docgen.kinds.letter_examples import CORRECTION_LETTER
from docgen.kinds.letters import LETTER_FIELDS, called, letter_context
from docgen.kinds.people import Row, value

_F = FieldSpec
_K = FieldKind

_CORRECTED = (
    _F("type_name", _K.TEXT, "Loại văn bản", required=True, max_length=50),
    _F("code", _K.TEXT, "Số, ký hiệu", required=True, max_length=80),
    _F("date", _K.DATE, "Ngày ban hành", required=True),
    _F("issuer", _K.TEXT, "Cơ quan ban hành", required=True),
    _F("subject", _K.TEXT, "Trích yếu", max_length=1000),
)
_CORRECTIONS = (
    _F("place", _K.TEXT, "Chỗ sai (trang, dòng, điều, khoản)", required=True),
    _F("printed", _K.TEXT, "Đã in", required=True, max_length=1000),
    _F("corrected", _K.TEXT, "Sửa lại là", required=True, max_length=1000),
)
_FIELDS: tuple[FieldSpec, ...] = (
    *LETTER_FIELDS,
    _F(
        "corrected_document",
        _K.GROUP,
        "Văn bản được đính chính",
        required=True,
        item=_CORRECTED,
        source="sổ đăng ký văn bản đi",
    ),
    _F(
        "corrections",
        _K.ROWS,
        "Các lỗi được đính chính",
        required=True,
        minimum=1,
        item=_CORRECTIONS,
        source=GIVEN,
        help_vi="Chỉ lỗi thể thức, kỹ thuật trình bày; sai nội dung thì thay bằng văn bản khác (docgen replace).",
    ),
)


def _corrected(data: Data) -> Citation:
    return Citation.of(group(data, "corrected_document"))


def subject(data: Data) -> str:
    """What follows `V/v`: type, number and date name the paper."""
    cited = _corrected(data)
    made = f" {format_long(cited.date)}" if cited.date else ""
    return f"đính chính {cite_again(cited)}{made}"


def _check(data: Data) -> tuple[Problem, ...]:
    written, made = day(data, "intended_date"), _corrected(data).date
    problems: list[Problem] = []
    if written and made and written < made:
        message = (
            f"Ngày đính chính ({format_long(written)}) trước ngày văn bản được đính chính "
            f"({format_long(made)})."
        )
        problems.append(
            Problem("date_order", message, ("intended_date", "corrected_document.date"))
        )
    for index, row in enumerate(rows(data, "corrections")):
        if value(row, "printed") and nfc(value(row, "printed")) == nfc(value(row, "corrected")):
            message = f"Lỗi thứ {index + 1}: nội dung sửa giống nội dung đã in. Ghi lại cho đúng, hoặc bỏ dòng này."
            fields = (f"corrections[{index}].printed", f"corrections[{index}].corrected")
            problems.append(Problem("nothing_corrected", message, fields))
    return tuple(problems)


def _line(row: Row) -> str:
    place = value(row, "place").rstrip(" .;:,")
    return (
        f"{place[:1].upper()}{place[1:]}: đã in “{value(row, 'printed')}”, "
        f"nay sửa lại là “{value(row, 'corrected')}”"
    )


def _context(data: Data, numbering: Numbering) -> Context:
    cited = _corrected(data)
    return letter_context(data, numbering, subject=subject(data)) | {
        "van_ban_duoc_dinh_chinh": cite(cited),
        "ten_goi_van_ban": cite_again(cited),
        "can_cu_dinh_chinh": rules_for(data, numbering).correction_basis,
        "ds_dinh_chinh": [_line(row) for row in rows(data, "corrections")],
        "goi_don_vi": called(addressees(data), several="các cơ quan, đơn vị có tên trên"),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="correction_letter",
        label_vi="Công văn đính chính",
        symbol_type=None,
        annexes=(),
        fields=_FIELDS,
        example=CORRECTION_LETTER,
    ),
    template=lambda _data: "correction_letter/dinh_chinh",
    check=_check,
    context=_context,
    register_subject=lambda data: f"Về việc {subject(data)}",
)
