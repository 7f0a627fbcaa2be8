"""Papers are found by what people type."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from core.errors import NotFound, UserError
from docgen.services.access import get_document
from records.models import Campaign
from tests.sample import PLAN, draft, issued

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["01/KH-LĐLĐ", " 01/KH-LĐLĐ \n", unicodedata.normalize("NFD", "01/KH-LĐLĐ")]
)
def test_a_paper_is_found_by_its_number(sample: Campaign, typed: str) -> None:
    paper = issued(*PLAN, on=MAY_2)
    assert get_document(typed).pk == paper.pk
    assert get_document(str(paper.pk)).pk == paper.pk


@pytest.mark.parametrize("typed", ["", "  ", "99/KH-LĐLĐ", "0b0e5b1e-0000-4000-8000-000000000000"])
def test_what_does_not_exist_is_said(sample: Campaign, typed: str) -> None:
    draft(*PLAN, on=MAY_2)  # a draft has no number: nothing typed does not mean it
    with pytest.raises(NotFound, match="Không có văn bản"):
        get_document(typed)


def test_a_number_of_several_bodies_lists_them_with_their_days(sample: Campaign) -> None:
    papers = [
        issued("founding_decision", f"case:{code}", on=MAY_16) for code in ("hs24-001", "hs24-051")
    ]
    assert {paper.code for paper in papers} == {"01/QĐ-LĐLĐ"}
    with pytest.raises(UserError, match="Có nhiều văn bản mang số 01/QĐ-LĐLĐ") as caught:
        get_document("01/QĐ-LĐLĐ")
    for paper in papers:
        assert f"{paper.issuer.name}, 16/05/2024 ({paper.pk})" in caught.value.message
