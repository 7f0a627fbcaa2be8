"""Shared shapes: who wrote a row, and the days on which it is true."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

_Model_co = TypeVar("_Model_co", bound=models.Model, covariant=True)


class Recorded(models.Model):
    """Who wrote the row, when, and on which paper it stands."""

    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.CharField("người tạo", max_length=150, blank=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    updated_by = models.CharField("người sửa", max_length=150, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet[_Model_co]):
    """Rows with validity dates."""

    def valid_on(self, day: date) -> Self:
        """Rows true on that day; an open end is true for ever, valid_to is the last day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


DatedManager = models.Manager.from_queryset(DatedQuerySet)


class Dated(models.Model):
    """True from the first day to the last day, both included; an empty bound is open."""

    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    objects = DatedManager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "Ngày kết thúc trước ngày bắt đầu."})

    def is_valid_on(self, day: date) -> bool:
        """Whether the row is true on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
