"""Rows that are written once: neither a save, nor a queryset, nor SQL may change or remove them.

The last part is held by triggers (migration 0002), so it holds for every program that opens the database.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

_Model_co = TypeVar("_Model_co", bound=models.Model, covariant=True)

_REFUSAL = "Dòng này chỉ được ghi thêm, không được sửa hay xóa."


class AppendOnlyQuerySet(models.QuerySet[_Model_co]):
    """Refuses what would change or remove rows."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError(_REFUSAL)

    def delete(self) -> NoReturn:
        """Never."""
        raise TypeError(_REFUSAL)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError(_REFUSAL)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError(_REFUSAL)


class AppendOnly(models.Model):
    """Written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to write it again."""
        if not self._state.adding:
            raise TypeError(_REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError(_REFUSAL)


class AppendOnlyManager(models.Manager[_Model_co]):
    """Gives querysets that refuse changes."""

    def get_queryset(self) -> AppendOnlyQuerySet[_Model_co]:
        """All rows."""
        return AppendOnlyQuerySet(self.model, using=self._db)
