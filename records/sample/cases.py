"""Founding cases with their steps, applications and committees, and the unions that came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

from core.dates import format_short
from records.models import (
    Application,
    Campaign,
    CasePath,
    CaseState,
    CaseStep,
    Committee,
    CommitteeKind,
    CommitteeMember,
    FoundingCase,
    Person,
    UnionPost,
)
from records.sample.casework import Dossier, Plan
from records.sample.people import PeopleMaker
from records.sample.store import REFORM_DAY, Store, add_working_days

_PROVISIONAL_MONTHS = 12  # fact provisional_months_max, not confirmed
_COMMITTEE_FROM = 10
_FIVE_SEATS_FROM = 30
_UPPER_TERM_END = 2028
_TERM_END_AFTER_REFORM = 2030
_COLLECTIVE_FROM = 20
#: Days of the first quarter on which the unions already at work were decided.
_DONE_ON = (date(2024, 2, 26), date(2024, 3, 14), date(2024, 3, 28), date(2024, 4, 12))
_QUIET_UNTIL = date(2024, 4, 1)

_WAY = (
    CaseState.SURVEYED,
    CaseState.ELIGIBLE,
    CaseState.ORGANISING,
    CaseState.ENOUGH_APPLICATIONS,
    CaseState.CONGRESS_HELD,
    CaseState.DOSSIER_FILED,
    CaseState.RECOGNISED,
    CaseState.LAUNCHED,
)


def describe(
    store: Store,
    plans: Sequence[Plan],
    campaigns: dict[str, Campaign],
    people: PeopleMaker,
) -> list[Dossier]:
    """Describe each case with its people and committee, all unsaved."""
    dossiers = []
    numbers = dict.fromkeys(campaigns, 0)
    for at, plan in enumerate(plans):
        numbers[plan.campaign] += 1
        code = f"hs{plan.campaign[-2:]}-{numbers[plan.campaign]:03d}"
        case = FoundingCase(
            code=code,
            campaign=campaigns[plan.campaign],
            enterprise=plan.profile.enterprise,
            state=plan.state,
            path=plan.path or "",
            **store.stamp,
        )
        dossier = Dossier(plan=plan, case=case)
        if plan.state in {CaseState.RECOGNISED, CaseState.LAUNCHED}:
            plan.decide_on = _DONE_ON[at % len(_DONE_ON)]
        _set_dates(dossier)
        _add_applications(store, dossier, people)
        if plan.decide_on:
            _add_committee(store, dossier)
        dossiers.append(dossier)
    return dossiers


def save_cases(store: Store, dossiers: Sequence[Dossier]) -> None:
    """Write people, cases, steps, applications, committees and their members."""
    applications = list(chain.from_iterable(d.applications for d in dossiers))
    store.save(Person, [a.person for a in applications])
    store.save(FoundingCase, [d.case for d in dossiers])
    store.save(CaseStep, chain.from_iterable(_steps(store, d) for d in dossiers))
    store.save(Application, applications)
    committees = [d for d in dossiers if d.committee_kind]
    store.save(Committee, [m for d in committees for m in _committees(d)])
    store.save(CommitteeMember, [m for d in committees for m in (*d.seats, *d.inspection)])


def _committees(dossier: Dossier) -> list[Committee]:
    found = [dossier.seats[0].committee]
    if dossier.inspection:
        found.append(dossier.inspection[0].committee)
    return found


def _set_dates(dossier: Dossier) -> None:
    """Congress, request and complete dossier lie before the day of the decision, in working days."""
    plan, case = dossier.plan, dossier.case
    name = plan.profile.name
    if plan.state not in {CaseState.NOT_CONTACTED, CaseState.REFUSED}:
        case.union_name = f"Công đoàn cơ sở {name}"
    if plan.state == CaseState.CONGRESS_HELD:
        case.congress_on = case.first_meeting_on = date(2024, 9, 20)
    if plan.decide_on is None:
        return
    if plan.path == CasePath.CONGRESS:
        case.congress_on = add_working_days(plan.decide_on, -9)
        case.first_meeting_on = case.congress_on
        case.request_code = "01/TTr-BVĐ"
        case.request_date = add_working_days(plan.decide_on, -6)
        case.request_issuer = f"Ban Vận động thành lập Công đoàn cơ sở {name}"
    case.dossier_complete_on = add_working_days(plan.decide_on, -4)
    if plan.state not in {CaseState.RECOGNISED, CaseState.LAUNCHED}:
        case.decide_on = plan.decide_on


def _add_applications(store: Store, dossier: Dossier, people: PeopleMaker) -> None:
    plan, case = dossier.plan, dossier.case
    ends = case.congress_on or case.dossier_complete_on or date(2024, 6, 7)
    last = add_working_days(ends, -4)
    sector = plan.profile.sector
    form = "5b" if plan.applications >= _COLLECTIVE_FROM else "5a"
    names: set[str] = set()
    for at in range(plan.applications):
        person = people.worker(female_percent=sector["female"], stamp=store.stamp)
        while person.full_name in names:
            person = people.worker(female_percent=sector["female"], stamp=store.stamp)
        names.add(person.full_name)
        dossier.applications.append(
            Application(
                case=case,
                person=person,
                job=_job(sector["jobs"], at),
                applied_on=add_working_days(last, -(at % 5)),
                form=form,
                position=at + 1,
                **store.stamp,
            )
        )
    if plan.state == CaseState.PAUSED and dossier.applications:
        # A deputy director who signs labour contracts applied too: he may not found a union (HD 38 1.2).
        dossier.applications[-1].job = "Phó Giám đốc"
        dossier.applications[-1].employer_side = True


def _job(jobs: Sequence[str], at: int) -> str:
    """The first applicants, who make the committee, have different jobs; the rest are mostly workers."""
    if at < len(jobs):
        return str(jobs[(at + 2) % len(jobs)])
    return str(jobs[at % 3])


def _add_committee(store: Store, dossier: Dossier) -> None:
    plan = dossier.plan
    decided = plan.decide_on
    if decided is None:
        return
    members = len(dossier.applications)
    if plan.path == CasePath.CONGRESS:
        dossier.committee_kind = CommitteeKind.ELECTED
    elif decided >= REFORM_DAY:
        dossier.committee_kind = CommitteeKind.APPOINTED  # HD 38 7.2
    else:
        dossier.committee_kind = CommitteeKind.PROVISIONAL
        dossier.provisional_until = decided.replace(year=decided.year + 1) - timedelta(days=1)
    end = _TERM_END_AFTER_REFORM if decided >= REFORM_DAY else _UPPER_TERM_END
    dossier.term = (decided.year, end)
    committee = Committee(
        case=dossier.case,
        kind=dossier.committee_kind,
        term_start=dossier.term[0],
        term_end=dossier.term[1],
        provisional_until=dossier.provisional_until,
        **store.stamp,
    )
    posts = _posts(members, decided)
    dossier.seats = _seats(store, committee, dossier.applications, posts)
    if members >= _FIVE_SEATS_FROM:
        inspection = Committee(
            case=dossier.case,
            kind=CommitteeKind.INSPECTION,
            term_start=dossier.term[0],
            term_end=dossier.term[1],
            **store.stamp,
        )
        chosen = [dossier.applications[2], *dossier.applications[5:7]]
        posts = [UnionPost.INSPECTION_CHAIR, *[UnionPost.INSPECTION_MEMBER] * 2]
        dossier.inspection = _seats(store, inspection, chosen, posts)


def _posts(members: int, decided: date) -> list[UnionPost]:
    """Sizes by the tables in force: fact committee_size."""
    if decided < REFORM_DAY and members < _COMMITTEE_FROM:
        return [UnionPost.CHAIR]  # HD 03: under ten members, a chair and no committee
    if decided < REFORM_DAY and members >= _FIVE_SEATS_FROM:
        return [UnionPost.CHAIR, UnionPost.VICE_CHAIR, *[UnionPost.MEMBER] * 3]
    return [UnionPost.CHAIR, UnionPost.VICE_CHAIR, UnionPost.INSPECTION_DUTY]


def _seats(
    store: Store,
    committee: Committee,
    applications: Sequence[Application],
    posts: Sequence[UnionPost],
) -> list[CommitteeMember]:
    return [
        CommitteeMember(
            committee=committee,
            person=application.person,
            post=post,
            job=application.job,
            position=at,
            **store.stamp,
        )
        for at, (application, post) in enumerate(zip(applications, posts, strict=False), start=1)
    ]


def _steps(store: Store, dossier: Dossier) -> list[CaseStep]:
    """The way to the state of today, each move with its day and the paper or visit behind it."""
    plan, case = dossier.plan, dossier.case
    if plan.state == CaseState.NOT_CONTACTED:
        return []
    if plan.state in {CaseState.REFUSED, CaseState.PAUSED}:
        reached = [CaseState.SURVEYED, plan.state]
    else:
        reached = [s for s in _WAY[: _WAY.index(plan.state) + 1] if _passed(s, plan)]
    days = _step_days(dossier, len(reached))
    return [
        CaseStep(
            case=case,
            state=state,
            on=day,
            evidence=_evidence(state, dossier, day),
            **store.stamp,
        )
        for state, day in zip(reached, days, strict=True)
    ]


def _passed(state: CaseState, plan: Plan) -> bool:
    skipped = {CaseState.CONGRESS_HELD, CaseState.DOSSIER_FILED}
    return not (plan.path == CasePath.APPOINTMENT and state in skipped)


def _step_days(dossier: Dossier, count: int) -> list[date]:
    case = dossier.case
    first = min((a.applied_on for a in dossier.applications), default=_QUIET_UNTIL)
    days = [add_working_days(first, -14), add_working_days(first, -10), add_working_days(first, -5)]
    if dossier.applications:
        days.append(max(a.applied_on for a in dossier.applications))
    days += [day for day in (case.congress_on, case.dossier_complete_on) if day]
    if dossier.plan.path == CasePath.APPOINTMENT and case.dossier_complete_on:
        days.remove(case.dossier_complete_on)
    if dossier.plan.decide_on:
        days += [dossier.plan.decide_on, add_working_days(dossier.plan.decide_on, 6)]
    return days[:count]


def _evidence(state: CaseState, dossier: Dossier, on: date) -> str:
    day = format_short(on)
    applied = len(dossier.applications)
    return {
        CaseState.SURVEYED: f"Phiếu khảo sát ngày {day}",
        CaseState.ELIGIBLE: f"Kết quả rà soát ngày {day}",
        CaseState.ORGANISING: f"Danh sách ban vận động ngày {day}",
        CaseState.ENOUGH_APPLICATIONS: f"{applied:02d} đơn gia nhập, đến ngày {day}",
        CaseState.CONGRESS_HELD: f"Biên bản đại hội ngày {day}",
        CaseState.DOSSIER_FILED: f"Phiếu tiếp nhận hồ sơ ngày {day}",
        CaseState.RECOGNISED: f"Quyết định ngày {day}",
        CaseState.LAUNCHED: f"Biên bản lễ ra mắt ngày {day}",
        CaseState.REFUSED: f"Ý kiến của người sử dụng lao động ngày {day}",
        CaseState.PAUSED: f"Báo cáo của cán bộ phụ trách ngày {day}",
    }[state]
