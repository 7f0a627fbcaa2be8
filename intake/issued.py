"""The forms that this store gave out, as the report of a round asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.forms import code_of
from registry.models import IssuedForm


@dataclass(frozen=True, slots=True)
class SentForm:
    """One form that left the house: its printed code, whose turn it is, and until when."""

    code: str
    kind: str
    unit: str
    due: date | None


def issued_rows(*, campaign: str | None = None) -> list[SentForm]:
    """The forms that were given out for a record or a unit, of one campaign or of all.

    A plain blank is nobody's debt and is left out.
    """
    rows = IssuedForm.objects.exclude(sha256="").select_related("unit", "issuer")
    rows = rows.exclude(unit=None, record_id="")
    if campaign:
        rows = rows.filter(campaign__code=campaign)
    return [
        SentForm(
            code=str(code_of(row)),
            kind=row.kind,
            unit=row.unit.name if row.unit else f"{row.record_type} {row.record_id}",
            due=row.due_on,
        )
        for row in rows.order_by("serial")
    ]
