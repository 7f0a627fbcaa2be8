"""Administrative areas as a tree with validity dates and successors (domain brief §6.1, §6.5)."""

from __future__ import annotations

from django.db import models

from records.models.base import Dated, DatedQuerySet, Recorded


class AreaKind(models.TextChoices):
    """Kind of administrative unit."""

    PROVINCE = "province", "tỉnh"
    DISTRICT = "district", "huyện"
    PROVINCIAL_CITY = "provincial_city", "thành phố"
    COMMUNE = "commune", "xã"
    WARD = "ward", "phường"
    TOWNSHIP = "township", "thị trấn"


class Area(Recorded, Dated):
    """One administrative unit during one span of its existence. Names repeat across kinds and time:

    `Than Uyên` is a district and a township to 30/6/2025 and a commune from 01/7/2025.
    """

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=100)  # own name alone: Than Uyên
    kind = models.CharField("loại", max_length=20, choices=AreaKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name as written in a sentence: `huyện Tam Đường` (ND30 PL II III.1)."""
        return f"{self.get_kind_display()} {self.name}"


class AreaSuccession(Recorded):
    """An old unit went whole into a new one on a date (the 2025 reform split none)."""

    predecessor = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, models.PROTECT, related_name="origins")
    on = models.DateField("từ ngày")

    class Meta:
        verbose_name = "sáp nhập đơn vị hành chính"
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"), name="area_succession_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
