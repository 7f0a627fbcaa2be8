"""Data of the decision that gives every reporting unit its quota."""

from __future__ import annotations

from datetime import date, timedelta

from docgen.sources.base import Collected, basis_of, basis_rows, needed, only_known
from docgen.sources.campaigns import campaign_common, content, quota_rows, totals
from docgen.sources.plan import TARGETS
from records.selectors.campaigns import campaign_on

KIND = "quota_decision"


def collect(code: str, on: date, variant: str) -> Collected:
    """It stands on the plan, so the plan is issued first."""
    campaign = campaign_on(code, as_of=on)
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    plan = needed("plan", f"campaign:{code}", label="kế hoạch của chiến dịch")
    given = content(campaign, "quota_decision")["quota_decision"]
    fields: dict[str, object] = {
        **common,
        **(given if isinstance(given, dict) else {}),
        "year": campaign.year,
        "legal_bases": [
            *basis_rows(KIND, variant="", as_of=on),
            basis_of(plan, type_name="Kế hoạch"),
        ],
        "targets": totals(campaign, on=on, measures=TARGETS),
        "quota_rows": quota_rows(campaign, on=on),
        "base_date": (date(campaign.year, 1, 1) - timedelta(days=1)).isoformat(),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
        cites=(plan,),
    )
