"""The whole text of each example, against a file a person has read.

After a wanted change: DOCGEN_GOLDEN=write pytest tests/docgen/kinds/test_golden.py, then read the diff.
"""

from __future__ import annotations

import os

from docgen.engine import compile_template
from docgen.kinds import KINDS
from docgen.vocabulary import VOCABULARY
from tests.docgen.kinds.cases import CASES, GOLDEN, TEMPLATES, every_case, make
from tests.docgen.kinds.reading import dump


@every_case
def test_text_is_the_text_a_clerk_approved(case: str) -> None:
    path = GOLDEN / f"{case}.txt"
    text = dump(make(case).docx)
    if os.environ.get("DOCGEN_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@every_case
def test_nothing_of_python_or_of_the_template_language_is_printed(case: str) -> None:
    text = dump(make(case).docx)
    for trace in ("None", "True", "False", "{{", "{%", "[]", "Undefined"):
        assert trace not in text


@every_case
def test_same_data_same_bytes(case: str) -> None:
    assert make(case) == make(case)


def test_every_kind_has_a_golden_paper_and_a_valid_example() -> None:
    assert {case.partition("/")[0] for case in CASES} >= {
        "founding_decision",
        "committee_decision",
        "introduction_letter",
        "invitation",
        "launch_minutes",
    }
    for kind in KINDS.values():
        assert kind.check(kind.schema.example) == ()


def test_shipped_templates_use_only_names_of_the_vocabulary() -> None:
    for path in sorted(TEMPLATES.glob("*/*.docx")):
        names = {name.removesuffix("[]") for name in compile_template(path.read_bytes()).names}
        assert names - set(VOCABULARY) == set(), path.name
