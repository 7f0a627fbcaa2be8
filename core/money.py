"""Money in whole Vietnamese đồng, written, said and read (domain brief §6.2)."""

from __future__ import annotations

import re
from decimal import Decimal

from core.errors import Unreadable
from core.letters import clean_line, fold
from core.numbers import format_integer, parse_integer, read_words, to_words

_UNITS = {
    "tỷ": 10**9, "tỉ": 10**9, "ty": 10**9,
    "triệu": 10**6, "tr": 10**6, "trđ": 10**6, "trieu": 10**6,
    "nghìn": 1000, "ngàn": 1000, "k": 1000,
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(
    rf"(?P<figure>\d[\d.,]*)\s*(?P<unit>{_UNIT})(?![^\W\d_])\s*(?P<tail>\d{{1,3}}(?![\d.,]))?"
)
_CURRENCY = re.compile(r"\s*(?:việt nam đồng|đồng|vnđ|vnd|đ|₫)\s*$")
_PER = re.compile(r"\s*/\s*[^\W\d].*$")
_LEAD = re.compile(r"^(?:bằng chữ|số tiền|khoảng)\s*:?\s*")
_THREE = re.compile(r"^\d{1,3}[.,]\d{3}$")


def format_money(n: int) -> str:
    """1500000 -> ``1.500.000 đồng``."""
    return f"{format_integer(n)} đồng"


def money_in_words(n: int) -> str:
    """1500000 -> ``Một triệu năm trăm nghìn đồng`` (0 <= n < 10**15)."""
    words = to_words(n)
    return f"{words[0].upper()}{words[1:]} đồng"


def _ambiguous(text: str) -> Unreadable:
    return Unreadable(
        f"“{text}” có thể hiểu nhiều cách; hãy ghi rõ đơn vị, ví dụ “1.500 đồng” hoặc “1,5 triệu”.",
        code="ambiguous",
    )


def _figure(figure: str, text: str) -> Decimal:
    """A figure before triệu, tỷ or nghìn: comma or dot is decimal there, unless three digits follow."""
    if _THREE.match(figure):
        raise _ambiguous(text)  # 1.500 triệu: 1,5 tỷ or 1,5 triệu?
    found = re.fullmatch(r"(\d{1,12})(?:[.,](\d{1,9}))?", figure)
    if found is None:
        return Decimal(parse_integer(figure))
    return Decimal(f"{found[1]}.{found[2] or 0}")


def _read_units(key: str, text: str) -> int | None:
    """``1 tỷ 500 triệu``, ``1tr5``, ``500k`` -> đồng; None when no such unit stands there."""
    at, total, last = 0, Decimal(0), None
    while found := _PART.match(key, at):
        size = _UNITS[found["unit"]]
        if last is not None and size >= last:
            raise Unreadable(f"Không đọc được số tiền “{text}”.")
        total += _figure(found["figure"], text) * size
        if found["tail"] and key[found.end() :].strip() == "":
            # 1tr5 = 1,5 triệu; 1tr500 = 1,5 triệu; 1tr05 = 1,05 triệu: the tail is what follows a comma.
            total += Decimal(f"0.{found['tail']}") * size
            at = found.end()
        else:
            at = found.start("tail") if found["tail"] else found.end()
        last = size
    if last is None:
        return None
    rest = key[at:].strip()
    if rest:
        total += parse_integer(rest)
    if total != int(total):
        raise Unreadable(f"Số tiền “{text}” có phần lẻ dưới một đồng.")
    return int(total)


def parse_money(s: str) -> int:
    """Read an amount to whole đồng.

    ``1.500.000 đồng``, ``1.500.000đ``, ``1,500,000``, ``1,5 triệu``, ``1tr5``, ``500k``,
    ``700.000 đồng/suất``, ``Một triệu năm trăm nghìn đồng``. Raises Unreadable; code ``ambiguous`` for
    ``1.500`` without a unit (đồng, nghìn or triệu?).
    """
    text = clean_line(s)
    key = _LEAD.sub("", fold(text).strip("()").rstrip("."))
    key = _PER.sub("", key)
    bare = _CURRENCY.sub("", key)
    if not bare:
        raise Unreadable("Chưa ghi số tiền.", code="empty")
    if not re.search(r"\d", bare):
        return read_words(bare)
    amount = _read_units(bare, text)
    if amount is not None:
        return amount
    if bare == key and _THREE.match(bare):
        raise _ambiguous(text)
    try:
        return parse_integer(re.sub(r",00?$", "", bare))
    except Unreadable as error:
        raise Unreadable(f"Không đọc được số tiền “{text}”.") from error
