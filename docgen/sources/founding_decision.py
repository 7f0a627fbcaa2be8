"""Data of a founding or recognising decision from its founding case."""

from __future__ import annotations

from datetime import date

from core.ethnicity import find_ethnicity
from docgen.sources.base import Collected, archive_units, basis_rows, only_known
from docgen.sources.cases import (
    CasePaper,
    earlier,
    executing_offices,
    open_case,
    plan_basis,
    reported_to,
    request_reference,
)
from records.models import CasePath
from records.selectors.cases import ApplicationSnapshot

KIND = "founding_decision"


def collect(code: str, on: date, variant: str) -> Collected:
    """Members are the applicants; the employer's side is left out (HD 38 1.2)."""
    paper = open_case(KIND, code, on)
    act = variant or ("recognise" if paper.case.path == CasePath.CONGRESS else "found")
    members = [_member(a) for a in paper.case.applications if not a.employer_side]
    case = paper.case
    fields: dict[str, object] = {
        **paper.fields,
        "act": act,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "direct_upper_org": paper.issuer.name,
        "member_count": len(members),
        "members": members,
        "request_document": request_reference(paper),
        "congress_date": case.congress_on.isoformat() if case.congress_on else None,
        "legal_bases": [*basis_rows(KIND, variant=act, as_of=on), *plan_basis(paper)],
        "proposing_unit": _proposer(paper),
        "executing_units": executing_offices(paper),
        "recipients": [
            *reported_to(paper),
            f"Ban lãnh đạo {case.enterprise.name}",
        ],
        "archive_units": archive_units(paper.unit),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=paper.issuer.id,
        signer_id=paper.signature.person_id,
        campaign_id=paper.campaign_id,
        variant=act,
        cites=earlier(paper.plan),
    )


def _member(application: ApplicationSnapshot) -> dict[str, object]:
    person = application.person
    row: dict[str, object] = {
        "full_name": person.full_name,
        "dob": person.dob,
        "gender": person.gender,
        "ethnicity": find_ethnicity(person.ethnicity) or person.ethnicity,
        "job": application.job,
    }
    return {key: value for key, value in row.items() if value}


def _proposer(paper: CasePaper) -> str | None:
    """The drafting unit; a body without units proposes nothing to itself."""
    return f"{paper.unit.name} {paper.issuer.name}" if paper.unit else None
