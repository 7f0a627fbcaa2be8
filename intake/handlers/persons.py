"""People named on forms: who they are in the records, what differs, and writing them."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.dates import PartialDate, format_partial, parse_date
from core.errors import Conflict, Problem
from core.forms import Values
from core.profiles import profile_on
from core.text import fold
from intake.handlers.base import Known
from records.models import Application, FoundingCase, Person
from records.selectors.cases import ApplicationSnapshot
from records.services.audit import By
from records.services.cases import add_application
from records.services.people import change_person, create_person, find_person

#: Form keys that are fields of a person under the same name.
_FIELDS = ("full_name", "dob", "gender", "ethnicity", "native_place", "address", "id_number", "phone", "party_date",
           "education_general", "education_professional", "education_political")  # fmt: skip


def same_person(full_name: str | None, dob: str | None, other_name: str, other_dob: str) -> bool:
    """Same name, and birth dates that do not contradict each other (a year alone fits every day of it)."""
    if fold(full_name or "") != fold(other_name):
        return False
    one, other = dob or "", other_dob
    return one.startswith(other) or other.startswith(one)


def applicant(values: Values, known: Known) -> ApplicationSnapshot | None:
    """The application of the case by the person of a row: by ID number, else by name and birth date."""
    rows = known.case.applications if known.case else ()
    number = values.text("id_number")
    by_number = [row for row in rows if number and row.person.id_number == number]
    if by_number:
        return by_number[0]
    named = [
        row
        for row in rows
        if same_person(
            values.text("full_name"), values.text("dob"), row.person.full_name, row.person.dob
        )
    ]
    return named[0] if len(named) == 1 else None


def is_employer_side(values: Values, known: Known) -> bool:
    """Whether the person is the employer or signs for him; the titles are those of the charter of the day."""
    job = fold(values.text("job") or "")
    titles = [fold(title) for title in profile_on(known.on).employer_side_titles]
    if any(job == one or job.startswith((f"{one} ", f"{one},")) for one in titles):
        return True
    seen = known.case.enterprise.known if known.case else None
    head = fold(seen.legal_rep_name) if seen and seen.legal_rep_name else ""
    return bool(head) and fold(values.text("full_name") or "") == head


def problems(values: Values, known: Known, *, prefix: str = "", where: str = "") -> list[Problem]:
    """A person as stated against the person of the records with the same ID number."""
    made: list[Problem] = []
    if not values.text("full_name"):
        made.append(Problem("no_name", f"{where}Thiếu họ tên.", (f"{prefix}full_name",)))
    number = values.text("id_number")
    kept = known.people.get(number) if number else None
    if kept is not None:
        if not same_person(values.text("full_name"), None, kept.full_name, ""):
            message = f"{where}Số định danh này trong hồ sơ là của một người tên khác."
            made.append(
                Problem("person_differs", message, (f"{prefix}id_number", f"{prefix}full_name"))
            )
        elif (
            values.text("dob")
            and kept.dob
            and not same_person(kept.full_name, values.text("dob"), kept.full_name, kept.dob)
        ):
            message = f"{where}Ngày sinh khác hồ sơ ({_shown(kept.dob)})."
            made.append(Problem("person_differs", message, (f"{prefix}dob",)))
    if is_employer_side(values, known):
        message = (
            f"{where}Người thuộc phía người sử dụng lao động (HD 38 mục 1.2); chấp nhận thì ghi như vậy và "
            "không tính vào số đơn."
        )
        made.append(Problem("employer_side", message, (f"{prefix}full_name",)))
    return made


def _shown(dob: str) -> str:
    found = parse_date(dob)
    return format_partial(found if isinstance(found, PartialDate) else PartialDate.of(found))


def plain(values: Values, known: Known) -> object:
    """The person of the records that a row would be written to, as plain values."""
    number = values.text("id_number")
    kept = known.people.get(number) if number else None
    found = applicant(values, known)
    person = kept or (found.person if found else None)
    if person is None:
        return None
    return [person.code, person.full_name, person.dob, person.id_number]


def save(values: Values, known: Known, *, by: By, source: str) -> tuple[Person, bool]:
    """The person's row with what the form says; whether it is new. What the form leaves blank stays.

    Raises Conflict when the ID number belongs to somebody of another name.
    """
    given: dict[str, Any] = {
        key: values.data[key] for key in _FIELDS if values.data.get(key) not in (None, "")
    }
    found = applicant(values, known)
    row = Person.objects.filter(pk=found.person.id).first() if found else None
    row = row or find_person(
        id_number=str(given.get("id_number", "")),
        full_name=str(given.get("full_name", "")),
        dob=str(given.get("dob", "")),
    )
    if row is None:
        return create_person(by=by, source=source, **given), True
    if fold(row.full_name) != fold(str(given.get("full_name", row.full_name))):
        raise Conflict(
            "Số định danh trên biểu mẫu là của một người tên khác trong hồ sơ. Sửa số định danh rồi nhập lại.",
            code="person_differs",
        )
    if len(str(given.get("dob", ""))) < len(row.dob):
        given.pop("dob", None)  # less exact than what is known
    change_person(row, given, by=by)
    return row, False


def apply_person(
    case: FoundingCase, values: Values, known: Known, *, by: By, source: str, on: date, form: str
) -> tuple[Person, bool]:
    """The person and the application to join within the case; whether the application is new."""
    person, _ = save(values, known, by=by, source=source)
    before = Application.objects.filter(case=case, person=person).exists()
    add_application(
        case,
        person,
        applied_on=on,
        by=by,
        job=values.text("job") or "",
        form=form,
        employer_side=is_employer_side(values, known),
        source=source,
    )
    return person, not before
