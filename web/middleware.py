"""What every answer of the desk has: headers that keep strangers out, and expected errors as pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from core.errors import Conflict, DocgenError, NotFound, Outage

#: No inline script or style, nothing from elsewhere, in nobody's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STATUS: tuple[tuple[type[DocgenError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (Outage, 503),
)
UNPROCESSABLE = 422

log = logging.getLogger(__name__)


class DeskMiddleware:
    """Headers on every answer; a page or a fragment in Vietnamese for every error of `core.errors`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        # What a page shows is not for the next person at the same PC.
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Expected errors become an answer; all others go on to the page of status 500."""
        if not isinstance(fault, DocgenError):
            return None
        if isinstance(fault, Outage):
            log.warning("%s: %s", request.path, fault.message)
        return fault_response(request, fault)


def status_of(fault: DocgenError) -> int:
    """HTTP status of an expected error."""
    return next((code for kind, code in STATUS if isinstance(fault, kind)), UNPROCESSABLE)


def fault_response(request: HttpRequest, fault: DocgenError) -> HttpResponse:
    """The sentence of an expected error: a box at the top of the page for htmx, else a page."""
    context = {"fault": fault, "status": status_of(fault)}
    if getattr(request, "htmx", None):
        response = render(request, "web/parts/fault.html", context, status=status_of(fault))
        response.headers["HX-Retarget"] = "#faults"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "web/fault.html", context, status=status_of(fault))
