"""What is searched without diacritics: one key for the text that is stored and for the words that are typed. Pure.

A key has small letters without marks, digits, and single spaces for everything that parts words:
``70/QĐ-LĐLĐ`` -> ``70 qd ldld``. The database makes the same key by itself (`records.search`).
"""

from __future__ import annotations

import string
import unicodedata

from core.letters import clean_line

#: Signs that part words.
PARTING = "/-.,;:()[]“”‘’\"'&+_–…!?*#|<>=@\\"
_VOWELS = "aăâeêioôơuưy"
_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
#: Longest text of a search; more is a paste by mistake.
LONGEST = 120


def _letters() -> dict[str, str]:
    """Every Vietnamese letter, and those of Western Europe, with the plain small letter it is sought by."""
    accented = [unicodedata.normalize("NFC", vowel + mark) for vowel in _VOWELS for mark in _MARKS]
    accented += [chr(code) for code in range(0xE0, 0x100)]
    found = {}
    for letter in accented:
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain.isascii() and plain != letter:
            found[letter] = found[letter.upper()] = plain
    return found | dict.fromkeys("đĐÐƉð", "d")


#: Letter to plain letter. What is stored was made with this table: whoever changes it fills the keys anew.
LETTERS = _letters()
_TABLE = str.maketrans(
    LETTERS
    | dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True))
    | dict.fromkeys(PARTING, " ")
)


def search_key(text: str) -> str:
    """The key of a text (NFC): ``Công ty TNHH A&B`` -> ``cong ty tnhh a b``."""
    return " ".join(text.translate(_TABLE).split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search, each once: a record is found when each begins one of its words."""
    typed = clean_line(text[:LONGEST])
    return tuple(dict.fromkeys(search_key(typed).split()))
