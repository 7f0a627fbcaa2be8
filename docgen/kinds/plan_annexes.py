"""Annexes II and III of the plan: the enterprises to survey and the timetable. Fields, checks, printed rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from core.dates import PartialDate, format_partial, format_short
from core.errors import Problem
from core.numbers import format_count, format_integer
from core.schema import FieldKind, FieldSpec
from docgen.kinds.campaign_fields import Row, count, period_of, repeated, required_day
from docgen.kinds.common import day, number, rows, text, texts

_F = FieldSpec
_K = FieldKind

ENTERPRISES_FIELD = _F(
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
        _F("sector", _K.TEXT, "Ngành nghề"),
        _F("workers_total", _K.INTEGER, "Số lao động", required=True, minimum=0),
        _F("workers_female", _K.INTEGER, "Lao động nữ", minimum=0),
        _F("expected_month", _K.PARTIAL_DATE, "Dự kiến thành lập công đoàn cơ sở"),
        _F("note", _K.TEXT, "Ghi chú", max_length=200),
    ),
)

TIMETABLE_FIELD = _F(
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


def check_annexes(data: Row) -> tuple[Problem, ...]:
    """Check the list (tax codes once, women within all workers) and the timetable (steps within the period)."""
    steps = rows(data, "timetable")
    return (
        *_check_enterprises(rows(data, "enterprises")),
        *(problem for i, row in enumerate(steps) for problem in _check_step(data, row, i)),
    )


def _check_enterprises(enterprises: Sequence[Row]) -> Iterable[Problem]:
    for code in repeated(text(row, "tax_code") for row in enterprises):
        lines = [i for i, row in enumerate(enterprises) if text(row, "tax_code") == code]
        places = ", ".join(str(i + 1) for i in lines)
        yield Problem(
            "duplicate_tax_code",
            f"Danh sách doanh nghiệp: mã số thuế {code} có ở các dòng {places}. "
            "Bỏ dòng trùng hoặc sửa mã số thuế.",
            tuple(f"enterprises[{i}].tax_code" for i in lines),
        )
    for index, row in enumerate(enterprises):
        if count(row, "workers_female") > count(row, "workers_total"):
            yield Problem(
                "part_exceeds_whole",
                f"Danh sách doanh nghiệp, dòng {index + 1} ({text(row, 'name')}): lao động nữ "
                f"{count(row, 'workers_female')}, nhiều hơn tổng số lao động "
                f"{count(row, 'workers_total')}.",
                (f"enterprises[{index}].workers_female", f"enterprises[{index}].workers_total"),
            )


def _check_step(data: Row, row: Row, index: int) -> Iterable[Problem]:
    start, end = day(row, "date_from"), day(row, "date_to")
    period = period_of(data)
    if end is None or period is None:
        return
    first, last = period
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


def annex_context(data: Row) -> dict[str, object]:
    """Return the enterprises by area with their totals, and the numbered steps."""
    steps = enumerate(rows(data, "timetable"), start=1)
    return {
        **_enterprise_context(rows(data, "enterprises")),
        "ds_tien_do": [_step_context(row, index) for index, row in steps],
    }


def _partial_text(value: str) -> str:
    return format_partial(PartialDate(*(int(part) for part in value.split("-")))) if value else ""


def _enterprise_context(enterprises: Sequence[Row]) -> dict[str, object]:
    """Group the list by area, areas in order of first appearance; TT runs through the whole list."""
    order = {area: i for i, area in enumerate(dict.fromkeys(text(r, "area") for r in enterprises))}
    by_area = sorted(enterprises, key=lambda row: order[text(row, "area")])
    numbered = enumerate(by_area, start=1)
    groups = [
        (area, list(members)) for area, members in groupby(numbered, lambda pair: pair[1]["area"])
    ]
    return {
        "ds_dia_ban": [
            {
                "ten_dia_ban": area,
                "so_doanh_nghiep": format_count(len(members)),
                "ds_doanh_nghiep": [_enterprise_line(row, index) for index, row in members],
            }
            for area, members in groups
        ],
        "tong_doanh_nghiep": format_count(len(enterprises)),
        "tong_lao_dong": format_integer(sum(count(row, "workers_total") for row in enterprises)),
        "tong_lao_dong_nu": _female_text(enterprises),
    }


def _female_text(enterprises: Sequence[Row]) -> str:
    """Women workers, added up; blank where nobody knows, which is not the same as none."""
    known = [n for row in enterprises if (n := number(row, "workers_female")) is not None]
    return format_integer(sum(known)) if known else ""


def _enterprise_line(row: Row, index: int) -> dict[str, object]:
    return {
        "tt": index,
        "ten_doanh_nghiep": text(row, "name"),
        "ma_so_thue": text(row, "tax_code"),
        "dia_chi": text(row, "address"),
        "nganh_nghe": text(row, "sector"),
        "lao_dong": format_integer(count(row, "workers_total")),
        "lao_dong_nu": _female_text((row,)),
        "du_kien": _partial_text(text(row, "expected_month")),
        "ghi_chu": text(row, "note"),
    }


def _step_context(row: Row, index: int) -> dict[str, object]:
    start, end = day(row, "date_from"), required_day(row, "date_to")
    if start is None:
        when = f"Xong trước ngày {format_short(end)}"
    elif start == end:
        when = f"Ngày {format_short(end)}"
    else:
        when = f"Từ {format_short(start)} đến {format_short(end)}"
    return {
        "tt": index,
        "cong_viec": text(row, "work"),
        "chu_tri": text(row, "lead_unit"),
        "phoi_hop": "; ".join(texts(row, "partner_units")),
        "thoi_gian": when,
        "ket_qua": text(row, "result"),
    }
