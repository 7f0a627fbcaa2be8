"""Papers to look at: the list, one paper, its files, and what waits for whom."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.errors import UserError
from docgen.models import Document, DocumentState
from docgen.services.previews import Preview, PreviewState
from web.documents import papers, queries
from web.documents.facts import about, next_step, short_name
from web.files import DOCX, PDF, attachment
from web.models import Access
from web.paging import page_of
from web.rights import Right
from web.viewer import DeskRequest, desk, no_right, note_access


@desk(Right.SEE_DOCUMENTS)
def listing(request: DeskRequest) -> HttpResponse:
    """All papers, filtered."""
    asked = queries.PaperFilter.of(request.GET)
    context = {
        "page": page_of(request, queries.documents(asked)),
        "asked": asked,
        "kinds": queries.kind_choices(),
        "labels": dict(queries.kind_choices()),
        "states": DocumentState.choices,
        "signers": queries.signer_choices(),
        "months": range(1, 13),
    }
    return render(request, "web/documents/list.html", context)


@desk(Right.SEE_DOCUMENTS)
def approvals(request: DeskRequest) -> HttpResponse:
    """What waits: for the leader, for a number, or back with whoever wrote it."""
    viewer = request.viewer
    usual = "cho-cap-so" if viewer.may(Right.NUMBER) else "cho-duyet"
    basket = request.GET.get("muc", usual)
    basket = basket if basket in queries.WAITING else usual
    mine = request.GET.get("cua_toi") == "1"
    rows = queries.waiting(basket, requested_by=viewer.actor if mine else "")
    context = {
        "page": page_of(request, rows),
        "basket": basket,
        "mine": mine,
        "counts": queries.waiting_counts(),
        "labels": dict(queries.kind_choices()),
    }
    return render(request, "web/documents/approvals.html", context)


@desk(Right.SEE_DOCUMENTS)
def page(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One paper: as it is printed, where it stands, what comes next."""
    document = queries.paper(pk)
    open_paper = papers.may_see_paper(request.viewer, document)
    if open_paper and papers.holds_personal(document):
        note_access(request, Access.SAW, f"document:{document.pk}", document.code)
    context = {
        "document": document,
        "open_paper": open_paper,
        "step": next_step(document, request.viewer),
        **about(document),
        **(_paper_context(document) if open_paper else {}),
    }
    return render(request, "web/documents/page.html", context)


def _paper_context(document: Document) -> dict[str, object]:
    """The paper for the template: a preview, or the reason why there is none."""
    try:
        return {"preview": papers.shown(document), "document": document}
    except UserError as fault:
        failed = Preview("", PreviewState.FAILED, problem=fault.message)
        return {"preview": failed, "document": document}


@desk(Right.SEE_DOCUMENTS)
def paper_part(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The paper alone, for the page that asks whether it is there."""
    document = queries.paper(pk)
    if not papers.may_see_paper(request.viewer, document):
        return no_right(request, Right.SEE_PERSONAL)
    html = render_to_string(
        "web/documents/parts/paper.html", _paper_context(document), request=request
    )
    response = HttpResponse(html)
    if request.GET.get("khi") == DocumentState.NUMBERED and papers.is_settled(document):
        response["HX-Refresh"] = "true"  # it is issued now: state and buttons have changed too
    return response


@desk(Right.SEE_DOCUMENTS)
def page_png(request: DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """A page of the paper as a picture."""
    document = queries.paper(pk)
    if not papers.may_see_paper(request.viewer, document):
        return no_right(request, Right.SEE_PERSONAL)
    return HttpResponse(papers.page_picture(document, number), content_type="image/png")


@desk(Right.SEE_DOCUMENTS)
def word(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The Word file."""
    document = queries.paper(pk)
    if not papers.may_see_paper(request.viewer, document):
        return no_right(request, Right.SEE_PERSONAL)
    data = papers.word_bytes(document)
    note_access(request, Access.TOOK, f"document:{document.pk}", f"Word {short_name(document)}")
    return attachment(data, name=papers.word_name(document), media_type=DOCX)


@desk(Right.SEE_DOCUMENTS)
def pdf(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The PDF, to keep or (``?xem=1``) to print from the browser."""
    document = queries.paper(pk)
    if not papers.may_see_paper(request.viewer, document):
        return no_right(request, Right.SEE_PERSONAL)
    preview = papers.shown(document)
    data = papers.pdf_bytes(document, preview)
    if data is None:
        return papers.coming(request, preview)
    note_access(request, Access.TOOK, f"document:{document.pk}", f"PDF {short_name(document)}")
    give = papers.shown_inline if request.GET.get("xem") == "1" else attachment
    return give(data, name=papers.pdf_name(document), media_type=PDF)
