"""Founding cases: their moves, applications and committees (domain.md §3, §6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from core.errors import Conflict, DataIncomplete
from records.models import (
    Application,
    Campaign,
    CasePath,
    CaseState,
    CaseStep,
    Enterprise,
    FoundingCase,
    Person,
)
from records.selectors.facts import FOUNDING_MIN_MEMBERS, fact
from records.services.audit import By, change, new_code, write

#: The way of a case; each move goes one step on.
WAY: tuple[str, ...] = (
    CaseState.NOT_CONTACTED,
    CaseState.SURVEYED,
    CaseState.ELIGIBLE,
    CaseState.ORGANISING,
    CaseState.ENOUGH_APPLICATIONS,
    CaseState.CONGRESS_HELD,
    CaseState.DOSSIER_FILED,
    CaseState.RECOGNISED,
    CaseState.LAUNCHED,
)
#: Reached only by services that do what the state says.
_BY_SERVICE = frozenset({CaseState.RECOGNISED, CaseState.LAUNCHED})
#: Least age of a member at application (domain.md §5.c).
_LEAST_AGE = 15
_ASIDE = frozenset({CaseState.REFUSED, CaseState.PAUSED})


def _state_before_aside(case: FoundingCase) -> str:
    steps = CaseStep.objects.filter(case=case).exclude(state__in=_ASIDE).order_by("-id")
    last = steps.first()
    return last.state if last is not None else CaseState.NOT_CONTACTED.value


def allowed_moves(case: FoundingCase) -> tuple[str, ...]:
    """States the case may go to now. Aside (refused, paused) it goes back to where it was.

    On the appointment path (domain.md §3.4) there is no congress: from enough applications the dossier may
    be filed, or the upper union decides at once.
    """
    state = case.state
    if state in _ASIDE:
        other = CaseState.REFUSED.value if state == CaseState.PAUSED else None
        back = _state_before_aside(case)
        return (back, other) if other else (back,)
    at = WAY.index(state)
    moves = list(WAY[at + 1 : at + 2])
    if state == CaseState.ENOUGH_APPLICATIONS and case.path == CasePath.APPOINTMENT:
        moves = [CaseState.DOSSIER_FILED.value, CaseState.RECOGNISED.value]
    if at < WAY.index(CaseState.RECOGNISED):
        moves += [CaseState.REFUSED.value, CaseState.PAUSED.value]
    return tuple(str(move) for move in moves)


def create_case(
    campaign: Campaign, enterprise: Enterprise, *, by: By, **values: Any
) -> FoundingCase:
    """Open the case of an enterprise in a campaign: not contacted yet. Raises DataIncomplete (a second one)."""
    row = FoundingCase(
        **{"code": new_code("hs"), **values},
        campaign=campaign,
        enterprise=enterprise,
        state=CaseState.NOT_CONTACTED,
    )
    write(row, by=by)
    return row


def change_case(row: FoundingCase, values: Mapping[str, Any], *, by: By) -> bool:
    """Change fields of a case, not its state or union: those have services of their own."""
    if barred := {"state", "union", "campaign", "enterprise"} & set(values):
        raise ValueError(f"use move_case or recognise_union for {sorted(barred)}")
    return change(row, values, by=by)


def _refuse_move(case: FoundingCase, to: str, why: str) -> Conflict:
    label = CaseState(to).label
    return Conflict(
        f"Hồ sơ {case.code} đang ở bước “{case.get_state_display()}”, chưa chuyển được sang"
        f" “{label}”: {why}",
        code="move_refused",
        facts={"case": case.code, "from": case.state, "to": to, "allowed": allowed_moves(case)},
    )


def countable_applications(case: FoundingCase, *, on: date) -> int:
    """Applications by the day that count towards a founding: not of the employer's side, of citizens.

    Only Vietnamese citizens found a union (Luật Công đoàn 2024 Điều 5).
    """
    rows = Application.objects.filter(case=case, applied_on__lte=on, employer_side=False)
    return rows.filter(person__nationality="Việt Nam").count()


def _check_day(case: FoundingCase, to: str, on: date) -> None:
    last = CaseStep.objects.filter(case=case).order_by("-id").first()
    if last is not None and on < last.on:
        raise _refuse_move(
            case, to, f"ngày {on:%d/%m/%Y} trước bước liền trước ({last.on:%d/%m/%Y})."
        )


def _check_condition(case: FoundingCase, to: str, on: date) -> None:
    _check_day(case, to, on)
    if to == CaseState.ENOUGH_APPLICATIONS:
        least = fact(FOUNDING_MIN_MEMBERS, as_of=on).as_int()
        have = countable_applications(case, on=on)
        if have < least:
            raise _refuse_move(case, to, f"có {have:02d} đơn hợp lệ, cần từ {least:02d} đơn.")


def step_case(case: FoundingCase, to: str, *, on: date, evidence: str, note: str, by: By) -> None:
    """Write one allowed move; for the services of this room. The row must be locked by the caller."""
    if to not in allowed_moves(case):
        names = ", ".join(f"“{CaseState(move).label}”" for move in allowed_moves(case))
        raise _refuse_move(case, to, f"bước tiếp được phép là {names}.")
    if not evidence.strip():
        raise DataIncomplete(
            "Chưa ghi căn cứ chuyển bước (số văn bản hoặc chuyến khảo sát).", missing=["evidence"]
        )
    _check_condition(case, to, on)
    write(CaseStep(case=case, state=to, on=on, evidence=evidence, note=note), by=by)
    change(case, {"state": to}, by=by)


def locked(case: FoundingCase) -> FoundingCase:
    """The row as it is now, locked to the end of the transaction."""
    return FoundingCase.objects.select_for_update().get(pk=case.pk)


def move_case(
    case: FoundingCase, to: str, *, on: date, evidence: str, by: By, note: str = ""
) -> FoundingCase:
    """Move a case one step, aside (refused, paused) or back; ``evidence`` is the paper or visit behind it.

    The same move again on the same day with the same evidence changes nothing. Recognising and launching
    have services of their own. Raises Conflict (not allowed now), DataIncomplete (no evidence).
    """
    with transaction.atomic():
        row = locked(case)
        last = CaseStep.objects.filter(case=row).order_by("-id").first()
        if last and (last.state, last.on, last.evidence) == (to, on, evidence.strip()):
            return row
        if to in _BY_SERVICE and row.state not in _ASIDE:
            raise _refuse_move(row, to, "hãy dùng việc công nhận hoặc ra mắt công đoàn cơ sở.")
        step_case(row, to, on=on, evidence=evidence, note=note, by=by)
    return row


def record_dossier(
    case: FoundingCase,
    *,
    received_on: date,
    received: Sequence[str],
    faults: Mapping[str, str],
    by: By,
) -> FoundingCase:
    """Write what a filed dossier holds: codes of its papers, and what is wrong with some of them.

    The same again changes nothing. Raises DataIncomplete when a fault is of a paper that did not come.
    """
    strange = sorted(set(faults) - set(received))
    if strange:
        raise DataIncomplete(
            f"Có lỗi ghi cho thành phần chưa nhận: {', '.join(strange)}.",
            wrong=dict.fromkeys(strange, "Chưa nhận thành phần này."),
        )
    with transaction.atomic():
        row = locked(case)
        dossier = {
            "received_on": received_on.isoformat(),
            "received": list(received),
            "faults": dict(faults),
        }
        change(row, {"dossier": dossier}, by=by)
    return row


def return_dossier(
    case: FoundingCase, *, on: date, evidence: str, by: By, note: str = ""
) -> FoundingCase:
    """An incomplete dossier goes back: the case stands before its filing again, and no deadline runs.

    Back to the congress held, or to enough applications where the upper union founds (domain.md §3.4, §3.6).
    The same return again changes nothing. Raises Conflict when no dossier is filed, DataIncomplete without
    evidence.
    """
    if not evidence.strip():
        raise DataIncomplete("Chưa ghi số phiếu trả hồ sơ.", missing=["evidence"])
    with transaction.atomic():
        row = locked(case)
        last = CaseStep.objects.filter(case=row).order_by("-id").first()
        if last and (last.on, last.evidence) == (on, evidence.strip()):
            return row
        congress = row.path != CasePath.APPOINTMENT
        back = CaseState.CONGRESS_HELD if congress else CaseState.ENOUGH_APPLICATIONS
        if row.state != CaseState.DOSSIER_FILED:
            raise _refuse_move(row, back, "chỉ trả hồ sơ khi hồ sơ đã nộp và chưa quyết định.")
        _check_day(row, back, on)
        write(CaseStep(case=row, state=back, on=on, evidence=evidence, note=note), by=by)
        change(row, {"state": back.value, "dossier_complete_on": None, "decide_on": None}, by=by)
    return row


def _check_age(person: Person, on: date) -> None:
    year = person.birth_year
    if year is not None and on.year - year < _LEAST_AGE:
        raise DataIncomplete(
            f"Người làm đơn {person.code} chưa đủ {_LEAST_AGE} tuổi vào ngày làm đơn.",
            wrong={"dob": "Chưa đủ tuổi vào ngày làm đơn."},
        )


def add_application(
    case: FoundingCase, person: Person, *, applied_on: date, by: By, **values: Any
) -> Application:
    """Add a worker's application; ``values``: job, form, employer_side, position.

    The same person again gives the application there is. Raises DataIncomplete (under age), Conflict when
    the case is past its recognition.
    """
    with transaction.atomic():
        row = locked(case)
        kept = Application.objects.filter(case=row, person=person).first()
        if kept is not None:
            return kept
        if row.state in _BY_SERVICE:
            raise Conflict(
                f"Hồ sơ {row.code} đã được công nhận; đoàn viên mới do công đoàn cơ sở kết nạp.",
                code="case_closed",
            )
        _check_age(person, applied_on)
        given = {"position": Application.objects.filter(case=row).count() + 1, **values}
        new = Application(case=row, person=person, applied_on=applied_on, **given)
        write(new, by=by)
    return new


def add_applications(
    case: FoundingCase, people: Sequence[Person], *, applied_on: date, by: By, **values: Any
) -> tuple[Application, ...]:
    """Add a collective application (form 5b), in the order of its list."""
    with transaction.atomic():
        return tuple(
            add_application(case, person, applied_on=applied_on, by=by, **{"form": "5b", **values})
            for person in people
        )
