"""Append-only change log: who changed which record, from what to what, and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from records.models.append_only import AppendOnly, AppendOnlyManager


class ChangeLog(AppendOnly):
    """One change of one record. Rows are never changed or removed."""

    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.CharField("ai", max_length=150)
    channel = models.CharField("kênh", max_length=40)  # cli, web, import, intake, sample
    action = models.CharField("việc", max_length=40)  # created, changed, removed, imported
    record_type = models.CharField("loại hồ sơ", max_length=60)
    record_id = models.CharField("hồ sơ", max_length=80)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)

    objects: ClassVar[AppendOnlyManager[ChangeLog]] = AppendOnlyManager()

    class Meta:
        verbose_name = "nhật ký thay đổi"
        ordering = ("id",)
        indexes = (models.Index(fields=("record_type", "record_id")),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.record_type}"
