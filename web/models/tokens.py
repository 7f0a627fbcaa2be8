"""Keys with which other programs act for an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """One key of one account. The key itself is shown once; only its SHA-256 is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField("dùng cho", max_length=100)
    digest = models.CharField("dấu", max_length=64, unique=True)
    hint = models.CharField("bốn ký tự cuối", max_length=8)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    last_used_at = models.DateTimeField("dùng lần cuối", null=True, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mã truy cập"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.name} (…{self.hint})"
