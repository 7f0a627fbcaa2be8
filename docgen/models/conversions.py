"""Conversions to PDF: a row for each Word file, whatever number of papers it serves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from docgen.models.jobs import JobRow
from registry.models import StoredFile


class Conversion(JobRow):
    """Make the PDF of one stored Word file. Its content is the key: the same file twice is converted once."""

    source = models.OneToOneField(StoredFile, models.PROTECT, related_name="conversion")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)

    class Meta:
        verbose_name = "việc tạo PDF"
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("state", "lease_until"),
                condition=~Q(state="done"),
                name="open_conversions",
            ),
        )

    def __str__(self) -> str:
        return f"PDF {self.source_id}"
