"""Tờ trình đề nghị công nhận: the request that the decisions cite, and the facts of the congress."""

from __future__ import annotations

from datetime import date

from core.dates import format_short
from core.errors import Problem
from core.forms import Values
from core.names import company_key
from core.numbers import format_integer
from intake import founding
from intake.handlers import persons
from intake.handlers.base import (
    Handler,
    Known,
    case_target,
    closed_problem,
    committee_differences,
    committee_plain,
    needs_case,
    the_case,
    union_name_problems,
)
from records.models import CasePath, FoundingCase
from records.services.audit import By
from records.services.cases import change_case

_KINDS = ("elected", "appointed", "provisional")


def _check(values: Values, known: Known) -> list[Problem]:
    problems = [
        *needs_case(known),
        *closed_problem(known, "tờ trình"),
        *union_name_problems(values, known),
        *committee_differences(values, known, key="post", kinds=_KINDS, name="Ban Chấp hành"),
    ]
    case = known.case
    if case is None:
        return problems
    name = values.text("enterprise_name")
    if name and company_key(name) != case.enterprise.name_key:
        message = f"Tờ trình ghi “{name}”, hồ sơ là của {case.enterprise.name}."
        problems.append(Problem("name_differs", message, ("enterprise_name",)))
    have = sum(not row.employer_side for row in case.applications)
    stated = values.number("member_count")
    if stated is not None and stated != have:
        message = f"Tờ trình đề nghị {format_integer(stated)} đoàn viên, hồ sơ có {format_integer(have)} đơn."
        problems.append(Problem("member_count", message, ("member_count",)))
    problems += _congress(values, case.congress_on)
    for at, row in enumerate(values.rows()):
        if persons.applicant(row, known) is None:
            message = f"Dòng {at + 1}: người trong ban chưa có đơn gia nhập trong hồ sơ."
            problems.append(Problem("no_application", message, (f"rows[{at}].full_name",)))
    return problems


def _congress(values: Values, known_day: date | None) -> list[Problem]:
    stated = values.text("congress_date")
    if stated is None or known_day is None or stated == known_day.isoformat():
        return []
    message = f"Hồ sơ ghi đại hội ngày {format_short(known_day)}, khác tờ trình."
    return [Problem("congress_differs", message, ("congress_date",))]


def _touches(values: Values, known: Known) -> object:
    case = known.case
    if case is None:
        return None
    days = [one.isoformat() if one else "" for one in (case.congress_on, case.request_date)]
    return [case.code, case.request_code, days, committee_plain(case.committee(*_KINDS)),
            case.state in ("recognised", "launched")]  # fmt: skip


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    code = the_case(known).code
    case = FoundingCase.objects.get(code=code)
    signed, congress = values.text("doc_date"), values.text("congress_date")
    changes: dict[str, object] = {
        "request_code": values.text("doc_number") or "",
        "request_date": date.fromisoformat(signed) if signed else known.on,
        "request_issuer": values.text("sender") or values.text("union_name") or "",
    }
    if values.text("union_name") and not case.union_name:
        changes["union_name"] = values.text("union_name")
    if congress and case.congress_on != date.fromisoformat(congress):
        changes["congress_on"] = date.fromisoformat(congress)
    if congress and not case.path:
        changes["path"] = CasePath.CONGRESS.value
    change_case(case, changes, by=by)
    lines = [f"Ghi tờ trình {changes['request_code'] or 'không số'} vào hồ sơ {code} ({source})"]
    if congress:
        evidence = f"Tờ trình {changes['request_code']} ghi đại hội ngày {format_short(date.fromisoformat(congress))}"
        lines += founding.congress_held(
            code, on=date.fromisoformat(congress), evidence=evidence, by=by
        )
    return lines + founding.filed(code, on=known.on, by=by)


HANDLER = Handler(
    target=case_target,
    subject=lambda values: values.text("doc_number") or "",
    check=_check,
    touches=_touches,
    apply=_apply,
)
