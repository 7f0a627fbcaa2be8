"""Numbers as Vietnamese papers write and say them (domain brief §4.0.2, §6.2, §6.3).

Dot for thousands, comma for decimals. Every writer has a reader; readers raise Unreadable with the reason.
"""

from __future__ import annotations

import re
from decimal import Decimal

from core.errors import Unreadable
from core.letters import clean_line, fold

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
#: First number `to_words` cannot say.
WORDS_LIMIT = 10**15


def _units_after_tens(tens: int, unit: int) -> str:
    if unit == 1 and tens >= 2:
        return "mốt"
    if unit == 4 and tens != 1:
        return "tư"
    if unit == 5 and tens >= 1:
        return "lăm"
    return _DIGITS[unit]


def _say_hundreds(n: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(n, 100)
    tens, unit = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
    if rest == 0:
        return words
    if tens == 0:
        return [*words, "linh", _units_after_tens(0, unit)] if words else [_DIGITS[unit]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit:
        words.append(_units_after_tens(tens, unit))
    return words


def _say_below_billion(n: int, *, full: bool) -> list[str]:
    words: list[str] = []
    for size, name in ((10**6, ["triệu"]), (1000, ["nghìn"]), (1, [])):
        group = n // size % 1000
        if group:
            words += [*_say_hundreds(group, full=full or bool(words)), *name]
    return words


def to_words(n: int) -> str:
    """Say a whole number, 0 <= n < 10**15: 2024 -> ``hai nghìn không trăm hai mươi tư``.

    Northern forms (tư, mốt, lăm, linh, nghìn). Groups of zeros are left out and the next group is then
    said in full: 1_000_005 -> ``một triệu không trăm linh năm``. Raises ValueError outside the range.
    """
    if not 0 <= n < WORDS_LIMIT:
        raise ValueError(f"no words for {n}: outside 0 .. 10**15 - 1")
    if n == 0:
        return _DIGITS[0]
    high, low = divmod(n, _BILLION)
    words = [*_say_below_billion(high, full=False), "tỷ"] if high else []
    return " ".join(words + _say_below_billion(low, full=bool(words)))


_UNIT_WORDS = {word: at for at, word in enumerate(_DIGITS)} | {
    "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7, "bảy": 7,
}  # fmt: skip
_ZERO_TENS = frozenset(("linh", "lẻ"))
_SCALES = {"tỷ": _BILLION, "tỉ": _BILLION, "triệu": 10**6, "nghìn": 1000, "ngàn": 1000}


def _read_tens(words: list[str], text: str) -> int:
    """Value below 100 of ``linh năm``, ``hai mươi tư``, ``mười lăm``, ``hai tư``, ``chín``."""
    match words:
        case []:
            return 0
        case [unit] if unit in _UNIT_WORDS:
            return _UNIT_WORDS[unit]
        case ["mười"]:
            return 10
        case [zero, unit] if zero in _ZERO_TENS and _UNIT_WORDS.get(unit, 0) > 0:
            return _UNIT_WORDS[unit]
        case ["mười", unit] if _UNIT_WORDS.get(unit, 0) > 0:
            return 10 + _UNIT_WORDS[unit]
        case [tens, "mươi"] if _UNIT_WORDS.get(tens, 0) > 1:
            return 10 * _UNIT_WORDS[tens]
        case [tens, "mươi", unit] if _UNIT_WORDS.get(tens, 0) > 1 and _UNIT_WORDS.get(unit, 0) > 0:
            return 10 * _UNIT_WORDS[tens] + _UNIT_WORDS[unit]
        case [tens, ("mốt" | "tư" | "lăm" | "nhăm") as unit] if _UNIT_WORDS.get(tens, 0) > 1:
            return 10 * _UNIT_WORDS[tens] + _UNIT_WORDS[unit]  # hai tư = 24, in speech
    raise Unreadable(f"Không đọc được số viết bằng chữ: “{text}”.")


def _read_hundreds(words: list[str], text: str) -> int:
    if "trăm" not in words:
        return _read_tens(words, text)
    at = words.index("trăm")
    if at != 1 or words[0] not in _UNIT_WORDS:
        raise Unreadable(f"Không đọc được số viết bằng chữ: “{text}”.")
    rest = words[2:]
    if rest == ["rưỡi"]:
        return 100 * _UNIT_WORDS[words[0]] + 50
    return 100 * _UNIT_WORDS[words[0]] + _read_tens(rest, text)


def _split_last(words: list[str], names: frozenset[str]) -> tuple[list[str], list[str]] | None:
    for at in range(len(words) - 1, -1, -1):
        if words[at] in names:
            return words[:at], words[at + 1 :]
    return None


def _read_scaled(words: list[str], scales: tuple[int, ...], text: str) -> int:
    if not scales:
        return _read_hundreds(words, text)
    size, smaller = scales[0], scales[1:]
    parts = _split_last(words, frozenset(w for w, s in _SCALES.items() if s == size))
    if parts is None:
        return _read_scaled(words, smaller, text)
    before, after = parts
    # Only billions may hold thousands and millions before them (`một nghìn tỷ`).
    count = _read_scaled(before, smaller if size == _BILLION else (), text)
    if not before:
        raise Unreadable(f"Không đọc được số viết bằng chữ: “{text}”.")
    if after == ["rưỡi"]:
        return count * size + size // 2
    rest = _read_scaled(after, smaller, text)
    if rest >= size:
        raise Unreadable(f"Không đọc được số viết bằng chữ: “{text}”.")
    return count * size + rest


def read_words(s: str) -> int:
    """Read a number said in words; also lẻ, ngàn, tỉ, nhăm, bẩy, rưỡi, ``hai tư``. Any case and tone style.

    Raises Unreadable (a ValueError) for anything else.
    """
    text = clean_line(s)
    words = fold(text.replace(",", " ").rstrip(".")).split()
    if not words:
        raise Unreadable("Chưa ghi số bằng chữ.", code="empty")
    return _read_scaled(words, (_BILLION, 10**6, 1000), text)


# --- figures -----------------------------------------------------------------------------------------

_GROUPED = re.compile(r"^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$")
_MAX_DIGITS = 18


def format_integer(n: int) -> str:
    """Thousands with dots: 1234 -> ``1.234``; -5 -> ``-5``."""
    return f"{n:,}".replace(",", ".")


def _sign_and_rest(text: str) -> tuple[int, str]:
    if text[:1] in {"-", "−"}:
        return -1, text[1:].lstrip()
    return 1, text


def parse_integer(s: str) -> int:
    """Read ``1.234``, ``1 234``, ``1,234``, ``05``, ``-3``. Raises Unreadable; ``12,5`` is not whole."""
    text = clean_line(s)
    sign, rest = _sign_and_rest(text)
    if len(rest) > _MAX_DIGITS * 4 // 3:
        raise Unreadable(f"Số quá dài: “{text[:40]}”.")
    if _GROUPED.match(rest):
        rest = re.sub("[., ]", "", rest)
    if not re.fullmatch("[0-9]{1,18}", rest):
        raise Unreadable(f"“{text}” không phải là số nguyên.")
    return sign * int(rest)


def format_decimal(value: Decimal | int, *, places: int | None = None) -> str:
    """Decimal comma, dots for thousands: ``Decimal("1234.50")`` -> ``1.234,5``.

    Zeros at the end go unless ``places`` fixes their number (rounded half up).
    """
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = "-" if number < 0 else ""
    return f"{sign}{format_integer(int(whole))}{',' + fraction if fraction else ''}"


def parse_decimal(s: str) -> Decimal:
    """Read ``1.234,5``, ``12,5``, ``87.5``, ``1,234.5``. A lone dot before three digits is thousands.

    Raises Unreadable.
    """
    text = clean_line(s)
    sign, rest = _sign_and_rest(text.replace(" ", ""))
    if found := _DECIMAL.match(rest):
        return sign * Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}").normalize() + 0
    if re.fullmatch(r"\d+\.\d+|\d{1,3}(?:,\d{3})+\.\d+", rest):  # spreadsheets in English
        return sign * Decimal(rest.replace(",", "")).normalize() + 0
    raise Unreadable(f"“{text}” không phải là số.")


def format_percent(value: Decimal | int, *, places: int | None = None) -> str:
    """Percentage of a value already in percent: ``Decimal("12.5")`` -> ``12,5%``."""
    return f"{format_decimal(value, places=places)}%"


def parse_percent(s: str) -> Decimal:
    """Read ``12,5%``, ``12.5 %``, ``100 phần trăm`` to the number of percent. The sign may be missing."""
    return parse_decimal(re.sub(r"\s*(?:%|phần trăm)$", "", clean_line(s)))


# --- counts ------------------------------------------------------------------------------------------


def format_count(n: int) -> str:
    """A count as union papers print it, padded below ten: 5 -> ``05``, 12 -> ``12``, 1234 -> ``1.234``."""
    return f"0{n}" if 0 <= n < 10 else format_integer(n)


def count_with_words(n: int) -> str:
    """Count with its words, as decisions print it: 3 -> ``03 (ba)``."""
    return f"{format_count(n)} ({to_words(n)})"


_COUNT = re.compile(
    r"^(?P<digits>\d[\d.,]*)(?:\s*\((?P<words>[^()]+)\))?(?:\s+(?P<unit>[^\d].*))?$"
)


def parse_count(s: str) -> int:
    """Read ``05``, ``03 (ba)``, ``03 (ba) đồng chí``, ``01 CĐCS``, ``27 người``.

    Raises Unreadable, also when figures and words disagree.
    """
    text = clean_line(s)
    found = _COUNT.match(text)
    if found is None:
        raise Unreadable(f"“{text}” không phải là số lượng.")
    number = parse_integer(found["digits"].rstrip(".,"))
    words = found["words"]
    if words and read_words(words) != number:
        raise Unreadable(f"Số và chữ không khớp: “{text}”.", code="words_differ")
    return number


def parse_fraction(s: str) -> tuple[int, int]:
    """Read ``11/12`` (11 of 12). Raises Unreadable when it is none or the second is 0."""
    text = clean_line(s)
    found = re.fullmatch(r"(\d{1,9})\s*/\s*(\d{1,9})", text)
    if found is None or int(found[2]) == 0:
        raise Unreadable(f"“{text}” không phải là phân số.")
    return int(found[1]), int(found[2])


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_ROMAN_LIMIT = 4000


def to_roman(n: int) -> str:
    """Roman number of 1 .. 3999; raises ValueError outside."""
    if not 1 <= n < _ROMAN_LIMIT:
        raise ValueError(f"no Roman number for {n}")
    out = ""
    for value, letters in _ROMAN:
        times, n = divmod(n, value)
        out += letters * times
    return out


def from_roman(s: str) -> int:
    """Read a Roman number in either case; only the canonical spelling counts. Raises Unreadable."""
    text = clean_line(s).upper()
    total, at = 0, 0
    for value, letters in _ROMAN:
        while text.startswith(letters, at):
            total += value
            at += len(letters)
    if at != len(text) or not 0 < total < _ROMAN_LIMIT or to_roman(total) != text:
        raise Unreadable(f"“{clean_line(s)}” không phải là số La Mã.")
    return total
