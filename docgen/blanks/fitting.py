"""Whether values fit into the frozen places of a form; what does not is refused by name. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.errors import DataIncomplete
from core.forms import FormField, FormKind
from core.forms.shown import shown
from docgen.blanks.geometry import Plan, line_count, plan_of


def require_fit(form: FormKind, values: Mapping[str, object]) -> None:
    """Raise DataIncomplete naming every value that is too long for its place, on screen and on paper.

    ``wrong`` has the keys of the form, ``rows[2].address`` for a row.
    """
    wrong = {key: reason for key, _, reason in _too_long(form, values)}
    if wrong:
        labels = [f"“{label}” {reason}" for _, label, reason in _too_long(form, values)]
        message = f"{form.label_vi}: {'; '.join(labels)}. Sửa hồ sơ cho gọn hơn rồi tạo lại."
        raise DataIncomplete(message, wrong=wrong)


def _too_long(form: FormKind, values: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    plan = plan_of(form)
    for _, rows in plan.sections:
        for row in rows:
            for slot in row.slots:
                reason = _reason(
                    slot.field,
                    values.get(slot.field.key),
                    slot.value_width,
                    size=plan.size,
                    lines=slot.value_lines,
                )
                if reason:
                    yield slot.field.key, slot.field.label_vi, reason
    yield from _long_cells(plan, values.get("rows"))


def _long_cells(plan: Plan, rows: object) -> Iterator[tuple[str, str, str]]:
    listed = plan.table
    if listed is None or not isinstance(rows, Sequence):
        return
    for at, row in enumerate(rows):
        for column, width in zip(plan.form.columns, listed.widths[1:], strict=True):
            value = row.get(column.key)
            reason = _reason(column, value, width, size=listed.size, lines=listed.lines)
            if reason:
                yield f"rows[{at}].{column.key}", f"{column.label_vi} (dòng {at + 1})", reason


def _reason(field: FormField, value: object, width: float, *, size: float, lines: int) -> str:
    text = shown(field, value)
    if len(text) > field.room:
        return f"dài {len(text)} ký tự, biểu mẫu chỉ đủ chỗ cho {field.room}"
    needed = line_count(text, width, size=size)
    if text and needed > lines:
        return f"cần {needed} dòng, biểu mẫu chỉ có {lines} dòng"
    return ""
