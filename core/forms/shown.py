"""A value of a form as people write it: what a pre-filled form shows, read back to the same value. Pure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.dates import PartialDate, format_partial
from core.forms.base import FormField
from core.numbers import format_decimal, format_integer
from core.periods import format_period
from core.schema import FieldKind

YES, NO = "Có", "Không"


def shown(field: FormField, value: object) -> str:
    """The text of a normalised value (contract §4); empty for none.

    Counts have no dots between thousands: ``1.500`` may be one and a half to whoever reads it.
    """
    if value is None or value == "":
        return ""
    return _SHOWN.get(field.kind, _plain)(field, value)


def _plain(_field: FormField, value: object) -> str:
    return str(value)


def _choice(field: FormField, value: object) -> str:
    return next((one.label_vi for one in field.options if one.code == value), str(value))


def _day(_field: FormField, value: object) -> str:
    parts = [int(part) for part in str(value).split("-")]
    full = 3
    if len(parts) == full:
        return f"{parts[2]:02d}/{parts[1]:02d}/{parts[0]}"
    return format_partial(PartialDate(*parts))


_SHOWN: dict[FieldKind, Callable[[FormField, object], str]] = {
    FieldKind.ENUM: _choice,
    FieldKind.BOOLEAN: lambda _, value: YES if value else NO,
    FieldKind.DATE: _day,
    FieldKind.PARTIAL_DATE: _day,
    FieldKind.MONEY: lambda _, value: f"{format_integer(int(str(value)))} đồng",
    FieldKind.RATE: lambda _, value: format_decimal(Decimal(str(value))),
    FieldKind.PERIOD: lambda _, value: format_period(str(value)),
    FieldKind.TERM: lambda _, value: str(value).replace("-", " - "),
}
