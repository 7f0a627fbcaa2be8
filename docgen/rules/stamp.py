"""Number and date put into a Word file whose text somebody wrote by hand: only into the blanks left for them. Pure.

A draft leaves them open (`Số:      /KH-LĐLĐ`, `ngày      tháng 5 năm 2024`), in the header and where an annex names
its paper. Nothing else of the file changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.dates import format_long
from core.wordpackage import exchanged, to_xml
from docgen.rules.fix.texts import full_text, replace_text
from docgen.rules.opening import Opened, open_docx
from docgen.rules.recognise import recognise
from docgen.rules.view.build import build_view
from docgen.rules.view.model import Para

_GAP = r"[ \u00a0.…_]*"
_BLANK_DAY = re.compile(
    rf"ngày{_GAP}(?<=[ \u00a0.…_])tháng[ \u00a0]*(?:\d{{1,2}}|{_GAP})[ \u00a0]*năm[ \u00a0]*(?:\d{{4}}|{_GAP})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Blanks:
    """How many places wait for the number and for the day, and whether the header's own are among them."""

    numbers: int
    days: int
    header_number: bool
    header_day: bool


@dataclass(frozen=True, slots=True)
class _Place:
    para: Para
    span: tuple[int, int]
    is_day: bool


def blanks_of(docx: bytes, *, symbol: str) -> Blanks:
    """The open places of a paper with this symbol. Raises Unreadable for what is no Word file."""
    opened = open_docx(docx)
    paper = recognise(build_view(opened))
    places = list(_places(opened, symbol))
    header = {id(piece.para.element) for piece in (paper.number, paper.place_date) if piece}
    own = [place for place in places if id(place.para.element) in header]
    return Blanks(
        sum(not place.is_day for place in places),
        sum(place.is_day for place in places),
        any(not place.is_day for place in own),
        any(place.is_day for place in own),
    )


def stamped(docx: bytes, *, symbol: str, code: str, on: date) -> bytes:
    """The file with its number and day: the same bytes every time. Raises Unreadable."""
    opened = open_docx(docx)
    touched: set[str] = set()
    # From the end, so that the places before stay where they are.
    for place in reversed(list(_places(opened, symbol))):
        right = format_long(on) if place.is_day else code
        if replace_text(place.para, place.span, right):
            touched.add(place.para.part)
    return exchanged(docx, {name: to_xml(opened.parts[name]) for name in sorted(touched)})


def _places(opened: Opened, symbol: str) -> Iterator[_Place]:
    """Blank numbers with this symbol; blank days in the header and beside such a number."""
    view = build_view(opened)
    paper = recognise(view)
    dated = paper.place_date.para.element if paper.place_date else None
    number = re.compile(
        rf"(?<=số)(?P<lead>[ \u00a0]*:?[ \u00a0]?)(?P<blank>{_GAP}/[ \u00a0]*{re.escape(symbol)})(?![\w-])",
        re.IGNORECASE,
    )
    for para in (*view.paras, *view.boxes):
        text = full_text(para)
        found = [
            _Place(para, (one.start("blank"), one.end("blank")), is_day=False)
            for one in number.finditer(text)
        ]
        if found or para.element is dated:
            found += [_Place(para, one.span(), is_day=True) for one in _BLANK_DAY.finditer(text)]
        yield from sorted(found, key=lambda place: place.span)
