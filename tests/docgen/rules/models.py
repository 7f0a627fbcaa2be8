"""The models of ND30 PL III cut apart into single documents, and the real plan typed as one. For tests."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.docgen.rules.spoil import ALIGN

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reference"
MODELS = SHARED / "nd30" / "Phuluc3.docx"
_START = re.compile(
    r"^Mẫu (?P<number>\d\.\d+) - |^Mẫu văn bản \(được ban hành.*văn bản (?P<form>giấy|điện tử)"
)


def _text(element: Any) -> str:
    paragraphs = element.iter(qn("w:p"))
    return "\n".join(
        "".join(node.text or "" for node in p.iter(qn("w:t"))) for p in paragraphs
    ).strip()


def cut_models() -> dict[str, bytes]:
    """Number of the model to a file that holds it alone, without its explanatory small print."""
    source = Document(str(MODELS))
    spans: dict[str, tuple[int, int]] = {}
    name, start = "", 0
    blocks = list(source.element.body)
    for at, block in enumerate(blocks):
        text = _text(block)
        found = _START.match(text) if block.tag == qn("w:p") else None
        if found:
            name, start = found["number"] or f"1.3 kèm theo, {found['form']}", at + 1
        elif name and block.tag == qn("w:tbl") and text.startswith("Ghi chú"):
            spans[name] = (start, at)
            name = ""
        elif (
            name and block.tag == qn("w:tbl") and "\nGhi chú:" in text
        ):  # model 1.6: in the last row
            spans[name] = (start, at + 1)
            name = ""
    return {name: _alone(span) for name, span in spans.items()}


def _alone(span: tuple[int, int]) -> bytes:
    document = Document(str(MODELS))
    body = document.element.body
    for at, block in enumerate(list(body)):
        if block.tag != qn("w:sectPr") and not span[0] <= at < span[1]:
            body.remove(block)
    for row in list(body.iter(qn("w:tr"))):
        if _text(row).startswith("Ghi chú"):
            row.getparent().remove(row)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PLAN_TEXT = SHARED / "plan-70-KH-LDLD-2024.txt"
_PLACE = re.compile(r"^\S.{2,30}, ngày .* năm \d{4}$")


def typed_text(text: str) -> bytes:
    """A flattened text typed as a document: header lines where they stand, body justified, signer at the right."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = next(
        at for at, line in enumerate(lines) if line.isupper() and not line.startswith("**")
    )
    ending = next(at for at, line in enumerate(lines) if line.startswith("Nơi nhận"))
    for at, line in enumerate(lines):
        if at < title:
            _line(document, line, italic=bool(_PLACE.match(line)), align="center", size=13)
        elif at <= title + 1:
            _line(document, line, bold=True, align="center")
        elif at == ending:
            _line(document, line, bold=True, italic=True, size=12)
        elif at > ending and line.startswith("-"):
            _line(document, line, size=11)
        elif at > ending:
            _line(document, line, bold=True, align="center", left=250)
        else:
            heading = bool(re.match(r"^[IVX]+\.|^\d+\.[^:]{1,60}$", line))
            _line(document, line, bold=heading, align="both", first=36)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, align: str = "left",
    size: float = 14, first: float = 0, left: float = 0,
) -> None:  # fmt: skip
    line = document.add_paragraph()
    line.alignment = ALIGN[align]
    line.paragraph_format.first_line_indent, line.paragraph_format.left_indent = Pt(first), Pt(left)
    line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(6), 1.0
    run = line.add_run(text)
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), "Times New Roman"
