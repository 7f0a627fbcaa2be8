"""Báo cáo kết quả of a campaign, month, quarter: figures against quotas, unit by unit (4.e e3, 5.g). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from core.dates import format_long, format_short
from core.errors import Problem
from core.numbers import format_integer
from core.periods import period_span
from core.schema import FieldKind, FieldSpec, KindSchema
from docgen.kinds.base import COMMON_FIELDS, GIVEN, Context, Data, DocumentKind, Numbering
from docgen.kinds.campaign_fields import (
    MEASURES,
    TARGETS_FIELD,
    Row,
    count,
    repeated,
    required_day,
    target_context,
)
from docgen.kinds.common import addressees, common_context, day, group, number, rows, text
from docgen.kinds.letters import BASES_FIELD, basis_problems, carried_out
from docgen.kinds.people import value
from docgen.kinds.report_example import RESULT_REPORT
from docgen.kinds.report_texts import (
    PAIRS,
    TARGETS,
    members_text,
    new_union,
    period_words,
    sentences,
    shown,
    survey_text,
    totals,
    unions_text,
)

_F = FieldSpec
_K = FieldKind


def _figure(key: str, label: str) -> FieldSpec:
    return _F(key, _K.INTEGER, label, required=True, minimum=0)


_ROW = (
    _F("org_name", _K.TEXT, "Đơn vị", required=True, max_length=200),
    _F("target_members", _K.INTEGER, "Chỉ tiêu kết nạp mới", minimum=0),
    _F("target_net", _K.INTEGER, "Chỉ tiêu tăng thêm", minimum=0),
    _F("target_unions", _K.INTEGER, "Chỉ tiêu công đoàn cơ sở mới", minimum=0),
    _figure("period_joined", "Kết nạp mới trong kỳ"),
    _figure("period_left", "Đoàn viên giảm trong kỳ"),
    _figure("period_unions", "Công đoàn cơ sở mới trong kỳ"),
    _figure("cum_joined", "Kết nạp mới lũy kế"),
    _figure("cum_left", "Đoàn viên giảm lũy kế"),
    _figure("cum_unions", "Công đoàn cơ sở mới lũy kế"),
)
_NEW_UNIONS = (
    _F("union_name", _K.TEXT, "Công đoàn cơ sở", required=True),
    _F("org_name", _K.TEXT, "Đơn vị", required=True, max_length=200),
    _F("decision", _K.TEXT, "Quyết định", required=True, max_length=200),
    _F("founded_on", _K.DATE, "Ngày thành lập, công nhận", required=True),
    _F("members", _K.INTEGER, "Số đoàn viên", required=True, minimum=0),
)
_SURVEY = (
    _F("enterprises", _K.INTEGER, "Số doanh nghiệp được khảo sát", required=True, minimum=0),
    _F("workers", _K.INTEGER, "Số lao động", minimum=0),
    _F("visits", _K.INTEGER, "Số chuyến công tác", minimum=0),
    _F("applications", _K.INTEGER, "Số đơn gia nhập", minimum=0),
)


def _prose(key: str, label: str, *, required: bool = False) -> FieldSpec:
    least = 1 if required else None
    return _F(key, _K.TEXT_LIST, label, required=required, minimum=least, source=GIVEN)


_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("addressees", _K.TEXT_LIST, "Kính gửi (báo cáo lên cấp trên)"),
    BASES_FIELD,
    _F("period", _K.TEXT, "Kỳ báo cáo", required=True, max_length=30),  # contract §5: 2024-05 ...
    _F("cut_off_date", _K.DATE, "Số liệu tính đến ngày", required=True),
    _F("counted_from", _K.DATE, "Lũy kế từ ngày", required=True),
    TARGETS_FIELD,
    _F("rows", _K.ROWS, "Kết quả của từng đơn vị", required=True, minimum=1, item=_ROW),
    _F("new_unions", _K.ROWS, "Công đoàn cơ sở mới trong kỳ", item=_NEW_UNIONS),
    _F("cum_unions_nonstate", _K.INTEGER, "Trong đó ngoài nhà nước (lũy kế)", minimum=0),
    _F("cum_unions_25plus", _K.INTEGER, "Trong đó từ 25 lao động (lũy kế)", minimum=0),
    _F("survey", _K.GROUP, "Khảo sát, vận động trong kỳ", required=True, item=_SURVEY),
    _prose("leadership", "Công tác lãnh đạo, chỉ đạo", required=True),
    _prose("propaganda", "Công tác tuyên truyền"),
    _prose("strengths", "Ưu điểm", required=True),
    _prose("weaknesses", "Hạn chế, nguyên nhân", required=True),
    _prose("directions", "Phương hướng", required=True),
    _prose("proposals", "Kiến nghị, đề xuất"),
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    return (
        "Kết quả phát triển đoàn viên, thành lập công đoàn cơ sở "
        f"{period_words(text(data, 'period'))}"
    )


def _check(data: Data) -> tuple[Problem, ...]:
    table = rows(data, "rows")
    problems = [*basis_problems(data), *_date_problems(data), *_target_problems(data)]
    problems += [
        Problem("duplicate_unit", f"Bảng kết quả có nhiều dòng của “{name}”. Gộp lại.", ("rows",))
        for name in repeated(text(row, "org_name") for row in table)
    ]
    for index, row in enumerate(table):
        problems += _row_problems(row, index)
    return (*problems, *_union_problems(data))


def _date_problems(data: Data) -> Iterable[Problem]:
    written, cut, start = (
        day(data, key) for key in ("intended_date", "cut_off_date", "counted_from")
    )
    try:
        first, _ = period_span(text(data, "period"))
    except ValueError:
        if text(data, "period"):
            message = "Kỳ báo cáo phải ghi như 2024-05, 2024-Q2, 2024-H1, 2024-9M hoặc 2024."
            yield Problem("period", message, ("period",))
        return
    if cut and cut < first:
        message = f"Số liệu tính đến {format_long(cut)} là trước kỳ báo cáo ({format_long(first)})."
        yield Problem("date_order", message, ("cut_off_date", "period"))
    if cut and written and cut > written:
        message = f"Số liệu tính đến {format_long(cut)}, sau ngày báo cáo ({format_long(written)})."
        yield Problem("date_order", message, ("cut_off_date", "intended_date"))
    if start and start > first:
        message = f"Lũy kế từ {format_long(start)} nhưng kỳ báo cáo bắt đầu trước đó ({format_long(first)})."
        yield Problem("date_order", message, ("counted_from", "period"))


def _row_problems(row: Row, index: int) -> Iterable[Problem]:
    """What was done in the period is part of what was done since the beginning."""
    for key, label in PAIRS:
        part, whole = count(row, f"period_{key}"), count(row, f"cum_{key}")
        if part > whole:
            yield Problem(
                "part_exceeds_whole",
                f"{value(row, 'org_name')}: {label} trong kỳ ({part}) lớn hơn lũy kế ({whole}).",
                (f"rows[{index}].period_{key}", f"rows[{index}].cum_{key}"),
            )


def _has_targets(data: Data) -> bool:
    """Whether units have quotas of their own; after 01/7/2025 the province alone may have one."""
    return any(number(row, key) is not None for row in rows(data, "rows") for key in TARGETS)


def _target_problems(data: Data) -> Iterable[Problem]:
    table, targets = rows(data, "rows"), group(data, "targets")
    if not _has_targets(data):
        return
    pairs = (("target_members", "new_members"), ("target_net", "net_increase"),
             ("target_unions", "new_unions"))  # fmt: skip
    labels = {key: label for key, label, _ in MEASURES}
    for column, key in pairs:
        total = sum(count(row, column) for row in table)
        if targets.get(key) is not None and total != count(targets, key):
            yield Problem(
                "quota_sum",
                f"{labels[key]}: các đơn vị cộng lại là {format_integer(total)}, chỉ tiêu toàn tỉnh là "
                f"{format_integer(count(targets, key))}. Sửa một trong hai cho khớp.",
                ("rows", f"targets.{key}"),
            )


def _union_problems(data: Data) -> Iterable[Problem]:
    """New unions are named one by one with their decisions (domain brief 5.g)."""
    table, named = rows(data, "rows"), rows(data, "new_unions")
    total = sum(count(row, "period_unions") for row in table)
    if total != len(named):
        yield Problem(
            "new_unions",
            f"Bảng kết quả có {total} công đoàn cơ sở mới trong kỳ, danh sách có {len(named)}. "
            "Sửa số liệu hoặc danh sách.",
            ("rows", "new_unions"),
        )
    for index, row in enumerate(named):
        founded, cut = day(row, "founded_on"), day(data, "cut_off_date")
        if founded and cut and founded > cut:
            yield Problem(
                "date_order",
                f"{value(row, 'union_name')} thành lập {format_long(founded)}, sau ngày chốt số liệu.",
                (f"new_unions[{index}].founded_on", "cut_off_date"),
            )
    for name in repeated(text(row, "union_name") for row in named):
        message = f"“{name}” có hai lần trong danh sách công đoàn cơ sở mới. Bỏ một dòng."
        yield Problem("repeated", message, ("new_unions",))
    members = sum(count(row, "members") for row in named)
    joined = sum(count(row, "period_joined") for row in table)
    if members > joined:
        message = f"Các công đoàn cơ sở mới có {members} đoàn viên, nhiều hơn số kết nạp mới trong kỳ ({joined})."
        yield Problem("part_exceeds_whole", message, ("new_unions", "rows"))
    whole = sum(count(row, "cum_unions") for row in table)
    for key in ("cum_unions_nonstate", "cum_unions_25plus"):
        if count(data, key) > whole:
            message = (
                f"Số thành phần ({count(data, key)}) lớn hơn tổng số công đoàn cơ sở mới ({whole})."
            )
            yield Problem("part_exceeds_whole", message, (key, "rows"))


def _context(data: Data, numbering: Numbering) -> Context:
    total, named = totals(data), rows(data, "new_unions")
    receivers = addressees(data)
    propaganda = sentences(data, "propaganda")
    return common_context(data, numbering, subject=subject(data)) | {
        "ds_kinh_gui": receivers,
        "van_ban_thuc_hien": carried_out(data),
        "ky_bao_cao": period_words(text(data, "period")),
        "ngay_chot": format_long(required_day(data, "cut_off_date")),
        "luy_ke_tu_ngay": format_short(required_day(data, "counted_from")),
        "chi_tieu": target_context(group(data, "targets")),
        "ds_chi_dao": sentences(data, "leadership"),
        "ket_qua_khao_sat": survey_text(data),
        "ds_ket_qua_doan_vien": members_text(data, total),
        "ds_ket_qua_cdcs": unions_text(data, total),
        "ds_tuyen_truyen": propaganda,
        "ds_uu_diem": sentences(data, "strengths"),
        "ds_han_che": sentences(data, "weaknesses"),
        "ds_phuong_huong": sentences(data, "directions"),
        "ds_kien_nghi": sentences(data, "proposals"),
        "noi_kinh_bao_cao": receivers[0] if receivers else "",
        "ds_don_vi_ket_qua": [
            {"tt": index, "don_vi": value(row, "org_name"), **shown(row)}
            for index, row in enumerate(rows(data, "rows"), start=1)
        ],
        "tong_ket_qua": shown(total),
        "ds_cdcs_moi": [new_union(row, index) for index, row in enumerate(named, start=1)],
        "tong_doan_vien_cdcs_moi": format_integer(sum(count(row, "members") for row in named)),
    }


def _template(data: Data) -> str:
    """A second annex names the new unions where there are any."""
    return f"result_report/{'ket_qua' if rows(data, 'new_unions') else 'khong_cdcs_moi'}"


KIND = DocumentKind(
    schema=KindSchema(
        kind="result_report",
        label_vi="Báo cáo kết quả phát triển đoàn viên, thành lập công đoàn cơ sở",
        symbol_type="BC",
        annexes=("Kết quả của từng đơn vị", "Danh sách công đoàn cơ sở thành lập mới"),
        fields=_FIELDS,
        example=RESULT_REPORT,
    ),
    template=_template,
    check=_check,
    context=_context,
    register_subject=subject,
)
