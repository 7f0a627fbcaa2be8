"""From the congress to the filed dossier: numbers, register, and what the papers change in the records."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict, DataIncomplete
from docgen.models import Document
from docgen.services.issuing import issue_document
from records.models import CaseState, ChangeLog, Committee, FoundingCase, Person
from records.services.audit import By
from records.services.cases import change_case, move_case
from records.services.congresses import form_organising_group, record_congress
from registry.models import OutgoingEntry
from tests.sample import CLERK, issued, signed

pytestmark = pytest.mark.django_db
BY = By(actor=CLERK, channel="test")
HELD = date(2025, 1, 10)  # HD 38: under 30 members a committee of three
ASKED = date(2025, 1, 14)


def _ballot(rows: list[dict[str, object]], voters: int) -> dict[str, object]:
    return {
        "seats": len(rows), "voted": voters, "self_nominated": 0, "nominated": len(rows), "ballots_issued": voters,
        "ballots_collected": voters, "ballots_valid": voters, "ballots_invalid": 0, "rows": rows,
    }  # fmt: skip


def _details(names: list[str]) -> dict[str, object]:
    """A congress of seven that elects three, and the meeting of the three."""
    chair, deputy, member = names[:3]
    board = {"head_teller": names[4], "board_secretary": names[5], "tellers": [names[5]]}
    meeting = {
        "start_time": "10:30", "end_time": "11:15", "venue": "Phòng họp Công ty", "summoned": 3, "present": 3,
        "chair": {"full_name": deputy, "post": "Ủy viên Ban Chấp hành"},
        "secretary": {"full_name": member, "post": "Ủy viên Ban Chấp hành"},
        **_ballot([{"full_name": chair, "post": "chair", "votes": 3},
                   {"full_name": deputy, "post": "vice_chair", "votes": 2}], 3),
        **board, "count_end_time": "11:00",
    }  # fmt: skip
    return {
        "start_time": "08:00", "end_time": "10:15", "venue": "Phòng họp Công ty", "summoned": 7, "present": 7,
        "chair": {"full_name": names[6], "post": "Trưởng Ban Vận động"},
        "secretary": {"full_name": names[5], "post": "thành viên Ban Vận động"},
        "report": "Ban Vận động đã vận động được 07 người lao động làm đơn gia nhập",
        "votes_for": 7, "directions": ["Xây dựng quy chế hoạt động"], "resolution_for": 7,
        **_ballot([{"full_name": name, "votes": votes}
                   for name, votes in zip((member, chair, deputy), (5, 7, 6), strict=True)], 7),
        **board, "count_end_time": "09:30", "first_meeting": meeting,
    }  # fmt: skip


@pytest.fixture
def case(sample: object) -> FoundingCase:
    """Enough applications, an organising group, a congress that was entered; no committee on record."""
    row = FoundingCase.objects.filter(state="enough_applications", path="").first()
    assert row is not None
    people = [a.person for a in row.applications.order_by("position")]
    assert len(people) == 7
    change_case(row, {"path": "congress"}, by=BY)
    form_organising_group(row, head=people[-1], on=date(2025, 1, 2), by=BY)
    return record_congress(row, on=HELD, details=_details([p.full_name for p in people]), by=BY)


def paper(kind: str, case: FoundingCase, on: date, variant: str = "") -> Document:
    return issued(kind, f"case:{case.code}", on=on, variant=variant)


def test_the_papers_of_a_congress_carry_the_case_to_its_dossier(case: FoundingCase) -> None:
    congress = paper("congress_minutes", case, HELD)
    case.refresh_from_db()
    assert case.state == CaseState.CONGRESS_HELD
    assert case.steps.last().evidence == f"{congress.code} ngày 10/01/2025"
    count = paper("vote_count_minutes", case, HELD)
    posts = paper("vote_count_minutes", case, HELD, "posts")
    assert Committee.objects.filter(case=case).count() == 0
    meeting = paper("first_meeting_minutes", case, HELD)
    committee = Committee.objects.get(case=case)
    seats = list(committee.members.order_by("position").values_list("post", flat=True))
    assert (committee.kind, seats) == ("elected", ["chair", "vice_chair", "member"])
    elected = {row["full_name"] for row in case.congress["rows"]}
    assert {seat.person.full_name for seat in committee.members.all()} == elected
    chair = committee.members.get(post="chair")
    assert chair.person.full_name == case.congress["first_meeting"]["rows"][0]["full_name"]
    assert chair.job
    assert (committee.term_start, committee.term_end) == (2025, 2028)

    request = paper("submission", case, ASKED)
    case.refresh_from_db()
    assert case.state == CaseState.DOSSIER_FILED
    assert (case.request_code, case.request_date) == (request.code, ASKED)
    assert case.request_issuer == f"Ban Vận động thành lập {case.union_name}"
    assert set(request.cites.all()) == {congress, count, posts, meeting}
    codes = [p.code for p in (congress, count, posts, meeting, request)]
    assert codes == ["01/BB-ĐH", "02/BB-BKP", "03/BB-BKP", "04/BB-CĐCS", "01/TTr-BVĐ"]
    logged = ChangeLog.objects.filter(channel="docgen", record_id=case.code)
    assert {row.reason for row in logged} >= {congress.code, request.code}


def test_the_book_is_that_of_the_organising_group(case: FoundingCase) -> None:
    """The outsider: nothing goes into the register of the federation."""
    congress = paper("congress_minutes", case, HELD)
    entry = OutgoingEntry.objects.get(document_id=str(congress.pk))
    assert case.organising_group is not None
    assert entry.org == case.organising_group
    assert entry.subject.startswith("Đại hội thành lập Công đoàn cơ sở")
    assert entry.signer == case.congress["chair"]["full_name"]
    assert not OutgoingEntry.objects.filter(org__code__startswith="ldld").exists()
    count = OutgoingEntry.objects.get(document_id=str(paper("vote_count_minutes", case, HELD).pk))
    assert count.signer == case.congress["head_teller"]
    assert count.recipients.endswith("(để báo cáo)")
    assert case.union_name not in count.recipients


def test_minutes_before_enough_applications_get_no_number(case: FoundingCase) -> None:
    FoundingCase.objects.filter(pk=case.pk).update(state=CaseState.ELIGIBLE)
    ready = signed("congress_minutes", f"case:{case.code}", on=HELD)
    with pytest.raises(Conflict, match="chưa chuyển được sang “Đã đại hội”"):
        issue_document(ready, on=HELD, actor=CLERK)
    ready.refresh_from_db()
    assert ready.number is None
    assert not OutgoingEntry.objects.filter(document_id=str(ready.pk)).exists()


def test_a_committee_of_other_people_is_not_overwritten(case: FoundingCase) -> None:
    paper("congress_minutes", case, HELD)
    paper("first_meeting_minutes", case, HELD)
    other = Committee.objects.get(case=case)
    last = other.members.order_by("position").last()
    assert last is not None
    stranger = case.applications.exclude(person__committee_seats__committee=other).first()
    assert stranger is not None
    last.person = stranger.person
    last.save()
    Document.objects.filter(kind="first_meeting_minutes").update(state="recalled")
    ready = signed("first_meeting_minutes", f"case:{case.code}", on=HELD)
    with pytest.raises(Conflict, match="gồm những người khác với biên bản"):
        issue_document(ready, on=HELD, actor=CLERK)


def test_the_dossier_waits_for_the_congress(case: FoundingCase) -> None:
    with pytest.raises(DataIncomplete, match="chưa có danh sách Ban Chấp hành"):
        signed("submission", f"case:{case.code}", on=ASKED)


def test_an_organising_group_is_formed_once_with_its_book_and_head(sample: object) -> None:
    row = FoundingCase.objects.filter(state="enough_applications", organising_group=None).first()
    assert row is not None
    head = Person.objects.get(pk=row.applications.order_by("position").last().person_id)
    first = form_organising_group(row, head=head, on=date(2024, 6, 20), by=BY)
    again = form_organising_group(row, head=head, on=date(2024, 6, 21), by=BY)
    assert first == again
    assert first.name == f"Ban Vận động thành lập {row.union_name}"
    assert first.holders.get().person == head
    assert first.parents.get().parent.kind in {"district_federation", "province_federation"}
    logged = ChangeLog.objects.filter(channel="test").values_list("record_type", flat=True)
    assert {"unionorg", "orgparent", "officeholder", "foundingcase"} <= set(logged)


def test_a_decided_case_keeps_the_request_that_its_decision_cites(sample: object) -> None:
    done = FoundingCase.objects.filter(
        state="recognised", path="congress", campaign__year=2024, committees__kind="elected"
    ).first()
    assert done is not None
    before = (done.state, done.request_code, done.request_date)
    on = max(done.request_date or HELD, done.first_meeting_on or HELD)
    paper("submission", done, on)
    done.refresh_from_db()
    assert (done.state, done.request_code, done.request_date) == before
    with pytest.raises(Conflict):
        move_case(done, CaseState.DOSSIER_FILED, on=on, evidence="x", by=BY)
