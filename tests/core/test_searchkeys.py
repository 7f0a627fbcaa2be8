"""Keys of search: no diacritics, signs part words, and the words typed are made alike."""

from __future__ import annotations

import unicodedata

import pytest

from core.letters import unaccent
from core.searchkeys import LONGEST, search_key, words_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Công ty TNHH A&B Bình Lư", "cong ty tnhh a b binh lu"),
        ("70/QĐ-LĐLĐ", "70 qd ldld"),
        ("0123456789-001", "0123456789 001"),
        ("Sùng A Chứ, H'Mông", "sung a chu h mong"),
        ("Đặng  Thị Ửng", "dang thi ung"),
        ("Ð, Ɖ, ð", "d d d"),
        ("Façade Müller", "facade muller"),
        ("", ""),
    ],
)
def test_key(text: str, key: str) -> None:
    assert search_key(text) == key


def test_every_vietnamese_letter_is_sought_by_its_plain_one() -> None:
    letters = [
        unicodedata.normalize("NFC", base + mark)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for mark in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    ]
    for letter in (*letters, "đ", "Đ"):
        assert search_key(letter) == unaccent(letter).lower(), letter


def test_words_typed() -> None:
    assert words_of("binh lu  BINH") == ("binh", "lu")
    assert words_of(unicodedata.normalize("NFD", "Bình Lư")) == ("binh", "lu")
    assert words_of("  /-' ") == ()
    assert words_of("lò\x00 \x07 \ud800") == ("lo", "\ufffd")
    assert len("".join(words_of("x" * 500))) == LONGEST
