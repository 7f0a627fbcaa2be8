"""Labels and values side by side without a table's lines, as a printed sheet has them; both may be broken. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from intake.readers.pdfflow import is_full
from intake.readers.pdfwords import Word

Rows = list[list[Word]]
#: So many lines must have a text at one place to make it a column.
_LEAST = 3
#: Starts so near are one column (points).
_SAME = 1.5
#: A column begins after a gap of at least so much of the height of its letters, once it is known.
_GAP = 0.6
#: And is known by lines with a gap so wide.
_WIDE = 2.2


def take_beside(rows: Rows) -> tuple[list[tuple[Rows, Rows]], Rows]:
    """Pairs of label and value, each as its printed lines, and the lines that are no part of such a block."""
    edge = _edge(rows)
    if edge is None:
        return [], rows
    halves = [_halves(row, edge) for row in rows]
    right = max(value[-1].x1 for _, value in halves if value)
    pairs: list[tuple[Rows, Rows]] = []
    waiting: Rows = []
    rest: Rows = []
    for row, (label, value) in zip(rows, halves, strict=True):
        last = pairs[-1] if pairs else None
        if label and value:
            if waiting and not is_full(waiting[-1], value, right):
                rest += waiting
                waiting = []
            if last is not None and not waiting and _goes_on(last, label, value, edge, right):
                last[0].append(label)
                last[1].append(value)
            else:
                pairs.append(([label], [*waiting, value]))
            waiting = []
        elif value:
            if last is not None and not waiting and is_full(last[1][-1], value, right):
                last[1].append(value)
            else:
                waiting.append(value)
        elif last is not None and _is_rest_of_label(last[0], row, edge):
            last[0].append(row)
        else:
            rest.append(row)
    return pairs, sorted([*rest, *waiting], key=lambda row: row[0].middle)


def _edge(rows: Rows) -> float | None:
    """Where the values begin: the place at which most lines go on after a wide gap."""
    starts: Counter[int] = Counter()
    places: dict[int, float] = {}
    for row in rows:
        gaps = [at for at in range(1, len(row)) if _gap(row, at) > _WIDE]
        if len(gaps) == 1:
            key = round(row[gaps[0]].x0 / (2 * _SAME))
            starts[key] += 1
            places.setdefault(key, row[gaps[0]].x0)
    if not starts:
        return None
    key, count = starts.most_common(1)[0]
    return places[key] if count >= _LEAST else None


def _gap(row: Sequence[Word], at: int) -> float:
    """Space before a word in heights of its letters."""
    return (row[at].x0 - row[at - 1].x1) / max(row[at].bottom - row[at].top, 1.0)


def _halves(row: list[Word], edge: float) -> tuple[list[Word], list[Word]]:
    """What stands before the column and what in it; a line that runs through has no value."""
    for at, word in enumerate(row):
        if abs(word.x0 - edge) <= _SAME and (at == 0 or _gap(row, at) >= _GAP):
            return row[:at], row[at:]
    return row, []


def _goes_on(
    last: tuple[Rows, Rows], label: Sequence[Word], value: Sequence[Word], edge: float, right: float
) -> bool:
    """Label and value both broken at the same line."""
    return _is_rest_of_label(last[0], label, edge) and is_full(last[1][-1], value, right)


def _is_rest_of_label(before: Rows, row: Sequence[Word], edge: float) -> bool:
    """A label goes on where its line was full; a new one begins with a capital."""
    first = row[0]
    return (
        abs(first.x0 - before[0][0].x0) <= _SAME
        and not first.text[:1].isupper()
        and row[-1].x1 < edge
        and is_full(before[-1], row, edge)
    )
