"""The printable register (sổ đăng ký văn bản đi, đến): cover and ten legal columns (ND30 PL IV, Điều 16 k2b).

Pure: rows and cover facts in, the bytes of a .docx out; the same input gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from registry.books import (
    INCOMING_COLUMNS,
    OUTGOING_COLUMNS,
    TITLES,
    Book,
    IncomingRow,
    OutgoingRow,
)
from registry.models import Direction

FONT = "Times New Roman"
_CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DOTS = "." * 20
#: Columns with words stand left; dates, numbers and counts stand in the middle.
_WORDY = {
    Direction.OUTGOING: frozenset({2, 3, 4, 5, 9}),
    Direction.INCOMING: frozenset({2, 5, 6, 9}),
}


def register_book(
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow], book: Book, *, volume: str = ""
) -> bytes:
    """The register of one body and year as .docx, A4 landscape, ready to be printed and bound.

    ``volume`` is the number of the volume on the cover (Quyển số); empty leaves dots for the pen.
    """
    document = Document()
    _style(document)
    _cover(document, book, volume)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _without_border(section)
    _page_number(section)
    columns = OUTGOING_COLUMNS if book.direction == Direction.OUTGOING else INCOMING_COLUMNS
    _table(document, columns, rows, wordy=_WORDY[Direction(book.direction)])
    # Without a paragraph behind the table LibreOffice drops the section and its page break.
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)
    return _saved(document)


def _style(document: DocxDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(12)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(15)
    section.footer_distance = Mm(8)
    section.header_distance = Mm(8)


def _cover(document: DocxDocument, book: Book, volume: str) -> None:
    _page_border(document.sections[0])
    if book.parent:
        _line(document, book.parent.upper(), size=14, before=12)
    _line(document, book.org.upper(), size=14, before=0 if book.parent else 12, bold=True)
    _line(document, "_" * 12, size=10)
    _line(document, TITLES[Direction(book.direction)], size=28, before=72, bold=True)
    _line(document, f"Năm: {book.year}", size=16, before=12)
    first, last = _day(book.first_date) or _DOTS, _day(book.last_date) or _DOTS
    _line(document, f"Từ ngày {first} đến ngày {last}", size=14, before=40)
    if len(book.spans) > 1:
        for span in book.spans:
            _line(document, f"Dãy số {span.series}: {_numbers(span.first, span.last)}", size=14)
    else:
        _line(document, _numbers(book.first_number, book.last_number), size=14)
    _line(document, f"Quyển số: {volume or _DOTS}", size=14, before=6)
    for told in _remarks(book):
        _line(document, told, size=11, before=6)


def _numbers(first: str, last: str) -> str:
    return f"Từ số {first or _DOTS} đến số {last or _DOTS}"


def _remarks(book: Book) -> list[str]:
    """That the numbers are continuous, and which were kept or inserted."""
    several = len(book.spans) > 1
    words = [f"{span.series}: {span.words}" if several else span.words for span in book.spans]
    told = [f"Số văn bản {'; '.join(words)}."] if words else []
    if book.kept:
        told.append(f"Số giữ chỗ: {_listed(book.kept)}.")
    if book.inserted:
        told.append(f"Số chèn: {_listed(book.inserted)}.")
    return told


def _listed(numbers: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{full} ({reason})" if reason else full for full, reason in numbers)


def _line(
    document: DocxDocument, text: str, *, size: int, before: int = 0, bold: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold or None


def _table(
    document: DocxDocument,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[OutgoingRow] | Sequence[IncomingRow],
    *,
    wordy: frozenset[int],
) -> None:
    table = document.add_table(rows=2 + len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_widths(table, [width for _, width in columns])
    # table.rows[i] walks the whole table each time: a book of 3,000 lines would take minutes.
    lines = list(table.rows)
    for at, (heading, _) in enumerate(columns):
        _fill(lines[0].cells[at], heading, middle=True, bold=True)
        _fill(lines[1].cells[at], f"({at + 1})", middle=True)
    for line in lines[:2]:
        _mark(line, "w:tblHeader")
    for line in lines:
        _mark(line, "w:cantSplit")
    for line, row in zip(lines[2:], rows, strict=True):
        for at, (cell, value) in enumerate(zip(line.cells, row.columns(), strict=True)):
            _fill(cell, _text(value), middle=at not in wordy)


def _text(value: object) -> str:
    if isinstance(value, date):
        return _day(value)
    return "" if value is None else str(value)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _fill(cell: _Cell, text: str, *, middle: bool, bold: bool = False) -> None:
    for at, line in enumerate(text.split("\n")):
        paragraph: Paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.LEFT
        if line:
            run = paragraph.add_run(line)
            run.font.size = Pt(11)
            run.bold = bold or None


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(
            qn("w:w"), "60"
        )  # 1 mm instead of 1.9: a date of ten characters stays on one line
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - no public way
    if look is None:
        raise RuntimeError("The table style has no w:tblLook.")
    look.addprevious(margins)  # order of CT_TblPr


def _mark(line: _Row, name: str) -> None:
    line._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - no public way


def _page_border(section: Section) -> None:
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "text")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "double"), ("sz", "6"), ("space", "4"), ("color", "auto")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    _after_margins(section, borders)


def _after_margins(section: Section, element: _Element) -> None:
    """Borders and page numbering stand behind the margins (order of CT_SectPr)."""
    margins = section._sectPr.find(qn("w:pgMar"))  # noqa: SLF001 - no public way
    if margins is None:
        raise RuntimeError("The section has no margins.")
    margins.addnext(element)


def _without_border(section: Section) -> None:
    """A new section copies the one before it; only the cover has a border."""
    for borders in section._sectPr.findall(qn("w:pgBorders")):  # noqa: SLF001 - no public way
        section._sectPr.remove(borders)  # noqa: SLF001


def _page_number(section: Section) -> None:
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - no public way
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    _after_margins(section, start)


def _saved(document: DocxDocument) -> bytes:
    """Bytes without a trace of the moment: python-docx stamps the time into each part of the archive."""
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title = "Sổ đăng ký văn bản"
    core.created = core.modified = _CREATED
    core.revision = 1
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            target.writestr(info, source.read(name))
    return out.getvalue()
