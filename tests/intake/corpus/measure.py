"""Readings against their truth: what is right, what is wrong but held for a person, what is wrong in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.forms import get_form
from intake.reading import FieldReading, Reading, Status
from tests.intake.corpus.build import Case, Truth
from tests.intake.corpus.spell import Doubted


@dataclass(frozen=True)
class Outcome:
    """One field or cell: what it should be, what was read, and whether anything is open about it."""

    case: str
    style: str
    held_out: bool
    channel: str
    controlled: bool
    kind: str
    key: str
    cell: bool
    wanted: object
    got: object
    raw: str
    confidence: float
    problems: tuple[str, ...]
    by: str
    clean_form: bool
    field_kind: str

    @property
    def right(self) -> bool:
        """A value written doubtfully is read rightly when it is held for a person."""
        if isinstance(self.wanted, Doubted):
            return bool(self.problems) or (self.got is not None and self.got == self.wanted.also)
        return self.got == self.wanted

    def accepted(self, threshold: float) -> bool:
        """Taken without a look at the value itself."""
        return not self.problems and self.confidence >= threshold


_NONE = FieldReading(None, "", 1.0)


def outcomes(case: Case, readings: list[Reading]) -> Iterator[Outcome]:
    """Every value of a file. A form that was not found counts as all its values missed."""
    readings = [one for one in readings if one.kind]  # a sheet of guidance is no form
    for at, truth in enumerate(case.truths):
        reading = readings[at] if at < len(readings) else None
        if truth.kind is None:
            continue
        if reading is not None and reading.kind != truth.kind:
            reading = None
        yield from _form(case, truth, reading)


def _form(case: Case, truth: Truth, reading: Reading | None) -> Iterator[Outcome]:
    form = get_form(str(truth.kind))
    fields: Mapping[str, FieldReading] = reading.fields if reading else {}
    clean = reading is not None and reading.status is Status.CLEAN
    for one in form.fields:
        yield _outcome(
            case,
            form.kind,
            one.key,
            truth.values.get(one.key),
            fields.get(one.key, _NONE),
            clean=clean,
            field_kind=one.kind.value,
        )
    rows = list(reading.rows or ()) if reading else []
    wanted = truth.values.get("rows") or []
    for at in range(max(len(rows), len(wanted))):
        row = rows[at] if at < len(rows) else {}
        true = wanted[at] if at < len(wanted) else {}
        for column in form.columns:
            yield _outcome(
                case,
                form.kind,
                column.key,
                true.get(column.key),
                row.get(column.key, _NONE),
                clean=clean,
                field_kind=column.kind.value,
                row=at,
            )


def _outcome(
    case: Case,
    kind: str,
    key: str,
    wanted: object,
    got: FieldReading,
    *,
    clean: bool,
    field_kind: str,
    row: int | None = None,
) -> Outcome:
    return Outcome(
        case.name,
        case.style,
        case.held_out,
        {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf_text"}[case.suffix],
        case.controlled,
        kind,
        key if row is None else f"rows[{row}].{key}",
        row is not None,
        wanted,
        got.value,
        got.raw,
        got.confidence,
        tuple(problem.code for problem in got.problems),
        got.by,
        clean,
        field_kind,
    )


def share(found: Iterable[Outcome]) -> tuple[int, int]:
    """How many are right, and how many there are."""
    listed = list(found)
    return sum(one.right for one in listed), len(listed)


def false_values(case: Case, readings: list[Reading]) -> list[str]:
    """Values read from a blank form or from a paper that is no form."""
    found = []
    for reading in readings:
        found += [
            f"{key}={one.value!r}" for key, one in reading.fields.items() if one.value is not None
        ]
        found += [f"row {row}" for row in reading.rows or ()]
    return found
