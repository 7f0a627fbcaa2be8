"""Unions dissolved, merged and handed over: tree, members and successors by date, and all of it taken back."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict, DataIncomplete, NotFound
from records.models import (
    Application,
    Area,
    ChangeLog,
    Enterprise,
    EnterpriseUpper,
    Membership,
    OfficeHolder,
    OrgParent,
    OrgSuccession,
    Reorganisation,
    UnionOrg,
)
from records.selectors.orgs import org_on
from records.selectors.reorganisations import members_on, reorganisation_on, transfer_before
from records.services.admissions import admit_members, charge_inspection
from records.services.audit import By, change, values_of, write
from records.services.cases import create_case
from records.services.orgs import create_org, start_office
from records.services.reorganisations import carry_out, plan_reorganisation
from records.services.undo import UNDONE, take_back
from tests import make

pytestmark = pytest.mark.django_db

BY = By("can-bo-1", "docgen", "12/QĐ-LĐLĐ ngày 14/11/2025 của Liên đoàn Lao động tỉnh Lai Châu")
PAPER = "12/QĐ-LĐLĐ ngày 14/11/2025"
BEGIN = date(2024, 5, 20)
DEC_1 = date(2025, 12, 1)
TABLES = (UnionOrg, OrgParent, OrgSuccession, Membership, OfficeHolder, EnterpriseUpper)


@pytest.fixture
def tree() -> dict[str, UnionOrg]:
    """The unions above, and two grassroots unions with three and two members and a chair each."""
    areas = make.lai_chau()
    found = make.unions(areas)
    for key, name, size in (("mot", "Công ty TNHH A&B <X>", 3), ("hai", "HTX Dệt Bản Hon", 2)):
        place = make.enterprise(name, upper=found["ldld-tam-duong"], seat=areas["x-binh-lu-cu"])
        union = _union(key, place, found["ldld-tam-duong"], areas["x-binh-lu-cu"])
        people = [make.person(f"Giàng A {letter}") for letter in "ABC"[:size]]
        for at, person in enumerate(people):
            write(
                Membership(person=person, union=union, joined_on=BEGIN, card_no=f"{key}-{at}"),
                by=BY_SETUP,
            )
        start_office(people[0], union, post="chair", on=BEGIN, by=BY_SETUP)
        found[key] = union
    return found


BY_SETUP = By("can-bo-1", "import", "lập kho")


def _union(key: str, place: Enterprise, upper: UnionOrg, seat: Area) -> UnionOrg:
    return create_org(
        by=BY_SETUP,
        parent=upper,
        seat=seat,
        code=f"cdcs-{key}",
        name=f"Công đoàn cơ sở {place.name}",
        level="grassroots",
        kind="grassroots_union",
        enterprise=place,
        valid_from=BEGIN,
    )


def plan(act: str, tree: dict[str, UnionOrg], *keys: str, **values: object) -> Reorganisation:
    given = {"org": tree["ldld-tinh"], "effective_on": DEC_1, "by": BY_SETUP, **values}
    return plan_reorganisation(act, unions=[tree[key] for key in keys], **given)  # type: ignore[arg-type]


def state() -> dict[str, list[dict[str, object]]]:
    """Every row of the tree and of the members, as it is."""
    return {
        table.__name__: [values_of(row) for row in table._default_manager.order_by("pk")]
        for table in TABLES
    }


def test_a_dissolved_union_ends_the_day_before_with_all_that_hangs_on_it(tree) -> None:
    carry_out(plan("dissolve", tree, "mot"), decision=PAPER, by=BY)
    union = UnionOrg.objects.get(code="cdcs-mot")
    assert (union.valid_to, union.dissolved_by) == (date(2025, 11, 30), PAPER)
    left = Membership.objects.filter(union=union)
    assert set(left.values_list("left_on", "left_reason")) == {
        (date(2025, 11, 30), "Giải thể Công đoàn cơ sở Công ty TNHH A&B <X>")
    }
    assert OfficeHolder.objects.get(org=union).valid_to == date(2025, 11, 30)
    assert OrgParent.objects.get(org=union).valid_to == date(2025, 11, 30)
    assert members_on([union.pk], as_of=date(2025, 11, 30)) == {union.pk: 3}
    assert members_on([union.pk], as_of=DEC_1) == {}
    lines = ChangeLog.objects.filter(reason=BY.reason)
    assert {(line.actor, line.channel) for line in lines} == {("can-bo-1", "docgen")}
    assert lines.filter(record_type="membership").count() == 3


def test_members_of_a_merged_union_go_on_in_the_other_with_their_cards(tree) -> None:
    carry_out(plan("merge", tree, "mot", counterpart=tree["hai"]), decision=PAPER, by=BY)
    into = tree["hai"]
    assert members_on([into.pk], as_of=date(2025, 11, 30))[into.pk] == 2
    assert members_on([into.pk], as_of=DEC_1)[into.pk] == 5
    moved = Membership.objects.filter(union=into, joined_on=DEC_1)
    assert set(moved.values_list("card_no", "decision")) == {
        ("mot-0", PAPER),
        ("mot-1", PAPER),
        ("mot-2", PAPER),
    }
    assert OrgSuccession.objects.get(predecessor=tree["mot"]).on == DEC_1
    with pytest.raises(NotFound, match="việc của tổ chức này do Công đoàn cơ sở HTX Dệt"):
        org_on("cdcs-mot", as_of=DEC_1)


@pytest.mark.parametrize("act", ["transfer", "receive"])
def test_a_handed_over_union_stands_under_the_receiver_with_its_enterprise(tree, act: str) -> None:
    giver, receiver = tree["ldld-tam-duong"], tree["ldld-tinh"]
    sides = {"transfer": (giver, receiver), "receive": (receiver, giver)}
    org, counterpart = sides[act]
    carry_out(
        plan(act, tree, "mot", "hai", org=org, counterpart=counterpart), decision=PAPER, by=BY
    )
    for key in ("mot", "hai"):
        assert org_on(f"cdcs-{key}", as_of=date(2025, 11, 30)).parent.name == giver.name
        assert org_on(f"cdcs-{key}", as_of=DEC_1).parent.name == receiver.name
        link = EnterpriseUpper.objects.valid_on(DEC_1).get(enterprise=tree[key].enterprise)
        assert (link.org, link.source) == (receiver, PAPER)


def test_the_second_of_transfer_and_receipt_changes_nothing(tree) -> None:
    giver, receiver = tree["ldld-tam-duong"], tree["ldld-tinh"]
    given = plan("transfer", tree, "mot", "hai", org=giver, counterpart=receiver, code="sx-giao")
    taken = plan("receive", tree, "mot", org=receiver, counterpart=giver, code="sx-nhan")
    other = plan("receive", tree, "mot", org=receiver, counterpart=giver, effective_on=BEGIN)
    assert transfer_before(taken.code) == given.code
    assert transfer_before(other.code) is None
    carry_out(given, decision=PAPER, by=BY)
    before = state()
    carry_out(taken, decision="13/QĐ-LĐLĐ ngày 14/11/2025", by=By("can-bo-1", "docgen", "13"))
    assert state() == before


@pytest.mark.parametrize("act", ["dissolve", "merge", "transfer"])
def test_what_a_decision_did_is_taken_back_whole_and_once(tree, act: str) -> None:
    other = {"dissolve": None, "merge": tree["hai"], "transfer": tree["ldld-tinh"]}[act]
    row = plan(act, tree, "mot", counterpart=other)
    before = state()
    carry_out(row, decision=PAPER, by=BY)
    assert state() != before
    written = ChangeLog.objects.filter(reason=BY.reason).count()
    assert take_back(BY.reason, by=BY) == written > 0
    assert state() == before
    undone = ChangeLog.objects.filter(reason=f"{UNDONE}{BY.reason}")
    assert undone.count() == written
    assert take_back(BY.reason, by=BY) == 0
    assert ChangeLog.objects.filter(reason=BY.reason).count() == written


def test_what_was_changed_since_is_not_taken_back(tree) -> None:
    carry_out(plan("merge", tree, "mot", counterpart=tree["hai"]), decision=PAPER, by=BY)
    moved = Membership.objects.filter(union=tree["hai"], joined_on=DEC_1).first()
    assert moved is not None
    change(moved, {"left_on": date(2025, 12, 20), "left_reason": "Nghỉ việc"}, by=BY_SETUP)
    before = state()
    with pytest.raises(Conflict, match="đã có thay đổi sau đó"):
        take_back(BY.reason, by=BY)
    assert state() == before
    # A change that has nothing to do with the decision is no hindrance.
    change(moved, {"left_on": None, "left_reason": ""}, by=BY_SETUP)
    change(tree["hai"], {"short_name": "CĐCS HTX Dệt"}, by=BY_SETUP)
    assert take_back(BY.reason, by=BY) > 0


def test_a_union_that_has_ended_is_not_changed_again(tree) -> None:
    carry_out(plan("dissolve", tree, "mot"), decision=PAPER, by=BY)
    before = state()
    late = {"effective_on": date(2026, 1, 5)}
    for row in (
        plan("dissolve", tree, "mot", **late),
        plan("merge", tree, "mot", counterpart=tree["hai"], **late),
        plan("merge", tree, "hai", counterpart=UnionOrg.objects.get(code="cdcs-mot"), **late),
        plan("transfer", tree, "mot", counterpart=tree["ldld-tinh"], **late),
    ):
        with pytest.raises(Conflict, match=f"kết thúc hoạt động ngày 30/11/2025 theo {PAPER}"):
            carry_out(row, decision="14/QĐ-LĐLĐ", by=BY)
    assert state() == before


def test_all_or_nothing(tree) -> None:
    """The first union could be merged, the second is the one that takes it in."""
    before = state()
    with pytest.raises(Conflict, match="vào chính nó"):
        carry_out(plan("merge", tree, "mot", "hai", counterpart=tree["hai"]), decision=PAPER, by=BY)
    assert state() == before


def test_a_plan_names_unions_and_the_other_side(tree) -> None:
    with pytest.raises(
        DataIncomplete, match="Chưa ghi công đoàn cơ sở được sắp xếp và công đoàn cấp trên"
    ):
        plan("transfer", tree)
    with pytest.raises(DataIncomplete, match="Chưa ghi công đoàn cơ sở nhận sáp nhập") as told:
        plan("merge", tree, "mot")
    assert told.value.missing == ("counterpart",)
    assert not Reorganisation.objects.exists()


def test_a_list_says_members_chair_and_place_of_the_day(tree) -> None:
    row = plan("merge", tree, "mot", counterpart=tree["hai"], code="sx-1")
    found = reorganisation_on(row.code, as_of=date(2025, 11, 14))
    (union,) = found.unions
    assert (union.org.name, union.members, union.chair) == (tree["mot"].name, 3, "Giàng A A")
    assert union.address.startswith("Xã ")
    assert (found.counterpart_members, found.org.code) == (2, tree["ldld-tinh"].code)
    assert reorganisation_on(row.code, as_of=date(2024, 5, 19)).unions[0].members == 0


# --- admission and inspection -------------------------------------------------------------------------


def test_nobody_is_admitted_before_the_union_is_there_nor_charged_without_a_list(tree) -> None:
    camp = make.campaign(tree["ldld-tinh"])
    case = create_case(camp, tree["mot"].enterprise, by=BY_SETUP, code="hs-ab")
    with pytest.raises(Conflict, match="ban hành quyết định thành lập"):
        admit_members(case, on=DEC_1, decision=PAPER, by=BY)
    for duty in (True, False):
        with pytest.raises(Conflict, match="Soạn lại dự thảo"):
            charge_inspection(case, duty=duty, decision=PAPER, by=BY)


def test_who_did_not_join_with_the_founding_joins_by_the_admission(tree) -> None:
    camp = make.campaign(tree["ldld-tinh"])
    case = create_case(camp, tree["mot"].enterprise, by=BY_SETUP, code="hs-ab")
    change(case, {"union": tree["mot"]}, by=BY_SETUP)
    old = Membership.objects.filter(union=tree["mot"]).order_by("id")[0]
    new = make.person("Sùng A H'Mông")
    boss = make.person("Vàng A Páo")
    for person, employer in ((old.person, False), (new, False), (boss, True)):
        row = Application(
            case=case, person=person, applied_on=BEGIN, employer_side=employer, position=1
        )
        write(row, by=BY_SETUP)
    before = state()
    for _ in range(2):
        admit_members(case, on=DEC_1, decision=PAPER, by=BY)
    old.refresh_from_db()
    assert (old.joined_on, old.decision) == (BEGIN, PAPER)
    assert Membership.objects.get(person=new).joined_on == DEC_1
    assert not Membership.objects.filter(person=boss).exists()
    assert take_back(BY.reason, by=BY) == 2
    assert state() == before


def test_a_member_elsewhere_is_named(tree) -> None:
    camp = make.campaign(tree["ldld-tinh"])
    case = create_case(camp, tree["mot"].enterprise, by=BY_SETUP, code="hs-ab")
    change(case, {"union": tree["mot"]}, by=BY_SETUP)
    elsewhere = Membership.objects.filter(union=tree["hai"])[0].person
    write(Application(case=case, person=elsewhere, applied_on=BEGIN, position=1), by=BY_SETUP)
    with pytest.raises(DataIncomplete, match=f"đoàn viên nơi khác: {elsewhere.code}"):
        admit_members(case, on=DEC_1, decision=PAPER, by=BY)
