"""What the parts of the sample share: the data files, a repeatable die, and rows written in bulk."""

from __future__ import annotations

import csv
import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from records.models import Area, Enterprise, OfficeHolder, Person, UnionOrg

DATA = Path(__file__).parent / "data"
CAMPAIGN_FILE = Path(__file__).parent / "campaign_2024.toml"

#: Last day of the district level and first day of the three-level order (NQ 1670, Luật 97/2025).
LAST_DISTRICT_DAY = date(2025, 6, 30)
REFORM_DAY = date(2025, 7, 1)
PROVINCE = "ldld-lai-chau"
SOURCE = "Dữ liệu mẫu"
_SATURDAY = 5

Row = TypeVar("Row", bound=models.Model)


def read_csv(name: str) -> list[dict[str, str]]:
    """Rows of a data file, by its head."""
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_toml(path: str | Path) -> dict[str, Any]:
    """Content of a data file."""
    with (DATA / path).open("rb") as handle:
        return tomllib.load(handle)


def dice(name: str) -> random.Random:
    """A generator of its own for each part, so that one part never moves the throws of another."""
    return random.Random(f"lai-chau/{name}")  # noqa: S311 - made-up data, not a secret


def add_working_days(day: date, count: int) -> date:
    """The day that many working days later, or earlier for a negative count; weekends do not count."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        if day.weekday() < _SATURDAY:
            left -= 1
    return day


@dataclass(slots=True)
class Store:
    """Rows written so far, by code, for those that refer to them."""

    actor: str
    source: str = SOURCE
    areas: dict[str, Area] = field(default_factory=dict)
    orgs: dict[str, UnionOrg] = field(default_factory=dict)
    officers: dict[str, Person] = field(default_factory=dict)  # by full name
    holders: list[OfficeHolder] = field(default_factory=list)
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def stamp(self) -> dict[str, str]:
        """Author and source of a row; a row with a source of its own leaves this one out."""
        return {"created_by": self.actor, "updated_by": self.actor, "source": self.source}

    def save(self, model: type[Row], rows: Iterable[Row]) -> Sequence[Row]:
        """Write rows of one table at once and count them."""
        saved = model._default_manager.bulk_create(list(rows), batch_size=400)
        name = model._meta.object_name or model.__name__
        self.counts[name] = self.counts.get(name, 0) + len(saved)
        return saved

    def holder(self, org: UnionOrg, posts: Sequence[str], on: date) -> OfficeHolder | None:
        """Who holds the first of these posts that is held in the organisation on that day."""
        for post in posts:
            for holder in self.holders:
                if holder.org_id == org.pk and holder.post == post and holder.is_valid_on(on):
                    return holder
        return None
