"""Facts of the trade that nobody has confirmed: those of the rule profiles and those in the record store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from config.cli.store import store_is_ready
from core.profiles import unverified
from records.selectors.facts import unverified_facts


@dataclass(frozen=True, slots=True)
class OpenFact:
    """One open fact; ``where`` says what to correct: ``profiles`` (profiles.toml) or ``records``."""

    where: str
    key: str
    label: str
    value: Any
    valid_from: date | None
    valid_to: date | None
    source: str
    note: str

    def as_json(self) -> dict[str, object]:
        """For scripts."""
        return asdict(self)

    def line(self) -> str:
        """For people: what, since when, why it is open."""
        days = ""
        if self.valid_from:
            days += f" từ {self.valid_from:%d/%m/%Y}"
        if self.valid_to:
            days += f" đến {self.valid_to:%d/%m/%Y}"
        shown = "" if self.value is None else f" = {_shown(self.value)}"
        why = " ".join(filter(None, (self.source, self.note)))
        return f"{self.key}: {self.label}{shown}{days} — {why}"


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def open_facts() -> list[OpenFact]:
    """All open facts; those of the record store only when there is a store."""
    found = [
        OpenFact(
            "profiles", fact.key, fact.title, fact.value, fact.valid_from, fact.valid_to,
            f"Mức {fact.certainty}.", fact.note,
        )
        for fact in unverified()
    ]  # fmt: skip
    if store_is_ready():
        found += [
            OpenFact(
                "records", fact.key, fact.label, fact.value, fact.valid_from, fact.valid_to,
                f"{fact.source.rstrip('.')}." if fact.source else "", fact.note,
            )
            for fact in unverified_facts()
        ]  # fmt: skip
    return found
