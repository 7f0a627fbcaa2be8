"""Writing people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.text import clean_line
from records.models import Person
from records.services.audit import By, change, new_code, write


def create_person(*, by: By, **values: Any) -> Person:
    """Write a new person; ``values`` are fields of Person, ``code`` is made when not given.

    Raises DataIncomplete: no name, an unreadable ID number, one that another person has, and so on.
    """
    row = Person(**{"code": new_code("ng"), **values})
    write(row, by=by)
    return row


def change_person(row: Person, values: Mapping[str, Any], *, by: By) -> bool:
    """Change fields of a person; False when nothing is different. Raises DataIncomplete."""
    return change(row, values, by=by)


def find_person(*, id_number: str = "", full_name: str = "", dob: str = "") -> Person | None:
    """The person with this ID number, else the only one with exactly this name and birth date.

    Two people of one name and birth date give None: a person must decide.
    """
    if id_number:
        return Person.objects.filter(id_number=id_number).first()
    if not (full_name and dob):
        return None
    rows = list(Person.objects.filter(full_name=clean_line(full_name), dob=dob)[:2])
    return rows[0] if len(rows) == 1 else None
