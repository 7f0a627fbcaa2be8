"""The one way by which a row is written: tidied, checked, saved and logged in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from core.dates import PartialDate, parse_date
from core.errors import DataIncomplete, Unreadable
from core.identifiers import parse_id_number, parse_tax_code
from core.phones import parse_phones
from core.text import clean_line, fold
from records.models import ChangeLog, Person
from records.services.spans import check_span

#: Columns that say who wrote a row or how it is found, not what is true.
BOOKKEEPING = frozenset(
    {"id", "created_at", "created_by", "updated_at", "updated_by", "search_key"}
)


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, through which door (cli, web, import, intake, sample), and why."""

    actor: str
    channel: str
    reason: str = ""


def _partial_date(text: str) -> str:
    found = parse_date(text)
    return (found if isinstance(found, PartialDate) else PartialDate.of(found)).iso


#: Fields with a form of their own. Each reader raises Unreadable with the reason.
_READERS: Mapping[str, Callable[[str], str]] = {
    "tax_code": parse_tax_code,
    "id_number": parse_id_number,
    "phone": parse_phones,
    "legal_rep_phone": parse_phones,
    "contact_phone": parse_phones,
    "dob": _partial_date,
    "party_date": _partial_date,
    "expected_on": _partial_date,
}


def tidy(row: models.Model) -> dict[str, str]:
    """Put the texts of a row in their stored form (NFC, one line, digits); gives the fields that could not be."""
    wrong: dict[str, str] = {}
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.CharField):
            continue
        value = getattr(row, field.attname)
        if not isinstance(value, str):
            continue
        text = clean_line(value)
        reader = _READERS.get(field.name)
        if text and reader is not None:
            try:
                text = reader(text)
            except Unreadable as error:
                wrong[field.name] = error.message
        setattr(row, field.attname, text or (None if field.null else ""))
    return wrong


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def values_of(row: models.Model) -> dict[str, object]:
    """What a row says, as plain JSON; references by row number."""
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in BOOKKEEPING
    }


def _label(row: models.Model, name: str) -> str:
    names = {field.name: str(field.verbose_name) for field in row._meta.concrete_fields}
    return names.get(name, name)


def _refusal(
    row: models.Model, faults: Mapping[str, list[ValidationError]], wrong: dict[str, str]
) -> DataIncomplete:
    missing: list[str] = []
    for name, errors in faults.items():
        codes = {one.code for one in errors}
        if codes & {"blank", "null", "required"}:
            missing.append(name)
        elif name not in wrong:
            key = "row" if name == NON_FIELD_ERRORS else name
            wrong[key] = " ".join(message for one in errors for message in one.messages)
    parts = [f"thiếu {_label(row, name)}" for name in missing]
    parts += [f"{_label(row, name)}: {reason}" for name, reason in wrong.items()]
    what = str(row._meta.verbose_name)
    return DataIncomplete(f"Chưa ghi được {what}: {'; '.join(parts)}", missing=missing, wrong=wrong)


def _check_person_names(row: models.Model, wrong: dict[str, str]) -> None:
    if isinstance(row, Person) and any(c.isdigit() for c in row.full_name):
        wrong["full_name"] = f"Họ tên “{row.full_name}” có chữ số."


def check(row: models.Model) -> None:
    """Tidy a row and refuse what is not right, every fault at once. Raises DataIncomplete."""
    wrong = tidy(row)
    _check_person_names(row, wrong)
    faults: dict[str, list[ValidationError]] = {}
    # A reference that is set is held by the database: asking for each costs half the time of an import.
    known = {
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) is not None
    }
    steps: tuple[Callable[[], None], ...] = (
        partial(row.clean_fields, exclude=known),
        row.clean,
        row.validate_unique,
        row.validate_constraints,
    )
    for step in steps:
        try:
            step()
        except ValidationError as error:
            faults = error.update_error_dict(faults)
    if faults or wrong:
        raise _refusal(row, faults, wrong)
    check_span(row)


def record_id(row: models.Model) -> str:
    """How the log names a row: its code when it has one."""
    return str(getattr(row, "code", "") or row.pk)


def log(
    row: models.Model,
    *,
    by: By,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """Write one line of the change log."""
    ChangeLog.objects.create(
        actor=by.actor,
        channel=by.channel,
        action=action,
        record_type=str(row._meta.model_name),
        record_id=record_id(row),
        before=dict(before),
        after=dict(after),
        reason=by.reason,
    )


def _require_by(by: By) -> None:
    if not by.actor or not by.channel:
        raise ValueError("a change needs an actor and a channel")


def write(row: models.Model, *, by: By) -> bool:
    """Save a new or changed row with its line in the log; False when nothing is different.

    Raises DataIncomplete with every wrong field, Conflict when its days overlap another row's.
    """
    _require_by(by)
    with transaction.atomic():
        before: dict[str, object] = {}
        if not row._state.adding:
            kept = type(row)._default_manager.select_for_update().get(pk=row.pk)
            before = values_of(kept)
        check(row)
        after = values_of(row)
        if before == after:
            return False
        changed = {key for key in after if before.get(key) != after[key]}
        new = row._state.adding
        if new and hasattr(row, "created_by"):
            row.created_by = by.actor
        if hasattr(row, "updated_by"):
            row.updated_by = by.actor
        row.save()
        log(
            row,
            by=by,
            action="created" if new else "changed",
            before={key: before[key] for key in sorted(changed) if key in before},
            after={key: after[key] for key in sorted(changed)},
        )
    return True


def write_new(rows: Sequence[models.Model], *, by: By) -> None:
    """Save many new rows of one table with their lines in the log, in two statements.

    Fields are checked one by one, uniqueness by the database: the caller has looked for what is taken.
    Raises DataIncomplete with every wrong field of the first bad row.
    """
    _require_by(by)
    for row in rows:
        wrong = tidy(row)
        try:
            row.clean_fields()
            row.clean()
        except ValidationError as error:
            raise _refusal(row, error.update_error_dict({}), wrong) from error
        for name in ("created_by", "updated_by"):
            if hasattr(row, name):
                setattr(row, name, by.actor)
    if not rows:
        return
    with transaction.atomic():
        type(rows[0])._default_manager.bulk_create(rows)
        ChangeLog.objects.bulk_create(
            ChangeLog(
                actor=by.actor,
                channel=by.channel,
                action="created",
                record_type=str(row._meta.model_name),
                record_id=record_id(row),
                before={},
                after=values_of(row),
                reason=by.reason,
            )
            for row in rows
        )


def change(row: models.Model, values: Mapping[str, Any], *, by: By) -> bool:
    """Set some fields of a row and write it; False when they had these values. Raises as :func:`write`."""
    known = {field.name for field in row._meta.concrete_fields} - BOOKKEEPING
    for name, value in values.items():
        if name not in known:
            raise ValueError(f"{type(row).__name__} has no field {name}")
        setattr(row, name, value)
    return write(row, by=by)


def remove(row: models.Model, *, by: By) -> None:
    """Delete a row that should never have been, with its line in the log. Raises as the database refuses."""
    _require_by(by)
    with transaction.atomic():
        log(row, by=by, action="removed", before=values_of(row), after={})
        row.delete()


def link(row: models.Model, field: str, others: Iterable[models.Model], *, by: By) -> bool:
    """Set a many-to-many field, logged by codes; False when it was so already."""
    manager = getattr(row, field)
    before = sorted(record_id(other) for other in manager.all())
    wanted = list(others)
    after = sorted(record_id(other) for other in wanted)
    if before == after:
        return False
    with transaction.atomic():
        manager.set(wanted)
        log(row, by=by, action="changed", before={field: before}, after={field: after})
    return True


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, letter case and tone placement aside."""
    return fold(one) == fold(other)


def new_code(prefix: str) -> str:
    """A code for a row that nobody named: it says nothing about the person or the enterprise."""
    return f"{prefix}-{secrets.token_hex(5)}"
