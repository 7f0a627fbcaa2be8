"""TCVN3 (ABC) and VNI, the Vietnamese encodings of old fonts, turned into Unicode (domain brief §6.6).

Word keeps such text as Western letters that only look right in their font (``C«ng ®oµn`` in .VnTime,
``Coâng ñoaøn`` in VNI-Times). A file may mix them, so each run is converted by its own font.
"""

from __future__ import annotations

import re
from typing import Literal

Encoding = Literal["TCVN3", "VNI"]

# TCVN 5712:1993, third set: one byte a letter, from 0xA1 on; 0 where the set has none.
_TCVN3_ROWS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
_TCVN3 = {chr(first + at): letter for first, row in _TCVN3_ROWS for at, letter in enumerate(row)}

# VNI Windows: a vowel, then a second character for its marks.
_VNI_PAIRS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI_SINGLE = {
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ñ": "đ",
}
_VNI = {
    base + mark: letter
    for base, (marks, letters) in _VNI_PAIRS.items()
    for mark, letter in zip(marks, letters, strict=True)
}

_CAPITAL_FONT = re.compile(r"^\.vn\w*h$", re.IGNORECASE)
#: Letters that only debris of TCVN3 has next to Latin letters; quotes « » left out.
_TCVN3_MARKS = re.compile(
    "(?<=[A-Za-z])[®µ¸¶·¹¬ª¨©¼½¾\u00ad]|[®§µ¸¶·¹¬ª¨©¼½¾\u00ad](?=[A-Za-zÀ-ÿ])|(?<=[A-Za-z])«(?=[a-z])"
    "|(?<=[a-z])[À-ÖØ-Þ](?![A-Z])"
)
_VNI_MARKS = re.compile("[aeouyôöAEOUYÔÖ][øûïåäëüØÛÏÅÄËÜ]|[oeaOEA][âÂ]|[ñÑöÖ](?=[a-zôöA-ZÔÖ])")
_ENOUGH = 2


def encoding_of_font(font: str) -> Encoding | None:
    """The encoding a font stands for: ``.VnTime`` TCVN3, ``VNI-Times`` VNI; None for a Unicode font."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "TCVN3"
    if name.startswith(("vni-", "vni ")):
        return "VNI"
    return None


def guess_encoding(text: str) -> Encoding | None:
    """The encoding by what the letters look like, where the font was changed but not the text.

    At least two tell-tale letters are needed: a single one may be a sign of its own.
    """
    if text.isascii():
        return None
    if len(_TCVN3_MARKS.findall(text)) >= _ENOUGH:
        return "TCVN3"
    if len(_VNI_MARKS.findall(text)) >= _ENOUGH:
        return "VNI"
    return None


def from_tcvn3(text: str, *, font: str = "") -> str:
    """``C«ng ®oµn c¬ së`` -> ``Công đoàn cơ sở``; in a capitals font (``.VnTimeH``) all in capitals."""
    plain = "".join(_TCVN3.get(char, char) for char in text)
    return plain.upper() if _CAPITAL_FONT.match(font.strip()) else plain


def from_vni(text: str) -> str:
    """``Coâng ñoaøn cô sôû`` -> ``Công đoàn cơ sở``. A capital vowel makes a capital whatever case its mark has."""
    out: list[str] = []
    at = 0
    while at < len(text):
        base = text[at]
        pair = _VNI.get((base + text[at + 1 : at + 2]).lower()) if at + 1 < len(text) else None
        letter = pair or _VNI_SINGLE.get(base.lower(), base.lower())
        out.append(letter.upper() if base.isupper() else letter)
        at += 2 if pair else 1
    return "".join(out)


def to_unicode(text: str, encoding: Encoding, *, font: str = "") -> str:
    """Text of a legacy run as Unicode (NFC)."""
    return from_tcvn3(text, font=font) if encoding == "TCVN3" else from_vni(text)
