"""What reporting units report of a period (domain brief §5.g, §6.1)."""

from __future__ import annotations

from django.db import models

from records.models.base import Recorded
from records.models.orgs import UnionOrg


class ProgressReport(Recorded):
    """A unit's report of a period. A report sent again with other figures is a new revision; the old one stays."""

    org = models.ForeignKey(UnionOrg, models.PROTECT, related_name="progress_reports")
    period = models.CharField("kỳ", max_length=24)  # contract §5: 2024-05, 2024-Q2, ...
    revision = models.PositiveIntegerField("lần", default=1)
    as_of = models.DateField("số liệu đến ngày", null=True, blank=True)
    prepared_by = models.CharField("người lập", max_length=100, blank=True)
    signer_name = models.CharField("người ký", max_length=100, blank=True)

    class Meta:
        verbose_name = "báo cáo tiến độ"
        ordering = ("org", "period", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "period", "revision"), name="one_report_per_revision"
            ),
        )

    def __str__(self) -> str:
        return f"{self.org}: {self.period}"


class ProgressLine(Recorded):
    """One line of a report: a unit with its figures as reported; what was left blank is not zero."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("thứ tự", default=0)
    org = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="progress_lines"
    )
    org_name = models.CharField("đơn vị", max_length=300)
    target_members = models.IntegerField("chỉ tiêu đoàn viên", null=True, blank=True)
    target_unions = models.IntegerField("chỉ tiêu CĐCS", null=True, blank=True)
    month_joined = models.IntegerField("kết nạp trong kỳ", null=True, blank=True)
    month_left = models.IntegerField("giảm trong kỳ", null=True, blank=True)
    month_net = models.IntegerField("tăng ròng trong kỳ", null=True, blank=True)
    month_unions = models.IntegerField("CĐCS mới trong kỳ", null=True, blank=True)
    cum_joined = models.IntegerField("kết nạp lũy kế", null=True, blank=True)
    cum_left = models.IntegerField("giảm lũy kế", null=True, blank=True)
    cum_net = models.IntegerField("tăng ròng lũy kế", null=True, blank=True)
    cum_unions = models.IntegerField("CĐCS mới lũy kế", null=True, blank=True)
    rate_members = models.FloatField("tỷ lệ đoàn viên", null=True, blank=True)
    rate_unions = models.FloatField("tỷ lệ CĐCS", null=True, blank=True)
    members_total = models.IntegerField("đoàn viên hiện có", null=True, blank=True)
    members_female = models.IntegerField("đoàn viên nữ", null=True, blank=True)
    unions_total = models.IntegerField("CĐCS hiện có", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "dòng báo cáo tiến độ"
        ordering = ("report", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("report", "position"), name="one_line_per_place"),
        )

    def __str__(self) -> str:
        return self.org_name
