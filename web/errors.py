"""Pages for what goes wrong outside of the views."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from web.viewer import viewer_of


def know_viewer(request: HttpRequest) -> None:
    """An address without a view has no door either: who is signed in keeps the left bar all the same."""
    user = getattr(request, "user", None)
    if isinstance(user, User) and not hasattr(request, "viewer"):
        request.viewer = viewer_of(user)  # type: ignore[attr-defined]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 404."""
    del exception
    know_viewer(request)
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 403."""
    del exception
    know_viewer(request)
    return render(request, "web/no_right.html", {"right": "làm việc này", "who": ""}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400."""
    del exception
    return render(request, "web/bad_request.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another page, or from a session that has ended since."""
    del reason
    return render(request, "web/stale_form.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Status 500: no trace, and nothing that needs the database."""
    del request
    return HttpResponse(render_to_string("web/server_error.html"), status=500)
