"""Pages about the interface: one's keys, and how to use it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from core.errors import NotFound
from web.api import keys
from web.api.endpoints import api
from web.models import Access, ApiToken
from web.rights import Right
from web.viewer import DeskRequest, desk, note_access

_JSON = "application/json"


@never_cache
@desk(methods=("GET", "HEAD", "POST"))
def tokens(request: DeskRequest) -> HttpResponse:
    """One's keys (an administrator sees everybody's); POST makes one, shown once."""
    made = None
    if request.method == "POST":
        row, made = keys.make_key(request.user, name=request.POST.get("name", ""))
        note_access(request, Access.DID, f"token:{row.pk}", f"lập mã truy cập: {row.name}"[:300])
    rows = ApiToken.objects.select_related("user").order_by("revoked_at", "-id")
    everybody = request.viewer.may(Right.ADMINISTER)
    if not everybody:
        rows = rows.filter(user=request.user)
    context = {"rows": rows[:200], "made": made, "everybody": everybody}
    return render(request, "web/api/tokens.html", context)


@desk(methods=("POST",))
def token_revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    row = get_object_or_404(ApiToken, pk=pk)
    if row.user_id != request.user.pk and not request.viewer.may(Right.ADMINISTER):
        raise NotFound("Không có mã truy cập này.")
    keys.revoke(row)
    note_access(request, Access.DID, f"token:{row.pk}", f"thu hồi mã truy cập: {row.name}"[:300])
    return redirect("web:tokens")


@desk()
def api_schema(request: DeskRequest) -> HttpResponse:
    """The OpenAPI description, for programs that make clients from it."""
    del request
    text = json.dumps(api.get_openapi_schema(path_prefix="/api/"), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type=_JSON)
    response["Content-Disposition"] = 'attachment; filename="openapi.json"'
    return response


@desk()
def api_guide(request: DeskRequest) -> HttpResponse:
    """The description as a page, in Vietnamese and without any script."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/")
    parts = schema["components"]["schemas"]
    calls = [
        _call(path, method, described, parts)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    ]
    address = request.build_absolute_uri("/").rstrip("/")
    return render(request, "web/api/guide.html", {"calls": calls, "address": address})


def _call(
    path: str, method: str, described: dict[str, Any], parts: dict[str, Any]
) -> dict[str, Any]:
    """One call as the page needs it."""
    body = described.get("requestBody", {}).get("content", {})
    media: dict[str, Any] = next(iter(body.values()), {})
    shape = media.get("schema", {})
    fields = [
        {
            "name": one["name"],
            "label": one["schema"].get("title", ""),
            "about": one.get("description", one["schema"].get("description", "")),
            "required": one.get("required", False),
        }
        for one in described.get("parameters", [])
    ]
    return {
        "method": method.upper(),
        "path": path,
        "summary": described.get("summary", ""),
        "about": described.get("description", ""),
        "fields": fields + _fields(_found(shape, parts)),
        "answer": _fields(_found(_answer(described), parts)),
        "is_file": next(iter(body), "").startswith("multipart"),
        "has_body": bool(body),
        "id": described.get("operationId", path),
    }


def _answer(described: dict[str, Any]) -> dict[str, Any]:
    responses: dict[int, dict[str, Any]] = described["responses"]
    content = responses.get(200, {}).get("content", {})
    found: dict[str, Any] = content.get(_JSON, {}).get("schema", {})
    return found


def _found(shape: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    name = shape.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = parts.get(name, shape)
    return found


def _fields(shape: dict[str, Any]) -> list[dict[str, Any]]:
    required = shape.get("required", [])
    return [
        {
            "name": name,
            "label": one.get("title", ""),
            "about": one.get("description", ""),
            "required": name in required,
        }
        for name, one in shape.get("properties", {}).items()
    ]
