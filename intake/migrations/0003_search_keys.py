"""What is searched without diacritics: a column that the database keeps, with its index."""

from __future__ import annotations

from django.db import migrations, models

from records import search

TABLES = ("intake_receivedfile",)


def forwards(apps, schema_editor):
    for table in TABLES:
        search.create_index(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        search.drop_index(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="receivedfile",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("name", "sender_text"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
