"""One fault in a paper that is right otherwise: it is found, by its rule, and nothing else is called an error."""

from __future__ import annotations

import pytest

from docgen.rules import RULES, check_docx
from tests.docgen.rules.faults import Case
from tests.docgen.rules.faults_body import ALL
from tests.docgen.rules.typist import saved, typed

EVERY = [pytest.param(case, id=f"{case.rule} {case.name}") for case in ALL]


@pytest.mark.parametrize("case", EVERY)
def test_the_fault_is_found(case: Case) -> None:
    document = typed(case.content)
    if case.spoil is not None:
        case.spoil(document)
    found = check_docx(saved(document))
    hits = [finding for finding in found if finding.rule == case.rule]
    assert hits, [(f.rule, f.message) for f in found]
    assert all(hit.message and hit.expected and hit.where.part for hit in hits)
    others = {
        f"{f.rule}: {f.message} [{f.found}]"
        for f in found
        if f.severity == "E" and f.rule != case.rule
    }
    assert {text for text in others if text.split(":")[0] not in case.also} == set()


def test_every_rule_has_a_paper_that_breaks_it() -> None:
    assert {rule.id for rule in RULES} - {case.rule for case in ALL} == set()
