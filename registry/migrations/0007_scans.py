"""The signed copy of an issued paper, scanned, beside its line in the register."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("registry", "0006_issued_form_files"),)
    operations = (
        migrations.AddField(
            model_name="outgoingentry",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.storedfile",
            ),
        ),
    )
