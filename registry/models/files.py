"""Stored files, found by the hash of their content."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file under its SHA-256. The bytes lie in DOCGEN_HOME/files or in a bucket; the row comes after them.

    ``pack`` is the hash of the object that holds a whole chunk, ``start`` where in it this file begins;
    an empty ``pack`` is a file of its own.
    """

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("kích thước")
    media_type = models.CharField("kiểu tệp", max_length=120)
    name = models.CharField("tên tệp", max_length=255)
    pack = models.CharField("gói", max_length=64, blank=True, db_index=True)
    start = models.PositiveBigIntegerField("vị trí trong gói", default=0)
    created_at = models.DateTimeField("lưu lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tệp lưu"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
