"""Quyết định phân công thành viên Ban Chỉ đạo phụ trách địa bàn, with the list as its annex. Pure.

The committee may issue it in its own series (`QĐ-BCĐ`) under the host's seal: the signer's post in the host
then stands above the name (ND30 PL I II.3a, II.7c). Or the standing committee issues it (`QĐ-LĐLĐ`).
"""

from __future__ import annotations

from core.citations import Citation, cite
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.assignments import ASSIGNMENT_FIELDS, assignment_context, assignment_problems
from docgen.kinds.base import (
    COMMON_FIELDS,
    DECISION_FIELDS,
    REFERENCE_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.campaign_fields import Row
from docgen.kinds.common import authority_line, decision_context, group, text
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign, sample_citations

_F = FieldSpec
_K = FieldKind

_OWN_FIELDS = (
    _F("subject", _K.TEXT, "Trích yếu", required=True),
    _F("committee_name", _K.TEXT, "Tên Ban Chỉ đạo", required=True),
    *ASSIGNMENT_FIELDS,
    _F("report_rule", _K.TEXT, "Chế độ báo cáo", required=True, max_length=2000),
    _F("replaces", _K.GROUP, "Thay thế quyết định", item=REFERENCE_FIELDS),
)


def _context(data: Data, numbering: Numbering) -> Context:
    return {
        **decision_context(data, numbering, subject=text(data, "subject")),
        **assignment_context(data),
        # TRƯỞNG BAN + BAN CHỈ ĐẠO ... is said with one BAN.
        "tham_quyen": authority_line(data).replace("BAN BAN ", "BAN "),
        "ten_ban_chi_dao": text(data, "committee_name"),
        "che_do_bao_cao": text(data, "report_rule"),
        "quyet_dinh_thay_the": _replaced(group(data, "replaces")),
        "don_vi_thi_hanh": text(data, "executing_units"),
    }


def _replaced(reference: Row) -> str:
    return cite(Citation.of(reference, type_name="Quyết định")) if reference else ""


def _example() -> dict[str, object]:
    sample = sample_campaign()
    return {
        **{key: value for key, value in PROVINCE_2024.items() if key != "signing_collective"},
        "parent_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "issuing_org_name": "BAN CHỈ ĐẠO PHÁT TRIỂN ĐOÀN VIÊN",
        "issuing_org_short": "Ban Chỉ đạo phát triển đoàn viên",
        "doc_symbol": "QĐ-BCĐ",
        "intended_date": "2024-05-06",
        "signing_mode": "none",
        "signer_post": "TRƯỞNG BAN",
        "signer_host_post": "CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH",
        "recipients": ["Thường trực LĐLĐ tỉnh"],
        "copies": 20,
        "subject": "Về việc phân công thành viên Ban Chỉ đạo phát triển đoàn viên phụ trách địa bàn năm 2024",
        "committee_name": "Ban Chỉ đạo phát triển đoàn viên",
        "legal_bases": sample_citations("assignment_decision"),
        "proposing_unit": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
        "period_from": "2024-05-06",
        "period_to": "2024-12-31",
        "assignments": sample["assignments"],
        "area_targets": [
            {
                "area": row["org_name"],
                "new_members": row["new_members"],
                "new_unions": row["new_unions"],
            }
            for row in sample["quota"]
        ],
        "targets": {key: sample["targets"][key] for key in ("new_members", "new_unions")},
        "report_rule": "báo cáo kết quả về Ban Chỉ đạo (qua Ban Tổ chức - Kiểm tra) trước ngày 20 hằng tháng",
        "executing_units": (
            "Văn phòng, các ban Liên đoàn Lao động tỉnh, Liên đoàn Lao động các huyện, thành phố "
            "và các đồng chí có tên tại Phụ lục kèm theo"
        ),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="assignment_decision",
        label_vi="Quyết định phân công phụ trách địa bàn",
        symbol_type="QĐ",
        annexes=("Phụ lục",),
        fields=(*COMMON_FIELDS, *DECISION_FIELDS, *_OWN_FIELDS),
        example=_example(),
    ),
    template=lambda _: "assignment_decision/phu_trach_dia_ban",
    check=assignment_problems,
    context=_context,
    register_subject=lambda data: text(data, "subject"),
)
