"""A page of a PDF as a picture, for the person who compares it with what was read. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2

from core.errors import NotFound, Unreadable

#: Widest and highest picture in pixels: A4 at 150 dots an inch has 1,240 by 1,754.
MAX_WIDTH, MAX_HEIGHT = 2480, 7000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, with its size in points (boxes of readings are in points), of so many pages."""

    png: bytes
    width: float
    height: float
    pages: int


def page_picture(data: bytes, *, page: int, width: int) -> Picture:
    """The page, counted from 1, so many pixels wide. Raises Unreadable, or NotFound for a page that is not there."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("Không mở được tệp PDF để xem trang.", code="broken_file") from error
    try:
        if not 1 <= page <= len(document):
            raise NotFound(f"Tệp chỉ có {len(document)} trang.", facts={"page": page})
        broad, high = document.get_page_size(page - 1)
        scale = min(min(width, MAX_WIDTH) / max(broad, 1), MAX_HEIGHT / max(high, 1))
        bitmap = document[page - 1].render(scale=scale)
        out = io.BytesIO()
        bitmap.to_pil().convert("P").save(out, "PNG")
        return Picture(out.getvalue(), broad, high, len(document))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"Không vẽ được trang {page} của tệp PDF.", code="broken_file") from error
    finally:
        document.close()
