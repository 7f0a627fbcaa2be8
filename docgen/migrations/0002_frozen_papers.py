"""Numbered papers cannot be changed by any UPDATE."""

from __future__ import annotations

from django.db import migrations

from docgen import triggers


def install(apps: object, schema_editor: object) -> None:
    """Install the trigger."""
    triggers.create(schema_editor)


def remove(apps: object, schema_editor: object) -> None:
    """Remove the trigger."""
    triggers.drop(schema_editor)


class Migration(migrations.Migration):
    """Data migration without data: a trigger."""

    dependencies = [("docgen", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
