"""Files on their way to the browser: safe names, nothing guessed from their content."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

#: What may be opened in the browser's own window; all else is only saved.
_HARMLESS = frozenset({"application/pdf", "image/png", "image/jpeg"})


def file_answer(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file to be saved under its name (RFC 5987 for Vietnamese)."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=clean(name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def stream_answer(pieces: Iterator[bytes], *, name: str, media_type: str) -> StreamingHttpResponse:
    """A file made on the way."""
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=clean(name)
    )
    return response


def picture_answer(data: bytes, *, media_type: str) -> HttpResponse:
    """A picture shown in a page; anything else than a picture is not."""
    shown = media_type if media_type in _HARMLESS else "application/octet-stream"
    response = HttpResponse(data, content_type=shown)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def clean(name: str) -> str:
    """The last part of a name, without what a header or a folder would trip over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (
        "".join(one for one in last if one.isprintable() and one not in '"<>|:*?').strip(". ")
        or "tep"
    )
