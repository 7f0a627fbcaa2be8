"""Forms given out: which form went to whom, about which record, to be back by when."""

from __future__ import annotations

from django.db import models

from records.models import Campaign, UnionOrg
from registry.models.files import StoredFile


class FormRound(models.Model):
    """One sending of a form kind to all reporting units of a campaign; ``number`` counts repeats of the same period."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="form_rounds")
    kind = models.CharField("loại biểu mẫu", max_length=40)
    period = models.CharField("kỳ", max_length=24, blank=True)
    number = models.PositiveIntegerField("lần", default=1)
    as_of = models.DateField("hồ sơ tính đến ngày")
    due_on = models.DateField("hạn nộp")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.CharField("người tạo", max_length=150)

    class Meta:
        verbose_name = "đợt phát biểu mẫu"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "kind", "period", "number"), name="one_round_a_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.period} lần {self.number}".replace("  ", " ")


class IssuedForm(models.Model):
    """One form given out. ``serial`` is printed in its code; ``sha256`` is that of the file as it left the house.

    A row without a hash was begun and never left: its code counts for nothing. ``file`` is kept where the desk gives
    the form out, so that its unit can fetch it again; a command has written it to a folder instead.
    """

    serial = models.BigAutoField("số phát hành", primary_key=True)
    kind = models.CharField("loại biểu mẫu", max_length=40)
    version = models.PositiveIntegerField("phiên bản")
    file_format = models.CharField("dạng tệp", max_length=8)
    record_type = models.CharField("loại hồ sơ", max_length=40, blank=True)
    record_id = models.CharField("hồ sơ", max_length=80, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="issued_forms"
    )
    round = models.ForeignKey(
        FormRound, models.PROTECT, null=True, blank=True, related_name="forms"
    )
    period = models.CharField("kỳ", max_length=24, blank=True)
    issuer = models.ForeignKey(UnionOrg, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="issued_forms"
    )
    issued_on = models.DateField("ngày phát")
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    issued_at = models.DateTimeField("phát lúc", auto_now_add=True)
    issued_by = models.CharField("người phát", max_length=150)
    sha256 = models.CharField("mã băm", max_length=64, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="issued_forms"
    )

    class Meta:
        verbose_name = "biểu mẫu đã phát"
        ordering = ("serial",)
        indexes = (
            models.Index(fields=("record_type", "record_id")),
            models.Index(fields=("round", "unit")),
            models.Index(fields=("campaign", "-due_on", "-serial"), name="forms_due"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.serial:06d}"
