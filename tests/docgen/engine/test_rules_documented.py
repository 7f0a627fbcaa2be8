"""The guide for authors lists the rules of the checker with their severity."""

from __future__ import annotations

from docgen.engine.errors import Place
from docgen.engine.faults import RULES, Fault
from tests.architecture.sources import ROOT


def test_every_rule_is_in_the_guide() -> None:
    guide = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    for rule, text in RULES.items():
        assert f"| `{rule}` | {Fault(rule, '', Place('')).severity} | {text} |" in guide
