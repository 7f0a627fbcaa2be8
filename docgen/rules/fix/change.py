"""What is being mended: the opened file, the parts touched, the changes told."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.rules.finding import Where
from docgen.rules.opening import Opened


@dataclass(frozen=True, slots=True)
class Change:
    """One thing mended."""

    rule: str
    message: str
    where: Where
    before: str
    after: str

    def as_json(self) -> dict[str, object]:
        """An entry of ``fixed`` (contract.md §2)."""
        return {
            "rule": self.rule,
            "message": self.message,
            "where": self.where.as_json(),
            "before": self.before,
            "after": self.after,
        }


@dataclass(slots=True)
class Mending:
    """The work: element trees of ``opened`` are changed in place; ``new_parts`` are added members."""

    opened: Opened
    changes: list[Change] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    new_parts: dict[str, bytes] = field(default_factory=dict)

    def tell(self, rule: str, message: str, place: Where, *, before: str, after: str) -> None:
        """Note a change in the part it was made in."""
        self.changes.append(Change(rule, message, place, before, after))
        self.touched.add(place.part)
