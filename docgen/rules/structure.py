"""What a body paragraph is: chapter, article, section, clause, point, bullet or running text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from core.numbers import from_roman
from docgen.rules.pieces import is_caps
from docgen.rules.view.model import Para


class Level(IntEnum):
    """Levels from large to small (ND30 PL I II.6c)."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    SUBSECTION = 3
    ROMAN = 4
    ARTICLE = 5
    CLAUSE = 6
    POINT = 7
    BULLET = 8
    TITLE = 9  # a line in capitals, centred: the title of a part
    TEXT = 10


@dataclass(frozen=True, slots=True)
class Item:
    """A body paragraph with its level, its number as printed and what follows the number."""

    para: Para
    level: Level
    number: str
    mark: str
    rest: str

    @property
    def value(self) -> int | None:
        """The number as a count: ``IV`` 4, ``12`` 12, ``đ`` 5; None if it is none."""
        if self.level is Level.POINT:
            letters = POINT_LETTERS
            return letters.index(self.number) + 1 if self.number in letters else None
        if self.number.isdigit():
            return int(self.number)
        try:
            return from_roman(self.number)
        except ValueError:
            return None


#: Letters of the points, in Vietnamese order (ND30 PL I II.6đ).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_PATTERNS = (
    (Level.PART, re.compile(r"^(?P<w>Phần)\s+(?P<n>[IVXLC]+|\d+|thứ \w+)(?P<m>[.:]?)(?P<r>.{0,80})$", re.IGNORECASE)),
    (Level.CHAPTER, re.compile(r"^(?P<w>Chương)\s+(?P<n>[IVXLC]+|\d+)(?P<m>[.:]?)(?P<r>.{0,80})$", re.IGNORECASE)),
    (Level.SUBSECTION, re.compile(r"^(?P<w>Tiểu mục)\s+(?P<n>[IVXLC]+|\d+)(?P<m>[.:]?)(?P<r>.{0,80})$", re.IGNORECASE)),
    (Level.SECTION, re.compile(r"^(?P<w>Mục)\s+(?P<n>[IVXLC]+|\d+)(?P<m>[.:]?)(?P<r>.{0,80})$", re.IGNORECASE)),
    (Level.ARTICLE, re.compile(r"^(?P<w>Điều)\s+(?P<n>\d+|[IVXLC]+)\s*(?P<m>[.:)]?)(?P<r>\s.*|[^\s\d].*|)$", re.I)),
    (Level.ROMAN, re.compile(r"^(?P<w>)(?P<n>[IVXL]+)\s*(?P<m>[.)/:-])\s*(?P<r>.*)$")),
    (Level.CLAUSE, re.compile(r"^(?P<w>)(?P<n>\d{1,2})\s*(?P<m>[.)/])(?!\d)\s*(?P<r>.*)$")),
    (Level.POINT, re.compile(r"^(?P<w>)(?P<n>[a-zđ])\s*(?P<m>[).:/])\s*(?P<r>.*)$")),
    (Level.BULLET, re.compile(r"^(?P<w>)(?P<n>[-–—+•*o])(?P<m>)\s+(?P<r>.*)$")),
)  # fmt: skip
_BIG = {Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION}
_REFERENCE = re.compile(r"^\s*(?:[,;]|của|tại|và|này|được|quy định)")


def item_of(para: Para) -> Item:
    """The level of one paragraph by how it begins."""
    read = _read(para.text.strip(), para.layout.align)
    return Item(para, read.level, read.number, read.mark, read.rest)


@dataclass(frozen=True, slots=True)
class _Read:
    level: Level
    number: str = ""
    mark: str = ""
    rest: str = ""


@lru_cache(maxsize=4096)
def _read(text: str, align: str) -> _Read:
    for level, pattern in _PATTERNS:
        found = pattern.match(text)
        if found is None:
            continue
        rest = found["r"].strip()
        if level in _BIG and (_REFERENCE.match(rest) or len(text) > 100):  # noqa: PLR2004
            continue  # `Mục 2 của Kế hoạch ...` is a sentence
        if level is Level.ARTICLE and _REFERENCE.match(rest):
            continue
        return _Read(level, found["n"], found["m"], rest)
    if is_caps(text) and align == "center" and len(text) < 200:  # noqa: PLR2004
        return _Read(Level.TITLE, rest=text)
    return _Read(Level.TEXT, rest=text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark of its own (a title does not)."""
    return text.rstrip(' \t”"’)').endswith((".", ";", ":", ",", "!", "?", "/", "…"))
