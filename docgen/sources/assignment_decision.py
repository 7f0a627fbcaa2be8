"""Data of the decision that puts steering committee members in charge of reporting units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
    quota_name,
    totals,
)
from records.models import Assignment, Measure, Post
from records.selectors.campaigns import (
    AssignmentSnapshot,
    CampaignSnapshot,
    assignments_of,
    campaign_on,
    quota_table,
)

KIND = "assignment_decision"
MEASURES = (Measure.NEW_MEMBERS, Measure.NEW_UNIONS)
ROLES = {
    Post.COMMITTEE_HEAD.label: "head",
    Post.COMMITTEE_PERMANENT_DEPUTY.label: "standing_deputy",
    Post.COMMITTEE_DEPUTY.label: "deputy",
    Post.COMMITTEE_MEMBER.label: "member",
    Post.COMMITTEE_SECRETARY.label: "secretary",
}


def collect(code: str, on: date, variant: str) -> Collected:
    """Issued by the steering committee in its own series where the campaign has one (SO-05)."""
    campaign = campaign_on(code, as_of=on)
    issuer = campaign.steering_committee or campaign.org
    common, signature = campaign_common(KIND, issuer, host=campaign.org, on=on)
    plan = needed("plan", f"campaign:{code}", label="kế hoạch của chiến dịch")
    unit = drafting_unit(campaign.org, as_of=on)
    fields: dict[str, object] = {
        **common,
        "subject": (
            f"Về việc phân công thành viên {issuer.name} phụ trách địa bàn năm {campaign.year}"
        ),
        "committee_name": issuer.name,
        "proposing_unit": f"{unit.name} {campaign.org.name}" if unit else None,
        "report_rule": monthly_report(to=issuer.name, unit=unit),
        "executing_units": executing_units(
            campaign, who="các đồng chí có tên tại Phụ lục kèm theo"
        ),
        "recipients": campaign_recipients(campaign),
        "legal_bases": [
            *basis_rows(KIND, variant="", as_of=on),
            basis_of(plan, type_name="Kế hoạch"),
        ],
        **assigned(campaign, on=on),
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=issuer.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
        cites=(plan,),
    )


def assigned(campaign: CampaignSnapshot, *, on: date) -> dict[str, object]:
    """Who is in charge of what, from when to when, with the targets of the areas."""
    found = assignments_of(campaign, as_of=_runs_on(campaign, on))
    return {
        **_period(campaign, found),
        "assignments": [_row(one, campaign) for one in found],
        "area_targets": _targets(campaign, on),
        "targets": totals(campaign, on=on, measures=MEASURES),
    }


def _runs_on(campaign: CampaignSnapshot, on: date) -> date:
    """Assignments are decided before they begin: look at the day on which the first one does."""
    starts = Assignment.objects.filter(campaign_id=campaign.id, valid_from__isnull=False)
    first = starts.order_by("valid_from").values_list("valid_from", flat=True).first()
    return max(on, first) if first else on


def _period(campaign: CampaignSnapshot, found: Sequence[AssignmentSnapshot]) -> dict[str, object]:
    starts = [one.valid_from for one in found if one.valid_from]
    return {
        "period_from": min(starts, default=campaign.starts_on).isoformat(),
        "period_to": campaign.ends_on.isoformat(),
    }


def _row(one: AssignmentSnapshot, campaign: CampaignSnapshot) -> dict[str, object]:
    return {
        "full_name": one.officer.person.full_name,
        "post": one.officer.title,
        "committee_role": ROLES.get(one.officer.committee_role, "member"),
        "areas": [quota_name(org, campaign) for org in one.orgs],
        "support_staff": [officer.person.full_name for officer in one.support],
    }


def _targets(campaign: CampaignSnapshot, on: date) -> list[dict[str, object]]:
    return [
        {
            "area": quota_name(row.org, campaign),
            **{str(m.value): row.values.get(m.value, 0) for m in MEASURES},
        }
        for row in quota_table(campaign, as_of=on).rows
    ]
