"""Holding a returned form against the records: its target, what does not agree, and the token of what was seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from core.errors import Problem
from core.forms import Values, get_form
from intake.gathering import gather
from intake.handlers import HANDLERS
from intake.handlers.base import Known, Target
from intake.issued import answered_form
from intake.issues import (
    UNSURE,
    Issue,
    Moved,
    differences,
    issue_of,
    problems_json,
    reading_issues,
    rule_problems,
    stored_problems,
    token_of,
    values_hash,
)
from intake.models import Action, FormState, ReturnedForm, ReviewDecision
from intake.reading_json import restored
from intake.services.policy import acceptance

#: Earlier forms that a form sent again is compared with.
_STANDING = (FormState.NEEDS_REVIEW, FormState.APPLIED)


@dataclass(frozen=True, slots=True)
class Checked:
    """A form with these values against the records of the day."""

    target: Target
    subject: str
    problems: tuple[Problem, ...]
    token: str
    known: Known


def day_of(form: ReturnedForm) -> date:
    """The day on which the form came: what it says is held against the records of that day."""
    return timezone.localtime(form.received.received_at).date()


def issued_for(form: ReturnedForm) -> Target:
    """The record that the store issued the form for, as the printed code says."""
    record = (form.reading or {}).get("record")
    return Target(str(record[0]), str(record[1])) if record else Target()


def check_values(kind: str, values: Mapping[str, Any], *, record: Target, on: date) -> Checked:
    """Rules of the form, then the records. A constant number of queries."""
    handler, view = HANDLERS[kind], Values(values)
    known = gather(kind, values, record=record, on=on)
    target = handler.target(view, known)
    return Checked(
        target=target,
        subject=_subject(kind, target, handler.subject(view)),
        problems=(*rule_problems(kind, values, on), *handler.check(view, known)),
        token=token_of(handler.touches(view, known)),
        known=known,
    )


def _subject(kind: str, target: Target, own: str) -> str:
    """What a form is about, for comparing: an ID number in it is not to be read from the row."""
    digest = hashlib.sha256(own.encode()).hexdigest()[:32]
    return f"{kind}:{target.type}:{target.id}:{digest}"


def earlier_form(form: ReturnedForm) -> ReturnedForm | None:
    """The newest form of the same subject that was there before this one."""
    rows = ReturnedForm.objects.filter(subject=form.subject, state__in=_STANDING)
    if form.pk is not None:
        rows = rows.filter(pk__lt=form.pk)
    return rows.order_by("-id").first() if form.subject else None


def take_check(form: ReturnedForm) -> None:
    """Hold the form against the records of now and note it in the row; the caller saves it."""
    on = day_of(form)
    checked = check_values(form.kind, form.values, record=issued_for(form), on=on)
    form.record_type, form.record_id = checked.target.type, checked.target.id
    form.subject, form.records_token = checked.subject, checked.token
    form.org_id = _unit(form, checked)
    form.issued = answered_form(form, on=on)
    form.values_hash, form.checked_on = values_hash(form.values), on
    problems = list(checked.problems)
    form.revises = earlier_form(form)
    if form.revises is not None and form.revises.values_hash != form.values_hash:
        problems += differences(form.revises.values, form.values, get_form(form.kind))
    form.findings = problems_json(problems)


def _unit(form: ReturnedForm, checked: Checked) -> int | None:
    """Whose form it is: the reporting unit it names, its sender, else who is in charge of the enterprise."""
    known = checked.known
    if known.org is not None:
        return known.org.id
    if form.received.sender_id is not None:
        return form.received.sender_id
    place = known.case.enterprise if known.case else None
    if checked.target.type == "enterprise":
        place = next((one for one in known.enterprises if one.code == checked.target.id), None)
    return place.upper.id if place is not None and place.upper is not None else None


def removed_rows(decisions: list[ReviewDecision]) -> tuple[int, ...]:
    """Rows that were taken out, in their order."""
    prefix, suffix = "rows[", "]"
    return tuple(
        int(one.path.removeprefix(prefix).removesuffix(suffix))
        for one in decisions
        if one.action == Action.REJECT and one.path.startswith(prefix) and one.path.endswith(suffix)
    )


def doubts(form: ReturnedForm, decisions: list[ReviewDecision]) -> list[Issue]:
    """What the reading itself was unsure of, wherever its rows are now."""
    if not form.kind:
        return []
    return reading_issues(
        restored(form.reading),
        acceptance=acceptance(),
        moved=Moved(removed_rows(decisions)),
        on=day_of(form),
    )


def open_issues(form: ReturnedForm) -> list[Issue]:
    """What a person still has to decide; each once, what speaks against a value before mere uncertainty."""
    decisions = list(form.decisions.all())
    settled = {key for one in decisions for key in one.settles}
    found = doubts(form, decisions) + [issue_of(one) for one in stored_problems(form.findings)]
    issues = {one.key: one for one in found if one.key not in settled}
    return sorted(issues.values(), key=lambda one: (not one.is_must, one.code == UNSURE))
