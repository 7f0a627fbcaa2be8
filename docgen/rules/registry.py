"""All rules, in the order of the rule table (domain brief §1.2), then wording."""

from __future__ import annotations

from docgen.rules.checks import (
    bases,
    body,
    header,
    number,
    page,
    recipients,
    signer,
    structure,
    title,
    wording,
)
from docgen.rules.finding import Rule


def _in_order() -> tuple[Rule, ...]:
    """Boxes from the top of the page to its foot; KG, NN, PL and MAT after the body, as in the table."""
    found = (
        *page.RULES, *header.RULES, *number.RULES, *title.RULES, *bases.RULES, *body.RULES, *structure.RULES,
        *signer.RULES, *recipients.RULES, *wording.RULES,
    )  # fmt: skip
    groups = (
        "PG",
        "QH",
        "CQ",
        "SO",
        "DD",
        "TL",
        "CC",
        "ND",
        "KY",
        "KG",
        "NN",
        "PL",
        "MAT",
        "VB",
        "PLAN",
    )
    return tuple(sorted(found, key=lambda rule: (groups.index(rule.id.partition("-")[0]), rule.id)))


RULES = _in_order()
