"""Data of the decision on inspection in a new union, from its founding case."""

from __future__ import annotations

from datetime import date

from core.errors import DataIncomplete
from docgen.sources.base import Collected, archive_units, basis_rows, needed, only_known, reference
from docgen.sources.cases import (
    CasePaper,
    executing_offices,
    open_case,
    reported_to,
    request_reference,
)
from records.models import CommitteeKind, UnionPost
from records.selectors.cases import CommitteeSnapshot, MemberSnapshot

KIND = "inspection_committee_decision"
EXECUTIVE = (CommitteeKind.ELECTED, CommitteeKind.APPOINTED, CommitteeKind.PROVISIONAL)


def collect(code: str, on: date, variant: str) -> Collected:
    """The inspection committee of the case where it has one, else its member charged with inspection.

    Raises DataIncomplete when the records have neither, NotFound before the decision on the committee.
    """
    paper = open_case(KIND, code, on)
    case = paper.case
    executive = case.committee(*EXECUTIVE)
    inspection = case.committee(CommitteeKind.INSPECTION)
    form = variant or _form(inspection, executive)
    chosen = _chosen(paper, form, inspection=inspection, executive=executive)
    seating = needed("committee_decision", f"case:{code}", label="quyết định về Ban Chấp hành")
    members = [a.person.full_name for a in case.applications if not a.employer_side]
    recognised = form == "committee"
    fields: dict[str, object] = {
        **paper.fields,
        "form": form,
        "union_name": paper.union_name,
        "enterprise_name": case.enterprise.name,
        "members": [_member(seat) for seat in chosen],
        "member_count": len(chosen),
        "union_members_total": len(members),
        "union_member_names": members,
        "executive_committee_names": [
            seat.person.full_name for seat in (executive.members if executive else ())
        ],
        **_term(inspection if inspection and form != "duty" else executive),
        "committee_decision": reference(seating),
        "meeting_date": _meeting(paper) if recognised else None,
        "request_document": request_reference(paper) if recognised else None,
        "legal_bases": basis_rows(KIND, variant=form, as_of=on),
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
        variant=form,
        cites=(seating,),
    )


def _form(inspection: CommitteeSnapshot | None, executive: CommitteeSnapshot | None) -> str:
    """Elected with an elected committee, named with one that the upper union names."""
    if inspection is None:
        return "duty"
    elected = executive is not None and executive.kind == CommitteeKind.ELECTED
    return "committee" if elected else "appointed"


def _chosen(
    paper: CasePaper,
    form: str,
    *,
    inspection: CommitteeSnapshot | None,
    executive: CommitteeSnapshot | None,
) -> list[MemberSnapshot]:
    if form == "duty":
        found = [
            seat
            for seat in (executive.members if executive else ())
            if seat.post == UnionPost.INSPECTION_DUTY
        ]
    else:
        found = list(inspection.members if inspection else ())
    if not found:
        what = (
            "ủy viên Ban Chấp hành làm nhiệm vụ kiểm tra"
            if form == "duty"
            else "danh sách Ủy ban Kiểm tra"
        )
        raise DataIncomplete(
            f"Hồ sơ của {paper.case.enterprise.name} chưa có {what}. Nhập danh sách trích ngang rồi "
            "soạn lại.",
            missing=("members",),
        )
    return found


def _member(seat: MemberSnapshot) -> dict[str, object]:
    row: dict[str, object] = {
        "full_name": seat.person.full_name,
        "dob": seat.person.dob,
        "gender": seat.person.gender,
        "job": seat.job,
        "union_post": seat.post,
    }
    return {key: value for key, value in row.items() if value}


def _term(committee: CommitteeSnapshot | None) -> dict[str, object]:
    if committee is None:
        return {}
    return {"term_start": committee.term_start, "term_end": committee.term_end}


def _meeting(paper: CasePaper) -> str | None:
    """The committee's first conference elects; where only the congress is recorded, on its day."""
    met = paper.case.first_meeting_on or paper.case.congress_on
    return met.isoformat() if met else None
