"""Data of the campaign's plan with its three annexes."""

from __future__ import annotations

from datetime import date

from docgen.sources.base import Collected, basis_rows, only_known, upper_first
from docgen.sources.campaigns import (
    campaign_common,
    campaign_recipients,
    content,
    quota_rows,
    short,
    totals,
)
from records.models import AreaKind, Measure
from records.selectors.campaigns import campaign_on
from records.selectors.enterprises import EnterpriseSnapshot, enterprises_without_union

KIND = "plan"
TARGETS = (
    Measure.NEW_MEMBERS,
    Measure.NET_INCREASE,
    Measure.NEW_UNIONS,
    Measure.NEW_UNIONS_NONSTATE,
    Measure.NEW_UNIONS_25PLUS,
)
CONTENT = (
    "subject",
    "purposes",
    "requirements",
    "activities",
    "locations",
    "participants",
    "budget_source",
    "means",
    "tasks_by_unit",
    "report_rule",
    "timetable",
)


def collect(code: str, on: date, variant: str) -> Collected:
    """Text from the campaign, figures from quotas, the list from enterprises without a union."""
    campaign = campaign_on(code, as_of=on)
    common, signature = campaign_common(KIND, campaign.org, host=campaign.org, on=on)
    fields: dict[str, object] = {
        **common,
        **content(campaign, *CONTENT),
        "recipients": [*campaign_recipients(campaign), f"Văn phòng, các ban {short(campaign.org)}"],
        "legal_bases": basis_rows(KIND, variant="", as_of=on),
        "targets": totals(campaign, on=on, measures=TARGETS),
        "period_from": campaign.starts_on.isoformat(),
        "period_to": campaign.ends_on.isoformat(),
        "peak_month": campaign.peak_month,
        "quota_rows": quota_rows(campaign, on=on),
        "enterprises": [
            _enterprise(found)
            for found in _in_order(list(enterprises_without_union(campaign.org, as_of=on)))
        ],
    }
    return Collected(
        data=only_known(KIND, fields),
        issuer_id=campaign.org.id,
        signer_id=signature.person_id,
        campaign_id=campaign.id,
        variant=variant,
    )


def _in_order(found: list[EnterpriseSnapshot]) -> list[EnterpriseSnapshot]:
    """By reporting unit, then code."""
    return sorted(found, key=lambda e: (e.upper.sort_order if e.upper else 0, e.code))


def reporting_area(found: EnterpriseSnapshot) -> str:
    """The district or city while there are districts, else the commune or ward itself."""
    chain = found.area_chain
    upper = [a for a in chain if a.kind in (AreaKind.DISTRICT, AreaKind.PROVINCIAL_CITY)]
    area = upper[0] if upper else found.area
    return upper_first(area.full_name) if area else ""


def within_province(found: EnterpriseSnapshot) -> str:
    """The address without the province, which is that of the whole list."""
    provinces = [a.full_name for a in found.area_chain if a.kind == AreaKind.PROVINCE]
    address = found.address
    for province in provinces:
        address = address.removesuffix(f", {province}")
    return address


def _enterprise(found: EnterpriseSnapshot) -> dict[str, object]:
    seen = found.known
    row: dict[str, object] = {
        "name": found.name,
        "tax_code": found.tax_code,
        "area": reporting_area(found),
        "address": within_province(found),
        "sector": found.sector,
        "workers_total": (seen.workers_total if seen else None) or 0,
        "workers_female": seen.workers_female if seen else None,
        "expected_month": seen.expected_on if seen else None,
    }
    return {key: value for key, value in row.items() if value not in ("", None)}
