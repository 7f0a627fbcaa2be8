"""Planned changes of grassroots unions: dissolved, merged, handed from one upper union to another."""

from __future__ import annotations

from django.db import models

from records.models.base import Recorded
from records.models.campaigns import Campaign
from records.models.orgs import UnionOrg


class ReorganisationAct(models.TextChoices):
    """What is done (domain brief §4.c c7)."""

    DISSOLVE = "dissolve", "Giải thể"
    MERGE = "merge", "Sáp nhập"
    TRANSFER = "transfer", "Chuyển giao"
    RECEIVE = "receive", "Tiếp nhận"


class Reorganisation(Recorded):
    """One decision on grassroots unions that is to be made, and from which day it is carried out.

    ``org`` decides; ``counterpart`` is the union that takes the others in (merge), or the upper union that
    receives (transfer) or gives (receive). Nothing changes in the tree before the decision has its number.
    """

    code = models.SlugField("mã", max_length=60, unique=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="reorganisations"
    )
    act = models.CharField("hình thức", max_length=20, choices=ReorganisationAct)
    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="decided_reorganisations")
    orgs = models.ManyToManyField(UnionOrg, related_name="reorganisations")
    counterpart = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="other_reorganisations"
    )
    effective_on = models.DateField("thực hiện từ ngày")
    decide_on = models.DateField("ngày dự kiến quyết định", null=True, blank=True)
    handover_by = models.DateField("hạn bàn giao", null=True, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)
    request_code = models.CharField("số tờ trình", max_length=60, blank=True)
    request_date = models.DateField("ngày tờ trình", null=True, blank=True)
    request_issuer = models.CharField("cơ quan trình", max_length=300, blank=True)

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code}: {self.get_act_display()}"
