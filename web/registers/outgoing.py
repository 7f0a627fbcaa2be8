"""The book of papers sent: its lines, one line with its scanned copy, and the book in print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.errors import NotFound, UserError
from intake.guard import MAX_FILE, FileType, check_file
from registry.books import OUTGOING_COLUMNS, outgoing_row
from registry.files import read, store
from registry.models import Direction, OutgoingEntry, StoredFile
from registry.registers import attach_scan, mark_sent
from web.documents.handwork import uploaded
from web.documents.papers import stored_download
from web.documents.steps import day_in
from web.files import PDF
from web.models import Access
from web.registers import queries
from web.registers.books import asked_of, lines_of
from web.registers.printing import book_file
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

WAY = Direction.OUTGOING
_MAGIC = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@desk(Right.SEE_DOCUMENTS)
def book(request: DeskRequest) -> HttpResponse:
    """The lines of a year's book."""
    asked = asked_of(request, WAY)
    context = lines_of(request, WAY, asked, row=outgoing_row, columns=OUTGOING_COLUMNS)
    context["signers"] = queries.signers(asked)
    return render(request, "web/registers/outgoing.html", context)


@desk(Right.SEE_DOCUMENTS)
def printed(request: DeskRequest, form: str) -> HttpResponse:
    """The book as a file or on the screen for printing."""
    note_access(request, Access.TOOK, "register:outgoing", form)
    return book_file(request, WAY, asked_of(request, WAY), form)


def _entry(pk: int) -> OutgoingEntry:
    return get_object_or_404(
        OutgoingEntry.objects.select_related("org", "number__series__org", "file", "scan"), pk=pk
    )


@desk(Right.SEE_DOCUMENTS)
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    """One line: its ten columns, the scanned copy, when it was sent."""
    line = _entry(pk)
    headings = [heading for heading, _ in OUTGOING_COLUMNS]
    columns = outgoing_row(line.number).columns()
    context = {"line": line, "columns": list(zip(headings, columns, strict=True))}
    return render(request, "web/registers/outgoing_entry.html", context)


def media_type_of(data: bytes, kind: FileType) -> str:
    """What a checked scan is served as. Raises UserError for what no browser shows."""
    if kind == FileType.PDF:
        return PDF
    found = next((media for magic, media in _MAGIC if data.startswith(magic)), "")
    if not found:
        raise UserError(
            "Bản quét phải là PDF, JPG hoặc PNG. Lưu lại tệp ở một trong các dạng này rồi gửi.",
            code="not_a_scan",
        )
    return found


def kept_scan(request: DeskRequest, name: str) -> StoredFile:
    """A scanned paper that was sent, checked and stored. Raises UserError and Refused."""
    called, data = uploaded(request, name, limit=MAX_FILE)
    return store(data, media_type=media_type_of(data, check_file(data)), name=called)


@desk(Right.SEE_DOCUMENTS, Right.KEEP_REGISTERS, methods=("GET", "HEAD", "POST"))
def scan(request: DeskRequest, pk: int) -> HttpResponse:
    """The scanned copy: look at it, or (the secretary) put it beside the line."""
    line = _entry(pk)
    if request.method == "POST":
        _only_secretary(request)
        attach_scan(line, kept_scan(request, "scan"), actor=request.viewer.actor)
        messages.success(request, "Đã đính bản quét vào dòng sổ.")
        return HttpResponseRedirect(reverse("web:outgoing_entry", args=[pk]))
    if line.scan is None:
        raise NotFound("Dòng sổ này chưa có bản quét.")
    note_access(request, Access.TOOK, f"document:{line.document_id}", f"bản quét {line.code}")
    return stored_download(line.scan, read(line.scan))


def _only_secretary(request: DeskRequest) -> None:
    if not request.viewer.may(Right.KEEP_REGISTERS):
        raise UserError("Chỉ Văn thư mới ghi được vào sổ.", code="no_right")


@desk(Right.KEEP_REGISTERS, methods=("POST",))
def sent(request: DeskRequest, pk: int) -> HttpResponse:
    """Columns «Ngày chuyển» and «Ký nhận»."""
    line = _entry(pk)
    on = day_in(request.POST.get("sent_on", ""), what="Ngày chuyển", usual=line.date)
    if on < line.date:
        raise UserError("Ngày chuyển không trước ngày văn bản.")
    receipt = request.POST.get("receipt", "").strip()[:100]
    mark_sent(line.number, sent_on=on, receipt=receipt, actor=request.viewer.actor)
    messages.success(request, "Đã ghi ngày chuyển, ký nhận.")
    return HttpResponseRedirect(reverse("web:outgoing_entry", args=[pk]))
