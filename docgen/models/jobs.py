"""Render jobs: the row is the queue, the broker only the bell (house.md §1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from docgen.models.documents import Document


class Purpose(models.TextChoices):
    """What is made."""

    DRAFT = "draft", "bản dự thảo"
    FINAL = "final", "bản chính thức"


class JobState(models.TextChoices):
    """State of a job."""

    WAITING = "waiting", "chờ"
    RUNNING = "running", "đang làm"
    DONE = "done", "xong"
    FAILED = "failed", "lỗi"


class JobRow(models.Model):
    """Common shape of claimable rows: state, fencing token, lease, error."""

    state = models.CharField(
        "trạng thái", max_length=10, choices=JobState, default=JobState.WAITING
    )
    attempt = models.PositiveIntegerField("lần thử", default=0)  # the fencing token
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    claimed_by = models.CharField("ai giữ", max_length=120, blank=True)  # host:pid:start
    error_code = models.CharField("mã lỗi", max_length=60, blank=True)
    error_message = models.TextField("lỗi", blank=True)
    queued_at = models.DateTimeField("xếp hàng lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        abstract = True


class Rendering(JobRow):
    """Make one file of one document. Done and the file are written in one transaction."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="renderings")
    purpose = models.CharField("làm gì", max_length=10, choices=Purpose)
    # Whether what follows from the paper (a union, its members) is written with its final file: a batch.
    consequences = models.BooleanField("kèm hệ quả", default=False)

    class Meta:
        verbose_name = "việc tạo tệp"
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("state", "id"),
                condition=~Q(state="done"),
                name="open_renderings",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("document", "purpose"), name="one_job_per_purpose"),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.purpose}"
