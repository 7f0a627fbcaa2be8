"""Which enterprise has which founding case, in which state, decided in which wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from random import Random

from records.models import (
    Application,
    CasePath,
    CaseState,
    CommitteeKind,
    CommitteeMember,
    FoundingCase,
)
from records.sample.enterprises import Profile
from records.sample.store import REFORM_DAY, dice

#: The four days of 2024 on which upper unions decide, and the days after the reform.
WAVES = {1: date(2024, 5, 16), 2: date(2024, 6, 14), 3: date(2024, 8, 16), 4: date(2024, 11, 15)}
REFORM_WAVES = {1: date(2025, 11, 14), 2: date(2025, 12, 12)}
_DECIDED_MADE = {
    "lai-chau": 6, "tam-duong": 3, "phong-tho": 3, "sin-ho": 3, "nam-nhun": 2, "muong-te": 2,
    "tan-uyen": 3, "than-uyen": 2, "direct": 3,
}  # fmt: skip
_WAVE_ORDER = (1, 2, 3, 4, 3, 4, 1, 2, 4, 3, 2, 4, 1, 3, 4, 2, 1, 4, 3, 2, 4, 3, 1, 2, 4, 3, 1)
_OTHER_STATES = (
    CaseState.ORGANISING,
    CaseState.ELIGIBLE,
    CaseState.ENOUGH_APPLICATIONS,
    CaseState.SURVEYED,
    CaseState.CONGRESS_HELD,
    CaseState.REFUSED,
    CaseState.ORGANISING,
    CaseState.NOT_CONTACTED,
    CaseState.PAUSED,
    CaseState.ENOUGH_APPLICATIONS,
    CaseState.SURVEYED,
)
_LISTED_STATES = (
    CaseState.ELIGIBLE,
    CaseState.SURVEYED,
    CaseState.ORGANISING,
    CaseState.NOT_CONTACTED,
)
_GROUP_SIZES = (10, 12, 14, 16, 19, 23, 27, 32, 38, 60)
# From HD 38 on a group under ten members has a committee of three; HD 03 gave it a chair alone.
_SMALL_GROUPS = (5, 7, 9, 12, 16, 20, 24)
_OTHERS_PER_DISTRICT = 5
_EXISTING_PER_DISTRICT = 2
_RECOGNISED_IN = frozenset({"lai-chau", "tam-duong", "phong-tho", "tan-uyen", "than-uyen"})
_COMMITTEE_FROM = 10  # HD 03: fewer members elect only a chair


@dataclass(slots=True)
class Plan:
    """One case to be written: what is meant to become of it."""

    profile: Profile
    state: CaseState
    campaign: str
    path: CasePath | None = None
    decide_on: date | None = None
    applications: int = 0


@dataclass(slots=True)
class Roles:
    """What each enterprise is for: an old union, a case, or nothing yet."""

    existing: list[Profile] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


@dataclass(slots=True)
class Dossier:
    """Everything written with one case, unsaved until all cases are described."""

    plan: Plan
    case: FoundingCase
    applications: list[Application] = field(default_factory=list)
    committee_kind: CommitteeKind | None = None
    term: tuple[int, int] | None = None
    provisional_until: date | None = None
    seats: list[CommitteeMember] = field(default_factory=list)
    inspection: list[CommitteeMember] = field(default_factory=list)
    launched_at: datetime | None = None


def assign_roles(profiles: Sequence[Profile]) -> Roles:
    """Share the enterprises out, district by district, in their order."""
    roles = Roles()
    listed = _cycle(_LISTED_STATES)
    for profile in profiles:
        if profile.decided_wave:
            roles.plans.append(_decided(profile, WAVES[profile.decided_wave], profile.applications))
        elif profile.listed:
            roles.plans.append(_other(profile, next(listed)))
    die, waves, others = dice("roles"), iter(_WAVE_ORDER), _cycle(_OTHER_STATES)
    for district, decided in _DECIDED_MADE.items():
        rest = [p for p in profiles if p.district == district and not (p.decided_wave or p.listed)]
        rest.reverse()  # the special ones without a wave stood first: they come last
        for profile in rest[:_EXISTING_PER_DISTRICT]:
            profile.has_union = True
            roles.existing.append(profile)
        made = iter(rest[_EXISTING_PER_DISTRICT:])
        for profile in islice(made, decided):
            roles.plans.append(_decided(profile, WAVES[next(waves)], die.choice(_GROUP_SIZES)))
        roles.plans += _at_work(district, made, die)
        roles.plans += _after_reform(district, made, die)
        roles.plans += [_other(p, next(others)) for p in islice(made, _OTHERS_PER_DISTRICT)]
    for plan in roles.plans:
        _expect(plan)
    return roles


def _at_work(district: str, made: Iterator[Profile], die: Random) -> list[Plan]:
    """Cases that were through in the first months of the year."""
    states = [CaseState.LAUNCHED]
    if district in _RECOGNISED_IN:
        states.append(CaseState.RECOGNISED)
    return [_done(next(made), state, die.randint(8, 20)) for state in states]


def _after_reform(district: str, made: Iterator[Profile], die: Random) -> list[Plan]:
    """Cases that the province decides after 01/7/2025."""
    found = []
    for profile in islice(made, 2 if district == "lai-chau" else 1):
        wave = 1 + len(profile.name) % 2
        plan = _decided(profile, REFORM_WAVES[wave], die.choice(_SMALL_GROUPS))
        plan.campaign = "ptdv-2025"
        found.append(plan)
    return found


def _expect(plan: Plan) -> None:
    """The month that the survey names, and what the list of 2025 says about a union."""
    profile, day = plan.profile, plan.decide_on
    if plan.state in {CaseState.LAUNCHED, CaseState.RECOGNISED}:
        profile.later_union = True
        return
    if day and day < REFORM_DAY:
        profile.later_union = None  # hangs on a decision that is still to be made in the store
    if profile.expected_month or plan.state in {CaseState.REFUSED, CaseState.NOT_CONTACTED}:
        return
    month = day.month if day and day < REFORM_DAY else 6 + profile.workers % 6
    profile.expected_month = f"2024-{month:02d}"


def _cycle(states: Sequence[CaseState]) -> Iterator[CaseState]:
    while True:
        yield from states


def _decided(profile: Profile, on: date, applications: int) -> Plan:
    """Ten or more go by a congress; smaller groups, and some others, are founded and appointed."""
    count = max(5, min(applications, profile.workers - 2))
    by_congress = count >= _COMMITTEE_FROM and len(profile.name) % 3 != 0
    return Plan(
        profile=profile,
        state=CaseState.DOSSIER_FILED if by_congress else CaseState.ENOUGH_APPLICATIONS,
        campaign="ptdv-2024",
        path=CasePath.CONGRESS if by_congress else CasePath.APPOINTMENT,
        decide_on=on,
        applications=count,
    )


def _done(profile: Profile, state: CaseState, applications: int) -> Plan:
    count = max(5, min(applications, profile.workers - 2))
    path = CasePath.CONGRESS if count >= _COMMITTEE_FROM else CasePath.APPOINTMENT
    return Plan(profile, state, "ptdv-2024", path, None, count)


def _other(profile: Profile, state: CaseState) -> Plan:
    room = max(5, profile.workers - 3)
    counts = {
        CaseState.ORGANISING: 3,
        CaseState.ENOUGH_APPLICATIONS: min(room, 7),
        CaseState.CONGRESS_HELD: min(room, 11),
        CaseState.PAUSED: 2,
    }
    path = CasePath.CONGRESS if state == CaseState.CONGRESS_HELD else None
    return Plan(profile, state, "ptdv-2024", path, None, counts.get(state, 0))
