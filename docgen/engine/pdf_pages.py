"""Pages of a PDF as pictures, for the screen."""

from __future__ import annotations

import io

import pypdfium2

from core.errors import NotFound, Unreadable
from docgen.engine.pdf_check import PDFIUM

#: The widest picture that is drawn, in pixels: a page of A4 at 300 dots per inch.
MAX_WIDTH = 2480
#: No page is drawn longer than this many times its width.
_LONGEST = 4.0


def page_png(pdf: bytes, page: int, width: int) -> bytes:
    """Page ``page`` (from 1) of a PDF as a PNG picture ``width`` pixels wide.

    Raises NotFound for a page that is not there, Unreadable for what is no PDF or a page of no shape.
    """
    width = max(1, min(width, MAX_WIDTH))
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as fault:
            raise Unreadable("Tệp PDF bị hỏng, không xem được.", code="broken_file") from fault
        try:
            if not 1 <= page <= len(document):
                raise NotFound(f"Văn bản không có trang {page}; chỉ có {len(document)} trang.")
            return _drawn(document[page - 1], width)
        except pypdfium2.PdfiumError as fault:
            raise Unreadable(f"Không xem được trang {page} của tệp PDF.") from fault
        finally:
            document.close()


def _drawn(page: pypdfium2.PdfPage, width: int) -> bytes:
    """The picture. A page without width or far too long raises Unreadable."""
    try:
        across, down = page.get_size()
        if across <= 0 or not 0 < down <= across * _LONGEST:
            raise Unreadable("Trang PDF có khổ bất thường nên không xem được.", code="giant_page")
        picture = page.render(scale=width / across).to_pil()
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()
    finally:
        page.close()
