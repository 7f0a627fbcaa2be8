"""The rows of a form's list: headings, numbering, sub-titles and totals left out, broken rows joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.forms import FormKind
from core.letters import clean_line, fold, is_syllable
from intake.extract.choices import only_offers
from intake.extract.fields import cell_found, control_found, trimmed
from intake.extract.found import By, Found
from intake.extract.joint import split_value
from intake.extract.tables import COUNTED, ListTable
from intake.extract.texts import DITTO
from intake.readers.raw import Cell

_TOTAL = re.compile(r"^(?:tổng cộng|tổng số|cộng|tổng|toàn tỉnh|toàn huyện)\b")
_SUBTITLE = re.compile(r"^(?:[IVX]+|[A-Z]|\d+)\s*[.)/]\s*\D")


@dataclass(slots=True)
class ListRows:
    """The rows read, and the total row as found (key of the column to its cell)."""

    rows: list[dict[str, Found]]
    totals: dict[str, Found]
    missing: frozenset[str] = frozenset()
    #: The last row's cells as written, for what a page has broken goes on with them.
    written: dict[str, str] = field(default_factory=dict)


def read_rows(lists: Sequence[ListTable], form: FormKind) -> ListRows:
    """The rows of all parts together: headings, numbering, sub-titles, totals and empty lines left out.

    A row that a page has broken in two (its second half has no number and goes on a cell) is joined.
    """
    out = ListRows([], {})
    for part in lists:
        for row in part.table.grid[part.first_row :]:
            _take(out, part, row, form)
    out.missing = (
        frozenset(column.key for column in form.columns)
        - frozenset(key for part in lists for key in part.keys)
        if lists
        else frozenset()
    )
    return out


def _take(out: ListRows, part: ListTable, row: Sequence[Cell | None], form: FormKind) -> None:
    texts = [clean_line(cell.text) if cell is not None else "" for cell in row]
    distinct = list(dict.fromkeys(id(cell) for cell in row if cell is not None))
    filled = [text for text in dict.fromkeys(texts) if trimmed(text)]
    if not filled and not any(cell and cell.controls for cell in row):
        return
    if _is_header_again(part, row) or _is_numbering(filled):
        return
    values = _row_values(part, row, form)
    label = next((text for text in texts if text and not COUNTED.match(text)), "")
    if _TOTAL.match(fold(label)):
        out.totals = out.totals or {key: one for key, one in values.items() if one.text}
        return
    if len(distinct) == 1 and _is_remark(part, row):
        return
    few = len(distinct) <= 2 and len(filled) <= 2  # noqa: PLR2004
    if few and part.table.width > 3 and not _is_numbered(part, texts):  # noqa: PLR2004
        return  # a sub-title over the whole width
    if _is_subtitle(part, texts, values):
        return
    if not any((one.text and not only_offers(one.text)) or one.checked for one in values.values()):
        return
    written = {
        c.key: clean_line(cell.text) for c in part.columns if (cell := row[c.at]) is not None
    }
    if _is_broken_off(out, part, texts, values):
        _join(out, values, written)
        return
    out.rows.append(_resolved(values, out.rows[-1] if out.rows else {}))
    out.written = written


def _resolved(values: dict[str, Found], above: dict[str, Found]) -> dict[str, Found]:
    """“-nt-” and “như trên” mean what the row above says; where it says nothing, a person must."""
    return {
        key: replace(above[key], written=one.text)
        if DITTO.match(fold(one.text)) and key in above and above[key].text
        else one
        for key, one in values.items()
    }


def _is_remark(part: ListTable, row: Sequence[Cell | None]) -> bool:
    """One text over several columns, or in the number's place: a remark or signatures under the list."""
    at, cell = next((at, cell) for at, cell in enumerate(row) if cell is not None)
    over = cell.column_span > 1 and part.table.width > 1
    return over or (at == part.number_column and not clean_line(cell.text).isdigit())


def _is_numbered(part: ListTable, texts: Sequence[str]) -> bool:
    """A number in the number's column and a value elsewhere: a row with little in it, in a workbook."""
    at = part.number_column
    return at is not None and texts[at].isdigit() and any(texts[at + 1 :])


def _is_numbering(filled: Sequence[str]) -> bool:
    """``(1) (2) (3)`` under the header."""
    least = 3
    return len(filled) >= least and all(COUNTED.match(text) for text in filled)


def _is_header_again(part: ListTable, row: Sequence[Cell | None]) -> bool:
    """The header repeated at the top of a page."""
    above = part.table.grid[max(part.first_row - 1, 0)]
    if part.first_row == 0:
        return False
    mine = [clean_line(cell.text) if cell else "" for cell in row]
    theirs = [clean_line(cell.text) if cell else "" for cell in above]
    return any(mine) and mine == theirs


def _is_subtitle(part: ListTable, texts: Sequence[str], values: dict[str, Found]) -> bool:
    """``I. Xã Bình Lư`` or ``I | Xã Bình Lư``: a group's name with no other value."""
    said = [text for text in texts if trimmed(text)]
    if len(set(said)) == 1 and _SUBTITLE.match(said[0]):
        return True
    number = texts[part.number_column] if part.number_column is not None else ""
    others = [one for key, one in values.items() if one.text]
    return bool(re.fullmatch(r"[IVX]+|[A-Z]", number.rstrip(".)"))) and len(others) <= 1


def _is_broken_off(
    out: ListRows, part: ListTable, texts: Sequence[str], values: dict[str, Found]
) -> bool:
    if not out.rows or part.number_column is None or texts[part.number_column].strip():
        return False
    pages = {one.page for one in values.values() if one.text}
    before = {one.page for one in out.rows[-1].values() if one.text}
    # Only a page end breaks rows; in a workbook or a Word table an unnumbered row is a row.
    return (
        None not in pages
        and bool(before)
        and min(p for p in pages if p) > max(p for p in before if p)
    )


def _join(out: ListRows, rest: dict[str, Found], written: dict[str, str]) -> None:
    row = out.rows[-1]
    for key, one in rest.items():
        first = row.get(key)
        if first is None or not first.text:
            row[key] = one
        elif one.text:
            before, after = out.written.get(key, first.text), written.get(key, one.text)
            out.written[key] = before + ("" if _is_one_word(before, after) else " ") + after
            row[key] = replace(first, text=trimmed(out.written[key]))


def _is_one_word(before: str, after: str) -> bool:
    """``Khô`` and ``ng``: a narrow column broke the word where the page ended."""
    head, tail = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return not is_syllable(tail) and is_syllable(head + tail)


def _row_values(part: ListTable, row: Sequence[Cell | None], form: FormKind) -> dict[str, Found]:
    values: dict[str, Found] = {}
    for column in part.columns:
        cell = row[column.at]
        if cell is None:
            continue
        found = _cell_value(cell, column.key)
        if column.joint:
            first, second = form.column(column.key), form.column(column.joint)
            # Leader dots and separators were trimmed from the ends; lines within the cell tell the two apart.
            text = trimmed(cell.text) if "\n" not in cell.text else cell.text.strip()
            values[column.key], values[column.joint] = split_value(
                replace(found, text=text), first, second
            )
            continue
        if column.gender is None:
            if column.key not in values or found.text:
                values[column.key] = found
            continue
        if not (found.text or found.checked):
            values.setdefault(column.key, found)
            continue
        if column.key == "dob":
            values["dob"] = found
        values["gender"] = Found(column.gender, By.CELL, cell.page, cell.box, choice=column.gender)
    return _with_keyed_controls(values, row, form)


def _cell_value(cell: Cell, key: str) -> Found:
    for control in cell.controls:
        if control.key in {key, f"rows.{key}"}:
            return control_found(control, cell)
    return cell_found(cell, by=By.CELL, text=trimmed(cell.text))


def _with_keyed_controls(
    values: dict[str, Found], row: Sequence[Cell | None], form: FormKind
) -> dict[str, Found]:
    """A control names its column itself, also where the header was reworded past recognition."""
    known = {column.key for column in form.columns}
    for cell in row:
        for control in cell.controls if cell is not None else ():
            key = control.key.removeprefix("rows.")
            if key in known and key not in values and cell is not None:
                values[key] = control_found(control, cell)
    return values
