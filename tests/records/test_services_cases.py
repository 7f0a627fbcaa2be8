from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import Conflict, DataIncomplete, NotFound
from records.models import Application, CaseStep, ChangeLog, Membership, OfficeHolder, UnionOrg
from records.selectors.cases import case_snapshot
from records.selectors.facts import FOUNDING_MIN_MEMBERS, TERM_MIN_MONTHS
from records.selectors.orgs import org_on
from records.selectors.people import signer_for
from records.services.audit import By
from records.services.cases import (
    WAY,
    add_application,
    add_applications,
    allowed_moves,
    change_case,
    create_case,
    move_case,
)
from records.services.unions import Seat, create_committee, launch_union, recognise_union
from tests import make

pytestmark = pytest.mark.django_db

BY = By("can-bo-1", "web")
DECISION = "Quyết định số 12/QĐ-LĐLĐ ngày 20/5/2024"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def areas():
    return make.lai_chau()


@pytest.fixture
def unions(areas):
    rows = make.unions(areas)
    make.fact(FOUNDING_MIN_MEMBERS, 5)
    make.fact(TERM_MIN_MONTHS, 18)
    for code in ("ldld-tinh", "ldld-tam-duong"):
        make.term(rows[code], 2023, 2028)
    return rows


@pytest.fixture
def case(unions, areas):
    place = make.enterprise(
        "Công ty TNHH A&B <X>", upper=unions["ldld-tam-duong"], seat=areas["x-binh-lu-cu"]
    )
    return create_case(make.campaign(unions["ldld-tinh"]), place, by=BY, code="hs-ab")


def to(case, *states, on=date(2024, 5, 12)):
    for state in states:
        case = move_case(case, state, on=on, evidence=f"Biên bản bước {state}", by=BY)
    return case


def join(case, count=5):
    return [
        add_application(case, make.person(), applied_on=date(2024, 5, 10), by=BY).person
        for _ in range(count)
    ]


def seats(people):
    return [
        Seat(who, post)
        for who, post in zip(people, ("chair", "vice_chair", "member"), strict=False)
    ]


def filed(case, count=5):
    case = to(case, "surveyed", "eligible", "organising")
    people = join(case, count)
    create_committee(case, kind="elected", seats=seats(people), by=BY)
    return to(case, "enough_applications", "congress_held", "dossier_filed"), people


def test_each_step_needs_the_one_before_and_evidence(case):
    with pytest.raises(Conflict) as error:
        move_case(case, "organising", on=make.DAY_2024, evidence="Phiếu", by=BY)
    assert error.value.facts["allowed"] == ("surveyed", "refused", "paused")
    with pytest.raises(DataIncomplete, match="căn cứ"):
        move_case(case, "surveyed", on=make.DAY_2024, evidence="  ", by=BY)
    moved = move_case(case, "surveyed", on=make.DAY_2024, evidence="Phiếu khảo sát 03", by=BY)
    assert moved.state == "surveyed"
    step = CaseStep.objects.get()
    assert (step.state, step.evidence, step.created_by) == (
        "surveyed",
        "Phiếu khảo sát 03",
        "can-bo-1",
    )
    assert ChangeLog.objects.filter(
        record_type="foundingcase", after={"state": "surveyed"}
    ).exists()
    with pytest.raises(Conflict, match="trước bước liền trước"):
        move_case(case, "eligible", on=date(2024, 5, 1), evidence="Phiếu", by=BY)


def test_the_same_move_twice_is_one_move(case):
    for _ in range(2):
        move_case(case, "surveyed", on=make.DAY_2024, evidence="Phiếu khảo sát 03", by=BY)
    assert CaseStep.objects.count() == 1


def test_paused_and_refused_come_back_to_where_they_were(case):
    to(case, "surveyed", "eligible")
    for aside in ("paused", "refused"):
        row = to(case, aside)
        assert "eligible" in allowed_moves(row)
        with pytest.raises(Conflict):
            to(row, "organising")
        assert to(row, "eligible").state == "eligible"
    assert to(case, "paused", "refused").state == "refused"


def test_five_applications_count_without_employer_and_foreigner(case):
    to(case, "surveyed", "eligible", "organising")
    join(case, 3)
    add_application(case, make.person(), applied_on=date(2024, 5, 10), by=BY, employer_side=True)
    add_application(case, make.person(nationality="Lào"), applied_on=date(2024, 5, 10), by=BY)
    add_application(case, make.person(), applied_on=date(2024, 6, 10), by=BY)
    join(case, 1)
    with pytest.raises(Conflict, match="có 04 đơn hợp lệ, cần từ 05 đơn"):
        to(case, "enough_applications")
    join(case, 1)
    assert to(case, "enough_applications").state == "enough_applications"


def test_applications_are_one_a_person_in_the_order_given(case):
    people = [make.person() for _ in range(3)]
    add_applications(case, people, applied_on=date(2024, 5, 10), by=BY)
    again = add_application(case, people[1], applied_on=date(2024, 5, 11), by=BY)
    assert again.applied_on == date(2024, 5, 10)
    rows = Application.objects.order_by("position")
    assert [(r.person_id, r.position, r.form) for r in rows] == [
        (who.pk, at, "5b") for at, who in enumerate(people, start=1)
    ]
    with pytest.raises(DataIncomplete, match="tuổi"):
        add_application(case, make.person(dob="2010"), applied_on=date(2024, 5, 10), by=BY)


def test_state_has_its_own_service(case):
    with pytest.raises(ValueError, match="move_case"):
        change_case(case, {"state": "launched"}, by=BY)
    row, _ = filed(case)
    with pytest.raises(Conflict, match="công nhận"):
        move_case(row, "recognised", on=make.DAY_2024, evidence=DECISION, by=BY)
    with pytest.raises(DataIncomplete):
        create_case(case.campaign, case.enterprise, by=BY)


@pytest.mark.parametrize(
    ("posts", "key"),
    [
        (("vice_chair", "member"), "members"),
        (("chair", "chair"), "members"),
        (("chair", "inspection_member"), "members[1].post"),
    ],
)
def test_committee_rules(case, posts, key):
    people = [make.person() for _ in posts]
    with pytest.raises(DataIncomplete) as error:
        create_committee(case, kind="elected", by=BY,
                         seats=[Seat(who, post) for who, post in zip(people, posts, strict=True)])  # fmt: skip
    assert key in error.value.wrong


def test_who_may_not_be_on_a_committee(case):
    boss, foreigner, chair = make.person(), make.person(nationality="Trung Quốc"), make.person()
    add_application(case, boss, applied_on=date(2024, 5, 10), by=BY, employer_side=True)
    with pytest.raises(DataIncomplete) as error:
        create_committee(case, kind="elected", by=BY, seats=[
            Seat(chair, "chair"), Seat(boss, "vice_chair"), Seat(foreigner, "member"), Seat(chair, "member"),
        ])  # fmt: skip
    assert set(error.value.wrong) == {
        "members[1].employer_side",
        "members[2].nationality",
        "members[3].person",
    }


def test_a_member_may_also_be_charged_with_inspection_and_a_committee_is_one(case):
    chair, member = make.person(), make.person()
    rows = [Seat(chair, "chair"), Seat(member, "member"), Seat(member, "inspection_duty")]
    first = create_committee(case, kind="elected", seats=rows, by=BY)
    assert create_committee(case, kind="elected", seats=rows, by=BY) == first
    with pytest.raises(Conflict, match="đã có"):
        create_committee(case, kind="provisional", seats=rows[:1], by=BY)
    inspection = create_committee(
        case, kind="inspection", seats=[Seat(member, "inspection_chair")], by=BY
    )
    assert inspection != first


def test_recognition_makes_the_union_with_all_that_belongs_to_it(case):
    row, people = filed(case, 6)
    union = recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    seen = org_on(union.code, as_of=make.DAY_2024)
    assert seen.name == "Công đoàn cơ sở Công ty TNHH A&B <X>"
    assert seen.parent is not None
    assert (seen.parent.code, seen.place_name) == ("ldld-tam-duong", "Bình Lư")
    assert Membership.objects.filter(union=union, decision=DECISION).count() == 6
    snapshot = case_snapshot("hs-ab", as_of=make.DAY_2024)
    assert snapshot.state == "recognised"
    assert snapshot.union is not None
    assert snapshot.enterprise.union == snapshot.union
    board = snapshot.committee("elected")
    assert board is not None
    assert (board.term_start, board.term_end, board.decision) == (2024, 2028, DECISION)
    signer = signer_for(seen, as_of=make.DAY_2024)
    assert (signer.person.id, signer.title) == (people[0].pk, "Chủ tịch")
    assert case_snapshot("hs-ab", as_of=date(2024, 5, 19)).union is None


def test_recognition_is_done_once(case):
    row, _ = filed(case)
    union = recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    lines = ChangeLog.objects.count()
    assert recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY) == union
    assert (
        ChangeLog.objects.count(),
        UnionOrg.objects.filter(enterprise=row.enterprise).count(),
    ) == (lines, 1)
    with pytest.raises(Conflict, match="đã được công nhận"):
        recognise_union(row, on=make.DAY_2024, decision="Quyết định số 13/QĐ-LĐLĐ", by=BY)
    with pytest.raises(Conflict, match="kết nạp"):
        add_application(row, make.person(), applied_on=make.DAY_2024, by=BY)


def test_recognition_needs_its_time_and_members_of_its_own(case, unions):
    with pytest.raises(DataIncomplete, match="đơn gia nhập"):
        recognise_union(case, on=make.DAY_2024, decision=DECISION, by=BY)
    row, people = filed(case)
    other = make.org("cdcs-khac", "CĐCS khác", "grassroots_union", "grassroots")
    Membership.objects.create(person=people[0], union=other, joined_on=date(2020, 1, 1))
    with pytest.raises(DataIncomplete) as error:
        recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    assert people[0].code in error.value.wrong["memberships"]
    assert UnionOrg.objects.filter(enterprise=row.enterprise).count() == 0
    assert case_snapshot("hs-ab", as_of=make.DAY_2024).state == "dossier_filed"


def test_nothing_is_kept_when_recognition_fails_half_way(case, unions):
    row, _ = filed(case)
    unions["ldld-tam-duong"].terms.all().delete()
    with pytest.raises(NotFound, match="nhiệm kỳ"):
        recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    assert Membership.objects.count() == 0
    assert UnionOrg.objects.filter(kind="grassroots_union").count() == 0


def test_the_upper_union_may_found_and_appoint(case):
    change_case(case, {"path": "appointment"}, by=BY)
    to(case, "surveyed", "eligible", "organising")
    people = join(case)
    create_committee(case, kind="provisional", seats=seats(people), by=BY,
                     provisional_until=date(2025, 5, 19))  # fmt: skip
    row = to(case, "enough_applications")
    with pytest.raises(Conflict):
        to(row, "congress_held")
    recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    assert case_snapshot("hs-ab", as_of=make.DAY_2024).state == "recognised"


def test_launch_follows_recognition_and_is_done_once(case):
    begins = datetime(2024, 5, 28, 8, 0, tzinfo=HANOI)
    ends = datetime(2024, 5, 28, 10, 30, tzinfo=HANOI)
    launch = {"begins": begins, "ends": ends, "venue": "Hội trường Công ty", "by": BY,
              "evidence": "Biên bản lễ ra mắt 28/5/2024"}  # fmt: skip
    row, _ = filed(case)
    with pytest.raises(NotFound):
        launch_union(row, **launch)
    recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    with pytest.raises(DataIncomplete, match="Giờ kết thúc"):
        launch_union(row, **{**launch, "ends": datetime(2024, 5, 28, 7, 0, tzinfo=HANOI)})
    with pytest.raises(Conflict, match="trước bước liền trước"):
        launch_union(row, **{**launch, "begins": datetime(2024, 5, 1, 8, 0, tzinfo=HANOI)})
    for _ in range(2):
        done = launch_union(row, **launch, details={"members_present": 5})
    assert (done.state, done.launch, done.launch_at) == ("launched", {"members_present": 5}, begins)
    assert [step.state for step in CaseStep.objects.all()] == list(WAY[1:])
    assert allowed_moves(done) == ()


def test_offices_of_the_new_union_are_those_of_its_committee(case):
    row, people = filed(case)
    union = recognise_union(row, on=make.DAY_2024, decision=DECISION, by=BY)
    held = OfficeHolder.objects.filter(org=union).order_by("id")
    assert [(h.person_id, h.post) for h in held] == [
        (people[0].pk, "chair"),
        (people[1].pk, "vice_chair"),
    ]
