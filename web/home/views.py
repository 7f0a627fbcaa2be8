"""The first page."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from web.rights import Right
from web.viewer import DeskRequest, desk


@desk()
def home(request: DeskRequest) -> HttpResponse:
    """The desk of the office; an officer goes to the page of the own unit."""
    viewer = request.viewer
    if not viewer.rights:
        return render(request, "web/no_role.html", status=403)
    if not viewer.may(Right.SEE_OFFICE):
        return HttpResponseRedirect(reverse("web:unit"))
    return render(request, "web/home/home.html")
