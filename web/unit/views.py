"""What an officer of a reporting unit sees: things of the own unit only, by link, guess or number."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.errors import NotFound
from core.forms import FORMS, get_form
from docgen.blanks.imprint import Imprint
from docgen.blanks.make import Format, make_form
from docgen.services.form_rounds import form_bytes, zip_pieces
from docgen.services.forms import file_name
from records.models import Campaign, Quota
from registry.files import read
from web.files import attachment, streamed
from web.models import Access
from web.returns.labels import FILE_STATES, KINDS
from web.returns.queries import PAGE, by_due, file_lines, files_page, given_lines
from web.returns.received import taken_answer
from web.returns.rounds import ZIP
from web.returns.uploading import take_files
from web.rights import Right
from web.unit.queries import (
    figures_of,
    owed_forms,
    reasons_of,
    reasons_of_forms,
    report_lines,
    unread_files,
    work_of,
)
from web.unit.scope import Scope, own_file, own_files, own_form, own_forms, scope_of
from web.viewer import DeskRequest, desk, note_access

#: Forms of the first page; the rest is on the page of forms.
FIRST = 8
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def scope(request: DeskRequest) -> Scope:
    """What this officer's unit has today. Raises NotFound where the account names no unit."""
    return scope_of(request.viewer.own_unit(), on=timezone.localdate())


def _owed(mine: Scope, rows: Any) -> list[tuple[Any, str]]:
    """Forms owed with the reason for which the last one was sent back."""
    found = list(rows)
    reasons = reasons_of_forms([one.newest_id for one in found])
    lines = given_lines(found, today=mine.on)
    return [(line, reasons.get(line.returned or 0, "")) for line in lines]


@desk(Right.OWN_UNIT)
def unit(request: DeskRequest) -> HttpResponse:
    """What the unit has to do."""
    mine = scope(request)
    context = {
        "unit": mine.unit,
        "scope": mine,
        "work": work_of(mine, today=mine.on),
        "owed": _owed(mine, by_due(owed_forms(mine).select_related("file"))[:FIRST]),
        "unread": unread_files(mine, today=mine.on),
    }
    return render(request, "web/unit/unit.html", context)


@desk(Right.OWN_UNIT)
def due(request: DeskRequest) -> HttpResponse:
    """The forms that the unit owes, each to be fetched; and plain blanks."""
    mine = scope(request)
    rows = by_due(owed_forms(mine).select_related("file"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    rounds = (
        own_forms(mine)
        .filter(file__isnull=False, round__isnull=False)
        .order_by("-round_id")
        .values_list("round_id", "kind", "period")
        .distinct()[:12]
    )
    context = {
        "unit": mine.unit,
        "scope": mine,
        "page": page,
        "owed": _owed(mine, page),
        "rounds": [(pk, get_form(kind).label_vi, period) for pk, kind, period in rounds],
        "kinds": KINDS,
    }
    return render(request, "web/unit/due.html", context)


@desk(Right.OWN_UNIT)
def take_form(request: DeskRequest, serial: int) -> HttpResponseBase:
    """One form of the unit."""
    issued = own_form(scope(request), serial)
    data, kept = form_bytes(issued)
    note_access(request, Access.TOOK, f"issuedform:{serial}")
    return attachment(data, name=file_name(issued), media_type=kept.media_type)


@desk(Right.OWN_UNIT)
def take_round(request: DeskRequest, pk: int) -> HttpResponseBase:
    """All forms of a round that are the unit's."""
    rows = own_forms(scope(request)).filter(round=pk, file__isnull=False).order_by("serial")
    first = rows.first()
    if first is None:
        raise NotFound("Đợt này không có phiếu của đơn vị.")
    note_access(request, Access.TOOK, f"formround:{pk}")
    name = f"{get_form(first.kind).code}-{first.period or pk}.zip"
    return streamed(zip_pieces(rows, folders=False), name=name, media_type=ZIP)


@desk(Right.OWN_UNIT)
def blank(request: DeskRequest, kind: str, form: str) -> HttpResponse:
    """A plain blank: no code, nothing filled in; it is known by its layout when it comes back."""
    if kind not in FORMS or form not in _MEDIA:
        raise NotFound("Không có mẫu phiếu này. Mở lại trang Phiếu phải nộp.")
    found = get_form(kind)
    imprint = Imprint(on=timezone.localdate())
    data = make_form(found, {}, imprint, file_format=Format(form))
    return attachment(data, name=f"{found.code}-de-trong.{form}", media_type=_MEDIA[form])


# --- what was sent ---------------------------------------------------------------------------------------------


@desk(Right.OWN_UNIT, methods=("POST",))
def upload(request: DeskRequest) -> HttpResponse:
    """Files from the unit."""
    own = request.viewer.own_unit()
    taken = take_files(request.FILES, actor=request.viewer.actor, sender=own)
    return taken_answer(request, taken, back=reverse("web:unit_sent"))


@desk(Right.OWN_UNIT)
def sent(request: DeskRequest) -> HttpResponse:
    """What the unit has sent, with what became of it."""
    mine = scope(request)
    state = request.GET.get("trang-thai", "")
    page = files_page(
        own_files(mine),
        page=request.GET.get("trang"),
        state=state if state in FILE_STATES else "",
    )
    files = list(page)
    context = {
        "unit": mine.unit,
        "scope": mine,
        "page": page,
        "lines": file_lines(files),
        "reasons": reasons_of(files),
        "states": FILE_STATES.items(),
        "state": state,
        "line_url": "web:unit_line",
        "original_url": "web:unit_original",
        "may_see": True,
    }
    return render(request, "web/unit/sent.html", context)


@desk(Right.OWN_UNIT)
def line(request: DeskRequest, pk: int) -> HttpResponse:
    """One file that the unit sent, asked for again until it has been read."""
    found = own_file(scope(request), pk)
    context = {
        "line": file_lines([found])[0],
        "reasons": reasons_of([found]),
        "line_url": "web:unit_line",
        "original_url": "web:unit_original",
        "may_see": True,
    }
    name = "file_row" if request.htmx else "file_page"
    return render(request, f"web/returns/{name}.html", context)


@desk(Right.OWN_UNIT)
def original(request: DeskRequest, pk: int) -> HttpResponseBase:
    """A file of the unit as it was sent."""
    found = own_file(scope(request), pk)
    data = read(found.file)
    note_access(request, Access.TOOK, f"receivedfile:{pk}")
    return attachment(data, name=found.name, media_type=found.file.media_type)


# --- progress --------------------------------------------------------------------------------------------------


@desk(Right.OWN_UNIT)
def progress(request: DeskRequest) -> HttpResponse:
    """The unit's own figures against its quota, and what it has reported."""
    mine = scope(request)
    asked = Quota.objects.filter(org__in=mine.whole).values("campaign")
    campaigns = list(Campaign.objects.filter(pk__in=asked).order_by("-starts_on"))
    wanted = request.GET.get("chien-dich")
    chosen = next(
        (one for one in campaigns if one.code == wanted), campaigns[0] if campaigns else None
    )
    context = {
        "unit": mine.unit,
        "scope": mine,
        "campaigns_of_unit": campaigns,
        "chosen": chosen,
        "figures": figures_of(mine, chosen, today=mine.on) if chosen else [],
        "reports": report_lines(mine),
    }
    return render(request, "web/unit/progress.html", context)
