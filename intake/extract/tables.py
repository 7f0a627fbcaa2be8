"""The list of a form: its header found, its columns named by their headers and not by their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from core.forms import FormField, FormKind, get_form
from core.letters import clean_line, unaccent
from intake.extract.joint import joint_fields
from intake.extract.labels import NUMBERING, LabelIndex
from intake.extract.words import marked_key, words_key
from intake.readers.raw import Cell, RawForm, Table

#: Rows of a header at most: two levels, and a line of units.
_HEADER_ROWS = 3
#: Rows looked through for a header at the top of a table.
_SEARCHED = 80
_GOOD, _EXACT, _UPPER = 90.0, 100.0, 85.0
_HIDDEN = 0.3
#: Sides of a column on two pages may differ by so much (points).
_SAME_PLACE = 4.0
#: A column without a group, found under the head of a group, is so much less likely.
_OUTSIDE = 8.0
_ROW_NUMBER = frozenset({"tt", "so tt", "stt", "s tt", "no", "so thu tu"})
COUNTED = re.compile(r"^[\s(]*(?:\d{1,2}|[a-z]|[ivx]+)[\s)]*$", re.IGNORECASE)

#: A birth date written under Nam or Nữ: the column says the gender (domain brief §5.c).
_BY_GENDER = {"nam": "male", "nu": "female"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list as it stands in a table. ``gender``: the column of dates, or marks, of one gender.
    ``joint``: the key of a second column that was put into this one.
    """

    key: str
    at: int
    score: float
    gender: str | None = None
    joint: str = ""


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table recognised as the form's list (or a part of it on a further page).

    ``top`` is the first row of its header: what stands above are fields.
    """

    table: Table
    columns: tuple[Column, ...]
    first_row: int
    number_column: int | None = None
    top: int = 0

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the form's columns that this table has."""
        return frozenset(key for one in self.columns for key in (one.key, one.joint) if key)


def find_list(raw: RawForm, form: FormKind) -> tuple[ListTable, ...]:
    """The tables that hold the form's list, in order; none for a form without a list."""
    if not form.columns:
        return ()
    found: list[ListTable] = []
    for table in raw.tables:
        headed = _headed(table, form) or _keyed(table, form)
        if headed is not None:
            found.append(headed)
        elif found and (going_on := _continued(table, found[-1])) is not None:
            found.append(going_on)
    return tuple(found)


def _keyed(table: Table, form: FormKind) -> ListTable | None:
    """A table whose cells carry controls of the list's columns, under a header nobody knows."""
    keys = {column.key for column in form.columns}
    columns: dict[str, Column] = {}
    first: int | None = None
    for at_row, row in enumerate(table.grid):
        for at, cell in enumerate(row):
            for control in cell.controls if cell is not None else ():
                key = control.key.removeprefix("rows.")
                if key in keys and key not in columns:
                    columns[key] = Column(key, at, 1.0)
                    first = at_row if first is None else first
    if first is None or len(columns) < _least_columns(form):
        return None
    ordered = tuple(sorted(columns.values(), key=lambda one: one.at))
    return ListTable(table, ordered, first, top=max(first - _HEADER_ROWS, 0))


def _continued(table: Table, last: ListTable) -> ListTable | None:
    """A table without a header goes on with the one before: on a later page where its columns stand under the same
    places, or in the same sheet of a workbook after an empty line where its rows are numbered on.
    """
    if table.title and table.title == last.table.title and table.width == last.table.width:
        at = last.number_column
        first = table.grid[0][at] if at is not None else None
        numbered = first is not None and clean_line(first.text).isdigit()
        return ListTable(table, last.columns, 0, at) if numbered else None
    later = table.page is not None and last.table.page is not None and table.page > last.table.page
    return _under(table, last) if later else None


def _under(table: Table, last: ListTable) -> ListTable | None:
    """The columns by their places on the page: what stands above a list may cut its grid finer than its next page."""
    if table.width == last.table.width:
        return ListTable(table, last.columns, 0, last.number_column)
    if last.first_row >= len(last.table.grid):
        return None
    above, below = last.table.grid[last.first_row], table.grid[0]
    columns = []
    for column in last.columns:
        at = _below(above[column.at], below)
        if at is None:
            return None
        columns.append(replace(column, at=at))
    number = _below(above[last.number_column], below) if last.number_column is not None else None
    return ListTable(table, tuple(columns), 0, number)


def _below(cell: Cell | None, row: Sequence[Cell | None]) -> int | None:
    """The place in a row of the cell that has the same sides."""
    if cell is None or cell.box is None:
        return None
    for at, one in enumerate(row):
        if one is not None and one.box is not None:
            off = max(abs(one.box[0] - cell.box[0]), abs(one.box[2] - cell.box[2]))
            if off <= _SAME_PLACE:
                return at
    return None


def _headed(table: Table, form: FormKind) -> ListTable | None:
    best: tuple[float, ListTable] | None = None
    least = _least_columns(form)
    known = _column_words(form.kind)
    for top in range(min(_SEARCHED, len(table.grid))):
        texts = {_heading(cell) for cell in table.grid[top] if cell is not None}
        if not any(words_key(text) in known for text in texts):
            continue  # a header names at least one column, or one group of columns, in so many words
        for depth in range(1, _HEADER_ROWS + 1):
            if top + depth > len(table.grid):
                break
            columns, number_column = _columns(table, form, top=top, depth=depth)
            if len({column.key for column in columns}) < least:
                continue
            score = sum(column.score for column in columns) + (
                1 if number_column is not None else 0
            )
            # Of headers that name as much, the shallower one leaves more rows to read.
            score -= depth * 0.01 + top * 0.001
            if best is None or score > best[0]:
                first = top + depth
                best = (score, ListTable(table, tuple(columns), first, number_column, top))
    return best[1] if best else None


@lru_cache(maxsize=64)
def _column_words(form: str) -> frozenset[tuple[str, ...]]:
    columns = get_form(form).columns
    words = {words_key(label) for one in columns for label in (one.label_vi, *one.labels)}
    uppers = {words_key(label) for one in columns for label in (one.header, *one.header_labels)}
    return frozenset(words | uppers | {words_key(word) for word in ("Nam", "Nữ")}) - {()}


def _least_columns(form: FormKind) -> int:
    """So many columns must be named for a table to be the list: half of them, at least two."""
    return max(2, len(form.columns) // 3)


def _columns(
    table: Table, form: FormKind, *, top: int, depth: int
) -> tuple[list[Column], int | None]:
    heads = [_head(table, at, top=top, depth=depth) for at in range(table.width)]
    if any(_filled_like_data(table, row) for row in range(top, top + depth)):
        return [], None
    offers: list[Column] = []
    number_column: int | None = None
    for at, head in enumerate(heads):
        if not head:
            continue
        if " ".join(words_key(head[-1])) in _ROW_NUMBER or marked_key(head[-1]) == "số tt":
            number_column = at if number_column is None else number_column
            continue
        # A hidden column is read only where no visible one has its name.
        fainter = _HIDDEN if _is_hidden(table, at, top=top, depth=depth) else 0.0
        offers += [replace(offer, score=offer.score - fainter) for offer in _offers(form, head, at)]
    return _assigned(offers), number_column


def _is_hidden(table: Table, at: int, *, top: int, depth: int) -> bool:
    cells = [row[at] for row in table.grid[top : top + depth]]
    return any(cell is not None and cell.hidden for cell in cells)


def _head(table: Table, at: int, *, top: int, depth: int) -> list[str]:
    """The texts above a column, from the upper level down, each once."""
    texts: list[str] = []
    last: Cell | None = None
    for row in table.grid[top : top + depth]:
        cell = row[at]
        if cell is not None and cell is not last:
            text = _heading(cell)
            if text and not COUNTED.match(text):
                texts.append(text)
        last = cell
    return texts


def _heading(cell: Cell) -> str:
    """A head as written, without its own number: ``2. Ngày sinh``."""
    text = clean_line(cell.text)
    return NUMBERING.sub("", text) or text


def _filled_like_data(table: Table, row: int) -> bool:
    """A header row holds no long numbers."""
    texts = [clean_line(cell.text) for cell in table.grid[row] if cell is not None]
    return any(re.fullmatch(r"[\d\s.,/\-]{5,}", text) for text in texts)


def _offers(form: FormKind, head: Sequence[str], at: int) -> list[Column]:
    lower, upper = head[-1], head[-2] if len(head) > 1 else ""
    gender = _BY_GENDER.get(" ".join(words_key(lower)))
    if gender and upper and any(column.key == "dob" for column in form.columns):
        birth = LabelIndex([form.column("dob")]).whole(upper)
        if birth is not None:
            return [Column("dob", at, 1.0, gender)]
    offers = []
    pair = _joint(form, lower) if not upper else None
    if pair is not None:
        offers.append(Column(pair[0].key, at, 0.99, joint=pair[1].key))
    grouped = bool(upper) and _names_group(form, upper)
    for column in form.columns:
        score = _score(column, lower, upper, joined=" ".join(head))
        if grouped and not column.header:
            # CĐCS under “Tỷ lệ” is a rate, although CĐCS alone names the unit that reports.
            score -= _OUTSIDE
        if score >= _GOOD:
            offers.append(Column(column.key, at, score / _EXACT))
    if not offers and gender and any(column.key == "gender" for column in form.columns):
        offers.append(Column("gender", at, 0.9, gender))
    return offers


def _joint(form: FormKind, text: str) -> tuple[FormField, FormField] | None:
    """The two columns that stand under one head."""
    columns = [column for column in form.columns if not column.header]
    return joint_fields(text, columns, LabelIndex(columns))


def _names_group(form: FormKind, upper: str) -> bool:
    groups = {label for c in form.columns if c.header for label in (c.header, *c.header_labels)}
    return any(_alike(upper, label) >= _UPPER for label in groups)


def _score(column: FormField, lower: str, upper: str, *, joined: str) -> float:
    labels = (column.label_vi, *column.labels)
    best = max(_alike(lower, label) for label in labels)
    if not column.header:
        # `Số LĐ đóng BHXH` under `Lao động`: the upper level may say a part of the name.
        if upper and best < _GOOD:
            best = max(best, *(_alike(joined, label) for label in labels))
        return best
    uppers = (column.header, *column.header_labels)
    above = max((_alike(upper, label) for label in uppers), default=0.0) if upper else 0.0
    if upper:
        return best if above >= _UPPER else best * 0.5
    # One level only: the full name, or both levels written together.
    both = max(_alike(lower, f"{head} {label}") for head in uppers for label in labels)
    return max(both, best - 5)


@lru_cache(maxsize=100_000)
def _alike(written: str, label: str) -> float:
    """100 for the same words; a likeness for long texts; 0 where marks say otherwise (DT, ĐT)."""
    mine, theirs = words_key(written), words_key(label)
    if not mine:
        return 0.0
    if mine == theirs:
        short = len("".join(mine)) <= 2  # noqa: PLR2004
        marked = marked_key(written)
        return (
            0.0 if short and marked != marked_key(label) and marked != unaccent(marked) else 100.0
        )
    shorter = words_key(re.sub(r"\([^()]*\)", "", written))
    if shorter == theirs:
        return 98.0
    if _together(written) == _together(label):
        return 97.0  # a narrow column runs words together: CĐCSmới
    text, other = " ".join(mine), " ".join(theirs)
    if min(len(text), len(other)) < 8:  # noqa: PLR2004
        return 0.0
    return float(fuzz.ratio(text, other)) * 0.97


def _together(text: str) -> str:
    return unaccent(marked_key(text)).replace(" ", "")


def _assigned(offers: Sequence[Column]) -> list[Column]:
    """Each column of the table has one meaning and each meaning one column, but the two of a gender pair."""
    named = {offer.key for offer in offers if offer.score >= 1.0 and not offer.joint}
    offers = [offer for offer in offers if offer.joint not in named]
    taken_at: set[int] = set()
    taken_key: set[tuple[str, str | None]] = set()
    chosen: list[Column] = []
    for offer in sorted(offers, key=lambda one: (-one.score, one.at)):
        if offer.at in taken_at or (offer.key, offer.gender) in taken_key:
            continue
        if any(
            offer.key == other.key and (offer.gender is None) != (other.gender is None)
            for other in chosen
        ):
            continue
        taken_at.add(offer.at)
        taken_key |= {(offer.key, offer.gender), (offer.joint, None)}
        chosen.append(offer)
    return sorted(chosen, key=lambda one: one.at)
