"""What an issued paper changes in the records: the circle closes in the same transaction.

A founding decision makes the grassroots union and its members; a committee decision stands behind the
committee; launch minutes launch the union. Other kinds change nothing.
"""

from __future__ import annotations

from datetime import date

from records.services.cases import launch_union, recognise_union

from docgen.models import Document
from records.models import CaseState, Committee, CommitteeKind, FoundingCase


def _case_of(document: Document) -> FoundingCase:
    return FoundingCase.objects.select_for_update(of=("self",)).get(
        code=document.record.removeprefix("case:")
    )


def _dated(document: Document) -> date:
    if document.issued_on is None:
        raise RuntimeError("effects are applied to numbered papers")
    return document.issued_on


def _found(document: Document, actor: str) -> None:
    recognise_union(
        _case_of(document), on=_dated(document), decision=_evidence(document), actor=actor
    )


def _seat_committee(document: Document, actor: str) -> None:
    Committee.objects.filter(case=_case_of(document)).exclude(
        kind=CommitteeKind.INSPECTION
    ).update(decision=_evidence(document))


def _launch(document: Document, actor: str) -> None:
    case = _case_of(document)
    if case.state == CaseState.RECOGNISED:
        launch_union(case, on=_dated(document), evidence=_evidence(document), actor=actor)


def _evidence(document: Document) -> str:
    """How the records name the paper."""
    return f"{document.code} ngày {_dated(document):%d/%m/%Y}"


_EFFECTS = {
    "founding_decision": _found,
    "committee_decision": _seat_committee,
    "launch_minutes": _launch,
}


def apply_effects(document: Document, *, actor: str) -> None:
    """Apply what follows from a numbered paper; call inside its transaction."""
    effect = _EFFECTS.get(document.kind)
    if effect is not None:
        effect(document, actor)
