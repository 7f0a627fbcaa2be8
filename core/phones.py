"""Vietnamese phone numbers to national digits, several in one cell (domain brief §6.2)."""

from __future__ import annotations

import re

from core.errors import Unreadable
from core.letters import clean_line

# Mobile prefixes of eleven-digit numbers before 2018 and what they became.
_OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037",
    "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE = re.compile(r"^0[35789]\d{8}$")
_LANDLINE = re.compile(r"^02\d{9}$")  # 0213 + 7 digits in Lai Châu, 024 + 8 in Hà Nội
_HOTLINE = re.compile(r"^1[89]00\d{4,6}$")
_LEAD = re.compile(r"^[^\d+(]*")
_EXTENSION = re.compile(
    r"\s*\(?\s*(?:máy lẻ|số lẻ|ext\.?|nhánh)\s*:?\s*\d{1,5}\s*\)?\s*$", re.IGNORECASE
)
_OWNER = re.compile(r"\s*\([^()\d]*\)\s*$")
_SEPARATORS = re.compile(r"\s*(?:[;/,\n|]|\bhoặc\b|\bvà\b|\s[-–—]\s)\s*", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"^(\d{8,12})[.,]0$")


def _national(digits: str) -> str:
    for prefix in ("0084", "84"):
        rest = digits[len(prefix) :]
        if digits.startswith(prefix) and len(rest) in {9, 10, 11}:
            return rest if rest.startswith("0") else f"0{rest}"
    lost_zero = (len(digits) == 9 and digits[0] in "35789") or (
        len(digits) == 10 and digits[0] in "12" and not digits.startswith(("1800", "1900"))
    )
    return f"0{digits}" if lost_zero else digits


def _one(text: str) -> str | None:
    line = _OWNER.sub("", _EXTENSION.sub("", text))
    line = _FLOAT_TAIL.sub(r"\1", _LEAD.sub("", line).lstrip("'’"))
    if re.search(r"[^\d\s.()+\-–'’]", line):
        return None
    digits = _national(re.sub(r"\D", "", line))
    if len(digits) == 11 and digits[:4] in _OLD_PREFIXES:
        digits = _OLD_PREFIXES[digits[:4]] + digits[4:]
    if _MOBILE.match(digits) or _LANDLINE.match(digits) or _HOTLINE.match(digits):
        return digits
    return None


def _several(text: str) -> tuple[str, ...] | None:
    """Numbers of one separator-free piece, which a hyphen or space may still hold apart."""
    whole = _one(text)
    if whole is not None:
        return (whole,)
    for at in (m.start() for m in re.finditer(r"[-–\s]", text)):
        head = _one(text[:at])
        if head is not None:
            tail = _several(text[at + 1 :].strip())
            if tail is not None:
                return (head, *tail)
    return None


def read_phones(text: str) -> tuple[str, ...]:
    """All phone numbers of a cell as national digits, in order, each once.

    Reads ``+84 912 345 678``, ``0912.345.678 / 0213 3876 543``, old eleven-digit mobiles, and numbers
    whose leading zero a spreadsheet dropped; extensions are left out. Raises Unreadable for the rest.
    """
    line = clean_line(text)
    if not line:
        raise Unreadable("Chưa ghi số điện thoại.", code="empty")
    out: dict[str, None] = {}
    for piece in _SEPARATORS.split(line):
        if not piece:
            continue
        numbers = _several(piece)
        if numbers is None:
            raise Unreadable(f"Không đọc được số điện thoại “{piece}”.", code="bad_phone")
        out.update(dict.fromkeys(numbers))
    if not out:
        raise Unreadable(f"Không đọc được số điện thoại “{line}”.", code="bad_phone")
    return tuple(out)


def parse_phones(text: str) -> str:
    """The stored value: national digits, several joined with ``; `` (contract §4). Raises Unreadable."""
    return "; ".join(read_phones(text))


def mask_phone(value: str) -> str:
    """Hide each number but for its last three digits: ``•••••••678; •••••••543``."""
    return "; ".join("•" * max(len(p) - 3, 0) + p[-3:] for p in value.split("; "))
