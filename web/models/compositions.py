"""Papers half written: what somebody typed before it was enough for a draft."""

from __future__ import annotations

from django.db import models


class Composition(models.Model):
    """What one person has typed so far for a paper that cannot be drafted yet; gone once it is drafted.

    ``record`` as in documents (`case:…`); ``given`` in the English keys of the kind, as it was typed.
    """

    actor = models.CharField("ai", max_length=150)
    kind = models.CharField("loại văn bản", max_length=40)
    record = models.CharField("về hồ sơ", max_length=120)
    on = models.CharField("ngày dự kiến", max_length=40, blank=True)
    given = models.JSONField("đã ghi", default=dict)
    updated_at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "văn bản soạn dở"
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("actor", "kind", "record"), name="one_composition_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
