"""The registry against the rule table of the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.rules import RULES

DOCS = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


def test_every_rule_is_documented_with_its_severity_and_source() -> None:
    rows = re.findall(
        r"(?m)^\| ([A-Z]+-\d+) \| ([EW]) \| .+ \| (.+) \|$", DOCS.read_text(encoding="utf-8")
    )
    assert rows == [(rule.id, rule.severity, rule.source) for rule in RULES]


def test_ids_are_given_once_and_every_rule_says_what_it_checks() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(
        rule.title and (rule.check.__doc__ or "").startswith(f"{rule.id}: ") for rule in RULES
    )
