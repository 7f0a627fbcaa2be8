"""Committees, and what recognition and launch make of a founding case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.errors import Conflict, DataIncomplete, NotFound
from records.models import (
    Application,
    Area,
    CaseState,
    Committee,
    CommitteeKind,
    CommitteeMember,
    FoundingCase,
    Membership,
    OfficeHolder,
    OrgKind,
    OrgLevel,
    Person,
    Post,
    UnionOrg,
    UnionPost,
)
from records.selectors.enterprises import EnterpriseSnapshot, deciding_org, enterprise_snapshots
from records.selectors.orgs import UnionTerm, term_for_new_union
from records.services.admissions import joiners_of
from records.services.audit import By, change, write, write_new
from records.services.cases import locked, step_case
from records.services.orgs import create_org

_INSPECTION_POSTS = frozenset(
    {UnionPost.INSPECTION_CHAIR, UnionPost.INSPECTION_VICE_CHAIR, UnionPost.INSPECTION_MEMBER}
)
#: A committee member charged with inspection holds this besides the own post.
_SECOND_POST = UnionPost.INSPECTION_DUTY
#: Union posts that are offices, and the office each is.
OFFICES: Mapping[str, str] = {
    UnionPost.CHAIR: Post.CHAIR,
    UnionPost.VICE_CHAIR: Post.VICE_CHAIR,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a committee; ``post`` is a code of contract §5."""

    person: Person
    post: str
    job: str = ""


def committee_faults(
    kind: str, seats: Sequence[Seat], *, employer_side: frozenset[int] = frozenset()
) -> dict[str, str]:
    """What is wrong with a committee, by key ``members[0].post``; empty when nothing is.

    One chair; posts of its kind; nobody twice; citizens only (Luật Công đoàn 2024 Điều 4 k5); nobody of the
    employer's side (HD 38 mục 1.2), given by row number in ``employer_side``.
    """
    inspection = kind == CommitteeKind.INSPECTION
    head = UnionPost.INSPECTION_CHAIR if inspection else UnionPost.CHAIR
    wrong: dict[str, str] = {}
    chairs = sum(seat.post == head for seat in seats)
    if chairs != 1:
        wrong["members"] = f"Cần đúng một {head.label}, đang có {chairs}."
    seen: set[int] = set()
    for at, seat in enumerate(seats):
        if (seat.post in _INSPECTION_POSTS) != inspection:
            wrong[f"members[{at}].post"] = "Chức danh không thuộc loại ban này."
        if seat.post != _SECOND_POST:
            if seat.person.pk in seen:
                wrong[f"members[{at}].person"] = "Một người được ghi hai lần."
            seen.add(seat.person.pk)
        if seat.person.nationality != "Việt Nam":
            wrong[f"members[{at}].nationality"] = "Cán bộ công đoàn phải là công dân Việt Nam."
        if seat.person.pk in employer_side:
            wrong[f"members[{at}].employer_side"] = "Người thuộc phía người sử dụng lao động."
    return wrong


def _refuse_committee(wrong: Mapping[str, str]) -> None:
    if wrong:
        reasons = " ".join(dict.fromkeys(wrong.values()))
        raise DataIncomplete(f"Danh sách ban chưa đúng: {reasons}", wrong=wrong)


def create_committee(
    case: FoundingCase, *, kind: str, seats: Sequence[Seat], by: By, **values: Any
) -> Committee:
    """Write a committee of a case with its members in order; ``values``: term_start, term_end,
    provisional_until, decision, source.

    The same members again give the committee there is; others for a kind that the case has: Conflict.
    Raises DataIncomplete with every fault of :func:`committee_faults`.
    """
    with transaction.atomic():
        row = locked(case)
        barred = Application.objects.filter(case=row, employer_side=True)
        ids = frozenset(barred.values_list("person_id", flat=True))
        _refuse_committee(committee_faults(kind, seats, employer_side=ids))
        kept = _kept_committee(row, kind, seats)
        if kept is not None:
            return kept
        committee = Committee(case=row, union=row.union, kind=kind, **values)
        write(committee, by=by)
        for at, seat in enumerate(seats, start=1):
            member = CommitteeMember(
                committee=committee, person=seat.person, post=seat.post, job=seat.job, position=at
            )
            write(member, by=by)
    return committee


def _group(kind: str) -> tuple[str, ...]:
    """Kinds of which a case has one: the executive committee in whatever way, and the inspection one."""
    if kind == CommitteeKind.INSPECTION:
        return (kind,)
    return tuple(other for other in CommitteeKind.values if other != CommitteeKind.INSPECTION)


def _kept_committee(case: FoundingCase, kind: str, seats: Sequence[Seat]) -> Committee | None:
    kept = Committee.objects.filter(case=case, kind__in=_group(kind)).first()
    if kept is None:
        return None
    members = list(kept.members.order_by("position", "id").values_list("person_id", "post"))
    if kept.kind == kind and members == [(seat.person.pk, seat.post) for seat in seats]:
        return kept
    raise Conflict(
        f"Hồ sơ {case.code} đã có {kept.get_kind_display()} khác.",
        code="committee_exists",
        facts={"case": case.code, "committee": kept.pk},
    )


# --- recognition -------------------------------------------------------------------------------------


def _check_members(case: FoundingCase, joiners: Sequence[Application], union_names: str) -> None:
    """Everyone on a committee joins, and nobody is a member elsewhere."""
    people = {row.person_id for row in joiners}
    seats = CommitteeMember.objects.filter(committee__case=case).select_related("person")
    outside = sorted({seat.person.code for seat in seats if seat.person_id not in people})
    elsewhere = Membership.objects.filter(person_id__in=people, left_on__isnull=True)
    taken = sorted(elsewhere.values_list("person__code", flat=True))
    wrong: dict[str, str] = {}
    if not joiners:
        wrong["applications"] = "Chưa có đơn gia nhập nào."
    if outside:
        wrong["members"] = f"Thành viên ban chưa có đơn gia nhập: {', '.join(outside)}."
    if taken:
        wrong["memberships"] = f"Đang là đoàn viên nơi khác: {', '.join(taken)}."
    if wrong:
        raise DataIncomplete(
            f"Chưa công nhận được {union_names}: {' '.join(wrong.values())}", wrong=wrong
        )


def _make_union(
    case: FoundingCase, place: EnterpriseSnapshot, upper: UnionOrg, *, on: date, by: By
) -> UnionOrg:
    seat = Area.objects.get(pk=place.area.id) if place.area else None
    return create_org(
        by=by,
        parent=upper,
        seat=seat,
        code=f"cdcs-{case.code}"[:60],  # the same store gives the same codes
        name=case.union_name or f"Công đoàn cơ sở {place.name}",
        symbol_abbr="CĐCS",
        level=OrgLevel.GRASSROOTS,
        kind=OrgKind.GRASSROOTS_UNION,
        enterprise=case.enterprise,
        valid_from=on,
    )


def _attach_committees(
    case: FoundingCase, union: UnionOrg, *, decision: str, upper: UnionOrg, on: date, by: By
) -> None:
    for row in Committee.objects.filter(case=case):
        values: dict[str, Any] = {"union": union, "decision": row.decision or decision}
        if row.term_start is None or row.term_end is None:
            term: UnionTerm = term_for_new_union(upper, founded_on=on)
            values |= {"term_start": term.start_year, "term_end": term.end_year}
        change(row, values, by=by)
        for seat in row.members.select_related("person"):
            post = OFFICES.get(seat.post)
            if post is not None:
                office = OfficeHolder(
                    person=seat.person, org=union, post=post, valid_from=on, appointed_by=decision
                )
                write(office, by=by)


def _recognised_before(case: FoundingCase, on: date, decision: str) -> UnionOrg | None:
    union = case.union
    if union is None:
        return None
    step = case.steps.filter(state=CaseState.RECOGNISED).order_by("-id").first()
    if step is not None and (step.on, step.evidence) == (on, decision):
        return union
    raise Conflict(
        f"Hồ sơ {case.code} đã được công nhận theo {step.evidence if step else union.name}.",
        code="already_recognised",
        facts={"case": case.code, "union": union.code},
    )


def recognise_union(case: FoundingCase, *, on: date, decision: str, by: By) -> UnionOrg:
    """Make the grassroots union of a case from the day of the decision (``decision``: its number and day).

    Writes the organisation under the deciding union, its seat, a membership for each application (without
    the employer's side), ties the committees to it with their term, and puts chair and deputies in office.
    Again with the same decision: the same union. Raises Conflict (not the time, another decision),
    DataIncomplete (members), NotFound (upper union, its term or a fact is not recorded).
    """
    decision = decision.strip()
    with transaction.atomic():
        row = locked(case)
        if (union := _recognised_before(row, on, decision)) is not None:
            return union
        joiners = joiners_of(row, on=on)
        _check_members(row, joiners, row.union_name or row.enterprise.name)
        place = enterprise_snapshots([row.enterprise_id], as_of=on)[row.enterprise_id]
        if place.union is not None:
            raise Conflict(f"Doanh nghiệp đã có {place.union.name}.", code="union_exists")
        upper = UnionOrg.objects.get(pk=deciding_org(row.enterprise, as_of=on).id)
        step_case(row, CaseState.RECOGNISED.value, on=on, evidence=decision, note="", by=by)
        union = _make_union(row, place, upper, on=on, by=by)
        change(row, {"union": union}, by=by)
        members = [
            Membership(person=joiner.person, union=union, joined_on=on, decision=decision)
            for joiner in joiners
        ]
        write_new(members, by=by)
        _attach_committees(row, union, decision=decision, upper=upper, on=on, by=by)
    return union


def launch_union(
    case: FoundingCase,
    *,
    begins: datetime,
    ends: datetime | None,
    venue: str,
    evidence: str,
    by: By,
    details: Mapping[str, Any] | None = None,
) -> FoundingCase:
    """Record the launch ceremony of a recognised union (``details``: what else the minutes say, by key).

    Again with the same ceremony nothing changes. Raises Conflict when the case is not recognised, or the
    ceremony is before the recognition; DataIncomplete without evidence or with an end before the beginning.
    """
    if ends is not None and ends < begins:
        reason = "Giờ kết thúc trước giờ bắt đầu."
        raise DataIncomplete(reason, wrong={"launch_ends_at": reason})
    with transaction.atomic():
        row = locked(case)
        values = {
            "launch_at": begins,
            "launch_ends_at": ends,
            "launch_venue": venue,
            "launch": {**row.launch, **(details or {})},
        }
        if row.state == CaseState.LAUNCHED and row.launch_at == begins:
            change(row, values, by=by)
            return row
        if row.union is None:
            raise NotFound(f"Hồ sơ {row.code} chưa có công đoàn cơ sở được công nhận.")
        day = timezone.localtime(begins).date()
        step_case(row, CaseState.LAUNCHED.value, on=day, evidence=evidence, note="", by=by)
        change(row, values, by=by)
    return row
