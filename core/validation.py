"""Check given data against declared fields: everything missing and wrong at once, normalised values back."""

from __future__ import annotations

import base64
import difflib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from core.dates import FIRST_YEAR, LAST_YEAR, PartialDate, format_short, read_date
from core.errors import DataIncomplete, Unreadable
from core.identifiers import parse_id_number, parse_tax_code
from core.letters import bad_character, clean, clean_line, fold, is_tidy
from core.numbers import WORDS_LIMIT, format_integer
from core.periods import format_time_value, parse_period, parse_term, parse_time
from core.phones import parse_phones
from core.pictures import from_base64
from core.schema import FieldKind, FieldSpec


@dataclass(frozen=True, slots=True)
class Checked:
    """Outcome of a check.

    ``data``: normalised plain JSON without the optional values left out; only complete if ``ok``.
    ``missing`` and the keys of ``wrong`` are paths such as ``subject`` or ``members[2].full_name``
    (counted from 0, as in JSON); reasons are Vietnamese.
    """

    data: dict[str, object]
    missing: tuple[str, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Nothing is missing and nothing is wrong."""
        return not self.missing and not self.wrong


class _Wrong(Exception):
    """A value is not right; carries the reason."""


def check_data(fields: tuple[FieldSpec, ...], data: Mapping[str, object]) -> Checked:
    """Check ``data`` against ``fields``. Never raises for bad data.

    An empty text, null or empty list is the same as a value left out. Texts are cleaned to NFC on trimmed
    lines; dates may come in any unmistakable Vietnamese form and leave as ``YYYY-MM-DD``.
    """
    walk = _Walk()
    checked = walk.members(fields, data, "")
    return Checked(checked, tuple(walk.missing), walk.wrong)


def require(checked: Checked, fields: tuple[FieldSpec, ...]) -> dict[str, object]:
    """The checked data, or DataIncomplete naming every missing and wrong field by its Vietnamese label."""
    if checked.ok:
        return checked.data
    parts: list[str] = []
    if checked.missing:
        labels = "; ".join(path_label(fields, path) for path in checked.missing)
        parts.append(f"Còn thiếu {len(checked.missing)} mục: {labels}.")
    if checked.wrong:
        reasons = "; ".join(f"{path_label(fields, p)}: {why}" for p, why in checked.wrong.items())
        parts.append(f"Chưa đúng {len(checked.wrong)} mục: {reasons}.")
    raise DataIncomplete(" ".join(parts), missing=checked.missing, wrong=checked.wrong)


_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def path_label(fields: tuple[FieldSpec, ...], path: str) -> str:
    """Vietnamese label of a path, rows counted from 1: ``Ủy viên, dòng 3, Họ và tên``.

    A part that no field declares is shown as it is.
    """
    labels: list[str] = []
    specs = {spec.key: spec for spec in fields}
    for key, index in _STEP.findall(path):
        if index:
            labels.append(f"dòng {int(index) + 1}")
            continue
        spec = specs.get(key)
        labels.append(f"“{spec.label_vi}”" if spec else f"“{key}”")
        specs = {inner.key: inner for inner in spec.item} if spec else {}
    return ", ".join(labels)


def is_blank(value: object) -> bool:
    """Whether a value counts as left out: null, empty or blank text, empty list or object."""
    if isinstance(value, str):
        return not clean(value)
    return value is None or (isinstance(value, list | tuple | dict) and not value)


_ABSENT = object()


class _Walk:
    """Collects what is missing and wrong while it goes through the data."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.wrong: dict[str, str] = {}

    def members(
        self, fields: tuple[FieldSpec, ...], data: Mapping[str, object], prefix: str
    ) -> dict[str, object]:
        out: dict[str, object] = {}
        met = 0
        for spec in fields:
            key = spec.key
            given = data.get(key, _ABSENT)
            if given is _ABSENT:
                if spec.required:
                    self.missing.append(f"{prefix}{key}")
                continue
            met += 1
            if type(given) is str and _is_good(spec, given):
                out[key] = given
                continue
            value = self.value(spec, given, f"{prefix}{key}")
            if value is not None:
                out[key] = value
        if met == len(data):
            return out
        known = {spec.key for spec in fields}
        for key in data:
            if key not in known:
                self.wrong[f"{prefix}{key}"] = _unknown(str(key), fields, given=data)
        return out

    def value(self, spec: FieldSpec, value: object, path: str) -> object | None:
        if is_blank(value):
            if spec.required:
                self.missing.append(path)
            return None
        try:
            if spec.kind is FieldKind.ROWS:
                return self.rows(spec, value, path)
            if spec.kind is FieldKind.GROUP:
                return self.members(spec.item, _mapping(value), f"{path}.") or None
            if spec.kind is FieldKind.TEXT_LIST:
                return self.texts(spec, value, path)
            return _PLAIN[spec.kind](spec, value)
        except (_Wrong, Unreadable) as error:
            self.wrong[path] = str(error).rstrip(".")
            return None

    def rows(self, spec: FieldSpec, value: object, path: str) -> list[object] | None:
        out: list[object] = []
        for at, row in enumerate(_list(value)):
            where = f"{path}[{at}]"
            if not isinstance(row, Mapping):
                self.wrong[where] = "phải là một đối tượng {…} gồm các cột của bảng"
                continue
            out.append(self.members(spec.item, row, f"{where}."))
        _at_least(spec, len(_list(value)), "dòng")
        return out or None

    def texts(self, spec: FieldSpec, value: object, path: str) -> list[object] | None:
        out: list[object] = []
        for at, text in enumerate(_list(value)):
            if is_blank(text):
                continue
            try:
                out.append(_text(spec, text))
            except _Wrong as error:
                self.wrong[f"{path}[{at}]"] = str(error)
        if not out:
            if spec.required and not any(p.startswith(f"{path}[") for p in self.wrong):
                self.missing.append(path)
            return None
        _at_least(spec, len(out), "mục")
        return out


def _is_good(spec: FieldSpec, value: str) -> bool:
    """Whether a text is right as it stands, so that nothing needs to be read or mended: nearly all are."""
    if not value:
        return False
    kind = spec.kind
    if kind is FieldKind.TEXT:
        return len(value) <= spec.max_length and "\ufffd" not in value and is_tidy(value)
    if kind is FieldKind.ENUM:
        for choice in spec.choices:  # noqa: SIM110 - any() with a generator costs three times as much
            if choice.code == value:
                return True
        return False
    if kind is FieldKind.DATE or kind is FieldKind.PARTIAL_DATE:
        return _is_iso_day(value)
    return False


@lru_cache(4096)
def _is_iso_day(value: str) -> bool:
    if not _ISO_DAY.fullmatch(value):
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False


def _unknown(key: str, fields: Sequence[FieldSpec], *, given: Mapping[str, object]) -> str:
    """Reason for a key no field declares, with the nearest declared one (by key or by label)."""
    free = [spec for spec in fields if spec.key not in given] or list(fields)
    by_name = {spec.key: spec for spec in fields} | {fold(spec.label_vi): spec for spec in free}
    names = [spec.key for spec in free] + [fold(spec.label_vi) for spec in free]
    close = difflib.get_close_matches(fold(key), names, n=1, cutoff=0.6)
    if not close:
        return "không có trường này"
    spec = by_name[close[0]]
    return f"không có trường này; có phải “{spec.key}” ({spec.label_vi})?"


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _Wrong("phải là một đối tượng {…}")
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise _Wrong("phải là một danh sách […]")
    return value


def _at_least(spec: FieldSpec, count: int, unit: str) -> None:
    if spec.minimum is not None and count < spec.minimum:
        raise _Wrong(f"cần ít nhất {spec.minimum} {unit}, mới có {count}")


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong("phải là chữ, đặt trong dấu nháy")
    damaged = bad_character(value)
    if damaged:
        raise _Wrong(f"có ký tự hỏng hoặc ký tự điều khiển ({damaged}); hãy gõ lại")
    return value


def _text(spec: FieldSpec, value: object) -> str:
    text = clean(_string(value))
    if len(text) > spec.max_length:
        raise _Wrong(f"dài {len(text)} ký tự, nhiều nhất là {spec.max_length}")
    return text


def _integer(spec: FieldSpec, value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON knows no difference between 27 and 27.0
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Wrong("phải là số nguyên, không đặt trong dấu nháy")
    lowest = 0 if spec.minimum is None and spec.kind is FieldKind.MONEY else spec.minimum
    if lowest is not None and value < lowest:
        raise _Wrong(f"phải từ {format_integer(lowest)} trở lên")
    if abs(value) >= WORDS_LIMIT:
        raise _Wrong("số quá lớn")
    return value


def _partial(value: object) -> PartialDate:
    if isinstance(value, date) and not isinstance(value, datetime):
        return PartialDate.of(value)
    reading = read_date(_string(value))
    if reading.flags & {"two_digit_year", "us_order"}:
        shown = reading.value.exact
        meant = f"; có phải {format_short(shown)}?" if shown else ""
        raise _Wrong(f"ngày ghi chưa rõ{meant} Hãy ghi dạng YYYY-MM-DD")
    return reading.value


def _date(_spec: FieldSpec, value: object) -> str:
    found = _partial(value)
    if found.day is None:
        raise _Wrong("cần đủ ngày, tháng, năm (YYYY-MM-DD)")
    return found.iso


def _partial_date(_spec: FieldSpec, value: object) -> str:
    found = _partial(value)
    if found.quarter is not None:
        raise _Wrong("cần ngày, tháng hoặc năm, không ghi theo quý")
    return found.iso


def _boolean(_spec: FieldSpec, value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("phải là true (có) hoặc false (không)")
    return value


def _enum(spec: FieldSpec, value: object) -> str:
    text = clean_line(_string(value))
    codes = [choice.code for choice in spec.choices]
    if text not in codes:
        allowed = ", ".join(f"{choice.code} ({choice.label_vi})" for choice in spec.choices)
        raise _Wrong(f"“{text}” không có trong danh mục; chọn một trong: {allowed}")
    return text


def _time(_spec: FieldSpec, value: object) -> str:
    return format_time_value(parse_time(_string(value)))


def _rate(_spec: FieldSpec, value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Wrong("phải là số phần trăm, không đặt trong dấu nháy")
    if value < 0:
        raise _Wrong("phải từ 0 trở lên")
    if round(value, 2) != value:
        raise _Wrong("nhiều nhất hai chữ số thập phân")
    return int(value) if value == int(value) else value


def _term(text: str) -> str:
    return str(parse_term(text))


def _by(parse: Callable[[str], str]) -> Callable[[FieldSpec, object], str]:
    return lambda _spec, value: parse(_string(value))


def _picture(_spec: FieldSpec, value: object) -> str:
    return base64.b64encode(from_base64(_string(value))).decode()


_PLAIN: dict[FieldKind, Callable[[FieldSpec, object], object]] = {
    FieldKind.TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _integer,
    FieldKind.DATE: _date,
    FieldKind.PARTIAL_DATE: _partial_date,
    FieldKind.TIME: _time,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.ENUM: _enum,
    FieldKind.TAX_CODE: _by(parse_tax_code),
    FieldKind.ID_NUMBER: _by(parse_id_number),
    FieldKind.PHONE: _by(parse_phones),
    FieldKind.PICTURE: _picture,
    FieldKind.PERIOD: _by(parse_period),
    FieldKind.TERM: _by(_term),
    FieldKind.RATE: _rate,
}
