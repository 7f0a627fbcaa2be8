"""Number series and official numbers (ND30 Điều 15; domain brief §1.7 NUM-01..03)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from records.models import UnionOrg


class Direction(models.TextChoices):
    """Outgoing or incoming register."""

    OUTGOING = "outgoing", "văn bản đi"
    INCOMING = "incoming", "văn bản đến"


class NumberSeries(models.Model):
    """One run of numbers from 1 January to 31 December of one issuing body.

    ``key`` follows the office's policy: the type (`QĐ`), `joint`, or a group's name.
    """

    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="number_series")
    direction = models.CharField("sổ", max_length=10, choices=Direction, default=Direction.OUTGOING)
    key = models.CharField("nhóm số", max_length=40)
    year = models.PositiveIntegerField("năm")
    first_number = models.PositiveIntegerField("số đầu", default=1)
    next_number = models.PositiveIntegerField("số tiếp theo", default=1)
    last_date = models.DateField("ngày của số mới nhất", null=True, blank=True)

    class Meta:
        verbose_name = "dãy số"
        ordering = ("org", "direction", "key", "year")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "direction", "key", "year"), name="one_series_per_year"
            ),
            models.CheckConstraint(
                name="series_moves_forward",
                condition=Q(next_number__gte=models.F("first_number")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.org.code}:{self.key}:{self.year}"


class NumberState(models.TextChoices):
    """What became of a number. Every number of a series is in one of these; none is missing."""

    TAKEN = "taken", "đã cấp"
    RESERVED = "reserved", "giữ chỗ"
    IMPORTED = "imported", "nhập từ sổ cũ"


class OfficialNumber(models.Model):
    """One number of a series; ``suffix`` for an inserted 70a. A holder has one number.

    Only a kept (RESERVED) number has no holder; it gets one when the paper that waited for it comes.
    """

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField("số")
    suffix = models.CharField("chữ kèm", max_length=3, blank=True)
    on = models.DateField("ngày")
    holder = models.CharField("văn bản giữ số", max_length=120, unique=True, null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=NumberState)
    reason = models.CharField("lý do", max_length=500, blank=True)
    actor = models.CharField("ai cấp", max_length=150, blank=True)
    created_at = models.DateTimeField("cấp lúc", auto_now_add=True)

    class Meta:
        verbose_name = "số văn bản"
        ordering = ("series", "number", "suffix")
        constraints = (
            models.UniqueConstraint(
                fields=("series", "number", "suffix"), name="number_once_in_series"
            ),
            models.CheckConstraint(
                name="only_kept_numbers_lack_holder",
                condition=Q(holder__isnull=False) | Q(state="reserved"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number:02d}{self.suffix}"
