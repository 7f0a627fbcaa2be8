"""What every reader hands on: lines, tables and controls of a returned file, with their places. Pure.

A reader says what stands where; what it means is decided later (`intake.extract`). Text is NFC and in Unicode letters
(TCVN3 and VNI converted), leader dots still in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

#: Left, top, right, bottom: PDF points from the top left of the page, pixels for images (contract §4).
Box = tuple[float, float, float, float]
#: What a cell of a workbook holds besides text.
Native = str | int | float | bool | date | datetime | time | None


class Channel(StrEnum):
    """How a form came (contract §4)."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF_TEXT = "pdf_text"
    PDF_SCAN = "pdf_scan"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: its key is the tag, or the alias where the tag was lost (LibreOffice 7.4 drops tags).

    ``text`` is empty while it shows its placeholder. ``checked`` is None for anything but a check box. ``choice`` is
    the stored value of a drop-down's chosen entry, where it differs from the text.
    """

    key: str
    text: str
    checked: bool | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or one line of a page."""

    text: str
    page: int | None = None
    box: Box | None = None
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a merged one stands in every place that it covers, as the same object.

    ``native`` is the value of a workbook's cell, None elsewhere. ``hidden`` says that its column or row is hidden,
    ``crowded`` that a printed text ran out of its cell, or that of the cell above into it.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    controls: tuple[Control, ...] = ()
    native: Native = None
    number_format: str = ""
    hidden: bool = False
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, every row as long as the longest; None where nothing was found.

    ``title`` is the name of a workbook's sheet.
    """

    grid: tuple[tuple[Cell | None, ...], ...]
    page: int | None = None
    box: Box | None = None
    title: str = ""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.grid[0]) if self.grid else 0

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        seen: set[int] = set()
        for row in self.grid:
            for cell in row:
                if cell is not None and id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Code:
    """A printed form code found on a page, by its QR or its letters."""

    text: str
    page: int | None = None
    by: str = "text"


@dataclass(frozen=True, slots=True)
class RawForm:
    """One returned file as its reader saw it, blocks in reading order.

    ``properties`` are the custom properties of an office file. ``scanned`` says that letters come from OCR. ``notes``
    are codes of what the reader met and a person may want to know: ``legacy_fonts``, ``tracked_changes``,
    ``struck_text``, ``hidden_cells``, ``text_box``, ``image_over_text``.
    """

    channel: Channel
    blocks: tuple[Block, ...]
    pages: int = 1
    properties: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    scanned: bool = False
    notes: frozenset[str] = frozenset()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs outside of tables."""
        return tuple(block for block in self.blocks if isinstance(block, Line))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
