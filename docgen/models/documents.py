"""A document from draft to issue. An issued paper is a snapshot: never changed, never deleted."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from records.models import Campaign, Person, UnionOrg
from records.search import search_column
from registry.models import OfficialNumber, StoredFile


class DocumentState(models.TextChoices):
    """States of a document (contract §7)."""

    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    SIGNED = "signed", "Đã ký"
    NUMBERED = "numbered", "Đã cấp số"
    ISSUED = "issued", "Đã phát hành"
    RECALLED = "recalled", "Đã thu hồi"
    REPLACED = "replaced", "Đã bị thay thế"


#: From these on the data, template and number of a paper are frozen.
FROZEN_STATES = frozenset(
    {
        DocumentState.NUMBERED,
        DocumentState.ISSUED,
        DocumentState.RECALLED,
        DocumentState.REPLACED,
    }
)
#: Papers that no longer stand; a new one for the same subject may be requested.
ENDED_STATES = (DocumentState.RECALLED, DocumentState.REPLACED)
#: The kind of paper that corrects another one's form.
CORRECTION = "correction_letter"


class Document(models.Model):
    """One official paper. ``data`` is all it says, in the English keys of its kind's schema.

    ``record`` names what it is about (`case:…`, `campaign:…`), ``variant`` the act or committee; a
    subject has one standing paper of a kind and variant (``request_key``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("loại văn bản", max_length=40)
    variant = models.CharField("trường hợp", max_length=40, blank=True)
    record = models.CharField("về hồ sơ", max_length=120)
    request_key = models.CharField("khóa yêu cầu", max_length=250)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    issuer = models.ForeignKey(UnionOrg, models.PROTECT, related_name="documents")
    state = models.CharField(
        "trạng thái", max_length=12, choices=DocumentState, default=DocumentState.DRAFT
    )
    subject = models.CharField("trích yếu", max_length=1000)
    intended_on = models.DateField("ngày dự kiến")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    number = models.OneToOneField(
        OfficialNumber, models.PROTECT, null=True, blank=True, related_name="document"
    )
    code = models.CharField("số, ký hiệu", max_length=80, blank=True)
    data = models.JSONField("dữ liệu")
    #: What a person wrote because no record holds it; taken over when the paper is drafted again.
    given = models.JSONField("người soạn ghi thêm", null=True, blank=True)
    data_as_of = models.DateField("theo hồ sơ ngày")
    profile = models.CharField("bộ quy tắc", max_length=40)
    template = models.CharField("mẫu", max_length=120)
    template_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signed_documents"
    )
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    #: The final text as somebody changed it by hand in Word; number and date are put into it (services.hand_edits).
    edited_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    final_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    cites = models.ManyToManyField("self", symmetrical=False, related_name="cited_by", blank=True)
    requested_by = models.CharField("người yêu cầu", max_length=150, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    search_key = search_column("code", "subject")

    class Meta:
        verbose_name = "văn bản"
        ordering = ("created_at", "id")
        indexes = (
            models.Index(fields=("kind", "state")),
            models.Index(fields=("record",)),
            # Which records have a standing paper of a kind: told by the index alone, for a paper is long.
            models.Index(fields=("kind", "record", "state"), name="papers_of_records"),
            models.Index(fields=("-created_at", "-id"), name="newest_documents"),
            models.Index(fields=("signer", "-created_at", "-id"), name="newest_of_signer"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("request_key",),
                condition=~Q(state__in=("recalled", "replaced")),
                name="one_standing_paper",
            ),
            models.CheckConstraint(
                name="numbered_has_number",
                condition=Q(state__in=("draft", "submitted", "returned", "signed"))
                | Q(number__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code or 'dự thảo'} {self.subject}"

    def corrections(self) -> list[Document]:
        """Standing letters that correct this paper's form (ND30 Điều 18 k3), numbered or drafted."""
        return [
            paper
            for paper in self.cited_by.all()
            if paper.kind == CORRECTION and paper.state not in ENDED_STATES
        ]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never: papers are recalled or replaced."""
        raise TypeError("Văn bản không bị xóa, chỉ thu hồi hoặc thay thế.")


class DocumentEvent(models.Model):
    """One change of state: who, when, from, to, and why. Append-only."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="events")
    at = models.DateTimeField("lúc", auto_now_add=True)
    actor = models.CharField("ai", max_length=150)
    from_state = models.CharField("từ", max_length=12, blank=True)
    to_state = models.CharField("đến", max_length=12)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "diễn biến văn bản"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("Diễn biến không được sửa.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("Diễn biến không được xóa.")
