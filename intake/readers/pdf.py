"""PDFs with a text layer: words into ruled cells, the rest into lines as a person reads them.

A line that was broken because the next word did not fit goes on; one that ended before its margin does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2

from core.errors import Unreadable
from intake.readers.pdfflow import rows_of
from intake.readers.pdflines import cell_text, read_lines
from intake.readers.pdfwords import PICTURE_SHARE, Page, Word, read_page
from intake.readers.raw import Block, Cell, Channel, RawForm, Table
from intake.readers.ruled import Grid, Span, find_grids
from intake.readers.unruled import Columns, take_tables

MAX_PAGES = 1000
MAX_SIDE = 5000.0  # points; A0 has 3,370
#: Fewer letters than this on a page with a picture make it a scan.
_FEW_WORDS = 8
#: A word that stands out of its cell by so much of its height belongs to the text above.
_OVER = 0.12


def read_pdf(data: bytes) -> RawForm:
    """What stands in a PDF. Raises Unreadable when it cannot be opened, is locked or has too many pages."""
    document = _opened(data)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise Unreadable(
                f"Tệp PDF có {count} trang, nhiều nhất là {MAX_PAGES}. Hãy tách nhỏ rồi gửi lại.",
                code="too_many_pages",
            )
        pages = [_page(document, number) for number in range(1, count + 1)]
    finally:
        document.close()
    scanned = [
        page for page in pages if len(page.words) < _FEW_WORDS and page.picture >= PICTURE_SHARE
    ]
    if not any(page.words for page in pages) or len(scanned) == len(pages):
        return RawForm(Channel.PDF_SCAN, (), pages=count, scanned=True)
    notes = {"image_over_text"} if any(page.picture >= PICTURE_SHARE for page in pages) else set()
    blocks: list[Block] = []
    carried: Columns | None = None
    for page in pages:
        found, carried = _blocks(page, carried)
        blocks += found
    return RawForm(Channel.PDF_TEXT, tuple(blocks), pages=count, notes=frozenset(notes))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise Unreadable(
                "Tệp PDF đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", code="password"
            ) from error
        raise Unreadable(
            "Tệp PDF bị hỏng hoặc bị cắt cụt, không mở được. Hãy gửi lại tệp.", code="broken_file"
        ) from error


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        width, height = document.get_page_size(number - 1)
        if max(width, height) > MAX_SIDE:
            raise Unreadable(
                f"Trang {number} của tệp PDF lớn bất thường. Hãy in lại khổ A4 rồi gửi.",
                code="giant_page",
            )
        return read_page(document, number)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            f"Không đọc được trang {number} của tệp PDF. Hãy gửi lại tệp.", code="broken_file"
        ) from error


def _blocks(page: Page, carried: Columns | None) -> tuple[list[Block], Columns | None]:
    """Lines and tables of a page from top to bottom; ``carried`` is a list without lines that may go on."""
    grids = find_grids(page.rulings)
    within: dict[int, dict[int, list[Word]]] = {at: {} for at in range(len(grids))}
    outside: list[Word] = []
    for word in page.words:
        placed = _placed(word, grids)
        if placed is None:
            outside.append(word)
        else:
            within[placed[0]].setdefault(placed[1], []).append(word)
    found: list[tuple[float, Block]] = [
        (grid.ys[0], _table(grid, within[at], page.number)) for at, grid in enumerate(grids)
    ]
    tables, rest, carried = take_tables(rows_of(outside), page.number, carried)
    loose: list[Block] = [*tables, *read_lines(rest, page.number, page.width)]
    found += [(one.box[1] if one.box else 0.0, one) for one in loose]
    return [block for _, block in sorted(found, key=lambda one: one[0])], carried


def _placed(word: Word, grids: Sequence[Grid]) -> tuple[int, int] | None:
    """Number of the grid and of its cell in which a word stands."""
    for at, grid in enumerate(grids):
        number = grid.cell_at((word.x0 + word.x1) / 2, word.middle)
        if number is not None:
            return at, number
    return None


def _table(grid: Grid, words: dict[int, list[Word]], page: int) -> Table:
    places: list[list[Cell | None]] = [[None] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    crowded = _crowded(grid, words)
    for number, span in enumerate(grid.cells):
        cell = _cell(grid, span, words.get(number, []), page)
        if number in crowded:
            cell = replace(cell, crowded=True)
        for row in range(span.row, span.row + span.rows):
            for column in range(span.column, span.column + span.columns):
                places[row][column] = cell
    return Table(tuple(tuple(row) for row in places), page, grid.box)


def _crowded(grid: Grid, words: dict[int, list[Word]]) -> frozenset[int]:
    """Numbers of the cells into which the text above ran, and of those from which it ran: a row of exact height is
    too low for its text, and the rest stands across the line below.
    """
    found: set[int] = set()
    for number, inside in words.items():
        span = grid.cells[number]
        top = grid.cell_box(span)[1]
        over = [word for word in inside if word.top < top - _OVER * (word.bottom - word.top)]
        if any(word.text.strip(".…_") for word in over):  # leader dots may run over
            above = grid.places.get((span.row - 1, span.column))
            found |= {number} if above is None else {number, above}
    return frozenset(found)


def _cell(grid: Grid, span: Span, words: Sequence[Word], page: int) -> Cell:
    box = grid.cell_box(span)
    return Cell(cell_text(words, box), span.row, span.column, span.rows, span.columns, page, box)
