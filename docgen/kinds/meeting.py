"""What minutes of every meeting share: people, guests by side, times, and their checks. Pure."""

from __future__ import annotations

from datetime import date, time

from core.dates import format_long
from core.errors import Problem
from core.periods import format_time
from core.schema import Choice, FieldKind, FieldSpec
from docgen.kinds.base import Data
from docgen.kinds.common import rows, text
from docgen.kinds.people import Row, value

_F = FieldSpec
_K = FieldKind

#: Whom a guest stands for, in the order in which minutes name them.
SIDES = (
    Choice("union", "Đại diện công đoàn cấp trên"),
    Choice("party", "Đại diện cấp ủy"),
    Choice("authority", "Đại diện chính quyền địa phương"),
    Choice("employer", "Đại diện người sử dụng lao động"),
    Choice("other", "Đại biểu khác"),
)
PERSON_FIELDS: tuple[FieldSpec, ...] = (
    _F("full_name", _K.TEXT, "Họ và tên", required=True, max_length=100),
    _F("post", _K.TEXT, "Chức vụ, đơn vị", required=True, max_length=200),
)
GUEST_FIELDS: tuple[FieldSpec, ...] = (
    *PERSON_FIELDS,
    _F("side", _K.ENUM, "Thành phần", required=True, choices=SIDES),
)


def clock(given: str) -> str:
    """``14:00`` -> ``14 giờ 00 phút``."""
    return format_time(time.fromisoformat(given))


def start_line(data: Data, held: date | None) -> str:
    """``14 giờ 00 phút, ngày 16 tháng 5 năm 2024``."""
    return f"{clock(text(data, 'start_time'))}, {format_long(held)}" if held else ""


def person_line(row: Row) -> str:
    """``Lò Thị Ánh, Chủ tịch Liên đoàn Lao động huyện Tam Đường``."""
    return f"{value(row, 'full_name')}, {value(row, 'post')}"


def guest_groups(data: Data) -> list[dict[str, object]]:
    """Guests by side, sides without guests left out."""
    guests = rows(data, "guests")
    groups = [
        (side.label_vi, [person_line(row) for row in guests if row.get("side") == side.code])
        for side in SIDES
    ]
    return [{"ten_nhom": label, "ds_nguoi": people} for label, people in groups if people]


def time_problems(data: Data) -> list[Problem]:
    """A meeting ends after it began."""
    start, end = text(data, "start_time"), text(data, "end_time")
    if start and end and time.fromisoformat(end) <= time.fromisoformat(start):
        message = f"Giờ kết thúc ({end}) phải sau giờ bắt đầu ({start})."
        return [Problem("time_order", message, ("start_time", "end_time"))]
    return []
