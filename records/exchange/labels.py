"""How rows of other tables are named in a cell: by code, committees by what they belong to."""

from __future__ import annotations

from typing import Any

from django.db import models

from records.models import Committee


def label_of(row: Any) -> str:
    """The name of a row in a cell."""
    if isinstance(row, Committee):
        owner = row.case or row.union
        code = owner.code if owner is not None else f"#{row.pk}"
        year = f" {row.term_start}" if row.term_start else ""
        return f"{code}: {row.get_kind_display()}{year}"
    return str(row.code)


class Labels:
    """Labels of the tables by row number and back, read when first asked for."""

    def __init__(self) -> None:
        self._by_pk: dict[type[models.Model], dict[int, str]] = {}
        self._by_label: dict[type[models.Model], dict[str, int]] = {}

    def _load(self, model: type[models.Model]) -> None:
        rows = model._default_manager.all()
        if model is Committee:
            rows = rows.select_related("case", "union")
        self._by_pk[model] = {row.pk: label_of(row) for row in rows}
        self._by_label[model] = {label: pk for pk, label in self._by_pk[model].items()}

    def label(self, model: type[models.Model], pk: int) -> str:
        """The label of a row."""
        if model not in self._by_pk:
            self._load(model)
        return self._by_pk[model][pk]

    def find(self, model: type[models.Model], label: str) -> int | None:
        """The number of the row with this label, or None."""
        if model not in self._by_label:
            self._load(model)
        return self._by_label[model].get(label)

    def forget(self, model: type[models.Model]) -> None:
        """Read this table again when next asked: rows were written."""
        self._by_pk.pop(model, None)
        self._by_label.pop(model, None)

    def learn(self, model: type[models.Model], pk: int, label: str) -> None:
        """Add a row just written."""
        if model not in self._by_pk:
            self._load(model)
        self._by_pk[model][pk] = label
        self._by_label[model][label] = pk
