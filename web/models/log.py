"""Who saw or took what at the desk. Changes stand in the change log of the records and in each paper's history."""

from __future__ import annotations

from django.db import models

from records.models.append_only import AppendOnly, AppendOnlyManager


class Access(models.TextChoices):
    """What was done."""

    SIGNED_IN = "signed_in", "đăng nhập"
    SAW = "saw", "xem"
    TOOK = "took", "tải về"
    DID = "did", "làm"


class AccessLog(AppendOnly):
    """One look at personal data, one file taken, one deed of administration; written once (domain brief §7)."""

    at = models.DateTimeField("lúc", auto_now_add=True, db_index=True)
    actor = models.CharField("ai", max_length=150)
    action = models.CharField("việc", max_length=12, choices=Access)
    subject = models.CharField("về", max_length=120, blank=True)  # person:…, document:…, account:…
    note = models.CharField("ghi chú", max_length=300, blank=True)
    address = models.GenericIPAddressField("máy", null=True, blank=True)

    objects = AppendOnlyManager()

    class Meta:
        verbose_name = "nhật ký xem"
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("subject", "-at"), name="access_of_subject"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.get_action_display()} {self.subject}"
