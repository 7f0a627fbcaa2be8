"""What a form filled from the records knows: its values, who fills it, who awaits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core.forms import FormField
from records.selectors.orgs import OrgSnapshot
from records.selectors.people import PersonSnapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    """For which record a form is made, and of which day and campaign its figures are. ``period`` as of contract §4."""

    record: str
    on: date
    campaign: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Values from the records. ``parent`` and ``office`` head the form, ``receiver`` awaits it."""

    values: dict[str, object]
    parent: str = ""
    office: str = ""
    receiver: OrgSnapshot | None = None
    unit: OrgSnapshot | None = None
    campaign_id: int | None = None


def said(**values: object) -> dict[str, object]:
    """The values that the records have; what they do not know stays blank on the form."""
    return {key: value for key, value in values.items() if value not in (None, "")}


_SHORTER = (
    (r"Trách nhiệm hữu hạn", "TNHH"),
    (r"một thành viên", "MTV"),
    (r"(?<=Công ty )Cổ phần", "CP"),
)


def name_for(one: FormField, name: str, *, short: str = "") -> str:
    """A firm's name as its place on the form holds it: in full, else with the usual abbreviations, else the short name.

    What is still too long is refused later, by name.
    """
    if len(name) <= one.room:
        return name
    for long, abbreviation in _SHORTER:
        name = re.sub(long, abbreviation, name, flags=re.IGNORECASE)
    return short if short and len(name) > one.room else name


def person_values(person: PersonSnapshot, *fields: FormField) -> dict[str, object]:
    """What the records know of a person, for these fields."""
    known: dict[str, object] = {
        "full_name": person.full_name,
        "gender": person.gender,
        "dob": person.dob,
        "ethnicity": person.ethnicity,
        "native_place": person.native_place,
        "id_number": person.id_number,
        "phone": person.phone,
        "party_date": person.party_date,
        "education_general": person.education_general,
        "education_professional": person.education_professional,
        "education_political": person.education_political,
    }
    return {one.key: value for one in fields if (value := known.get(one.key))}
