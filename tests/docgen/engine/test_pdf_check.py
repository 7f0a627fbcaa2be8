"""A PDF is believed only when its pages, words and fonts are those of the Word file."""

from __future__ import annotations

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from core.errors import Outage
from docgen.engine.pdf_check import count_pages, inspect, pdf_problem, same_every_time
from docgen.engine.pdf_merge import merge_pdfs
from tests.docgen.engine import make

WORDS = "Quyet dinh thanh lap cong doan"


def pdf(text: str = "", *, pages: int = 1) -> bytes:
    """Pages with a line in Helvetica, one of the fonts that a PDF need not bring along."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        page = document.new_page(595, 842)
        if text:
            line = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 12.0)
            letters = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
            pdfium.FPDFText_SetText(line, ctypes.cast(letters, pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_Transform(line, 1, 0, 0, 1, 50, 700)
            pdfium.FPDFPage_InsertObject(page.raw, line)
            pdfium.FPDFPage_GenerateContent(page.raw)
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_pages_words_and_fonts_are_seen() -> None:
    facts = inspect(pdf(WORDS, pages=2))
    assert facts is not None
    assert facts.pages == 2
    assert facts.words == {"quyet", "dinh", "thanh", "lap", "cong", "doan"}
    assert facts.foreign_fonts == ("Helvetica",)


def test_a_font_that_is_not_in_the_file_is_a_problem_with_its_name() -> None:
    pages, problem = pdf_problem(make.template(WORDS), pdf(WORDS))
    assert pages == 1
    assert problem is not None
    assert "không nhúng phông chữ Helvetica" in problem


def test_words_that_are_gone_are_a_problem() -> None:
    _, problem = pdf_problem(make.template("Quyết định thành lập công đoàn"), pdf())
    assert problem is not None
    assert "chỉ còn 0 trong 6 từ" in problem


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 cut", b"PK"])
def test_what_is_no_pdf_is_a_problem(data: bytes) -> None:
    assert inspect(data) is None
    assert pdf_problem(make.template("x"), data)[1] is not None


def test_an_empty_paper_may_have_an_empty_pdf() -> None:
    assert pdf_problem(make.template(""), pdf()) == (1, None)


def test_what_is_not_libreoffices_is_left_as_it_is() -> None:
    other = pdf(WORDS)
    assert count_pages(same_every_time(make.template("x"), other)) == 1
    assert same_every_time(b"no Word file", b"no PDF") == b"no PDF"


def test_a_damaged_pdf_ends_the_merge_and_nothing_gives_nothing() -> None:
    out = io.BytesIO()
    with pytest.raises(Outage, match="PDF hỏng"):
        merge_pdfs([pdf(), b"%PDF-1.7 cut"], out=out, duplex=False)
    assert merge_pdfs([], out=out, duplex=True) == 0
    assert out.getvalue() == b""
    assert merge_pdfs([pdf(), pdf(pages=2), pdf()], out=out, duplex=True) == 5
    assert count_pages(out.getvalue()) == 5
