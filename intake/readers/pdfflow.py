"""Printed lines of a page: words of one height, and whether a line was full. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from intake.readers.pdfwords import Word

#: Lines further apart than this, in heights of letters, are other paragraphs.
_LINE_GAP = 1.3
#: What the estimate of a margin and of a space may be off (points).
_SLACK = 5.0
#: Words whose middles differ by less than this share of their height stand on one line.
_SAME_LINE = 0.5


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words in printed lines, from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        height = max(word.bottom - word.top, 1.0)
        if rows and abs(_middle(rows[-1]) - word.middle) <= _SAME_LINE * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _middle(row: Sequence[Word]) -> float:
    return sum(word.middle for word in row) / len(row)


def is_full(row: Sequence[Word], following: Sequence[Word], right: float) -> bool:
    """Whether the first word of the next line would not have fitted on a line that ends at ``right``."""
    first = following[0]
    space = 0.25 * (first.bottom - first.top)
    gap = first.top - row[-1].bottom
    near = gap <= _LINE_GAP * (first.bottom - first.top)
    return near and row[-1].x1 + space + _unbroken(following) > right - _SLACK


def _unbroken(row: Sequence[Word]) -> float:
    """How wide a line's first word is, with the dots after it: no line ends before a dot (Unicode line breaking)."""
    end = row[0].x1
    for word in row[1:]:
        if not word.text.startswith("."):
            break
        end = word.x1
    return end - row[0].x0
