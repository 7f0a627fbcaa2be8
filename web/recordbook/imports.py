"""Records from a workbook: what it would change, shown cell by cell, before anything is written; and the way out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, DataIncomplete
from core.letters import clean_line
from records.exchange.exporting import export_records, records_template
from records.exchange.importing import import_records, preview_records
from records.exchange.report import ImportRefused, ImportReport
from registry import files
from web.files import XLSX, attachment
from web.models import Access, ImportState, RecordsImport
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

#: Bytes of a workbook; 20,000 rows have about one MiB. Larger stores come by `docgen records import`.
MAX_BYTES = 8 * 2**20
#: Changes and errors that a page shows.
SHOWN = 300
LAST = 10


@desk(Right.CHANGE_RECORDS, methods=("GET", "HEAD", "POST"))
def records_import(request: DeskRequest) -> HttpResponse:
    """Send a workbook up; what is there already by the same hand is shown again."""
    if request.method == "POST":
        row = _receive(request.FILES.get("tep"), actor=request.viewer.actor)
        return HttpResponseRedirect(reverse("web:records_import_one", args=[row.pk]))
    last = RecordsImport.objects.defer("preview", "result")[:LAST]
    return render(request, "web/recordbook/imports.html", {"last": last})


def _receive(sent: UploadedFile | None, *, actor: str) -> RecordsImport:  # type: ignore[type-arg]
    """Keep a workbook with its preview. Raises DataIncomplete, Unreadable for what is no workbook."""
    if sent is None or not sent.name:
        raise DataIncomplete("Chưa chọn tệp Excel (.xlsx).", missing=["tep"])
    if (sent.size or 0) > MAX_BYTES:
        raise DataIncomplete(
            f"Tệp lớn hơn {MAX_BYTES // 2**20} MB. Chia thành nhiều tệp, mỗi tệp vài trang.",
            wrong={"tep": "Tệp quá lớn."},
        )
    data = sent.read()
    found = preview_records(data, actor=actor, at_most=SHOWN)
    kept = files.store(data, media_type=XLSX, name=clean_line(sent.name)[:255])
    preview = {
        "sheets": [asdict(sheet) for sheet in found.report.sheets],
        "changes": [asdict(one) for one in found.changes],
        "errors": [asdict(one) for one in found.errors[:SHOWN]],
        "errors_total": len(found.errors),
        **_counts(found.report),
    }
    state = ImportState.REFUSED if found.errors else ImportState.READY
    waiting = RecordsImport.objects.filter(file=kept, actor=actor).exclude(
        state__in=(ImportState.APPLIED, ImportState.DROPPED)
    )
    with transaction.atomic():
        row = waiting.select_for_update().first() or RecordsImport(file=kept, actor=actor)
        row.name, row.preview, row.state = clean_line(sent.name)[:255], preview, state
        row.save()
    return row


def _counts(report: ImportReport) -> dict[str, int]:
    return {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
    }


@desk(Right.CHANGE_RECORDS)
def records_import_one(request: DeskRequest, pk: int) -> HttpResponse:
    """The preview of a workbook, or what became of it."""
    row = get_object_or_404(RecordsImport, pk=pk)
    preview: dict[str, Any] = row.preview
    told = preview.get("created", 0) + preview.get("changed", 0)
    context = {
        "row": row,
        "preview": preview,
        "sheets": [one for one in preview.get("sheets", ()) if any(_numbers(one))],
        "total": told,
        "left_out": max(0, told - len(preview.get("changes", ()))),
        "personal": request.viewer.may(Right.SEE_PERSONAL),
    }
    note_access(request, Access.SAW, f"import:{row.pk}", row.name)
    return render(request, "web/recordbook/import.html", context)


def _numbers(sheet: dict[str, Any]) -> tuple[int, int, int]:
    return sheet["created"], sheet["changed"], sheet["unchanged"]


@desk(Right.CHANGE_RECORDS, methods=("POST",))
def records_import_apply(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the workbook in, once."""
    address = reverse("web:records_import_one", args=[pk])
    with transaction.atomic():
        row = get_object_or_404(RecordsImport.objects.select_for_update(), pk=pk)
        if row.state == ImportState.APPLIED:
            return HttpResponseRedirect(address)
        if row.state != ImportState.READY:
            raise Conflict(
                f"Tệp “{row.name}” đang ở trạng thái “{row.get_state_display()}”; hãy gửi lại tệp.",
                code="import_closed",
            )
        _apply(row, actor=request.viewer.actor)
        row.save()
    if row.state == ImportState.APPLIED:
        messages.success(request, "Đã nhập vào hồ sơ.")
    return HttpResponseRedirect(address)


def _apply(row: RecordsImport, *, actor: str) -> None:
    """Write the workbook's rows; when the store has moved on so that it no longer fits, say so in the row."""
    try:
        report = import_records(files.read(row.file), actor=actor, reason=f"nhập tệp {row.name}")
    except ImportRefused as refused:
        errors = [asdict(one) for one in refused.errors]
        row.preview = {**row.preview, "errors": errors[:SHOWN], "errors_total": len(errors)}
        row.state = ImportState.REFUSED
        return
    row.result, row.applied_at = _counts(report), timezone.now()
    row.state = ImportState.APPLIED


@desk(Right.CHANGE_RECORDS, methods=("POST",))
def records_import_drop(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave the workbook alone."""
    with transaction.atomic():
        row = get_object_or_404(RecordsImport.objects.select_for_update(), pk=pk)
        if row.state in (ImportState.READY, ImportState.REFUSED):
            row.state, row.preview = ImportState.DROPPED, {}
            row.save(update_fields=("state", "preview"))
    return HttpResponseRedirect(reverse("web:records_import"))


@desk(Right.CHANGE_RECORDS)
def records_export(request: DeskRequest) -> HttpResponse:
    """The whole record store as a workbook: personal data leaves the house, and the log says so."""
    note_access(request, Access.TOOK, "records", "cả kho hồ sơ, .xlsx")
    name = f"Hồ sơ {timezone.localdate():%Y-%m-%d}.xlsx"
    return attachment(export_records(), name=name, media_type=XLSX)


@desk(Right.CHANGE_RECORDS)
def records_blank(request: DeskRequest) -> HttpResponse:
    """The same workbook without rows."""
    del request
    return attachment(records_template(), name="Biểu nhập hồ sơ.xlsx", media_type=XLSX)
