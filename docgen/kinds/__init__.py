"""One module per document kind: schema, cross-field rules, template context. Pure."""

from __future__ import annotations

from difflib import get_close_matches

from core.errors import NotFound
from docgen.kinds import (
    admission_decision,
    assignment_decision,
    assignment_notice,
    committee_decision,
    congress_minutes,
    coordination_letter,
    correction_letter,
    dossier_return,
    first_meeting_minutes,
    founding_decision,
    inspection_committee_decision,
    introduction_letter,
    invitation,
    launch_minutes,
    launch_programme,
    plan,
    quota_decision,
    reminder_letter,
    reorganisation_decision,
    result_report,
    submission,
    survey_team_decision,
    vote_count_minutes,
)
from docgen.kinds.base import DocumentKind

# In the order of contract.md §3, which is that of a campaign.
_MODULES = (
    plan,
    assignment_decision,
    assignment_notice,
    quota_decision,
    introduction_letter,
    survey_team_decision,
    founding_decision,
    admission_decision,
    committee_decision,
    inspection_committee_decision,
    launch_minutes,
    launch_programme,
    congress_minutes,
    vote_count_minutes,
    first_meeting_minutes,
    invitation,
    reminder_letter,
    coordination_letter,
    result_report,
    submission,
    reorganisation_decision,
    dossier_return,
    correction_letter,
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
