"""More of a numbered paper is frozen, and papers and their history are kept: the triggers are made anew."""

from __future__ import annotations

from django.db import migrations

from docgen import triggers


def install(apps: object, schema_editor: object) -> None:
    """Install the triggers of today."""
    triggers.create(schema_editor)


class Migration(migrations.Migration):
    """Data migration without data: triggers."""

    dependencies = [("docgen", "0002_frozen_papers")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
