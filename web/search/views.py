"""The search box at the top of every page, and its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from core.searchkeys import LONGEST, search_key, words_of
from web.rights import Right
from web.search.queries import LEAST_LETTERS, search
from web.viewer import DeskRequest, desk

#: Hits of a group on the page, and while one types.
ON_PAGE, LIVE = 10, 4


@desk(Right.SEE_OFFICE)
def search_page(request: DeskRequest) -> HttpResponse:
    """Everything found, in groups."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    if not words_of(text):
        text = ""
    groups = search(text, viewer=request.viewer, limit=ON_PAGE)
    return render(request, "web/search/search.html", {"searched": text, "groups": groups})


@desk(Right.SEE_OFFICE)
def search_live(request: DeskRequest) -> HttpResponse:
    """The first of each group while one types; nothing before three letters."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    if len(search_key(text).replace(" ", "")) < LEAST_LETTERS:
        return HttpResponse("")
    groups = search(text, viewer=request.viewer, limit=LIVE)
    return render(request, "web/search/live.html", {"searched": text, "groups": groups})
