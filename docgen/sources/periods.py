"""Papers that come again: the period or filing that names one of them when nobody says which."""

from __future__ import annotations

from datetime import date

from core.errors import UserError
from core.periods import parse_period
from records.models import CaseState, CaseStep


def month_of(_code: str, on: date) -> str:
    """``2024-09``: one reminder a month, one report a month."""
    return f"{on:%Y-%m}"


def filing_of(code: str, on: date) -> str:
    """The day on which the dossier of a case was last filed: each filing is returned once at the most."""
    steps = CaseStep.objects.filter(case__code=code, state=CaseState.DOSSIER_FILED, on__lte=on)
    last = steps.order_by("-on", "-id").values_list("on", flat=True).first()
    return last.isoformat() if last else ""


def period(variant: str, on: date) -> str:
    """The period asked for, as contract.md §5 writes it; the month of the day by default. Raises UserError."""
    if not variant:
        return month_of("", on)
    try:
        return parse_period(variant)
    except ValueError as unreadable:
        raise UserError(
            f"Kỳ “{variant}” không đúng; ghi như 2024-05, 2024-Q2, 2024-H1, 2024-9M hoặc 2024.",
            code="wrong_variant",
            facts={"wrong": {"variant": variant}},
        ) from unreadable
