"""Founding cases with all that their papers need, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from core.errors import NotFound
from records.models import (
    Application,
    CaseState,
    CaseStep,
    Committee,
    CommitteeMember,
    FoundingCase,
    UnionPost,
)
from records.selectors.base import Identified
from records.selectors.enterprises import EnterpriseSnapshot, enterprise_snapshots, upper_orgs
from records.selectors.orgs import OrgBook, OrgSnapshot, org_book
from records.selectors.people import PERSON_COLUMNS, PersonSnapshot, person_from
from records.selectors.scope import is_open, remember, remembered


@dataclass(frozen=True, slots=True)
class ApplicationSnapshot:
    """A worker's application to join."""

    person: PersonSnapshot
    job: str
    applied_on: date
    form: str
    employer_side: bool


@dataclass(frozen=True, slots=True)
class MemberSnapshot:
    """A seat in a committee. ``post`` is the code of contract §5, ``post_label`` the words."""

    person: PersonSnapshot
    post: str
    post_label: str
    job: str


@dataclass(frozen=True, slots=True)
class CommitteeSnapshot:
    """A committee with its members in their order."""

    id: int
    kind: str
    term_start: int | None
    term_end: int | None
    provisional_until: date | None
    decision: str
    members: tuple[MemberSnapshot, ...]


@dataclass(frozen=True, slots=True)
class StepSnapshot:
    """One move of a case with what it stands on."""

    state: str
    on: date
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseSnapshot:
    """A founding case on a day: state by its steps up to the day, applications made by the day.

    ``union`` is the grassroots union once it exists on the day; ``deciding_org`` the organisation in charge
    of the enterprise; ``organising_group`` the employees who prepare the founding. ``congress`` and
    ``launch`` are what was entered about the congress and the ceremony, by key; ``dossier`` what came in.
    """

    id: int
    code: str
    campaign_id: int
    campaign_code: str
    state: str
    path: str
    union_name: str
    enterprise: EnterpriseSnapshot
    deciding_org: OrgSnapshot | None
    union: OrgSnapshot | None
    applications: tuple[ApplicationSnapshot, ...]
    organising_group: OrgSnapshot | None
    committees: tuple[CommitteeSnapshot, ...]
    steps: tuple[StepSnapshot, ...]
    congress_on: date | None
    congress: Mapping[str, Any]
    first_meeting_on: date | None
    request_code: str
    request_date: date | None
    request_issuer: str
    dossier: Mapping[str, Any]
    dossier_complete_on: date | None
    decide_on: date | None
    launch_at: datetime | None
    launch_ends_at: datetime | None
    launch_venue: str
    launch: Mapping[str, Any]

    def committee(self, *kinds: str) -> CommitteeSnapshot | None:
        """The committee of the first of these kinds that the case has, or None."""
        for kind in kinds:
            for found in self.committees:
                if found.kind == kind:
                    return found
        return None


_PLAIN = (
    "code", "path", "union_name", "congress_on", "congress", "first_meeting_on", "request_code", "request_date",
    "request_issuer", "dossier", "dossier_complete_on", "decide_on", "launch_at", "launch_ends_at",
    "launch_venue", "launch",
)  # fmt: skip


_PERSON = tuple(f"person__{name}" for name in PERSON_COLUMNS)


def _applications(ids: set[int], as_of: date) -> Mapping[int, list[ApplicationSnapshot]]:
    found: defaultdict[int, list[ApplicationSnapshot]] = defaultdict(list)
    rows = Application.objects.filter(case_id__in=ids, applied_on__lte=as_of)
    columns = ("case_id", "job", "applied_on", "form", "employer_side", *_PERSON)
    for row in rows.order_by("case_id", "position", "id").values_list(*columns):
        case, job, applied_on, form, employer_side, *person = row
        found[case].append(
            ApplicationSnapshot(person_from(person), job, applied_on, form, employer_side)
        )
    return found


def _committees(ids: set[int]) -> Mapping[int, list[CommitteeSnapshot]]:
    members: defaultdict[int, list[MemberSnapshot]] = defaultdict(list)
    seats = CommitteeMember.objects.filter(committee__case_id__in=ids)
    columns = ("committee_id", "post", "job", *_PERSON)
    for row in seats.order_by("committee_id", "position", "id").values_list(*columns):
        committee, post, job, *person = row
        members[committee].append(
            MemberSnapshot(person_from(person), post, str(UnionPost(post).label), job)
        )
    found: defaultdict[int, list[CommitteeSnapshot]] = defaultdict(list)
    rows = Committee.objects.filter(case_id__in=ids).order_by("id")
    for pk, case, kind, start, end, until, decision in rows.values_list(
        "id", "case_id", "kind", "term_start", "term_end", "provisional_until", "decision"
    ):
        found[case or 0].append(
            CommitteeSnapshot(pk, kind, start, end, until, decision, tuple(members[pk]))
        )
    return found


def _steps(ids: set[int]) -> Mapping[int, list[StepSnapshot]]:
    found: defaultdict[int, list[StepSnapshot]] = defaultdict(list)
    rows = CaseStep.objects.filter(case_id__in=ids).order_by("id")
    for case, state, on, evidence, note in rows.values_list(
        "case_id", "state", "on", "evidence", "note"
    ):
        found[case].append(StepSnapshot(state, on, evidence, note))
    return found


def _state_on(now: str, moves: Sequence[tuple[str, date]], as_of: date) -> str:
    if not moves:  # brought over from an older list without its history
        return now
    until = [state for state, on in moves if on <= as_of]
    return until[-1] if until else CaseState.NOT_CONTACTED.value


def _freeze(rows: Sequence[FoundingCase], *, as_of: date) -> tuple[CaseSnapshot, ...]:
    ids = {row.pk for row in rows}
    enterprises = enterprise_snapshots({row.enterprise_id for row in rows}, as_of=as_of)
    applications, committees, steps = _applications(ids, as_of), _committees(ids), _steps(ids)
    named = {row.union_id for row in rows} | {row.organising_group_id for row in rows}
    book = org_book(as_of=as_of, also={org_id for org_id in named if org_id})
    return tuple(
        CaseSnapshot(
            id=row.pk,
            campaign_id=row.campaign_id,
            campaign_code=row.campaign.code,
            state=_state_on(row.state, [(s.state, s.on) for s in steps.get(row.pk, ())], as_of),
            enterprise=enterprises[row.enterprise_id],
            deciding_org=enterprises[row.enterprise_id].upper,
            union=_org_on(book, row.union_id),
            organising_group=_org_on(book, row.organising_group_id),
            applications=tuple(applications.get(row.pk, ())),
            committees=tuple(committees.get(row.pk, ())),
            steps=tuple(step for step in steps.get(row.pk, ()) if step.on <= as_of),
            **{name: getattr(row, name) for name in _PLAIN},
        )
        for row in rows
    )


def _rows() -> QuerySet[FoundingCase]:
    """Cases with the code of their campaign, without what else is written about it."""
    return FoundingCase.objects.select_related("campaign").only(
        "campaign__code", "state", "enterprise", "union", "organising_group", *_PLAIN
    )


def _org_on(book: OrgBook, org_id: int | None) -> OrgSnapshot | None:
    if org_id is None or not book.rows[org_id].is_valid_on(book.as_of):
        return None
    return book.snapshot(org_id)


def case_snapshots(codes: Iterable[str], *, as_of: date) -> tuple[CaseSnapshot, ...]:
    """Cases by code, in the order asked, in a constant number of queries.

    Raises NotFound naming every code that does not exist.
    """
    wanted = tuple(codes)
    rows = _rows().filter(code__in=wanted)
    found = {case.code: case for case in _freeze(list(rows), as_of=as_of)}
    missing = [code for code in wanted if code not in found]
    if missing:
        raise NotFound(
            f"Không có hồ sơ thành lập mã {', '.join(missing)}.", facts={"cases": missing}
        )
    return tuple(found[code] for code in wanted)


def case_snapshot(code: str, *, as_of: date) -> CaseSnapshot:
    """One case; inside a scope as it was read there (`remember_cases`). Raises NotFound."""
    return remembered(("case", code, as_of), lambda: case_snapshots([code], as_of=as_of)[0])


def remember_cases(codes: Iterable[str], *, as_of: date) -> None:
    """Read many cases at once for the `case_snapshot` calls of the open scope; unknown codes are left out."""
    if not is_open():
        raise RuntimeError("cases are remembered inside one_reading()")
    rows = _rows().filter(code__in=set(codes))
    for case in _freeze(list(rows), as_of=as_of):
        remember(("case", case.code, as_of), case)


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What decides whether a case is taken into a batch, and its place there."""

    code: str
    state: str
    path: str
    decide_on: date | None
    deciding_org: OrgSnapshot | None


def case_heads(campaign: Identified, *, as_of: date) -> tuple[CaseHead, ...]:
    """Cases of a campaign by code, without their people: ten thousand in a moment."""
    rows = list(
        FoundingCase.objects.filter(campaign_id=campaign.id)
        .order_by("code")
        .values_list("pk", "code", "path", "decide_on", "state", "enterprise_id")
    )
    steps: defaultdict[int, list[tuple[str, date]]] = defaultdict(list)
    moves = CaseStep.objects.filter(case__campaign_id=campaign.id).order_by("id")
    for case, state, on in moves.values_list("case_id", "state", "on"):
        steps[case].append((state, on))
    uppers = upper_orgs({row[-1] for row in rows}, as_of=as_of)
    return tuple(
        CaseHead(
            code,
            _state_on(state, steps.get(pk, ()), as_of),
            path,
            decide_on,
            uppers.get(enterprise),
        )
        for pk, code, path, decide_on, state, enterprise in rows
    )


def cases_of(
    campaign: Identified,
    *,
    as_of: date,
    states: Iterable[str] = (),
    under: Identified | None = None,
) -> tuple[CaseSnapshot, ...]:
    """Cases of a campaign by code; of the given states on the day, when any are given.

    ``under`` keeps only enterprises in the charge of that organisation or of one below it: what an officer
    of it may see.
    """
    rows = _rows().filter(campaign_id=campaign.id)
    cases = _freeze(list(rows.order_by("code")), as_of=as_of)
    wanted = frozenset(states)
    if under is not None:
        book = org_book(as_of=as_of, also={under.id})
        cases = tuple(
            case
            for case in cases
            if case.deciding_org is not None and book.is_under(case.deciding_org.id, under.id)
        )
    return tuple(case for case in cases if not wanted or case.state in wanted)
