"""Data of the decision that sets up the survey team of a campaign, from its planned visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.errors import DataIncomplete
from docgen.sources.base import (
    Collected,
    basis_rows,
    drafting_unit,
    full_post,
    only_known,
    plan_reference,
    standing,
)
from docgen.sources.campaigns import campaign_common, campaign_recipients, has_districts
from docgen.sources.plan import within_province
from records.models import Post
from records.selectors.base import Identified
from records.selectors.campaigns import (
    CampaignSnapshot,
    OfficerSnapshot,
    VisitSnapshot,
    campaign_on,
    visits_of,
)
from records.selectors.people import office_of

KIND = "survey_team_decision"
#: Whoever stands highest in the steering committee heads the team; its deputy heads are deputies here too.
RANKS = tuple(
    str(post.label)
    for post in (
        Post.COMMITTEE_HEAD,
        Post.COMMITTEE_PERMANENT_DEPUTY,
        Post.COMMITTEE_DEPUTY,
        Post.COMMITTEE_MEMBER,
        Post.COMMITTEE_SECRETARY,
    )
)
DEPUTIES = RANKS[1:3]
SECRETARY = str(Post.COMMITTEE_SECRETARY.label)
_DUTIES = (
    (
        "Khảo sát, nắm tình hình doanh nghiệp, lao động, việc làm, tiền lương, bảo hiểm xã hội tại các "
        "đơn vị, doanh nghiệp có tên trong lịch khảo sát"
    ),
    (
        "Tuyên truyền, vận động người lao động gia nhập Công đoàn Việt Nam; hướng dẫn trình tự, hồ sơ "
        "thành lập công đoàn cơ sở"
    ),
    (
        "Tổng hợp kết quả theo mẫu phiếu khảo sát, đề xuất biện pháp phát triển đoàn viên, thành lập "
        "công đoàn cơ sở"
    ),
)


def collect(code: str, on: date, variant: str) -> Collected:
    """Everyone who goes on a visit that begins on the day or later. Raises DataIncomplete without visits."""
    campaign = campaign_on(code, as_of=on)
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    visits = [visit for visit in visits_of(campaign, as_of=on) if visit.starts_on >= on]
    if not visits:
        raise DataIncomplete(
            f"Chiến dịch “{campaign.name}” chưa có chuyến khảo sát nào từ ngày {on:%d/%m/%Y}. "
            "Nhập lịch khảo sát rồi soạn lại.",
            missing=("itinerary",),
        )
    plan = standing("plan", f"campaign:{code}")
    unit = drafting_unit(campaign.org, as_of=on)
    members = _members(visits, on=on)
    fields: dict[str, object] = {
        **common,
        "team_kind": "delegation",
        "task": (
            "tình hình công nhân lao động, vận động thành lập công đoàn cơ sở tại các doanh nghiệp "
            f"năm {campaign.year}"
        ),
        "members": members,
        "member_count": len(members),
        "duties": list(_DUTIES),
        "period_from": min(visit.starts_on for visit in visits).isoformat(),
        "period_to": max(visit.ends_on for visit in visits).isoformat(),
        "itinerary": [_visit(visit) for visit in visits],
        "plan": plan_reference(plan) if plan else None,
        "expenses": _expenses(campaign),
        "legal_bases": basis_rows(KIND, variant="", as_of=on),
        "proposing_unit": f"{unit.name} {campaign.org.name}" if unit else None,
        "executing_units": f"Văn phòng, các ban {campaign.org.name}{_bodies(campaign, visits)}",
        "recipients": campaign_recipients(campaign),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
        cites=(plan,) if plan else (),
    )


def _rank(officer: OfficerSnapshot) -> int:
    return RANKS.index(officer.committee_role) if officer.committee_role in RANKS else len(RANKS)


def _members(visits: Sequence[VisitSnapshot], *, on: date) -> list[dict[str, object]]:
    """The head, the other leads, then those who go with them, each once."""
    leads = {visit.lead.person.id: visit.lead for visit in visits}
    others = {
        officer.person.id: officer
        for visit in visits
        for officer in visit.team
        if officer.person.id not in leads
    }
    ordered = sorted(leads.values(), key=_rank)
    rows = [_row(ordered[0], "head", on=on)]
    return rows + [
        _row(officer, _role(officer), on=on) for officer in (*ordered[1:], *others.values())
    ]


def _role(officer: OfficerSnapshot) -> str:
    if officer.committee_role in DEPUTIES:
        return "deputy"
    return "secretary" if officer.committee_role == SECRETARY else "member"


def _row(officer: OfficerSnapshot, role: str, *, on: date) -> dict[str, object]:
    person: Identified = officer.person
    held = office_of(person, as_of=on)
    post = full_post(held) if held else officer.title
    return {"full_name": officer.person.full_name, "post": post, "team_role": role}


def _visit(visit: VisitSnapshot) -> dict[str, object]:
    place = visit.enterprise
    seen = place.known if place else None
    row: dict[str, object] = {
        "date": visit.starts_on.isoformat(),
        "date_to": visit.ends_on.isoformat() if visit.ends_on != visit.starts_on else "",
        "place": place.name if place else visit.org.name,
        "address": within_province(place) if place else "",
        "contact": (seen.contact_name or seen.legal_rep_name) if seen else "",
    }
    return {key: value for key, value in row.items() if value}


def _bodies(campaign: CampaignSnapshot, visits: Sequence[VisitSnapshot]) -> str:
    """The bodies that are visited carry it out too; the template adds the people."""
    if has_districts(campaign):
        return ", Liên đoàn Lao động các huyện, thành phố"
    names = dict.fromkeys(v.org.name for v in visits if v.org.id != campaign.org.id)
    return "".join(f", {name}" for name in names)


def _expenses(campaign: CampaignSnapshot) -> str:
    return f"từ nguồn tài chính công đoàn của {campaign.org.name} theo quy định"
