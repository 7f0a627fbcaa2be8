"""Tables of what comes back: the files as received, the forms found in them, and every decision about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from records.models import UnionOrg
from records.models.append_only import AppendOnly, AppendOnlyManager
from records.search import search_column
from registry.models import IssuedForm, StoredFile


class Arrival(models.TextChoices):
    """How a file came."""

    COMMAND = "command", "lệnh nhập"
    FOLDER = "folder", "thư mục nhận"
    MAIL = "mail", "thư điện tử"
    DESK = "desk", "bàn làm việc"


class FileState(models.TextChoices):
    """What became of a received file (contract §7 for the first two and ``sent_back``)."""

    RECEIVED = "received", "Đã nhận"
    READING = "reading", "Đang đọc"
    READ = "read", "Đã đọc"
    SENT_BACK = "sent_back", "Trả lại"  # it cannot be read at all; the reason is in the row
    FAILED = "failed", "Lỗi"  # a fault of ours or of the machine, not of the file


class ReceivedFile(models.Model):
    """A file as it came. The row is also the job of reading it: state, fencing token, lease, error.

    The bytes lie in the registry under their hash and are never changed; the same bytes have one row.
    """

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="received")
    name = models.CharField("tên tệp", max_length=255)
    search_key = search_column("name", "sender_text")
    arrival = models.CharField("cách gửi", max_length=10, choices=Arrival)
    sender = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="sent_files"
    )
    sender_text = models.CharField("người gửi", max_length=300, blank=True)
    received_at = models.DateTimeField("nhận lúc")
    received_by = models.CharField("người nhận", max_length=150)
    expect = models.CharField("loại biểu mẫu đã biết", max_length=40, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=FileState, default=FileState.RECEIVED
    )
    attempt = models.PositiveIntegerField("lần thử", default=0)  # the fencing token
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    claimed_by = models.CharField("ai giữ", max_length=120, blank=True)  # host:pid:start
    error_code = models.CharField("mã lỗi", max_length=60, blank=True)
    error_message = models.TextField("lỗi", blank=True)
    queued_at = models.DateTimeField("xếp hàng lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp nhận được"
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("state", "lease_until"),
                condition=Q(state__in=("received", "reading")),
                name="open_received_files",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ViewState(models.TextChoices):
    """State of the making of a view."""

    WAITING = "waiting", "chờ"
    RUNNING = "running", "đang làm"
    DONE = "done", "xong"
    FAILED = "failed", "lỗi"


class PaperView(models.Model):
    """A received office file as PDF, for the person who compares; the row is also the job of making it.

    ``sizes`` are width and height of its pages in points; ``places`` says where the values of its forms stand: position
    of the form to path to ``[page, x0, y0, x1, y1]``.
    """

    received = models.OneToOneField(ReceivedFile, models.PROTECT, related_name="view")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sizes = models.JSONField("khổ các trang", default=list, blank=True)
    places = models.JSONField("chỗ của giá trị", default=dict, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=ViewState, default=ViewState.WAITING
    )
    attempt = models.PositiveIntegerField("lần thử", default=0)  # the fencing token
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    claimed_by = models.CharField("ai giữ", max_length=120, blank=True)  # host:pid:start
    error_message = models.TextField("lỗi", blank=True)
    queued_at = models.DateTimeField("xếp hàng lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản xem của tệp nhận được"
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("state", "lease_until"),
                condition=Q(state__in=("waiting", "running")),
                name="open_paper_views",
            ),
        )

    def __str__(self) -> str:
        return f"view {self.received_id}"


class FormState(models.TextChoices):
    """What became of a form found in a file (contract §7)."""

    NEEDS_REVIEW = "needs_review", "Chờ kiểm tra"
    APPLIED = "applied", "Đã nhập"
    SENT_BACK = "sent_back", "Trả lại"
    DUPLICATE = "duplicate", "Trùng"


class ReturnedForm(models.Model):
    """One form found in a received file: what was read, what it says now, and what became of it.

    ``reading`` is as read and never changed; ``values`` follow the decisions. ``findings`` are problems against the
    records as ``[code, message, [paths]]``. ``records_token`` stands for what the records said when it was checked:
    the form is applied only while they still say so. ``issued`` is the form given out that this one answers: by its
    printed code, else by kind, record and period.
    """

    received = models.ForeignKey(ReceivedFile, models.PROTECT, related_name="forms")
    position = models.PositiveIntegerField("thứ tự trong tệp")
    kind = models.CharField("loại biểu mẫu", max_length=40, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=0)
    code = models.CharField("mã in", max_length=60, blank=True, db_index=True)
    status = models.CharField("kết quả đọc", max_length=20)  # clean, needs_review, rejected
    reading = models.JSONField("đọc được")
    values = models.JSONField("giá trị")
    findings = models.JSONField("điều cần xem", default=list, blank=True)
    record_type = models.CharField("loại hồ sơ", max_length=20, blank=True)
    record_id = models.CharField("hồ sơ", max_length=80, blank=True)
    org = models.ForeignKey(
        UnionOrg, models.PROTECT, null=True, blank=True, related_name="returned_forms"
    )
    issued = models.ForeignKey(
        IssuedForm, models.PROTECT, null=True, blank=True, related_name="returns"
    )
    subject = models.CharField("nói về", max_length=200, blank=True)
    values_hash = models.CharField("mã băm giá trị", max_length=64, blank=True)
    records_token = models.CharField("mã hồ sơ lúc kiểm tra", max_length=64, blank=True)
    checked_on = models.DateField("ngày kiểm tra", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=20, choices=FormState)
    revises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    duplicates = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    applied_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    applied_by = models.CharField("người nhập", max_length=150, blank=True)
    outcome = models.JSONField("đã ghi", default=list, blank=True)
    created_at = models.DateTimeField("đọc lúc", auto_now_add=True)

    class Meta:
        verbose_name = "biểu mẫu gửi về"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("state", "kind")),
            models.Index(fields=("subject",)),
            models.Index(fields=("record_type", "record_id")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("received", "position"), name="one_form_per_place_in_file"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind or 'không rõ'}"


class Action(models.TextChoices):
    """What a person (or a setting) decided."""

    ACCEPT = "accept", "chấp nhận"
    CORRECT = "correct", "sửa"
    REJECT = "reject", "bỏ"
    RECHECK = "recheck", "kiểm tra lại"
    SEND_BACK = "send_back", "trả lại"
    APPLY = "apply", "nhập vào hồ sơ"


class ReviewDecision(AppendOnly):
    """One decision about a returned form: who, when, what, from which value to which, and why. Append-only.

    ``path`` is a field (``tax_code``, ``rows[2].dob``) or empty for the whole form; ``settles`` are the keys of the
    problems that the decision closes.
    """

    form = models.ForeignKey(ReturnedForm, models.PROTECT, related_name="decisions")
    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.CharField("ai", max_length=150)
    action = models.CharField("quyết định", max_length=10, choices=Action)
    path = models.CharField("mục", max_length=120, blank=True)
    before = models.JSONField("trước", null=True, blank=True)
    after = models.JSONField("sau", null=True, blank=True)
    settles = models.JSONField("giải quyết", default=list, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)

    objects: ClassVar[AppendOnlyManager[ReviewDecision]] = AppendOnlyManager()

    class Meta:
        verbose_name = "quyết định kiểm tra"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.form_id} {self.action} {self.path}".strip()
