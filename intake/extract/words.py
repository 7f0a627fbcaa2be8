"""Words of labels made comparable: no marks, no case, abbreviations written out, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.letters import fold, unaccent

#: Abbreviations of union and enterprise papers, written out (domain brief §6.6). Only whole words are replaced.
_ABBREVIATIONS = {
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "bhxh": "bao hiem xa hoi",
    "cccd": "can cuoc cong dan",
    "cdcs": "cong doan co so",
    "cty": "cong ty",
    "dkkd": "dang ky kinh doanh",
    "dn": "doanh nghiep",
    "dtts": "dan toc thieu so",
    "hdld": "hop dong lao dong",
    "htx": "hop tac xa",
    "kpcd": "kinh phi cong doan",
    "ld": "lao dong",
    "ldld": "lien doan lao dong",
    "mst": "ma so thue",
    "nld": "nguoi lao dong",
    "nsdld": "nguoi su dung lao dong",
    "sdt": "so dien thoai",
    "stt": "so thu tu",
    "tuldtt": "thoa uoc lao dong tap the",
    "ubkt": "uy ban kiem tra",
}
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One comparable word; ``start`` and ``end`` are its place in the text as written."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; an abbreviation gives several words at one place. ``text`` must be NFC."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        key = _key(match.group())
        found += [
            Word(part, match.start(), match.end()) for part in _ABBREVIATIONS.get(key, key).split()
        ]
    return tuple(found)


@lru_cache(maxsize=20_000)
def _key(token: str) -> str:
    # One of kỹ/kĩ, tỷ/tỉ, quý/quí before the marks go.
    return unaccent(fold(token, fold_iy=True))


@lru_cache(maxsize=50_000)
def words_key(text: str) -> tuple[str, ...]:
    """Only the keys."""
    return tuple(word.key for word in words_of(text))


@lru_cache(maxsize=50_000)
def marked_key(text: str) -> str:
    """A key that keeps the marks: tells DT (dân tộc) from ĐT (điện thoại)."""
    return " ".join(_TOKEN.findall(fold(text, fold_iy=True)))
