"""From a recognised form to its reading: values, doubts, rules across fields, certainty, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Problem
from core.forms import FormField, FormKind, Values
from intake.certainty import Calibration, shipped
from intake.extract.fields import collect_fields
from intake.extract.found import By, Found
from intake.extract.meaning import mean
from intake.extract.rows import ListRows, read_rows
from intake.extract.tables import find_list
from intake.extract.values import Meaning
from intake.readers.raw import RawForm
from intake.reading import Certainty, FieldReading, Status

#: A value is taken without a look from this probability on, unless a setting says otherwise.
THRESHOLD = 0.99
#: So much of an unknown line is shown.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Acceptance:
    """From which probability a value is taken without a look, by ``kind.key``, by kind, or for all."""

    default: float = THRESHOLD
    special: Mapping[str, float] = field(default_factory=dict)

    def threshold(self, kind: str, key: str) -> float:
        """The narrowest that is set."""
        return self.special.get(f"{kind}.{key}", self.special.get(kind, self.default))


@dataclass(frozen=True, slots=True)
class Assembled:
    """The values of one form with all that is open about them."""

    fields: dict[str, FieldReading]
    rows: tuple[dict[str, FieldReading], ...] | None
    problems: tuple[Problem, ...]
    status: Status


def assemble(
    raw: RawForm,
    form: FormKind,
    *,
    certainty: Certainty,
    on: date | None = None,
    calibration: Calibration | None = None,
    acceptance: Acceptance | None = None,
) -> Assembled:
    """Everything that the form says. ``on`` is the day on which it came."""
    figures = calibration or shipped()
    lists = find_list(raw, form)
    collected = collect_fields(raw, form, lists={id(part.table): part.top for part in lists})
    found = collected.found
    fields = {
        one.key: _field_reading(one, found[one.key], raw=raw, figures=figures)
        for one in form.fields
        if one.key in found
    }
    problems: list[Problem] = []
    rows: tuple[dict[str, FieldReading], ...] | None = None
    if form.columns:
        read = read_rows(lists, form)
        _stated_totals(fields, read, form, raw=raw, figures=figures)
        rows = tuple(_row_reading(row, form, raw=raw, figures=figures) for row in read.rows)
        problems += _list_problems(read, form, present=bool(lists))
    problems += _unread_problems(collected.unread, fields, form)
    problems += _structure_problems(fields, rows, form, certainty)
    problems += _rule_problems(form, fields, rows, on)
    status = _status(form, fields, rows, problems, acceptance or Acceptance())
    return Assembled(fields, rows, tuple(problems), status)


def features(channel: str, by: str, kind: str, *, blank: bool) -> tuple[str, ...]:
    """The groups a value belongs to, from the widest to the narrowest."""
    return (channel, f"{by}.{'blank' if blank else 'written'}", kind)


def _reading(
    one: FormField,
    found: Found,
    meaning: Meaning,
    *,
    raw: RawForm,
    figures: Calibration,
    more: Sequence[Problem] = (),
) -> FieldReading:
    problems = [
        *more,
        *([Problem("unsure", found.unsure, (one.key,))] if found.unsure else []),
        *(
            Problem(doubt.code, doubt.message, (one.key,))
            for doubt in meaning.doubts
            if not doubt.light
        ),
    ]
    doubted = bool(problems)
    channel = "scan" if raw.scanned else raw.channel.value
    group = features(channel, found.by.value, one.kind.value, blank=meaning.blank)
    confidence = figures.probability(group, doubted=doubted)
    return FieldReading(
        meaning.value,
        found.written or meaning.raw,
        confidence,
        found.page,
        found.box,
        tuple(problems),
        found.by.value,
    )


def _field_reading(
    one: FormField, entries: Sequence[Found], *, raw: RawForm, figures: Calibration
) -> FieldReading:
    """The surest entry; another that says something else is a problem, never overruled in silence."""
    meanings = [mean(one, entry) for entry in entries]
    at = next((at for at, meaning in enumerate(meanings) if not meaning.blank), 0)
    best, meaning = entries[at], meanings[at]
    others = [
        other
        for entry, other in zip(entries, meanings, strict=True)
        if not other.blank and other.value != meaning.value and _counts(entry, best)
    ]
    more: list[Problem] = []
    if others:
        shown = ", ".join(f"“{other.raw}”" for other in others[:3])
        more.append(
            Problem(
                "several_values",
                f"Ghi nhiều giá trị khác nhau: “{meaning.raw}”, {shown}.",
                (one.key,),
            )
        )
    return _reading(one, best, meaning, raw=raw, figures=figures, more=more)


def _counts(entry: Found, best: Found) -> bool:
    """Whether a second entry is evidence: a weak one does not speak against a strong one."""
    order = list(By)
    return order.index(entry.by) <= max(order.index(best.by), order.index(By.LINE))


def _row_reading(
    row: Mapping[str, Found], form: FormKind, *, raw: RawForm, figures: Calibration
) -> dict[str, FieldReading]:
    return {
        column.key: _reading(
            column, row[column.key], mean(column, row[column.key]), raw=raw, figures=figures
        )
        for column in form.columns
        if column.key in row
    }


def _stated_totals(
    fields: dict[str, FieldReading],
    read: ListRows,
    form: FormKind,
    *,
    raw: RawForm,
    figures: Calibration,
) -> None:
    """A total written in the total row of the list stands for the field of that name."""
    for key in form.totals:
        column = key.removeprefix("total_")
        source = next((c for c in (f"{column}_total", key) if c in read.totals), None)
        present = fields.get(key)
        if source is None or (present is not None and present.raw):
            continue
        found = read.totals[source]
        fields[key] = _reading(
            form.field(key), found, mean(form.field(key), found), raw=raw, figures=figures
        )


def _list_problems(read: ListRows, form: FormKind, *, present: bool) -> list[Problem]:
    if not present:
        return [Problem("no_list", "Không tìm thấy bảng danh sách trên biểu mẫu.", ("rows",))]
    problems = []
    if read.missing:
        labels = ", ".join(f"“{c.label_vi}”" for c in form.columns if c.key in read.missing)
        problems.append(
            Problem(
                "missing_columns",
                f"Bảng thiếu cột: {labels}.",
                tuple(f"rows.{key}" for key in sorted(read.missing)),
            )
        )
    return problems


def _unread_problems(
    unread: Sequence[str], fields: Mapping[str, FieldReading], form: FormKind
) -> list[Problem]:
    """A field that is nowhere, and a line with a label nobody knows: the value may stand there."""
    absent = tuple(one.key for one in form.fields if one.key not in fields)
    if not absent or not unread:
        return []
    shown = "; ".join(f"“{text[:_SHOWN]}”" for text in unread[:3])
    return [Problem("unread_lines", f"Có dòng không nhận ra là mục nào: {shown}.", absent)]


def _structure_problems(
    fields: Mapping[str, FieldReading],
    rows: Sequence[Mapping[str, FieldReading]] | None,
    form: FormKind,
    certainty: Certainty,
) -> list[Problem]:
    problems = []
    absent = [one for one in form.fields if one.key not in fields]
    if absent and certainty is not Certainty.LIKELY:
        labels = ", ".join(f"“{one.label_vi}”" for one in absent)
        problems.append(
            Problem(
                "missing_fields",
                f"Biểu mẫu không còn các mục: {labels}.",
                tuple(one.key for one in absent),
            )
        )
    written = [one for one in fields.values() if one.value is not None]
    if not written and not rows:
        problems.append(Problem("blank_form", "Biểu mẫu chưa điền mục nào.", ()))
        return problems
    for one in form.fields:
        reading = fields.get(one.key)
        if one.required and (reading is None or (reading.value is None and not reading.problems)):
            problems.append(Problem("missing_required", f"Chưa điền “{one.label_vi}”.", (one.key,)))
    for at, row in enumerate(rows or ()):
        for column in form.columns:
            cell = row.get(column.key)
            if column.required and (cell is None or (cell.value is None and not cell.problems)):
                message = f"Dòng {at + 1} chưa điền “{column.label_vi}”."
                problems.append(Problem("missing_required", message, (f"rows[{at}].{column.key}",)))
    return problems


def _rule_problems(
    form: FormKind,
    fields: Mapping[str, FieldReading],
    rows: Sequence[Mapping[str, FieldReading]] | None,
    on: date | None,
) -> list[Problem]:
    """The rules of the form over the values read."""
    data: dict[str, object] = {key: one.value for key, one in fields.items()}
    if rows is not None:
        data["rows"] = [{key: one.value for key, one in row.items()} for row in rows]
    return form.check(Values(data), on)


def _status(
    form: FormKind,
    fields: Mapping[str, FieldReading],
    rows: Sequence[Mapping[str, FieldReading]] | None,
    problems: Sequence[Problem],
    acceptance: Acceptance,
) -> Status:
    if problems:
        return Status.NEEDS_REVIEW
    readings = [(key, one) for key, one in fields.items()]
    readings += [(key, one) for row in rows or () for key, one in row.items()]
    open_ones = any(
        one.problems or one.confidence < acceptance.threshold(form.kind, key)
        for key, one in readings
    )
    return Status.NEEDS_REVIEW if open_ones else Status.CLEAN
