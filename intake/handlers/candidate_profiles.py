"""Danh sách trích ngang: people's details and the committee of the case, elected or to be appointed."""

from __future__ import annotations

from datetime import date

from core.dates import add_months
from core.errors import Conflict, DataIncomplete, Problem
from core.forms import Values
from intake import founding
from intake.handlers import persons
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
from records.models import Application, CasePath, CommitteeKind, FoundingCase, UnionPost
from records.selectors.facts import PROVISIONAL_MONTHS_MAX, find_fact
from records.services.audit import By
from records.services.unions import Seat, create_committee

#: From HD 38/HD-TLĐ on an upper union appoints; before it named a provisional committee (HD 03 mục 9.2).
_HD38 = date(2024, 12, 27)
_EXECUTIVE = (CommitteeKind.ELECTED, CommitteeKind.APPOINTED, CommitteeKind.PROVISIONAL)


def _kinds(values: Values) -> tuple[str, ...]:
    return (
        (CommitteeKind.INSPECTION,) if values.text("body") == "inspection_committee" else _EXECUTIVE
    )


def _check(values: Values, known: Known) -> list[Problem]:
    problems = [
        *needs_case(known),
        *closed_problem(known, "danh sách trích ngang"),
        *union_name_problems(values, known),
    ]
    if values.text("body") == "standing_committee":
        message = "Danh sách Ban Thường vụ chỉ bổ sung thông tin từng người; chức danh theo danh sách Ban Chấp hành."
        problems.append(Problem("standing_only", message, ("body",)))
    for at, row in enumerate(values.rows()):
        prefix, where = f"rows[{at}].", f"Dòng {at + 1}: "
        problems += persons.problems(row, known, prefix=prefix, where=where)
        if known.case is not None and persons.applicant(row, known) is None:
            message = f"{where}Người được giới thiệu chưa có đơn gia nhập trong hồ sơ."
            problems.append(Problem("no_application", message, (f"{prefix}full_name",)))
    problems += _size(values, known)
    case = known.case
    if case is not None and (kept := case.committee(*_kinds(values))) is not None:
        names = ", ".join(one.person.full_name for one in kept.members)
        message = f"Hồ sơ đã có ban gồm: {names}. Danh sách khác thì không nhập được."
        problems.append(Problem("committee_exists", message, ("rows",)))
    return problems


def _size(values: Values, known: Known) -> list[Problem]:
    """The size of an executive committee by the table of the day (HD 03, HD 38, KH 22: dated data)."""
    if known.case is None or values.text("body") != "executive_committee":
        return []
    members = sum(not row.employer_side for row in known.case.applications)
    fits = [row for row in known.committee_sizes if row[0] <= members]
    seats = len(values.rows())
    if not fits or not members or fits[-1][1] <= seats <= fits[-1][2]:
        return []
    _, least, most = fits[-1]
    asked = f"{least}" if least == most else f"{least} đến {most}"
    message = (
        f"Với {members} đoàn viên thì Ban Chấp hành có {asked} người; danh sách có {seats} người."
    )
    return [Problem("committee_size", message, ("rows",))]


def _touches(values: Values, known: Known) -> object:
    case = known.case
    if case is None:
        return None
    people = [persons.plain(row, known) for row in values.rows()]
    return [case.code, case.path, committee_plain(case.committee(*_kinds(values))), people]


def _kind(values: Values, path: str, on: date) -> str:
    if values.text("body") == "inspection_committee":
        return CommitteeKind.INSPECTION.value
    if path != CasePath.APPOINTMENT:
        return CommitteeKind.ELECTED.value
    return (CommitteeKind.PROVISIONAL if on < _HD38 else CommitteeKind.APPOINTED).value


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    case = FoundingCase.objects.get(code=the_case(known).code)
    seats = []
    for row in values.rows():
        person, _ = persons.save(row, known, by=by, source=source)
        application = Application.objects.filter(case=case, person=person).first()
        if application is None:
            raise Conflict(
                f"{person.full_name} chưa có đơn gia nhập trong hồ sơ {case.code}. Nhập đơn trước, rồi nhập danh sách.",
                code="no_application",
            )
        post = row.text("proposed_post") or _plain_post(values)
        seats.append(Seat(person, post, row.text("job") or application.job))
    lines = [f"Ghi trích ngang {len(seats)} người của hồ sơ {case.code}"]
    if values.text("body") != "standing_committee":
        day = values.first_day("date_signed") or known.on
        kind = _kind(values, case.path, day)
        create_committee(case, kind=kind, seats=seats, by=by, source=source,
                         **_term(values), **_limit(kind, day))  # fmt: skip
        lines.append(f"Ghi {CommitteeKind(kind).label} {len(seats)} người")
    return lines + founding.filed(case.code, on=known.on, by=by)


def _plain_post(values: Values) -> str:
    inspection = values.text("body") == "inspection_committee"
    return (UnionPost.INSPECTION_MEMBER if inspection else UnionPost.MEMBER).value


def _term(values: Values) -> dict[str, int]:
    term = values.text("term")
    if not term:
        return {}
    first, _, last = term.partition("-")
    if not (first.isdigit() and last.isdigit()):
        raise DataIncomplete("Nhiệm kỳ ghi chưa đúng.", wrong={"term": term})
    return {"term_start": int(first), "term_end": int(last)}


def _limit(kind: str, day: date) -> dict[str, date]:
    if kind != CommitteeKind.PROVISIONAL:
        return {}
    months = find_fact(PROVISIONAL_MONTHS_MAX, as_of=day)
    return {"provisional_until": add_months(day, months.as_int())} if months else {}


HANDLER = Handler(
    target=case_target,
    subject=lambda values: values.text("body") or "",
    check=_check,
    touches=_touches,
    apply=_apply,
)
