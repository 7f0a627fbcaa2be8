"""Fields of a kind as inputs of a page: their widgets, what was typed, and back to plain values.

Values go to the kinds' own check as they were typed: it reads dates, numbers and phones as people write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeGuard

from django.http import QueryDict

from core.dates import format_short
from core.schema import Choice, FieldKind, FieldSpec
from core.validation import is_blank

#: A text that may be this long is typed in a box of several lines.
_LONG = 200
#: Empty lines below the last row of a table; more come with the button.
_SPARE = 1
MAX_ROWS = 500

_HINTS = {
    FieldKind.DATE: "ví dụ 02/5/2024 hoặc 2.5.24",
    FieldKind.PARTIAL_DATE: "ngày, tháng hoặc năm: 02/5/2024, 5/2024, 2024",
    FieldKind.TIME: "ví dụ 14h00",
    FieldKind.TEXT_LIST: "mỗi ý một dòng",
    FieldKind.TERM: "ví dụ 2024-2028",
    FieldKind.PERIOD: "ví dụ 2024-05, 2024-Q2",
    FieldKind.RATE: "ví dụ 87,5",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: its name in the form, label, widget, what stands in it, and what is wrong with it."""

    name: str
    label: str
    widget: str
    value: str = ""
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    fault: str = ""

    @property
    def rows(self) -> int:
        """Lines of a box: more for a field of its own than within a row."""
        return 2 if "." in self.name else 4

    @property
    def id(self) -> str:
        """The id of the input, to which faults jump."""
        return f"id_{self.name}".replace(".", "_")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of inputs."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One field as the page shows it: a single cell, or lines of cells."""

    cell: Cell
    columns: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = field(default=())

    #: Whether rows may be added.
    may_grow: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is typed in rows."""
        return bool(self.columns)


def inputs(
    specs: Sequence[FieldSpec],
    values: Mapping[str, object],
    faults: Mapping[str, str],
) -> list[Input]:
    """The inputs of these fields with what was typed, and the faults by path (`corrections[0].wrong`)."""
    return [_input(spec, values.get(spec.key), faults) for spec in specs]


def _input(spec: FieldSpec, value: object, faults: Mapping[str, str]) -> Input:
    if spec.kind == FieldKind.ROWS:
        given = [row for row in value if isinstance(row, Mapping)] if _is_list(value) else []
        rows = [*given, *([{}] * _SPARE)]
        return Input(
            _cell(spec, spec.key, None, faults, path=spec.key),
            tuple(_cell(one, f"{spec.key}.0.{one.key}", None, {}, path="") for one in spec.item),
            tuple(
                Line(
                    at + 1,
                    tuple(
                        _cell(
                            one,
                            f"{spec.key}.{at}.{one.key}",
                            row.get(one.key),
                            faults,
                            path=f"{spec.key}[{at}].{one.key}",
                        )
                        for one in spec.item
                    ),
                )
                for at, row in enumerate(rows)
            ),
            may_grow=True,
        )
    if spec.kind == FieldKind.GROUP:
        group = value if isinstance(value, Mapping) else {}
        cells = tuple(
            _cell(
                one,
                f"{spec.key}.0.{one.key}",
                group.get(one.key),
                faults,
                path=f"{spec.key}.{one.key}",
            )
            for one in spec.item
        )
        return Input(_cell(spec, spec.key, None, faults, path=spec.key), cells, (Line(1, cells),))
    return Input(_cell(spec, spec.key, value, faults, path=spec.key))


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _cell(
    spec: FieldSpec, name: str, value: object, faults: Mapping[str, str], *, path: str
) -> Cell:
    return Cell(
        name,
        spec.label_vi,
        _widget(spec),
        shown(value),
        spec.help_vi or _HINTS.get(spec.kind, ""),
        spec.required,
        spec.choices,
        faults.get(path, ""),
    )


def _widget(spec: FieldSpec) -> str:
    if spec.kind == FieldKind.TEXT_LIST or (
        spec.kind == FieldKind.TEXT and spec.max_length > 2 * _LONG
    ):
        return "lines"
    return {FieldKind.ENUM: "choice", FieldKind.BOOLEAN: "yes_no"}.get(spec.kind, "line")


def shown(value: object) -> str:
    """A plain value as it is typed: dates as 02/5/2024, lists a line each."""
    if isinstance(value, bool):
        return "1" if value else ""
    if _is_list(value):
        return "\n".join(str(entry) for entry in value)
    text = "" if value is None else str(value)
    try:
        return format_short(date.fromisoformat(text))
    except ValueError:
        return text


def typed(specs: Sequence[FieldSpec], post: QueryDict) -> dict[str, object]:
    """What was typed into these fields; a field that is not in the form at all is left out."""
    found: dict[str, object] = {}
    for spec in specs:
        if spec.kind == FieldKind.ROWS:
            rows = list(_rows(spec, post))
            if rows or f"{spec.key}.0.{spec.item[0].key}" in post:
                found[spec.key] = rows
        elif spec.kind == FieldKind.GROUP:
            row = _row(spec, post, 0)
            if row or f"{spec.key}.0.{spec.item[0].key}" in post:
                found[spec.key] = row
        elif spec.key in post or (spec.kind == FieldKind.BOOLEAN and f"{spec.key}-co" in post):
            found[spec.key] = _value(spec, post.get(spec.key, ""))
    return found


def _rows(spec: FieldSpec, post: QueryDict) -> Iterator[dict[str, object]]:
    names = (name.split(".") for name in post if name.startswith(f"{spec.key}."))
    numbers = {int(parts[1]) for parts in names if len(parts) == 3 and parts[1].isdecimal()}  # noqa: PLR2004
    for number in sorted(numbers)[:MAX_ROWS]:
        row = _row(spec, post, number)
        if row:
            yield row


def _row(spec: FieldSpec, post: QueryDict, number: int) -> dict[str, object]:
    values = {
        one.key: _value(one, post.get(f"{spec.key}.{number}.{one.key}", "")) for one in spec.item
    }
    return {key: value for key, value in values.items() if not is_blank(value)}


def _value(spec: FieldSpec, text: str) -> object:
    if spec.kind == FieldKind.TEXT_LIST:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if spec.kind == FieldKind.BOOLEAN:
        return bool(text)
    if spec.kind in (FieldKind.INTEGER, FieldKind.MONEY):
        plain = text.strip().replace(".", "").replace(" ", "")
        return int(plain) if plain.isdecimal() else text.strip()
    if spec.kind == FieldKind.RATE:
        plain = text.strip().rstrip("%").strip().replace(",", ".")
        try:
            return float(plain)
        except ValueError:
            return text.strip()
    return text.strip()
