"""Reports of reporting units, newest revisions only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from records.models import ProgressLine, ProgressReport
from records.selectors.base import Identified

FIGURES = (
    "target_members", "target_unions", "month_joined", "month_left", "month_net", "month_unions", "cum_joined",
    "cum_left", "cum_net", "cum_unions", "rate_members", "rate_unions", "members_total", "members_female",
    "unions_total",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineSnapshot:
    """One line of a report; figures left blank are not in ``figures``."""

    org_name: str
    figures: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class ReportSnapshot:
    """The newest revision of a unit's report of a period."""

    period: str
    revision: int
    as_of: date | None
    lines: tuple[LineSnapshot, ...]


def reports_of(org: Identified, *, periods: Iterable[str]) -> Mapping[str, ReportSnapshot]:
    """The unit's reports of these periods, by period, in two queries."""
    rows = ProgressReport.objects.filter(org_id=org.id, period__in=list(periods))
    newest = {row.period: row for row in rows.order_by("period", "revision")}
    lines: dict[int, list[LineSnapshot]] = {row.pk: [] for row in newest.values()}
    for line in ProgressLine.objects.filter(report_id__in=lines).order_by("report_id", "position"):
        given = {name: getattr(line, name) for name in FIGURES}
        figures = {name: value for name, value in given.items() if value is not None}
        lines[line.report_id].append(LineSnapshot(line.org_name, figures))
    return {
        period: ReportSnapshot(period, row.revision, row.as_of, tuple(lines[row.pk]))
        for period, row in newest.items()
    }
