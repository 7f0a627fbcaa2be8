"""The rows of the number series: found, made without a race, locked and moved on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection

from core.errors import Conflict
from registry.durability import ensure_durable
from registry.models import NumberSeries
from registry.series import SeriesRef


def find_series(series: SeriesRef) -> NumberSeries | None:
    """The row of a series, if a number or a start was ever asked of it."""
    return NumberSeries.objects.filter(
        org_id=series.org_id, direction=series.direction, key=series.key, year=series.year
    ).first()


def lock_series(series: SeriesRef) -> NumberSeries:
    """The row of a series, made if missing, locked until the caller's transaction ends."""
    ensure_durable(connection)
    _make_series(series)
    row = locked_series(series)
    if row is None:
        raise RuntimeError("A series was removed while it was being locked.")
    return row


def next_number(series: SeriesRef) -> int:
    """The number that would be given now; another may take it before the series is locked."""
    row = find_series(series)
    return row.next_number if row is not None else 1


def check_days(wanted: Iterable[tuple[SeriesRef, date]]) -> None:
    """Refuse days before the latest number of their series, before anything is taken: Conflict."""
    for series, on in wanted:
        row = find_series(series)
        if row is not None and row.last_date is not None and on < row.last_date:
            raise _backward(series, on)


def advance(series: SeriesRef, *, on: date, count: int) -> tuple[int, int]:
    """Move the series on by ``count`` numbers; its row id and the first of them.

    The one statement locks the row until the caller's transaction ends: other series go on, this one waits.
    """
    taken = _try_advance(series, on=on, count=count)
    if taken is None:
        _make_series(series)
        taken = _try_advance(series, on=on, count=count)
    if taken is None:
        raise _backward(series, on)
    return taken


def _try_advance(series: SeriesRef, *, on: date, count: int) -> tuple[int, int] | None:
    day = connection.ops.adapt_datefield_value(on)
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET next_number = next_number + %s, last_date = %s"  # noqa: S608
            " WHERE org_id = %s AND direction = %s AND key = %s AND year = %s"
            " AND (last_date IS NULL OR last_date <= %s)"
            " RETURNING id, next_number",
            [count, day, series.org_id, str(series.direction), series.key, series.year, day],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    (series_id, next_number) = rows[0]
    return series_id, next_number - count


def _make_series(series: SeriesRef) -> None:
    """Create the row if it is missing. Two processes at once: the second waits for the first, then finds it."""
    NumberSeries.objects.bulk_create(
        [
            NumberSeries(
                org_id=series.org_id, direction=series.direction, key=series.key, year=series.year
            )
        ],
        ignore_conflicts=True,
    )


def locked_series(series: SeriesRef) -> NumberSeries | None:
    """The row of a series, locked until the transaction ends (SQLite: IMMEDIATE has locked it already)."""
    rows = NumberSeries.objects.select_for_update().filter(
        org_id=series.org_id, direction=series.direction, key=series.key, year=series.year
    )
    return rows.first()


def _backward(series: SeriesRef, on: date) -> Conflict:
    row = find_series(series)
    if row is None or row.last_date is None:
        raise RuntimeError("A series was removed while a number was being taken.")
    latest = row.next_number - 1
    return Conflict(
        f"Dãy số {series} đã có số {latest:02d} ngày {row.last_date:%d/%m/%Y}, nên không cấp được số"
        f" cho ngày {on:%d/%m/%Y}. Chọn ngày từ {row.last_date:%d/%m/%Y} trở đi, hoặc chèn số có chữ"
        " kèm theo lý do.",
        code="date_runs_backwards",
        facts={
            "latest_number": latest,
            "latest_date": row.last_date.isoformat(),
            "on": on.isoformat(),
        },
    )
