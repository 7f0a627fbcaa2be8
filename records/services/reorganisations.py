"""Dissolving, merging and handing over grassroots unions, with their members and the tree, by a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core.errors import Conflict, DataIncomplete
from records.models import (
    EnterpriseUpper,
    Membership,
    OrgParent,
    Reorganisation,
    ReorganisationAct,
    UnionOrg,
)
from records.services.audit import By, change, link, new_code, write
from records.services.enterprises import put_under
from records.services.orgs import end_org, move_org

_NEEDS_COUNTERPART = {
    ReorganisationAct.MERGE: "công đoàn cơ sở nhận sáp nhập",
    ReorganisationAct.TRANSFER: "công đoàn cấp trên tiếp nhận",
    ReorganisationAct.RECEIVE: "công đoàn cấp trên chuyển giao",
}


def plan_reorganisation(
    act: str,
    *,
    org: UnionOrg,
    unions: Iterable[UnionOrg],
    effective_on: date,
    by: By,
    **values: Any,
) -> Reorganisation:
    """Write down a decision that is to be made; ``values``: code, campaign, counterpart, reason and so on.

    Raises DataIncomplete without unions or without the counterpart that the act needs.
    """
    chosen = list(unions)
    missing = [] if chosen else ["orgs"]
    label = _NEEDS_COUNTERPART.get(ReorganisationAct(act))
    if label is not None and values.get("counterpart") is None:
        missing.append("counterpart")
    if missing:
        what = " và ".join(
            name
            for key, name in (
                ("orgs", "công đoàn cơ sở được sắp xếp"),
                ("counterpart", label or ""),
            )
            if key in missing
        )
        raise DataIncomplete(f"Chưa ghi {what}.", missing=missing)
    with transaction.atomic():
        row = Reorganisation(
            **{"code": new_code("sx"), **values}, act=act, org=org, effective_on=effective_on
        )
        write(row, by=by)
        link(row, "orgs", chosen, by=by)
    return row


def carry_out(row: Reorganisation, *, decision: str, by: By) -> None:
    """Change tree and members as the decision says (``decision``: its number and day), all or nothing.

    Raises Conflict when a union has ended already, DataIncomplete without the counterpart.
    """
    with transaction.atomic():
        unions = list(row.orgs.select_for_update().order_by("pk"))
        for union in unions:
            if row.act == ReorganisationAct.DISSOLVE:
                _dissolve(union, on=row.effective_on, decision=decision, by=by)
            elif row.act == ReorganisationAct.MERGE:
                into = _counterpart(row)
                _merge(union, into, on=row.effective_on, decision=decision, by=by)
            else:
                receiver = row.org if row.act == ReorganisationAct.RECEIVE else _counterpart(row)
                _move(union, receiver, on=row.effective_on, decision=decision, by=by)


def _counterpart(row: Reorganisation) -> UnionOrg:
    if row.counterpart is None:
        label = _NEEDS_COUNTERPART[ReorganisationAct(row.act)]
        raise DataIncomplete(f"Việc sắp xếp {row.code} chưa ghi {label}.", missing=("counterpart",))
    return row.counterpart


def _refuse_ended(union: UnionOrg, *, last_day: date) -> None:
    if union.valid_to is None or union.valid_to > last_day:
        return
    paper = f" theo {union.dissolved_by}" if union.dissolved_by else ""
    raise Conflict(
        f"{union.name} đã kết thúc hoạt động ngày {union.valid_to:%d/%m/%Y}{paper}.",
        code="already_ended",
        facts={"union": union.code},
    )


def _leave(union: UnionOrg, *, last_day: date, reason: str, by: By) -> list[Membership]:
    """End the running memberships; gives them."""
    running = list(
        Membership.objects.select_for_update(of=("self",))
        .filter(union=union, left_on__isnull=True)
        .select_related("person")
        .order_by("id")
    )
    for member in running:
        change(member, {"left_on": last_day, "left_reason": reason}, by=by)
    return running


def _dissolve(union: UnionOrg, *, on: date, decision: str, by: By) -> None:
    last_day = on - timedelta(days=1)
    _refuse_ended(union, last_day=last_day)
    _leave(union, last_day=last_day, reason=f"Giải thể {union.name}"[:200], by=by)
    end_org(union, last_day=last_day, document=decision, by=by)


def _merge(union: UnionOrg, into: UnionOrg, *, on: date, decision: str, by: By) -> None:
    """The members go on in the other union, with their cards, from the day on."""
    last_day = on - timedelta(days=1)
    _refuse_ended(union, last_day=last_day)
    _refuse_ended(into, last_day=on)
    if union.pk == into.pk:
        raise Conflict(f"{union.name} không thể sáp nhập vào chính nó.", code="circle")
    for member in _leave(union, last_day=last_day, reason=f"Sáp nhập vào {into.name}"[:200], by=by):
        moved = Membership(
            person=member.person,
            union=into,
            joined_on=on,
            card_no=member.card_no,
            decision=decision,
        )
        write(moved, by=by)
    end_org(union, last_day=last_day, document=decision, by=by, successor=into)


def _move(union: UnionOrg, receiver: UnionOrg, *, on: date, decision: str, by: By) -> None:
    """Under the receiver from the day on; the giving and the receiving decision may both say so."""
    _refuse_ended(union, last_day=on)
    if not OrgParent.objects.valid_on(on).filter(org=union, parent=receiver).exists():
        move_org(union, receiver, on=on, by=by, source=decision)
    enterprise = union.enterprise
    if enterprise is None:
        return
    if (
        not EnterpriseUpper.objects.valid_on(on)
        .filter(enterprise=enterprise, org=receiver)
        .exists()
    ):
        put_under(enterprise, receiver, on=on, by=by, source=decision)
