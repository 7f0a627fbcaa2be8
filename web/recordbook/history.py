"""The change log of a record in words: who, when, what from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from core.dates import format_short
from records.models import ChangeLog
from records.models.people import BASIC_PERSON_FIELDS, SENSITIVE_PERSON_FIELDS

#: Newest lines that a page shows.
SHOWN = 40
CHANNELS = {
    "web": "bàn làm việc",
    "cli": "lệnh",
    "import": "nhập Excel",
    "intake": "phiếu gửi về",
    "sample": "dữ liệu mẫu",
    "document": "văn bản",
}
ACTIONS = {
    "created": "ghi mới",
    "changed": "sửa",
    "removed": "bỏ",
    "imported": "nhập",
    "seen": "xem",
}
_HIDDEN = BASIC_PERSON_FIELDS | SENSITIVE_PERSON_FIELDS
_PERSONAL = _HIDDEN | {"legal_rep_phone", "contact_phone"}
#: Columns that say nothing to a reader.
_INNER = frozenset({"name_key", "position", "code"})
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one line; ``hidden`` where the reader has no right to see the values."""

    label: str
    before: str
    after: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log."""

    at: datetime
    actor: str
    channel: str
    action: str
    table: str
    changes: tuple[Change, ...]
    reason: str


def _model(record_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model("records", record_type)
    except LookupError:
        return None


def _named(lines: Iterable[ChangeLog]) -> Mapping[tuple[type[models.Model], int], str]:
    """What the row numbers in these lines stand for: one query a table."""
    wanted: defaultdict[type[models.Model], set[int]] = defaultdict(set)
    for line in lines:
        model = _model(line.record_type)
        for name, value in [*line.before.items(), *line.after.items()]:
            other = _other(model, name)
            if other is not None and isinstance(value, int):
                wanted[other].add(value)
    found = {}
    for model, keys in wanted.items():
        for row in model._default_manager.filter(pk__in=keys):
            found[model, row.pk] = str(row)
    return found


def _field(model: type[models.Model] | None, name: str) -> models.Field[Any, Any] | None:
    if model is None:
        return None
    every = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return next((f for f in every if name in (f.attname, f.name)), None)


def _other(model: type[models.Model] | None, name: str) -> type[models.Model] | None:
    field = _field(model, name)
    other = field.related_model if field is not None and not field.many_to_many else None
    return other if isinstance(other, type) else None


def _shown(
    model: type[models.Model] | None, name: str, value: Any, named: Mapping[Any, str]
) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if value is True or value is False:
        return "có" if value else "không"
    field, other = _field(model, name), _other(model, name)
    if other is not None:
        return named.get((other, value), f"số {value}")
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return format_short(date.fromisoformat(str(value)[:10]))
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)[:_LONGEST]
    return "…" if isinstance(value, dict) else str(value)[:_LONGEST]


def _line(line: ChangeLog, named: Mapping[Any, str], *, personal: bool) -> LogLine:
    model = _model(line.record_type)
    changes = []
    for name in {**line.before, **line.after}:
        before = _shown(model, name, line.before.get(name), named)
        after = _shown(model, name, line.after.get(name), named)
        if name in _INNER or before == after == "":
            continue
        field = _field(model, name)
        label = str(getattr(field, "verbose_name", name)) if field is not None else name
        hidden = name in _PERSONAL and not personal
        changes.append(Change(label, "" if hidden else before, "" if hidden else after, hidden))
    table = str(model._meta.verbose_name) if model is not None else line.record_type
    return LogLine(
        at=line.at,
        actor=line.actor,
        channel=CHANNELS.get(line.channel, line.channel),
        action=ACTIONS.get(line.action, line.action),
        table=table,
        changes=tuple(changes),
        reason=line.reason,
    )


def history_of(about: Mapping[str, Iterable[object]], *, personal: bool) -> tuple[LogLine, ...]:
    """The newest lines about some rows, newest first: ``{"enterprise": [code], "enterprisestatus": [ids]}``.

    ``personal`` shows ID numbers, phones and the like.
    """
    asked = Q(pk__in=())
    for record_type, ids in about.items():
        keys = [str(one) for one in ids]
        if keys:
            asked |= Q(record_type=record_type, record_id__in=keys)
    lines = list(ChangeLog.objects.filter(asked).order_by("-id")[:SHOWN])
    named = _named(lines)
    return tuple(_line(line, named, personal=personal) for line in lines)
