"""How sure a value is: counts of right and wrong on known truth, looked up by how the value was found. Pure.

The figures are fitted by `docgen read --calibrate` on readings with truth; a setting holds those of an office, the
shipped ones come from the project's own tuning corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_SHIPPED = Path(__file__).with_name("calibration.json")
#: With few cases the figure leans on the wider group, as if that had been seen so often.
_PRIOR = 20.0
#: Nobody has seen this kind of value yet: to a person.
_UNSEEN = 0.9
#: Never quite sure: about one in 2,000 stays open even where none was wrong.
_CEILING = 0.9998
#: A problem of the value itself; the figure is then not taken from the counts.
_DOUBTED = 0.5

Features = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Counts of right and all values for each group, from the widest (channel) to the narrowest."""

    counts: Mapping[str, tuple[int, int]]

    def probability(self, features: Features, *, doubted: bool = False) -> float:
        """The share that was right in the narrowest group, drawn to the wider ones where it is small."""
        estimate = _UNSEEN
        for depth in range(1, len(features) + 1):
            right, seen = self.counts.get("|".join(features[:depth]), (0, 0))
            estimate = (right + _PRIOR * estimate) / (seen + _PRIOR)
        return min(estimate, _CEILING) * (_DOUBTED if doubted else 1.0)


def fit(outcomes: Iterable[tuple[Features, bool]]) -> Calibration:
    """Count outcomes: the features of a value and whether it was right."""
    counts: dict[str, list[int]] = {}
    for features, right in outcomes:
        for depth in range(1, len(features) + 1):
            entry = counts.setdefault("|".join(features[:depth]), [0, 0])
            entry[0] += right
            entry[1] += 1
    return Calibration({key: (right, seen) for key, (right, seen) in counts.items()})


def to_json(calibration: Calibration) -> str:
    """The counts as text, sorted."""
    rows = {key: list(value) for key, value in sorted(calibration.counts.items())}
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def from_json(text: str) -> Calibration:
    """What ``to_json`` wrote. Raises ValueError for anything else."""
    rows = json.loads(text)
    if not isinstance(rows, dict):
        raise ValueError("no calibration")  # noqa: TRY004
    return Calibration({str(key): (int(value[0]), int(value[1])) for key, value in rows.items()})


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The figures that come with the program."""
    return from_json(_SHIPPED.read_text(encoding="utf-8"))
