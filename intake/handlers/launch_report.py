"""Biên bản lễ ra mắt sent back signed: the facts of the ceremony, held against decision and committee."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from core.dates import format_short
from core.errors import DataIncomplete, Problem
from core.forms import Values
from core.text import fold
from intake.handlers.base import (
    Handler,
    Known,
    case_target,
    committee_differences,
    committee_plain,
    needs_case,
    the_case,
    union_name_problems,
)
from records.models import FoundingCase
from records.services.audit import By
from records.services.unions import launch_union

_KINDS = ("elected", "appointed", "provisional")


def _check(values: Values, known: Known) -> list[Problem]:
    problems = [
        *needs_case(known),
        *union_name_problems(values, known),
        *committee_differences(values, known, key="post", kinds=_KINDS, name="Ban Chấp hành"),
    ]
    case = known.case
    if case is not None and case.union is None:
        message = (
            "Hồ sơ chưa có công đoàn cơ sở được công nhận; nhập biên bản sau khi có quyết định."
        )
        problems.append(Problem("not_recognised", message, ("union_name",)))
    begins = _begins(values)
    if (
        case is not None
        and case.state == "launched"
        and case.launch_at
        and begins
        and case.launch_at != begins
    ):
        message = (
            f"Hồ sơ ghi đã ra mắt ngày {format_short(timezone.localtime(case.launch_at).date())}."
        )
        problems.append(Problem("launch_differs", message, ("event_date", "start_time")))
    return problems + _decision(values, known)


def _decision(values: Values, known: Known) -> list[Problem]:
    """The decision quoted is one in the register, of that day."""
    number, day = values.text("founding_decision_no"), values.text("founding_decision_date")
    if number is None:
        return []
    lines = [one for one in known.issued if fold(one.code) == fold(number)]
    if not lines:
        message = f"Sổ văn bản đi không có quyết định số {number}."
        return [Problem("unknown_decision", message, ("founding_decision_no",))]
    if day and all(one.on.isoformat() != day for one in lines):
        message = (
            f"Quyết định {number} trong sổ đề ngày {format_short(lines[0].on)}, khác biên bản."
        )
        return [Problem("decision_date", message, ("founding_decision_date",))]
    return []


def _begins(values: Values) -> datetime | None:
    return _at(values, "start_time")


def _at(values: Values, key: str) -> datetime | None:
    day, hour = values.first_day("event_date"), values.text(key)
    if day is None or hour is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(hour)))


def _touches(values: Values, known: Known) -> object:
    case = known.case
    if case is None:
        return None
    return [case.code, case.state, case.union.code if case.union else "",
            case.launch_at.isoformat() if case.launch_at else "",
            committee_plain(case.committee(*_KINDS))]  # fmt: skip


def _apply(values: Values, known: Known, by: By, source: str) -> list[str]:
    code = the_case(known).code
    begins = _begins(values)
    if begins is None:
        raise DataIncomplete(
            "Biên bản lễ ra mắt cần ngày và giờ bắt đầu.", missing=["event_date", "start_time"]
        )
    case = FoundingCase.objects.get(code=code)
    details: dict[str, Any] = {
        key: values.data[key]
        for key in ("members_present", "members_total")
        if values.data.get(key) is not None
    }
    for key in ("chair", "secretary"):
        name = values.text(key)
        kept = case.launch.get(key)
        if name and not (
            isinstance(kept, dict) and fold(str(kept.get("full_name", ""))) == fold(name)
        ):
            details[key] = {"full_name": name}
    launch_union(
        case,
        begins=begins,
        ends=_at(values, "end_time"),
        venue=values.text("venue") or case.launch_venue,
        evidence=f"Biên bản lễ ra mắt ngày {format_short(begins.date())}",
        by=by,
        details=details,
    )
    return [f"Ghi lễ ra mắt ngày {format_short(begins.date())} vào hồ sơ {code} ({source})"]


HANDLER = Handler(
    target=case_target,
    subject=lambda values: values.text("event_date") or "",
    check=_check,
    touches=_touches,
    apply=_apply,
)
