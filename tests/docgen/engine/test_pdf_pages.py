"""A page of a PDF becomes a picture of the width asked for; what is no page is said."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.errors import NotFound, Unreadable
from docgen.engine.pdf import page_count, page_png
from tests.docgen.engine.test_pdf_check import WORDS, pdf


def test_a_page_is_drawn_with_its_ink_at_the_width_asked_for() -> None:
    paper = pdf(WORDS, pages=2)
    assert page_count(paper) == 2
    picture = Image.open(io.BytesIO(page_png(paper, 2, 595)))
    assert picture.format == "PNG"
    assert picture.size == (595, 842)
    left, top, right, bottom = (
        picture.convert("L").point(lambda ink: 255 - ink).getbbox() or (0,) * 4
    )
    assert (left, bottom) == pytest.approx((50, 142), abs=6), (
        "the line stands at 50 pt, 142 pt down"
    )
    assert right > 150
    assert top > 120


def test_no_picture_is_wider_than_a_screen_needs() -> None:
    assert Image.open(io.BytesIO(page_png(pdf(), 1, 100_000))).width == 2480


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there(page: int) -> None:
    with pytest.raises(NotFound, match="chỉ có 2 trang"):
        page_png(pdf(pages=2), page, 300)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 cut", b"PK"])
def test_what_is_no_pdf(data: bytes) -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        page_png(data, 1, 300)
