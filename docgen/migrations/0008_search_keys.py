"""What is searched without diacritics: a column that the database keeps, with its index."""

from __future__ import annotations

from django.db import migrations, models

from docgen import triggers
from records import search

TABLES = ("docgen_document",)


def forwards(apps, schema_editor):
    triggers.create(schema_editor)  # SQLite made the table anew, without them
    for table in TABLES:
        search.create_index(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        search.drop_index(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("docgen", "0007_batch_chunks"),
        ("records", "0007_search_keys"),
        ("registry", "0004_search_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("code", "subject"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-created_at", "-id"], name="newest_documents"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
