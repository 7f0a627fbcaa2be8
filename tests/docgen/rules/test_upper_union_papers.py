"""Every variant of the upper union's papers, draft and issued, by the rules of 2024 and 2025: no error of form."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from docgen.engine import compile_template
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import make_document
from docgen.rules import check_docx
from tests.docgen.kinds.cases import TEMPLATES
from tests.docgen.kinds.cases_decisions import CASES
from tests.docgen.kinds.reading import dump
from tests.docgen.rules.test_own_papers import errors

BEFORE, AFTER = date(2024, 5, 6), date(2025, 11, 14)
every_case = pytest.mark.parametrize("case", sorted(CASES))


def made(case: str, numbering: Numbering) -> bytes:
    """The paper with another number and day. Only its form is asked: what it says need not fit that day."""
    kind, data = get_kind(case.partition("/")[0]), CASES[case][0]
    template = TEMPLATES / f"{kind.template(data)}.docx"
    return compile_template(template.read_bytes()).render(kind.context(data, numbering)).docx


@every_case
@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_no_error_of_form_on_either_side_of_the_reform(case: str, on: date) -> None:
    for numbering in (Numbering(intended_date=on), Numbering(number=7, issue_date=on)):
        docx = made(case, numbering)
        assert [f.message for f in check_docx(docx, on=on) if f.severity == "E"] == []
        decides = not case.startswith("assignment_notice")
        assert ("QUYẾT ĐỊNH:" in dump(docx)) == (decides and on == BEFORE)


def _decomposed(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    if isinstance(value, list):
        return [_decomposed(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _decomposed(entry) for key, entry in value.items()}
    return value


@every_case
def test_decomposed_letters_make_the_same_paper(case: str) -> None:
    data, numbering = CASES[case]
    loose = _decomposed(data)
    assert isinstance(loose, dict)
    kind = case.partition("/")[0]
    whole, apart = (
        make_document(kind, one, numbering=numbering, templates=TEMPLATES) for one in (data, loose)
    )
    assert whole.sha256 == apart.sha256
    assert errors(apart.docx) == []
