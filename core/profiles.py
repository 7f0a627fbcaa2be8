"""Which rules hold on a date: format, charter, law, committee sizes. Pure; the facts are in profiles.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from core.citations import Citation

_Table = dict[str, object]


@dataclass(frozen=True, slots=True)
class SizeBand:
    """From so many union members on, a committee has at least ``fewest`` and at most ``most`` people."""

    members_from: int
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class InspectionRules:
    """Inspection committees of grassroots unions; ``None`` where no rule is known.

    From ``members_from`` union members on there is one; below that a committee member is charged with
    inspection. At most one seat in ``committee_part`` is held by the executive committee.
    """

    key: str
    members_from: int
    fewest: int
    most: int | None
    committee_part: int | None


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One paper that a dossier must hold; ``path`` is congress, appointment or any."""

    code: str
    name: str
    path: str = "any"
    members_from: int = 0


@dataclass(frozen=True, slots=True)
class RuleProfile:
    """The rules on one date.

    Keys such as ``tld_2024``, ``dieule_XII``, ``luat_2012``, ``KH22`` name the rows of profiles.toml.
    Deadlines are in working days.
    """

    format_key: str
    charter_key: str
    law_key: str
    size_key: str
    decision_colon: bool
    district_level: bool
    upper_union: str
    law: Citation
    charter: Citation
    guidance: Citation
    founding_members_min: int
    provisional_months_max: int
    dossier_deadline_wd: int
    recognition_deadline_wd: int
    member_age_min: int
    foreign_members: bool
    committee_sizes: tuple[SizeBand, ...]
    inspection: InspectionRules
    employer_side_titles: tuple[str, ...]
    correction_basis: str
    employer_information: str
    authority_support: str
    dossier_items: tuple[DossierItem, ...]
    supplement_wd: int
    answer_wd: int

    @property
    def founding_bases(self) -> tuple[Citation, Citation, Citation]:
        """Law, charter, guidance: the bases of every decision on a grassroots union."""
        return (self.law, self.charter, self.guidance)

    def committee_size(self, members: int) -> SizeBand:
        """The band for a union of so many members."""
        fitting = [band for band in self.committee_sizes if band.members_from <= members]
        return fitting[-1] if fitting else self.committee_sizes[0]

    def dossier_of(self, *, path: str, members: int) -> tuple[DossierItem, ...]:
        """What a dossier of that path (congress, appointment) and so many members must hold."""
        return tuple(
            item
            for item in self.dossier_items
            if item.path in {"any", path or "any"} and item.members_from <= members
        )


@lru_cache(maxsize=1)
def _facts() -> dict[str, list[_Table]]:
    text = Path(__file__).with_name("profiles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _row(section: str, on: date | None) -> _Table:
    """The row in force on a date: the newest that began before it (before all: the first; no date: the last)."""
    rows = sorted(_facts()[section], key=lambda row: str(row["valid_from"]))
    begun = [row for row in rows if on is None or _day(row["valid_from"]) <= on]
    return begun[-1] if begun else rows[0]


def rules_row(section: str, on: date | None) -> Mapping[str, object]:
    """The row of another section in force on a date, for rules that one group of kinds alone needs."""
    return _row(section, on)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"profiles.toml: not a date: {value!r}")
    return value


def _citation(value: object) -> Citation:
    if not isinstance(value, dict):
        raise TypeError(f"profiles.toml: not a citation: {value!r}")
    return Citation.of(value)


def _int(row: _Table, key: str) -> int:
    return int(str(row[key]))


def _optional_int(row: _Table, key: str) -> int | None:
    return _int(row, key) if key in row else None


def _inspection(row: _Table) -> InspectionRules:
    return InspectionRules(
        key=str(row["key"]),
        members_from=_int(row, "members_from"),
        fewest=_int(row, "fewest"),
        most=_optional_int(row, "most"),
        committee_part=_optional_int(row, "committee_part"),
    )


def _dossier_items(value: object) -> tuple[DossierItem, ...]:
    if not isinstance(value, list):
        raise TypeError("profiles.toml: items must be tables")
    return tuple(DossierItem(**item) for item in value)


@lru_cache(maxsize=512)
def profile_on(on: date | None) -> RuleProfile:
    """Rules in force on ``on``; without a date (a draft that has none yet) the newest rules."""
    form, charter = _row("format", on), _row("charter", on)
    law, size = _row("law", on), _row("committee_size", on)
    dossier, letters = _row("dossier", on), _row("letters", on)
    bands = size["bands"]
    titles = charter["employer_side_titles"]
    if not isinstance(bands, list) or not isinstance(titles, list):
        raise TypeError("profiles.toml: bands and employer_side_titles must be lists")
    return RuleProfile(
        format_key=str(form["key"]),
        charter_key=str(charter["key"]),
        law_key=str(law["key"]),
        size_key=str(size["key"]),
        decision_colon=bool(form["decision_colon"]),
        district_level=bool(law["district_level"]),
        upper_union=str(law["upper_union"]),
        law=_citation(law["law_citation"]),
        charter=_citation(charter["charter_citation"]),
        guidance=_citation(charter["guidance_citation"]),
        founding_members_min=_int(charter, "founding_members_min"),
        provisional_months_max=_int(charter, "provisional_months_max"),
        dossier_deadline_wd=_int(charter, "dossier_deadline_wd"),
        recognition_deadline_wd=_int(charter, "recognition_deadline_wd"),
        member_age_min=_int(charter, "member_age_min"),
        foreign_members=bool(law["foreign_members"]),
        committee_sizes=tuple(SizeBand(*band) for band in bands),
        inspection=_inspection(_row("inspection", on)),
        employer_side_titles=tuple(str(title) for title in titles),
        correction_basis=str(form["correction_basis"]),
        employer_information=str(law["employer_information"]),
        authority_support=str(law["authority_support"]),
        dossier_items=_dossier_items(dossier["items"]),
        supplement_wd=_int(dossier, "supplement_wd"),
        answer_wd=_int(letters, "answer_wd"),
    )


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact of the profiles that nobody has confirmed, for ``docgen doctor --unverified``.

    ``key`` is ``row`` or ``row.item``; ``certainty`` C (weak source or inferred) or K (from experience).
    Without ``valid_from`` the rule is announced and not applied.
    """

    key: str
    title: str
    value: object
    certainty: str
    valid_from: date | None
    valid_to: date | None
    note: str


def unverified() -> tuple[OpenFact, ...]:
    """Rows and items of rows whose certainty is C or K, in the order of profiles.toml."""
    found = []
    for section in _facts().values():
        for row in section:
            items = row.get("unverified", [])
            if not isinstance(items, list):
                raise TypeError("profiles.toml: unverified must be tables")
            found += [_open(row, row), *(_open(row, item) for item in items)]
    return tuple(fact for fact in found if fact.certainty in {"C", "K"})


def _open(row: _Table, about: _Table) -> OpenFact:
    begins, ends = row.get("valid_from"), row.get("valid_to")
    item = str(about.get("item", ""))
    return OpenFact(
        key=f"{row['key']}.{item}" if item else str(row["key"]),
        title=str(about["title"]),
        value=row.get(item),
        certainty=str(about["certainty"]),
        valid_from=_day(begins) if begins else None,
        valid_to=_day(ends) if ends else None,
        note=str(about.get("note", "")),
    )
