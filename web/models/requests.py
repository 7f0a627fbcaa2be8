"""Requests of people about their own data, with the terms that the law sets (NĐ 356/2025 Điều 5)."""

from __future__ import annotations

from django.db import models

from records.models import Person


class DataRight(models.TextChoices):
    """What a person may ask for."""

    EXPORT = "export", "xem, sao chép dữ liệu"
    CORRECT = "correct", "sửa dữ liệu"
    ERASE = "erase", "xóa dữ liệu"
    LIMIT = "limit", "rút đồng ý, hạn chế, phản đối"


class RequestState(models.TextChoices):
    """How far it is."""

    OPEN = "open", "chờ trả lời"
    ANSWERED = "answered", "đã trả lời, đang làm"
    DONE = "done", "đã làm xong"
    REFUSED = "refused", "đã từ chối"


class DataRequest(models.Model):
    """One request; the days by which to answer and to act are those of the law on the day it came."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="data_requests", verbose_name="người yêu cầu"
    )
    right = models.CharField("yêu cầu", max_length=10, choices=DataRight)
    received_on = models.DateField("ngày nhận")
    how = models.CharField("nhận bằng", max_length=200, blank=True)
    answer_by = models.DateField("hạn trả lời", null=True, blank=True)
    act_by = models.DateField("hạn làm xong", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=RequestState, default=RequestState.OPEN
    )
    handled_by = models.CharField("người xử lý", max_length=150, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    closed_on = models.DateField("ngày xong", null=True, blank=True)
    outcome = models.TextField("kết quả", blank=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.CharField("người ghi", max_length=150)

    class Meta:
        verbose_name = "yêu cầu về dữ liệu cá nhân"
        ordering = ("-received_on", "-id")
        indexes = (models.Index(fields=("state", "answer_by")),)

    def __str__(self) -> str:
        return f"{self.get_right_display()}: {self.person_id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (RequestState.OPEN, RequestState.ANSWERED)
