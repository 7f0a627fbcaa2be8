"""Workbooks of records that somebody sent up: previewed, then taken in or dropped."""

from __future__ import annotations

from django.db import models

from registry.models import StoredFile


class ImportState(models.TextChoices):
    """What became of a workbook."""

    READY = "ready", "Chờ nhập"
    REFUSED = "refused", "Có lỗi, chưa nhập"
    APPLIED = "applied", "Đã nhập"
    DROPPED = "dropped", "Đã bỏ"


class RecordsImport(models.Model):
    """One workbook. ``preview`` is what it would have done when it came, ``result`` what it did.

    The file stays: it is what the change log's lines stand on.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="records_imports")
    name = models.CharField("tên tệp", max_length=255)
    actor = models.CharField("ai", max_length=150)
    at = models.DateTimeField("lúc", auto_now_add=True)
    state = models.CharField("trạng thái", max_length=10, choices=ImportState)
    preview = models.JSONField("xem trước", default=dict)
    result = models.JSONField("kết quả", default=dict, blank=True)
    applied_at = models.DateTimeField("nhập lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp hồ sơ nhập từ Excel"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
