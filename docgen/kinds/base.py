"""What a document kind is: schema, cross-field check, template and Vietnamese context. Pure.

One way through: `data` (English keys, plain JSON, frozen with the document) -> `check` -> `context`
(unaccented Vietnamese names, plain values, as the Word template says them) -> engine. `docgen make`
and the store use the same three steps; the store only collects `data` first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import Problem
from core.schema import Choice, FieldKind, FieldSpec, KindSchema

Data = Mapping[str, object]
Context = dict[str, object]

#: Source of a field that a person writes because no record holds it; ``docgen request --data`` takes these.
GIVEN = "người soạn thảo"


@dataclass(frozen=True, slots=True)
class Numbering:
    """Number and date of a paper. A draft has no number and no issue date (ND30 Điều 15 k2).

    ``intended_date`` gives a draft its month, year and rule profile.
    """

    number: int | None = None
    suffix: str = ""
    issue_date: date | None = None
    intended_date: date | None = None

    @property
    def on(self) -> date | None:
        """The date that decides the rule profile: issue date, else intended date."""
        return self.issue_date or self.intended_date


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One document kind. All callables are pure and take checked data.

    ``template`` names the file under templates_docx (``founding_decision/thanh_lap``), chosen from data;
    ``check`` gives every cross-field problem at once, also of data that still lacks fields; a code that
    begins with ``missing_`` says that its fields must be given here. ``register_subject`` is the trích yếu
    for the book. ``warnings`` are problems that a person decides on: the paper can be made all the same.
    """

    schema: KindSchema
    template: Callable[[Data], str]
    check: Callable[[Data], tuple[Problem, ...]]
    context: Callable[[Data, Numbering], Context]
    register_subject: Callable[[Data], str]
    warnings: Callable[[Data], tuple[Problem, ...]] = lambda _data: ()


SIGNING_MODES = (
    Choice("TM", "Thay mặt tập thể"),
    Choice("TM_KT", "Thay mặt tập thể, ký thay người đứng đầu"),
    Choice("KT", "Ký thay"),
    Choice("TL", "Thừa lệnh"),
    Choice("TUQ", "Thừa ủy quyền"),
    Choice("Q", "Quyền"),
    Choice("none", "Người đứng đầu ký trực tiếp"),
)

_F = FieldSpec
_K = FieldKind

#: How one cited document is given (domain brief §4.0.1). `issuer` as printed after "của".
CITATION_FIELDS: tuple[FieldSpec, ...] = (
    _F("type_name", _K.TEXT, "Loại văn bản", required=True),  # Quyết định, Luật, Điều lệ ...
    _F("code", _K.TEXT, "Số, ký hiệu"),  # 675/QĐ-TLĐ; none for a law or the charter
    _F("date", _K.DATE, "Ngày ban hành"),
    _F("issuer", _K.TEXT, "Cơ quan ban hành"),
    _F("subject", _K.TEXT, "Trích yếu"),
    _F("is_law", _K.BOOLEAN, "Là luật, pháp lệnh, điều lệ"),
)

#: A paper of our own that this one stands on: founding decision of a committee decision, and so on.
REFERENCE_FIELDS: tuple[FieldSpec, ...] = (
    _F("code", _K.TEXT, "Số, ký hiệu", required=True),
    _F("date", _K.DATE, "Ngày ban hành", required=True),
    _F("issuer", _K.TEXT, "Cơ quan ban hành", required=True),
    _F("subject", _K.TEXT, "Trích yếu", required=True),
)

#: Header of every paper (domain brief §4.0): issuer, number, place.
HEADER_FIELDS: tuple[FieldSpec, ...] = (
    _F("parent_org_name", _K.TEXT, "Tên cơ quan chủ quản", source="tổ chức tại ngày văn bản"),
    _F("issuing_org_name", _K.TEXT, "Tên cơ quan ban hành", required=True, source="tổ chức"),
    _F("issuing_org_short", _K.TEXT, "Tên cơ quan ban hành viết trong câu", required=True),
    _F("doc_symbol", _K.TEXT, "Ký hiệu", required=True, max_length=30),
    _F("place_name", _K.TEXT, "Địa danh", required=True, source="trụ sở tại ngày văn bản"),
    _F("intended_date", _K.DATE, "Ngày dự kiến ban hành"),
)

#: Signer of every paper but minutes.
SIGNER_FIELDS: tuple[FieldSpec, ...] = (
    _F("signing_mode", _K.ENUM, "Quyền hạn ký", required=True, choices=SIGNING_MODES),
    _F("signing_collective", _K.TEXT, "Tập thể ký thay mặt"),  # BAN THƯỜNG VỤ
    _F("head_post", _K.TEXT, "Chức vụ người đứng đầu"),  # for KT., TL., TUQ., Q.
    _F("signer_post", _K.TEXT, "Chức vụ người ký", required=True),
    # A steering committee's head also prints his post in the host (ND30 PL I II.7c).
    _F("signer_host_post", _K.TEXT, "Chức vụ người ký ở cơ quan đóng dấu"),
    _F("signer_name", _K.TEXT, "Họ tên người ký", required=True),
)

RECIPIENT_FIELDS: tuple[FieldSpec, ...] = (
    _F("recipients", _K.TEXT_LIST, "Nơi nhận", required=True, minimum=1),
    _F("archive_units", _K.TEXT_LIST, "Đơn vị lưu", required=True, minimum=1),
    _F("copies", _K.INTEGER, "Số lượng bản", minimum=1),
)

#: Fields of every outgoing document (domain brief §4.0). Kinds put their own after these.
COMMON_FIELDS: tuple[FieldSpec, ...] = (*HEADER_FIELDS, *SIGNER_FIELDS, *RECIPIENT_FIELDS)

#: Fields every decision adds: bases of its own (else those of the rule profile) and who proposes it.
DECISION_FIELDS: tuple[FieldSpec, ...] = (
    _F(
        "legal_bases",
        _K.ROWS,
        "Căn cứ (để trống: theo quy định tại ngày văn bản)",
        item=CITATION_FIELDS,
    ),
    _F("proposing_unit", _K.TEXT, "Đơn vị đề nghị"),
    _F("executing_units", _K.TEXT, "Đơn vị, cá nhân thi hành", required=True),
)
