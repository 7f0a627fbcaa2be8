"""Data of the decision that gives every reporting unit its quota."""

from __future__ import annotations

from datetime import date, timedelta

from docgen.sources.base import (
    Collected,
    basis_of,
    basis_rows,
    drafting_unit,
    needed,
    only_known,
)
from docgen.sources.campaigns import (
    campaign_common,
    campaign_recipients,
    executing_units,
    monthly_report,
    quota_rows,
    totals,
)
from docgen.sources.plan import TARGETS
from records.selectors.campaigns import campaign_on

KIND = "quota_decision"


def collect(code: str, on: date, variant: str) -> Collected:
    """It stands on the plan, so the plan is issued first."""
    campaign = campaign_on(code, as_of=on)
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    plan = needed("plan", f"campaign:{code}", label="kế hoạch của chiến dịch")
    unit = drafting_unit(campaign.org, as_of=on)
    fields: dict[str, object] = {
        **common,
        "subject": (
            "Về việc giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở "
            f"năm {campaign.year}"
        ),
        "year": campaign.year,
        "proposing_unit": f"{unit.name} {campaign.org.name}" if unit else None,
        "report_rule": monthly_report(to=campaign.org.name, unit=unit),
        "monitored_by": unit.name if unit else campaign.org.name,
        "executing_units": executing_units(campaign, who="các đơn vị có tên tại Phụ lục kèm theo"),
        "recipients": campaign_recipients(campaign),
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
