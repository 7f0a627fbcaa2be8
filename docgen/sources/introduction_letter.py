"""Data of an introduction letter from a planned visit."""

from __future__ import annotations

from datetime import date

from core.dates import format_long
from core.errors import NotFound
from docgen.models import Document
from docgen.sources.base import (
    Collected,
    archive_units,
    common_fields,
    drafting_unit,
    full_post,
    only_known,
    standing,
)
from records.models import Visit
from records.selectors.campaigns import (
    OfficerSnapshot,
    VisitSnapshot,
    campaign_on,
    visits_of,
)
from records.selectors.people import office_of

KIND = "introduction_letter"


def collect(code: str, on: date, variant: str) -> Collected:
    """The lead of the visit is introduced, the team goes with him. Raises NotFound."""
    row = Visit.objects.select_related("campaign").filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có chuyến khảo sát mã {code}.", facts={"visit": code})
    visit = visits_of(row.campaign, as_of=on, codes=[code])[0]
    campaign = campaign_on(row.campaign.code, as_of=on)
    common, signature = common_fields(KIND, campaign.org, on=on)
    plan = standing("plan", f"campaign:{campaign.code}")
    fields: dict[str, object] = {
        **common,
        "introduced_person": visit.lead.person.full_name,
        "gender": visit.lead.person.gender,
        "post": _post(visit.lead, on),
        "companions": [
            {
                "full_name": member.person.full_name,
                "gender": member.person.gender,
                "post": _post(member, on),
            }
            for member in visit.team
        ],
        "sent_to": _place(visit),
        "sent_to_title": "Quý đơn vị",
        "purpose": _purpose(visit, plan),
        "valid_until": (visit.valid_until or visit.ends_on).isoformat(),
        "recipients": ["Như trên"],
        "archive_units": archive_units(drafting_unit(campaign.org, as_of=on)),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
        cites=(plan,) if plan else (),
    )


def _post(officer: OfficerSnapshot, on: date) -> str:
    """In full: the enterprise doesn't know the house's short names."""
    held = office_of(officer.person, as_of=on)
    return full_post(held) if held else officer.title


def _place(visit: VisitSnapshot) -> str:
    return visit.enterprise.name if visit.enterprise else visit.org.name


def _purpose(visit: VisitSnapshot, plan: Document | None) -> str:
    """The visit's content, and the plan that it carries out."""
    content = visit.content.rstrip(".")
    if plan is None or plan.issued_on is None:
        return content
    return f"{content} theo Kế hoạch số {plan.code} {format_long(plan.issued_on)}"
