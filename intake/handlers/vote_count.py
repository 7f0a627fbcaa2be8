"""Biên bản kiểm phiếu: evidence of the congress, held against the committee and the applications."""

from __future__ import annotations

from datetime import date

from core.dates import format_short
from core.errors import Problem
from core.forms import Values
from core.numbers import format_integer
from core.text import fold
from intake import founding
from intake.handlers.base import (
    Handler,
    Known,
    case_target,
    closed_problem,
    committee_plain,
    needs_case,
    the_case,
    union_name_problems,
)
from records.services.audit import By

_EXECUTIVE = ("elected", "appointed", "provisional")


def _kinds(values: Values) -> tuple[str, ...]:
    return ("inspection",) if values.text("body") == "inspection_committee" else _EXECUTIVE


def _check(values: Values, known: Known) -> list[Problem]:
    problems = [
        *needs_case(known),
        *closed_problem(known, "biên bản kiểm phiếu"),
        *union_name_problems(values, known),
    ]
    case = known.case
    if case is None:
        return problems
    summoned = values.number("summoned")
    have = sum(not row.employer_side for row in case.applications)
    if summoned is not None and have and summoned > have:
        message = f"Triệu tập {format_integer(summoned)} người nhưng hồ sơ mới có {format_integer(have)} đơn."
        problems.append(Problem("member_count", message, ("summoned",)))
    day = values.text("meeting_date")
    if day and case.congress_on and day != case.congress_on.isoformat():
        message = (
            f"Hồ sơ ghi đại hội ngày {format_short(case.congress_on)}, khác ngày trên biên bản."
        )
        problems.append(Problem("congress_differs", message, ("meeting_date",)))
    return problems + _elected(values, known)


def _elected(values: Values, known: Known) -> list[Problem]:
    """Who was elected is who sits on the committee."""
    committee = known.case.committee(*_kinds(values)) if known.case else None
    rows = values.rows()
    elected = {fold(row.text("full_name") or "") for row in rows if row.flag("elected")}
    if committee is None or not elected or values.text("body") == "standing_committee":
        return []
    seated = {fold(one.person.full_name): one.person.full_name for one in committee.members}
    problems = []
    for at, row in enumerate(rows):
        if row.flag("elected") and fold(row.text("full_name") or "") not in seated:
            message = f"Dòng {at + 1}: người trúng cử không có trong ban đã ghi ở hồ sơ."
            problems.append(
                Problem(
                    "committee_differs", message, (f"rows[{at}].full_name", f"rows[{at}].elected")
                )
            )
    left = [name for key, name in seated.items() if key not in elected]
    if left:
        message = f"Có trong ban ở hồ sơ nhưng biên bản không ghi trúng cử: {', '.join(left)}."
        problems.append(Problem("committee_differs", message, ("rows",)))
    return problems


def _touches(values: Values, known: Known) -> object:
    case = known.case
    if case is None:
        return None
    return [case.code, case.congress_on.isoformat() if case.congress_on else "",
            committee_plain(case.committee(*_kinds(values))),
            case.state in ("recognised", "launched")]  # fmt: skip


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    code = the_case(known).code
    stated = values.text("meeting_date")
    day = date.fromisoformat(stated) if stated else known.on
    evidence = f"Biên bản kiểm phiếu ngày {format_short(day)}"
    lines = [f"Ghi {evidence[:1].lower()}{evidence[1:]} làm căn cứ của hồ sơ {code} ({source})"]
    if values.text("body") == "executive_committee":
        lines += founding.congress_held(code, on=day, evidence=evidence, by=by)
    return lines + founding.filed(code, on=known.on, by=by)


HANDLER = Handler(
    target=case_target,
    subject=lambda values: f"{values.text('body') or ''}@{values.text('meeting_date') or ''}",
    check=_check,
    touches=_touches,
    apply=_apply,
)
