"""Composing a paper: kind, subject, then one page with what is missing at the left and the paper at the right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from core.errors import UserError
from core.validation import is_blank
from docgen.kinds import KINDS, get_kind
from docgen.kinds.base import Numbering
from docgen.making import make_document
from docgen.models import Document, DocumentState
from docgen.services.access import standing_document
from docgen.services.composing import Trial, paper_of_last_year, try_document
from docgen.services.lifecycle import redraft_document, request_document, submit_document
from docgen.services.previews import (
    PreviewState,
    ask_preview,
    preview_of,
    preview_page,
    preview_pdf,
)
from docgen.sources import record_types, variant_of
from web.documents import queries
from web.documents.fields import inputs, shown, typed
from web.documents.papers import coming, shown_inline
from web.documents.sheet import Sheet, sheet_of
from web.documents.steps import day_in, send_waiting
from web.documents.subjects import TYPE_LABELS, find_subjects, subject_of
from web.files import PDF
from web.frame import campaign_in_hand
from web.models import Composition
from web.rights import Right
from web.viewer import DeskRequest, desk

GET_POST = ("GET", "HEAD", "POST")
#: Picture of a kind on its card: small, of its first page.
CARD_WIDTH = 331
SAMPLE_DAY = date(2024, 5, 2)


@desk(Right.COMPOSE)
def kinds(request: DeskRequest) -> HttpResponse:
    """The kinds as cards, and what this person left half written."""
    half = Composition.objects.filter(actor=request.viewer.actor)[:20]
    context = {
        "kinds": [
            (key, kind.schema, [TYPE_LABELS[one] for one in record_types(key)])
            for key, kind in KINDS.items()
        ],
        "half": [(one, get_kind(one.kind).schema.label_vi, subject_of(one.record)) for one in half],
        "drafts": Document.objects.filter(
            state__in=(DocumentState.DRAFT, DocumentState.RETURNED),
            requested_by=request.viewer.actor,
        ).order_by("-updated_at")[:10],
    }
    return render(request, "web/documents/kinds.html", context)


@desk(Right.COMPOSE)
def sample_picture(request: DeskRequest, kind: str) -> HttpResponse:
    """The picture on a kind's card, once its sample is made; an icon meanwhile."""
    get_kind(kind)
    return render(
        request,
        "web/documents/parts/picture.html",
        {"kind": kind, "preview": ask_preview(_sample(kind), urgent=False)},
    )


@desk(Right.COMPOSE)
def card_png(_request: DeskRequest, sha256: str) -> HttpResponse:
    """The first page of a sample, small."""
    return HttpResponse(preview_page(sha256, 1, width=CARD_WIDTH), content_type="image/png")


@lru_cache(maxsize=len(KINDS))
def _sample(kind: str) -> bytes:
    """The Word file of a kind's own example: invented, the same in every store."""
    example = get_kind(kind).schema.example
    numbering = Numbering(intended_date=_example_day(example) or SAMPLE_DAY)
    return make_document(
        kind, example, numbering=numbering, templates=settings.TEMPLATES_DOCX_DIR
    ).docx


def _example_day(example: Mapping[str, object]) -> date | None:
    given = example.get("intended_date")
    return date.fromisoformat(given) if isinstance(given, str) else None


@desk(Right.COMPOSE)
def subjects(request: DeskRequest, kind: str) -> HttpResponse:
    """What the paper is about: found by what is typed."""
    schema = get_kind(kind).schema
    query = request.GET.get("q", "").strip()[:200]
    found, count = find_subjects(kind, query, campaign_in_hand(request))
    context = {
        "kind": kind,
        "schema": schema,
        "query": query,
        "found": found,
        "count": count,
        "about": " hoặc ".join(TYPE_LABELS[one] for one in record_types(kind)),
    }
    part = "parts/subjects.html" if request.htmx else "subjects.html"
    return render(request, f"web/documents/{part}", context)


@desk(Right.COMPOSE, methods=GET_POST)
def write(request: DeskRequest, kind: str, record: str) -> HttpResponse:
    """A new paper about a record."""
    get_kind(kind)
    half = Composition.objects.filter(actor=request.viewer.actor, kind=kind, record=record).first()
    if request.method == "POST":
        return _written(request, kind, record, document=None)
    on_text = request.GET.get("ngay", "") or (half.on if half else "")
    on = day_in(on_text, what="Ngày dự kiến", usual=_usual_day(request))
    variant = request.GET.get("truong_hop", "")
    standing = standing_document(
        kind=kind, record=record, variant=variant_of(kind, record=record, on=on, given=variant)
    )
    if standing is not None:
        messages.info(request, "Đã có văn bản này; mở văn bản đang có.")
        return HttpResponseRedirect(reverse("web:document", args=[standing.pk]))
    given = half.given if half else {}
    return _sheet_page(request, kind, record, on=on, given=given, variant=variant)


def _usual_day(request: DeskRequest) -> date:
    """Today, or the nearest day of the campaign in hand when that is over or still to come."""
    campaign, today = campaign_in_hand(request), timezone.localdate()
    return min(max(today, campaign.starts_on), campaign.ends_on) if campaign else today


@desk(Right.COMPOSE, methods=GET_POST)
def rewrite(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A draft, or one that came back, once more."""
    document = queries.paper(pk)
    if request.method == "POST":
        return _written(request, document.kind, document.record, document=document)
    if document.state not in (DocumentState.DRAFT, DocumentState.RETURNED, DocumentState.SIGNED):
        messages.info(request, "Văn bản ở trạng thái này không sửa được.")
        return HttpResponseRedirect(reverse("web:document", args=[document.pk]))
    on = day_in(request.GET.get("ngay", ""), what="Ngày dự kiến", usual=document.intended_on)
    return _sheet_page(
        request,
        document.kind,
        document.record,
        on=on,
        given=document.given or {},
        document=document,
        variant=document.variant,
    )


def _sheet_page(
    request: DeskRequest,
    kind: str,
    record: str,
    *,
    on: date,
    given: Mapping[str, object],
    variant: str = "",
    document: Document | None = None,
) -> HttpResponse:
    """The page of composing, with what was typed before or comes from last year's paper."""
    trial = try_document(kind, record=record, on=on, given=given, variant=variant)
    source = paper_of_last_year(trial)
    copied = request.GET.get("chep") == str(source.pk) if source else False
    if source is not None and copied:
        taken = {
            spec.key: source.data[spec.key]
            for spec in trial.asked
            if spec.key in source.data and not given.get(spec.key)
        }
        given = {**taken, **given}
        trial = try_document(kind, record=record, on=on, given=given, variant=variant)
    sheet = sheet_of(trial)
    given = {**_from_records(trial), **given}
    context = {
        **_side(sheet),
        "kind": kind,
        "record": record,
        "schema": get_kind(kind).schema,
        "subject_name": subject_of(record),
        "inputs": inputs([spec for spec in trial.asked if spec.key in sheet.needed], given, {}),
        "more": inputs([spec for spec in trial.asked if spec.key not in sheet.needed], given, {}),
        "on": on,
        "source": source,
        "copied": copied,
        "document": document,
        "variant": variant,
        "keep": f"soan-{document.pk if document else f'{kind}-{record}'}",
    }
    return render(request, "web/documents/write.html", context)


def _from_records(trial: Trial) -> dict[str, object]:
    """What the records propose for fields that a person may write over."""
    known = trial.collected.data if trial.collected else {}
    return {spec.key: known[spec.key] for spec in trial.asked if not is_blank(known.get(spec.key))}


def _own_words(
    trial: Trial, given: Mapping[str, object], before: Mapping[str, object]
) -> dict[str, object]:
    """What a person wrote, without what stands there from the records unchanged: it follows them.

    What was written ``before`` and is now as in the records is said again, so that it counts no longer.
    """
    known = _from_records(trial)
    return {
        key: value
        for key, value in given.items()
        if key in before or key not in known or shown(value) != shown(known[key])
    }


def _side(sheet: Sheet) -> dict[str, object]:
    """What the right half needs: faults, and the paper when there is one."""
    docx = sheet.trial.docx
    return {"sheet": sheet, "preview": ask_preview(docx) if docx is not None else None}


def _written(
    request: DeskRequest, kind: str, record: str, *, document: Document | None
) -> HttpResponse:
    """What was typed: looked at (a field was left), kept as a draft, or submitted."""
    variant = document.variant if document else request.POST.get("truong_hop", "")
    usual = document.intended_on if document else _usual_day(request)
    try:
        on = day_in(request.POST.get("ngay", ""), what="Ngày dự kiến", usual=usual)
    except UserError as fault:
        return _look(request, Sheet.refused(kind, record, usual, fault))
    trial = try_document(kind, record=record, on=on, variant=variant)
    before = (document.given or {}) if document else {}
    given = _own_words(trial, typed(trial.asked, request.POST), before)
    trial = try_document(kind, record=record, on=on, variant=variant, given=given)
    if document is None:
        _keep_half(request, trial)
    do = request.POST.get("do", "xem")
    if do != "xem" and document is not None and document.state == DocumentState.SUBMITTED:
        return _to(request, document)  # sent twice
    if do != "xem" and trial.ready:
        return _keep(request, trial, document, submit=do == "trinh")
    if request.htmx:
        return _look(request, sheet_of(trial), kept=do == "luu")
    return _sheet_page(
        request, kind, record, on=on, given=given, variant=variant, document=document
    )


def _look(request: DeskRequest, sheet: Sheet, *, kept: bool = False) -> HttpResponse:
    return render(request, "web/documents/parts/sheet.html", {**_side(sheet), "kept": kept})


def _keep_half(request: DeskRequest, trial: Trial) -> None:
    """What was typed stays with this person, whatever becomes of the browser."""
    values = {"given": dict(trial.given), "on": request.POST.get("ngay", "")[:40]}
    if any(trial.given.values()):
        Composition.objects.update_or_create(
            actor=request.viewer.actor, kind=trial.kind, record=trial.record[:120], defaults=values
        )


def _keep(
    request: DeskRequest, trial: Trial, document: Document | None, *, submit: bool
) -> HttpResponse:
    """Draft it, or draft it again, and submit when that was asked: one transaction."""
    actor = request.viewer.actor
    with transaction.atomic():
        if document is None:
            document = request_document(
                trial.kind,
                record=trial.record,
                on=trial.on,
                actor=actor,
                variant=trial.variant,
                given=trial.given,
            ).document
        else:
            redraft_document(document, on=trial.on, actor=actor, given=trial.given)
        if submit and document.state != DocumentState.SUBMITTED:
            submit_document(document, actor=actor)
        send_waiting(document)
        Composition.objects.filter(actor=actor, kind=trial.kind, record=trial.record).delete()
    words = "Đã trình. Lãnh đạo thấy văn bản này ở mục Chờ duyệt." if submit else "Đã lưu dự thảo."
    messages.success(request, words)
    return _to(request, document)


def _to(request: DeskRequest, document: Document) -> HttpResponse:
    """On to the page of the paper."""
    address = reverse("web:document", args=[document.pk])
    if not request.htmx:
        return HttpResponseRedirect(address)
    response = HttpResponse()
    response["HX-Redirect"] = address
    return response


@desk(Right.COMPOSE, methods=("POST",))
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    """Throw away what this person left half written."""
    get_object_or_404(Composition, pk=pk, actor=request.viewer.actor).delete()
    messages.success(request, "Đã bỏ bản soạn dở.")
    return HttpResponseRedirect(reverse("web:compose"))


@desk(Right.SEE_DOCUMENTS)
def preview(request: DeskRequest, sha256: str) -> HttpResponse:
    """The pages of a paper that is not kept yet, for the page that asks whether they are there."""
    return render(request, "web/documents/parts/pages.html", {"preview": preview_of(sha256)})


@desk(Right.SEE_DOCUMENTS)
def preview_png(request: DeskRequest, sha256: str, number: int) -> HttpResponse:
    """A page of a paper that is not kept yet."""
    return HttpResponse(preview_page(sha256, number), content_type="image/png")


@desk(Right.SEE_DOCUMENTS)
def preview_as_pdf(request: DeskRequest, sha256: str) -> HttpResponse:
    """The PDF of what is previewed, in the browser, to be printed."""
    found = preview_of(sha256)
    if found.state != PreviewState.READY:
        return coming(request, found)
    name = slugify(request.GET.get("ten", "")) or "ban-in"
    return shown_inline(preview_pdf(sha256), name=f"{name}.pdf", media_type=PDF)
