"""Files that go to the browser: Vietnamese names that every browser keeps, and never a type that it would run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.letters import clean_line

_Response = TypeVar("_Response", HttpResponse, StreamingHttpResponse, FileResponse)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"
PNG = "image/png"
JPEG = "image/jpeg"
_NAME_LENGTH = 150
#: What a file system or a header would trip over.
_UNSAFE = dict.fromkeys(map(ord, '/\\:*?"<>|\r\n\t'), "-")


def safe_name(name: str) -> str:
    """A name for a file, whoever gave it: one line, no path, not too long, its ending kept."""
    plain = clean_line(name.translate(_UNSAFE)).strip(". ") or "tep"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > len("docx"):
        stem, dot, ending = plain, "", ""
    return f"{stem[: _NAME_LENGTH - len(ending) - 1]}{dot}{ending}"


def _named(response: _Response, name: str) -> _Response:
    header = content_disposition_header(as_attachment=True, filename=safe_name(name))
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def attachment(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Bytes that are saved under this name (RFC 5987 for the letters), never shown or guessed at."""
    return _named(HttpResponse(data, content_type=media_type), name)


def streamed(pieces: Iterable[bytes], *, name: str, media_type: str) -> StreamingHttpResponse:
    """A file that is made while it is sent."""
    return _named(StreamingHttpResponse(pieces, content_type=media_type), name)


def opened(file: IO[bytes], *, name: str, media_type: str) -> FileResponse:
    """An open file, which is closed when it has been sent."""
    return _named(FileResponse(file, content_type=media_type), name)


def picture(data: bytes, *, media_type: str = PNG) -> HttpResponse:
    """A page as a picture in a page of the desk; what is no picture is only bytes."""
    shown = media_type if media_type in (PNG, JPEG) else "application/octet-stream"
    response = HttpResponse(data, content_type=shown)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
