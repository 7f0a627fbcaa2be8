"""The papers of a filed dossier as they come in, and the day from which the deadline to decide counts (§3.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core.errors import DataIncomplete
from core.profiles import DossierItem, profile_on
from records.models import Application, CaseState, FoundingCase
from records.services.audit import By, change
from records.services.cases import locked, record_dossier

#: Before these there is no dossier to add papers to, after them nothing is awaited.
_OPEN = frozenset({CaseState.ENOUGH_APPLICATIONS, CaseState.CONGRESS_HELD, CaseState.DOSSIER_FILED})


def items_of(case: FoundingCase, *, on: date) -> tuple[DossierItem, ...]:
    """What the dossier of the case must hold by the rules of the day."""
    members = Application.objects.filter(case=case, employer_side=False).count()
    return profile_on(on).dossier_of(path=case.path, members=members)


def missing_items(case: FoundingCase, *, on: date) -> tuple[DossierItem, ...]:
    """What has not come yet."""
    received = set(case.dossier.get("received") or ())
    return tuple(item for item in items_of(case, on=on) if item.code not in received)


def add_papers(
    case: FoundingCase, codes: Iterable[str], *, on: date, by: By
) -> tuple[DossierItem, ...]:
    """Papers that came on the day, beside those that came before; gives what is still missing.

    A filed dossier is complete on the day on which its last paper came, without a fault: the deadline to decide counts
    from there (`dossier_complete_on`). The same papers again change nothing. Raises DataIncomplete for codes that no
    dossier of the case has, or when nothing is awaited.
    """
    with transaction.atomic():
        row = locked(case)
        if row.state not in _OPEN:
            raise DataIncomplete(
                f"Hồ sơ {row.code} đang ở bước “{row.get_state_display()}”, không chờ thành phần hồ sơ nào.",
                wrong={"case": row.state},
            )
        known = [item.code for item in items_of(row, on=on)]
        if strange := [code for code in codes if code not in known]:
            raise DataIncomplete(
                f"Hồ sơ {row.code} không có thành phần {', '.join(strange)}. Các mã: {', '.join(known)}.",
                wrong=dict.fromkeys(strange, "Không có thành phần này."),
            )
        before = row.dossier.get("received") or []
        received = [code for code in known if code in {*before, *codes}]
        if received != before:
            faults = row.dossier.get("faults") or {}
            row = record_dossier(row, received_on=on, received=received, faults=faults, by=by)
        missing = missing_items(row, on=on)
        whole = not missing and not row.dossier.get("faults")
        if whole and row.state == CaseState.DOSSIER_FILED and row.dossier_complete_on is None:
            change(row, {"dossier_complete_on": on}, by=by)
    return missing
