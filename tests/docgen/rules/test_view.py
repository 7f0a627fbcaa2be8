"""What the view sees: automatic numbers, capitals by format, hidden and raised text, fields."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Pt

from docgen.rules.opening import open_docx
from docgen.rules.view.build import build_view
from docgen.rules.view.model import Para


def paras(document: Any) -> list[Para]:
    out = io.BytesIO()
    document.save(out)
    return [para for para in build_view(open_docx(out.getvalue())).paras if not para.blank]


def test_automatic_numbers_are_part_of_the_text() -> None:
    document = Document()
    for text in ("Mục đích", "Yêu cầu"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Gạch đầu dòng", style="List Bullet")
    assert [para.text for para in paras(document)] == [
        "1. Mục đích",
        "2. Yêu cầu",
        "- Gạch đầu dòng",
    ]


def test_capitals_by_format_hidden_and_raised_text() -> None:
    document = Document()
    line = document.add_paragraph()
    line.add_run("Kế hoạch").font.all_caps = True
    line.add_run("bí mật").font.hidden = True
    line.add_run("2").font.superscript = True
    assert [para.text for para in paras(document)] == ["KẾ HOẠCH"]


def test_looks_come_through_styles_and_direct_format_wins() -> None:
    document = Document()
    base = document.styles.add_style("Gốc", 1)
    base.font.size, base.font.bold = Pt(13), True
    style = document.styles.add_style("Con", 1)
    style.base_style = base
    line = document.add_paragraph("một ", style="Con")
    line.add_run("hai").bold = False
    (para,) = paras(document)
    assert [(run.look.size, run.look.bold) for run in para.runs] == [(13, True), (13, False)]
