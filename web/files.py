"""Files that leave the desk: as attachments, with Vietnamese names that every browser takes."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """An answer that is saved under this name (RFC 5987 for the letters), never shown or guessed at."""
    safe = "".join(letter for letter in name if letter.isprintable() and letter not in '/\\:*?"<>|')
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=safe[:200]
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
