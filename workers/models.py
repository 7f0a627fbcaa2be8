"""Jobs on the store as a whole: a backup, a look at its health."""

from __future__ import annotations

from django.db import models

from docgen.models.jobs import JobRow


class UpkeepKind(models.TextChoices):
    """What is done."""

    BACKUP = "backup", "sao lưu"
    HEALTH = "health", "kiểm tra hệ thống"


class UpkeepJob(JobRow):
    """One job; a backup's file lies in DOCGEN_HOME/backups under ``file_name``."""

    kind = models.CharField("việc", max_length=10, choices=UpkeepKind)
    asked_by = models.CharField("người yêu cầu", max_length=150)
    result = models.JSONField("kết quả", default=dict, blank=True)
    file_name = models.CharField("tệp", max_length=120, blank=True)

    class Meta:
        verbose_name = "việc bảo trì"
        ordering = ("-id",)
        constraints = (
            # A second click finds the one that runs.
            models.UniqueConstraint(
                fields=("kind",),
                condition=models.Q(state__in=("waiting", "running")),
                name="one_upkeep_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
