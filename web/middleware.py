"""What every answer of the desk has: headers that keep strangers out, and expected errors as pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
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
TOO_LARGE = 413
#: Bytes of a request: many scans at once from a page, one file from a program. Django bounds only what is not a file.
MAX_BODY = 512 * 2**20
MAX_API_BODY = 64 * 2**20

log = logging.getLogger(__name__)


class DeskMiddleware:
    """Headers on every answer; a page or a fragment in Vietnamese for every error of `core.errors`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = too_large(request) or self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        # What a page shows is not for the next person at the same PC.
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """No text of an office holds a NUL, and PostgreSQL takes none: nobody but an attacker sends one."""
        del view, args, kwargs
        sent = [request.GET]
        if not request.path.startswith("/api/") and request.method == "POST":
            sent.append(request.POST)  # parsed already, for the token of the form
        texts = [text for group in sent for _, values in group.lists() for text in values]
        if any("\x00" in text for text in (request.path, *texts)):
            return render(request, "web/bad_request.html", status=400)
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Expected errors become an answer; all others go on to the page of status 500."""
        if not isinstance(fault, DocgenError):
            return None
        if isinstance(fault, Outage):
            log.warning("%s: %s", request.path, fault.message)
        return fault_response(request, fault)


def too_large(request: HttpRequest) -> HttpResponse | None:
    """The answer to a body above the limit, before any of it is read."""
    api = request.path.startswith("/api/")
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = MAX_API_BODY if api else MAX_BODY
    if not length.isdigit() or int(length) <= limit:
        return None
    message = f"Dữ liệu gửi lên quá lớn (quá {limit // 2**20} MB). Chia thành nhiều lần gửi."
    if api:
        error = {"code": "too_large", "message": message, "facts": {"limit": limit}}
        return JsonResponse({"error": error}, status=TOO_LARGE)
    return render(request, "web/too_large.html", {"message": message}, status=TOO_LARGE)


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
