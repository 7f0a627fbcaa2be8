"""Kế hoạch of a campaign: purposes to report rule, with quota, enterprise list and timetable as annexes. Pure.

A plan sets the targets of a task and the organisation, staff and means for it (QĐ 933/QĐ-TLĐ Điều 8), so
targets, budget and means are required fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, groupby
from typing import cast

from core.dates import format_short
from core.errors import Problem
from core.numbers import format_integer
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
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
    Row,
    check_quota,
    count_of,
    date_of,
    lower_first,
    points,
    quota_context,
    repeated,
    rows_of,
    target_context,
    text_of,
    texts_of,
)
from docgen.kinds.common import common_context
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign, sample_citations

_F = FieldSpec
_K = FieldKind
_LONG = 2000

#: Short names for the narrow column of the list; codes of contract.md §5.
_ENTERPRISE_TYPES = (
    Choice("state", "Nhà nước"),
    Choice("llc_single", "TNHH một thành viên"),
    Choice("llc_multi", "TNHH hai thành viên trở lên"),
    Choice("joint_stock", "Cổ phần"),
    Choice("partnership", "Hợp danh"),
    Choice("private", "Doanh nghiệp tư nhân"),
    Choice("cooperative", "Hợp tác xã"),
    Choice("fdi", "Có vốn đầu tư nước ngoài"),
    Choice("household", "Hộ kinh doanh"),
    Choice("branch", "Chi nhánh"),
    Choice("non_public_unit", "Đơn vị ngoài công lập"),
)
_TYPE_LABELS = {choice.code: choice.label_vi for choice in _ENTERPRISE_TYPES}

_ENTERPRISES = _F(
    "enterprises",
    _K.ROWS,
    "Doanh nghiệp khảo sát (Phụ lục II)",
    required=True,
    minimum=1,
    source="doanh nghiệp chưa có công đoàn cơ sở",
    item=(
        _F("name", _K.TEXT, "Tên doanh nghiệp", required=True),
        _F("tax_code", _K.TAX_CODE, "Mã số thuế", required=True),
        _F("area", _K.TEXT, "Địa bàn", required=True, max_length=200),
        _F("address", _K.TEXT, "Địa chỉ", required=True),
        _F("enterprise_type", _K.ENUM, "Loại hình", choices=_ENTERPRISE_TYPES),
        _F("sector", _K.TEXT, "Ngành nghề"),
        _F("workers_total", _K.INTEGER, "Số lao động", required=True, minimum=0),
        _F("workers_female", _K.INTEGER, "Lao động nữ", minimum=0),
        _F("expected_month", _K.PARTIAL_DATE, "Dự kiến thành lập công đoàn cơ sở"),
        _F("note", _K.TEXT, "Ghi chú", max_length=200),
    ),
)

_TIMETABLE = _F(
    "timetable",
    _K.ROWS,
    "Tiến độ thực hiện (Phụ lục III)",
    required=True,
    minimum=1,
    item=(
        _F("work", _K.TEXT, "Nội dung công việc", required=True),
        _F("lead_unit", _K.TEXT, "Đơn vị chủ trì", required=True, max_length=200),
        _F("partner_units", _K.TEXT_LIST, "Đơn vị phối hợp"),
        _F("date_from", _K.DATE, "Từ ngày"),
        _F("date_to", _K.DATE, "Đến ngày", required=True),
        _F("result", _K.TEXT, "Kết quả"),
    ),
)

_OWN_FIELDS = (
    _F("subject", _K.TEXT, "Trích yếu", required=True),
    _F("deciding_body", _K.TEXT, "Tập thể ban hành, viết trong câu", required=True),
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
    _ENTERPRISES,
    _TIMETABLE,
)


def _check(data: Data) -> tuple[Problem, ...]:
    return tuple(
        chain(
            _check_period(data),
            _check_units(data),
            check_quota(data),
            _check_enterprises(rows_of(data, "enterprises")),
            chain.from_iterable(
                _check_step(data, row, index)
                for index, row in enumerate(rows_of(data, "timetable"))
            ),
        )
    )


def _check_period(data: Data) -> Iterable[Problem]:
    first, last = _period(data)
    if first > last:
        yield Problem(
            "period_reversed",
            f"Thời gian thực hiện bắt đầu ngày {format_short(first)}, sau ngày kết thúc "
            f"{format_short(last)}. Kiểm tra lại hai ngày.",
            ("period_from", "period_to"),
        )
        return
    peak = text_of(data, "peak_month")
    if peak and not first.isoformat()[: len(peak)] <= peak <= last.isoformat()[: len(peak)]:
        yield Problem(
            "peak_outside_period",
            f"Cao điểm ({_month_text(peak)}) nằm ngoài thời gian thực hiện "
            f"(từ {format_short(first)} đến {format_short(last)}).",
            ("peak_month", "period_from", "period_to"),
        )


def _check_units(data: Data) -> Iterable[Problem]:
    for name in repeated(text_of(row, "unit") for row in rows_of(data, "tasks_by_unit")):
        yield Problem(
            "duplicate_unit",
            f"Phần Tổ chức thực hiện giao việc cho “{name}” ở nhiều mục. Gộp nhiệm vụ vào một mục.",
            ("tasks_by_unit",),
        )


def _check_enterprises(rows: Sequence[Row]) -> Iterable[Problem]:
    for code in repeated(text_of(row, "tax_code") for row in rows):
        lines = [i for i, row in enumerate(rows) if text_of(row, "tax_code") == code]
        places = ", ".join(str(i + 1) for i in lines)
        yield Problem(
            "duplicate_tax_code",
            f"Danh sách doanh nghiệp: mã số thuế {code} có ở các dòng {places}. "
            "Bỏ dòng trùng hoặc sửa mã số thuế.",
            tuple(f"enterprises[{i}].tax_code" for i in lines),
        )
    for index, row in enumerate(rows):
        if count_of(row, "workers_female") > count_of(row, "workers_total"):
            yield Problem(
                "part_exceeds_whole",
                f"Danh sách doanh nghiệp, dòng {index + 1} ({text_of(row, 'name')}): lao động nữ "
                f"{count_of(row, 'workers_female')}, nhiều hơn tổng số lao động "
                f"{count_of(row, 'workers_total')}.",
                (f"enterprises[{index}].workers_female", f"enterprises[{index}].workers_total"),
            )


def _check_step(data: Data, row: Row, index: int) -> Iterable[Problem]:
    start, end = date_of(row, "date_from"), cast("date", date_of(row, "date_to"))
    first, last = _period(data)
    where = f"Bảng tiến độ, dòng {index + 1}"
    fields = (f"timetable[{index}].date_from", f"timetable[{index}].date_to")
    if start is not None and start > end:
        yield Problem(
            "step_reversed",
            f"{where}: ngày bắt đầu {format_short(start)} sau ngày kết thúc {format_short(end)}.",
            fields,
        )
    elif (start or end) < first or end > last:
        yield Problem(
            "step_outside_period",
            f"{where}: thời gian nằm ngoài thời gian thực hiện Kế hoạch "
            f"(từ {format_short(first)} đến {format_short(last)}).",
            (*fields, "period_from", "period_to"),
        )


def _period(data: Data) -> tuple[date, date]:
    return cast("date", date_of(data, "period_from")), cast("date", date_of(data, "period_to"))


def _context(data: Data, numbering: Numbering) -> Context:
    units = rows_of(data, "tasks_by_unit")
    return {
        **common_context(data, numbering),
        "trich_yeu": text_of(data, "subject"),
        "trich_yeu_trong_cau": lower_first(text_of(data, "subject")),
        "tap_the_ban_hanh": text_of(data, "deciding_body"),
        "ds_muc_dich": points(texts_of(data, "purposes")),
        "ds_yeu_cau": points(texts_of(data, "requirements")),
        "ds_noi_dung": points(texts_of(data, "activities")),
        "chi_tieu": target_context(cast("Row", data["targets"])),
        "thoi_gian": _period_text(data),
        "dia_diem": "; ".join(text.rstrip(" .;") for text in texts_of(data, "locations")),
        "ds_thanh_phan": points(texts_of(data, "participants")),
        "kinh_phi": text_of(data, "budget_source"),
        "ds_phuong_tien": points(texts_of(data, "means")),
        "ds_don_vi": [
            {
                "so": index,
                "ten_don_vi": text_of(row, "unit"),
                "ds_nhiem_vu": points(texts_of(row, "tasks")),
            }
            for index, row in enumerate(units, start=1)
        ],
        "so_muc_bao_cao": len(units) + 1,
        "che_do_bao_cao": text_of(data, "report_rule"),
        **quota_context(rows_of(data, "quota_rows")),
        **_enterprise_context(rows_of(data, "enterprises")),
        "ds_tien_do": [
            _step_context(row, index)
            for index, row in enumerate(rows_of(data, "timetable"), start=1)
        ],
    }


def _period_text(data: Data) -> str:
    first, last = _period(data)
    peak = text_of(data, "peak_month")
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_year and first.year == last.year:
        text = f"Năm {first.year}"
    else:
        text = f"Từ ngày {format_short(first)} đến ngày {format_short(last)}"
    return f"{text} (cao điểm {_month_text(peak)})" if peak else text


def _month_text(value: str) -> str:
    """Return `tháng 5 năm 2024` for 2024-05; a year or a full date is said as such."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return f"năm {parts[0]}"
    if len(parts) == 2:  # noqa: PLR2004 - year and month
        return f"tháng {_month_number(parts[1])} năm {parts[0]}"
    return f"ngày {format_short(date.fromisoformat(value))}"


def _month_number(month: int) -> str:
    """Pad months 1 and 2 only (ND30 PL I II.4b)."""
    return f"{month:02d}" if month < 3 else str(month)  # noqa: PLR2004


def _enterprise_context(rows: Sequence[Row]) -> dict[str, object]:
    """Group the list by area, areas in order of first appearance; TT runs through the whole list."""
    order = {area: i for i, area in enumerate(dict.fromkeys(text_of(r, "area") for r in rows))}
    by_area = sorted(rows, key=lambda row: order[text_of(row, "area")])
    numbered = enumerate(by_area, start=1)
    groups = [
        (area, list(members)) for area, members in groupby(numbered, lambda pair: pair[1]["area"])
    ]
    return {
        "ds_dia_ban": [
            {
                "ten_dia_ban": area,
                "so_doanh_nghiep": f"{len(members):02d}",
                "ds_doanh_nghiep": [_enterprise_line(row, index) for index, row in members],
            }
            for area, members in groups
        ],
        "tong_doanh_nghiep": f"{len(rows):02d}" if len(rows) < 10 else format_integer(len(rows)),  # noqa: PLR2004
        "tong_lao_dong": format_integer(sum(count_of(row, "workers_total") for row in rows)),
        "tong_lao_dong_nu": format_integer(sum(count_of(row, "workers_female") for row in rows)),
    }


def _enterprise_line(row: Row, index: int) -> dict[str, object]:
    expected = text_of(row, "expected_month")
    female = row.get("workers_female")
    return {
        "tt": index,
        "ten_doanh_nghiep": text_of(row, "name"),
        "ma_so_thue": text_of(row, "tax_code"),
        "dia_chi": text_of(row, "address"),
        "loai_hinh": _TYPE_LABELS.get(text_of(row, "enterprise_type"), ""),
        "nganh_nghe": text_of(row, "sector"),
        "lao_dong": format_integer(count_of(row, "workers_total")),
        "lao_dong_nu": "" if female is None else format_integer(count_of(row, "workers_female")),
        "du_kien": "/".join(str(int(part)) for part in reversed(expected.split("-"))) if expected else "",
        "ghi_chu": text_of(row, "note"),
    }


def _step_context(row: Row, index: int) -> dict[str, object]:
    start, end = date_of(row, "date_from"), cast("date", date_of(row, "date_to"))
    if start is None:
        when = f"Xong trước ngày {format_short(end)}"
    elif start == end:
        when = f"Ngày {format_short(end)}"
    else:
        when = f"Từ {format_short(start)} đến {format_short(end)}"
    return {
        "tt": index,
        "cong_viec": text_of(row, "work"),
        "chu_tri": text_of(row, "lead_unit"),
        "phoi_hop": "; ".join(texts_of(row, "partner_units")),
        "thoi_gian": when,
        "ket_qua": text_of(row, "result"),
    }


def _example() -> dict[str, object]:
    sample = sample_campaign()
    campaign = sample["campaign"]
    own = (
        "subject purposes requirements activities period_from period_to peak_month locations "
        "participants budget_source means tasks_by_unit report_rule timetable"
    ).split()
    return {
        **PROVINCE_2024,
        "doc_symbol": "KH-LĐLĐ",
        "recipients": [
            "Thường trực LĐLĐ tỉnh",
            "Thành viên BCĐ PTĐV LĐLĐ tỉnh",
            "LĐLĐ các huyện, thành phố",
        ],
        "copies": 25,
        "deciding_body": "Ban Thường vụ Liên đoàn Lao động tỉnh",
        "legal_bases": sample_citations("plan"),
        "targets": dict(sample["targets"]),
        "quota_rows": sample["quota"],
        "enterprises": sample["enterprises"],
        **{key: campaign[key] for key in own},
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
    register_subject=lambda data: text_of(data, "subject"),
)
