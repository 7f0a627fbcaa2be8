"""Erasing a person's data where nothing stands on it any more (Luật 91/2025/QH15; NĐ 356/2025 Điều 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.errors import Conflict
from records.models import (
    Application,
    CommitteeMember,
    Delegation,
    Membership,
    OfficeHolder,
    Person,
)
from records.services.audit import By, log

ERASED = "Người đã xóa dữ liệu theo yêu cầu"
#: What is emptied; the name is replaced, for rows that refer to the person must still read.
_EMPTIED: dict[str, Any] = {
    "dob": "", "gender": "", "ethnicity": "", "religion": "", "native_place": "", "address": "",
    "id_number": None, "phone": "", "email": "", "party_date": "", "education_general": "",
    "education_professional": "", "education_political": "",
}  # fmt: skip


def reasons_to_keep(person: Person, *, today: date) -> list[str]:
    """Why the records still need the person's data; empty when they do not. Issued papers are the caller's to ask."""
    held = OfficeHolder.objects.valid_on(today).filter(person=person).select_related("org")
    found = [f"đang giữ chức vụ {office.title} của {office.org}" for office in held]
    for row in Membership.objects.filter(person=person).select_related("union"):
        if row.left_on is None or row.left_on >= today:
            found.append(f"đang là đoàn viên của {row.union} từ {row.joined_on:%d/%m/%Y}")
        elif row.decision:
            found.append(f"được kết nạp vào {row.union} theo {row.decision}, thuộc hồ sơ lưu trữ")
    seats = CommitteeMember.objects.filter(person=person).exclude(committee__decision="")
    found += [
        f"là thành viên ban được công nhận theo {seat.committee.decision}"
        for seat in seats.select_related("committee")
    ]
    if Delegation.objects.filter(Q(delegate=person) | Q(delegator=person)).exists():
        found.append("có tên trong ủy quyền ký văn bản")
    return found


def cases_of(person: Person) -> list[str]:
    """Codes of the founding cases in whose papers the person may stand."""
    applied = Application.objects.filter(person=person).values_list("case__code", flat=True)
    sat = CommitteeMember.objects.filter(person=person).values_list(
        "committee__case__code", flat=True
    )
    return sorted({code for code in (*applied, *sat) if code})


def erase_person(person: Person, *, by: By, today: date) -> None:
    """Empty the person's fields. The log says which fields, never what they said.

    Raises Conflict naming every reason to keep them.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if reasons := reasons_to_keep(row, today=today):
            raise Conflict(
                f"Chưa xóa được dữ liệu: người này {'; '.join(reasons)}.",
                code="still_needed",
                facts={"reasons": reasons},
            )
        names = sorted(key for key, empty in _EMPTIED.items() if getattr(row, key) != empty)
        for key, empty in _EMPTIED.items():
            setattr(row, key, empty)
        row.full_name, row.source, row.updated_by = ERASED, "", by.actor
        row.save()
        log(
            row,
            by=by,
            action="erased",
            before={},
            after=dict.fromkeys(["full_name", *names], "đã xóa"),
        )
