"""What is searched without diacritics: a column that the database keeps, with its index."""

from __future__ import annotations

from django.db import migrations, models

from records import search

TABLES = ("registry_outgoingentry", "registry_incomingentry")


def forwards(apps, schema_editor):
    for table in TABLES:
        search.create_index(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        search.drop_index(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_forms_given_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="incomingentry",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("code", "author", "subject"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.AddField(
            model_name="outgoingentry",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=search.SearchKey("code", "subject", "signer"),
                output_field=search.SearchText(),
                verbose_name="khóa tìm",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
