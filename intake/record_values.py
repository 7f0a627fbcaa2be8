"""What the records say now in the places of a form, for the person who compares. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from core.forms import Values, get_form
from core.text import fold
from intake.handlers import enterprises, persons
from intake.handlers.base import Known
from records.models import Measure
from records.selectors.enterprises import EnterpriseSnapshot
from records.selectors.people import PersonSnapshot

#: Form keys of a person, of the same name in the records.
_PERSON = ("full_name", "gender", "dob", "ethnicity", "native_place", "address", "id_number", "phone", "party_date",
           "education_general", "education_professional", "education_political")  # fmt: skip
_ENTERPRISE = {"enterprise_name": "name", "tax_code": "tax_code", "enterprise_type": "type", "sector": "sector",
               "address": "address"}  # fmt: skip
_SEEN = {
    "phone": "legal_rep_phone", "expected_date": "expected_on",
    **{key: key for key in ("legal_rep_name", "legal_rep_post", "legal_rep_phone", "contact_name", "contact_phone",
                            "workers_total", "workers_female", "workers_ethnic", "workers_foreign", "workers_si",
                            "willing_workers", "avg_wage", "status")},
}  # fmt: skip
_TARGETS = {
    "target_members": (Measure.NEW_MEMBERS, Measure.NET_INCREASE, Measure.NEW_MEMBERS_NONSTATE),
    "target_unions": (Measure.NEW_UNIONS, Measure.NEW_UNIONS_NONSTATE),
}

Given = Iterator[tuple[str, object]]


def record_values(kind: str, values: Values, known: Known) -> dict[str, object]:
    """Paths of the form to what the records say there; places of which they say nothing are left out."""
    made: dict[str, object] = {}
    for key, value in _fields(kind, values, known):
        _put(made, key, value)
    by_row = _ROWS.get(kind)
    if by_row is not None:
        for at, row in enumerate(values.rows()):
            for key, value in by_row(row, known):
                _put(made, f"rows[{at}].{key}", value)
    return made


def _put(made: dict[str, object], path: str, value: object) -> None:
    if value not in (None, ""):
        made[path] = value


def _fields(kind: str, values: Values, known: Known) -> Given:
    if kind == "enterprise_survey":
        yield from _enterprise(enterprises.find(values, known))
    elif kind == "membership_application":
        yield from _person(_someone(values, known))
    elif kind in ("enterprise_list", "progress_report") and known.org is not None:
        yield "district", known.org.name
    if get_form(kind).about == "case" and known.case is not None:
        case = known.case
        yield "union_name", case.union_name
        yield "enterprise_name", case.enterprise.name
        yield "workplace", case.enterprise.name
        if case.congress_on is not None:
            yield (
                ("meeting_date" if kind == "vote_count" else "congress_date"),
                case.congress_on.isoformat(),
            )
        for number in known.issued[:1]:
            yield "founding_decision_no", number.code
            yield "founding_decision_date", number.on.isoformat()


def _enterprise(found: EnterpriseSnapshot | None) -> Given:
    if found is None:
        return
    for key, name in _ENTERPRISE.items():
        yield key, getattr(found, name)
    if found.founded_on is not None:
        yield "founded_date", found.founded_on.isoformat()
    yield "has_union", found.union is not None
    if found.known is not None:
        for key, name in _SEEN.items():
            yield key, getattr(found.known, name)
        yield from (found.known.values or {}).items()


def _someone(values: Values, known: Known) -> PersonSnapshot | None:
    number = values.text("id_number")
    kept = known.people.get(number) if number else None
    applied = None if kept else persons.applicant(values, known)
    return kept or (applied.person if applied else None)


def _person(found: PersonSnapshot | None) -> Given:
    if found is not None:
        for key in _PERSON:
            yield key, getattr(found, key)


def _person_row(row: Values, known: Known) -> Given:
    yield from _person(_someone(row, known))


def _enterprise_row(row: Values, known: Known) -> Given:
    yield from _enterprise(enterprises.find(row, known))


def _quota_row(row: Values, known: Known) -> Given:
    org = known.orgs.get(fold(row.text("org_name") or ""))
    if org is None:
        return
    for key, measures in _TARGETS.items():
        asked = [known.quotas[org.id, one] for one in measures if (org.id, one) in known.quotas]
        stated = row.number(key)
        if asked:
            yield key, stated if stated in asked else asked[0]


_ROWS: Mapping[str, Callable[[Values, Known], Given]] = {
    "enterprise_list": _enterprise_row,
    "progress_report": _quota_row,
    "collective_application": _person_row,
    "member_list": _person_row,
    "candidate_profiles": _person_row,
    "recognition_request": _person_row,
}
