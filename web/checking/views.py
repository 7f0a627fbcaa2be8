"""Pages of checking the form of papers."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.errors import NotFound
from web.checking import papers
from web.files import DOCX, attachment, picture
from web.pictures import Pages, page_picture, pages_of
from web.rights import Right
from web.uploads import word_files
from web.viewer import DeskRequest, desk

NO_PAGES = "Tệp không đọc được nên không có trang để xem."
_COPIES = {
    "chu-thich": (papers.MARKED, "có chú thích"),
    "da-sua": (papers.MENDED, "đã sửa"),
}


@desk(Right.CHECK_PAPERS, methods=("GET", "HEAD", "POST"))
def check_paper(request: DeskRequest) -> HttpResponse:
    """Where papers are dropped, and the list of the own ones."""
    shelf = papers.shelf_of(request.viewer)
    if request.method == "POST":
        tokens = papers.lay_down(shelf, word_files(request, "tep", most=papers.MOST))
        return redirect("web:paper", tokens[0]) if len(tokens) == 1 else redirect("web:check_paper")
    return render(request, "web/checking/check.html", _list(request))


def _list(request: DeskRequest) -> dict[str, object]:
    found = papers.papers_on(papers.shelf_of(request.viewer))
    waiting = sum(one.state == papers.WAITING for one in found)
    return {"papers": found, "waiting": waiting, "most": papers.MOST}


@desk(Right.CHECK_PAPERS, methods=("POST",))
def check_next(request: DeskRequest) -> HttpResponse:
    """Check the next paper that waits: the one named, else the oldest. The page asks again while one waits."""
    shelf = papers.shelf_of(request.viewer)
    token = request.POST.get("ma", "")
    waiting = [one for one in papers.papers_on(shelf) if one.state == papers.WAITING]
    chosen = [one for one in waiting if one.token == token] if token else waiting[-1:]
    with shelf.alone("check") as mine:
        for one in chosen if mine else ():
            papers.check(shelf, one.token)
    if token:
        if not request.htmx:
            return redirect("web:paper", token)
        return render(request, "web/checking/report.html", {"paper": papers.paper_on(shelf, token)})
    if not request.htmx:
        return redirect("web:check_paper")
    return render(request, "web/checking/list.html", _list(request))


@desk(Right.CHECK_PAPERS)
def paper(request: DeskRequest, token: str) -> HttpResponse:
    """What was found in one paper, beside its pages."""
    found = papers.paper_on(papers.shelf_of(request.viewer), token)
    return render(request, "web/checking/paper.html", {"paper": found})


@desk(Right.CHECK_PAPERS, methods=("POST",))
def drop(request: DeskRequest, token: str) -> HttpResponse:
    """Take a paper away before its hour ends."""
    papers.shelf_of(request.viewer).drop(token)
    return redirect("web:check_paper")


@desk(Right.CHECK_PAPERS)
def pages(request: DeskRequest, token: str) -> HttpResponse:
    """The pages of a paper as pictures; made now when they are not there."""
    shelf = papers.shelf_of(request.viewer)
    seen = papers.paper_on(shelf, token)
    if seen.state == papers.DONE:  # what the check could not read, LibreOffice is not given
        found = pages_of(shelf, token, papers.WORD)
    else:
        found = Pages(waiting=seen.state == papers.WAITING, fault=NO_PAGES)
    return render(request, "web/checking/pages.html", {"pages": found, "token": token})


@desk(Right.CHECK_PAPERS)
def page(request: DeskRequest, token: str, page: int) -> HttpResponse:
    """One page as a picture."""
    return picture(page_picture(papers.shelf_of(request.viewer), token, page))


@desk(Right.CHECK_PAPERS)
def copy(request: DeskRequest, token: str, which: str) -> HttpResponse:
    """The copy with comments, or the mended one."""
    if which not in _COPIES:
        raise NotFound("Không có bản sao này.")
    shelf = papers.shelf_of(request.viewer)
    file, word = _COPIES[which]
    stem = PurePath(papers.paper_on(shelf, token).name).stem
    return attachment(shelf.read(token, file), name=f"{stem} ({word}).docx", media_type=DOCX)
