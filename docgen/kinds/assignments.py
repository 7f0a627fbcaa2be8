"""Who is in charge of which area: fields, checks and printed rows of the decision and the notice (b1, b2). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise

from core.dates import format_long, format_short
from core.errors import Problem
from core.numbers import format_count, format_integer
from core.schema import Choice, FieldKind, FieldSpec
from core.text import fold
from docgen.kinds.base import Context, Data
from docgen.kinds.campaign_fields import Row, count, period_of, repeated, required_day
from docgen.kinds.common import day, group, rows, text, texts

_F = FieldSpec
_K = FieldKind

_HONORIFICS = (Choice("comrade", "Đồng chí"), Choice("mr", "Ông"), Choice("ms", "Bà"))
_ROLES = (
    Choice("head", "Trưởng ban"),
    Choice("standing_deputy", "Phó Trưởng ban Thường trực"),
    Choice("deputy", "Phó Trưởng ban"),
    Choice("member", "Ủy viên"),
    Choice("secretary", "Thư ký"),
)
_HONORIFIC_LABELS = {choice.code: choice.label_vi for choice in _HONORIFICS}
_ROLE_LABELS = {choice.code: choice.label_vi for choice in _ROLES}

_TARGET_COLUMNS = (
    _F("new_members", _K.INTEGER, "Kết nạp mới đoàn viên", required=True, minimum=0),
    _F("new_unions", _K.INTEGER, "Công đoàn cơ sở thành lập mới", required=True, minimum=0),
)

ASSIGNMENT_FIELDS: tuple[FieldSpec, ...] = (
    _F("period_from", _K.DATE, "Phụ trách từ ngày", required=True),
    _F("period_to", _K.DATE, "Phụ trách đến ngày", required=True),
    _F(
        "assignments",
        _K.ROWS,
        "Phân công",
        required=True,
        minimum=1,
        item=(
            _F("honorific", _K.ENUM, "Xưng hô", choices=_HONORIFICS),
            _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
            _F("post", _K.TEXT, "Chức vụ", required=True, max_length=200),
            _F(
                "committee_role",
                _K.ENUM,
                "Chức danh trong Ban Chỉ đạo",
                required=True,
                choices=_ROLES,
            ),
            _F("areas", _K.TEXT_LIST, "Địa bàn, đơn vị phụ trách", required=True, minimum=1),
            _F("support_staff", _K.TEXT_LIST, "Chuyên viên giúp việc"),
            _F("date_from", _K.DATE, "Từ ngày (nếu khác thời gian chung)"),
            _F("date_to", _K.DATE, "Đến ngày (nếu khác thời gian chung)"),
        ),
    ),
    _F(
        "area_targets",
        _K.ROWS,
        "Chỉ tiêu của từng địa bàn",
        required=True,
        minimum=1,
        source="chỉ tiêu của đợt",
        item=(_F("area", _K.TEXT, "Địa bàn, đơn vị", required=True), *_TARGET_COLUMNS),
    ),
    _F("targets", _K.GROUP, "Chỉ tiêu toàn tỉnh", required=True, item=_TARGET_COLUMNS),
)


def assignment_problems(data: Data) -> tuple[Problem, ...]:
    """Targets add up, periods are in order, every area has one person in charge at any date (4.b1)."""
    period = period_of(data)
    if period is None:
        return tuple(_check_targets(data))
    first, last = period
    if first > last:
        return (
            Problem(
                "period_reversed",
                f"Thời gian phụ trách bắt đầu ngày {format_short(first)}, sau ngày kết thúc {format_short(last)}.",
                ("period_from", "period_to"),
            ),
            *_check_targets(data),
        )
    people = rows(data, "assignments")
    return tuple(
        chain(
            _check_targets(data),
            chain.from_iterable(_check_row(data, row, index) for index, row in enumerate(people)),
            _check_charge(data),
        )
    )


def _check_targets(data: Data) -> Iterable[Problem]:
    areas = rows(data, "area_targets")
    for name in repeated(text(row, "area") for row in areas):
        yield Problem(
            "duplicate_area",
            f"Bảng chỉ tiêu có nhiều dòng của cùng địa bàn “{name}”. Gộp lại thành một dòng.",
            ("area_targets",),
        )
    targets = group(data, "targets")
    for column in _TARGET_COLUMNS:
        if targets.get(column.key) is None:
            continue
        total = sum(count(row, column.key) for row in areas)
        wanted = count(targets, column.key)
        if total != wanted:
            yield Problem(
                "quota_sum",
                f"{column.label_vi}: các địa bàn cộng lại là {format_integer(total)}, chỉ tiêu toàn tỉnh là "
                f"{format_integer(wanted)}. Sửa một trong hai cho khớp.",
                ("area_targets", f"targets.{column.key}"),
            )


def _check_row(data: Data, row: Row, index: int) -> Iterable[Problem]:
    where = f"Bảng phân công, dòng {index + 1} ({text(row, 'full_name')})"
    first, last = _period(data)
    start, end = _row_period(data, row)
    fields = (f"assignments[{index}].date_from", f"assignments[{index}].date_to")
    if start > end:
        yield Problem("row_period_reversed", f"{where}: ngày bắt đầu sau ngày kết thúc.", fields)
    elif start < first or end > last:
        yield Problem(
            "row_period_outside",
            f"{where}: thời gian nằm ngoài thời gian phụ trách chung "
            f"(từ {format_short(first)} đến {format_short(last)}).",
            fields,
        )
    for area in repeated(texts(row, "areas")):
        yield Problem(
            "duplicate_area",
            f"{where}: địa bàn “{area}” ghi hai lần.",
            (f"assignments[{index}].areas",),
        )


def _check_charge(data: Data) -> Iterable[Problem]:
    """At any date each area with a target has exactly one main person in charge (domain brief 4.b1)."""
    wanted = {
        fold(text(row, "area")): text(row, "area")
        for row in rows(data, "area_targets")
        if any(count(row, column.key) for column in _TARGET_COLUMNS)
    }
    held = _holders(data)
    for key in dict.fromkeys((*wanted, *held)):
        spans = sorted(held.get(key, ()))
        name = wanted.get(key) or spans[0][3]
        yield from _check_overlap(name, spans)
        if key in wanted:
            yield from _check_gap(data, name, spans)


_Span = tuple[date, date, int, str]


def _holders(data: Data) -> dict[str, list[_Span]]:
    """Who holds each area: start, end, row index, area as written."""
    held: dict[str, list[_Span]] = {}
    for index, row in enumerate(rows(data, "assignments")):
        for area in dict.fromkeys(texts(row, "areas")):
            held.setdefault(fold(area), []).append((*_row_period(data, row), index, area))
    return held


def _check_overlap(name: str, spans: Sequence[_Span]) -> Iterable[Problem]:
    for before, after in pairwise(spans):
        if after[0] <= before[1]:
            yield Problem(
                "area_with_two_holders",
                f"Địa bàn “{name}” có hai người cùng phụ trách (dòng {before[2] + 1} và dòng {after[2] + 1} "
                "của bảng phân công). Mỗi địa bàn chỉ một người phụ trách chính; người còn lại ghi vào cột giúp việc.",
                (f"assignments[{before[2]}].areas", f"assignments[{after[2]}].areas"),
            )


def _check_gap(data: Data, name: str, spans: Sequence[_Span]) -> Iterable[Problem]:
    first, last = _period(data)
    if not spans:
        yield Problem(
            "area_without_holder",
            f"Địa bàn “{name}” có chỉ tiêu nhưng chưa có người phụ trách.",
            ("assignments",),
        )
        return
    free = first
    for start, end, _, _ in spans:
        if start > free:
            break
        free = max(free, end + timedelta(days=1))
    if free <= last:
        yield Problem(
            "area_without_holder",
            f"Địa bàn “{name}” có chỉ tiêu nhưng từ ngày {format_short(free)} chưa có người phụ trách.",
            tuple(f"assignments[{index}].date_to" for _, _, index, _ in spans),
        )


def _period(data: Data) -> tuple[date, date]:
    return required_day(data, "period_from"), required_day(data, "period_to")


def _row_period(data: Data, row: Row) -> tuple[date, date]:
    first, last = _period(data)
    return day(row, "date_from") or first, day(row, "date_to") or last


def assignment_context(data: Data) -> Context:
    """The printed rows and sums, and the period."""
    first, last = _period(data)
    people, targets = rows(data, "assignments"), rows(data, "area_targets")
    return {
        "so_nguoi": format_count(len({text(row, "full_name") for row in people})),
        "tu_ngay": format_long(first),
        "den_ngay": format_long(last),
        "ds_phan_cong": [_line(data, row, index) for index, row in enumerate(people, start=1)],
        "tong_doan_vien_moi": format_integer(sum(count(row, "new_members") for row in targets)),
        "tong_cdcs_moi": format_integer(sum(count(row, "new_unions") for row in targets)),
    }


def _line(data: Data, row: Row, index: int) -> dict[str, object]:
    areas = texts(row, "areas")
    keys = {fold(area) for area in areas}
    mine = [r for r in rows(data, "area_targets") if fold(text(r, "area")) in keys]
    start, end = _row_period(data, row)
    lines = ";\n".join(areas)
    if (start, end) != _period(data):
        lines += f"\n(từ {format_short(start)} đến {format_short(end)})"
    return {
        "tt": index,
        "xung_ho": _HONORIFIC_LABELS[text(row, "honorific") or "comrade"],
        "ho_ten": text(row, "full_name"),
        "chuc_vu": text(row, "post"),
        "chuc_danh": _ROLE_LABELS[text(row, "committee_role")],
        "dia_ban": lines,
        "doan_vien_moi": format_integer(sum(count(r, "new_members") for r in mine)),
        "cdcs_moi": format_integer(sum(count(r, "new_unions") for r in mine)),
        "giup_viec": ";\n".join(texts(row, "support_staff")),
    }
