"""One module per document kind: schema, cross-field rules, template context. Pure."""

from __future__ import annotations

from difflib import get_close_matches

from core.errors import NotFound
from docgen.kinds import (
    assignment_decision,
    committee_decision,
    coordination_letter,
    correction_letter,
    dossier_return,
    founding_decision,
    introduction_letter,
    invitation,
    launch_minutes,
    plan,
    quota_decision,
    reminder_letter,
    result_report,
)
from docgen.kinds.base import DocumentKind

_MODULES = (
    assignment_decision,
    committee_decision,
    coordination_letter,
    correction_letter,
    dossier_return,
    founding_decision,
    introduction_letter,
    invitation,
    launch_minutes,
    plan,
    quota_decision,
    reminder_letter,
    result_report,
)

#: Every document kind by its key (contract.md §3).
KINDS: dict[str, DocumentKind] = {module.KIND.schema.kind: module.KIND for module in _MODULES}


def get_kind(key: str) -> DocumentKind:
    """The kind of that key. Raises NotFound, naming kinds that look alike."""
    if key in KINDS:
        return KINDS[key]
    near = get_close_matches(key, KINDS, n=3, cutoff=0.5)
    hint = f"Có phải: {', '.join(near)}?" if near else f"Các loại có: {', '.join(KINDS)}."
    raise NotFound(f"Không có loại văn bản “{key}”. {hint}", facts={"kind": key, "near": near})
