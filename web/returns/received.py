"""Files that came back: the list, dropping files onto the page, the original, reading one again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from core.errors import NotFound, UserError
from core.forms import FORMS
from intake.models import FileState, ReceivedFile
from intake.services.claims import retry
from intake.services.reading import read_again
from records.models import UnionOrg
from registry.files import read
from web.files import attachment
from web.models import Access
from web.returns.labels import FILE_STATES, KINDS
from web.returns.queries import counts_of_files, file_lines, files_page, reporting_units
from web.returns.uploading import Taken, take_files
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access
from workers.returns import send_reads


def get_file(pk: int) -> ReceivedFile:
    """The received file of that number. Raises NotFound."""
    found = ReceivedFile.objects.select_related("file", "sender").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không có tệp nhận được mang số này. Mở lại danh sách phiếu đã nhận.")
    return found


@desk(Right.SEE_FORMS)
def received(request: DeskRequest) -> HttpResponse:
    """All files that came, with what was found in them."""
    state = request.GET.get("trang-thai", "")
    kind, unit = request.GET.get("loai", ""), request.GET.get("don-vi", "")
    # Names of files may name people: who may not see them does not find by them either.
    may_see = request.viewer.may(Right.SEE_PERSONAL)
    text = request.GET.get("tim", "").strip() if may_see else ""
    page = files_page(
        ReceivedFile.objects.all(),
        page=request.GET.get("trang"),
        state=state if state in FILE_STATES else "",
        kind=kind if kind in FORMS else "",
        unit=unit,
        text=text,
    )
    context = {
        "page": page,
        "text": text,
        "lines": file_lines(list(page)),
        "counts": counts_of_files(),
        "states": FILE_STATES.items(),
        "kinds": KINDS,
        "units": reporting_units(),
        "state": state,
        "kind": kind,
        "unit": unit,
        "filtered": bool(state or kind or unit or text),
        "may_upload": request.viewer.may(Right.REVIEW_FORMS),
        "may_see": may_see,
        "may_review": request.viewer.may(Right.REVIEW_FORMS),
    }
    return render(request, "web/returns/received.html", context)


@desk(Right.REVIEW_FORMS, methods=("POST",))
def upload(request: DeskRequest) -> HttpResponse:
    """Files received by the office, for the unit that is named."""
    code = request.POST.get("don-vi", "")
    sender = UnionOrg.objects.filter(code=code).first() if code else None
    if code and sender is None:
        raise UserError("Đơn vị gửi không có trong hồ sơ. Chọn lại đơn vị.")
    taken = take_files(request.FILES, actor=request.viewer.actor, sender=sender)
    return taken_answer(request, taken, back=reverse("web:received"))


def taken_answer(request: DeskRequest, taken: Sequence[Taken], *, back: str) -> HttpResponse:
    """What became of uploaded files: rows for the script that sent them, a page for a plain form."""
    own = request.viewer.unit if request.viewer.may(Right.OWN_UNIT) else None
    files = [one.file for one in taken if one.file is not None and is_of(one.file, own)]
    lines = {line.file.pk: line for line in file_lines(files)}
    context = {
        "taken": [(one, lines.get(one.file.pk) if one.file else None) for one in taken],
        "back": back,
        "line_url": "web:unit_line" if own else "web:received_line",
        "may_see": True,
        "may_review": request.viewer.may(Right.REVIEW_FORMS),
    }
    sent_by_script = request.htmx or request.headers.get("X-Requested-With") == "fetch"
    return render(
        request, f"web/returns/{'taken' if sent_by_script else 'taken_page'}.html", context
    )


def is_of(file: ReceivedFile, unit: UnionOrg | None) -> bool:
    """Whether somebody of this unit may see the file; the office (no unit) sees every one."""
    return unit is None or file.sender_id == unit.pk


@desk(Right.SEE_FORMS)
def line(request: DeskRequest, pk: int) -> HttpResponse:
    """One file as a row, asked for again until it has been read."""
    context = {
        "line": file_lines([get_file(pk)])[0],
        "line_url": "web:received_line",
        "may_see": request.viewer.may(Right.SEE_PERSONAL),
        "may_review": request.viewer.may(Right.REVIEW_FORMS),
    }
    name = "file_row" if request.htmx else "file_page"
    return render(request, f"web/returns/{name}.html", context)


@desk(Right.SEE_PERSONAL)
def original(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The file as it came."""
    found = get_file(pk)
    data = read(found.file)
    note_access(request, Access.TOOK, f"receivedfile:{pk}")
    return attachment(data, name=found.name, media_type=found.file.media_type)


@desk(Right.REVIEW_FORMS, methods=("POST",))
def read_anew(request: DeskRequest, pk: int) -> HttpResponse:
    """Read a file again: one that failed as it is, one in which nothing was recognised as a form of the kind named."""
    found = get_file(pk)
    kind = request.POST.get("loai", "")
    with transaction.atomic():
        if found.state == FileState.FAILED:
            retry([pk])
        elif kind not in FORMS:
            raise UserError("Chọn loại phiếu rồi đọc lại.")
        elif not read_again(found, expect=kind):
            raise UserError(
                "Tệp này đã nhận ra phiếu hoặc đã có quyết định nên không đọc lại. Sửa từng mục ở trang kiểm tra."
            )
        send_reads([pk])
    return HttpResponseRedirect(reverse("web:received_line", args=[pk]))
