"""What an issued paper changes in the records: the circle closes in the same transaction.

A founding decision makes the grassroots union and its members, an admission stands behind these; decisions
on committees stand behind their committees; launch minutes launch the union; a reorganisation changes the
tree. Congress minutes say that the congress was held, those of the first meeting whom it elected, a submission
files the dossier. A returned dossier takes the case back; a correction is noted beside the line of the corrected
paper. Other kinds change nothing.
"""

from __future__ import annotations

from core.errors import Conflict
from docgen.models import Document
from docgen.services import effects_congress, effects_unions
from docgen.services.access import NOTE_LENGTH
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
from records.services.cases import return_dossier
from records.services.unions import launch_union, recognise_union
from registry.registers import mark_corrected


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


def _return_dossier(document: Document, by: By) -> None:
    """The case stands before its filing again, whoever replaces the paper that sent it back."""
    if _earlier_return(document) is not None:
        return
    missing = [str(row["item"]) for row in document.data.get("missing_items", [])]
    faulty = [str(row["item"]) for row in document.data.get("faulty_items", [])]
    parts = [
        *(["Còn thiếu: " + "; ".join(missing)] if missing else []),
        *(["Phải sửa: " + "; ".join(faulty)] if faulty else []),
    ]
    return_dossier(
        case_of(document),
        on=dated(document),
        evidence=f"Phiếu chuyển số {evidence(document)}",
        note=within_column(". ".join(parts)),
        by=by,
    )


def _earlier_return(document: Document) -> Document | None:
    """The numbered paper about the same filing that this one follows."""
    earlier = next(iter(before(document)), None)
    return earlier if earlier is not None and earlier.variant == document.variant else None


def within_column(note: str) -> str:
    """A note cut to its column; the paper itself says all."""
    return note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1]}…"


def _note_correction(document: Document, by: By) -> None:
    """Column «Ghi chú» of the corrected paper's line names the letter."""
    for paper in document.cites.filter(number__isnull=False).select_related("number"):
        if paper.number is not None:
            mark_corrected(paper.number, by=f"Công văn số {evidence(document)}", actor=by.actor)


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
    "congress_minutes": effects_congress.hold_congress,
    "correction_letter": _note_correction,
    "dossier_return": _return_dossier,
    "first_meeting_minutes": effects_congress.seat_elected,
    "founding_decision": _found,
    "inspection_committee_decision": effects_unions.inspect,
    "launch_minutes": _launch,
    "reorganisation_decision": effects_unions.reorganise,
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
