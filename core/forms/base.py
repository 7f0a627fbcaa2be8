"""What a form kind declares. The blank, the reader, the validator and the review page all follow it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.errors import Problem
from core.schema import Choice, FieldKind, FieldSpec, FormSchema


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a closed list: its code, the label printed, and other words met for it."""

    code: str
    label_vi: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form, or one column of its table.

    ``labels`` are other names met for the printed label. ``room`` is the greatest length in characters that the
    frozen geometry holds, on ``lines`` lines. ``unit`` is printed after the value (người, đồng). ``header`` is the
    upper line of a two-level column head. ``width`` is a column's share of the table, in millimetres.
    """

    key: str
    kind: FieldKind
    label_vi: str
    labels: tuple[str, ...] = ()
    room: int = 50
    lines: int = 1
    required: bool = False
    options: tuple[Option, ...] = ()
    unit: str = ""
    personal: bool = False
    header: str = ""
    header_labels: tuple[str, ...] = ()
    width: float = 20.0
    minimum: int | None = None

    @property
    def spec(self) -> FieldSpec:
        """The same field for validation and JSON Schema."""
        return FieldSpec(
            self.key,
            self.kind,
            self.label_vi,
            required=self.required,
            choices=tuple(Choice(option.code, option.label_vi) for option in self.options),
            minimum=self.minimum,
            max_length=self.room,
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading of the form; an empty heading prints none."""

    heading: str
    fields: tuple[FormField, ...]


class Values:
    """Normalised values of one form (contract §4), read by the cross-field rules; a value left out is None."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.data = data

    def text(self, key: str) -> str | None:
        """A text value."""
        value = self.data.get(key)
        return value if isinstance(value, str) and value else None

    def number(self, key: str) -> int | None:
        """A whole number."""
        value = self.data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def rate(self, key: str) -> float | None:
        """A number with a fraction."""
        value = self.data.get(key)
        return (
            float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        )

    def flag(self, key: str) -> bool | None:
        """A yes or no."""
        value = self.data.get(key)
        return value if isinstance(value, bool) else None

    def first_day(self, key: str) -> date | None:
        """The first day that a date of any precision may mean."""
        value = self.text(key)
        if value is None:
            return None
        year, month, day = [int(part) for part in value.split("-")] + [1, 1][
            : 3 - len(value.split("-"))
        ]
        return date(year, month, day)

    def rows(self) -> list[Values]:
        """The rows of the form's table."""
        rows = self.data.get("rows")
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            return []
        return [Values(row) for row in rows if isinstance(row, Mapping)]


#: Cross-field rules: the values and the day on which the form came (rules against "today").
Check = Callable[[Values, date | None], list[Problem]]


def no_rules(_values: Values, _on: date | None) -> list[Problem]:
    """A form without cross-field rules."""
    return []


@dataclass(frozen=True, slots=True)
class FormKind:
    """One kind of form.

    ``code`` is printed on the paper and opens the form's identity (capital Latin letters, at most six). ``titles``
    are headings by which a page of this form is known; the first is printed. ``about`` names the record a pre-filled
    form belongs to: ``enterprise``, ``org``, ``case`` or nothing. ``printed_rows`` is the number of table rows on a
    blank. ``signers`` stand at the foot, left and right. ``consent`` prints the sentence for personal data.
    ``pledge`` are sentences above the signatures. ``place_date`` prints a line for place and day there. ``letter`` is
    a person's own letter: no office stands at its head.
    """

    kind: str
    code: str
    label_vi: str
    version: int
    titles: tuple[str, ...]
    sections: tuple[Section, ...]
    columns: tuple[FormField, ...] = ()
    check: Check = no_rules
    about: str = ""
    printed_rows: int = 0
    landscape: bool = False
    signers: tuple[str, ...] = ()
    consent: bool = False
    totals: tuple[str, ...] = ()
    pledge: tuple[str, ...] = ()
    place_date: bool = False
    letter: bool = False
    example: dict[str, object] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields outside the table, in printed order."""
        return tuple(one for section in self.sections for one in section.fields)

    @property
    def schema(self) -> FormSchema:
        """For validation and JSON Schema."""
        return FormSchema(
            self.kind,
            self.label_vi,
            self.version,
            tuple(one.spec for one in self.fields),
            tuple(column.spec for column in self.columns),
            self.example,
        )

    def field(self, key: str) -> FormField:
        """The field of that key. Raises KeyError."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)

    def column(self, key: str) -> FormField:
        """The column of that key. Raises KeyError."""
        for one in self.columns:
            if one.key == key:
                return one
        raise KeyError(key)

    def everything(self) -> Iterator[FormField]:
        """Fields, then columns."""
        yield from self.fields
        yield from self.columns
