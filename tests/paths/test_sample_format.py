"""Every paper of the sample campaign, issued and as a draft, is in form: the checker finds no error."""

from __future__ import annotations

import pytest

from docgen.rules import check_docx
from tests.paths.sample_papers import Paper

pytestmark = pytest.mark.django_db


def errors(docx: bytes, paper: Paper) -> list[str]:
    return [
        f"{paper.code} {found.rule}: {found.message} ({found.where.text})"
        for found in check_docx(docx, on=paper.on)
        if found.severity == "E"
    ]


def test_issued_papers_have_no_fault_of_form(papers: list[Paper]) -> None:
    assert len(papers) > 200
    assert [fault for paper in papers for fault in errors(paper.docx, paper)] == []


def test_drafts_have_no_fault_of_form(papers: list[Paper]) -> None:
    assert [fault for paper in papers for fault in errors(paper.draft, paper)] == []
