"""Outgoing and incoming registers with their ten legal columns (ND30 PL IV)."""

from __future__ import annotations

from django.db import models

from records.models import UnionOrg
from records.search import search_column
from registry.models.files import StoredFile
from registry.models.numbers import OfficialNumber


class OutgoingEntry(models.Model):
    """One line of the sổ đăng ký văn bản đi. Facts are copied: the book never changes later."""

    number = models.OneToOneField(OfficialNumber, models.PROTECT, related_name="entry")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="outgoing_entries")
    year = models.PositiveIntegerField("năm")
    code = models.CharField("số, ký hiệu", max_length=80)
    symbol = models.CharField("ký hiệu", max_length=40)
    date = models.DateField("ngày tháng văn bản")
    kind = models.CharField("loại", max_length=40, blank=True)
    type_name = models.CharField("tên loại", max_length=60)
    subject = models.CharField("trích yếu", max_length=1000)
    signer = models.CharField("người ký", max_length=100)
    recipients = models.TextField("nơi nhận", blank=True)
    kept_by = models.CharField("đơn vị nhận bản lưu", max_length=100, blank=True)
    copies = models.PositiveIntegerField("số lượng bản", null=True, blank=True)
    sent_on = models.DateField("ngày chuyển", null=True, blank=True)
    receipt = models.CharField("ký nhận", max_length=100, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField("trạng thái", max_length=20)
    search_key = search_column("code", "subject", "signer")
    document_id = models.CharField("văn bản", max_length=40, blank=True, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    #: The signed and stamped paper, scanned (ND30 Điều 19: the original copy is kept).
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "dòng sổ văn bản đi"
        ordering = ("year", "org", "number__series", "number__number", "number__suffix")
        indexes = (models.Index(fields=("year", "org")),)

    def __str__(self) -> str:
        return self.code


class IncomingEntry(models.Model):
    """One line of the sổ đăng ký văn bản đến."""

    number = models.OneToOneField(OfficialNumber, models.PROTECT, related_name="incoming_entry")
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="incoming_entries")
    year = models.PositiveIntegerField("năm")
    arrived_on = models.DateField("ngày đến")
    author = models.CharField("tác giả", max_length=300)
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    date = models.DateField("ngày tháng văn bản", null=True, blank=True)
    subject = models.CharField("tên loại và trích yếu", max_length=1000)
    receiver = models.CharField("đơn vị hoặc người nhận", max_length=200, blank=True)
    passed_on = models.DateField("ngày chuyển", null=True, blank=True)
    receipt = models.CharField("ký nhận", max_length=100, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    search_key = search_column("code", "author", "subject")

    class Meta:
        verbose_name = "dòng sổ văn bản đến"
        ordering = ("year", "org", "number__number")

    def __str__(self) -> str:
        return f"{self.arrived_on}: {self.author}"
