"""How one cell is shown and read, by kind of value. Reading raises Unreadable with what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from core.dates import DateFlag, PartialDate, format_short, from_excel_serial, read_date
from core.errors import Unreadable
from core.identifiers import parse_id_number, parse_tax_code
from core.letters import clean
from core.phones import parse_phones
from core.sheets import ColumnKind, Value
from core.text import clean_line, fold

#: Excel holds no longer text in a cell.
MAX_CELL = 32_000
_EXPONENT = re.compile(r"^\d(?:[.,]\d+)?E\+?\d+$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+$|^\d+$")
_FIRST_SERIAL = 10_000  # 1927; smaller numbers in a date column are years or slips


@dataclass(frozen=True, slots=True)
class Codec:
    """A kind of cell. ``show`` gives what is written, ``read`` the stored value of a filled cell."""

    show: Callable[[Any], Value]
    read: Callable[[Value], Any]
    kind: ColumnKind = ColumnKind.TEXT
    hint: str = ""


def _as_text(value: Value) -> str:
    match value:
        case bool():
            return "có" if value else "không"
        case date() if not isinstance(value, datetime):
            return format_short(value)
        case _:
            return clean_line(str(value))


def _show_text(value: Any) -> Value:
    return value or None


TEXT = Codec(_show_text, _as_text)


def _refuse_exponent(value: Value, what: str) -> str:
    text = _as_text(value)
    if _EXPONENT.match(text):
        raise Unreadable(
            f"Bảng tính đã đổi {what} thành “{text}” và làm mất chữ số; hãy định dạng cột là văn bản"
            " rồi nhập lại.",
            code="exponent",
        )
    return text


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _read_tax_code(value: Value) -> str:
    text = _refuse_exponent(value, "mã số thuế")
    digits = _digits(text)
    if len(digits) == 9:  # noqa: PLR2004 - ten digits without the zero in front
        raise Unreadable(
            f"Mã số thuế “{text}” có 9 chữ số: bảng tính đã bỏ số 0 ở đầu. Nếu đúng là “0{digits}”, hãy"
            " định dạng cột là văn bản rồi nhập lại.",
            code="lost_zero",
        )
    return parse_tax_code(text)


TAX_CODE = Codec(_show_text, _read_tax_code, hint="10 số, hoặc 10 số - 3 số của chi nhánh")


def _read_id_number(value: Value) -> str:
    text = _refuse_exponent(value, "số định danh")
    digits = _digits(text)
    if len(digits) in {8, 10, 11}:
        raise Unreadable(
            f"Số định danh “{text}” có {len(digits)} chữ số: bảng tính có thể đã bỏ số 0 ở đầu; hãy định"
            " dạng cột là văn bản rồi nhập lại.",
            code="lost_zero",
        )
    return parse_id_number(text)


ID_NUMBER = Codec(_show_text, _read_id_number, hint="12 số, hoặc 9 số của CMND cũ")


def _read_phone(value: Value) -> str:
    return parse_phones(_refuse_exponent(value, "số điện thoại"))


PHONE = Codec(_show_text, _read_phone, hint="nhiều số cách nhau bằng dấu ;")


def _read_integer(value: Value) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _as_text(value)
    if not _GROUPED.match(text):
        raise Unreadable(f"“{text}” không phải là số nguyên.", code="bad_integer")
    return int(text.replace(".", ""))


INTEGER = Codec(lambda value: value, _read_integer, ColumnKind.INTEGER, "số nguyên")
#: A year or an order: no thousands mark when shown.
PLAIN_INTEGER = Codec(
    lambda value: None if value is None else str(value), _read_integer, hint="số nguyên"
)


def _reading(text: str) -> PartialDate:
    found = read_date(text)
    if DateFlag.US_ORDER in found.flags:
        raise Unreadable(
            f"“{text}” ghi tháng trước ngày; hãy ghi ngày/tháng/năm, ví dụ"
            f" {format_short(found.value.exact) if found.value.exact else '14/5/2024'}.",
            code="us_order",
        )
    if DateFlag.TWO_DIGIT_YEAR in found.flags:
        raise Unreadable(f"“{text}”: hãy ghi đủ bốn chữ số của năm.", code="two_digit_year")
    return found.value


def _read_day(value: Value) -> date:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case int() if value >= _FIRST_SERIAL:
            return from_excel_serial(value)
    text = _as_text(value)
    found = _reading(text).exact
    if found is None:
        raise Unreadable(f"“{text}” chưa đủ ngày, tháng, năm.", code="partial_date")
    return found


DAY = Codec(lambda value: value, _read_day, ColumnKind.DATE, "ngày/tháng/năm")


def _show_partial(value: str) -> Value:
    """``1996-09-05`` -> ``05/09/1996``; ``1996-09`` -> ``09/1996``; ``1996``; a quarter stays ``2024-Q2``."""
    if "Q" in value:
        return value
    return "/".join(reversed(value.split("-"))) if value else None


def _read_partial(value: Value) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return PartialDate.of(value).iso
    return _reading(_as_text(value)).iso


PARTIAL_DATE = Codec(_show_partial, _read_partial, hint="ngày/tháng/năm, tháng/năm hoặc năm")

_YES, _NO = frozenset({"x", "có", "1", "đúng"}), frozenset({"không", "0", "sai"})


def _read_boolean(value: Value) -> bool:
    text = fold(_as_text(value))
    if text not in _YES | _NO:
        raise Unreadable(f"“{text}”: hãy ghi x hoặc để trống.", code="bad_boolean")
    return text in _YES


FLAG = Codec(lambda value: "x" if value else None, _read_boolean, hint="x hoặc để trống")
#: May be unknown: an empty cell is not a no.
YES_NO = Codec(
    lambda value: None if value is None else ("có" if value else "không"),
    _read_boolean,
    hint="có, không, hoặc để trống khi chưa rõ",
)

_MOMENT = re.compile(r"^(?P<day>\S+)\s+(?P<hour>\d{1,2})[:hg]\s*(?P<minute>\d{2})?\S*$")


def _show_moment(value: datetime | None) -> Value:
    return None if value is None else f"{timezone.localtime(value):%d/%m/%Y %H:%M}"


def _read_moment(value: Value) -> datetime:
    zone = timezone.get_default_timezone()
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone)
    text = _as_text(value)
    found = _MOMENT.match(text)
    if found is None:
        raise Unreadable(f"“{text}”: hãy ghi ngày và giờ, ví dụ 28/05/2024 08:00.", code="bad_time")
    try:
        at = time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError as error:
        raise Unreadable(f"“{text}” có giờ không đúng.", code="bad_time") from error
    return datetime.combine(_read_day(found["day"]), at, tzinfo=zone)


MOMENT = Codec(_show_moment, _read_moment, hint="ngày/tháng/năm giờ:phút")


def _show_json(value: Any) -> Value:
    if value in (None, {}, []):
        return None
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if clean(text) != text:  # a cell is cleaned when read: write such letters as escapes
        text = json.dumps(value, ensure_ascii=True, sort_keys=True).replace("  ", " \\u0020")
    if len(text) > MAX_CELL:
        raise Unreadable("Nội dung quá dài cho một ô bảng tính.", code="too_long")
    return text


def _read_json(value: Value) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    try:
        return json.loads(clean_line(str(value)))
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Nội dung không đúng dạng JSON (ký tự thứ {error.pos + 1}).", code="bad_json"
        ) from error


JSON = Codec(_show_json, _read_json, hint="JSON")
#: JSON that may also be a bare number, zero or false: always written.
JSON_VALUE = Codec(
    lambda value: json.dumps(value, ensure_ascii=True, sort_keys=True), _read_json, hint="JSON"
)


def split_list(value: Value) -> list[str]:
    """The entries of a cell that holds several codes."""
    return [part for part in re.split(r"\s*[;,]\s*", _as_text(value)) if part]


CODES = Codec(lambda value: "; ".join(value) or None, split_list, hint="cách nhau bằng dấu ;")


def choice(choices: Iterable[tuple[str, Any]]) -> Codec:
    """Codec of an enumeration: shows the Vietnamese label (with the code where two labels are the same)."""
    labels = {code: str(label) for code, label in choices}
    twice = {label for label in labels.values() if list(labels.values()).count(label) > 1}
    shown = {
        code: f"{label} ({code})" if label in twice else label for code, label in labels.items()
    }
    by_text = {fold(text): code for code, text in shown.items()}
    by_text |= {fold(code): code for code in labels}

    def read(value: Value) -> str:
        text = _as_text(value)
        code = by_text.get(fold(text))
        if code is None:
            raise Unreadable(
                f"“{text}” không có trong danh mục: {'; '.join(shown.values())}.", code="bad_choice"
            )
        return code

    return Codec(shown.get, read, hint="; ".join(shown.values()))
