"""Number and symbol of a document (số, ký hiệu): both grammars, read and written (domain brief §2.2).

State and union papers: ``70/KH-LĐLĐ``; Party papers: ``1799-CV/TU``; with a year in the middle
(``86/2024/TT-BTC``) or glued on at the end (``07/TTr-CĐCS/2024``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Unreadable
from core.letters import clean_line

#: Abbreviations of type names (ND30 PL III) and the Party's and unions' own: KL, CL, and CV of habit.
TYPE_ABBREVIATIONS = frozenset(
    ("NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ",
     "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS", "SL", "TT", "NĐ", "KL", "CL", "CV")
)  # fmt: skip
#: Blank before the stroke of a draft; with the space after `Số:` six in all (`Số:      /KH-LĐLĐ`).
BLANK_NUMBER = " " * 5


class Grammar(StrEnum):
    """How the parts stand together."""

    UNION = "union"  # 70/KH-LĐLĐ
    YEAR_MIDDLE = "year_middle"  # 01/2026/CV-CĐCS
    YEAR_END = "year_end"  # 07/TTr-CĐCS/2024
    PARTY = "party"  # 1799-CV/TU


_NUMBER = r"(?P<number>\d{1,6})(?P<suffix>[a-zđ]{0,2})"
_GROUP = r"[A-ZĐ][A-ZĐƯƠÂÊÔĂa-zđ0-9&.]*"
_SYMBOL = rf"(?P<symbol>{_GROUP}(?:-{_GROUP})*)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_READERS = (
    (Grammar.YEAR_MIDDLE, re.compile(rf"^{_NUMBER}/{_YEAR}/{_SYMBOL}$")),
    (Grammar.YEAR_END, re.compile(rf"^{_NUMBER}/{_SYMBOL}/{_YEAR}$")),
    (Grammar.UNION, re.compile(rf"^{_NUMBER}/{_SYMBOL}$")),
    (Grammar.PARTY, re.compile(rf"^{_NUMBER}-(?P<symbol>{_GROUP}/{_GROUP}(?:-{_GROUP})*)$")),
)
_SYMBOL_ONLY = re.compile(rf"^{_SYMBOL}$")
_PARTY_SYMBOL = re.compile(rf"^{_GROUP}/{_GROUP}(?:-{_GROUP})*$")
_BLANK = re.compile(rf"^[.…_]*/{_SYMBOL}$")
_LEAD = re.compile(r"^(?:văn bản\s+)?(?:số)\s*[:.]?\s*(?=[\d/.…_])", re.IGNORECASE)
_LOOK_ALIKES = str.maketrans(
    {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
)


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """A number and symbol taken apart. ``number`` is None on a draft; ``suffix`` is the ``a`` of 70a.

    ``symbol``: ``KH-LĐLĐ``, or ``CV/TU`` in the Party grammar. ``str()`` prints it. Raises Unreadable when
    the parts cannot be printed and read back.
    """

    number: int | None
    suffix: str
    symbol: str
    year: int | None = None
    grammar: Grammar = Grammar.UNION

    def __post_init__(self) -> None:
        shape = _PARTY_SYMBOL if self.grammar is Grammar.PARTY else _SYMBOL_ONLY
        with_year = self.grammar in {Grammar.YEAR_MIDDLE, Grammar.YEAR_END}
        if not shape.match(self.symbol):
            raise Unreadable(f"Ký hiệu “{self.symbol}” không đúng dạng như KH-LĐLĐ.")
        if with_year != (self.year is not None) or (self.number is None and self.suffix):
            raise Unreadable(f"Số, ký hiệu “{self.symbol}” thiếu năm hoặc thiếu số.")
        if self.number is not None and not 0 < self.number < 1_000_000:
            raise Unreadable(f"Số văn bản {self.number} nằm ngoài khoảng 1-999999.")
        if not re.fullmatch("[a-zđ]{0,2}", self.suffix):
            raise Unreadable(f"Phần thêm sau số “{self.suffix}” phải là chữ thường, như 70a.")

    def __str__(self) -> str:
        number = BLANK_NUMBER if self.number is None else format_number(self.number, self.suffix)
        match self.grammar:
            case Grammar.PARTY:
                return f"{number}-{self.symbol}"
            case Grammar.YEAR_MIDDLE:
                return f"{number}/{self.year}/{self.symbol}"
            case Grammar.YEAR_END:
                return f"{number}/{self.symbol}/{self.year}"
            case _:
                return f"{number}/{self.symbol}"

    @property
    def type_abbreviation(self) -> str | None:
        """``KH`` of KH-LĐLĐ; None for a công văn (``342/LĐLĐ-TCKT``)."""
        first, _, rest = (
            re.split("([-/])", self.symbol, maxsplit=1) if self._split else ("", "", "")
        )
        return first if rest and first in TYPE_ABBREVIATIONS else None

    @property
    def _split(self) -> bool:
        return "-" in self.symbol or "/" in self.symbol

    @property
    def is_letter(self) -> bool:
        """Whether it is the symbol of a công văn: no type part, or the CV of habit."""
        return self.type_abbreviation in {None, "CV"}

    @property
    def body(self) -> str:
        """The part after the type: ``LĐLĐ`` of KH-LĐLĐ, ``TU`` of CV/TU; all of a công văn's symbol."""
        return (
            self.symbol[len(self.type_abbreviation) + 1 :]
            if self.type_abbreviation
            else self.symbol
        )


def format_number(number: int, suffix: str = "") -> str:
    """``07``, ``70``, ``70a``: below ten a leading zero (ND30 PL I II.3c)."""
    return f"{number:02d}{suffix}"


def format_code(number: int | None, suffix: str, symbol: str) -> str:
    """``70/KH-LĐLĐ``, ``07/QĐ-LĐLĐ``; without a number the blank of a draft, ``     /KH-LĐLĐ``.

    Raises Unreadable for a symbol of wrong shape.
    """
    return str(DocumentCode(number, suffix, symbol))


def format_code_line(number: int | None, suffix: str, symbol: str) -> str:
    """The line under the issuing body: ``Số: 70/KH-LĐLĐ``; of a draft ``Số:      /KH-LĐLĐ``."""
    return f"Số: {format_code(number, suffix, symbol)}"


def tidy_code(text: str) -> str:
    """Clean a code as met: no ``Số:``, no stray spaces, hyphen for dashes, Đ for its look-alikes."""
    line = _LEAD.sub("", clean_line(text).translate(_LOOK_ALIKES))
    line = re.sub(r"\s*([/-])\s*", r"\1", line)
    return re.sub(r"(?<=\d)\s+(?=[a-zđ]?/)|[\s.,;:]+$", "", line)


def parse_code(text: str) -> DocumentCode:
    """Read a code in either grammar: ``Số: 70 /KH-LĐLĐ``, ``02- NQ/TW``, ``342/LĐLĐ-TCKT``, ``70a/QĐ-LĐLĐ``,
    ``01/2026/CV-CĐCS``, ``50/2024/QH15``; a blank number gives None. Raises Unreadable.
    """
    tidy = tidy_code(text)
    if blank := _BLANK.match(tidy):
        return DocumentCode(None, "", blank["symbol"])
    for grammar, reader in _READERS:
        found = reader.match(tidy)
        if found is None:
            continue
        year = found.groupdict().get("year")
        return DocumentCode(
            int(found["number"]),
            found["suffix"],
            found["symbol"],
            int(year) if year else None,
            grammar,
        )
    raise Unreadable(f"“{clean_line(text)}” không phải là số, ký hiệu văn bản (như 70/KH-LĐLĐ).")


_IN_TEXT = re.compile(
    rf"(?<![\w/.-])\d{{1,6}}[a-zđ]{{0,2}}\s*(?:/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐÐ]|-\s*[A-ZĐÐ][A-Za-zĐÐđ]*\s*/)"
    rf"[A-ZĐÐƯƠÂÊÔĂa-zđ0-9&.]*(?:\s?[-–]\s?{_GROUP})*(?:/(?:19|20)\d\d)?"
)


def find_codes(text: str) -> tuple[DocumentCode, ...]:
    """All document codes within running text, in order."""
    found: list[DocumentCode] = []
    for hit in _IN_TEXT.finditer(text):
        try:
            found.append(parse_code(hit.group()))
        except Unreadable:
            continue
    return tuple(found)
