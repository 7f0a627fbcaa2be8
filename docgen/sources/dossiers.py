"""What a filed dossier lacks, by the checklist of the day (domain brief §3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.profiles import profile_on
from records.selectors.cases import CaseSnapshot


@dataclass(frozen=True, slots=True)
class DossierState:
    """Papers of the checklist that did not come, and what is wrong with those that did."""

    missing: tuple[str, ...]
    faulty: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.faulty)


def is_recorded(case: CaseSnapshot) -> bool:
    """Whether somebody wrote down what came in with the dossier."""
    return isinstance(case.dossier.get("received"), list)


def dossier_state(case: CaseSnapshot, *, on: date) -> DossierState:
    """The dossier against the checklist of its path and number of members; nothing is said without a record."""
    if not is_recorded(case):
        return DossierState((), ())
    members = sum(not one.employer_side for one in case.applications)
    items = profile_on(on).dossier_of(path=case.path, members=members)
    received = set(case.dossier["received"])
    faults = case.dossier.get("faults", {})
    return DossierState(
        missing=tuple(item.name for item in items if item.code not in received),
        faulty=tuple((item.name, str(faults[item.code])) for item in items if item.code in faults),
    )


def lacks(case: CaseSnapshot, *, on: date) -> bool:
    """Whether the recorded dossier is to be returned."""
    return bool(dossier_state(case, on=on))
