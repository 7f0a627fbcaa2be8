"""Words of a PDF page put into lines, and broken lines into one: as a person reads them. Pure.

A line that was broken because the next word did not fit goes on; one that ended before its margin does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.letters import is_syllable
from intake.readers.pdfbeside import take_beside
from intake.readers.pdfflow import is_full, rows_of
from intake.readers.pdfwords import Word
from intake.readers.raw import Box, Line

#: A gap so many times the height of the letters is a column, not a space.
_COLUMN_GAP = 2.2
#: Pieces of two lines whose middles are so near, in heights of letters, stand in one column.
_NEAR_COLUMN = 8.0
#: What the estimate of a letter may be off (points).
_LETTER_SLACK = 1.5
#: A whole page is never so narrow that a word breaks.
_NO_EDGE = float("inf")
_LETTERS_LAST, _LETTERS_FIRST = re.compile(r"[^\W\d_]+$"), re.compile(r"^[^\W\d_]+")
#: Whole words in capitals that are no syllables.
_ACRONYMS = frozenset(
    (
        "TNHH",
        "MTV",
        "CP",
        "HTX",
        "DNTN",
        "XD",
        "TM",
        "DV",
        "SX",
        "UBND",
        "CĐCS",
        "LĐLĐ",
        "BHXH",
        "KCN",
        "KT",
    )
)
#: A line that begins so is a paragraph of its own.
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]|[-+•*]")


def cell_text(words: Sequence[Word], box: Box) -> str:
    """The text of a ruled cell, one paragraph a line."""
    rows = rows_of(words)
    right = box[2] - _padding(rows, box)
    return "\n".join(text_of(part, right) for part in _paragraphs(rows, right))


def _padding(rows: Sequence[Sequence[Word]], box: Box) -> float:
    """What a cell keeps free on the right: as much as on the left, where its text begins."""
    starts = [row[0].x0 - box[0] for row in rows]
    return min(max(min(starts, default=0.0), 0.0), 8.0)


def _paragraphs(rows: Sequence[Sequence[Word]], right: float) -> list[list[list[Word]]]:
    """Printed lines put together where a line was full: the first word of the next would not have fitted."""
    parts: list[list[list[Word]]] = []
    for row in rows:
        last = parts[-1][-1] if parts else None
        if last is not None and is_full(last, row, right):
            parts[-1].append(list(row))
        else:
            parts.append([list(row)])
    return parts


def text_of(part: Sequence[Sequence[Word]], right: float) -> str:
    """Printed lines as one; a word that its line could not hold goes on without a space."""
    out = _joined(part[0])
    for before, row in pairwise(part):
        out += ("" if _breaks_word(before, row, right) else " ") + _joined(row)
    return out


def _breaks_word(row: Sequence[Word], following: Sequence[Word], right: float) -> bool:
    """Only a word alone on its line is broken within: not one letter more would have fitted, and the halves are no
    words of their own.
    """
    last, first = row[-1], following[0]
    letter = (first.x1 - first.x0) / len(first.text)
    if len(row) > 1 or last.x1 + letter < right - _LETTER_SLACK:
        return False
    before, after = last.text, first.text
    if before[-1] in ")”":
        return False
    if before[-1].isdigit() or after[0].isdigit():
        return before[-1].isdigit() == after[0].isdigit() or not before[-1].isalpha()
    if not (before[-1].isalpha() and after[0].isalpha()):
        return not (before[-1] in ",;:" or after[0] in "(“")
    head, tail = _LETTERS_LAST.findall(before)[-1], _LETTERS_FIRST.findall(after)[0]
    if _ACRONYMS & {head, tail}:
        return False
    if head.isupper() and tail.isupper():
        return not (is_syllable(head) and is_syllable(tail))
    return tail[0].islower() and (
        is_syllable(head + tail) or not (is_syllable(head) and is_syllable(tail))
    )


def _joined(row: Sequence[Word]) -> str:
    """A printed line; a wide gap is a tab."""
    out = [row[0].text]
    for before, word in pairwise(row):
        gap = word.x0 - before.x1
        height = max(word.bottom - word.top, 1.0)
        out.append("\t" if gap > _COLUMN_GAP * height else " ")
        out.append(word.text)
    return "".join(out)


def read_lines(printed: list[list[Word]], page: int, width: float) -> Iterator[Line]:
    """Lines outside of tables; a full one goes on with the next where that begins no further to the right."""
    beside, rows = take_beside(printed)
    for label, value in beside:
        yield Line(f"{_flat(label)}\t{_flat(value)}", page, _box([*label, *value]))
    right = max((row[-1].x1 for row in rows), default=0.0)
    left = min((row[0].x0 for row in rows), default=0.0)
    for part in _paragraphs_of_page(rows, left, max(right, width - left)):
        yield Line(text_of(part, _NO_EDGE), page, _box(part))


def _flat(part: Sequence[Sequence[Word]]) -> str:
    return text_of(part, _NO_EDGE).replace("\t", " ")


def _box(part: Sequence[Sequence[Word]]) -> Box:
    flat = [word for row in part for word in row]
    return (
        min(word.x0 for word in flat),
        min(word.top for word in flat),
        max(word.x1 for word in flat),
        max(word.bottom for word in flat),
    )


def _paragraphs_of_page(
    rows: Sequence[Sequence[Word]], left: float, right: float
) -> list[list[list[Word]]]:
    parts: list[list[list[Word]]] = []
    for row in rows:
        last = parts[-1][-1] if parts else None
        goes_on = (
            last is not None
            and not _in_columns(last, row)
            and not _NUMBERED.fullmatch(row[0].text)
            and row[0].x0 <= max(left + 12.0, last[0].x0 + 1.0)
            and is_full(last, row, right)
        )
        if goes_on:
            parts[-1].append(list(row))
        else:
            parts.append([list(row)])
    return parts


def _in_columns(row: Sequence[Word], following: Sequence[Word]) -> bool:
    """Whether two lines stand in columns side by side, as at the head of a letter; a gap in one alone is only a gap."""
    starts, below = _starts(row), _starts(following)
    return any(
        abs(one - other) < _NEAR_COLUMN * (row[0].bottom - row[0].top)
        for one in starts
        for other in below
    )


def _starts(row: Sequence[Word]) -> list[float]:
    """Middles of the pieces after wide gaps."""
    wide = [
        at
        for at, (before, word) in enumerate(pairwise(row), start=1)
        if word.x0 - before.x1 > _COLUMN_GAP * max(word.bottom - word.top, 1.0)
    ]
    return [(row[at].x0 + row[stop - 1].x1) / 2 for at, stop in pairwise([*wide, len(row)])]
