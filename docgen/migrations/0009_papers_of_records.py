"""Which records have a standing paper of a kind, told by an index alone."""

from __future__ import annotations


from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("docgen", "0008_search_keys"),
        ("records", "0008_delegation"),
        ("registry", "0005_forms_due"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["kind", "record", "state"], name="papers_of_records"),
        ),
    ]
