"""Danh sách doanh nghiệp của địa bàn: an observation for each row, and new enterprises on approval."""

from __future__ import annotations

from core.dates import format_short
from core.errors import Problem
from core.forms import Values
from core.text import fold
from intake.handlers import enterprises
from intake.handlers.base import Handler, Known, Target
from records.services.audit import By


def _target(_values: Values, known: Known) -> Target:
    return Target("org", known.org.code) if known.org else Target()


def _subject(values: Values) -> str:
    return f"{fold(values.text('district') or '')}@{values.text('as_of') or ''}"


def _check(values: Values, known: Known) -> list[Problem]:
    problems = []
    if known.org is None:
        message = f"Không tìm thấy đơn vị “{values.text('district') or ''}” trong hồ sơ tổ chức."
        problems.append(Problem("no_record", message, ("district",)))
    for at, row in enumerate(values.rows()):
        problems += enterprises.problems(
            row, known, prefix=f"rows[{at}].", where=f"Dòng {at + 1}: "
        )
    return problems


def _touches(values: Values, known: Known) -> object:
    return [enterprises.plain(enterprises.find(row, known)) for row in values.rows()]


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    day = values.first_day("as_of") or known.on
    lines = []
    for row in values.rows():
        found, line = enterprises.ensure(row, known, by=by, on=day, source=source)
        enterprises.observe(found, row, on=day, channel="list", by=by, source=source)
        lines += [line] if line else []
    lines.append(f"Ghi {len(values.rows())} doanh nghiệp theo danh sách ngày {format_short(day)}")
    return lines


HANDLER = Handler(target=_target, subject=_subject, check=_check, touches=_touches, apply=_apply)
