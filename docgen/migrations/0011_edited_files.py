"""A final text that was changed by hand in Word belongs to its paper and is frozen with it."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from docgen import triggers


def install(apps: object, schema_editor: object) -> None:
    """The triggers anew: they watch one column more, and a table that was altered may have lost them."""
    triggers.create(schema_editor)


class Migration(migrations.Migration):
    dependencies = (("docgen", "0010_form_jobs"), ("registry", "0007_scans"))
    operations = (
        migrations.AddField(
            model_name="document",
            name="edited_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.storedfile",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["signer", "-created_at", "-id"], name="newest_of_signer"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    )
