"""Data of a reminder to the units of a campaign that are behind, all in one letter or one unit each."""

from __future__ import annotations

from datetime import date

from core.dates import add_working_days
from core.errors import UserError
from core.profiles import profile_on
from docgen.sources.base import Collected, drafting_unit, only_known
from docgen.sources.campaigns import campaign_common, short
from docgen.sources.periods import month_of
from docgen.sources.progress import (
    UnitState,
    carried,
    expected_percent,
    report_due,
    reported_through,
    unit_states,
)
from records.models import Measure
from records.selectors.campaigns import CampaignSnapshot, campaign_on

KIND = "reminder_letter"


def collect(code: str, on: date, variant: str) -> Collected:
    """``code`` is a campaign, or ``campaign/unit`` for one unit alone. Raises UserError when nobody is behind."""
    campaign_code, _, unit_code = code.partition("/")
    campaign = campaign_on(campaign_code, as_of=on)
    expected = expected_percent(campaign, on=on)
    chosen = [
        state
        for state in unit_states(campaign, on=on)
        if (not unit_code or state.org.code == unit_code)
        and (state.is_behind(expected) or state.owes_report)
    ]
    if not chosen:
        raise UserError(
            f"Đến ngày {on:%d/%m/%Y} không có đơn vị nào chậm chỉ tiêu ({expected}%) hoặc chậm báo cáo.",
            code="nothing_behind",
            facts={"campaign": campaign_code, "unit": unit_code},
        )
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    bases, cited = carried(campaign, kind=KIND, on=on)
    unit = drafting_unit(campaign.org, as_of=on)
    fields: dict[str, object] = {
        **common,
        "addressees": [state.name for state in chosen],
        "bases": bases,
        "year": campaign.year,
        "cut_off_date": on.isoformat(),
        "expected_percent": expected,
        "lagging": [_row(state) for state in chosen if state.is_behind(expected)],
        "missing_reports": _missing(chosen, on),
        "deadline": add_working_days(on, profile_on(on).answer_wd).isoformat(),
        "report_to": reported_through(campaign, unit),
        "recipients": _recipients(campaign),
    }
    return Collected(
        data=only_known(KIND, {key: value for key, value in fields.items() if value != []}),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant or month_of(code, on),
        cites=cited,
    )


def _row(state: UnitState) -> dict[str, object]:
    return {
        "org_name": state.name,
        "target_members": state.targets.get(Measure.NEW_MEMBERS, 0),
        "done_members": state.done.joined,
        "target_unions": state.targets.get(Measure.NEW_UNIONS, 0),
        "done_unions": state.done.unions,
    }


def _missing(chosen: list[UnitState], on: date) -> list[dict[str, object]]:
    due = report_due(on)
    if due is None:
        return []
    return [
        {"org_name": state.name, "period": f"{due:%Y-%m}", "due_date": due.isoformat()}
        for state in chosen
        if state.owes_report
    ]


def _recipients(campaign: CampaignSnapshot) -> list[str]:
    committee = campaign.steering_committee
    leaders = [f"Thường trực {short(campaign.org)}"]
    return [*leaders, *([f"Thành viên {committee.name}"] if committee else [])]
