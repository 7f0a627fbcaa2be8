"""Personal data hidden on a screen that others may see (domain brief §7): numbers but for their end, days of birth but
for the year, sensitive data wholly. Pure.
"""

from __future__ import annotations

import re

from core.forms.base import FormField
from core.identifiers import mask_id
from core.phones import mask_phone
from core.schema import FieldKind

HIDDEN = "•••"
#: People, religion and membership of the Party are sensitive (NĐ 356/2025): nothing of them is shown.
_SENSITIVE = frozenset({"ethnicity", "party_date", "education_political"})
#: Personal numbers and telephones inside a sentence, with the gaps people put into them.
_NUMBERS = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,11}(?!\d)")


def masked(field: FormField, value: object, shown: str) -> str:
    """What is shown of a value, given the words for it."""
    if value is None or not isinstance(value, str):
        return shown
    if field.key in _SENSITIVE:
        return HIDDEN
    if not field.personal:
        return shown
    if field.kind is FieldKind.ID_NUMBER:
        return mask_id(value)
    if field.kind is FieldKind.PHONE:
        return mask_phone(value)
    if field.kind in {FieldKind.DATE, FieldKind.PARTIAL_DATE}:
        return value[:4]
    return shown


def mask_numbers(sentence: str) -> str:
    """A sentence with the personal numbers in it hidden but for their last three figures."""
    return _NUMBERS.sub(lambda match: mask_id(match.group()), sentence)
