"""Forms of a round still to be made: a row for some records of one reporting unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from docgen.models.jobs import JobRow
from records.models import UnionOrg
from registry.models import FormRound


class FormJob(JobRow):
    """Make the forms of these records for one unit of a round. Done, files and serials are one transaction.

    ``records`` are named as everywhere (``enterprise:dn-001``); ``refused`` holds those whose values do not fit, each
    with the reason.
    """

    round = models.ForeignKey(FormRound, models.PROTECT, related_name="jobs")
    unit = models.ForeignKey(UnionOrg, models.PROTECT, related_name="form_jobs")
    position = models.PositiveIntegerField("thứ tự")
    file_format = models.CharField("dạng tệp", max_length=8)
    records = models.JSONField("hồ sơ")
    size = models.PositiveIntegerField("số phiếu")
    made = models.PositiveIntegerField("đã tạo", default=0)
    refused = models.JSONField("không tạo được", default=list, blank=True)

    class Meta:
        verbose_name = "việc tạo phiếu"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("state", "id"), condition=~Q(state="done"), name="open_form_jobs"),
        )
        constraints = (
            models.UniqueConstraint(fields=("round", "position"), name="one_form_job_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.unit_id} {self.position}"
