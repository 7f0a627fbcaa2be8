"""The forms that this store has issued, as reading asks for them (intake.reading.FormLookup)."""

from __future__ import annotations

from collections.abc import Sequence

from intake.reading import FormLookup
from intake.services.rounds import IssuedRow


def form_lookup() -> FormLookup | None:
    """Who knows the store's own codes; None while the registry keeps no issued forms."""
    return None


def issued_rows(*, campaign: str | None = None) -> Sequence[IssuedRow]:
    """The forms that were sent out, of one campaign or of all; none while the registry keeps no issued forms."""
    del campaign
    return ()
