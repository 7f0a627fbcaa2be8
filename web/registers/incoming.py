"""The book of papers received: its lines, a new line with its file, and the book in print."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from core.errors import DataIncomplete, NotFound, UserError
from core.text import clean_line
from records.models import UnionOrg
from registry.books import INCOMING_COLUMNS, incoming_row
from registry.durability import durable
from registry.files import read
from registry.models import Direction, IncomingEntry, StoredFile
from registry.registers import enter_incoming
from web.documents.papers import stored_download
from web.documents.steps import day_in
from web.models import Access
from web.registers import queries
from web.registers.books import asked_of, lines_of
from web.registers.outgoing import kept_scan
from web.registers.printing import book_file
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

WAY = Direction.INCOMING
#: Texts of a new line: name, label, longest, whether it must be there.
TEXTS = (
    ("author", "Tác giả (cơ quan ban hành)", 300, True),
    ("code", "Số, ký hiệu văn bản", 80, False),
    ("subject", "Tên loại và trích yếu", 1000, True),
    ("receiver", "Đơn vị hoặc người nhận", 200, False),
    ("receipt", "Ký nhận", 100, False),
    ("note", "Ghi chú", 500, False),
)


@desk(Right.SEE_DOCUMENTS)
def book(request: DeskRequest) -> HttpResponse:
    """The lines of a year's book."""
    asked = asked_of(request, WAY)
    context = lines_of(request, WAY, asked, row=incoming_row, columns=INCOMING_COLUMNS)
    return render(request, "web/registers/incoming.html", context)


@desk(Right.SEE_DOCUMENTS)
def printed(request: DeskRequest, form: str) -> HttpResponse:
    """The book as a file or on the screen for printing."""
    note_access(request, Access.TOOK, "register:incoming", form)
    return book_file(request, WAY, asked_of(request, WAY), form)


def _entry(pk: int) -> IncomingEntry:
    return get_object_or_404(
        IncomingEntry.objects.select_related("org", "number__series__org", "file"), pk=pk
    )


@desk(Right.SEE_DOCUMENTS)
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    """One line: its ten columns and the paper."""
    line = _entry(pk)
    headings = [heading for heading, _ in INCOMING_COLUMNS]
    columns = incoming_row(line.number).columns()
    context = {"line": line, "columns": list(zip(headings, columns, strict=True))}
    return render(request, "web/registers/incoming_entry.html", context)


@desk(Right.SEE_DOCUMENTS)
def file(request: DeskRequest, pk: int) -> HttpResponse:
    """The received paper."""
    line = _entry(pk)
    if line.file is None:
        raise NotFound("Dòng sổ này không có tệp.")
    note_access(request, Access.TOOK, f"incoming:{line.pk}", line.code)
    return stored_download(line.file, read(line.file))


@desk(Right.KEEP_REGISTERS, methods=("GET", "HEAD", "POST"))
def new(request: DeskRequest) -> HttpResponse:
    """A paper that arrived: its line under the next arrival number; sent twice it is one line."""
    if request.method != "POST":
        context = {
            "texts": TEXTS,
            "today": timezone.localdate(),
            "token": secrets.token_hex(16),
            "owners": queries.owners(WAY),
            "usual": queries.home_org(),
        }
        return render(request, "web/registers/incoming_new.html", context)
    texts = _texts(request)
    org = _receiver(request)
    token = request.POST.get("token", "")
    if len(token) != 32 or not token.isalnum():  # noqa: PLR2004 - as `token_hex(16)` writes it
        raise UserError("Trang đã cũ. Mở lại trang Ghi văn bản đến rồi nhập lại.")
    arrived = day_in(
        request.POST.get("arrived_on", ""), what="Ngày đến", usual=timezone.localdate()
    )
    dated = _day(request, "date", "Ngày tháng văn bản")
    if dated and dated > arrived:
        raise UserError("Ngày tháng văn bản không sau ngày đến.")
    stored: StoredFile | None = kept_scan(request, "file") if request.FILES.get("file") else None
    with durable():
        line = enter_incoming(
            org=org,
            holder=f"desk:{token}",
            actor=request.viewer.actor,
            arrived_on=arrived,
            date=dated,
            passed_on=_day(request, "passed_on", "Ngày chuyển"),
            file=stored,
            **texts,
        )
    messages.success(request, f"Đã vào sổ văn bản đến, số đến {line.number}.")
    return HttpResponseRedirect(reverse("web:incoming_entry", args=[line.pk]))


def _texts(request: DeskRequest) -> dict[str, str]:
    """The texts of the line. Raises DataIncomplete naming every missing and overlong one."""
    found = {name: clean_line(request.POST.get(name, "")) for name, *_ in TEXTS}
    missing = [label for name, label, _, must in TEXTS if must and not found[name]]
    wrong = {
        label: f"dài quá {most} ký tự" for name, label, most, _ in TEXTS if len(found[name]) > most
    }
    if missing or wrong:
        words = [f"Chưa ghi {label.lower()}." for label in missing]
        words += [f"{label}: {why}." for label, why in wrong.items()]
        raise DataIncomplete(" ".join(words), missing=missing, wrong=wrong)
    return found


def _receiver(request: DeskRequest) -> UnionOrg:
    """The body whose book it is."""
    code = request.POST.get("org", "")
    org = UnionOrg.objects.filter(code=code).first() if code else queries.home_org()
    if org is None:
        raise UserError("Chọn sổ văn bản đến của cơ quan nào.")
    return org


def _day(request: DeskRequest, name: str, what: str) -> date | None:
    text = request.POST.get(name, "").strip()
    return day_in(text, what=what, usual=timezone.localdate()) if text else None
