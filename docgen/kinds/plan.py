"""Kế hoạch of a campaign: purposes to report rule, with quota, enterprise list and timetable as annexes. Pure.

A plan sets the targets of a task and the organisation, staff and means for it (QĐ 933/QĐ-TLĐ Điều 8), so
targets, budget and means are required fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from core.citations import Citation, bases, punctuate
from core.dates import format_long, format_month, format_short
from core.errors import Problem
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import (
    CITATION_FIELDS,
    COMMON_FIELDS,
    Context,
    Data,
    DocumentKind,
    Numbering,
)
from docgen.kinds.campaign_fields import (
    QUOTA_FIELD,
    TARGETS_FIELD,
    check_quota,
    lower_first,
    period_of,
    points,
    quota_context,
    repeated,
    required_day,
    target_context,
)
from docgen.kinds.common import common_context, group, rows, text, texts
from docgen.kinds.plan_annexes import (
    ENTERPRISES_FIELD,
    TIMETABLE_FIELD,
    annex_context,
    check_annexes,
)
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign, sample_citations

_F = FieldSpec
_K = FieldKind
_LONG = 2000

_OWN_FIELDS = (
    _F("subject", _K.TEXT, "Trích yếu", required=True),
    _F(
        "legal_bases",
        _K.ROWS,
        "Căn cứ",
        required=True,
        minimum=1,
        item=CITATION_FIELDS,
        source="thư viện văn bản dẫn chiếu",
    ),
    _F("purposes", _K.TEXT_LIST, "Mục đích", required=True, minimum=1, max_length=_LONG),
    _F("requirements", _K.TEXT_LIST, "Yêu cầu", required=True, minimum=1, max_length=_LONG),
    _F("activities", _K.TEXT_LIST, "Nội dung", required=True, minimum=1, max_length=_LONG),
    TARGETS_FIELD,
    _F("period_from", _K.DATE, "Thời gian thực hiện: từ ngày", required=True),
    _F("period_to", _K.DATE, "Thời gian thực hiện: đến ngày", required=True),
    _F("peak_month", _K.PARTIAL_DATE, "Tháng cao điểm"),
    _F("locations", _K.TEXT_LIST, "Địa điểm", required=True, minimum=1, max_length=_LONG),
    _F("participants", _K.TEXT_LIST, "Thành phần", required=True, minimum=1, max_length=_LONG),
    _F("budget_source", _K.TEXT, "Kinh phí", required=True, max_length=_LONG),
    _F("means", _K.TEXT_LIST, "Nhân lực, phương tiện", required=True, minimum=1, max_length=_LONG),
    _F(
        "tasks_by_unit",
        _K.ROWS,
        "Nhiệm vụ của từng đơn vị",
        required=True,
        minimum=1,
        item=(
            _F("unit", _K.TEXT, "Đơn vị", required=True, max_length=200),
            _F("tasks", _K.TEXT_LIST, "Nhiệm vụ", required=True, minimum=1, max_length=_LONG),
        ),
    ),
    _F("report_rule", _K.TEXT, "Chế độ báo cáo", required=True, max_length=_LONG),
    QUOTA_FIELD,
    ENTERPRISES_FIELD,
    TIMETABLE_FIELD,
)


def _check(data: Data) -> tuple[Problem, ...]:
    return tuple(
        chain(
            _check_period(data),
            _check_units(data),
            check_quota(data),
            check_annexes(data),
        )
    )


def _check_period(data: Data) -> Iterable[Problem]:
    period = period_of(data)
    if period is None:
        return
    first, last = period
    if first > last:
        yield Problem(
            "period_reversed",
            f"Thời gian thực hiện bắt đầu ngày {format_short(first)}, sau ngày kết thúc "
            f"{format_short(last)}. Kiểm tra lại hai ngày.",
            ("period_from", "period_to"),
        )
        return
    peak = text(data, "peak_month")
    if peak and not first.isoformat()[: len(peak)] <= peak <= last.isoformat()[: len(peak)]:
        yield Problem(
            "peak_outside_period",
            f"Cao điểm ({_month_text(peak)}) nằm ngoài thời gian thực hiện "
            f"(từ {format_short(first)} đến {format_short(last)}).",
            ("peak_month", "period_from", "period_to"),
        )


def _check_units(data: Data) -> Iterable[Problem]:
    for name in repeated(text(row, "unit") for row in rows(data, "tasks_by_unit")):
        yield Problem(
            "duplicate_unit",
            f"Phần Tổ chức thực hiện giao việc cho “{name}” ở nhiều mục. Gộp nhiệm vụ vào một mục.",
            ("tasks_by_unit",),
        )


def _period(data: Data) -> tuple[date, date]:
    return required_day(data, "period_from"), required_day(data, "period_to")


def _context(data: Data, numbering: Numbering) -> Context:
    units = rows(data, "tasks_by_unit")
    place = "; ".join(entry.rstrip(" .;") for entry in texts(data, "locations"))
    return {
        **common_context(data, numbering, subject=text(data, "subject")),
        "ds_can_cu": punctuate(bases(Citation.of(row) for row in rows(data, "legal_bases"))),
        "trich_yeu_trong_cau": lower_first(text(data, "subject")),
        "ds_muc_dich": points(texts(data, "purposes")),
        "ds_yeu_cau": points(texts(data, "requirements")),
        "ds_noi_dung": points(texts(data, "activities")),
        "chi_tieu": target_context(group(data, "targets")),
        "nam_ke_hoach": _period(data)[0].year,
        "thoi_gian": _period_text(data),
        "dia_diem": place,
        "dia_diem_trong_cau": lower_first(place),
        "ds_thanh_phan": points(texts(data, "participants")),
        "kinh_phi": text(data, "budget_source"),
        "ds_phuong_tien": points(texts(data, "means")),
        "ds_don_vi": [
            {
                "so": index,
                "ten_don_vi": text(row, "unit"),
                "ds_nhiem_vu": points(texts(row, "tasks")),
            }
            for index, row in enumerate(units, start=1)
        ],
        "so_muc_bao_cao": len(units) + 1,
        "che_do_bao_cao": text(data, "report_rule"),
        **quota_context(rows(data, "quota_rows")),
        **annex_context(data),
    }


def _period_text(data: Data) -> str:
    first, last = _period(data)
    peak = text(data, "peak_month")
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_year and first.year == last.year:
        span = f"Năm {first.year}"
    else:
        span = f"Từ ngày {format_short(first)} đến ngày {format_short(last)}"
    return f"{span} (cao điểm {_month_text(peak)})" if peak else span


def _month_text(value: str) -> str:
    """Return `tháng 5 năm 2024` for 2024-05; a year or a full date is said as such."""
    year, *rest = (int(part) for part in value.split("-"))
    if not rest:
        return f"năm {year}"
    month, *days = rest
    return (
        format_long(date(year, month, days[0]))
        if days
        else f"tháng {format_month(month)} năm {year}"
    )


#: Fields whose sample values stand in the campaign's own table.
_FROM_CAMPAIGN = (
    "subject",
    "purposes",
    "requirements",
    "activities",
    "period_from",
    "period_to",
    "peak_month",
    "locations",
    "participants",
    "budget_source",
    "means",
    "tasks_by_unit",
    "report_rule",
    "timetable",
)


def _example() -> dict[str, object]:
    sample = sample_campaign()
    campaign = sample["campaign"]
    listed = {column.key for column in ENTERPRISES_FIELD.item}
    return {
        **PROVINCE_2024,
        "doc_symbol": "KH-LĐLĐ",
        "recipients": [
            "Thường trực LĐLĐ tỉnh",
            "Thành viên BCĐ PTĐV LĐLĐ tỉnh",
            "Văn phòng, các ban LĐLĐ tỉnh",
            "LĐLĐ các huyện, thành phố",
        ],
        "copies": 25,
        "legal_bases": sample_citations("plan"),
        "targets": dict(sample["targets"]),
        "quota_rows": sample["quota"],
        "enterprises": [
            {key: value for key, value in row.items() if key in listed}
            for row in sample["enterprises"]
        ],
        **{key: campaign[key] for key in _FROM_CAMPAIGN},
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="plan",
        label_vi="Kế hoạch",
        symbol_type="KH",
        annexes=("Phụ lục I", "Phụ lục II", "Phụ lục III"),
        fields=(*COMMON_FIELDS, *_OWN_FIELDS),
        example=_example(),
    ),
    template=lambda _: "plan/phat_trien_doan_vien",
    check=_check,
    context=_context,
    register_subject=lambda data: text(data, "subject"),
)
