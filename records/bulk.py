"""Many rows of one table with one statement: PostgreSQL's COPY and UNNEST, SQLite's prepared statements.

For rows that are right already (made from rows that were checked): nothing is tidied or validated here, and no signal
is sent. Constraints and triggers of the database hold as ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

Row = Sequence[Any]
#: As Django's JSONField writes it, without looking at options each time.
_ENCODE = json.JSONEncoder().encode
_Convert = Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _json(value: Any) -> Any:
    if not value:
        return None if value is None else json.dumps(value)
    return _ENCODE(value)


def _sqlite_moment(value: datetime | None) -> str | None:
    return connection.ops.adapt_datetimefield_value(value)


def _sqlite_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _sqlite_uuid(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _converter(field: models.Field[Any, Any]) -> _Convert:
    """How a value of this column goes to the database at hand."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.JSONField):
        return _json
    if connection.vendor != "sqlite":
        return _same
    if isinstance(target, models.DateTimeField):
        return _sqlite_moment
    if isinstance(target, models.DateField):
        return _sqlite_day
    return _sqlite_uuid if isinstance(target, models.UUIDField) else _same


def _fields(model: type[models.Model], columns: Iterable[str]) -> list[models.Field[Any, Any]]:
    by_column = {field.attname: field for field in model._meta.concrete_fields}
    return [by_column[column] for column in columns]


def _converted(fields: Sequence[models.Field[Any, Any]], rows: Iterable[Row]) -> Iterable[Row]:
    converters = [_converter(field) for field in fields]
    needed = [(at, convert) for at, convert in enumerate(converters) if convert is not _same]
    if not needed:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for at, convert in needed:
            values[at] = convert(values[at])
        yield values


def _defaults(model: type[models.Model], given: set[str]) -> tuple[list[str], list[Any]]:
    """Columns that the caller leaves out, with what a new row has there."""
    now = timezone.now()
    names, values = [], []
    for field in model._meta.concrete_fields:
        made = isinstance(field, models.AutoField | models.GeneratedField)
        if field.attname in given or made:
            continue
        stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        names.append(field.attname)
        values.append(now if stamped else field.get_default())
    return names, values


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write new rows, ``columns`` as attributes of the model (`case_id`); how many there were.

    A column that is left out gets the field's default. Raises IntegrityError as any INSERT.
    """
    more, constants = _defaults(model, set(columns))
    names = [*columns, *more]
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(f.column)) for f in fields)})"
    full = list(_converted(fields, ([*row, *constants] for row in rows)))
    if not full:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in full:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", full)  # noqa: S608
    return len(full)


def update_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    keys: int = 1,
    constants: Mapping[str, Any] | None = None,
    where: str = "",
) -> int:
    """Change the rows whose first ``keys`` columns have the values given; how many there were.

    ``constants`` are columns that get the same value in every row.

    ``where`` is a further condition in SQL on the table, called ``t`` (a constant of the code).
    """
    if not rows:
        return 0
    alike = dict(constants or {})
    fields, fixed = _fields(model, columns), _fields(model, alike)
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in fields]
    table = quote(model._meta.db_table)
    also = f" AND ({where})" if where else ""
    values = list(_converted(fields, rows))
    given = next(iter(_converted(fixed, [list(alike.values())])))
    sets = [f"{quote(str(field.column))} = %s" for field in fixed]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{_array_type(field)}[]" for field in fields)
            sets += [f"{name} = v.{name}" for name in names[keys:]]
            same = " AND ".join(f"t.{name} = v.{name}" for name in names[:keys])
            cursor.execute(
                f"UPDATE {table} AS t SET {', '.join(sets)} FROM unnest({arrays})"  # noqa: S608 - names of ours
                f" AS v({', '.join(names)}) WHERE {same}{also}",
                [*given, *(list(column) for column in zip(*values, strict=True))],
            )
        else:
            sets += [f"{name} = %s" for name in names[keys:]]
            same = " AND ".join(f"t.{name} = %s" for name in names[:keys])
            cursor.executemany(
                f"UPDATE {table} AS t SET {', '.join(sets)} WHERE {same}{also}",  # noqa: S608
                [[*given, *row[keys:], *row[:keys]] for row in values],
            )
        return int(cursor.rowcount)


def _array_type(field: models.Field[Any, Any]) -> str:
    """The bare type of a column: no length and no identity."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = target.rel_db_type(connection) or target.db_type(connection) or "text"
    return kind.split("(", maxsplit=1)[0]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Row numbers for rows still to be written, inside the transaction that writes them.

    Raises RuntimeError outside of a transaction: on SQLite its lock is what keeps them ours.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Row numbers are taken inside the transaction that uses them.")
    if count == 0:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            column = model._meta.pk.column
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = int(found[0]) if found else 0
        return list(range(last + 1, last + count + 1))


def chunks_of(rows: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """The rows in pieces of at most ``size``."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
