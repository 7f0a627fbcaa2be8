"""What programs can ask for."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import File, Form, Query, Status
from ninja.files import UploadedFile

from core.errors import NotFound, UserError
from core.forms import FORMS
from docgen.kinds import KINDS
from docgen.models import BatchState, Document
from docgen.services.batches import batch_status, create_batch, get_batch, start_batch
from docgen.services.lifecycle import request_document
from docgen.services.papers import paper_bytes
from docgen.services.rendering import file_of
from intake.guard import MAX_FILE
from intake.models import Arrival, FileState, FormState, ReceivedFile, ReturnedForm
from intake.services.receiving import New, receive
from records.models import Campaign
from web.api import limits
from web.api.service import api, viewer_in
from web.api.shapes import (
    BatchIn,
    BatchOut,
    DocumentIn,
    DocumentOut,
    FaultOut,
    FileOut,
    KindsOut,
    Number,
    ReviewsOut,
)
from web.models import Access
from web.rights import Right
from web.viewer import Viewer, note_access
from workers.dispatch import send_batch, send_files
from workers.returns import send_reads

UPLOADS_A_MINUTE = 60
WAITING_SHOWN = 200
Sent = Annotated[
    UploadedFile, File(description=f"Word, Excel, PDF hoặc ảnh, tối đa {MAX_FILE // 2**20} MB.")
]
FormKey = Annotated[str, Form(max_length=40, description="Loại biểu mẫu, khi đã biết.")]
__all__ = ["api"]
FileFormat = Annotated[Literal["docx", "pdf"], Query(description="docx hoặc pdf")]
FAULTS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503}): FaultOut}


@api.get("/kinds", response={200: KindsOut, **FAULTS}, summary="Các loại văn bản và biểu mẫu")
def kinds(request: HttpRequest) -> dict[str, Any]:
    """Mã để dùng trong các yêu cầu khác."""
    viewer_in(request, Right.SEE_DOCUMENTS, Right.OWN_UNIT)
    return {
        "documents": [{"kind": key, "label": kind.schema.label_vi} for key, kind in KINDS.items()],
        "forms": [{"kind": key, "label": form.label_vi} for key, form in FORMS.items()],
    }


@api.post(
    "/documents",
    response={200: DocumentOut, 201: DocumentOut, **FAULTS},
    summary="Soạn dự thảo một văn bản",
)
def request_paper(request: HttpRequest, wanted: DocumentIn) -> Status[dict[str, Any]]:
    """Văn bản cùng loại về cùng hồ sơ đã có thì trả về văn bản đó (200), không lập thêm."""
    viewer = viewer_in(request, Right.COMPOSE)
    with transaction.atomic():
        made = request_document(
            wanted.kind,
            record=wanted.record,
            on=wanted.date or timezone.localdate(),
            actor=viewer.actor,
            variant=wanted.variant,
            given=wanted.given,
        )
        if made.is_new:
            send_files(1)
    found = DocumentOut.of(made.document, new=made.is_new)
    return Status(201 if made.is_new else 200, found)


def _paper(document_id: UUID) -> Document:
    paper = (
        Document.objects.select_related("issuer", "final_file", "pdf_file")
        .filter(pk=document_id)
        .first()
    )
    if paper is None:
        raise NotFound("Không có văn bản mang mã này.", facts={"document": str(document_id)})
    return paper


@api.get(
    "/documents/{document_id}",
    response={200: DocumentOut, **FAULTS},
    summary="Trạng thái một văn bản",
)
def paper_state(request: HttpRequest, document_id: UUID) -> dict[str, Any]:
    """Trạng thái, số, ngày, mã băm của bản chính thức."""
    viewer_in(request, Right.SEE_DOCUMENTS)
    return DocumentOut.of(_paper(document_id))


@api.get("/documents/{document_id}/file", response={**FAULTS}, summary="Tải tệp của một văn bản")
def paper_file(
    request: HttpRequest, document_id: UUID, format: FileFormat = "docx"
) -> HttpResponse:
    """Bản chính thức nếu đã cấp số, không thì bản dự thảo; PDF chỉ có sau khi phát hành."""
    viewer_in(request, Right.SEE_DOCUMENTS)
    paper = _paper(document_id)
    if format == "pdf":
        if paper.pdf_file is None:
            raise NotFound(
                "Văn bản này chưa có bản PDF.", code="no_pdf", facts={"document": str(paper.pk)}
            )
        stored = paper.pdf_file
    else:
        stored = file_of(paper)
    note_access(
        request, Access.TOOK, f"document:{paper.code or paper.pk}", f"tải .{format} qua API"
    )
    response = HttpResponse(paper_bytes(stored), content_type=stored.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=stored.name)
    response["Content-Disposition"] = disposition or "attachment"
    return response


@api.post("/batches", response={200: BatchOut, **FAULTS}, summary="Lập một đợt phát hành")
def make_batch(request: HttpRequest, wanted: BatchIn) -> dict[str, Any]:
    """Chọn hồ sơ theo điều kiện và tạo dự thảo; ký và cấp số làm ở bàn làm việc."""
    viewer = viewer_in(request, Right.BATCHES)
    campaign = Campaign.objects.filter(code=wanted.campaign).first()
    if campaign is None:
        raise NotFound(
            f"Không có chiến dịch “{wanted.campaign}”.", facts={"campaign": wanted.campaign}
        )
    with transaction.atomic():
        batch = create_batch(
            campaign,
            kind=wanted.kind,
            where=wanted.where,
            intended_on=wanted.date or timezone.localdate(),
            actor=viewer.actor,
            key=f"api:{viewer.actor}:{wanted.key}" if wanted.key else None,
        )
        if wanted.run and batch.state == BatchState.READY:
            start_batch(batch)
            send_batch(batch)
    return batch_status(batch)


@api.get(
    "/batches/{batch_id}", response={200: BatchOut, **FAULTS}, summary="Tiến độ một đợt phát hành"
)
def batch_state(request: HttpRequest, batch_id: Number) -> dict[str, Any]:
    """Đã tạo bao nhiêu, còn bao nhiêu, lỗi gì."""
    viewer_in(request, Right.SEE_DOCUMENTS)
    return batch_status(get_batch(batch_id))


@api.post(
    "/intake", response={200: FileOut, 201: FileOut, **FAULTS}, summary="Gửi một phiếu, biểu mẫu"
)
def send_form(
    request: HttpRequest,
    file: Sent,
    form_kind: FormKey = "",
) -> Status[dict[str, Any]]:
    """Tệp được giữ nguyên rồi đọc ở máy chạy việc (201). Tệp đã nhận rồi thì không đổi gì (200)."""
    viewer = viewer_in(request, Right.OWN_UNIT, Right.REVIEW_FORMS)
    limits.count("upload", viewer.actor, limit=UPLOADS_A_MINUTE)
    if file.size is None or file.size > MAX_FILE:
        raise UserError(f"Tệp lớn quá {MAX_FILE // 2**20} MB.", code="too_large")
    unit = viewer.own_unit() if viewer.may(Right.OWN_UNIT) else None
    outcome = receive(
        file.read(),
        name=file.name or "tệp",
        arrival=Arrival.DESK,
        actor=viewer.actor,
        sender=unit,
        expect=form_kind or None,
    )
    if isinstance(outcome, New):
        send_reads([outcome.file.pk])
        return Status(201, FileOut.of(outcome.file, outcome="new"))
    if not _may_see(viewer, outcome.file):
        # Another unit sent it: that it is known is all this one may learn.
        return Status(200, FileOut.hidden(file.name or ""))
    return Status(200, FileOut.of(outcome.file, outcome="duplicate"))


def _may_see(viewer: Viewer, row: ReceivedFile) -> bool:
    if viewer.may(Right.SEE_FORMS):
        return True
    return viewer.unit is not None and row.sender_id == viewer.unit.pk


@api.get(
    "/intake/{file_id}", response={200: FileOut, **FAULTS}, summary="Trạng thái một tệp đã gửi"
)
def form_state(request: HttpRequest, file_id: Number) -> dict[str, Any]:
    """Đã đọc chưa, tìm thấy phiếu nào, mỗi phiếu đang ở bước nào."""
    viewer = viewer_in(request, Right.SEE_FORMS, Right.OWN_UNIT)
    row = ReceivedFile.objects.filter(pk=file_id).first()
    if row is None or not _may_see(viewer, row):
        raise NotFound("Không có tệp mang số này.", facts={"file": file_id})
    return FileOut.of(row)


@api.get("/reviews", response={200: ReviewsOut, **FAULTS}, summary="Hàng chờ kiểm tra phiếu")
def reviews(request: HttpRequest) -> dict[str, Any]:
    """Bao nhiêu phiếu ở mỗi trạng thái, và những phiếu đang chờ người kiểm tra (nhiều nhất 200)."""
    viewer_in(request, Right.SEE_FORMS)
    counts = dict.fromkeys(FormState.values, 0)
    for state, made in ReturnedForm.objects.order_by().values_list("state").annotate(n=Count("pk")):
        counts[state] = made
    open_ = (FileState.RECEIVED, FileState.READING)
    counts["reading"] = ReceivedFile.objects.filter(state__in=open_).count()
    rows = ReturnedForm.objects.filter(state=FormState.NEEDS_REVIEW).order_by("id")[:WAITING_SHOWN]
    waiting = [
        {"id": form.pk, "kind": form.kind, "state": form.state, "state_label": form.get_state_display(),
         "record": f"{form.record_type}:{form.record_id}" if form.record_id else None}
        for form in rows
    ]  # fmt: skip
    return {"counts": counts, "waiting": waiting}
