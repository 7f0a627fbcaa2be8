"""The campaign's figures against its quotas, for bars, the chart and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from records.models import Campaign, Measure
from records.selectors.campaigns import campaign_on, quota_table
from records.selectors.progress import Deeds, deeds_by_unit
from records.selectors.scope import one_reading


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One reporting unit between two days; ``code`` is empty for what no unit with a quota did."""

    code: str
    name: str
    targets: Mapping[str, int]
    done: Deeds

    @property
    def members_target(self) -> int:
        """New members asked."""
        return self.targets.get(Measure.NEW_MEMBERS, 0)

    @property
    def unions_target(self) -> int:
        """New unions asked."""
        return self.targets.get(Measure.NEW_UNIONS, 0)

    @property
    def members_rate(self) -> float | None:
        """Percent of the members asked; None where none were asked."""
        return _rate(self.done.joined, self.members_target)

    @property
    def unions_rate(self) -> float | None:
        """Percent of the unions asked; None where none were asked."""
        return _rate(self.done.unions, self.unions_target)


def _rate(done: int, target: int) -> float | None:
    return round(100 * done / target, 1) if target else None


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign between two days: its units in the order of the quota annex, and their sum."""

    units: tuple[UnitProgress, ...]
    total: UnitProgress

    @property
    def chart(self) -> dict[str, list[object]]:
        """What the chart draws, as plain JSON."""
        shown = [unit for unit in self.units if unit.code]
        return {
            "units": [unit.name for unit in shown],
            "codes": [unit.code for unit in shown],
            "joined": [unit.done.joined for unit in shown],
            "members": [unit.members_target for unit in shown],
            "founded": [unit.done.unions for unit in shown],
            "unions": [unit.unions_target for unit in shown],
        }


def progress_of(campaign: Campaign, *, first: date, last: date) -> Progress:
    """Figures between two days, both counted; a constant number of queries."""
    with one_reading():
        known = campaign_on(campaign.code, as_of=campaign.starts_on)
        table = quota_table(known, as_of=campaign.starts_on)
        done = dict(deeds_by_unit(known, first=first, last=last))
    units = [
        UnitProgress(
            row.org.code,
            row.org.short_name or row.org.name,
            row.values,
            done.pop(row.org.id, Deeds()),
        )
        for row in table.rows
    ]
    rest = _sum(done.values())
    if rest != Deeds():
        units.append(UnitProgress("", "Nơi khác", {}, rest))
    total = UnitProgress("", "Toàn tỉnh", table.totals, _sum(unit.done for unit in units))
    return Progress(tuple(units), total)


def _sum(rows: Iterable[Deeds]) -> Deeds:
    found = list(rows)
    return Deeds(
        sum(row.joined for row in found),
        sum(row.left for row in found),
        sum(row.unions for row in found),
    )
