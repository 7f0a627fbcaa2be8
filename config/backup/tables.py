"""Rows of all tables as lines of JSON, the same on SQLite and PostgreSQL, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections
from django.db.models import Field, Model

from config.backup.archive import Digest, Table

#: Rows read from the database, and written into it, at a time.
CHUNK = 1000


def stored_models(apps: Apps) -> list[type[Model]]:
    """Every model with a table of its own, links between two models too, by the table's name."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[name] for name in sorted(found)]


def columns(model: type[Model]) -> tuple[str, ...]:
    """Columns of a table in their order."""
    return tuple(str(field.column) for field in _fields(model))


def dump_rows(model: type[Model], order: Iterable[str], *, using: str) -> Iterator[bytes]:
    """Every row as a JSON list of these columns. Raises KeyError for a column that the model has not.

    A historical state may know its columns in another order than today's models.
    """
    by_column = _by_column(model)
    names = [by_column[column].attname for column in order]
    rows = model._default_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(CHUNK):
        # Keys sorted: PostgreSQL keeps its own order.
        yield json.dumps(
            row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
        ).encode()


def load_rows(model: type[Model], table: Table, lines: Iterable[bytes]) -> None:
    """Write rows as they were, with their keys and times. ``model`` must be one of a historical state.

    Raises KeyError for a column that the model has not.
    """
    by_column = _by_column(model)
    fields = [by_column[column] for column in table.columns]
    for field in fields:
        # A copy that only this state knows: times are those of the archive, not of now.
        for stamp in ("auto_now", "auto_now_add"):
            if hasattr(field, stamp):
                setattr(field, stamp, False)
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        model._default_manager.bulk_create([_row(model, fields, line) for line in chunk])


def digest_of(model: type[Model], order: Iterable[str], *, using: str) -> Digest:
    """Hash of a table as it stands."""
    digest = Digest()
    for line in dump_rows(model, order, using=using):
        digest.add(line)
    return digest


def reset_sequences(models: Iterable[type[Model]], *, using: str) -> None:
    """The next new row gets a key that is free; SQLite sees to that by itself."""
    connection = connections[using]
    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [
        field for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def _by_column(model: type[Model]) -> dict[str, Field[Any, Any]]:
    return {str(field.column): field for field in _fields(model)}


def _row(model: type[Model], fields: list[Field[Any, Any]], line: bytes) -> Model:
    values = zip(fields, json.loads(line), strict=True)
    return model(**{field.attname: field.to_python(value) for field, value in values})


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in a backup")
