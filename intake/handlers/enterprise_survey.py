"""Phiếu khảo sát: an observation of the enterprise (a new one on approval), and the first steps of its case."""

from __future__ import annotations

from datetime import date

from core.dates import format_short
from core.errors import Problem
from core.forms import Values
from core.forms.enterprise_survey import eligible
from intake import founding
from intake.handlers import enterprises
from intake.handlers.base import Handler, Known, Target
from records.services.audit import By


def _target(values: Values, known: Known) -> Target:
    found = enterprises.find(values, known)
    return Target("enterprise", found.code if found else "")


def _subject(values: Values) -> str:
    named = values.text("tax_code") or values.text("enterprise_name") or ""
    return f"{named}@{values.text('survey_date') or ''}"


def _check(values: Values, known: Known) -> list[Problem]:
    problems = enterprises.problems(values, known)
    found = enterprises.find(values, known)
    founded = values.text("founded_date")
    if (
        found
        and founded
        and found.founded_on
        and not found.founded_on.isoformat().startswith(founded)
    ):
        message = f"Hồ sơ ghi ngày thành lập {format_short(found.founded_on)}, khác biểu mẫu; hồ sơ giữ như cũ."
        problems.append(Problem("founded_differs", message, ("founded_date",)))
    return problems


def _touches(values: Values, known: Known) -> object:
    return enterprises.plain(enterprises.find(values, known))


def _day(values: Values, known: Known) -> date:
    return values.first_day("survey_date") or known.on


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    day = _day(values, known)
    row, line = enterprises.ensure(values, known, by=by, on=day, source=source)
    enterprises.observe(row, values, on=day, channel="survey", by=by, source=source)
    lines = [line] if line else []
    lines.append(f"Ghi kết quả khảo sát ngày {format_short(day)} của {row.name}")
    case = known.cases.get(row.pk)
    if case is not None:
        may = eligible(values, least=known.founding_least)
        lines += founding.surveyed(case, on=day, eligible=may, by=by)
    return lines


HANDLER = Handler(target=_target, subject=_subject, check=_check, touches=_touches, apply=_apply)
