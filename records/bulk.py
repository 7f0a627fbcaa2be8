"""Many rows of one table with one statement: PostgreSQL's COPY and UNNEST, SQLite's prepared statements.

For rows that are right already (made from rows that were checked): nothing is tidied or validated here, and no signal
is sent. Constraints and triggers of the database hold as ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

Row = Sequence[Any]


class Given(NamedTuple):
    """A table of values inside a statement: its SQL after FROM, and the parameters."""

    sql: str
    params: list[Any]


#: So few rows go quicker with an INSERT: COPY takes one way to the server and back more.
_FEW = 8
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
        if connection.vendor == "postgresql" and len(full) > _FEW:
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in full:
                    copy.write_row(row)
        else:
            marks = f"({', '.join(['%s'] * len(fields))})"
            if connection.vendor == "postgresql":
                values = [value for row in full for value in row]
                every = ", ".join([marks] * len(full))
                cursor.execute(f"INSERT INTO {into} VALUES {every}", values)  # noqa: S608
            else:
                cursor.executemany(f"INSERT INTO {into} VALUES {marks}", full)  # noqa: S608
    return len(full)


def given_rows(columns: Mapping[str, tuple[type[models.Model], str]], rows: Sequence[Row]) -> Given:
    """Numbers and texts as a table of a statement, called ``v``: columns by name, of the types of these fields."""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    if connection.vendor == "postgresql":
        fields = [model._meta.get_field(name) for model, name in columns.values()]
        arrays = ", ".join(f"%s::{_array_type(field)}[]" for field in fields)
        return Given(f"unnest({arrays}) AS v({names})", [list(c) for c in zip(*rows, strict=True)])
    picked = ", ".join(
        f"json_extract(value, '$[{at}]') AS {connection.ops.quote_name(name)}"
        for at, name in enumerate(columns)
    )
    text = json.dumps([list(row) for row in rows])
    return Given(f"(SELECT {picked} FROM json_each(%s)) AS v", [text])  # noqa: S608 - names of ours


def insert_found(
    model: type[models.Model],
    constants: Mapping[str, Any],
    found: Mapping[str, str],
    *,
    source: str,
    given: Sequence[Any],
) -> int:
    """Write rows that the database finds itself (INSERT ... SELECT); how many there were.

    ``constants`` are the same in every row, ``found`` are columns with their expressions on ``source``: what follows
    FROM, with its parameters in ``given`` (names of ours, never data). The other columns get the fields' defaults.
    """
    more, defaults = _defaults(model, {*constants, *found})
    names = [*constants, *more]
    fields = _fields(model, [*names, *found])
    values = next(iter(_converted(fields[: len(names)], [[*constants.values(), *defaults]])))
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(f.column)) for f in fields)})"
    marks = [json_sql() if isinstance(f, models.JSONField) else "%s" for f in fields[: len(names)]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {into} SELECT {', '.join([*marks, *found.values()])} FROM {source}",  # noqa: S608
            [*values, *given],
        )
        return int(cursor.rowcount)


def json_sql(more: Mapping[str, str] | None = None) -> str:
    """A parameter that is JSON text as a value of a JSON column, with keys set to expressions on the row."""
    pairs = ", ".join(f"'{key}', {value}" for key, value in (more or {}).items())
    if connection.vendor == "postgresql":
        return f"(%s::jsonb || jsonb_build_object({pairs}))" if pairs else "%s::jsonb"
    paths = ", ".join(f"'$.{key}', {value}" for key, value in (more or {}).items())
    return f"json_set(%s, {paths})" if paths else "%s"


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


def _array_type(field: Any) -> str:
    """The bare type of a column: no length and no identity."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = target.rel_db_type(connection) or target.db_type(connection) or "text"
    return kind.split("(", maxsplit=1)[0]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Row numbers for rows still to be written, inside the transaction that writes them.

    Raises RuntimeError outside of a transaction: on SQLite its lock is what keeps them ours.
    """
    return new_ids_of({model: count})[model]


def new_ids_of(counts: Mapping[type[models.Model], int]) -> dict[type[models.Model], list[int]]:
    """``new_ids`` for several tables, with one question."""
    if not connection.in_atomic_block:
        raise RuntimeError("Row numbers are taken inside the transaction that uses them.")
    found: dict[type[models.Model], list[int]] = {model: [] for model in counts}
    wanted = [(model, count) for model, count in counts.items() if count]
    if not wanted:
        return found
    tables = {model._meta.db_table: model for model, _ in wanted}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            one = "SELECT %s, nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            given = [
                (
                    m._meta.db_table,
                    connection.ops.quote_name(m._meta.db_table),
                    m._meta.pk.column,
                    n,
                )
                for m, n in wanted
            ]
            cursor.execute(" UNION ALL ".join([one] * len(given)), [v for g in given for v in g])
            for table, number in cursor.fetchall():
                found[tables[table]].append(number)
            return found
        marks = ", ".join(["%s"] * len(tables))
        cursor.execute(
            f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({marks})",  # noqa: S608
            list(tables),
        )
        last = {str(name): int(number) for name, number in cursor.fetchall()}
    for model, count in wanted:
        start = last.get(model._meta.db_table, 0) + 1
        found[model] = list(range(start, start + count))
    return found


def chunks_of(rows: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """The rows in pieces of at most ``size``."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
