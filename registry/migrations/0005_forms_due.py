"""Overdue forms of a campaign are looked for by the day they were due."""

from __future__ import annotations


from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_delegation"),
        ("registry", "0004_search_keys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="issuedform",
            index=models.Index(fields=["campaign", "-due_on", "-serial"], name="forms_due"),
        ),
    ]
