"""Who may sign while a signer is away: dated, by a paper, in the lines of the one who signs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, DataIncomplete, UserError
from records.models import ChangeLog, Delegation, OfficeHolder, Person, Post, UnionOrg
from records.selectors.orgs import org_on
from records.selectors.people import signer_for, signers_of
from records.services.audit import By
from records.services.delegations import delegate_signing, end_delegation
from tests import make

pytestmark = pytest.mark.django_db
BY = By("quan-tri", "web")
FIRST, LAST = date(2024, 5, 6), date(2024, 5, 17)
PAPER = "Giấy ủy quyền số 03/GUQ-LĐLĐ ngày 04/5/2024"


class Office:
    """The provincial federation with chair, deputy, head of the office and a clerk."""

    def __init__(self) -> None:
        self.org: UnionOrg = make.unions(make.lai_chau())["ldld-tinh"]
        self.chair = self._holds(Post.CHAIR, self.org)
        self.deputy = self._holds(Post.VICE_CHAIR, self.org)
        self.clerk = self._holds(Post.CLERK, self.org)
        room = make.org("vp-tinh", "Văn phòng", "office", "unit", parent=self.org)
        self.head = self._holds(Post.OFFICE_HEAD, room)

    @staticmethod
    def _holds(post: str, org: UnionOrg) -> Person:
        person = make.person()
        make.office(person, org, post)
        return person

    def delegate(self, to: Person, **more: object) -> Delegation:
        values = {
            "delegator": self.chair,
            "first": FIRST,
            "last": LAST,
            "document": PAPER,
            "by": BY,
        }
        return delegate_signing(self.org, delegate=to, **(values | more))  # type: ignore[arg-type]

    def mode(self, person: Person, on: date, modes: tuple[str, ...] = ("TM",)) -> str:
        body = org_on(self.org.code, as_of=on)
        found = [
            s.mode for s in signers_of(body, as_of=on, modes=modes) if s.person.id == person.pk
        ]
        return found[0] if found else ""


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_deputy_signs_what_only_the_chair_may_and_only_on_those_days(office: Office) -> None:
    assert office.mode(office.deputy, FIRST) == ""
    office.delegate(office.deputy)
    assert [office.mode(office.deputy, day) for day in (FIRST, LAST)] == ["TM_KT", "TM_KT"]
    assert office.mode(office.deputy, date(2024, 5, 5)) == ""
    assert office.mode(office.deputy, date(2024, 5, 18)) == ""
    log = ChangeLog.objects.get(record_type="delegation")
    assert log.after["document"] == PAPER


def test_the_head_of_a_unit_signs_tuq_and_the_chair_still_signs_first(office: Office) -> None:
    office.delegate(office.head)
    body = org_on(office.org.code, as_of=FIRST)
    signers = signers_of(body, as_of=FIRST, modes=("TM",))
    assert [(s.mode, s.delegator, s.basis) for s in signers] == [
        ("TM", "", ""),
        ("TUQ", office.chair.full_name, PAPER),
    ]
    assert signer_for(body, as_of=FIRST, modes=("TM",)).person.id == office.chair.pk


def test_nobody_else_may_stand_in(office: Office) -> None:
    with pytest.raises(UserError, match="không phải cấp phó") as fault:
        office.delegate(office.clerk)
    assert fault.value.code == "may_not_stand_in"
    outsider = make.person()
    with pytest.raises(UserError):
        office.delegate(outsider)
    with pytest.raises(UserError, match="không có quyền ký"):
        office.delegate(office.deputy, delegator=office.clerk)
    with pytest.raises(DataIncomplete, match="không phải chính"):
        office.delegate(office.chair)
    assert not Delegation.objects.exists()


def test_a_right_that_was_delegated_is_not_passed_on(office: Office) -> None:
    office.delegate(office.head)
    with pytest.raises(UserError, match="không có quyền ký"):
        office.delegate(office.deputy, delegator=office.head)


def test_who_leaves_the_post_no_longer_signs(office: Office) -> None:
    office.delegate(office.deputy)
    OfficeHolder.objects.filter(person=office.deputy).update(valid_to=date(2024, 5, 9))
    assert office.mode(office.deputy, date(2024, 5, 9)) == "TM_KT"
    assert office.mode(office.deputy, date(2024, 5, 10)) == ""
    OfficeHolder.objects.filter(person=office.chair).update(valid_to=date(2024, 5, 7))
    assert office.mode(office.deputy, date(2024, 5, 8)) == ""


def test_two_delegations_of_the_same_days_are_refused(office: Office) -> None:
    office.delegate(office.deputy)
    with pytest.raises(Conflict):
        office.delegate(office.deputy, first=LAST, last=date(2024, 6, 1))


def test_both_days_and_the_paper_are_needed(office: Office) -> None:
    with pytest.raises(DataIncomplete):
        office.delegate(office.deputy, document="")
    with pytest.raises(DataIncomplete):
        office.delegate(office.deputy, last=date(2024, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            org=office.org, delegator=office.chair, delegate=office.chair, document="x",
            valid_from=FIRST, valid_to=LAST,
        )  # fmt: skip


def test_it_ends_before_today_or_is_taken_back(office: Office) -> None:
    row = office.delegate(office.deputy)
    end_delegation(row, today=date(2024, 5, 10), by=BY)
    assert office.mode(office.deputy, date(2024, 5, 9)) == "TM_KT"
    assert office.mode(office.deputy, date(2024, 5, 10)) == ""
    with pytest.raises(Conflict, match="đã hết"):
        end_delegation(row, today=date(2024, 5, 11), by=BY)
    later = office.delegate(office.head)
    end_delegation(later, today=date(2024, 5, 1), by=BY)
    assert not Delegation.objects.filter(pk=later.pk).exists()
