"""What an issued paper changes in the records: the circle closes in the same transaction.

A founding decision makes the grassroots union and its members; a committee decision stands behind the
committee; launch minutes launch the union. Other kinds change nothing.
"""

from __future__ import annotations

from datetime import date

from core.errors import Conflict
from docgen.models import Document
from records.models import CaseState, Committee, CommitteeKind, FoundingCase
from records.services.audit import By, change
from records.services.unions import launch_union, recognise_union


def _case_of(document: Document) -> FoundingCase:
    return FoundingCase.objects.select_for_update(of=("self",)).get(
        code=document.record.removeprefix("case:")
    )


def _dated(document: Document) -> date:
    if document.issued_on is None:
        raise RuntimeError("effects are applied to numbered papers")
    return document.issued_on


def _found(document: Document, by: By) -> None:
    """Union, memberships and posts follow from the decision (Điều lệ Đ14 k1)."""
    recognise_union(_case_of(document), on=_dated(document), decision=_evidence(document), by=by)


def _seat_committee(document: Document, by: By) -> None:
    """The committee stands on its own decision from now on."""
    for row in Committee.objects.filter(case=_case_of(document)).exclude(
        kind=CommitteeKind.INSPECTION
    ):
        change(row, {"decision": _evidence(document)}, by=by)


def _launch(document: Document, by: By) -> None:
    """The ceremony that the minutes tell of."""
    case = _case_of(document)
    if case.state == CaseState.LAUNCHED:
        return
    if case.launch_at is None:
        raise Conflict(f"Hồ sơ {case.code} chưa ghi giờ bắt đầu lễ ra mắt.")
    launch_union(
        case,
        begins=case.launch_at,
        ends=case.launch_ends_at,
        venue=case.launch_venue,
        evidence=_evidence(document),
        by=by,
    )


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
        effect(document, By(actor=actor, channel="docgen", reason=document.code))
