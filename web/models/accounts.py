"""Accounts of the desk: what belongs to a Django user beside name and password."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from records.models import Person, UnionOrg


class Account(models.Model):
    """Who sits behind a user: the person of the records who signs, and the reporting unit of an officer."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account")
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="cán bộ",
    )
    unit = models.ForeignKey(
        UnionOrg,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="đơn vị",
    )
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)

    class Meta:
        verbose_name = "tài khoản"

    def __str__(self) -> str:
        return str(self.user)
