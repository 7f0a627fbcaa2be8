"""What the store knows about the forms that it gave out, as reading asks for it."""

from __future__ import annotations

from core.forms.identity import FormCode
from intake.reading import Issued, RecordRef
from registry.forms import find_issued


class IssuedForms:
    """The forms of this store, a ``FormLookup``."""

    def issued(self, code: FormCode) -> Issued | None:
        """The issued form of that code; None when the store did not make it."""
        found = find_issued(code)
        if found is None:
            return None
        record = RecordRef(found.record_type, found.record_id) if found.record_id else None
        return Issued(found.kind, found.version, record)
