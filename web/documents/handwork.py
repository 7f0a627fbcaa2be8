"""A final text changed by hand in Word: sent in, held against the records, confirmed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from core.errors import UserError
from docgen.rules.opening import MAX_FILE
from docgen.services.hand_edits import (
    accept_hand_edit,
    drop_hand_edit,
    keep_upload,
    review_hand_edit,
)
from registry.models import StoredFile
from web.documents import papers, queries
from web.documents.steps import send_waiting, to_page
from web.files import DOCX
from web.rights import Right
from web.viewer import DeskRequest, desk, no_right


def uploaded(request: DeskRequest, name: str, *, limit: int = MAX_FILE) -> tuple[str, bytes]:
    """Name and bytes of a file that was sent. Raises UserError when there is none, or it is too large."""
    sent = request.FILES.get(name)
    if not isinstance(sent, UploadedFile):
        raise UserError("Chưa chọn tệp nào. Chọn tệp rồi gửi lại.", facts={"missing": [name]})
    if sent.size is None or sent.size > limit:
        raise UserError(f"Tệp lớn quá {limit // 2**20} MB.", code="too_large")
    return (sent.name or "tep")[:200], sent.read()


@desk(Right.COMPOSE, methods=("GET", "HEAD", "POST"))
def upload(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The page of sending in; what was sent is looked at, and taken when a person confirms it."""
    document = queries.paper(pk)
    if not papers.may_see_paper(request.viewer, document):
        return no_right(request, Right.SEE_PERSONAL)
    if request.method != "POST":
        return render(request, "web/documents/handwork.html", {"document": document})
    if confirmed := request.POST.get("tep", ""):
        stored = get_object_or_404(StoredFile, sha256=confirmed, media_type=DOCX)
        if request.POST.get("xac_nhan") != "1":
            raise UserError("Đánh dấu ô xác nhận đã xem các chỗ khác rồi gửi lại.")
        with transaction.atomic():
            accept_hand_edit(document, stored, actor=request.viewer.actor)
            send_waiting(document)
        messages.success(request, "Đã nhận bản Word sửa tay làm lời văn của văn bản.")
        return to_page(document)
    name, docx = uploaded(request, "word")
    review = review_hand_edit(document, docx)
    stored = keep_upload(docx, name=name)
    context = {"document": document, "review": review, "stored": stored}
    return render(request, "web/documents/handwork.html", context)


@desk(Right.COMPOSE, methods=("POST",))
def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Back to the text made from the records."""
    document = queries.paper(pk)
    with transaction.atomic():
        drop_hand_edit(document, actor=request.viewer.actor)
        send_waiting(document)
    messages.success(request, "Đã bỏ bản sửa tay; văn bản lại theo hồ sơ.")
    return to_page(document)
