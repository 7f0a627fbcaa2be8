"""The interface for programs: thin. It reads what was sent, calls the service that the pages call, gives a shape.

Only a key opens it, never the cookie of a browser, so no other site can use somebody's session for it.
"""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from core.errors import DocgenError, UserError
from web.api import limits
from web.api.keys import viewer_by_key
from web.middleware import status_of
from web.rights import Right, who_may
from web.viewer import Viewer

log = logging.getLogger(__name__)
REQUESTS_A_MINUTE = 600


class NoRight(UserError):
    """The account may not do this."""

    code = "no_right"


class ByKey(HttpBearer):
    """`Authorization: Bearer docgen_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """The account behind a key."""
        viewer = viewer_by_key(token)
        if viewer is not None:
            request.viewer = viewer  # type: ignore[attr-defined]
            limits.count("api", viewer.actor, limit=REQUESTS_A_MINUTE)
        return viewer


api = NinjaAPI(
    title="Bàn văn bản",
    version="1",
    description="Soạn văn bản, xem trạng thái, tải tệp, gửi phiếu từ chương trình khác.",
    urls_namespace="api",
    auth=ByKey(),
    openapi_url=None,
    docs_url=None,
)


def viewer_in(request: HttpRequest, *rights: Right) -> Viewer:
    """The account that asks, which must have one of these rights. Raises NoRight."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not any(viewer.may(right) for right in rights):
        raise NoRight(
            f"Chỉ {who_may(rights[0])} mới được {rights[0].value}.", facts={"right": rights[0].name}
        )
    return viewer


def _fault(
    request: HttpRequest, status: int, code: str, message: str, facts: dict[str, Any]
) -> HttpResponse:
    body = {"error": {"code": code, "message": message, "facts": facts}}
    return api.create_response(request, body, status=status)


@api.exception_handler(DocgenError)
def expected(request: HttpRequest, fault: DocgenError) -> HttpResponse:
    """Expected errors in the shape of the house."""
    status = status_of(fault)
    if isinstance(fault, NoRight):
        status = 403
    if isinstance(fault, limits.TooOften):
        status = 429
    response = _fault(request, status, fault.code, fault.message, fault.facts)
    if isinstance(fault, limits.TooOften):
        response["Retry-After"] = str(limits.MINUTE)
    return response


@api.exception_handler(AuthenticationError)
def unknown_key(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    """No key, or one that does not work."""
    del fault
    response = _fault(
        request, 401, "unauthorised",
        "Mã truy cập thiếu, sai hoặc đã thu hồi. Lập mã ở trang Mã truy cập rồi gửi trong tiêu đề "
        "Authorization: Bearer …", {},
    )  # fmt: skip
    response["WWW-Authenticate"] = "Bearer"
    return response


_WRONG = {
    "missing": "thiếu",
    "extra_forbidden": "không có trường này",
    "string_too_long": "quá dài",
    "string_too_short": "quá ngắn",
    "greater_than_equal": "quá nhỏ",
    "less_than_equal": "quá lớn",
}
_MAX_FAULTS = 50


@api.exception_handler(ValidationError)
def wrong_shape(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Every field that is missing or wrong, at once."""
    missing, wrong = [], {}
    for one in fault.errors[:_MAX_FAULTS]:
        name = _place([str(part) for part in one.get("loc", ())])
        kind = str(one.get("type", ""))
        if kind == "missing":
            missing.append(name)
        else:
            wrong[name] = _WRONG.get(kind, "không đúng kiểu")
    parts = [f"thiếu {name}" for name in missing] + [f"{key}: {why}" for key, why in wrong.items()]
    return _fault(
        request, 422, "bad_input", f"Yêu cầu chưa đúng: {'; '.join(parts)}.",
        {"missing": missing, "wrong": wrong},
    )  # fmt: skip


def _place(parts: list[str]) -> str:
    """Which field of what was sent; the framework names the part of the request and our argument before it."""
    ours = parts[1:]
    if parts[:1] == ["body"] and len(ours) > 1:
        ours = ours[1:]
    return ".".join(ours)[:120] or "body"


@api.exception_handler(Http404)
def nothing_there(request: HttpRequest, fault: Http404) -> HttpResponse:
    """An address of nothing."""
    del fault
    return _fault(request, 404, "not_found", "Không có gì ở địa chỉ này.", {})


@api.exception_handler(HttpError)
def other(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """What the framework refuses: mostly a body that is no JSON."""
    return _fault(
        request,
        fault.status_code,
        "bad_request",
        "Không đọc được nội dung gửi lên (phải là JSON UTF-8).",
        {},
    )


@api.exception_handler(Exception)
def broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A fault of ours: it is in the log, not in the answer."""
    log.error("%s %s", request.method, request.path, exc_info=fault)
    return _fault(
        request,
        500,
        "broken",
        "Lỗi chương trình; chi tiết ở nhật ký máy chủ. Báo người quản trị.",
        {},
    )
