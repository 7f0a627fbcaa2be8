"""Data of the decision that admits or recognises the members of a new union, from its founding case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.ethnicity import find_ethnicity
from docgen.kinds.common import rows
from docgen.kinds.people import value
from docgen.sources.base import Collected, archive_units, basis_rows, needed, only_known, reference
from docgen.sources.cases import executing_offices, open_case, reported_to, request_reference
from records.models import CasePath
from records.selectors.cases import ApplicationSnapshot

KIND = "admission_decision"
_HOME = "Việt Nam"


def collect(code: str, on: date, variant: str) -> Collected:
    """The applicants without the employer's side; the union is founded first (domain brief §3.4).

    Raises NotFound while the founding decision has no number.
    """
    paper = open_case(KIND, code, on)
    case = paper.case
    act = variant or ("recognise" if case.path == CasePath.CONGRESS else "admit")
    founding = needed(
        "founding_decision", f"case:{code}", label="quyết định thành lập, công nhận công đoàn cơ sở"
    )
    people = [_person(a) for a in case.applications if not a.employer_side]
    fields: dict[str, object] = {
        **paper.fields,
        "act": act,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "direct_upper_org": paper.issuer.name,
        "members": people,
        "member_count": len(people),
        "founding_decision": reference(founding),
        "founding_member_names": _founders(founding.data),
        "request_document": request_reference(paper) if act == "recognise" else None,
        "congress_date": case.congress_on.isoformat() if case.congress_on else None,
        "legal_bases": basis_rows(KIND, variant=act, as_of=on),
        "proposing_unit": f"{paper.unit.name} {paper.issuer.name}" if paper.unit else None,
        "executing_units": executing_offices(paper),
        "recipients": [*reported_to(paper), f"Ban lãnh đạo {case.enterprise.name}"],
        "archive_units": archive_units(paper.unit),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        campaign_id=paper.campaign_id,
        variant=act,
        cites=(founding,),
    )


def _founders(data: Mapping[str, object]) -> list[str]:
    """The names in the annex of the founding decision, as they were issued."""
    return [value(row, "full_name") for row in rows(data, "members")]


def _person(application: ApplicationSnapshot) -> dict[str, object]:
    person = application.person
    row: dict[str, object] = {
        "full_name": person.full_name,
        "dob": person.dob,
        "gender": person.gender,
        "ethnicity": find_ethnicity(person.ethnicity) or person.ethnicity,
        "nationality": "" if person.nationality == _HOME else person.nationality,
        "job": application.job,
        "applied_on": application.applied_on.isoformat(),
    }
    return {key: given for key, given in row.items() if given}
