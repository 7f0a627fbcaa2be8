"""What a reader sees of a Word file: its text block by block, and the looks a rule can measure."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def open_docx(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def dump(data: bytes) -> str:
    """Every paragraph and table of the body in order; table cells under their row and column."""
    document = open_docx(data)
    lines: list[str] = []
    for block in document.element.body:
        if block.tag == qn("w:p"):
            lines.append(_paragraph(Paragraph(block, document)))
            if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                lines.append("=== phần mới ===")
        elif block.tag == qn("w:tbl"):
            lines += _table(Table(block, document))
    return "\n".join(line for line in lines if line) + "\n"


def _paragraph(paragraph: Paragraph) -> str:
    if not paragraph.text.strip():
        return "[kẻ]" if paragraph._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None else ""
    return f"{paragraph.style.name}: {paragraph.text}".replace("\n", " ⏎ ")


def _table(table: Table) -> list[str]:
    lines = []
    for row_at, row in enumerate(table.rows, 1):
        for cell_at, cell in enumerate(dict.fromkeys(row.cells), 1):  # a merged cell once
            texts = [text for text in map(_paragraph, cell.paragraphs) if text]
            lines += [f"  [{row_at}.{cell_at}] {text}" for text in texts]
    return ["<bảng>", *lines, "</bảng>"]


@dataclass(frozen=True)
class Look:
    """Looks of a paragraph, worked out through its style; lengths in points."""

    text: str
    style: str
    size: float
    bold: bool
    italic: bool
    align: Any
    first: float
    before: float
    after: float
    line: float


def looks(data: bytes) -> list[Look]:
    """Looks of every paragraph with text, tables included, in document order."""
    document = open_docx(data)
    found = [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]
    return [_look(paragraph) for paragraph in found if paragraph.text.strip()]


def _look(paragraph: Paragraph) -> Look:
    style, own = paragraph.style, paragraph.paragraph_format
    base = style.paragraph_format
    before = own.space_before if own.space_before is not None else base.space_before
    after = own.space_after if own.space_after is not None else base.space_after
    return Look(
        text=paragraph.text,
        style=style.name,
        size=style.font.size.pt,
        bold=bool(style.font.bold),
        italic=bool(style.font.italic),
        align=base.alignment,
        first=base.first_line_indent.pt,
        before=before.pt,
        after=after.pt,
        line=base.line_spacing,
    )


def rules_drawn(data: bytes) -> list[tuple[str, float]]:
    """Each drawn rule: the text above it, and its length in points (room less both indents)."""
    document = open_docx(data)
    section = document.sections[0]
    page = (section.page_width - section.left_margin - section.right_margin) / 12700
    drawn = []
    for paragraph in document.element.body.iter(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        if properties is None or properties.find(qn("w:pBdr")) is None:
            continue
        indent = properties.find(qn("w:ind"))
        sides = (int(indent.get(qn("w:left"))) + int(indent.get(qn("w:right")))) / 20
        parent = paragraph.getparent()
        width = parent.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if parent.tag == qn("w:tc") else None
        room = page if width is None else int(width.get(qn("w:w"))) / 20
        above = paragraph.getprevious()
        drawn.append((Paragraph(above, document).text, room - sides))
    return drawn
