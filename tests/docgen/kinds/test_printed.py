"""The papers as LibreOffice prints them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from docgen.engine.pdf import convert_to_pdf, count_pages
from tests.docgen.kinds import cases_congress, cases_decisions
from tests.docgen.kinds.cases import CASES, make
from tests.docgen.kinds.letter_cases import LETTER_PAGES

# A clerk counts sheets: one page each, an annex or a long text one more, never an empty page.
PAGES = {
    "founding_decision/thanh_lap": 2,
    "founding_decision/cong_nhan_du_thao": 2,
    "committee_decision/lam_thoi": 1,
    "committee_decision/cong_nhan": 2,
    "introduction_letter/giay_gioi_thieu": 1,
    "invitation/giay_moi": 1,
    "plan/expected": 9,
    "assignment_decision/phu_trach_dia_ban": 2,
    "assignment_decision/phu_trach_dia_ban_du_thao": 2,
    "launch_minutes/bien_ban_ra_mat": 2,
    **cases_decisions.PAGES,
    **cases_congress.PAGES,
    **LETTER_PAGES,
}


@pytest.mark.soffice
def test_papers_print_on_as_many_pages_as_a_clerk_expects(tmp_path: Path) -> None:
    files = [(case.replace("/", "-"), make(case).docx) for case in CASES]
    results = convert_to_pdf(files, profile=tmp_path / "lo")
    pages = {
        case: count_pages(result.pdf or b"") for case, result in zip(CASES, results, strict=True)
    }
    # Full to the last line: the signature stays on the page or goes over whole, by a point of the font.
    assert pages.pop("committee_decision/chi_dinh") in {1, 2}
    assert pages.pop("quota_decision/giao_chi_tieu") in {2, 3}
    assert pages == PAGES
    assert all(_words(result.pdf or b"") for result in results)


def _words(pdf: bytes) -> bool:
    """Every page says something."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return all(len(page.get_textpage().get_text_bounded().split()) > 10 for page in document)
    finally:
        document.close()
