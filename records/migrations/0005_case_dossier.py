"""What a filed dossier holds, for the return of an incomplete one."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("records", "0004_congress"),)
    operations = (
        migrations.AddField(
            model_name="foundingcase",
            name="dossier",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="thành phần hồ sơ đã nhận"
            ),
        ),
    )
