"""The papers as LibreOffice prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.engine.pdf import convert_to_pdf, count_pages
from tests.docgen.kinds.cases import CASES, make

# A clerk counts sheets: one page each, an annex or a long text one more, never an empty page.
PAGES = {
    "founding_decision/thanh_lap": 2,
    "founding_decision/cong_nhan_du_thao": 2,
    "committee_decision/lam_thoi": 1,
    "committee_decision/cong_nhan": 2,
    "introduction_letter/giay_gioi_thieu": 1,
    "invitation/giay_moi": 1,
    "launch_minutes/bien_ban_ra_mat": 2,
}


@pytest.mark.soffice
def test_papers_print_on_as_many_pages_as_a_clerk_expects(tmp_path: Path) -> None:
    files = [(case.replace("/", "-"), make(case).docx) for case in CASES]
    results = convert_to_pdf(files, profile=tmp_path / "lo")
    pages = {
        case: count_pages(result.pdf or b"") for case, result in zip(CASES, results, strict=True)
    }
    assert {case: pages[case] for case in PAGES} == PAGES
    assert pages["committee_decision/chi_dinh"] in {1, 2}
