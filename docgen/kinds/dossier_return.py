"""Phiếu chuyển that returns an incomplete dossier: what is missing, what is wrong, until when (4.e e10). Pure."""

from __future__ import annotations

from core.citations import Citation, cite
from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import (
    COMMON_FIELDS,
    GIVEN,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.campaign_fields import points, upper_first
from docgen.kinds.common import common_context, day, group, rows, text
from docgen.kinds.letter_examples import DOSSIER_RETURN
from docgen.kinds.letters import deadline_problems, names_of, repeated_problems
from docgen.kinds.people import Row, union_name_problems, value

_F = FieldSpec
_K = FieldKind

_REQUEST = (_F("type_name", _K.TEXT, "Loại văn bản", max_length=50), *REFERENCE_FIELDS)
_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="hồ sơ thành lập"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("returned_to", _K.TEXT, "Trả hồ sơ cho", required=True, source="hồ sơ thành lập"),
    _F("request_document", _K.GROUP, "Văn bản đề nghị", item=_REQUEST, source="hồ sơ thành lập"),
    _F("received_on", _K.DATE, "Ngày nhận hồ sơ", required=True, source="hồ sơ thành lập"),
    _F(
        "missing_items",
        _K.ROWS,
        "Thành phần còn thiếu",
        source=GIVEN,
        item=(_F("item", _K.TEXT, "Thành phần hồ sơ", required=True),),
    ),
    _F(
        "faulty_items",
        _K.ROWS,
        "Thành phần phải sửa",
        source=GIVEN,
        item=(
            _F("item", _K.TEXT, "Thành phần hồ sơ", required=True),
            _F("reason", _K.TEXT, "Lý do", required=True),
        ),
    ),
    _F("deadline", _K.DATE, "Thời hạn bổ sung", required=True, source=GIVEN),
    _F("submit_to", _K.TEXT, "Nơi nhận hồ sơ bổ sung", required=True),
    _F("contact", _K.TEXT, "Thông tin liên hệ", source=GIVEN),
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    return f"Về việc trả hồ sơ đề nghị công nhận {text(data, 'union_name')}"


def _check(data: Data) -> tuple[Problem, ...]:
    missing, faulty = rows(data, "missing_items"), rows(data, "faulty_items")
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    if not missing and not faulty:
        message = (
            "Chưa ghi thành phần hồ sơ còn thiếu hoặc phải sửa. Ghi các thành phần đã nhận vào hồ sơ thành lập, "
            "hoặc ghi thẳng vào missing_items, faulty_items."
        )
        problems.append(Problem("missing_items", message, ("missing_items", "faulty_items")))
    names = [*names_of(missing, "item"), *names_of(faulty, "item")]
    problems += repeated_problems(names, key="missing_items", what="Thành phần")
    return (*problems, *_date_problems(data), *deadline_problems(data))


def _date_problems(data: Data) -> list[Problem]:
    """Request, receipt and return come in this order."""
    received, returned = day(data, "received_on"), day(data, "intended_date")
    request = group(data, "request_document")
    asked = day(request, "date")
    problems = []
    if received and returned and returned < received:
        message = (
            f"Ngày trả hồ sơ ({format_long(returned)}) trước ngày nhận ({format_long(received)})."
        )
        problems.append(Problem("date_order", message, ("intended_date", "received_on")))
    if received and asked and received < asked:
        message = f"Ngày nhận hồ sơ ({format_long(received)}) trước ngày văn bản đề nghị ({format_long(asked)})."
        problems.append(Problem("date_order", message, ("received_on", "request_document.date")))
    return problems


def _faulty(row: Row) -> str:
    reason = value(row, "reason").rstrip(" .;")
    return f"{value(row, 'item').rstrip(' .;')}: {reason[:1].lower()}{reason[1:]}"


def _listed(lines: list[str]) -> list[dict[str, object]]:
    """Points with their end marks."""
    last = len(lines) - 1
    return points([f"{line}{'.' if at == last else ';'}" for at, line in enumerate(lines)])


def _context(data: Data, numbering: Numbering) -> Context:
    request, received = group(data, "request_document"), day(data, "received_on")
    until = day(data, "deadline")
    missing, faulty = rows(data, "missing_items"), rows(data, "faulty_items")
    return common_context(data, numbering, subject=subject(data)) | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "noi_duoc_tra": text(data, "returned_to"),
        "van_ban_kem_ho_so": (
            f"{cite(Citation.of(request, type_name='Tờ trình'))} và hồ sơ kèm theo"
            if request
            else f"hồ sơ đề nghị công nhận {text(data, 'union_name')}"
        ),
        "ngay_nhan_ho_so": upper_first(format_long(received)) if received else "",
        "so_thanh_phan_thieu": count_with_words(len(missing)) if missing else "",
        "so_thanh_phan_sua": count_with_words(len(faulty)) if faulty else "",
        "ds_con_thieu": _listed([value(row, "item").rstrip(" .;") for row in missing]),
        "ds_phai_sua": _listed([_faulty(row) for row in faulty]),
        "han_thuc_hien": format_long(until) if until else "",
        "noi_nhan_ho_so": text(data, "submit_to"),
        "lien_he": text(data, "contact").rstrip("."),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="dossier_return",
        label_vi="Phiếu trả hồ sơ chưa đầy đủ",
        symbol_type="PC",
        annexes=(),
        fields=_FIELDS,
        example=DOSSIER_RETURN,
    ),
    template=lambda _data: "dossier_return/tra_ho_so",
    check=_check,
    context=_context,
    register_subject=subject,
)
