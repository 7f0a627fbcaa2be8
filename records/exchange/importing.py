"""Taking a workbook into the record store: everything, or nothing with every error named by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

from core.dates import format_short
from core.errors import Conflict, DataIncomplete, Unreadable
from core.sheets import Row, Sheet, Value, read_book
from core.text import fold, unaccent
from records.exchange.codecs import CODES, FLAG, JSON, split_list
from records.exchange.exporting import GUIDE_SHEET, cell_of
from records.exchange.labels import Labels, label_of
from records.exchange.report import (
    CellChange,
    ImportRefused,
    ImportReport,
    Preview,
    RowChange,
    SheetCount,
    SheetError,
)
from records.exchange.specs import SHEETS, Col, Ref, SheetSpec
from records.services.audit import By, link

_HEADING_ROWS = 10  # a title may stand above the headings


@dataclass(slots=True)
class _Run:
    """State of one import."""

    by: By
    labels: Labels = field(default_factory=Labels)
    errors: list[SheetError] = field(default_factory=list)
    #: Labels of rows in the file that were refused: what refers to them is not a fault of its own.
    refused: dict[type[models.Model], set[str]] = field(default_factory=dict)
    #: How many changes a preview still notes, and those noted.
    room: int = 0
    changes: list[RowChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column letter holds which column of the sheet, and where the rows begin."""

    sheet: str
    columns: Mapping[str, Col]
    first_row: int

    def letter(self, name: str) -> str:
        """The letter of the column of a field, empty when the sheet has none."""
        return next((letter for letter, col in self.columns.items() if col.field == name), "")


def _layout(spec: SheetSpec, sheet: Sheet, run: _Run) -> _Layout | None:
    exact = {fold(column.heading): column for column in spec.columns}
    bare = {unaccent(heading): column for heading, column in exact.items()}
    best: tuple[int, Row, dict[str, Col]] | None = None
    for row in sheet.rows[:_HEADING_ROWS]:
        found: dict[str, Col] = {}
        for cell in row.cells:
            heading = fold(str(cell.value))
            column = exact.get(heading) or bare.get(unaccent(heading))
            if column is not None:
                found[cell.column] = column
        if best is None or len(found) > best[0]:
            best = (len(found), row, found)
    if best is None:
        return None
    _, row, columns = best
    for cell in row.cells:
        if cell.column not in columns:
            heading = str(cell.value)
            known = ", ".join(column.heading for column in spec.columns)
            message = f"Không có cột “{heading}” ở trang này; các cột là: {known}."
            run.errors.append(
                SheetError(sheet.name, row.number, cell.column, heading, heading, message)
            )
    present = [column.field for column in columns.values()]
    for column in spec.columns:
        needed = column.field in spec.key or (spec.append_only and column is spec.columns[0])
        if (needed and column.field not in present) or present.count(column.field) > 1:
            message = "Có hai cột này." if column.field in present else "Thiếu cột này."
            error = SheetError(
                sheet.name, row.number, "", column.heading, "", f"{column.heading}: {message}"
            )
            run.errors.append(error)
    return _Layout(sheet.name, columns, row.number + 1)


def _blank(model: type[models.Model], column: Col) -> Any:
    """What an empty cell means for a field."""
    if isinstance(column.of, Ref):
        return [] if column.of.many else None
    if column.of is FLAG:
        return False
    if column.of is CODES:
        return []
    if column.of is JSON:
        return {}
    found = model._meta.get_field(column.field)
    return "" if isinstance(found, models.CharField) and not found.null else None


def _find(column: Ref, label: str, run: _Run) -> int | None:
    """Row number of a label; None when the row stands in the file but was refused. Raises Unreadable."""
    pk = run.labels.find(column.to, label)
    if pk is None and label not in run.refused.get(column.to, ()):
        sheet = next(spec.name for spec in SHEETS if spec.model is column.to)
        raise Unreadable(f"Không có mã “{label}” ở trang {sheet}.", code="unknown_code")
    return pk


class _Skipped(Exception):
    """A row that refers to a refused row of the file."""


def _read_cell(column: Col, value: Value, run: _Run) -> Any:
    if not isinstance(column.of, Ref):
        return column.of.read(value)
    if not column.of.many:
        pk = _find(column.of, " ".join(str(value).split()), run)
        if pk is None:
            raise _Skipped
        return pk
    found = [_find(column.of, label, run) for label in split_list(value)]
    if None in found:
        raise _Skipped
    return found


@dataclass(slots=True)
class _Read:
    """The values of one row by field; ``good`` is False when a cell could not be read."""

    values: dict[str, Any]
    good: bool


def _read_row(spec: SheetSpec, layout: _Layout, row: Row, run: _Run) -> _Read:
    values: dict[str, Any] = {}
    good = True
    for letter, column in layout.columns.items():
        value = row.get(letter)
        try:
            blank = value is None or (isinstance(value, str) and not value.strip())
            values[column.field] = (
                _blank(spec.model, column) if blank else _read_cell(column, value, run)
            )
        except Unreadable as error:
            good = False
            run.errors.append(
                SheetError(
                    layout.sheet, row.number, letter, column.heading, str(value), error.message
                )
            )
        except _Skipped:
            good = False
    return _Read(values, good)


def _many(spec: SheetSpec) -> frozenset[str]:
    return frozenset(c.field for c in spec.columns if isinstance(c.of, Ref) and c.of.many)


def _attname(spec: SheetSpec, name: str) -> str:
    return str(getattr(spec.model._meta.get_field(name), "attname", name))


def _key(spec: SheetSpec, values: Mapping[str, Any]) -> tuple[str, ...]:
    names = spec.key or tuple(sorted(set(values) - _many(spec)))
    return tuple(_mark(values.get(name)) for name in names)


def _key_of(spec: SheetSpec, row: models.Model, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_mark(getattr(row, _attname(spec, name))) for name in names)


def _mark(value: object) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else repr(value)


def _save(spec: SheetSpec, row: Any, values: Mapping[str, Any], run: _Run) -> bool:
    """Write a row with its many-to-many fields; True when anything was different."""
    many = _many(spec)
    for name, value in values.items():
        if name not in many:
            setattr(row, _attname(spec, name), value)
    with transaction.atomic():
        different = spec.save(row, run.by)
        for name in sorted(many & set(values)):
            others = spec.model._meta.get_field(name).related_model
            chosen = others._default_manager.filter(pk__in=values[name])  # type: ignore[union-attr]
            different = link(row, name, chosen, by=run.by) or different
    return different


def _same(spec: SheetSpec, row: Any, values: Mapping[str, Any]) -> bool:
    many = _many(spec)
    for name, value in values.items():
        if name in many:
            kept = sorted(other.pk for other in getattr(row, name).all())
            if kept != sorted(value):
                return False
        elif getattr(row, _attname(spec, name)) != value:
            return False
    return True


def _name_errors(layout: _Layout, row: Row, error: DataIncomplete | Conflict, run: _Run) -> None:
    """One error for each wrong field, at its cell; for the row when no cell is to blame."""
    found: dict[str, str] = {}
    if isinstance(error, DataIncomplete):
        found = dict.fromkeys(error.missing, "Chưa ghi.") | error.wrong
    for name, reason in (found or {"row": error.message}).items():
        letter = layout.letter(name)
        column = layout.columns.get(letter)
        header = column.heading if column else ""
        value = str(row.get(letter) or "") if letter else ""
        message = reason if column is not None or name == "row" else f"{name}: {reason}"
        run.errors.append(SheetError(layout.sheet, row.number, letter, header, value, message))


def _parents_first(spec: SheetSpec, layout: _Layout, rows: Iterable[Row]) -> list[Row]:
    """Rows below the headings; where a sheet refers to itself, the row referred to comes first."""
    body = [row for row in rows if row.number >= layout.first_row]
    own = [c.field for c in spec.columns if isinstance(c.of, Ref) and c.of.to is spec.model]
    if not own:
        return body
    code, upper = layout.letter("code"), layout.letter(own[0])
    by_code = {str(row.get(code)): row for row in body}
    ordered: dict[int, Row] = {}

    def put(row: Row, below: frozenset[int]) -> None:
        above = by_code.get(str(row.get(upper)))
        if above is not None and above.number not in below | set(ordered):
            put(above, below | {row.number})
        ordered.setdefault(row.number, row)

    for row in body:
        put(row, frozenset({row.number}))
    return list(ordered.values())


def _take_sheet(spec: SheetSpec, sheet: Sheet, run: _Run) -> SheetCount:
    layout = _layout(spec, sheet, run)
    counts = {"created": 0, "changed": 0, "unchanged": 0}
    if layout is None:
        return SheetCount(spec.name, **counts)
    names = spec.key or tuple(
        sorted({column.field for column in layout.columns.values()} - _many(spec))
    )
    rows = spec.model._default_manager.prefetch_related(*sorted(_many(spec)))
    existing = {_key_of(spec, row, names): row for row in rows}
    seen: dict[tuple[str, ...], int] = {}
    for row in _parents_first(spec, layout, sheet.rows):
        outcome = _take_row(spec, layout, row, run, existing=existing, seen=seen)
        if outcome:
            counts[outcome] += 1
    run.labels.forget(spec.model)
    return SheetCount(spec.name, **counts)


def _take_row(
    spec: SheetSpec,
    layout: _Layout,
    row: Row,
    run: _Run,
    *,
    existing: Mapping[tuple[str, ...], Any],
    seen: dict[tuple[str, ...], int],
) -> str:
    read = _read_row(spec, layout, row, run)
    code = str(read.values.get("code") or "")
    if read.good:
        key = _key(spec, read.values)
        if key in seen:
            message = f"Trùng với dòng {seen[key]} của trang này."
            letter = layout.letter(spec.key[0]) if spec.key else ""
            header = layout.columns[letter].heading if letter else ""
            run.errors.append(SheetError(layout.sheet, row.number, letter, header, code, message))
            return ""
        seen[key] = row.number
        kept = existing.get(key)
        if kept is not None and (spec.append_only or _same(spec, kept, read.values)):
            return "unchanged"
        target = kept if kept is not None else spec.model()
        before = _cells(layout, kept, run) if kept is not None else {}
        try:
            different = _save(spec, target, read.values, run)
        except (DataIncomplete, Conflict) as error:
            _name_errors(layout, row, error, run)
        else:
            _remember(spec, target, run)
            if different:
                _note(layout, row, run, before=before, target=target)
            return ("changed" if kept is not None else "created") if different else "unchanged"
    if code:
        run.refused.setdefault(spec.model, set()).add(code)
    return ""


def _cells(layout: _Layout, row: Any, run: _Run) -> dict[str, str]:
    """What the row says in the columns of the sheet, as texts; {} where nobody asks for changes."""
    if not run.room:
        return {}
    shown = {c.heading: cell_of(row, c, run.labels) for c in layout.columns.values()}
    return {
        heading: format_short(value) if isinstance(value, date) else str(value or "")
        for heading, value in shown.items()
    }


def _note(layout: _Layout, row: Row, run: _Run, *, before: dict[str, str], target: Any) -> None:
    """Note a change for the preview."""
    after = _cells(layout, target, run)
    if after:
        cells = tuple(
            CellChange(heading, before.get(heading, ""), text)
            for heading, text in after.items()
            if before.get(heading, "") != text
        )
        run.changes.append(RowChange(layout.sheet, row.number, not before, cells))
        run.room -= 1


def _remember(spec: SheetSpec, row: Any, run: _Run) -> None:
    """A row of a sheet that refers to itself (areas, their parents) can be named by the next one."""
    if any(isinstance(c.of, Ref) and c.of.to is spec.model for c in spec.columns):
        run.labels.learn(spec.model, row.pk, label_of(row))


def _take(data: bytes, run: _Run) -> tuple[SheetCount, ...]:
    """Every sheet in the order of SHEETS; what is wrong lies in the run."""
    sheets = {fold(sheet.name): sheet for sheet in read_book(data)}
    known = {fold(spec.name) for spec in SHEETS} | {fold(GUIDE_SHEET)}
    names = ", ".join(spec.name for spec in SHEETS)
    run.errors += [
        SheetError(sheet.name, 0, "", "", "", f"Không có trang tên này; các trang là: {names}.")
        for key, sheet in sheets.items()
        if key not in known and sheet.rows
    ]
    return tuple(
        _take_sheet(spec, sheets[fold(spec.name)], run)
        for spec in SHEETS
        if fold(spec.name) in sheets
    )


def import_records(data: bytes, *, actor: str, reason: str = "") -> ImportReport:
    """Take a workbook of the form of :func:`export_records` into the store, in one transaction.

    Sheets and columns may be left out; an empty cell empties the field; rows are found by their key columns
    and none is ever removed. Observations and steps of cases are only added. Raises ImportRefused with
    every error, each at its cell, and nothing taken; Unreadable for what is no workbook.
    """
    run = _Run(By(actor, "import", reason))
    with transaction.atomic():
        counts = _take(data, run)
        if run.errors:
            raise ImportRefused(run.errors)
    return ImportReport(counts)


def preview_records(data: bytes, *, actor: str, at_most: int = 500) -> Preview:
    """What :func:`import_records` would do with this workbook as the store stands: it is done, and undone.

    ``at_most`` changes are told, counts are of all rows. Raises Unreadable.
    """
    run = _Run(By(actor, "import"), room=at_most)
    with transaction.atomic():
        counts = _take(data, run)
        transaction.set_rollback(True)
    return Preview(ImportReport(counts), tuple(run.changes), tuple(run.errors))
