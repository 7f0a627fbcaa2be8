"""Pages of a Word file on a person's shelf as pictures: converted once, by one request of the person at a time."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import DocgenError
from docgen.engine.pdf import page_count, page_png
from docgen.services.paper_checks import can_show_pages, paper_pdf
from registry.shelf import Shelf

PDF_NAME = "pages.pdf"
FAULT_NAME = "pages.txt"
#: Width of a page on the screen in pixels: sharp at the largest width of `.paper`.
WIDTH = 1000
#: Pages shown; the Word file has them all.
MOST = 40
MISSING = "Máy chủ chưa có LibreOffice nên không dựng được trang; mở tệp Word để xem."


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages to show; ``waiting`` while another request makes them, ``fault`` when they cannot be made."""

    count: int = 0
    waiting: bool = False
    fault: str = ""

    @property
    def shown(self) -> range:
        """Numbers of the pages that are shown."""
        return range(1, min(self.count, MOST) + 1)

    @property
    def hidden(self) -> int:
        """Pages that are not shown."""
        return max(0, self.count - MOST)


def pages_of(shelf: Shelf, token: str, word: str) -> Pages:
    """The pages of the file ``word`` of a thing; made when they are not there yet. Raises NotFound."""
    if shelf.has(token, PDF_NAME):
        return Pages(page_count(shelf.read(token, PDF_NAME)))
    if shelf.has(token, FAULT_NAME):
        return Pages(fault=shelf.read(token, FAULT_NAME).decode())
    if not can_show_pages():
        return Pages(fault=MISSING)
    with shelf.alone("pages") as mine:
        if not mine:
            return Pages(waiting=True)
        try:
            pdf = paper_pdf(shelf.read(token, word), name=word)
        except DocgenError as fault:
            shelf.add(token, FAULT_NAME, fault.message.encode())
            return Pages(fault=fault.message)
        shelf.add(token, PDF_NAME, pdf)
    return Pages(page_count(pdf))


def page_picture(shelf: Shelf, token: str, page: int) -> bytes:
    """One page as PNG. Raises NotFound."""
    return page_png(shelf.read(token, PDF_NAME), page, WIDTH)
