"""What the tests of the campaign's papers share: a finished paper from data, and its text in reading order."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.validation import check_data
from docgen.engine import compile_template
from docgen.kinds.base import DocumentKind, Numbering

ROOT = Path(__file__).resolve().parents[3]


def example(kind: DocumentKind, **changes: object) -> dict[str, Any]:
    """The kind's example with some fields changed."""
    return {**copy.deepcopy(kind.schema.example), **changes}


def made(kind: DocumentKind, data: dict[str, Any], numbering: Numbering) -> bytes:
    """The finished Word file: schema check, cross-field check, context, template."""
    checked = check_data(kind.schema.fields, data)
    assert checked.ok, (checked.missing, checked.wrong)
    assert kind.check(checked.data) == ()
    template = ROOT / "templates_docx" / f"{kind.template(checked.data)}.docx"
    context = kind.context(checked.data, numbering)
    return compile_template(template.read_bytes()).render(context).docx


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def lines(document: Any) -> list[str]:
    """Every paragraph in reading order; a table row is one line, merged cells said once."""
    return [line for line in _lines(document) if line.strip(" |")]


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    bordered = table.style is not None and table.style.name == "Bảng kẻ ô"
    for row in table.rows:
        texts: list[str] = []
        for i, cell in enumerate(row.cells):
            if i == 0 or cell._tc is not row.cells[i - 1]._tc:
                texts.append("\n".join(p.text for p in cell.paragraphs if p.text.strip()))
        if bordered:
            yield " | ".join(text.replace("\n", " / ") for text in texts)
        else:
            yield from (line for text in texts for line in text.split("\n"))
