"""Members admitted by a decision, and who is charged with inspection by one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core.errors import Conflict, DataIncomplete
from records.models import (
    Application,
    Committee,
    CommitteeKind,
    CommitteeMember,
    FoundingCase,
    Membership,
    UnionOrg,
    UnionPost,
)
from records.services.audit import By, change, write
from records.services.cases import locked


def admit_members(case: FoundingCase, *, on: date, decision: str, by: By) -> UnionOrg:
    """The applicants of a case are members of its union by this decision (``decision``: number and day).

    Who joined with the founding decision keeps the day and stands on this one from now on; who did not
    becomes a member on ``on``. Again with the same decision nothing changes. Raises Conflict before the
    union is founded, DataIncomplete when somebody is a member elsewhere.
    """
    with transaction.atomic():
        row = locked(case)
        if row.union is None:
            raise Conflict(
                f"Hồ sơ {row.code} chưa có công đoàn cơ sở; ban hành quyết định thành lập hoặc công "
                "nhận công đoàn cơ sở trước.",
                code="union_missing",
                facts={"case": row.code},
            )
        people = [joiner.person for joiner in joiners_of(row, on=on)]
        held = {
            member.person_id: member
            for member in Membership.objects.select_for_update(of=("self",))
            .filter(person__in=people, left_on__isnull=True)
            .select_related("person", "union")
        }
        taken = sorted(m.person.code for m in held.values() if m.union_id != row.union_id)
        if taken:
            raise DataIncomplete(
                f"Đang là đoàn viên nơi khác: {', '.join(taken)}.",
                wrong={"memberships": ", ".join(taken)},
            )
        for person in people:
            member = held.get(person.pk)
            if member is not None:
                change(member, {"decision": decision}, by=by)
                continue
            new = Membership(person=person, union=row.union, joined_on=on, decision=decision)
            write(new, by=by)
    return row.union


def joiners_of(case: FoundingCase, *, on: date) -> list[Application]:
    """Applications made by the day, without the employer's side, in their order."""
    rows = Application.objects.filter(case=case, employer_side=False, applied_on__lte=on)
    return list(rows.select_related("person").order_by("position", "id"))


def charge_inspection(case: FoundingCase, *, duty: bool, decision: str, by: By) -> None:
    """The inspection committee of a case, or its member charged with inspection, stands on this decision.

    Raises Conflict when the records have neither.
    """
    with transaction.atomic():
        row = locked(case)
        if duty:
            seats = CommitteeMember.objects.select_for_update(of=("self",)).filter(
                committee__case=row, post=UnionPost.INSPECTION_DUTY
            )
            found: list[Committee | CommitteeMember] = list(seats.order_by("id"))
            values = {"source": decision}
        else:
            committees = Committee.objects.select_for_update(of=("self",)).filter(
                case=row, kind=CommitteeKind.INSPECTION
            )
            found = list(committees.order_by("id"))
            values = {"decision": decision}
        if not found:
            raise Conflict(
                f"Hồ sơ {row.code} không còn danh sách kiểm tra đã ghi trên quyết định. Soạn lại dự thảo.",
                code="inspection_missing",
                facts={"case": row.code},
            )
        for one in found:
            change(one, values, by=by)
