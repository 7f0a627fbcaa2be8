"""Batches: many documents of one kind from one request."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from docgen.models.documents import Document
from docgen.models.jobs import JobRow
from records.models import Campaign


class BatchState(models.TextChoices):
    """States of a batch (contract §7)."""

    READY = "ready", "Chờ chạy"
    RUNNING = "running", "Đang tạo"
    DONE = "done", "Xong"
    DONE_WITH_FAILURES = "done_with_failures", "Xong, còn lỗi"
    PAUSED = "paused", "Tạm dừng"
    CANCELLED = "cancelled", "Đã hủy"


class Batch(models.Model):
    """One request for many papers. Its items are in the order in which numbers will be given."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="batches")
    kind = models.CharField("loại văn bản", max_length=40)
    variant = models.CharField("trường hợp", max_length=40, blank=True)
    where = models.JSONField("điều kiện chọn", default=dict, blank=True)
    key = models.CharField("khóa", max_length=200, unique=True, null=True, blank=True)
    intended_on = models.DateField("ngày dự kiến")
    state = models.CharField(
        "trạng thái", max_length=20, choices=BatchState, default=BatchState.READY
    )
    created_by = models.CharField("người tạo", max_length=150, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    started_at = models.DateTimeField("chạy lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đợt phát hành"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Đợt {self.pk}: {self.kind}"


class BatchItem(JobRow):
    """One paper of a batch."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField("thứ tự")
    record = models.CharField("về hồ sơ", max_length=120)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="batch_items"
    )

    class Meta:
        verbose_name = "văn bản trong đợt"
        ordering = ("batch", "position")
        indexes = (
            models.Index(
                fields=("batch", "state", "position"),
                condition=~Q(state="done"),
                name="open_batch_items",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="one_item_per_position"),
            models.UniqueConstraint(fields=("batch", "record"), name="one_item_per_record"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.position}"
