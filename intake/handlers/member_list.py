"""Danh sách đoàn viên of a dossier: everyone on it joins; details that the applications lack are added."""

from __future__ import annotations

from core.errors import Problem
from core.forms import Values
from intake import founding
from intake.handlers import persons
from intake.handlers.base import (
    Handler,
    Known,
    case_target,
    closed_problem,
    needs_case,
    the_case,
    union_name_problems,
)
from records.models import FoundingCase
from records.services.audit import By


def _check(values: Values, known: Known) -> list[Problem]:
    problems = [
        *needs_case(known),
        *closed_problem(known, "danh sách đoàn viên"),
        *union_name_problems(values, known),
    ]
    listed = set()
    for at, row in enumerate(values.rows()):
        prefix, where = f"rows[{at}].", f"Dòng {at + 1}: "
        problems += persons.problems(row, known, prefix=prefix, where=where)
        found = persons.applicant(row, known)
        if found is not None:
            listed.add(found.person.code)
        elif known.case is not None:
            message = (
                f"{where}Chưa có đơn gia nhập của người này; chấp nhận thì ghi theo danh sách."
            )
            problems.append(Problem("no_application", message, (f"{prefix}full_name",)))
    return problems + _left_out(known, listed)


def _left_out(known: Known, listed: set[str]) -> list[Problem]:
    """Applicants who are not on the list."""
    rows = known.case.applications if known.case else ()
    missing = [
        r.person.full_name for r in rows if not r.employer_side and r.person.code not in listed
    ]
    if not missing:
        return []
    shown = ", ".join(missing[:5]) + (" …" if len(missing) > len(missing[:5]) else "")
    message = f"Có {len(missing)} người đã làm đơn nhưng không có trong danh sách: {shown}."
    return [Problem("applicant_missing", message, ("rows",))]


def _touches(values: Values, known: Known) -> object:
    case = known.case
    closed = bool(case and case.state in ("recognised", "launched"))
    return [case.code if case else "", closed, [persons.plain(row, known) for row in values.rows()]]


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    case = FoundingCase.objects.get(code=the_case(known).code)
    new = 0
    for row in values.rows():
        day = row.first_day("joined_date") or values.first_day("as_of") or known.on
        _, made = persons.apply_person(case, row, known, by=by, source=source, on=day, form="ds")
        new += made
    lines = [f"Ghi danh sách {len(values.rows())} đoàn viên của hồ sơ {case.code}, {new} đơn mới"]
    lines += founding.applied_for(case.code, by=by)
    return lines + founding.filed(case.code, on=known.on, by=by)


HANDLER = Handler(
    target=case_target,
    subject=lambda values: values.text("as_of") or "",
    check=_check,
    touches=_touches,
    apply=_apply,
)
