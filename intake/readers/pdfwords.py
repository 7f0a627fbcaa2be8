"""Words and rulings of a PDF page by pdfium: text with its boxes, and the straight lines that tables are drawn with.

pdfium is asked for two boxes a word and one a drawn object, not for one a letter: measured 33 times as fast as
pdfplumber's words. Places are points from the top left of the page with its text upright.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as c

from core.letters import nfc
from intake.readers.raw import Box

#: A drawn object so thin is a line (points).
_THIN = 2.5
#: Shorter lines are parts of letters or dots.
_SHORT = 4.0
_WORD = re.compile(r"\S+")
#: Where two texts that touch may have become one word: a number and a name, a text that was cut off and the next.
_JOINT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_A-ZĐÀ-Ỹ])(?=[A-ZĐ])")
#: Letters of one word touch; those of two are off by so much of their height.
_OFF = 0.1
#: Letters asked for their direction.
_SAMPLED = 60
_QUARTER, _HALF, _THREE_QUARTERS = 1, 2, 3
#: Objects looked at on one page, and nesting of forms within forms.
_MAX_OBJECTS = 60_000
_MAX_DEPTH = 4
#: So many segments draw one line or one rectangle; a path of more than the second figure is a drawing.
_ONE_PIECE, _MAX_SEGMENTS = 5, 4000
#: Of a page, so much covered by one picture makes it a scan, or a page with a picture over text.
PICTURE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: ``at`` is its x (upright) or y (level), from ``start`` to ``end`` along the other axis."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page. ``picture``: the largest share of the page that one picture covers."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    picture: float


Turn = Callable[[float, float, float, float], Box]


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Words and rulings of a page, counted from 1. Raises PdfiumError for a page that cannot be loaded."""
    page = document[number - 1]
    textpage = page.get_textpage()
    try:
        quarter = _quarter(textpage)
        left, bottom, right, top = page.get_cropbox()
        across, along = right - left, top - bottom
        width, height = (along, across) if quarter % 2 else (across, along)
        turn = _turning((left, bottom, right, top), quarter)
        words = tuple(_words(textpage, turn))
        rulings, picture = _drawn(page, turn, across * along)
        return Page(number, width, height, words, rulings, picture)
    finally:
        textpage.close()
        page.close()


def _quarter(textpage: pypdfium2.PdfTextPage) -> int:
    """How the text is turned, in quarters counter-clockwise: the direction of most of its first letters.

    The page's own rotation says only how it is shown; a sheet scanned or printed sideways is read along its text.
    """
    angles = [
        -round(c.FPDFText_GetCharAngle(textpage, at) / (math.pi / 2)) % 4
        for at in range(min(textpage.count_chars(), _SAMPLED))
    ]
    return max(set(angles), key=angles.count) if angles else 0


def _turning(crop: Box, quarter: int) -> Turn:
    """From a box of the page's own coordinates to the page with its text upright, from the top left."""
    left, bottom, right, top = crop

    def seen(x0: float, y0: float, x1: float, y1: float) -> Box:
        if quarter == _QUARTER:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if quarter == _HALF:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        if quarter == _THREE_QUARTERS:
            return (top - y1, right - x1, top - y0, right - x0)
        return (x0 - left, top - y1, x1 - left, top - y0)

    return seen


def _words(textpage: pypdfium2.PdfTextPage, turn: Turn) -> Iterator[Word]:
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:
        # Letters beyond the basic plane: fall back to asking for each.
        text = "".join(chr(c.FPDFText_GetUnicode(textpage, at) or 32) for at in range(count))
    box = _Boxes(textpage)
    for match in _WORD.finditer(text):
        yield from _boxed(match.group(), match.start(), match.end(), box, turn)


class _Boxes:
    """Asks pdfium for the box of a letter, into the same numbers each time."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self._textpage = textpage
        self._box = c.FS_RECTF()

    def of(self, at: int) -> Box | None:
        """Left, bottom, right, top with the height of the font; None for a letter without a place."""
        if not c.FPDFText_GetLooseCharBox(self._textpage, at, self._box):
            return None
        box = self._box
        return (box.left, box.bottom, box.right, box.top)


def _boxed(text: str, start: int, end: int, boxes: _Boxes, turn: Turn) -> Iterator[Word]:
    cuts = [start, *_cuts(text, start, boxes, turn), end]
    for begin, stop in pairwise(cuts):
        first, last = boxes.of(begin), boxes.of(stop - 1)
        if first is None or last is None:
            continue
        x0, top, x1, bottom = turn(
            min(first[0], last[0]),
            min(first[1], last[1]),
            max(first[2], last[2]),
            max(first[3], last[3]),
        )
        yield Word(nfc(text[begin - start : stop - start]), x0, top, x1, bottom)


def _cuts(text: str, start: int, boxes: _Boxes, turn: Turn) -> Iterator[int]:
    """Where one word is two: its letters do not touch there, or stand over each other."""
    for match in _JOINT.finditer(text):
        at = start + match.start()
        before, after = boxes.of(at - 1), boxes.of(at)
        if before is not None and after is not None:
            left, right = turn(*before), turn(*after)
            if abs(right[0] - left[2]) > _OFF * (right[3] - right[1]):
                yield at


def _drawn(page: pypdfium2.PdfPage, turn: Turn, area: float) -> tuple[tuple[Ruling, ...], float]:
    rulings: list[Ruling] = []
    largest = 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    pointers = [ctypes.byref(edge) for edge in edges]
    for item, kind in _objects(page):
        if kind == c.FPDF_PAGEOBJ_TEXT:
            continue
        if not c.FPDFPageObj_GetBounds(item, *pointers):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = turn(left, bottom, right, top)
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            largest = max(largest, (box[2] - box[0]) * (box[3] - box[1]) / max(area, 1.0))
        elif kind == c.FPDF_PAGEOBJ_PATH:
            rulings += (line for piece in _pieces(item, box, turn) for line in _lines(piece, item))
    return tuple(rulings), largest


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[object, int]]:
    """Objects of the page, those of forms within it too. Forms are taken without their own turning."""
    count = min(c.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    for at in range(count):
        item = c.FPDFPage_GetObject(page, at)
        yield from _unfolded(item, depth=0)


def _unfolded(item: object, *, depth: int) -> Iterator[tuple[object, int]]:
    kind = c.FPDFPageObj_GetType(item)
    if kind != c.FPDF_PAGEOBJ_FORM:
        yield item, kind
        return
    if depth < _MAX_DEPTH:
        for at in range(min(c.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)):
            yield from _unfolded(c.FPDFFormObj_GetObject(item, at), depth=depth + 1)


def _pieces(item: object, box: Box, turn: Turn) -> Iterator[Box]:
    """The boxes of what one path draws: some writers put the edges of two tables into one."""
    count = c.FPDFPath_CountSegments(item)
    if not _ONE_PIECE < count <= _MAX_SEGMENTS:
        yield box
        return
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, matrix):
        yield box
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    for at in range(count):
        segment = c.FPDFPath_GetPathSegment(item, at)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and part:
            yield _bounds(part, turn)
            part = []
        if c.FPDFPathSegment_GetPoint(segment, x, y):
            across = matrix.a * x.value + matrix.c * y.value + matrix.e
            part.append((across, matrix.b * x.value + matrix.d * y.value + matrix.f))
    if part:
        yield _bounds(part, turn)


def _bounds(points: Sequence[tuple[float, float]], turn: Turn) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return turn(min(xs), min(ys), max(xs), max(ys))


def _lines(box: Box, item: object) -> Iterator[Ruling]:
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    if width <= _THIN and height >= _SHORT:
        yield Ruling(upright=True, at=(x0 + x1) / 2, start=top, end=bottom)
    elif height <= _THIN and width >= _SHORT:
        yield Ruling(upright=False, at=(top + bottom) / 2, start=x0, end=x1)
    elif width > _THIN and height > _THIN and _is_stroked_box(item):
        for x in (x0, x1):
            yield Ruling(upright=True, at=x, start=top, end=bottom)
        for y in (top, bottom):
            yield Ruling(upright=False, at=y, start=x0, end=x1)


def _is_stroked_box(item: object) -> bool:
    """A rectangle drawn with a pen: its four edges are lines."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if (
        not c.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
        or not stroke.value
    ):
        return False
    return c.FPDFPath_CountSegments(item) in {4, 5}
