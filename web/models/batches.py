"""What the desk found about the items of a batch before anything was made."""

from __future__ import annotations

from django.db import models

from docgen.models import BatchItem
from records.models import UnionOrg


class CheckedItem(models.Model):
    """One item looked at before the run: what stands in its way, or whose number it will take.

    A look from which a page is made, written chunk by chunk, and thrown away when the batch is checked anew.
    """

    item = models.OneToOneField(BatchItem, models.CASCADE, primary_key=True, related_name="checked")
    issuer = models.ForeignKey(UnionOrg, models.PROTECT, null=True, related_name="+")
    series_key = models.CharField("nhóm số", max_length=40, blank=True)
    on = models.DateField("ngày", null=True)
    subject = models.CharField("trích yếu", max_length=1000, blank=True)
    numbered = models.BooleanField("đã có số", default=False)
    #: It can be made, and could not be issued as the records stand.
    warning = models.TextField("chưa ban hành được vì", blank=True)
    code = models.CharField("mã lỗi", max_length=60, blank=True)
    message = models.TextField("lỗi", blank=True)
    facts = models.JSONField("chi tiết lỗi", default=dict, blank=True)
    at = models.DateTimeField("kiểm tra lúc", auto_now_add=True)

    class Meta:
        verbose_name = "kết quả kiểm tra trước"

    def __str__(self) -> str:
        return f"{self.item_id}: {self.code or 'đủ'}"
