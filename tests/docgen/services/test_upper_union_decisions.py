"""Survey teams, notices, admissions, inspection and reorganisation through the store: data, number, consequences."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Conflict, DataIncomplete, NotFound
from docgen.models import Document, DocumentState
from docgen.rules import check_docx
from docgen.services.ending import recall_document, replace_document
from docgen.services.issuing import issue_document
from docgen.services.lifecycle import request_document, submit_document
from docgen.services.signing import record_signature
from docgen.sources import collect, select_records
from records.models import (
    Application,
    Campaign,
    ChangeLog,
    Committee,
    CommitteeMember,
    FoundingCase,
    Membership,
    OrgParent,
    OrgSuccession,
    Reorganisation,
    UnionOrg,
    Visit,
)
from records.selectors.orgs import org_on
from registry.files import read
from registry.models import OutgoingEntry
from tests.docgen.kinds.reading import dump
from tests.sample import CLERK, PLAN, draft, issued, run_waiting, signed

MAY_2, MAY_3, MAY_16, MAY_20 = (date(2024, 5, day) for day in (2, 3, 16, 20))
NOV_14 = date(2025, 11, 14)
CASE = "case:hs24-001"
pytestmark = pytest.mark.django_db


def printed(paper: Document) -> bytes:
    """The issued file, which raises no error of form."""
    assert paper.final_file is not None
    data = read(paper.final_file)
    assert [f.message for f in check_docx(data, on=paper.issued_on) if f.severity == "E"] == []
    return data


def appointed(sample: Campaign) -> str:
    """A case on the path on which the upper union founds and appoints, decided on 16/5/2024."""
    found = FoundingCase.objects.filter(campaign=sample, path="appointment", decide_on=MAY_16)
    case = found.order_by("code").first()
    assert case is not None
    return f"case:{case.code}"


def replaced(old: Document, *, on: date) -> Document:
    """A new paper in place of the old one, issued and entered."""
    new = request_document(old.kind, record=old.record, on=on, actor=CLERK, replaces=old).document
    run_waiting(new)
    submit_document(new, actor=CLERK)
    assert new.signer is not None
    record_signature(new, signer=new.signer.code, actor=CLERK, on=on)
    new = issue_document(new, on=on, actor=CLERK)
    run_waiting(new)
    replace_document(old, by=new, reason="Ghi sai", actor=CLERK)
    return new


# --- survey team and notice --------------------------------------------------------------------------


def test_everyone_on_the_timetable_is_in_the_team_once(sample: Campaign) -> None:
    plan = issued(*PLAN, on=MAY_2)
    paper = issued("survey_team_decision", PLAN[1], on=MAY_3)
    assert check_docx(printed(paper), on=MAY_3) == []  # no warning either
    visits = Visit.objects.filter(campaign=sample)
    people = {visit.lead.full_name for visit in visits}
    people |= {person.full_name for visit in visits for person in visit.team.all()}
    members = paper.data["members"]
    assert sorted(member["full_name"] for member in members) == sorted(people)
    assert [m["team_role"] for m in members].count("head") == 1
    assert members[0]["team_role"] == "head"
    # The chair of the province signs and does not go: the deputy heads of the committee lead.
    assert members[0]["full_name"] == "Lò Thị Mẫn"
    assert [m["full_name"] for m in members if m["team_role"] == "deputy"] == ["Đỗ Quang Huy"]
    text = dump(printed(paper))
    assert "của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu về khảo sát, nắm tình hình" in text
    assert (
        "Văn phòng, các ban Liên đoàn Lao động tỉnh Lai Châu, Liên đoàn Lao động các huyện, thành phố "
        "và các đồng chí có tên tại Điều 1 chịu trách nhiệm"
    ) in text
    assert "Tổ 5, phường Đoàn Kết, thành phố Lai Châu\n" in text
    assert len(paper.data["itinerary"]) == visits.count() == 12
    assert list(paper.cites.all()) == [plan]
    assert (paper.data["period_from"], paper.data["plan"]["code"]) == ("2024-05-08", plan.code)
    line = OutgoingEntry.objects.get(document_id=str(paper.pk))
    assert line.subject == (
        "Về việc thành lập Đoàn khảo sát tình hình công nhân lao động, vận động thành lập công đoàn "
        "cơ sở tại các doanh nghiệp năm 2024"
    )


def test_a_team_without_visits_is_said(sample: Campaign) -> None:
    with pytest.raises(
        DataIncomplete, match="chưa có chuyến khảo sát nào từ ngày 01/12/2024"
    ) as told:
        collect("survey_team_decision", record=PLAN[1], as_of=date(2024, 12, 1))
    assert told.value.missing == ("itinerary",)


def test_the_notice_says_what_the_decision_says(sample: Campaign) -> None:
    with pytest.raises(NotFound, match="Chưa có kế hoạch"):
        collect("assignment_notice", record=PLAN[1], as_of=MAY_3)
    plan = issued(*PLAN, on=MAY_2)
    notice = issued("assignment_notice", PLAN[1], on=MAY_3)
    printed(notice)
    decision = draft("assignment_decision", PLAN[1], on=MAY_3)
    same = ("assignments", "area_targets", "targets", "period_from", "period_to", "report_rule")
    assert {key: notice.data[key] for key in same} == {key: decision.data[key] for key in same}
    assert (notice.code, notice.issuer) == ("01/TB-LĐLĐ", sample.org)
    assert list(notice.cites.all()) == [plan]


# --- admission ---------------------------------------------------------------------------------------


def test_three_decisions_of_one_ceremony(sample: Campaign) -> None:
    record = appointed(sample)
    with pytest.raises(NotFound, match="Chưa có quyết định thành lập"):
        collect("admission_decision", record=record, as_of=MAY_16)
    founding = issued("founding_decision", record, on=MAY_16)
    admission = issued("admission_decision", record, on=MAY_16)
    committee = issued("committee_decision", record, on=MAY_16)
    for paper in (founding, admission, committee):
        printed(paper)
    assert (admission.variant, admission.template) == ("admit", "admission_decision/ket_nap")
    names = [row["full_name"] for row in founding.data["members"]]
    assert [row["full_name"] for row in admission.data["members"]] == names
    assert admission.data["founding_decision"]["code"] == founding.code
    joined = Membership.objects.filter(union=FoundingCase.objects.get(code=record[5:]).union)
    assert set(joined.values_list("decision", "joined_on")) == {
        (f"{admission.code} ngày 16/05/2024", MAY_16)
    }
    assert joined.count() == len(names)
    minutes = collect("launch_minutes", record=record, as_of=MAY_20)
    announced = minutes.data["decisions"]
    assert isinstance(announced, list)
    assert [one["code"] for one in announced] == [founding.code, admission.code, committee.code]
    assert minutes.cites == (founding, admission, committee)


def test_who_applied_after_the_draft_is_not_admitted_by_it(sample: Campaign) -> None:
    issued("founding_decision", CASE, on=MAY_16)
    paper = signed("admission_decision", CASE, on=MAY_16)
    case = FoundingCase.objects.get(code="hs24-001")
    late = Application.objects.exclude(case=case).exclude(person__memberships__isnull=False).first()
    assert late is not None
    Application.objects.create(case=case, person=late.person, applied_on=MAY_3, position=99)
    with pytest.raises(Conflict, match="Danh sách người làm đơn trong kho hồ sơ đã khác"):
        issue_document(paper, on=MAY_16, actor=CLERK)
    paper.refresh_from_db()
    assert (paper.state, paper.number_id) == (DocumentState.SIGNED, None)


def test_a_recalled_admission_leaves_the_members_on_the_founding(sample: Campaign) -> None:
    founding = issued("founding_decision", CASE, on=MAY_16)
    before = list(Membership.objects.order_by("id").values())
    first = issued("admission_decision", CASE, on=MAY_16)
    assert first.variant == "recognise"
    recall_document(first, reason="Sai họ tên", actor=CLERK)
    now = list(Membership.objects.order_by("id").values())
    assert [without_times(row) for row in now] == [without_times(row) for row in before]
    assert {row["decision"] for row in now if row["union_id"]} >= {
        f"{founding.code} ngày 16/05/2024"
    }
    second = issued("admission_decision", CASE, on=MAY_20)
    union = FoundingCase.objects.get(code="hs24-001").union
    held = Membership.objects.filter(union=union)
    assert set(held.values_list("decision", flat=True)) == {f"{second.code} ngày 20/05/2024"}


def without_times(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if not key.startswith(("updated", "created"))}


# --- inspection --------------------------------------------------------------------------------------


def test_an_elected_inspection_committee_is_recognised(sample: Campaign) -> None:
    row = Committee.objects.filter(kind="inspection", case__path="congress", case__decide_on=MAY_16)
    committee = row.select_related("case").order_by("case__code").first()
    assert committee is not None
    assert committee.case is not None
    record = f"case:{committee.case.code}"
    issued("founding_decision", record, on=MAY_16)
    with pytest.raises(NotFound, match="Chưa có quyết định về Ban Chấp hành"):
        collect("inspection_committee_decision", record=record, as_of=MAY_16)
    seating = issued("committee_decision", record, on=MAY_16)
    committee.refresh_from_db()
    stood_on = committee.decision
    paper = issued("inspection_committee_decision", record, on=MAY_16)
    printed(paper)
    committee.refresh_from_db()
    assert paper.variant == "committee"
    assert paper.data["union_members_total"] >= 30
    assert committee.decision == f"{paper.code} ngày 16/05/2024" != stood_on
    assert list(paper.cites.all()) == [seating]
    recall_document(paper, reason="Sai chức danh", actor=CLERK)
    committee.refresh_from_db()
    assert committee.decision == stood_on


def duty_seat() -> CommitteeMember:
    """The member charged with inspection in a small union that is decided on 16/5/2024."""
    seats = CommitteeMember.objects.filter(
        post="inspection_duty", committee__case__decide_on=MAY_16
    )
    found = seats.select_related("committee__case", "person").order_by("committee__case__code")
    seat = found.first()
    assert seat is not None
    return seat


def test_a_small_union_charges_one_of_its_committee(sample: Campaign) -> None:
    seat = duty_seat()
    assert seat.committee.case is not None
    record = f"case:{seat.committee.case.code}"
    issued("founding_decision", record, on=MAY_16)
    issued("committee_decision", record, on=MAY_16)
    paper = issued("inspection_committee_decision", record, on=MAY_16)
    printed(paper)
    assert (paper.variant, paper.data["member_count"]) == ("duty", 1)
    assert paper.data["members"][0]["full_name"] == seat.person.full_name
    new = replaced(paper, on=MAY_20)
    seat.refresh_from_db()
    assert seat.source == f"{new.code} ngày 20/05/2024"
    recall_document(new, reason="Sai", actor=CLERK)
    seat.refresh_from_db()
    assert seat.source == "Dữ liệu mẫu"


def test_a_union_without_anybody_for_inspection_is_said(sample: Campaign) -> None:
    seat = duty_seat()
    record = f"case:{seat.committee.case.code}" if seat.committee.case else ""
    CommitteeMember.objects.filter(pk=seat.pk).update(post="member")
    with pytest.raises(DataIncomplete, match="chưa có ủy viên Ban Chấp hành làm nhiệm vụ kiểm tra"):
        collect("inspection_committee_decision", record=record, as_of=MAY_16)
    with pytest.raises(DataIncomplete, match="chưa có danh sách Ủy ban Kiểm tra"):
        collect("inspection_committee_decision", record=record, as_of=MAY_16, variant="committee")


# --- reorganisation ----------------------------------------------------------------------------------


def test_giving_and_receiving_body_decide_about_the_same_list(sample: Campaign) -> None:
    given = issued("reorganisation_decision", "reorganisation:sx25-01", on=date(2025, 6, 20))
    taken = issued("reorganisation_decision", "reorganisation:sx25-02", on=date(2025, 7, 1))
    for paper in (given, taken):
        printed(paper)
    assert (given.issuer.code, taken.issuer.code) == ("ldld-huyen-tam-duong", "ldld-lai-chau")
    assert (given.variant, taken.variant) == ("transfer", "receive")
    assert taken.template == "reorganisation_decision/tiep_nhan_danh_sach"
    assert list(taken.cites.all()) == [given]
    assert taken.data["transfer_decision"]["code"] == given.code
    lists = [
        [
            (row["union_name"], row["members"], row["chair"])
            for row in paper.data["unions"]
            if "chair" in row
        ]
        for paper in (given, taken)
    ]
    assert lists[0] == lists[1] != []
    # Places as they are called on the day of each paper.
    assert [paper.data["unions"][0]["address"] for paper in (given, taken)] == [
        "Thị trấn Tam Đường",
        "Xã Bình Lư",
    ]
    assert given.data["place_name"] == "Tam Đường"
    assert taken.data["legal_bases"][0]["date"] == "2024-11-27"  # the law of the day


def test_a_union_without_members_is_dissolved(sample: Campaign) -> None:
    paper = issued("reorganisation_decision", "reorganisation:sx25-04", on=NOV_14)
    text = dump(printed(paper))
    assert "trực thuộc Liên đoàn Lao động tỉnh Lai Châu kể từ ngày 20 tháng 11 năm 2025." in text
    assert "gồm" not in text
    assert "chuyển sinh hoạt" not in text
    union = Reorganisation.objects.get(code="sx25-04").orgs.get()
    assert (union.valid_to, union.dissolved_by) == (
        date(2025, 11, 19),
        f"{paper.code} ngày 14/11/2025",
    )
    with pytest.raises(NotFound):
        org_on(union.code, as_of=date(2025, 11, 20))
    log = ChangeLog.objects.filter(record_type="unionorg", record_id=union.code)
    assert [(line.actor, line.channel) for line in log] == [(CLERK, "docgen")]


def test_a_merger_ends_one_union_in_the_other_and_a_recall_brings_it_back(sample: Campaign) -> None:
    row = Reorganisation.objects.get(code="sx25-03")
    union, into = row.orgs.get(), row.counterpart
    assert into is not None
    members = Membership.objects.filter(union=union).count()
    kept = Membership.objects.filter(union=into).count()
    paper = issued("reorganisation_decision", f"reorganisation:{row.code}", on=NOV_14)
    printed(paper)
    assert paper.data["members_after"] == members + kept
    assert OrgSuccession.objects.filter(predecessor=union, successor=into).exists()
    assert Membership.objects.filter(union=into, left_on=None).count() == members + kept
    recall_document(paper, reason="Chưa đủ hồ sơ", actor=CLERK)
    union.refresh_from_db()
    assert (union.valid_to, union.dissolved_by) == (None, "")
    assert not OrgSuccession.objects.filter(predecessor=union).exists()
    assert Membership.objects.filter(union=union, left_on=None).count() == members
    assert Membership.objects.filter(union=into).count() == kept
    again = issued("reorganisation_decision", f"reorganisation:{row.code}", on=date(2025, 11, 20))
    union.refresh_from_db()
    assert union.dissolved_by == f"{again.code} ngày 20/11/2025"


def test_a_replacement_moves_the_day(sample: Campaign) -> None:
    row = Reorganisation.objects.get(code="sx25-04")
    old = issued("reorganisation_decision", f"reorganisation:{row.code}", on=NOV_14)
    Reorganisation.objects.filter(pk=row.pk).update(effective_on=date(2025, 12, 1))
    new = replaced(old, on=date(2025, 11, 18))
    union = UnionOrg.objects.get(pk=row.orgs.get().pk)
    assert (union.valid_to, union.dissolved_by) == (
        date(2025, 11, 30),
        f"{new.code} ngày 18/11/2025",
    )
    parents = OrgParent.objects.filter(org=union).order_by("valid_from")
    assert [link.valid_to for link in parents][-1] == date(2025, 11, 30)


def test_a_recall_that_the_records_left_behind_is_refused_whole(sample: Campaign) -> None:
    paper = issued("reorganisation_decision", "reorganisation:sx25-04", on=NOV_14)
    union = Reorganisation.objects.get(code="sx25-04").orgs.get()
    UnionOrg.objects.filter(pk=union.pk).update(dissolved_by="Sửa tay")
    with pytest.raises(Conflict, match="đã có thay đổi sau đó"):
        recall_document(paper, reason="Sai", actor=CLERK)
    paper.refresh_from_db()
    assert paper.state == DocumentState.ISSUED
    assert OutgoingEntry.objects.get(document_id=str(paper.pk)).note == ""


def test_a_plan_that_changed_after_the_draft_is_drafted_again(sample: Campaign) -> None:
    paper = signed("reorganisation_decision", "reorganisation:sx25-04", on=NOV_14)
    Reorganisation.objects.filter(code="sx25-04").update(effective_on=date(2025, 12, 1))
    with pytest.raises(Conflict, match="Việc sắp xếp tổ chức trong kho hồ sơ đã khác"):
        issue_document(paper, on=NOV_14, actor=CLERK)
    assert UnionOrg.objects.filter(dissolved_by__gt="").count() == 0


def test_which_reorganisations_a_batch_takes(sample: Campaign) -> None:
    campaign = Campaign.objects.get(code="ptdv-2025")
    chosen = [
        select_records("reorganisation_decision", campaign=campaign, where=where, as_of=NOV_14)
        for where in (
            {},
            {"act": "merge"},
            {"decide_on": "2025-11-14"},
            {"org": "ldld-huyen-tam-duong"},
        )
    ]
    assert [len(records) for records in chosen] == [4, 1, 2, 1]
    assert chosen[3] == ["reorganisation:sx25-01"]
    # The outsider: nothing of another campaign.
    assert select_records("reorganisation_decision", campaign=sample, where={}, as_of=NOV_14) == []
