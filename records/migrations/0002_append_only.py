"""Triggers that refuse changes of append-only tables in the database itself."""

from __future__ import annotations

from django.db import migrations

TABLES = ("records_changelog", "records_casestep", "records_enterpriseobservation")
REFUSAL = "append-only table"


def _sqlite(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    )


def _postgresql(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION records_append_only()"
    )


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION records_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME; END $$",
            # None, not (): else the driver takes the % of RAISE for a placeholder.
            params=None,
        )
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(make(table, event))


def backwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for event in ("update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION records_append_only()")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
