"""PDFs with a text layer: words into ruled cells, the rest into lines as a person reads them.

A line that was broken because the next word did not fit goes on; one that ended before its margin does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2

from core.errors import Unreadable
from intake.readers.pdfwords import PICTURE_SHARE, Page, Word, read_page
from intake.readers.raw import Block, Box, Cell, Channel, Line, RawForm, Table
from intake.readers.ruled import Grid, Span, find_grids

MAX_PAGES = 1000
MAX_SIDE = 5000.0  # points; A0 has 3,370
#: Fewer letters than this on a page with a picture make it a scan.
_FEW_WORDS = 8
#: A gap so many times the height of the letters is a column, not a space.
_COLUMN_GAP = 2.2
#: Lines further apart than this, in heights of letters, are other paragraphs.
_LINE_GAP = 1.3
#: What the estimate of a margin and of a space may be off (points).
_SLACK = 5.0
#: A line that begins so is a paragraph of its own.
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]|[-+•*]")
#: Words whose middles differ by less than this share of their height stand on one line.
_SAME_LINE = 0.5


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
    blocks = [block for page in pages for block in _blocks(page)]
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


def _blocks(page: Page) -> Iterator[Block]:
    """Lines and tables of a page from top to bottom."""
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
    found += [
        (line.box[1] if line.box else 0.0, line)
        for line in _lines(outside, page.number, page.width)
    ]
    yield from (block for _, block in sorted(found, key=lambda one: one[0]))


def _placed(word: Word, grids: Sequence[Grid]) -> tuple[int, int] | None:
    """Number of the grid and of its cell in which a word stands."""
    middle = (word.x0 + word.x1) / 2
    for at, grid in enumerate(grids):
        left, top, right, bottom = grid.box
        if not (left <= middle <= right and top <= word.middle <= bottom):
            continue
        for number, cell in enumerate(grid.cells):
            x0, y0, x1, y1 = grid.cell_box(cell)
            if x0 <= middle <= x1 and y0 <= word.middle <= y1:
                return at, number
    return None


def _table(grid: Grid, words: dict[int, list[Word]], page: int) -> Table:
    places: list[list[Cell | None]] = [[None] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for number, span in enumerate(grid.cells):
        cell = _cell(grid, span, words.get(number, []), page)
        for row in range(span.row, span.row + span.rows):
            for column in range(span.column, span.column + span.columns):
                places[row][column] = cell
    return Table(tuple(tuple(row) for row in places), page, grid.box)


def _cell(grid: Grid, span: Span, words: Sequence[Word], page: int) -> Cell:
    box = grid.cell_box(span)
    rows = _rows(words)
    text = "\n".join(_text(part) for part in _paragraphs(rows, box[2] - _padding(rows, box)))
    return Cell(text, span.row, span.column, span.rows, span.columns, page, box)


def _padding(rows: Sequence[Sequence[Word]], box: Box) -> float:
    """What a cell keeps free on the right: as much as on the left, where its text begins."""
    starts = [row[0].x0 - box[0] for row in rows]
    return min(max(min(starts, default=0.0), 0.0), 8.0)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words in printed lines, from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        height = max(word.bottom - word.top, 1.0)
        if rows and abs(_middle(rows[-1]) - word.middle) <= _SAME_LINE * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _middle(row: Sequence[Word]) -> float:
    return sum(word.middle for word in row) / len(row)


def _paragraphs(rows: Sequence[Sequence[Word]], right: float) -> list[list[list[Word]]]:
    """Printed lines put together where a line was full: the first word of the next would not have fitted."""
    parts: list[list[list[Word]]] = []
    for row in rows:
        last = parts[-1][-1] if parts else None
        if last is not None and _is_full(last, row, right):
            parts[-1].append(list(row))
        else:
            parts.append([list(row)])
    return parts


def _is_full(row: Sequence[Word], following: Sequence[Word], right: float) -> bool:
    first = following[0]
    space = 0.25 * (first.bottom - first.top)
    gap = first.top - row[-1].bottom
    near = gap <= _LINE_GAP * (first.bottom - first.top)
    return near and row[-1].x1 + space + (first.x1 - first.x0) > right - _SLACK


def _text(part: Sequence[Sequence[Word]]) -> str:
    return " ".join(_joined(row) for row in part)


def _joined(row: Sequence[Word]) -> str:
    """A printed line; a wide gap is a tab."""
    out = [row[0].text]
    for before, word in pairwise(row):
        gap = word.x0 - before.x1
        height = max(word.bottom - word.top, 1.0)
        out.append("\t" if gap > _COLUMN_GAP * height else " ")
        out.append(word.text)
    return "".join(out)


def _lines(words: Sequence[Word], page: int, width: float) -> Iterator[Line]:
    """Lines outside of tables; a full one goes on with the next where that begins no further to the right."""
    rows = _rows(words)
    right = max((row[-1].x1 for row in rows), default=0.0)
    left = min((row[0].x0 for row in rows), default=0.0)
    for part in _paragraphs_of_page(rows, left, max(right, width - left)):
        flat = [word for row in part for word in row]
        box = (
            min(word.x0 for word in flat),
            min(word.top for word in flat),
            max(word.x1 for word in flat),
            max(word.bottom for word in flat),
        )
        yield Line(_text(part), page, box)


def _paragraphs_of_page(
    rows: Sequence[Sequence[Word]], left: float, right: float
) -> list[list[list[Word]]]:
    parts: list[list[list[Word]]] = []
    for row in rows:
        last = parts[-1][-1] if parts else None
        goes_on = (
            last is not None
            and "\t" not in _joined(last)
            and "\t" not in _joined(row)
            and not _NUMBERED.fullmatch(row[0].text)
            and row[0].x0 <= max(left + 12.0, last[0].x0 + 1.0)
            and _is_full(last, row, right)
        )
        if goes_on:
            parts[-1].append(list(row))
        else:
            parts.append([list(row)])
    return parts
