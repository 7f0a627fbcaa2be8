"""Forms of one founding case: applications, member list, committee, request, ballot, launch."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from core.forms import FormKind, get_form
from docgen.models import Document
from docgen.prefill.base import Filled, Wanted, name_for, person_values, said
from docgen.sources.base import standing
from records.models import CommitteeKind, FoundingCase
from records.selectors.cases import CaseSnapshot, CommitteeSnapshot, case_snapshot

_EXECUTIVE = (CommitteeKind.ELECTED, CommitteeKind.APPOINTED, CommitteeKind.PROVISIONAL)
_BODY = "executive_committee"


def _union(case: CaseSnapshot) -> str:
    """The coming union bears the enterprise's name exactly (domain brief §4.c)."""
    return case.union_name or f"Công đoàn cơ sở {case.enterprise.name}"


def _filled(case: CaseSnapshot, values: dict[str, object]) -> Filled:
    upper = case.deciding_org
    campaign = FoundingCase.objects.values_list("campaign_id", flat=True).get(code=case.code)
    return Filled(
        values,
        parent=upper.name if upper else "",
        office=_union(case),
        receiver=upper,
        unit=upper,
        campaign_id=campaign,
    )


def _applicants(case: CaseSnapshot) -> int:
    return sum(not one.employer_side for one in case.applications)


def _seats(case: CaseSnapshot, form: FormKind, *, post: str = "") -> list[dict[str, object]]:
    """The members of the committee as rows; ``post`` is the column for their posts."""
    committee = case.committee(*_EXECUTIVE)
    rows = []
    for seat in committee.members if committee else ():
        row = person_values(seat.person, *form.columns)
        keys = {column.key for column in form.columns}
        row |= said(job=seat.job if "job" in keys else "", **({post: seat.post} if post else {}))
        rows.append(row)
    return rows


def _term(committee: CommitteeSnapshot | None) -> str:
    if committee is None or committee.term_start is None or committee.term_end is None:
        return ""
    return f"{committee.term_start}-{committee.term_end}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def membership_application(code: str, wanted: Wanted) -> Filled:
    """Form 5a for any employee: addressee and workplace. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    return _filled(case, _application(case, "membership_application"))


def collective_application(code: str, wanted: Wanted) -> Filled:
    """Form 5b: addressee and workplace; those who apply write themselves in. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    return _filled(case, _application(case, "collective_application"))


def _application(case: CaseSnapshot, kind: str) -> dict[str, object]:
    name = name_for(
        get_form(kind).field("workplace"),
        case.enterprise.name,
        short=case.enterprise.short_name,
    )
    return said(addressee=f"Ban Vận động thành lập công đoàn cơ sở {name}", workplace=name)


def member_list(code: str, wanted: Wanted) -> Filled:
    """Everybody who has applied, the employer's side left out. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    form = get_form("member_list")
    rows = [
        person_values(one.person, *form.columns) | said(job=one.job)
        for one in case.applications
        if not one.employer_side
    ]
    return _filled(case, said(union_name=_union(case)) | {"rows": rows})


def candidate_profiles(code: str, wanted: Wanted) -> Filled:
    """The committee as far as it is known. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    form = get_form("candidate_profiles")
    values = said(union_name=_union(case), body=_BODY, term=_term(case.committee(*_EXECUTIVE)))
    return _filled(case, values | {"rows": _seats(case, form, post="proposed_post")})


def recognition_request(code: str, wanted: Wanted) -> Filled:
    """Names, congress, members and committee; number, day and signer are the sender's. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    form = get_form("recognition_request")
    upper = case.deciding_org
    values = said(
        sender=_union(case),
        addressee=f"Ban Thường vụ {upper.name}" if upper else "",
        union_name=_union(case),
        enterprise_name=name_for(
            form.field("enterprise_name"),
            case.enterprise.name,
            short=case.enterprise.short_name,
        ),
        congress_date=_day(case.congress_on),
        member_count=_applicants(case) or None,
        term=_term(case.committee(*_EXECUTIVE)),
    )
    return _filled(case, values | {"rows": _seats(case, form, post="post")})


def vote_count(code: str, wanted: Wanted) -> Filled:
    """Union, body, day of the congress; candidates and counts are written at the meeting. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    values = said(union_name=_union(case), body=_BODY, meeting_date=_day(case.congress_on))
    return _filled(case, values)


def launch_report(code: str, wanted: Wanted) -> Filled:
    """Day, hours and place as planned, the founding decision, the committee to be presented. Raises NotFound."""
    case = case_snapshot(code, as_of=wanted.on)
    form = get_form("launch_report")
    begins = timezone.localtime(case.launch_at) if case.launch_at else None
    ends = timezone.localtime(case.launch_ends_at) if case.launch_ends_at else None
    values = said(
        union_name=_union(case),
        event_date=begins.date().isoformat() if begins else "",
        start_time=f"{begins:%H:%M}" if begins else "",
        end_time=f"{ends:%H:%M}" if ends else "",
        venue=case.launch_venue,
        members_total=_applicants(case) or None,
        **_founding(standing("founding_decision", f"case:{code}"), wanted.on),
    )
    return _filled(case, values | {"rows": _seats(case, form, post="post")})


def _founding(paper: Document | None, on: date) -> dict[str, object]:
    if paper is None or paper.issued_on is None or paper.issued_on > on:
        return {}
    return {
        "founding_decision_no": paper.code,
        "founding_decision_date": paper.issued_on.isoformat(),
    }
