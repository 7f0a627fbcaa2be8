"""What an issued paper changes in the records: the circle closes in the same transaction.

A founding decision makes the grassroots union and its members, an admission stands behind these; decisions
on committees stand behind their committees; launch minutes launch the union; a reorganisation changes the
tree. Congress minutes say that the congress was held, those of the first meeting whom it elected, a submission
files the dossier. Other kinds change nothing.
"""

from __future__ import annotations

from core.errors import Conflict
from docgen.models import Document
from docgen.services import effects_congress, effects_unions
from docgen.services.evidence import before, case_of, dated, evidence
from records.models import (
    CaseState,
    Committee,
    CommitteeKind,
    Membership,
    OfficeHolder,
    UnionOrg,
)
from records.services.audit import By, change
from records.services.unions import launch_union, recognise_union


def _found(document: Document, by: By) -> None:
    """Union, memberships and posts follow from the decision (Điều lệ Đ14 k1)."""
    case = case_of(document)
    earlier = before(document)
    if case.union is not None and earlier:
        _renew(case.union, document, earlier=evidence(earlier[0]), by=by)
        return
    recognise_union(case, on=dated(document), decision=evidence(document), by=by)


def _renew(union: UnionOrg, document: Document, *, earlier: str, by: By) -> None:
    """The union stands since its first decision; what stood on that one stands on this one from now on."""
    decision = evidence(document)
    for member in Membership.objects.filter(union=union, decision=earlier):
        change(member, {"decision": decision}, by=by)
    for committee in Committee.objects.filter(union=union, decision=earlier):
        change(committee, {"decision": decision}, by=by)
    for holder in OfficeHolder.objects.filter(org=union, appointed_by=earlier):
        change(holder, {"appointed_by": decision}, by=by)


def _seat_committee(document: Document, by: By) -> None:
    """The committee stands on its own decision from now on."""
    for row in Committee.objects.filter(case=case_of(document)).exclude(
        kind=CommitteeKind.INSPECTION
    ):
        change(row, {"decision": evidence(document)}, by=by)


def _launch(document: Document, by: By) -> None:
    """The ceremony that the minutes tell of."""
    case = case_of(document)
    if case.state == CaseState.LAUNCHED:
        return
    if case.launch_at is None:
        raise Conflict(
            f"Hồ sơ {case.code} chưa ghi giờ bắt đầu lễ ra mắt. Nhập giờ lễ ra mắt rồi cấp số lại.",
            facts={"case": case.code, "missing": ["launch_at"]},
        )
    launch_union(
        case,
        begins=case.launch_at,
        ends=case.launch_ends_at,
        venue=case.launch_venue,
        evidence=evidence(document),
        by=by,
    )


# Papers whose consequences are taken back when they no longer stand; the union of a founding decision stays.
_WITHDRAWN = frozenset(
    {
        "admission_decision",
        "inspection_committee_decision",
        "reorganisation_decision",
    }
)
#: What follows from a numbered paper, by kind.
EFFECTS = {
    "admission_decision": effects_unions.admit,
    "committee_decision": _seat_committee,
    "founding_decision": _found,
    "inspection_committee_decision": effects_unions.inspect,
    "launch_minutes": _launch,
    "reorganisation_decision": effects_unions.reorganise,
    "congress_minutes": effects_congress.hold_congress,
    "first_meeting_minutes": effects_congress.seat_elected,
    "submission": effects_congress.file_dossier,
}


def apply_effects(document: Document, *, actor: str) -> None:
    """Apply what follows from a numbered paper; call inside its transaction."""
    effect = EFFECTS.get(document.kind)
    if effect is not None:
        effect(document, By(actor=actor, channel="docgen", reason=document.code))


def withdraw_effects(document: Document, *, actor: str) -> None:
    """Take back what followed from a paper that is recalled or replaced; call inside its transaction.

    Raises Conflict when the records were changed again since.
    """
    if document.kind in _WITHDRAWN:
        effects_unions.withdraw(document, By(actor=actor, channel="docgen", reason=document.code))
