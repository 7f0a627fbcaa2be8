"""Tables by their rulings: crossing lines make a grid, a missing line between two places one merged cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.readers.pdfwords import Ruling

#: Lines so near are one line; ends so near touch (points).
_NEAR = 3.0
#: A line must cover this share of a cell's side to be its border.
_COVER = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """One cell of a grid: its place and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines, and its cells row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_box(self, cell: Span) -> tuple[float, float, float, float]:
        """Where a cell lies."""
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )


def find_grids(rulings: Sequence[Ruling]) -> tuple[Grid, ...]:
    """The ruled tables of a page from top to bottom; a lone line or a box around text is none."""
    levels = _joined([line for line in rulings if not line.upright])
    uprights = _joined([line for line in rulings if line.upright])
    grids = []
    for group in _touching([*levels, *uprights]):
        grid = _grid(group)
        if grid is not None:
            grids.append(grid)
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))


def _joined(lines: Sequence[Ruling]) -> list[Ruling]:
    """Pieces of one line put together."""
    out: list[Ruling] = []
    for line in sorted(lines, key=lambda one: (round(one.at / _NEAR), one.start)):
        last = out[-1] if out else None
        if last is not None and abs(last.at - line.at) <= _NEAR and line.start <= last.end + _NEAR:
            out[-1] = Ruling(
                last.upright, last.at, min(last.start, line.start), max(last.end, line.end)
            )
        else:
            out.append(line)
    return out


def _crosses(one: Ruling, other: Ruling) -> bool:
    return (
        one.upright != other.upright
        and one.start - _NEAR <= other.at <= one.end + _NEAR
        and other.start - _NEAR <= one.at <= other.end + _NEAR
    )


def _touching(lines: Sequence[Ruling]) -> Iterable[list[Ruling]]:
    """Lines that hang together."""
    levels = [line for line in lines if not line.upright]
    uprights = [line for line in lines if line.upright]
    parent = list(range(len(lines)))
    place = {id(line): at for at, line in enumerate(lines)}

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for level in levels:
        for upright in uprights:
            if _crosses(level, upright):
                parent[root(place[id(level)])] = root(place[id(upright)])
    groups: dict[int, list[Ruling]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(root(at), []).append(line)
    return groups.values()


def _grid(lines: Sequence[Ruling]) -> Grid | None:
    xs = _places(line.at for line in lines if line.upright)
    ys = _places(line.at for line in lines if not line.upright)
    least = 2
    if len(xs) < least or len(ys) < least or len(xs) * len(ys) <= least * least:
        return None
    uprights = _by_place([line for line in lines if line.upright], xs)
    levels = _by_place([line for line in lines if not line.upright], ys)
    return Grid(xs, ys, tuple(_cells(xs, ys, uprights, levels)))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= _NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return tuple(sum(group) / len(group) for group in out)


def _by_place(lines: Sequence[Ruling], places: Sequence[float]) -> list[list[Ruling]]:
    return [[line for line in lines if abs(line.at - place) <= _NEAR] for place in places]


def _covered(lines: Sequence[Ruling], start: float, end: float) -> bool:
    share = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return share >= _COVER * (end - start)


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    uprights: Sequence[Sequence[Ruling]],
    levels: Sequence[Sequence[Ruling]],
) -> Iterable[Span]:
    """Each place grows to the right, then down, until a line stops it."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            columns = 1
            while (
                column + columns < len(xs) - 1
                and (row, column + columns) not in taken
                and not _covered(uprights[column + columns], ys[row], ys[row + 1])
            ):
                columns += 1
            rows = 1
            while row + rows < len(ys) - 1 and not _covered(
                levels[row + rows], xs[column], xs[column + columns]
            ):
                rows += 1
            taken |= {(row + r, column + k) for r in range(rows) for k in range(columns)}
            yield Span(row, column, rows, columns)
