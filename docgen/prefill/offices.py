"""Forms of a reporting unit: its enterprises without a union, its monthly progress against the quotas."""

from __future__ import annotations

from datetime import date

from core.forms import get_form
from docgen.prefill.base import Filled, Wanted, name_for, said
from records.models import Campaign, Measure
from records.selectors.campaigns import CampaignSnapshot, campaign_on, quota_table
from records.selectors.enterprises import EnterpriseSnapshot, enterprises_without_union
from records.selectors.orgs import OrgSnapshot, org_on


def campaign_of(wanted: Wanted, org: OrgSnapshot) -> CampaignSnapshot | None:
    """The campaign named, else the one of the day that the unit or a body above it leads; None without one."""
    if wanted.campaign:
        return campaign_on(wanted.campaign, as_of=wanted.on)
    line: list[int] = []
    at: OrgSnapshot | None = org
    while at is not None:
        line.append(at.id)
        at = at.parent
    running = Campaign.objects.filter(
        org_id__in=line, starts_on__lte=wanted.on, ends_on__gte=wanted.on
    )
    found = running.order_by("-starts_on", "code").first()
    return campaign_on(found.code, as_of=wanted.on) if found else None


def _filled(
    org: OrgSnapshot, values: dict[str, object], campaign: CampaignSnapshot | None
) -> Filled:
    receiver = campaign.org if campaign else org.parent or org
    return Filled(
        values,
        parent=org.parent.name if org.parent else "",
        office=org.name,
        receiver=receiver,
        unit=org,
        campaign_id=campaign.id if campaign else None,
    )


def enterprise_list(code: str, wanted: Wanted) -> Filled:
    """The enterprises in the unit's charge that have no union; day and totals are the unit's to write.

    Raises NotFound.
    """
    org = org_on(code, as_of=wanted.on)
    rows = [_row(one) for one in own_enterprises(org, on=wanted.on)]
    return _filled(org, said(district=org.name) | {"rows": rows}, campaign_of(wanted, org))


def own_enterprises(org: OrgSnapshot, *, on: date) -> list[EnterpriseSnapshot]:
    """Enterprises without a union in the unit's own charge; the province's are those in nobody else's."""
    return [
        one
        for one in enterprises_without_union(org, as_of=on)
        if one.upper is not None and one.upper.id == org.id
    ]


def _row(enterprise: EnterpriseSnapshot) -> dict[str, object]:
    form = get_form("enterprise_list")
    known = enterprise.known
    name = name_for(form.column("enterprise_name"), enterprise.name, short=enterprise.short_name)
    values = said(
        enterprise_name=name,
        tax_code=enterprise.tax_code,
        address=_within(enterprise.address, form.column("address").room),
        enterprise_type=enterprise.type,
        sector=enterprise.sector,
    )
    if known is None:
        return values
    return values | said(
        legal_rep_name=known.legal_rep_name,
        phone=known.legal_rep_phone or known.contact_phone,
        workers_total=known.workers_total,
        workers_female=known.workers_female,
        workers_si=known.workers_si,
        status=known.status,
        expected_date=known.expected_on,
    )


def _within(address: str, room: int) -> str:
    """The province, the same for all, is left out first where the address is too long for a row."""
    return address if len(address) <= room else address.rpartition(", tỉnh ")[0] or address


def progress_report(code: str, wanted: Wanted) -> Filled:
    """The unit's own row with the targets that the campaign's quotas give it. Raises NotFound."""
    org = org_on(code, as_of=wanted.on)
    campaign = campaign_of(wanted, org)
    targets: dict[str, int] = {}
    if campaign is not None:
        table = quota_table(campaign, as_of=wanted.on)
        targets = next((dict(row.values) for row in table.rows if row.org.id == org.id), {})
    row = said(
        org_name=org.name,
        target_members=targets.get(Measure.NEW_MEMBERS),
        target_unions=targets.get(Measure.NEW_UNIONS),
    )
    values = said(district=org.name, period=wanted.period) | {"rows": [row]}
    return _filled(org, values, campaign)
