"""Our own papers: every example of every kind, issued and as a draft, raises no error."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.kinds import KINDS
from docgen.kinds.base import Numbering
from docgen.making import make_document
from docgen.rules import inspect_docx
from tests.docgen.kinds.cases import TEMPLATES, every_case, make


def errors(docx: bytes) -> list[tuple[str, str, str]]:
    return [
        (f.rule, f.message, f.where.text) for f in inspect_docx(docx).findings if f.severity == "E"
    ]


@every_case
def test_an_example_raises_no_error(case: str) -> None:
    assert errors(make(case).docx) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_draft_of_every_kind_raises_no_error(kind: str) -> None:
    data = KINDS[kind].schema.example
    assert errors(make_document(kind, data, numbering=Numbering(), templates=TEMPLATES).docx) == []


def test_the_date_on_the_paper_decides_the_rules() -> None:
    assert inspect_docx(make("plan/expected").docx).profile == "tld_2011"
    assert inspect_docx(make("committee_decision/chi_dinh").docx).profile == "tld_2024"
    assert inspect_docx(make("plan/expected").docx, on=date(2025, 1, 2)).profile == "tld_2024"
    assert inspect_docx(make("plan/expected").docx, profile="nd30").profile == "nd30"
