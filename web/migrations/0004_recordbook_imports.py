"""Workbooks of records sent up at the desk."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_search_keys"),
        ("web", "0003_batches_checked_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordsImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("actor", models.CharField(max_length=150, verbose_name="ai")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Chờ nhập"),
                            ("refused", "Có lỗi, chưa nhập"),
                            ("applied", "Đã nhập"),
                            ("dropped", "Đã bỏ"),
                        ],
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("preview", models.JSONField(default=dict, verbose_name="xem trước")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="kết quả")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nhập lúc"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records_imports",
                        to="registry.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp hồ sơ nhập từ Excel",
                "ordering": ("-id",),
            },
        ),
    ]
