"""Data of a committee decision: it stands on the founding decision of the same case."""

from __future__ import annotations

from datetime import date

from core.errors import DataIncomplete
from docgen.sources.base import (
    Collected,
    archive_units,
    basis_rows,
    needed,
    only_known,
    reference,
)
from docgen.sources.cases import (
    CasePaper,
    executing_offices,
    open_case,
    reported_to,
    request_reference,
)
from records.models import CommitteeKind
from records.selectors.cases import CommitteeSnapshot, MemberSnapshot
from records.selectors.facts import find_fact

KIND = "committee_decision"


def collect(code: str, on: date, variant: str) -> Collected:
    """The committee of the case, elected, appointed or provisional. Raises DataIncomplete, NotFound."""
    paper = open_case(KIND, code, on)
    committee = _committee(paper, variant)
    founding = needed(
        "founding_decision", f"case:{code}", label="quyết định thành lập, công nhận công đoàn cơ sở"
    )
    case = paper.case
    members = [a.person.full_name for a in case.applications if not a.employer_side]
    elected = committee.kind == CommitteeKind.ELECTED
    fields: dict[str, object] = {
        **paper.fields,
        "committee": committee.kind,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "founding_decision": reference(founding),
        "members": [_member(m) for m in committee.members],
        "member_count": len(committee.members),
        "union_members_total": len(members),
        "union_member_names": members,
        **_span(committee, on=on),
        "request_document": request_reference(paper) if elected else None,
        "congress_date": case.congress_on.isoformat() if elected and case.congress_on else None,
        "legal_bases": basis_rows(KIND, variant=committee.kind, as_of=on),
        "proposing_unit": f"{paper.unit.name} {paper.issuer.name}" if paper.unit else None,
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
        variant=committee.kind,
        cites=(founding,),
    )


def _committee(paper: CasePaper, variant: str) -> CommitteeSnapshot:
    kinds = (variant,) if variant else ("elected", "appointed", "provisional")
    found = paper.case.committee(*kinds)
    if found is None:
        raise DataIncomplete(
            f"Hồ sơ của {paper.case.enterprise.name} chưa có danh sách Ban Chấp hành. "
            "Nhập danh sách trích ngang rồi soạn lại.",
            missing=("members",),
        )
    return found


def _member(member: MemberSnapshot) -> dict[str, object]:
    row: dict[str, object] = {
        "full_name": member.person.full_name,
        "dob": member.person.dob,
        "gender": member.person.gender,
        "job": member.job,
        "union_post": member.post,
    }
    return {key: value for key, value in row.items() if value}


def _span(committee: CommitteeSnapshot, *, on: date) -> dict[str, object]:
    """A term, or for a provisional committee its limit in months (dated data, unverified)."""
    if committee.kind != CommitteeKind.PROVISIONAL:
        return {"term_start": committee.term_start, "term_end": committee.term_end}
    limit = find_fact("provisional_months_max", as_of=on)
    return {"provisional_months": limit.as_int()} if limit else {}
