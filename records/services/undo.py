"""What was written for one paper is taken back when the paper no longer stands.

The change log says what each row was before. Every line under the paper's name is undone, newest first, by
new lines of the log; nothing of the log itself changes.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models, transaction

from core.errors import Conflict
from records.models import ChangeLog
from records.services.audit import By, change, remove, values_of

#: Stands before the reason of what is undone.
UNDONE = "Không còn áp dụng: "
_APP = "records"


def take_back(reason: str, *, by: By) -> int:
    """Undo every change logged under ``reason``; gives how many, 0 when that was done before.

    Raises Conflict naming the rows that were changed again since: a person has to decide about those.
    """
    mark = f"{UNDONE}{reason}"
    with transaction.atomic():
        if ChangeLog.objects.filter(reason=mark).exists():
            return 0
        lines = list(ChangeLog.objects.filter(reason=reason).order_by("-id"))
        _refuse_moved_on(reason, lines)
        undoing = By(actor=by.actor, channel=by.channel, reason=mark)
        for line in lines:
            _undo(line, undoing)
    return len(lines)


def _row(line: ChangeLog) -> models.Model | None:
    """The row of a log line: by its code where the table has one (audit.record_id)."""
    model = apps.get_model(_APP, line.record_type)
    names = {field.name for field in model._meta.concrete_fields}
    key = {"code": line.record_id} if "code" in names else {"pk": line.record_id}
    row: models.Model | None = model._default_manager.select_for_update().filter(**key).first()
    return row


def _refuse_moved_on(reason: str, lines: list[ChangeLog]) -> None:
    """Each row must still be as the newest of its lines left it."""
    seen: dict[tuple[str, str], set[str]] = {}
    moved: list[str] = []
    for line in lines:
        touched = seen.setdefault((line.record_type, line.record_id), set())
        row = _row(line)
        now = values_of(row) if row is not None else None
        newest = {key: value for key, value in line.after.items() if key not in touched}
        if now is None or any(now.get(key) != value for key, value in newest.items()):
            moved.append(f"{row._meta.verbose_name} “{row}”" if row else line.record_type)
        touched |= set(line.after)
    if moved:
        named = "; ".join(dict.fromkeys(moved))
        raise Conflict(
            f"Chưa hủy được thay đổi theo {reason}: đã có thay đổi sau đó ({named}). "
            "Hãy sửa các hồ sơ này trước rồi làm lại.",
            code="changed_since",
            facts={"reason": reason, "records": moved},
        )


def _undo(line: ChangeLog, by: By) -> None:
    row = _row(line)
    if row is None:
        raise RuntimeError(f"{line.record_type} {line.record_id} was looked for a moment ago")
    if line.action == "created":
        remove(row, by=by)
        return
    names = {field.attname: field for field in row._meta.concrete_fields}
    before: dict[str, Any] = {
        names[key].name: _read(row, names[key], value) for key, value in line.before.items()
    }
    change(row, before, by=by)


def _read(row: models.Model, field: models.Field[Any, Any], value: object) -> Any:
    """A logged value as the field holds it; a reference is logged by its row number."""
    if not field.is_relation:
        return field.to_python(value)
    other = field.related_model
    if value is None or not isinstance(other, type):
        return None
    return other._default_manager.get(pk=value)
