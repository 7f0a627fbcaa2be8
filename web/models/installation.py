"""How far the first run has come; one row a store."""

from __future__ import annotations

from django.db import models

from records.models import UnionOrg

ONLY = 1


class Installation(models.Model):
    """The office that keeps this store, and the lock under which its first account is made."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    org = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan"
    )
    numbers_set = models.BooleanField("đã chọn cách đánh số", default=False)
    code_hash = models.CharField("dấu của mã thiết lập", max_length=64, blank=True)
    wrong_codes = models.PositiveSmallIntegerField("số lần gõ sai mã", default=0)

    class Meta:
        verbose_name = "thiết lập"
        constraints = (
            models.CheckConstraint(name="one_installation", condition=models.Q(id=ONLY)),
        )

    def __str__(self) -> str:
        return str(self.org or "chưa thiết lập")
