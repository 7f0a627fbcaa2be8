"""Quyết định giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở, with its quota annex. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from core.dates import format_short
from core.errors import Problem
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import COMMON_FIELDS, DECISION_FIELDS, Context, Data, DocumentKind, Numbering
from docgen.kinds.campaign_fields import (
    QUOTA_FIELD,
    TARGETS_FIELD,
    check_quota,
    count,
    quota_context,
    required_day,
    target_context,
)
from docgen.kinds.common import day, decision_context, group, number, rows, text
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign, sample_citations

_F = FieldSpec
_K = FieldKind

_OWN_FIELDS = (
    _F("subject", _K.TEXT, "Trích yếu", required=True),
    _F("year", _K.INTEGER, "Năm giao chỉ tiêu", required=True, minimum=2000),
    TARGETS_FIELD,
    QUOTA_FIELD,
    _F("base_date", _K.DATE, "Ngày chốt số đoàn viên đầu kỳ", required=True),
    _F("report_rule", _K.TEXT, "Chế độ báo cáo", required=True, max_length=2000),
    _F("monitored_by", _K.TEXT, "Đơn vị theo dõi, tổng hợp", required=True),
)


def _check(data: Data) -> tuple[Problem, ...]:
    return (*check_quota(data), *_check_base_date(data))


def _check_base_date(data: Data) -> Iterable[Problem]:
    base, year = day(data, "base_date"), number(data, "year")
    if base is not None and year is not None and base.year > year:
        yield Problem(
            "base_date_late",
            f"Số đoàn viên đầu kỳ chốt ngày {format_short(base)}, sau năm giao chỉ tiêu {year}.",
            ("base_date", "year"),
        )


def _context(data: Data, numbering: Numbering) -> Context:
    return {
        **decision_context(data, numbering, subject=text(data, "subject")),
        "nam_chi_tieu": count(data, "year"),
        "chi_tieu": target_context(group(data, "targets")),
        "ngay_dau_ky": format_short(required_day(data, "base_date")),
        "che_do_bao_cao": text(data, "report_rule"),
        "don_vi_theo_doi": text(data, "monitored_by"),
        "don_vi_thi_hanh": text(data, "executing_units"),
        **quota_context(rows(data, "quota_rows")),
    }


def _example() -> dict[str, object]:
    sample = sample_campaign()
    return {
        **PROVINCE_2024,
        "doc_symbol": "QĐ-LĐLĐ",
        "intended_date": "2024-05-03",
        "recipients": [
            "Tổng Liên đoàn Lao động Việt Nam (để b/c)",
            "Thường trực, Ban Thường vụ LĐLĐ tỉnh",
        ],
        "copies": 20,
        "subject": "Về việc giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
        "year": 2024,
        "legal_bases": sample_citations("quota_decision"),
        "proposing_unit": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
        "targets": dict(sample["targets"]),
        "quota_rows": sample["quota"],
        "base_date": "2023-12-31",
        "report_rule": (
            "báo cáo kết quả về Liên đoàn Lao động tỉnh (qua Ban Tổ chức - Kiểm tra) "
            "trước ngày 20 hằng tháng"
        ),
        "monitored_by": "Ban Tổ chức - Kiểm tra",
        "executing_units": (
            "Văn phòng, các ban Liên đoàn Lao động tỉnh và các đơn vị có tên tại Phụ lục kèm theo"
        ),
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="quota_decision",
        label_vi="Quyết định giao chỉ tiêu",
        symbol_type="QĐ",
        annexes=("Phụ lục",),
        fields=(*COMMON_FIELDS, *DECISION_FIELDS, *_OWN_FIELDS),
        example=_example(),
    ),
    template=lambda _: "quota_decision/giao_chi_tieu",
    check=_check,
    context=_context,
    register_subject=lambda data: text(data, "subject"),
)
