"""PDF pages drawn by pdfium for tests: texts at places, a picture over the page."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as c

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")


def drawn(
    texts: Sequence[tuple[float, float, str]],
    *,
    size: tuple[float, float] = (595, 842),
    rotation: int = 0,
    turned: int = 0,
) -> bytes:
    """One page with texts at x and y from the top left, in 11 points.

    ``turned``: the sheet's content, turned by so many degrees counter-clockwise; ``rotation``: how the page is shown.
    """
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*(size[::-1] if turned % 180 else size))
    _write(document, page, texts, size, turned=turned)
    page.set_rotation(rotation)
    return _saved(document)


def picture_page(text: str = "") -> bytes:
    """A page covered by a grey picture, with a text upon it."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    image = pypdfium2.PdfImage.new(document)
    bitmap = pypdfium2.PdfBitmap.new_native(60, 84, c.FPDFBitmap_BGR)
    bitmap.fill_rect((200, 200, 200, 255), 0, 0, 60, 84)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(image)
    page.gen_content()
    if text:
        _write(document, page, [(72, 100, text)], (595, 842))
    return _saved(document)


def _write(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    texts: Sequence[tuple[float, float, str]],
    size: tuple[float, float],
    *,
    turned: int = 0,
) -> None:
    width, height = size
    cos, sin = round(math.cos(math.radians(turned))), round(math.sin(math.radians(turned)))
    # The turned sheet is moved back into the page.
    shift = {0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turned]
    data = FONT.read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    font = c.FPDFText_LoadFont(document, buffer, len(data), c.FPDF_FONT_TRUETYPE, 1)
    for x, y, text in texts:
        item = c.FPDFPageObj_CreateTextObj(document, font, 11)
        letters = (text + "\0").encode("utf-16-le")
        c.FPDFText_SetText(item, ctypes.cast(letters, c.FPDF_WIDESTRING))
        right, up = x, height - y
        place = (right * cos - up * sin + shift[0], right * sin + up * cos + shift[1])
        c.FPDFPageObj_Transform(item, cos, sin, -sin, cos, *place)
        c.FPDFPage_InsertObject(page, item)
    page.gen_content()


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
