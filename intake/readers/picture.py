"""A page of a PDF as a picture, for the person who compares it with what was read. Pure."""

from __future__ import annotations

import io

import pypdfium2

from core.errors import NotFound, Unreadable

#: Widest and highest picture in pixels: A4 at 150 dots an inch has 1,240 by 1,754.
MAX_WIDTH, MAX_HEIGHT = 2480, 7000
#: Pages that are shown; a returned form has one or two, a long list a dozen.
MAX_PAGES = 60


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of the first pages in points: boxes of readings are in points. Raises Unreadable."""
    document = _opened(data)
    try:
        return [document.get_page_size(at) for at in range(min(len(document), MAX_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("Không đo được trang của tệp PDF.", code="broken_file") from error
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("Không mở được tệp PDF để xem trang.", code="broken_file") from error


def page_picture(data: bytes, *, page: int, width: int) -> bytes:
    """The page, counted from 1, as PNG so many pixels wide. Raises Unreadable, NotFound for no such page."""
    document = _opened(data)
    try:
        if not 1 <= page <= len(document):
            raise NotFound(f"Tệp chỉ có {len(document)} trang.", facts={"page": page})
        broad, high = document.get_page_size(page - 1)
        scale = min(min(width, MAX_WIDTH) / max(broad, 1), MAX_HEIGHT / max(high, 1))
        bitmap = document[page - 1].render(scale=scale)
        out = io.BytesIO()
        bitmap.to_pil().convert("P").save(out, "PNG")
        return out.getvalue()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"Không vẽ được trang {page} của tệp PDF.", code="broken_file") from error
    finally:
        document.close()
