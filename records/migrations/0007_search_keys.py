"""What is searched without diacritics: a column that the database keeps, with its index."""

from __future__ import annotations

from django.db import migrations, models

from records import search

TABLES = ("records_enterprise", "records_unionorg", "records_person")


def forwards(apps, schema_editor):
    for table in TABLES:
        search.create_index(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        search.drop_index(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_progress_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="enterprise",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("name", "short_name", "tax_code", "code"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("full_name", "code"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.AddField(
            model_name="unionorg",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("name", "short_name", "code"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
