"""Writing who may sign for whom while somebody is away."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from core.errors import Conflict, UserError
from records.models import Delegation, Person, UnionOrg
from records.selectors.orgs import org_on
from records.selectors.people import can_stand_in, signers_of
from records.services.audit import By, change, remove, write


def delegate_signing(
    org: UnionOrg,
    *,
    delegator: Person,
    delegate: Person,
    first: date,
    last: date,
    document: str,
    by: By,
) -> Delegation:
    """Let one person sign for another from the first to the last day, by that paper.

    The right is that of the first day and is asked again at every signature. Raises UserError when the one has no
    right to give or the other may not have it, DataIncomplete, Conflict for days that overlap.
    """
    row = Delegation(
        org=org, delegator=delegator, delegate=delegate, document=document,
        valid_from=first, valid_to=last,
    )  # fmt: skip
    with transaction.atomic():
        write(row, by=by)
        body = org_on(org.code, as_of=first)
        if delegator.pk not in {s.person.id for s in signers_of(body, as_of=first) if not s.basis}:
            raise UserError(
                f"{delegator} không có quyền ký văn bản của {org.name} vào ngày {first:%d/%m/%Y} nên không"
                " ủy quyền được; xem chức vụ và quyền ký trong bảng cán bộ.",
                code="no_right_to_give",
                facts={"wrong": {"delegator": "không có quyền ký"}},
            )
        if not can_stand_in(body, delegate.pk, as_of=first):
            raise UserError(
                f"{delegate} không phải cấp phó của {org.name} hay người đứng đầu một ban, văn phòng vào ngày "
                f"{first:%d/%m/%Y}. Chỉ ủy quyền ký cho những người đó (Nghị định 30/2020, Điều 13).",
                code="may_not_stand_in",
                facts={"wrong": {"delegate": "không giữ chức vụ được ký thay"}},
            )
    return row


def end_delegation(row: Delegation, *, today: date, by: By) -> None:
    """End it so that it does not hold from today on; one that has not begun is taken back.

    What was signed stays signed. Raises Conflict when it is over already.
    """
    if row.valid_to is not None and row.valid_to < today:
        raise Conflict(
            f"Ủy quyền này đã hết từ ngày {row.valid_to:%d/%m/%Y}.", code="already_ended"
        )
    if row.valid_from is not None and row.valid_from >= today:
        remove(row, by=by)
    else:
        change(row, {"valid_to": today - timedelta(days=1)}, by=by)
