"""A log of looks that is written once."""

from __future__ import annotations

from django.db import migrations

TABLE = "web_accesslog"


def refuse_changes(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for event in ("UPDATE", "DELETE"):
        head = f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
        body = f"BEGIN SELECT RAISE(ABORT, 'append-only table: {TABLE}'); END"
        if on_postgresql:  # the function is that of records 0002
            body = "FOR EACH STATEMENT EXECUTE FUNCTION records_append_only()"
        schema_editor.execute(head + body)


def allow_changes(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}{on}")


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_initial"),
        ("records", "0002_append_only"),
    ]

    operations = [
        migrations.RunPython(refuse_changes, allow_changes),
    ]
