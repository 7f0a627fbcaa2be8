"""Word templates that the office has published for this store; those shipped with docgen are files."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from registry.models import StoredFile


class TemplateVersion(models.Model):
    """One published version of a template. The highest version of a name is used for new documents.

    ``name`` as kinds choose it (``founding_decision/thanh_lap``). Append-only: a document keeps its own file.
    """

    name = models.CharField("tên mẫu", max_length=120)
    kind = models.CharField("loại văn bản", max_length=40)
    version = models.PositiveIntegerField("lần ban hành")
    title = models.CharField("tiêu đề", max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    published_by = models.CharField("người ban hành", max_length=150)
    published_at = models.DateTimeField("ban hành lúc", auto_now_add=True)

    class Meta:
        verbose_name = "mẫu đã ban hành"
        ordering = ("name", "version")
        constraints = (
            models.UniqueConstraint(fields=("name", "version"), name="one_template_version"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("Mẫu đã ban hành không được sửa; hãy ban hành bản mới.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("Mẫu đã ban hành không được xóa; hãy ban hành bản mới.")
