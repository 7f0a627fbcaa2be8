"""What reminders and reports share: a campaign's figures against its quotas, and how far it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.text import fold
from docgen.kinds import get_kind
from docgen.kinds.progress_fields import rate
from docgen.kinds.typenames import type_name
from docgen.models import Document
from docgen.sources.base import basis_of, basis_rows, needed, standing
from docgen.sources.campaigns import quota_name
from records.models import Measure, OrgKind
from records.selectors.campaigns import CampaignSnapshot, quota_table
from records.selectors.facts import find_fact
from records.selectors.orgs import OrgSnapshot
from records.selectors.progress import Deeds, deeds_by_unit
from registry.models import IncomingEntry

#: Dated facts of the office: percent of the quota due on a day, and the day of the month by which units report.
EXPECTED_PERCENT = "reminder_expected_percent"
REPORT_DUE_DAY = "report_due_day"


@dataclass(frozen=True, slots=True)
class UnitState:
    """One reporting unit on a day: what it was asked, what it has done, which report it owes."""

    org: OrgSnapshot
    name: str
    targets: Mapping[str, int]
    done: Deeds
    owes_report: bool

    def is_behind(self, expected: int) -> bool:
        """Whether members or unions are below the expected percent of the quota."""
        pairs = (
            (self.done.joined, self.targets.get(Measure.NEW_MEMBERS, 0)),
            (self.done.unions, self.targets.get(Measure.NEW_UNIONS, 0)),
        )
        reached = [rate(done, target) for done, target in pairs]
        return any(percent is not None and percent < expected for percent in reached)


def expected_percent(campaign: CampaignSnapshot, *, on: date) -> int:
    """Percent of the quota due on the day: the office's fact, else the share of the campaign that has passed."""
    fact = find_fact(EXPECTED_PERCENT, as_of=on)
    if fact is not None:
        return fact.as_int()
    whole = (campaign.ends_on - campaign.starts_on).days + 1
    passed = (min(on, campaign.ends_on) - campaign.starts_on).days + 1
    return max(1, passed * 100 // whole)


def unit_states(campaign: CampaignSnapshot, *, on: date) -> list[UnitState]:
    """Every unit that has a quota and still exists on the day, in the order of the quota annex."""
    done = deeds_by_unit(campaign, first=campaign.starts_on, last=on)
    reported = _reported(campaign, on=on)
    return [
        UnitState(
            org=row.org,
            name=quota_name(row.org, campaign),
            targets=row.values,
            done=done.get(row.org.id, Deeds()),
            owes_report=reported is not None and fold(row.org.name) not in reported,
        )
        for row in quota_table(campaign, as_of=on).rows
        if row.org.is_valid_on(on)
    ]


def report_due(on: date) -> date | None:
    """The last day by which units had to report, on or before ``on``; None where the office has set none."""
    fact = find_fact(REPORT_DUE_DAY, as_of=on)
    if fact is None:
        return None
    due = on.replace(day=fact.as_int())
    if due <= on:
        return due
    year, month = (on.year, on.month - 1) if on.month > 1 else (on.year - 1, 12)
    return date(year, month, fact.as_int())


def _reported(campaign: CampaignSnapshot, *, on: date) -> frozenset[str] | None:
    """Folded names of the bodies whose report came in for the last due month; None where nothing is known.

    The incoming register tells (tác giả, tên loại và trích yếu). An office that keeps no incoming book here,
    or has set no due day, cannot say who owes a report.
    """
    due = report_due(on)
    if due is None or due < campaign.starts_on:
        return None
    book = IncomingEntry.objects.filter(org_id=campaign.org.id)
    if not book.filter(year=due.year).exists():
        return None
    came = book.filter(arrived_on__range=(due.replace(day=1), on))
    return frozenset(
        fold(author)
        for author, subject in came.values_list("author", "subject")
        if fold(subject).startswith(fold("báo cáo"))
    )


def carried(
    campaign: CampaignSnapshot, *, kind: str, on: date, with_quota: bool = True
) -> tuple[list[dict[str, object]], tuple[Document, ...]]:
    """What a paper of the campaign carries out: recorded citations, the plan, the quota decision.

    A plan that was issued on paper before the office began here stands in the campaign's content as
    `plan_on_paper` (type_name, code, date, issuer, subject). Raises NotFound where there is neither.
    """
    record = f"campaign:{campaign.code}"
    rows = basis_rows(kind, variant="", as_of=on)
    on_paper = campaign.content.get("plan_on_paper")
    if isinstance(on_paper, Mapping):
        rows.append(dict(on_paper))
        papers = [standing("quota_decision", record)] if with_quota else []
    else:
        plan = needed("plan", record, label="kế hoạch của chiến dịch")
        papers = [plan, standing("quota_decision", record) if with_quota else None]
    cited = tuple(paper for paper in papers if paper is not None)
    return [*rows, *(basis_of(paper, type_name=_type_name(paper)) for paper in cited)], cited


def _type_name(paper: Document) -> str:
    return type_name(get_kind(paper.kind).schema.symbol_type)


def reported_through(campaign: CampaignSnapshot, unit: OrgSnapshot | None) -> str:
    """``Liên đoàn Lao động tỉnh Lai Châu (qua Ban Tổ chức - Kiểm tra)``."""
    through = f" (qua {unit.name})" if unit else ""
    return f"{campaign.org.name}{through}"


def has_districts(campaign: CampaignSnapshot, *, on: date) -> bool:
    """Whether other units than the province itself have quotas; after 01/7/2025 it may be the only one."""
    rows = quota_table(campaign, as_of=on).rows
    return any(row.org.kind != OrgKind.PROVINCE_FEDERATION for row in rows)
