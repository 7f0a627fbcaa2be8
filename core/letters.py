"""Vietnamese text: cleaning, comparison keys, tone placement (domain brief §6.6).

Stored text is NFC. Two texts are compared by `fold`; a fold is never printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Combining marks of the tones, in the order of the Vietnamese dictionary: huyền hỏi ngã sắc nặng.
TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"
#: The alphabet in its order; f, j, w, z stand where Latin has them (foreign names).
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 (and so Word) cannot hold, apart from surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DAMAGE = re.compile("[\ud800-\udfff\ufffd]")
# Whatever `clean` may change, the composition of letters aside.
_UNTIDY = re.compile(
    "^[ \n]|[ \n]$|  | \n|\n |[\t\r\x0b\x0c\x85\u2028\u2029\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
    "|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]|[\u00d0\u0189\u00f0]"
)
#: Texts of a batch repeat (posts, jobs, names of bodies): so many are kept with their key.
_REMEMBERED = 4096
_WORD = re.compile(r"[^\W\d_]+")

_ETH = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
_ETH_LETTERS = frozenset("ÐƉð")

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    "(?:uyê|uya|uyu|oai|oay|oao|oeo|uây|iêu|yêu|uôi|ươi|ươu|uơ|iê|ia|yê|ya|uô|ua|ươ|ưa|oa|oă|oe|uâ|uê"
    "|uy|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oo|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(f"^{_ONSET}{_NUCLEUS}(?P<coda>ch|ng|nh|[cmnptk])?$")
_STOPS = frozenset(("c", "ch", "p", "t", "k"))
_STOP_TONES = frozenset(("\u0301", "\u0323"))  # sắc, nặng


def nfc(s: str) -> str:
    """Compose to NFC (inputs of macOS and some PDF files are decomposed)."""
    return unicodedata.normalize("NFC", s)


def split_tone(s: str) -> tuple[str, str]:
    """Take the tones off a syllable: ``"trường"`` -> ``("trương", "\\u0300")``; several marks stay in order."""
    plain: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", s):
        (tones if char in TONE_MARKS else plain).append(char)
    return nfc("".join(plain)), "".join(tones)


def is_syllable(word: str) -> bool:
    """Whether ``word`` can be one Vietnamese syllable (any case): ``ĐẮK``, ``quý``; not ``TNHH``, ``BOT``."""
    letters, tones = split_tone(word.lower())
    found = _SYLLABLE.match(letters)
    if found is None or len(tones) > 1:
        return False
    return found["coda"] not in _STOPS or tones in _STOP_TONES


def _is_caps_abbreviation(word: str) -> bool:
    letters, tones = split_tone(word)
    vowels = sum(letter in "AĂÂEÊIOÔƠUƯY" for letter in letters)
    return (
        word.isupper()
        and not tones
        and vowels <= 1
        and len(letters) <= 10
        and not set("FJWZ") & set(letters)
    )


def _mend_eth(found: re.Match[str]) -> str:
    word = found.group()
    if not _ETH_LETTERS & set(word):
        return word
    mended = word.translate(_ETH)
    if is_syllable(mended) or _is_caps_abbreviation(mended) or mended in {"đ", "Đ", "QyĐ"}:
        return mended
    return word


def mend_eth(s: str) -> str:
    """Put Đ/đ for the look-alikes Ð, Ɖ, ð inside Vietnamese words and abbreviations; ``Guðrún`` stays."""
    return _WORD.sub(_mend_eth, s) if _ETH_LETTERS & set(s) else s


def is_tidy(s: str) -> bool:
    """Whether `clean` would leave the text as it is."""
    if (
        s.isprintable()
    ):  # one line without odd spaces and hidden signs, as nearly all are: no need to search
        spaced = s.startswith(" ") or s.endswith(" ") or "  " in s
        return not spaced and (s.isascii() or _is_composed(s))
    return not _UNTIDY.search(s) and unicodedata.is_normalized("NFC", s)


def _is_composed(s: str) -> bool:
    return unicodedata.is_normalized("NFC", s) and not (
        "\u00d0" in s or "\u0189" in s or "\u00f0" in s
    )


def clean(s: str) -> str:
    """Normalise text for storing, keeping its lines.

    NFC; odd spaces and tabs become one space; invisible marks, soft hyphens, BOM and control characters
    go; line ends become ``\\n``; lines are trimmed and blank lines at both ends dropped; Eth becomes Đ.
    A lone surrogate becomes U+FFFD, so that the result can always be encoded.
    """
    if is_tidy(s):
        return s
    s = _SURROGATES.sub("\ufffd", s)
    s = _BREAKS.sub("\n", s)
    s = _CONTROLS.sub("", _INVISIBLE.sub("", s))
    s = mend_eth(nfc(_SPACES.sub(" ", s)))
    lines = (re.sub(" {2,}", " ", line).strip(" ") for line in s.split("\n"))
    return "\n".join(lines).strip("\n")


def clean_line(s: str) -> str:
    """Clean and put on one line: trimmed, inner spaces single (contract §4, text values)."""
    return _short_line(s) if len(s) <= _SHORT else _line(s)


#: Labels, headings and cells are asked for again and again.
_SHORT = 120


def _line(s: str) -> str:
    s = clean(s)
    return " ".join(s.split()) if "\n" in s else s


@lru_cache(maxsize=4096)
def _short_line(s: str) -> str:
    return _line(s)


def bad_character(s: str) -> str | None:
    """Name the first character that shows damaged text, as ``U+FFFD``, or None.

    Control characters other than tab and line ends, lone surrogates and the replacement sign count.
    """
    found = _CONTROLS.search(s) or _DAMAGE.search(s)
    return f"U+{ord(found.group()):04X}" if found else None


def strip_leaders(s: str) -> str:
    """Drop the leader dots and underscores of a form (``......``, ``…``, ``____``); single dots stay."""
    return clean_line(re.sub(r"(?:\.\s*){3,}|\.{2,}|…+|_{2,}", " ", s))


def upper_vi(s: str) -> str:
    """Capitals by Unicode, one letter for one letter (``ß`` stays)."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in nfc(s))


def unaccent(s: str) -> str:
    """Letters without any mark, đ as d: ``Đặng Thị Ửng`` -> ``Dang Thi Ung``."""
    s = unicodedata.normalize("NFD", s.translate(_ETH)).replace("đ", "d").replace("Đ", "D")
    return nfc("".join(c for c in s if unicodedata.category(c) != "Mn"))


# --- tone placement ----------------------------------------------------------------------------------

_OPEN = re.compile(
    r"(?:(?P<first>[oO])(?P<second>[àảãáạèẻẽéẹÀẢÃÁẠÈẺẼÉẸ])"
    r"|(?<![qQ])(?P<u>[uU])(?P<y>[ỳỷỹýỵỲỶỸÝỴ]))(?![^\W\d_])"
)
_CLOSED = re.compile(
    r"(?:(?P<first>[òỏõóọÒỎÕÓỌ])(?P<second>[aăeAĂE])"
    r"|(?P<u>[ùủũúụÙỦŨÚỤ])(?P<y>[yâêYÂÊ]))(?=[^\W\d_])"
)


def _move(found: re.Match[str], *, to_first: bool) -> str:
    first = found["first"] or found["u"]
    second = found["second"] or found["y"]
    (bare_first, tone_first), (bare_second, tone_second) = split_tone(first), split_tone(second)
    tone = tone_first + tone_second
    if to_first:
        return nfc(bare_first + tone) + bare_second
    return bare_first + nfc(bare_second + tone)


def modern_tone(s: str) -> str:
    """New style of tone placement: ``hoà, khoẻ, uỷ, thuý`` -> ``hòa, khỏe, ủy, thúy``.

    Only open endings move; ``quý`` and closed syllables (``hoàn``, ``khuỷu``) stay. Never call this on a
    person's or a company's registered name: those keep the letters they were given.
    """
    return _OPEN.sub(lambda m: _move(m, to_first=True), nfc(s))


def _settle_tone(s: str) -> str:
    # `hòan`, `hùynh`: a typing fault of old keyboards, the mark before its place in a closed syllable.
    return modern_tone(_CLOSED.sub(lambda m: _move(m, to_first=False), s))


_Y_ENDING = re.compile(
    "(?<![^\\W\\d_])(?P<onset>qu|[hklmstv]|th|kh|ph)(?P<y>[yỳỷỹýỵ])(?![^\\W\\d_])"
)
_Y_TO_I = str.maketrans("yỳỷỹýỵ", "iìỉĩíị")


def _fold_once(s: str, *, fold_iy: bool) -> str:
    s = _settle_tone(nfc(clean_line(s).casefold()))
    if fold_iy:
        s = _Y_ENDING.sub(lambda m: m["onset"] + m["y"].translate(_Y_TO_I), s)
    return s


@lru_cache(_REMEMBERED)
def fold(s: str, *, fold_iy: bool = False) -> str:
    """Key for comparing: cleaned, case and tone placement aside; marks count (``Nậm Cha`` is not ``Nậm Chà``).

    ``fold_iy`` also makes one of ``kỹ/kĩ``, ``tỷ/tỉ``, ``quý/quí``: for words, not for personal names.
    Folding a fold changes nothing.
    """
    for _ in range(4):
        folded = _fold_once(s, fold_iy=fold_iy)
        if folded == s:
            return folded
        s = folded
    return s
