"""Tables without a line around their cells, as a plain sheet prints them: columns begin under their heads. Pure.

A sheet puts a text at the left edge of its column and a number at the right one, so the left edges of the heads are
the edges of the columns, and what stands at neither is no table. A text too long for its column runs over empty
neighbours and is cut off at a filled one; a cell that several rows share shows its text once. None of this can be
seen for sure, so such cells are ``crowded``: read, and held for a person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from core.letters import fold
from intake.readers.pdfwords import Word
from intake.readers.raw import Box, Cell, Table

Row = list[Word]
#: In heights of letters: a wider gap parts two cells (a space has .35); starts so near are one edge; a number ends
#: so near before the next column; a text that ends so near may have been cut off (a space and a letter).
_GAP, _SAME, _END, _CUT = 0.9, 0.3, 0.6, 1.5
#: A line so many times further down than the rows are from each other is no part of the list.
_FAR = 1.6
#: Heads of fields stand at most so many heights above their values.
_UNDER = 2.5
#: So many cells of a table must stand at an edge of their column.
_ALIGNED = 0.9
#: So many heads of fields have neither colon nor digit (“Trong đó: nữ”, “trên 35 tuổi”).
_HEADS = 0.8
#: Fewer heads are no table.
_LEAST = 3
_NUMBER_HEADS = frozenset({"tt", "stt", "số tt", "số thứ tự"})
_NUMBER = re.compile(r"\d{1,4}")
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])\)?")
_TOTAL = re.compile(r"(?:tổng|cộng)\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges of the columns of a list and the last number read, for the list may go on on the next page."""

    starts: tuple[float, ...]
    last: int
    pitch: float


@dataclass(slots=True)
class _Line:
    """One row of a list: its printed words by column, and the columns that a person must look at."""

    cells: dict[int, list[Word]]
    doubted: set[int] = field(default_factory=set)
    #: Columns in which a text stands at neither edge, or two texts do.
    strayed: set[int] = field(default_factory=set)

    def join(self, other: _Line, *, above: bool) -> None:
        """A line of wrapped texts, from above or below."""
        for at, words in other.cells.items():
            mine = self.cells.get(at, [])
            self.cells[at] = [*words, *mine] if above else [*mine, *words]

    def middle(self) -> float:
        """Height of its first word."""
        return next(iter(self.cells.values()))[0].middle

    def number(self) -> int | None:
        """The running number in the first column."""
        text = " ".join(word.text for word in self.cells.get(0, [])).rstrip(".")
        return int(text) if _NUMBER.fullmatch(text) else None

    def is_total(self) -> bool:
        """Whether it sums the list up."""
        texts = (" ".join(word.text for word in words) for words in self.cells.values())
        return any(_TOTAL.match(fold(text)) for text in texts)


def take_tables(
    rows: Sequence[Row], page: int, carried: Columns | None = None
) -> tuple[list[Table], list[Row], Columns | None]:
    """The tables among the printed lines of a page, the lines that are in none, and the list that may go on."""
    tables: list[Table] = []
    rest: list[Row] = []
    at = 0
    first = _going_on(rows, carried) if carried else None
    if carried is not None and first is not None:
        rest += rows[:first]
        at, table, carried = _body(rows, first, carried, [], page)
        tables += [table] if table else []
    while at < len(rows):
        taken = _list(rows, at, page) or _answers(rows, at, page, carried)
        if taken is None:
            rest.append(rows[at])
            at += 1
            continue
        at, table, carried = taken
        tables += [table] if table else []
    return tables, rest, carried


def _height(row: Sequence[Word]) -> float:
    return max(min(word.bottom - word.top for word in row), 0.1)


def _pieces(row: Row) -> list[Row]:
    """A printed line parted at its wide gaps."""
    least = _GAP * _height(row)
    parts = [[row[0]]]
    for before, word in pairwise(row):
        if word.x0 - before.x1 > least:
            parts.append([])
        parts[-1].append(word)
    return parts


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


# --- lists ------------------------------------------------------------------------------------------------


def _going_on(rows: Sequence[Row], columns: Columns) -> int | None:
    """The line with the next number, where the list goes on behind a page's end or an empty line."""
    for at, row in enumerate(rows):
        if _placed(row, columns.starts).number() == columns.last + 1:
            return at
    return None


def _list(
    rows: Sequence[Row], at: int, page: int
) -> tuple[int, Table | None, Columns | None] | None:
    """A list from its head on, where the first column counts the rows."""
    top = _pieces(rows[at])
    if len(top) < _LEAST or not _counts(top):
        return None
    below: list[Row] = []
    first = at + 1
    height = _height(rows[at])
    while first < len(rows) and _placed(rows[first], [part[0].x0 for part in top]).number() is None:
        if _middle(rows[first]) - _middle(rows[first - 1]) > _UNDER * height:
            break
        if not all(_COUNTED.fullmatch(_text(part)) for part in _pieces(rows[first])):
            below.append(rows[first])
        first += 1
        if len(below) > 1:
            return None
    sub = _pieces(below[0]) if below else []
    starts = _starts(top, sub, _SAME * height)
    if starts is None:
        return None
    pitch = 2 * height
    empty = Columns(starts, 0, pitch)
    going = _going_on(rows[first:], empty)
    if going is None:  # nobody has filled it in, or its rows are on the next page
        heads = [part for part in (top, sub) if part]
        return first, _table(heads, [], starts, page), empty
    if going:
        return None
    end, table, columns = _body(rows, first, empty, [top, sub], page)
    return (end, table, columns) if table else None


def _counts(heads: Sequence[Row]) -> bool:
    """Whether the first head is that of running numbers."""
    return fold(_text(heads[0])) in _NUMBER_HEADS


def _starts(top: Sequence[Row], sub: Sequence[Row], same: float) -> tuple[float, ...] | None:
    """Left edges of the columns; a group of columns must begin where its first column does."""
    lower = [part[0].x0 for part in sub]
    starts = list(lower)
    begins = [part[0].x0 for part in top]
    for begin, end in pairwise([*begins, float("inf")]):
        under = [x for x in lower if begin - same <= x < end - same]
        if under and abs(under[0] - begin) > same:
            return None
        starts += [] if under else [begin]
    return tuple(sorted(starts)) if len(starts) >= _LEAST else None


def _body(
    rows: Sequence[Row], first: int, columns: Columns, heads: Sequence[Sequence[Row]], page: int
) -> tuple[int, Table | None, Columns | None]:
    """The rows from ``first`` on: where they end, their table, and how they would go on."""
    pitch = _pitch(rows[first:], columns)
    lines: list[_Line] = []
    loose: list[tuple[int, _Line]] = []
    at, last = first, columns.last
    while at < len(rows):
        if at > first and _middle(rows[at]) - _middle(rows[at - 1]) > _FAR * pitch:
            going = _going_on(rows[at:], replace(columns, last=last))
            if going is None:
                break
        line = _placed(rows[at], columns.starts)
        number = line.number()
        if number is not None or line.is_total():
            if number is not None and number != last + 1:
                line.doubted |= set(range(len(columns.starts)))
            last = number if number is not None else last
            lines.append(line)
        else:
            loose.append((len(lines), line))
        at += 1
    count = sum(len(line.cells) for line in lines)
    if sum(len(line.strayed) for line in lines) > (1 - _ALIGNED) * count:
        return first, None, None
    _doubt_gaps(lines)
    _doubt_columns(lines)
    _join(lines, loose)
    table = _table([part for part in heads if part], lines, columns.starts, page)
    return at, table, replace(columns, last=last, pitch=pitch)


def _join(lines: Sequence[_Line], loose: Sequence[tuple[int, _Line]]) -> None:
    """Lines without a number are wrapped texts of the row above or below: of the nearer, and both are in doubt."""
    heights = [line.middle() for line in lines]
    for place, line in loose:
        near = [at for at in (place - 1, place) if 0 <= at < len(lines)]
        for at in near:
            lines[at].doubted |= set(line.cells)
        own = min(near, key=lambda at: abs(heights[at] - line.middle()))
        lines[own].join(line, above=own == place)


def _doubt_columns(lines: Sequence[_Line]) -> None:
    """A column in which a text stands at no edge may be two, one head of which was cut off."""
    strayed = {at for line in lines for at in line.strayed}
    for line in lines:
        line.doubted |= strayed


def _middle(row: Row) -> float:
    return row[0].middle


def _pitch(rows: Sequence[Row], columns: Columns) -> float:
    """How far the numbered rows are from each other."""
    numbered = [row for row in rows if _placed(row, columns.starts).number() is not None]
    steps = [_middle(row) - _middle(before) for before, row in pairwise(numbered)]
    return median(steps) if steps else columns.pitch


def _doubt_gaps(lines: Sequence[_Line]) -> None:
    """An empty cell above or below a filled one may share its text: nothing shows where a cell ends."""
    for at, line in enumerate(lines):
        near = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
        filled = {column for one in near for column in one.cells}
        line.doubted |= filled - set(line.cells)


def _placed(row: Row, starts: Sequence[float]) -> _Line:
    """The words of a printed line by columns."""
    height = _height(row)
    same = _SAME * height
    chains: list[tuple[int, Row]] = []
    for word in row:
        at = max(bisect_right(starts, word.x0 + same) - 1, 0)
        begins = abs(word.x0 - starts[at]) <= same
        if chains and not begins and word.x0 - chains[-1][1][-1].x1 <= _GAP * height:
            chains[-1][1].append(word)
        else:
            chains.append((at, [word]))
    line = _Line({})
    for at, chain in chains:
        if at in line.cells:
            line.doubted.add(at)
            line.strayed.add(at)
        line.cells[at] = [*line.cells.get(at, []), *chain]
    for at, chain in chains:
        _judge(line, at, chain, starts, height)
    return line


def _judge(line: _Line, at: int, chain: Row, starts: Sequence[float], height: float) -> None:
    """What is to be doubted about one text in its column."""
    if at + 1 == len(starts):
        return
    edge = starts[at + 1]
    left = abs(chain[0].x0 - starts[at]) <= _SAME * height
    right = abs(chain[-1].x1 - edge) <= _END * height
    if (
        chain[-1].x1 > edge + _SAME * height
    ):  # it runs over its neighbours, or is one word with them
        reached = bisect_right(starts, chain[-1].x1)
        line.doubted |= set(range(at, reached))
    if not (left or right):
        line.doubted.add(at)
        if chain[-1].x1 <= edge:
            line.strayed.add(at)
    if left and chain[-1].x1 + _CUT * height >= edge:  # cut off, or going on in the next column
        line.doubted |= {at, at + 1}


# --- fields in one line under their heads -----------------------------------------------------------------


def _answers(
    rows: Sequence[Row], at: int, page: int, carried: Columns | None
) -> tuple[int, Table | None, Columns | None] | None:
    """One line of heads and one line of values, as questionnaires on the web give them."""
    heads, height = _pieces(rows[at]), _height(rows[at])
    told = sum(_is_head(part) for part in heads)
    if len(heads) < _LEAST or told < _HEADS * len(heads) or _counts(heads):
        return None
    starts = tuple(part[0].x0 for part in heads)
    below = rows[at + 1 : at + 3]
    step = _middle(below[0]) - _middle(rows[at]) if below else float("inf")
    if step > _UNDER * height or _counts(_pieces(below[0])):
        return at + 1, _table([heads], [_Line({})], starts, page), carried  # nobody has answered
    if len(below) > 1 and _middle(below[1]) - _middle(below[0]) <= _FAR * step:
        return None  # more lines than one: a list that nothing counts
    line = _placed(below[0], starts)
    if line.strayed:
        return None
    return at + 2, _table([heads], [line], starts, page), carried


def _is_head(part: Row) -> bool:
    text = _text(part)
    return ":" not in text and not any(letter.isdigit() for letter in text) and text[0].isalpha()


# --- the grid ---------------------------------------------------------------------------------------------


def _table(
    heads: Sequence[Sequence[Row]], lines: Sequence[_Line], starts: Sequence[float], page: int
) -> Table:
    grid = [list(_head_cells(part, number, starts, page)) for number, part in enumerate(heads)]
    if len(heads) > 1:
        _spread(grid[0], [cell is not None for cell in grid[1]])
    for number, line in enumerate(lines, start=len(grid)):
        grid.append([_cell(line, number, at, page) for at in range(len(starts))])
    boxes = [cell.box for row in grid for cell in row if cell is not None and cell.box]
    return Table(tuple(tuple(row) for row in grid), page, _around(boxes))


def _head_cells(
    parts: Sequence[Row], row: int, starts: Sequence[float], page: int
) -> Iterator[Cell | None]:
    for at, start in enumerate(starts):
        nearest = min(parts, key=lambda part: abs(part[0].x0 - start))
        own = min(range(len(starts)), key=lambda one: abs(starts[one] - nearest[0].x0)) == at
        yield Cell(_text(nearest), row, at, page=page, box=_box(nearest)) if own else None


def _spread(upper: list[Cell | None], has_lower: Sequence[bool]) -> None:
    """The head of a group stands over all its columns."""
    for at in range(1, len(upper)):
        before = upper[at - 1]
        if upper[at] is None and before is not None and has_lower[at]:
            upper[at] = before
    counts = [sum(cell is one for one in upper) for cell in upper]
    for at, cell in enumerate(upper):
        if cell is not None and counts[at] > 1 and (at == 0 or upper[at - 1] is not cell):
            wide = replace(cell, column_span=counts[at])
            upper[at : at + counts[at]] = [wide] * counts[at]


def _cell(line: _Line, row: int, at: int, page: int) -> Cell:
    words = line.cells.get(at, [])
    box = _box(words) if words else None
    return Cell(_text(words), row, at, page=page, box=box, crowded=at in line.doubted)


def _box(words: Sequence[Word]) -> Box:
    return _around([(word.x0, word.top, word.x1, word.bottom) for word in words])


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
