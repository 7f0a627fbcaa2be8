"""The forms that this store gave out, as the report of a round asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.forms import get_form
from core.forms.identity import find_codes
from intake.models import ReturnedForm
from registry.forms import code_of, find_issued
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


def answered_form(form: ReturnedForm, *, on: date) -> IssuedForm | None:
    """The form given out that this returned one answers, None for one that nobody asked for.

    A printed code says it. A form typed by hand answers the newest one of its kind that was given out for its record by
    the day ``on`` and, where the form has a period, for that period.
    """
    for code in find_codes(form.code):
        issued = find_issued(code)
        if issued is not None:
            return issued
    if not form.kind or not form.record_id:
        return None
    rows = IssuedForm.objects.exclude(sha256="").filter(
        kind=form.kind,
        record_type=form.record_type,
        record_id=form.record_id,
        issued_on__lte=on,
    )
    if any(one.key == "period" for one in get_form(form.kind).fields):
        rows = rows.filter(period=form.values.get("period") or "-")
    return rows.order_by("-serial").first()
