"""What applying a form would write, found by writing it and undoing that: no second account that could differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from core.dates import format_short
from core.errors import DocgenError
from core.forms import FormKind, get_form
from core.forms.shown import shown
from core.numbers import format_integer
from intake.services.applying import CHANNEL, source_of, write_accepted
from records.models import ChangeLog

_SKIPPED = frozenset({"id", "code", "created_at", "updated_at", "name_key", "sort_key", "source", "source_kind",
                      "position", "case", "search_key", "channel"})  # fmt: skip
_NOTHING: tuple[object, ...] = (None, "", [], {})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: The number of a row at the head of its name says nothing to people.
_NUMBER = re.compile(r"^\d+: ")
#: Lines shown; of a list of thousands the rest is a number.
MOST = 200


@dataclass(frozen=True, slots=True)
class WrittenField:
    """One column: its label, what it says before and after (empty: nothing), and its name in the record."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """One record that is written: what it is (`doanh nghiệp`), its name, whether it is new, its fields."""

    what: str
    name: str
    is_new: bool
    fields: tuple[WrittenField, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written; or ``fault``, why the records would refuse it. ``more``: records not shown."""

    lines: tuple[str, ...] = ()
    records: tuple[WrittenRecord, ...] = ()
    more: int = 0
    fault: DocgenError | None = None


def preview(form_id: int, *, actor: str) -> Preview:
    """What :func:`apply_review` would write now. Nothing is written; faults come back as part of the answer."""
    try:
        with transaction.atomic():
            last = ChangeLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            form = write_accepted(form_id, actor=actor)
            rows = ChangeLog.objects.filter(
                pk__gt=last, channel=CHANNEL, reason__startswith=f"{source_of(form)}."
            )
            written = _records(list(rows.order_by("pk")[:MOST]), get_form(form.kind))
            more = max(0, rows.count() - MOST)
            transaction.set_rollback(True)
            return Preview(tuple(form.outcome), written, more)
    except DocgenError as fault:
        return Preview(fault=fault)


def _records(rows: list[ChangeLog], form: FormKind) -> tuple[WrittenRecord, ...]:
    """Lines of the log as people read them; references by the names of what they point to."""
    names = _names(rows)
    return tuple(
        WrittenRecord(
            what=str(model._meta.verbose_name),
            name=_NUMBER.sub("", names.get((row.record_type, row.record_id), row.record_id)),
            is_new=not row.before,
            fields=tuple(_fields(model, row, form)),
        )
        for row in rows
        if (model := _model(row.record_type)) is not None
    )


def _model(record_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model("records", record_type)
    except LookupError:
        return None


def _names(rows: Iterable[ChangeLog]) -> dict[tuple[str, str], str]:
    """The rows concerned by their names, a query a table."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.record_type].add(row.record_id)
    names: dict[tuple[str, str], str] = {}
    for record_type, ids in wanted.items():
        model = _model(record_type)
        if model is None:
            continue
        coded = any(one.name == "code" for one in model._meta.concrete_fields)
        key = "code" if coded else "pk"
        for found in model._default_manager.filter(**{f"{key}__in": ids}):
            names[record_type, str(getattr(found, key))] = str(found)
    return names


def _fields(model: type[models.Model], row: ChangeLog, form: FormKind) -> Iterable[WrittenField]:
    """What changes; values kept by key are those of the form, with its labels."""
    specs = {one.key: one for one in form.everything()}
    for name, now in row.after.items():
        was = row.before.get(name)
        if name.removesuffix("_id") in _SKIPPED or (was in _NOTHING and now in _NOTHING):
            continue
        if isinstance(now, dict):
            old = was if isinstance(was, dict) else {}
            for key, value in now.items():
                spec = specs.get(key)
                if old.get(key) == value or spec is None:
                    continue
                yield WrittenField(
                    key, spec.label_vi, shown(spec, old.get(key)), shown(spec, value)
                )
            continue
        try:
            field = model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            continue
        yield WrittenField(name, _label(field), _shown(field, was), _shown(field, now))


def _label(field: object) -> str:
    """The column's words; a reference without words of its own is called like what it points to."""
    if isinstance(field, models.ForeignKey) and field.verbose_name == field.name.replace("_", " "):
        target: type[models.Model] = field.related_model
        return str(target._meta.verbose_name)
    return str(getattr(field, "verbose_name", ""))


def _shown(field: object, value: object) -> str:
    """A value as stored, in words: choices by their label, references by their name."""
    if value in (None, ""):
        return ""
    if isinstance(field, models.ForeignKey):
        target: type[models.Model] = field.related_model
        found = target._default_manager.filter(pk=value).first()
        return str(found) if found is not None else str(value)
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, _text(value)))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return format_integer(value)
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    text = str(value)
    return format_short(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
