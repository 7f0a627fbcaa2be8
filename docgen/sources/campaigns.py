"""What the papers of a campaign as a whole share: content, quota rows, the plan as a basis."""

from __future__ import annotations

from datetime import date

from docgen.sources.base import Signature, archive_units, common_fields, drafting_unit
from records.models import Measure, OrgKind
from records.selectors.campaigns import CampaignSnapshot, quota_table
from records.selectors.orgs import OrgSnapshot

#: Measures of the quota annex, in the order of its columns (domain brief §4.b b4).
QUOTA_MEASURES = (
    Measure.BASE_MEMBERS,
    Measure.NEW_MEMBERS,
    Measure.NET_INCREASE,
    Measure.NEW_UNIONS,
    Measure.NEW_UNIONS_NONSTATE,
    Measure.NEW_UNIONS_25PLUS,
)


def content(campaign: CampaignSnapshot, *keys: str) -> dict[str, object]:
    """Parts of the campaign's content by key, those that are entered; who drafts the paper may write the others."""
    return {key: campaign.content[key] for key in keys if campaign.content.get(key)}


def quota_name(org: OrgSnapshot, campaign: CampaignSnapshot) -> str:
    """How the annex names a row; the province's own row stands for the unions directly under it."""
    if org.id == campaign.org.id:
        return f"Các công đoàn cơ sở trực thuộc {campaign.org.name}"
    return org.name


def quota_rows(campaign: CampaignSnapshot, *, on: date) -> list[dict[str, object]]:
    """The quota annex, a row a reporting unit."""
    rows = []
    for found in quota_table(campaign, as_of=on).rows:
        row: dict[str, object] = {"org_name": quota_name(found.org, campaign)}
        row |= {str(m.value): found.values.get(m.value, 0) for m in QUOTA_MEASURES}
        rows.append(row | ({"note": found.note} if found.note else {}))
    return rows


def totals(
    campaign: CampaignSnapshot, *, on: date, measures: tuple[Measure, ...]
) -> dict[str, object]:
    """The province's targets: the sums of the rows."""
    sums = quota_table(campaign, as_of=on).totals
    return {str(m.value): sums.get(m.value, 0) for m in measures}


def campaign_common(
    kind: str, org: OrgSnapshot, *, host: OrgSnapshot, on: date
) -> tuple[dict[str, object], Signature]:
    """Common fields with the archive units of the body whose office does the work."""
    fields, signature = common_fields(kind, org, on=on)
    return {**fields, "archive_units": archive_units(drafting_unit(host, as_of=on))}, signature


def short(org: OrgSnapshot) -> str:
    """The body as Nơi nhận and lists name it: `LĐLĐ tỉnh Lai Châu`."""
    return org.short_name or org.name


def units_below(campaign: CampaignSnapshot) -> str:
    """The reporting units as papers address them: districts to 30/6/2025, later those that exist."""
    if has_districts(campaign):
        return "LĐLĐ các huyện, thành phố"
    return "Các công đoàn cơ sở trực thuộc"


def has_districts(campaign: CampaignSnapshot) -> bool:
    """Whether districts report to the campaign: until 30/6/2025."""
    rows = quota_table(campaign, as_of=campaign.starts_on).rows
    return any(row.org.kind == OrgKind.DISTRICT_FEDERATION for row in rows)


def campaign_recipients(campaign: CampaignSnapshot) -> list[str]:
    """Who gets the campaign's papers: leaders, the steering committee, the reporting units."""
    committee = campaign.steering_committee
    return [
        f"Thường trực {short(campaign.org)}",
        *([f"Thành viên {committee.name}"] if committee else []),
        units_below(campaign),
    ]


def executing_units(campaign: CampaignSnapshot, *, who: str) -> str:
    """Who carries a campaign decision out, as its last article says."""
    return f"Văn phòng, các ban {campaign.org.name} và {who}"


def monthly_report(*, to: str, unit: OrgSnapshot | None) -> str:
    """The reporting duty in a decision's article."""
    through = f" (qua {unit.name})" if unit else ""
    return f"báo cáo kết quả về {to}{through} trước ngày 20 hằng tháng"
