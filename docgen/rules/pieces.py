"""Pieces of printed lines: a paragraph cut at line breaks, tabs and gaps, each with its column.

A header is typed as a table, with tabs, or with spaces; pieces make these alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.typeface import text_width
from docgen.rules.finding import Where
from docgen.rules.view.looks import Look
from docgen.rules.view.model import Drawn, Para, Run

_RAISED = 0.65  # raised letters are printed so much smaller
_SHOWN = 90  # letters of a paragraph that a finding quotes
_TYPED_RULE = re.compile(r"^\s*(?:_{4,}|[-–—]{4,}|[*=~]{3,})\s*$")
_BLANK_FORM = re.compile(r"…|\.{3,}|_{3,}")
_LETTER = re.compile(r"[^\W\d_]")
# Two columns typed with spaces: what may stand right of a gap.
_GAP = re.compile(
    r"(?<![ \u00a0])[ \u00a0]{3,}(?=_{4}|CỘNG H|Độc lập|(?:TM|KT|TL|TUQ)\.|Q\. |[A-ZĐ][^,\d]{1,30},\s*ngày)"
    r"|(?<=[^\W_.;])[ \u00a0]{8,}(?=[A-ZĐ])"
)
_BLANK_ENDS = re.compile(r"(?i)(?:số:?|ngày|tháng|năm)$")


@dataclass(frozen=True, slots=True)
class Span:
    """Printed text of one look within a piece."""

    text: str
    look: Look
    run: Run

    @property
    def is_note(self) -> bool:
        """Part of a raised note number."""
        return self.run.is_note


@dataclass(slots=True)
class Piece:
    """A printed line or a part of one. ``column``: 0 left, 1 and up right of it.

    ``centred``: centred in its column; None where that cannot be told (typed with tabs or spaces).
    ``room``: width of the column in points.
    """

    para: Para
    spans: tuple[Span, ...]
    column: int
    centred: bool | None
    room: float
    text: str = field(default="")

    def __post_init__(self) -> None:
        joined = "".join(span.text for span in self.spans if not span.is_note)
        self.text = joined.strip()

    @property
    def inked(self) -> list[Span]:
        """Spans that print letters or digits, superscript notes left out."""
        return [
            span
            for span in self.spans
            if not span.is_note and any(char.isalnum() for char in span.text)
        ]

    @property
    def sizes(self) -> set[float]:
        """Font sizes in points."""
        return {span.look.size for span in self.inked}

    @property
    def bold(self) -> bool:
        """Whether every letter is bold."""
        return bool(self.inked) and all(span.look.bold for span in self.inked)

    @property
    def any_bold(self) -> bool:
        """Whether some letter is bold."""
        return any(span.look.bold for span in self.inked)

    @property
    def italic(self) -> bool:
        """Whether every letter is italic."""
        return bool(self.inked) and all(span.look.italic for span in self.inked)

    @property
    def any_italic(self) -> bool:
        """Whether some letter is italic."""
        return any(span.look.italic for span in self.inked)

    @property
    def caps(self) -> bool:
        """Whether it is written in capitals (placeholders of models count by their letters)."""
        return is_caps(self.text)

    @property
    def typed_rule(self) -> bool:
        """Whether it is a row of underscores, dashes or stars: a line, not text."""
        return bool(_TYPED_RULE.match(self.text))

    @property
    def blank(self) -> bool:
        """No text at all (a drawn rule may be there)."""
        return not self.text

    @property
    def where(self) -> Where:
        """The place a finding names."""
        return where(self.para, self.text)

    @property
    def width(self) -> float:
        """Length of the text in points if it stood on one line."""
        return sum(_width(span) for span in self.spans)

    def underlined(self) -> float:
        """Length of its underlined text in points."""
        return sum(_width(span) for span in self.spans if span.look.underline)


def _width(span: Span) -> float:
    text = span.text.strip("\t\n")
    scale = _RAISED if span.look.superscript else 1.0
    return text_width(text, size=span.look.size, bold=span.look.bold) * scale


def is_caps(text: str) -> bool:
    """Whether all letters are capitals."""
    return bool(_LETTER.search(text)) and text == text.upper()


def is_form_blank(text: str) -> bool:
    """Whether a text has dotted blanks: a model or a form, whose wording is not there yet."""
    return bool(_BLANK_FORM.search(text))


def where(para: Para, text: str | None = None) -> Where:
    """The place of a paragraph, quoting the beginning of its text."""
    shown = " ".join((para.text if text is None else text).split())
    if len(shown) > _SHOWN:
        shown = shown[: _SHOWN - 1].rstrip() + "…"
    return Where(para.part, para.number, shown)


def pieces_of(paras: Iterable[Para], *, default_tab: int) -> list[Piece]:
    """All pieces in reading order; a blank paragraph is one blank piece."""
    return [piece for para in paras for piece in _split(para, default_tab)]


def _split(para: Para, default_tab: int) -> Iterator[Piece]:
    base = para.cell.column if para.cell else 0
    aligned = para.layout.align == "center"
    room = (para.room - para.layout.left - para.layout.right) / 20
    lines = _cut(para.runs, "\n")
    for spans in lines:
        cells = _cut_spans(spans)
        if len(cells) == 1 and not cells[0][0]:
            yield Piece(para, tuple(spans), base, aligned, room)
            continue
        shift = _shift(para, cells[0][0], default_tab)
        for at, (tabs, inner) in enumerate(cells):
            stop = _stop_kind(para, sum(count for count, _ in cells[: at + 1]))
            centred = (
                aligned if len(cells) == 1 and not tabs else (True if stop == "center" else None)
            )
            yield Piece(para, tuple(inner), base + shift + at, centred, room / max(len(cells), 1))


def _cut(runs: Sequence[Run], mark: str) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    for run in runs:
        for at, text in enumerate(run.text.split(mark)):
            if at:
                parts.append([])
            if text:
                parts[-1].append(Span(text, run.look, run))
    return parts


def _cut_spans(spans: Sequence[Span]) -> list[tuple[int, list[Span]]]:
    """Parts between tabs and wide gaps, each with the number of tabs before it; empty parts dropped."""
    text = "".join(span.text for span in spans)
    cuts = [(at, at + 1, 1) for at, char in enumerate(text) if char == "\t"]
    cuts += [
        (found.start(), found.end(), 1)
        for found in _GAP.finditer(text)
        if text[: found.start()].strip() and not _BLANK_ENDS.search(text[: found.start()])
    ]
    if not cuts:
        return [(0, list(spans))]
    parts: list[tuple[int, list[Span]]] = []
    start, tabs = 0, 0
    for low, high, weight in [*sorted(cuts), (len(text), len(text), 0)]:
        inner = _slice(spans, start, low)
        if any(span.text.strip() for span in inner):
            parts.append((tabs, inner))
            tabs = 0
        tabs += weight
        start = high
    return parts or [(0, [])]


def _slice(spans: Sequence[Span], low: int, high: int) -> list[Span]:
    found, at = [], 0
    for span in spans:
        a, b = max(low - at, 0), min(high - at, len(span.text))
        if a < b:
            found.append(Span(span.text[a:b], span.look, span.run))
        at += len(span.text)
    return found


def _shift(para: Para, tabs: int, default_tab: int) -> int:
    """1 if leading tabs carry the text into the right part of the page, else 0 (an indent)."""
    if not tabs or para.cell is not None:
        return 0
    stops = [at for at, _ in para.layout.tabs]
    reached = stops[tabs - 1] if tabs <= len(stops) else default_tab * tabs
    return int(reached >= para.room * 0.3)


def _stop_kind(para: Para, tabs: int) -> str:
    stops = para.layout.tabs
    return stops[tabs - 1][1] if 0 < tabs <= len(stops) else "left"


def lines_of(pieces: Sequence[Piece]) -> list[float]:
    """Lengths in points of the printed lines of a group of pieces, long ones broken at their room."""
    return [length for piece in pieces for length in _broken(piece)]


def _broken(piece: Piece) -> list[float]:
    if piece.width <= piece.room or piece.room <= 0:
        return [piece.width]
    lines: list[float] = []
    at = 0.0
    for width, space in _words(piece):
        if at and at + space + width > piece.room:
            lines.append(at)
            at = width
        else:
            at += (space if at else 0) + width
    return [*lines, at]


def _words(piece: Piece) -> Iterator[tuple[float, float]]:
    for span in piece.spans:
        size, bold = span.look.size, span.look.bold
        space = text_width(" ", size=size, bold=bold)
        for word in span.text.split():
            yield text_width(word, size=size, bold=bold), space


def rules_below(pieces: Sequence[Piece], group: Sequence[Piece]) -> list[Drawn]:
    """Every line that may be the rule under a group: own, or before the next text of its column."""
    if not group:
        return []
    last = group[-1]
    found = [Drawn(length, "underline") for piece in group if (length := piece.underlined())]
    found += last.para.drawn
    at = next(i for i, piece in enumerate(pieces) if piece is last)
    for piece in pieces[at + 1 :]:
        if _apart(last, piece):
            break
        if piece.column != last.column and not piece.blank:
            continue
        if piece.typed_rule:
            how = "typed" if piece.text.startswith("_") else "dashes"
            found.append(Drawn(piece.width, how))
            continue
        if piece.para is not last.para:
            if not piece.blank:
                found += [drawn for drawn in piece.para.drawn if drawn.how == "shape"]
                break
            found += piece.para.drawn
    return found


def _apart(last: Piece, piece: Piece) -> bool:
    here, there = last.para.cell, piece.para.cell
    if here is None:
        return there is not None
    return there is None or there.table != here.table
