"""What an issued paper changes in the records: the circle closes in the same transaction.

A founding decision makes the grassroots union and its members; a committee decision stands behind the
committee; launch minutes launch the union. Other kinds change nothing.
"""

from __future__ import annotations

from datetime import date

from core.errors import Conflict
from docgen.models import Document
from records.models import (
    CaseState,
    Committee,
    CommitteeKind,
    FoundingCase,
    Membership,
    OfficeHolder,
    UnionOrg,
)
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
    case = _case_of(document)
    earlier = _earlier(document)
    if case.union is not None and earlier is not None:
        _renew(case.union, document, earlier=evidence_of(earlier), by=by)
        return
    recognise_union(case, on=_dated(document), decision=evidence_of(document), by=by)


def _earlier(document: Document) -> Document | None:
    """The decision on the same case that this one follows: it was recalled, or is about to be replaced."""
    return (
        Document.objects.filter(kind=document.kind, record=document.record, number__isnull=False)
        .exclude(pk=document.pk)
        .order_by("-issued_on", "-created_at")
        .first()
    )


def _renew(union: UnionOrg, document: Document, *, earlier: str, by: By) -> None:
    """The union stands since its first decision; what stood on that one stands on this one from now on."""
    decision = evidence_of(document)
    for member in Membership.objects.filter(union=union, decision=earlier):
        change(member, {"decision": decision}, by=by)
    for committee in Committee.objects.filter(union=union, decision=earlier):
        change(committee, {"decision": decision}, by=by)
    for holder in OfficeHolder.objects.filter(org=union, appointed_by=earlier):
        change(holder, {"appointed_by": decision}, by=by)


def _seat_committee(document: Document, by: By) -> None:
    """The committee stands on its own decision from now on."""
    for row in Committee.objects.filter(case=_case_of(document)).exclude(
        kind=CommitteeKind.INSPECTION
    ):
        change(row, {"decision": evidence_of(document)}, by=by)


def _launch(document: Document, by: By) -> None:
    """The ceremony that the minutes tell of."""
    case = _case_of(document)
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
        evidence=evidence_of(document),
        by=by,
    )


def evidence_of(document: Document) -> str:
    """How the records name the paper."""
    return f"{document.code} ngày {_dated(document):%d/%m/%Y}"


#: What follows from a numbered paper, by kind.
EFFECTS = {
    "founding_decision": _found,
    "committee_decision": _seat_committee,
    "launch_minutes": _launch,
}


def apply_effects(document: Document, *, actor: str) -> None:
    """Apply what follows from a numbered paper; call inside its transaction."""
    effect = EFFECTS.get(document.kind)
    if effect is not None:
        effect(document, By(actor=actor, channel="docgen", reason=document.code))
