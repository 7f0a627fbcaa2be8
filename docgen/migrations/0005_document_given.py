"""What a person wrote into a paper beside the records, for the day it is drafted again."""

from __future__ import annotations

from django.db import migrations, models

from docgen import triggers


def install(apps: object, schema_editor: object) -> None:
    """The triggers anew: a table that was altered may have lost them."""
    triggers.create(schema_editor)


class Migration(migrations.Migration):
    dependencies = (("docgen", "0004_published_templates"),)
    operations = (
        migrations.AddField(
            model_name="document",
            name="given",
            field=models.JSONField(blank=True, null=True, verbose_name="người soạn ghi thêm"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    )
