"""Fields that several forms share, with the names met for them (domain brief §5.0), and small rules. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from core.dates import format_short
from core.errors import Problem
from core.forms.base import FormField, Values
from core.forms.options import GENDERS
from core.numbers import format_integer
from core.schema import FieldKind as K

FULL_NAME = FormField(
    "full_name",
    K.TEXT,
    "Họ và tên",
    (
        "Họ tên",
        "Họ & tên",
        "Họ, chữ đệm và tên",
        "Tên tôi là",
        "Tôi tên là",
        "Họ và tên (xếp theo thứ tự ABC)",
        "Họ và tên khai sinh",
    ),
    room=40,
    lines=2,
    required=True,
    personal=True,
    width=42,
)
DOB = FormField(
    "dob",
    K.PARTIAL_DATE,
    "Ngày, tháng, năm sinh",
    ("Ngày sinh", "Sinh ngày", "Năm sinh", "NTNS", "N/sinh", "Ngày tháng năm sinh", "Sinh năm"),
    room=10,
    personal=True,
    width=24,
)
GENDER = FormField(
    "gender",
    K.ENUM,
    "Giới tính",
    ("Nam/nữ", "Nam (nữ)", "Nam, nữ", "GT", "Phái"),
    room=3,
    options=GENDERS,
    personal=True,
    width=14,
)
ETHNICITY = FormField(
    "ethnicity", K.TEXT, "Dân tộc", ("D.tộc", "DT"), room=16, personal=True, width=20
)
NATIVE_PLACE = FormField(
    "native_place",
    K.TEXT,
    "Quê quán",
    ("Nguyên quán", "Q.quán", "Quê"),
    room=90,
    lines=2,
    personal=True,
    width=45,
)
HOME_ADDRESS = FormField(
    "address",
    K.TEXT,
    "Nơi ở hiện nay",
    ("Chỗ ở hiện nay", "HKTT", "Hộ khẩu thường trú", "Thường trú", "Trú quán", "Nơi thường trú"),
    room=90,
    lines=2,
    personal=True,
)
ID_NUMBER = FormField(
    "id_number",
    K.ID_NUMBER,
    "Số CCCD",
    (
        "CCCD",
        "Số căn cước",
        "Số căn cước công dân",
        "CMND",
        "CMTND",
        "Số CMTND/CCCD",
        "Số CMND/CCCD",
        "Số định danh cá nhân",
        "ĐDCN",
        "Số thẻ căn cước",
    ),
    room=12,
    personal=True,
    width=28,
)
PHONE = FormField(
    "phone",
    K.PHONE,
    "Số điện thoại",
    ("ĐT", "SĐT", "Điện thoại", "Đ/thoại", "Di động", "DĐ", "Số đt", "Số ĐT", "Zalo", "Tel"),
    room=24,
    personal=True,
    width=26,
)
NOTE = FormField("note", K.TEXT, "Ghi chú", ("GC", "Ghi chú khác"), room=30, lines=3, width=20)
ENTERPRISE_NAME = FormField(
    "enterprise_name",
    K.TEXT,
    "Tên doanh nghiệp",
    (
        "Tên đơn vị",
        "Tên DN",
        "Tên công ty",
        "Doanh nghiệp",
        "Tên CSSXKD",
        "Tên cơ sở sản xuất kinh doanh",
        "Tên HTX",
        "Tên doanh nghiệp, đơn vị",
    ),
    room=150,
    lines=3,
    required=True,
    width=45,
)
TAX_CODE = FormField(
    "tax_code",
    K.TAX_CODE,
    "Mã số thuế",
    (
        "MST",
        "Mã số DN",
        "MSDN",
        "Mã số doanh nghiệp",
        "Mã số ĐKKD",
        "Số ĐKKD",
        "GPKD số",
        "Mã số thuế (mã số doanh nghiệp)",
    ),
    room=14,
    width=28,
)
UNION_NAME = FormField(
    "union_name",
    K.TEXT,
    "Tên công đoàn cơ sở",
    ("Tên CĐCS", "Công đoàn cơ sở", "CĐCS"),
    room=170,
    lines=3,
    required=True,
)
DATE_SIGNED = FormField(
    "date_signed",
    K.DATE,
    "Ngày lập",
    ("Ngày làm đơn", "Ngày ký", "Ngày viết đơn", "Ngày lập danh sách"),
    room=10,
)
WORKERS_TOTAL = FormField(
    "workers_total",
    K.INTEGER,
    "Tổng số lao động",
    (
        "Tổng số LĐ",
        "Tổng LĐ",
        "Số lao động",
        "Tổng số người lao động",
        "Tổng số NLĐ",
        "TSLĐ",
        "Tổng lao động",
    ),
    room=7,
    unit="người",
    minimum=0,
)


def like(base: FormField, **changes: Any) -> FormField:
    """The same field with other wording or room."""
    return replace(base, **changes)


def count(key: str, label: str, *labels: str, **more: Any) -> FormField:
    """A number of people, ballots or unions, never negative."""
    more.setdefault("minimum", 0)
    more.setdefault("unit", "người")
    more.setdefault("room", 7)
    return FormField(key, K.INTEGER, label, labels, **more)


def text(key: str, label: str, *labels: str, **more: Any) -> FormField:
    """A text field."""
    return FormField(key, K.TEXT, label, labels, **more)


def parts_within(values: Values, total: str, parts: dict[str, str]) -> list[Problem]:
    """Each part is at most the total. ``parts``: key to its name in the sentence."""
    whole = values.number(total)
    if whole is None:
        return []
    return [
        Problem(
            "part_over_total",
            f"Số {name} ({format_integer(part)}) lớn hơn tổng số ({format_integer(whole)}).",
            (key, total),
        )
        for key, name in parts.items()
        if (part := values.number(key)) is not None and part > whole
    ]


def sum_within(values: Values, total: str, keys: tuple[str, ...], *, name: str) -> list[Problem]:
    """The parts together are at most the total; parts left out count nothing."""
    whole = values.number(total)
    parts = [part for key in keys if (part := values.number(key)) is not None]
    if whole is None or sum(parts) <= whole:
        return []
    return [
        Problem(
            "sum_mismatch",
            f"Cộng {name} được {format_integer(sum(parts))}, lớn hơn tổng số {format_integer(whole)}.",
            (*keys, total),
        )
    ]


def in_order(values: Values, earlier: tuple[str, str], later: tuple[str, str]) -> list[Problem]:
    """One day is not after the other; each is given as key and name."""
    first, last = values.text(earlier[0]), values.text(later[0])
    if first is None or last is None:
        return []
    precision = min(len(first), len(last))
    if first[:precision] <= last[:precision]:
        return []
    return [
        Problem(
            "date_order",
            f"{earlier[1]} ({first}) sau {later[1]} ({last}).",
            (earlier[0], later[0]),
        )
    ]


def not_in_future(values: Values, key: str, name: str, on: date | None) -> list[Problem]:
    """The day of an event that has been is not after the day on which the form came."""
    day = values.first_day(key)
    if on is None or day is None or day <= on:
        return []
    return [Problem("date_in_future", f"{name} {format_short(day)} sau ngày nhận phiếu.", (key,))]


def row_count(values: Values, key: str, *, name: str) -> list[Problem]:
    """The number stated equals the rows of the table."""
    stated, rows = values.number(key), len(values.rows())
    if stated is None or stated == rows:
        return []
    return [
        Problem(
            "row_count",
            f"{name} ghi {format_integer(stated)} nhưng bảng có {format_integer(rows)} dòng.",
            (key, "rows"),
        )
    ]


def repeated(values: Values, key: str, *, name: str) -> list[Problem]:
    """No two rows carry the same value."""
    seen: dict[object, int] = {}
    problems = []
    for at, row in enumerate(values.rows()):
        value = row.data.get(key)
        if value is None:
            continue
        if value in seen:
            problems.append(
                Problem(
                    "duplicate",
                    f"{name} “{value}” ở dòng {at + 1} trùng với dòng {seen[value] + 1}.",
                    (f"rows[{seen[value]}].{key}", f"rows[{at}].{key}"),
                )
            )
        seen.setdefault(value, at)
    return problems


def column_total(values: Values, total: str, column: str, *, name: str) -> list[Problem]:
    """The total stated equals the sum of its column; never mended silently (domain brief §5.b)."""
    stated = values.number(total)
    parts = [part for row in values.rows() if (part := row.number(column)) is not None]
    if stated is None or not values.rows() or stated == sum(parts):
        return []
    return [
        Problem(
            "sum_mismatch",
            f"{name} ghi {format_integer(stated)} nhưng cộng cột được {format_integer(sum(parts))}.",
            (total, f"rows.{column}"),
        )
    ]
