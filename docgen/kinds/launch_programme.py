"""Programme of the ceremony where a new union starts (d2): timed items and who does them. Pure."""

from __future__ import annotations

from datetime import time
from itertools import pairwise

from core.dates import format_long
from core.errors import Problem
from core.schema import Choice, FieldKind, FieldSpec, KindSchema
from docgen.kinds import examples_congress as examples
from docgen.kinds.base import COMMON_FIELDS, Context, Data, DocumentKind, Numbering
from docgen.kinds.common import common_context, day, rows, text
from docgen.kinds.meeting import clock, time_problems
from docgen.kinds.people import union_name_problems, value

_F = FieldSpec
_K = FieldKind

_ACTS = (Choice("found", "Quyết định thành lập"), Choice("recognise", "Quyết định công nhận"))
_ITEM = (
    _F("start_time", _K.TIME, "Giờ", required=True),
    _F("content", _K.TEXT, "Nội dung", required=True),
    _F("performer", _K.TEXT, "Người thực hiện", max_length=200),
)

_FIELDS: tuple[FieldSpec, ...] = (
    *COMMON_FIELDS,
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("act", _K.ENUM, "Quyết định được công bố (để trống: thành lập)", choices=_ACTS),
    _F("event_date", _K.DATE, "Ngày tổ chức", required=True),
    _F("start_time", _K.TIME, "Giờ bắt đầu", required=True),
    _F("end_time", _K.TIME, "Giờ dự kiến kết thúc"),
    _F("venue", _K.TEXT, "Địa điểm", required=True),
    _F("chair", _K.TEXT, "Người chủ trì"),
    _F("items", _K.ROWS, "Các mục của chương trình", required=True, minimum=1, item=_ITEM),
    _F("preparing_units", _K.TEXT, "Đơn vị chuẩn bị", required=True),
)


def subject(data: Data) -> str:
    """Trích yếu, the same on the paper and in the register."""
    act = "công nhận" if data.get("act") == "recognise" else "thành lập"
    return f"Lễ công bố quyết định {act} và ra mắt {text(data, 'union_name')}"


def _check(data: Data) -> tuple[Problem, ...]:
    problems = union_name_problems(text(data, "union_name"), text(data, "enterprise_name"))
    problems += [*time_problems(data), *_item_problems(data)]
    held, paper = day(data, "event_date"), day(data, "intended_date")
    if held and paper and held < paper:
        message = f"Ngày tổ chức ({format_long(held)}) trước ngày của chương trình ({format_long(paper)})."
        problems.append(Problem("date_order", message, ("event_date", "intended_date")))
    return tuple(problems)


def _item_problems(data: Data) -> list[Problem]:
    """Items run on in time, from the beginning to before the end."""
    given = [(at, value(row, "start_time")) for at, row in enumerate(rows(data, "items"))]
    timed = [(at, time.fromisoformat(clock_)) for at, clock_ in given if clock_]
    problems = [
        Problem(
            "time_order",
            f"Mục {at + 1} ({later:%H:%M}) phải sau mục {before + 1} ({earlier:%H:%M}).",
            (f"items[{at}].start_time",),
        )
        for (before, earlier), (at, later) in pairwise(timed)
        if later <= earlier
    ]
    start, end = text(data, "start_time"), text(data, "end_time")
    if timed and start and timed[0][1] < time.fromisoformat(start):
        message = f"Mục đầu ({timed[0][1]:%H:%M}) trước giờ bắt đầu ({start})."
        problems.append(Problem("time_order", message, ("items[0].start_time", "start_time")))
    if timed and end and timed[-1][1] >= time.fromisoformat(end):
        at, last = timed[-1]
        message = f"Mục cuối ({last:%H:%M}) phải trước giờ kết thúc ({end})."
        problems.append(Problem("time_order", message, (f"items[{at}].start_time", "end_time")))
    return problems


def _span(data: Data) -> str:
    """``từ 14 giờ 00 phút đến 15 giờ 30 phút, ngày 16 tháng 5 năm 2024``; the end where it is foreseen."""
    start, end, held = text(data, "start_time"), text(data, "end_time"), day(data, "event_date")
    hours = f"từ {clock(start)} đến {clock(end)}" if end else clock(start)
    return f"{hours}, {format_long(held)}" if held else hours


def _context(data: Data, numbering: Numbering) -> Context:
    return common_context(data, numbering, subject=subject(data)) | {
        "ten_cong_doan_co_so": text(data, "union_name"),
        "thoi_gian": _span(data),
        "dia_diem": text(data, "venue").rstrip("."),
        "nguoi_chu_tri": text(data, "chair").rstrip("."),
        "don_vi_chuan_bi": text(data, "preparing_units").rstrip("."),
        "ds_chuong_trinh": [
            {
                "tt": index,
                "gio": clock(value(row, "start_time")),
                "noi_dung": value(row, "content").rstrip("."),
                "nguoi_thuc_hien": value(row, "performer").rstrip("."),
            }
            for index, row in enumerate(rows(data, "items"), start=1)
        ],
    }


KIND = DocumentKind(
    schema=KindSchema(
        kind="launch_programme",
        label_vi="Chương trình lễ ra mắt công đoàn cơ sở",
        symbol_type="CTr",
        annexes=(),
        fields=_FIELDS,
        example=examples.LAUNCH_PROGRAMME,
    ),
    template=lambda _data: "launch_programme/chuong_trinh_ra_mat",
    check=_check,
    context=_context,
    register_subject=subject,
)
