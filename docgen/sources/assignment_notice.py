"""Data of the notice of who is in charge of which reporting unit: the decision's rows in a paper of the body itself."""

from __future__ import annotations

from datetime import date

from docgen.sources import assignment_decision
from docgen.sources.base import Collected, drafting_unit, needed, only_known, plan_reference
from docgen.sources.campaigns import (
    campaign_common,
    campaign_recipients,
    has_districts,
    monthly_report,
)
from records.selectors.campaigns import CampaignSnapshot, campaign_on

KIND = "assignment_notice"


def collect(code: str, on: date, variant: str) -> Collected:
    """It carries out the plan, so the plan is issued first."""
    campaign = campaign_on(code, as_of=on)
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    plan = needed("plan", f"campaign:{code}", label="kế hoạch của chiến dịch")
    committee = campaign.steering_committee or campaign.org
    unit = drafting_unit(campaign.org, as_of=on)
    fields: dict[str, object] = {
        **common,
        "subject": (
            f"Về việc phân công thành viên {committee.name} phụ trách địa bàn năm {campaign.year}"
        ),
        "plan": plan_reference(plan),
        "committee_name": committee.name,
        **assignment_decision.assigned(campaign, on=on),
        "report_rule": monthly_report(to=committee.name, unit=unit),
        "requested_units": (
            f"các đồng chí được phân công, {_bodies(campaign)} và các đơn vị có liên quan"
        ),
        "recipients": [*campaign_recipients(campaign), "Các đồng chí được phân công"],
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
        cites=(plan,),
    )


def _bodies(campaign: CampaignSnapshot) -> str:
    """The reporting units within a sentence."""
    if has_districts(campaign):
        return "Liên đoàn Lao động các huyện, thành phố"
    return f"các công đoàn cơ sở trực thuộc {campaign.org.name}"
