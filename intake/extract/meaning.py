"""What a written value means: one reader per kind of field. Doubt is a problem, never a guess (contract §4)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from core.dates import DateFlag, PartialDate, from_excel_serial, read_date
from core.errors import Unreadable
from core.forms import FormField
from core.identifiers import read_id_number, read_tax_code
from core.letters import clean_line, fold
from core.money import parse_money
from core.numbers import parse_count, parse_fraction, parse_integer, parse_percent, read_words
from core.periods import format_time_value, parse_period, parse_term, parse_time
from core.phones import parse_phones
from core.schema import FieldKind
from intake.extract.choices import read_boolean, read_enum
from intake.extract.found import Found
from intake.extract.texts import NOTHING_IN_TEXT, PLACEHOLDER, read_text
from intake.extract.values import Doubt, Meaning

_NOTHING = NOTHING_IN_TEXT | {"0"}
#: A number from here on in a cell for a date is a day whose format was lost (18/5/1927); below it is a year.
_FIRST_SERIAL = 10_000
_APPROXIMATE = re.compile(
    r"^(?:khoảng|chừng|tầm|gần|hơn|trên|dưới|ước tính|ước|độ|≈|~|>|<)\s*(?=\d)"
    r"|\d\s*(?:-|–|đến)\s*\d+\s*(?:người|lao động)?$"
)
#: Kinds of fields whose values are figures without spaces.
_FIGURES = frozenset(
    (
        FieldKind.DATE,
        FieldKind.PARTIAL_DATE,
        FieldKind.PHONE,
        FieldKind.ID_NUMBER,
        FieldKind.TAX_CODE,
    )
)


def mean(field: FormField, found: Found) -> Meaning:
    """The value of what was found for a field."""
    raw = clean_line(found.text)
    if PLACEHOLDER.match(raw):
        return Meaning(None, "")
    if not raw and found.checked is None and found.native is None and found.choice is None:
        return Meaning(None, "")
    reader = _READERS[field.kind]
    try:
        return reader(field, found, raw)
    except Unreadable as error:
        together = re.sub(r"\s+", "", raw)
        if field.kind in _FIGURES and together != raw and re.fullmatch(r"[\d/.\-]+", together):
            # A narrow cell breaks figures in two: 05/9/199 6.
            with contextlib.suppress(Unreadable):
                return replace(reader(field, replace(found, text=together), together), raw=raw)
        return Meaning(None, raw, (Doubt(_code(error), error.message),))


def _code(error: Unreadable) -> str:
    return error.code or "unreadable"


# --- numbers -----------------------------------------------------------------------------------------


def _integer(field: FormField, found: Found, raw: str) -> Meaning:
    native = found.native
    if isinstance(native, bool):
        raise Unreadable(f"“{raw}” không phải là số.")
    if isinstance(native, int | float):
        if float(native) != int(native):
            return Meaning(None, raw, (Doubt("not_whole", f"“{raw}” không phải là số nguyên."),))
        return _bounded(field, int(native), raw, ())
    key = fold(raw)
    if key.rstrip(".") in {"không", "không có", "-", "–", "//"}:
        return Meaning(0, raw) if key.startswith("không") else Meaning(None, raw)
    if _APPROXIMATE.search(key):
        return Meaning(
            None, raw, (Doubt("approximate", f"“{raw}” là số ước chừng; cần con số chính xác."),)
        )
    value, doubts = _whole(field, key, raw)
    return _bounded(field, value, raw, doubts)


_IN_WORDS = re.compile(r"^(?P<figures>.*\d.*?)\s*\((?P<words>[^()\d]+)\)\s*(?P<unit>[^()\d]*)$")


def _whole(field: FormField, key: str, raw: str) -> tuple[int, tuple[Doubt, ...]]:
    fraction = re.match(r"^(\d{1,6})\s*/\s*(\d{1,6})\b", key)
    if fraction and field.key in {
        "votes",
        "ballots_collected",
        "ballots_valid",
        "members_present",
        "present",
    }:
        return parse_fraction(fraction.group())[0], ()
    votes = re.match(
        r"^(\d{1,6})\s*(?:phiếu)?\s*(?:=|,|\(|đạt)\s*(?:tỷ lệ|tỉ lệ)?\s*[\d.,]+\s*%", key
    )
    if votes:
        return int(votes[1]), ()
    raw = re.sub(r"(?<=\d)(?=NLĐ|LĐ|người|phiếu)", " ", raw)  # a narrow cell runs them together
    line = re.sub(r"[oO](?=[\d.,\s]*\d|$)(?<=\d[oO])|(?<![^\W\d_])[oO](?=\d)", "0", raw)
    mended = (
        (Doubt("letter_in_number", f"“{raw}” có chữ O giữa các chữ số; hiểu là {line}."),)
        if line != raw
        else ()
    )
    try:
        return parse_count(line), mended
    except Unreadable:
        if re.search(r"\d", line):
            trimmed = re.sub(
                r"^(?:là|có|gồm)\s+|\s*(?:người|lao động|lđ|phiếu|đoàn viên|đv|đồng chí)\.?$",
                "",
                fold(line),
            )
            return parse_integer(trimmed.rstrip(" .;,")), mended
        return read_words(re.sub(r"\s*(?:người|lao động|phiếu|đoàn viên)$", "", fold(line))), mended


def _bounded(field: FormField, value: int, raw: str, doubts: tuple[Doubt, ...]) -> Meaning:
    if field.minimum is not None and value < field.minimum:
        return Meaning(None, raw, (*doubts, Doubt("negative", f"“{raw}” là số âm.")))
    return Meaning(value, raw, doubts)


def _money(field: FormField, found: Found, raw: str) -> Meaning:
    if isinstance(found.native, int | float) and not isinstance(found.native, bool):
        if float(found.native) == int(found.native):
            return Meaning(int(found.native), raw)
        raise Unreadable(f"Số tiền “{raw}” có phần lẻ.")
    key = fold(raw)
    if key in NOTHING_IN_TEXT:
        return Meaning(None, raw)
    if _APPROXIMATE.search(key):
        return Meaning(
            None, raw, (Doubt("approximate", f"“{raw}” là số ước chừng; cần con số chính xác."),)
        )
    if re.search(r"\d\.\d{3}(?:\.\d{3})*,\d{1,2}\b", raw) and not re.search(r",0+\b", raw):
        raise Unreadable(f"Số tiền “{raw}” có phần lẻ dưới một đồng.")
    line = re.sub(r"(?<=\d)[oO]|[oO](?=\d)", "0", raw)
    both = _IN_WORDS.match(line)
    if both is None:
        return Meaning(parse_money(line), raw)
    value = parse_money(f"{both['figures']} {both['unit']}".strip())
    if parse_money(both["words"]) != value:
        return Meaning(None, raw, (Doubt("words_differ", f"“{raw}”: số và chữ khác nhau."),))
    return Meaning(value, raw)


def _rate(field: FormField, found: Found, raw: str) -> Meaning:
    """A percentage; a workbook's 0,875 formatted as % is 87,5."""
    native = found.native
    if isinstance(native, int | float) and not isinstance(native, bool):
        share = Decimal(str(native)) * (100 if "%" in found.number_format else 1)
        return Meaning(_plain(share), raw)
    if fold(raw) in {"-", "–", "//"}:
        return Meaning(None, raw)
    fraction = re.fullmatch(r"(\d+)\s*/\s*(\d+)", raw)
    if fraction and int(fraction[2]):
        return Meaning(_plain(Decimal(100 * int(fraction[1])) / int(fraction[2])), raw)
    return Meaning(_plain(parse_percent(raw)), raw)


def _plain(value: Decimal) -> int | float:
    rounded = value.quantize(Decimal("0.01"))
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


# --- dates and times ---------------------------------------------------------------------------------


def _native_day(found: Found) -> PartialDate | None:
    native = found.native
    if isinstance(native, datetime):
        native = native.date()
    return PartialDate.of(native) if isinstance(native, date) else None


def _date_value(
    field: FormField, found: Found, raw: str
) -> tuple[PartialDate | None, tuple[Doubt, ...]]:
    native = _native_day(found)
    if native is not None:
        month_only = "d" not in found.number_format.lower() and "m" in found.number_format.lower()
        if month_only and field.kind is FieldKind.PARTIAL_DATE:
            native = PartialDate(native.year, native.month)
        return native, ()
    if fold(raw).rstrip(".") in _NOTHING or re.fullmatch(
        r"[/\s.\-_]+|ngày\s*tháng\s*năm", fold(raw)
    ):
        return None, ()
    if isinstance(found.native, int | float) and not isinstance(found.native, bool):
        if found.native >= _FIRST_SERIAL:
            return PartialDate.of(from_excel_serial(found.native)), ()
        raw = str(int(found.native))
    reading = read_date(re.sub(r"(?<=\d)[oO]|[oO](?=\d)", "0", raw))
    doubts = []
    if DateFlag.TWO_DIGIT_YEAR in reading.flags:
        doubts.append(
            Doubt("two_digit_year", f"“{raw}” ghi năm hai chữ số; hiểu là {reading.value.iso}.")
        )
    if DateFlag.US_ORDER in reading.flags:
        doubts.append(
            Doubt("us_order", f"“{raw}” ghi tháng trước ngày; hiểu là {reading.value.iso}.")
        )
    return reading.value, tuple(doubts)


def _date(field: FormField, found: Found, raw: str) -> Meaning:
    value, doubts = _date_value(field, found, raw)
    if value is None:
        return Meaning(None, raw)
    if value.day is None:
        return Meaning(None, raw, (Doubt("day_missing", f"“{raw}” chưa đủ ngày, tháng, năm."),))
    return Meaning(value.iso, raw, doubts)


def _partial_date(field: FormField, found: Found, raw: str) -> Meaning:
    value, doubts = _date_value(field, found, raw)
    if value is None:
        return Meaning(None, raw)
    if value.quarter is not None:
        return Meaning(None, raw, (Doubt("quarter", f"“{raw}” là một quý; cần tháng hoặc ngày."),))
    return Meaning(value.iso, raw, doubts)


def _time(_field: FormField, found: Found, raw: str) -> Meaning:
    if isinstance(found.native, datetime):
        return Meaning(format_time_value(found.native.time()), raw)
    if isinstance(found.native, time):
        return Meaning(format_time_value(found.native), raw)
    return Meaning(format_time_value(parse_time(raw)), raw)


def _period(_field: FormField, found: Found, raw: str) -> Meaning:
    native = _native_day(found)
    if native is not None:
        return Meaning(PartialDate(native.year, native.month).iso, raw)
    return Meaning(parse_period(raw), raw)


def _term(_field: FormField, _found: Found, raw: str) -> Meaning:
    return Meaning(str(parse_term(raw.replace("/", "-"))), raw)


# --- codes -------------------------------------------------------------------------------------------


def _long_number(found: Found, raw: str) -> str:
    """A long number a workbook keeps as a number; ``6.29990E+09`` has lost its digits."""
    if re.fullmatch(r"\d(?:[.,]\d+)?E\+?\d+", raw, re.IGNORECASE) and not isinstance(
        found.native, int | float
    ):
        raise Unreadable(
            f"“{raw}” đã mất chữ số trong bảng tính; hãy định dạng ô là Text rồi nhập lại.",
            code="digits_lost",
        )
    if isinstance(found.native, int | float) and not isinstance(found.native, bool):
        return str(int(found.native))
    return raw


def _tax_code(_field: FormField, found: Found, raw: str) -> Meaning:
    if fold(raw) in _NOTHING:
        return Meaning(None, raw)
    digits = re.sub(r"^số\s*:?\s*(?=\d)", "", _long_number(found, raw), flags=re.IGNORECASE)
    lost = re.sub(r"\D", "", digits)
    mended: tuple[Doubt, ...] = ()
    if len(lost) == 9:  # noqa: PLR2004 - a workbook dropped the first zero
        digits = f"0{lost}"
        mended = (
            Doubt("zero_restored", "Đã thêm số 0 ở đầu mã số thuế (bảng tính bỏ mất).", light=True),
        )
    return Meaning(read_tax_code(digits).value, raw, mended)


def _id_number(_field: FormField, found: Found, raw: str) -> Meaning:
    if fold(raw) in _NOTHING:
        return Meaning(None, raw)
    reading = read_id_number(_long_number(found, raw))
    restored = tuple(
        Doubt("zero_restored", w, light=True) for w in reading.warnings if w.startswith("Đã thêm")
    )
    odd = tuple(Doubt("odd_id", w) for w in reading.warnings if not w.startswith("Đã thêm"))
    return Meaning(reading.value, raw, (*restored, *odd))


def _phone(_field: FormField, found: Found, raw: str) -> Meaning:
    if fold(raw) in _NOTHING:
        return Meaning(None, raw)
    return Meaning(parse_phones(_long_number(found, raw)), raw)


_READERS: dict[FieldKind, Callable[[FormField, Found, str], Meaning]] = {
    FieldKind.TEXT: read_text,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _money,
    FieldKind.RATE: _rate,
    FieldKind.DATE: _date,
    FieldKind.PARTIAL_DATE: _partial_date,
    FieldKind.TIME: _time,
    FieldKind.PERIOD: _period,
    FieldKind.TERM: _term,
    FieldKind.TAX_CODE: _tax_code,
    FieldKind.ID_NUMBER: _id_number,
    FieldKind.PHONE: _phone,
    FieldKind.ENUM: read_enum,
    FieldKind.BOOLEAN: read_boolean,
}
