"""The record store, or an empty template, as a workbook: the same bytes for the same records."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.sheets import Column, ColumnKind, SheetData, Value, write_book
from records.exchange.labels import Labels
from records.exchange.specs import SHEETS, Col, Ref, SheetSpec

#: Says what each column takes; it is not read back.
GUIDE_SHEET = "Hướng dẫn"


def cell_of(row: Any, column: Col, labels: Labels) -> Value:
    """What a cell says of a row."""
    if isinstance(column.of, Ref):
        if column.of.many:
            others = getattr(row, column.field).all()
            return "; ".join(sorted(labels.label(column.of.to, o.pk) for o in others)) or None
        pk = getattr(row, f"{column.field}_id")
        return None if pk is None else labels.label(column.of.to, pk)
    return column.of.show(getattr(row, column.field))


def _sortable(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _rows(spec: SheetSpec, labels: Labels) -> list[tuple[Value, ...]]:
    many = [c.field for c in spec.columns if isinstance(c.of, Ref) and c.of.many]
    found = spec.model._default_manager.order_by("pk").prefetch_related(*many)
    shown = [tuple(cell_of(row, column, labels) for column in spec.columns) for row in found]
    if spec.append_only:  # their order tells the history; the same row twice says nothing more
        return sorted(dict.fromkeys(shown), key=lambda cells: _sortable(cells[0]))
    at = [index for index, column in enumerate(spec.columns) if column.field in spec.key]
    return sorted(shown, key=lambda cells: [_sortable(cells[index]) for index in at])


def _kind(column: Col) -> ColumnKind:
    return ColumnKind.TEXT if isinstance(column.of, Ref) else column.of.kind


def _sheet(spec: SheetSpec, rows: list[tuple[Value, ...]]) -> SheetData:
    columns = tuple(Column(column.heading, _kind(column)) for column in spec.columns)
    return SheetData(spec.name, columns, rows, landscape=True)


def _hint(column: Col) -> str:
    if not isinstance(column.of, Ref):
        return column.of.hint
    sheet = next(spec.name for spec in SHEETS if spec.model is column.of.to)
    hint = f"mã có ở trang {sheet}"
    return f"{hint}, cách nhau bằng dấu ;" if column.of.many else hint


def _guide() -> SheetData:
    rows = [
        (
            spec.name,
            column.heading,
            "x" if column.field in spec.key else None,
            _hint(column) or None,
        )
        for spec in SHEETS
        for column in spec.columns
    ]
    columns = (
        Column("Trang"),
        Column("Cột"),
        Column("Dùng để nhận ra dòng đã có"),
        Column("Cách ghi"),
    )
    return SheetData(GUIDE_SHEET, columns, rows)


def export_records() -> bytes:
    """The whole record store as .xlsx. It holds personal data: the caller answers for who gets it.

    Importing it changes nothing; imported into an empty store it gives the same records.
    """
    labels = Labels()
    with transaction.atomic():
        return write_book([*(_sheet(spec, _rows(spec, labels)) for spec in SHEETS), _guide()])


def records_template() -> bytes:
    """The same workbook without rows, to be filled by the office."""
    return write_book([*(_sheet(spec, []) for spec in SHEETS), _guide()])
