"""The last step of the first run: records from a workbook, looked at before they are taken, or later."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import NotFound, UserError
from records.exchange.exporting import records_template
from records.exchange.importing import import_records
from records.exchange.report import ImportRefused, ImportReport
from registry import files
from registry.models import StoredFile
from web.models import Access
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

MAX_BYTES = 20 * 1024 * 1024
SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be taken, or why nothing can be."""

    report: ImportReport | None
    refused: ImportRefused | None

    @property
    def errors(self) -> tuple[object, ...]:
        """The first faults, each with its cell."""
        return self.refused.errors[:SHOWN] if self.refused else ()


def preview(data: bytes, *, actor: str) -> Preview:
    """Take the workbook and give it all back. Raises Unreadable for what is no workbook."""
    try:
        with transaction.atomic():
            report = import_records(data, actor=actor)
            transaction.set_rollback(True)
    except ImportRefused as refused:
        return Preview(None, refused)
    return Preview(report, None)


def uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """Name and bytes of the workbook that came with the form. Raises UserError."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        raise UserError("Chưa chọn tệp .xlsx nào.", facts={"missing": ["file"]})
    if file.size > MAX_BYTES:
        raise UserError(
            f"Tệp lớn hơn {MAX_BYTES // 1024**2} MB. Chia thành nhiều tệp, mỗi tệp một số trang."
        )
    return str(file.name), bytes(file.read())


@desk(Right.ADMINISTER, methods=("GET", "HEAD", "POST"))
def setup_records(request: DeskRequest) -> HttpResponse:
    """Choose a workbook, see what it would change, take it."""
    if request.method != "POST":
        return render(request, "web/setup/records.html", {})
    actor = request.viewer.actor
    if sha256 := request.POST.get("sha256"):
        kept = StoredFile.objects.filter(sha256=sha256[:64], media_type=XLSX).first()
        if kept is None:
            raise NotFound("Tệp vừa xem không còn trong kho. Chọn lại tệp.")
        report = import_records(files.read(kept), actor=actor, reason="Nhập khi thiết lập")
        note_access(request, Access.DID, "records:import", f"nhập {kept.name}"[:300])
        return render(request, "web/setup/records.html", {"taken": report})
    name, data = uploaded(request)
    seen = preview(data, actor=actor)
    kept = files.store(data, media_type=XLSX, name=name) if seen.report else None
    return render(request, "web/setup/records.html", {"seen": seen, "kept": kept, "name": name})


@desk(Right.ADMINISTER)
def setup_workbook(request: DeskRequest) -> HttpResponse:
    """The empty workbook with its guide."""
    del request
    response = HttpResponse(records_template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="ho-so-docgen.xlsx"'
    return response
