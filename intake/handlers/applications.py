"""Đơn gia nhập, forms 5a and 5b: people and their applications in the founding case."""

from __future__ import annotations

from core.errors import Problem
from core.forms import Values
from core.names import company_key
from core.text import fold
from intake import founding
from intake.handlers import persons
from intake.handlers.base import (
    Handler,
    Known,
    case_target,
    closed_problem,
    needs_case,
    the_case,
)
from records.models import FoundingCase
from records.services.audit import By


def _place(values: Values, known: Known) -> list[Problem]:
    """The workplace is the enterprise of the case."""
    stated, case = values.text("workplace"), known.case
    problems = [*needs_case(known), *closed_problem(known, "đơn gia nhập")]
    if case is not None and stated and company_key(stated) != case.enterprise.name_key:
        message = f"Nơi làm việc ghi “{stated}”, hồ sơ là của {case.enterprise.name}."
        problems.append(Problem("name_differs", message, ("workplace",)))
    return problems


def _single_subject(values: Values) -> str:
    return (
        values.text("id_number")
        or f"{fold(values.text('full_name') or '')}@{values.text('dob') or ''}"
    )


def _repeated(values: Values, known: Known, prefix: str, where: str) -> list[Problem]:
    found = persons.applicant(values, known)
    if found is None:
        return []
    message = f"{where}Người này đã có đơn trong hồ sơ; đơn cũ giữ nguyên."
    return [Problem("already_applied", message, (f"{prefix}full_name",))]


def _check_single(values: Values, known: Known) -> list[Problem]:
    return [
        *_place(values, known),
        *persons.problems(values, known),
        *_repeated(values, known, "", ""),
    ]


def _check_collective(values: Values, known: Known) -> list[Problem]:
    problems = _place(values, known)
    for at, row in enumerate(values.rows()):
        prefix, where = f"rows[{at}].", f"Dòng {at + 1}: "
        problems += persons.problems(row, known, prefix=prefix, where=where)
        problems += _repeated(row, known, prefix, where)
    return problems


def _touches(values: Values, known: Known) -> object:
    rows = values.rows() or [values]
    case = known.case
    closed = bool(case and case.state in ("recognised", "launched"))
    return [case.code if case else "", closed, [persons.plain(row, known) for row in rows]]


def _write(values: Values, known: Known, by: By, source: str, form: str) -> list[str]:
    case = FoundingCase.objects.get(code=the_case(known).code)
    day = values.first_day("date_signed") or known.on
    rows = values.rows() if form == "5b" else [values]
    new = 0
    for row in rows:
        _, made = persons.apply_person(case, row, known, by=by, source=source, on=day, form=form)
        new += made
    kept = len(rows) - new
    lines = [f"Ghi {new} đơn gia nhập vào hồ sơ {case.code}"]
    lines += [f"{kept} người đã có đơn từ trước, giữ nguyên"] if kept else []
    lines += founding.applied_for(case.code, by=by)
    return lines + founding.filed(case.code, on=known.on, by=by)


def _apply_single(values: Values, known: Known, by: By, source: str) -> list[str]:
    return _write(values, known, by, source, "5a")


def _apply_collective(values: Values, known: Known, by: By, source: str) -> list[str]:
    return _write(values, known, by, source, "5b")


SINGLE = Handler(
    target=case_target,
    subject=_single_subject,
    check=_check_single,
    touches=_touches,
    apply=_apply_single,
)
COLLECTIVE = Handler(
    target=case_target,
    subject=lambda values: values.text("date_signed") or "",
    check=_check_collective,
    touches=_touches,
    apply=_apply_collective,
)
