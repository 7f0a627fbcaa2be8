"""Figures and rules of the trade that are dated data, with their source and whether they are confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import DataIncomplete, NotFound
from records.models import Fact
from records.selectors.scope import remembered

#: Keys that code asks for. Their values are rows, never code.
TERM_MIN_MONTHS = "term_min_months"  # HD 03 mục 6.1: 18
TERM_YEARS = "term_years"  # 5
FOUNDING_MIN_MEMBERS = "founding_min_members"  # Điều lệ Điều 13 k1: 5
PROVISIONAL_MONTHS_MAX = "provisional_months_max"  # not verified: 12
DOSSIER_DEADLINE_WD = "dossier_deadline_wd"  # working days
RECOGNITION_DEADLINE_WD = "recognition_deadline_wd"  # working days
COMMITTEE_SIZE = "committee_size"  # [[members from, least, most], ...] in rising order


@dataclass(frozen=True, slots=True)
class FactSnapshot:
    """A fact on a day. ``value`` is plain JSON."""

    key: str
    value: Any
    label: str
    verified: bool
    source: str
    note: str
    valid_from: date | None
    valid_to: date | None

    def as_int(self) -> int:
        """The value as a whole number. Raises DataIncomplete when it is something else."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise DataIncomplete(
                f"Dữ kiện {self.key} phải là số nguyên.", wrong={self.key: str(self.value)}
            )
        return self.value


def _snapshot(row: Fact) -> FactSnapshot:
    return FactSnapshot(
        key=row.key,
        value=row.value,
        label=row.label,
        verified=row.verified,
        source=row.source,
        note=row.note,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def find_fact(key: str, *, as_of: date) -> FactSnapshot | None:
    """The fact on the day (the row that began last), or None."""
    return remembered(("fact", key, as_of), lambda: _read_fact(key, as_of))


def _read_fact(key: str, as_of: date) -> FactSnapshot | None:
    rows = Fact.objects.valid_on(as_of).filter(key=key)
    held = sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk))
    return _snapshot(held[-1]) if held else None


def fact(key: str, *, as_of: date) -> FactSnapshot:
    """The fact on the day. Raises NotFound when the office has not recorded it."""
    found = find_fact(key, as_of=as_of)
    if found is None:
        raise NotFound(
            f"Chưa ghi dữ kiện nghiệp vụ {key} cho ngày {as_of:%d/%m/%Y};"
            " hãy bổ sung ở trang Dữ kiện của tệp hồ sơ.",
            facts={"fact": key, "as_of": as_of.isoformat()},
        )
    return found


def unverified_facts() -> tuple[FactSnapshot, ...]:
    """Facts that nobody has confirmed yet, for `docgen doctor --unverified`."""
    rows = Fact.objects.filter(verified=False).order_by("key", "valid_from", "id")
    return tuple(_snapshot(row) for row in rows)
