from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import NotFound
from records.models import (
    Assignment,
    CaseStep,
    EnterpriseUpper,
    LegalBasis,
    Measure,
    Post,
    Quota,
    Visit,
)
from records.selectors.campaigns import assignments_of, campaign_on, quota_table, visits_of
from records.selectors.cases import case_snapshot, case_snapshots, cases_of
from records.selectors.citations import citation, legal_bases
from records.selectors.enterprises import (
    deciding_org,
    enterprise_on,
    enterprises_of,
    enterprises_without_union,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas():
    return make.lai_chau()


@pytest.fixture
def unions(areas):
    return make.unions(areas)


@pytest.fixture
def tea(unions, areas):
    return make.enterprise(
        "Công ty Cổ phần Chè Tam Đường",
        code="dn-che",
        tax_code="6299900012",
        upper=unions["ldld-tam-duong"],
        seat=areas["tt-tam-duong"],
    )


def test_enterprise_of_the_day(tea):
    make.observation(tea, date(2024, 3, 1), workers_total=31, legal_rep_name="Hà Thị Ửng")
    make.observation(tea, date(2024, 5, 1), workers_total=27, values={"hardship": 2})
    make.observation(tea, date(2025, 9, 1), workers_total=40)
    then = enterprise_on("dn-che", as_of=make.DAY_2024)
    assert then.latest is not None
    assert (then.latest.workers_total, then.latest.legal_rep_name) == (27, "")
    assert then.known is not None
    assert (then.known.workers_total, then.known.legal_rep_name) == (27, "Hà Thị Ửng")
    assert then.known.values == {"hardship": 2}
    assert [a.full_name for a in then.area_chain] == [
        "thị trấn Tam Đường",
        "huyện Tam Đường",
        "tỉnh Lai Châu",
    ]
    now = enterprise_on("6299900012", as_of=make.DAY_2026)
    assert now.latest is not None
    assert now.latest.workers_total == 40
    assert [a.full_name for a in now.area_chain] == ["xã Bình Lư", "tỉnh Lai Châu"]
    assert enterprise_on("dn-che", as_of=date(2024, 1, 1)).latest is None


def test_who_recognises_changes_with_the_reform_by_data(tea, unions):
    assert deciding_org(tea, as_of=make.DAY_2024).code == "ldld-tam-duong"
    assert deciding_org(tea, as_of=make.DAY_2026).code == "ldld-tinh"
    commune = make.org("cd-xa-binh-lu", "Công đoàn xã Bình Lư", "commune_union", "upper",
                       parent=unions["ldld-tinh"], valid_from=make.REFORM)  # fmt: skip
    EnterpriseUpper.objects.filter(enterprise=tea).update(valid_to=make.LAST_2024_DAY)
    EnterpriseUpper.objects.create(enterprise=tea, org=commune, valid_from=make.REFORM)
    assert deciding_org(tea, as_of=make.DAY_2026).code == "cd-xa-binh-lu"
    with pytest.raises(NotFound, match="Công ty TNHH A&B <X>"):
        deciding_org(make.enterprise("Công ty TNHH A&B <X>"), as_of=make.DAY_2024)


def test_another_district_sees_nothing(tea, unions):
    assert [e.code for e in enterprises_of(unions["ldld-tinh"], as_of=make.DAY_2024)] == ["dn-che"]
    assert enterprises_of(unions["ldld-than-uyen"], as_of=make.DAY_2024) == ()
    camp = make.campaign(unions["ldld-tinh"])
    make.ready_case(camp, tea, code="hs-che")
    own = cases_of(camp, as_of=make.DAY_2024, under=unions["ldld-tam-duong"])
    assert [c.code for c in own] == ["hs-che"]
    assert cases_of(camp, as_of=make.DAY_2024, under=unions["ldld-than-uyen"]) == ()
    # After the district ended, its officers see nothing either; the province sees all.
    assert cases_of(camp, as_of=make.DAY_2026, under=unions["ldld-tam-duong"]) == ()
    assert len(cases_of(camp, as_of=make.DAY_2026, under=unions["ldld-tinh"])) == 1


def test_enterprises_without_union(tea, unions):
    has_one = make.enterprise("HTX Pu Sam Cáp", upper=unions["ldld-tam-duong"])
    make.org("cdcs-htx", "CĐCS HTX Pu Sam Cáp", "grassroots_union", "grassroots",
             enterprise=has_one, valid_from=date(2024, 5, 1))  # fmt: skip
    gone = make.enterprise("DNTN Hòa An", upper=unions["ldld-tam-duong"])
    make.observation(gone, status="dissolved")
    said = make.enterprise("Công ty TNHH Nậm Mạ", upper=unions["ldld-tam-duong"])
    make.observation(said, has_union=True)
    found = enterprises_without_union(unions["ldld-tinh"], as_of=make.DAY_2024)
    assert [e.code for e in found] == ["dn-che"]
    before = enterprises_without_union(unions["ldld-tinh"], as_of=date(2024, 4, 30))
    assert len(before) == 4


def test_cases_of_any_number_cost_the_same(unions, areas):
    camp = make.campaign(unions["ldld-tinh"])
    counts = []
    for wanted in (1, 7):
        while camp.cases.count() < wanted:
            place = make.enterprise(upper=unions["ldld-tam-duong"], seat=areas["x-binh-lu-cu"])
            make.observation(place)
            make.ready_case(camp, place)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cases = cases_of(camp, as_of=make.DAY_2024)
        assert len(cases) == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 18


def test_a_case_holds_what_its_papers_need(tea, unions):
    camp = make.campaign(unions["ldld-tinh"], code="ptdv-2024")
    row = make.ready_case(camp, tea, code="hs-che", union_name="CĐCS Công ty Cổ phần Chè Tam Đường")
    make.application(row, make.person("Vàng Thị Ý"), applied_on=date(2024, 6, 1), position=9)
    case = case_snapshot("hs-che", as_of=make.DAY_2024)
    assert len(case.applications) == 5
    assert case.campaign_code == "ptdv-2024"
    assert case.deciding_org is not None
    assert case.deciding_org.parent is not None
    assert case.deciding_org.parent.code == "ldld-tinh"
    board = case.committee("appointed", "elected")
    assert board is not None
    assert [m.post_label for m in board.members] == ["Chủ tịch", "Phó Chủ tịch", "Ủy viên"]
    assert case.committee("inspection") is None
    with pytest.raises(NotFound, match="hs-x, hs-y"):
        case_snapshots(["hs-x", "hs-che", "hs-y"], as_of=make.DAY_2024)


def test_state_of_a_case_is_that_of_the_day(tea, unions):
    row = make.case(make.campaign(unions["ldld-tinh"]), tea, code="hs-che", state="organising")
    assert case_snapshot("hs-che", as_of=make.DAY_2024).state == "organising"
    for state, on in (("surveyed", date(2024, 5, 3)), ("organising", date(2024, 5, 25))):
        CaseStep.objects.create(case=row, state=state, on=on, evidence="Phiếu khảo sát")
    assert case_snapshot("hs-che", as_of=date(2024, 5, 1)).state == "not_contacted"
    assert case_snapshot("hs-che", as_of=make.DAY_2024).state == "surveyed"
    assert case_snapshot("hs-che", as_of=date(2024, 5, 25)).state == "organising"


def test_quota_table_sums_what_was_given(unions):
    camp = make.campaign(unions["ldld-tinh"])
    for code, unions_asked in (("ldld-than-uyen", 2), ("ldld-tam-duong", 3)):
        Quota.objects.create(campaign=camp, org=unions[code], measure=Measure.NEW_UNIONS,
                             value=unions_asked)  # fmt: skip
    Quota.objects.create(campaign=camp, org=unions["ldld-tam-duong"], measure=Measure.NEW_MEMBERS,
                         value=60, note="DN từ 25 lao động")  # fmt: skip
    table = quota_table(camp, as_of=make.DAY_2024)
    assert [row.org.code for row in table.rows] == ["ldld-tam-duong", "ldld-than-uyen"]
    assert table.rows[0].note == "DN từ 25 lao động"
    assert table.totals == {"new_members": 60, "new_unions": 5}
    assert "new_members" not in table.rows[1].values


def test_assignments_and_visits_name_posts_of_the_day(unions, tea):
    camp = make.campaign(unions["ldld-tinh"], code="ptdv-2024", steering_committee=unions["bcd"])
    lead, helper = make.person("Lò Văn Ín"), make.person("Vàng Thị Ý")
    make.office(lead, unions["ldld-tinh"], Post.VICE_CHAIR, valid_to=date(2024, 8, 31))
    make.office(lead, unions["bcd"], Post.COMMITTEE_PERMANENT_DEPUTY)
    make.office(helper, unions["tckt"], Post.SPECIALIST)
    row = Assignment.objects.create(campaign=camp, person=lead, valid_from=date(2024, 5, 6))
    row.orgs.add(unions["ldld-tam-duong"], unions["ldld-than-uyen"])
    row.support.add(helper)
    assert assignments_of(camp, as_of=date(2024, 5, 5)) == ()
    (found,) = assignments_of(camp, as_of=make.DAY_2024)
    assert found.officer.title == "Phó Chủ tịch LĐLĐ tỉnh"
    assert found.officer.committee_role == "Phó Trưởng ban Thường trực"
    assert [o.code for o in found.orgs] == ["ldld-tam-duong", "ldld-than-uyen"]
    assert found.support[0].title == "Chuyên viên Ban Tổ chức - Kiểm tra"
    assert assignments_of(camp, as_of=date(2024, 9, 1))[0].officer.title == ""

    visit = Visit.objects.create(
        campaign=camp, code="cx-1", starts_on=date(2024, 5, 14), ends_on=date(2024, 5, 15),
        org=unions["ldld-tam-duong"], enterprise=tea, lead=lead, content="khảo sát",
    )  # fmt: skip
    visit.team.add(helper)
    (seen,) = visits_of(camp, as_of=make.DAY_2024)
    assert seen.enterprise is not None
    assert (seen.enterprise.code, seen.lead.person.full_name) == ("dn-che", "Lò Văn Ín")
    assert [m.person.full_name for m in seen.team] == ["Vàng Thị Ý"]
    assert campaign_on("ptdv-2024", as_of=make.DAY_2024).steering_committee is not None
    with pytest.raises(NotFound):
        campaign_on("ptdv-2030", as_of=make.DAY_2024)


def test_legal_bases_follow_the_charter_of_the_day():
    old = make.citation("dieu-le-xii", "Điều lệ", valid_to=date(2024, 12, 24), is_law=True)
    new = make.citation("dieu-le-xiii", "Điều lệ", valid_from=date(2024, 12, 25), is_law=True)
    plan = make.citation("kh-70", "Kế hoạch", document_code="70/KH-LĐLĐ", date=date(2024, 5, 2))
    for position, row in enumerate((old, new)):
        LegalBasis.objects.create(kind="founding_decision", citation=row, position=position)
    LegalBasis.objects.create(kind="founding_decision", variant="found", citation=plan, position=5)
    then = legal_bases("founding_decision", as_of=make.DAY_2024, variant="found")
    assert [c.code for c in then] == ["dieu-le-xii", "kh-70"]
    now = legal_bases("founding_decision", as_of=make.DAY_2026)
    assert [c.code for c in now] == ["dieu-le-xiii"]
    assert citation("kh-70", as_of=make.DAY_2024).document_code == "70/KH-LĐLĐ"
    with pytest.raises(NotFound, match="dieu-le-xii"):
        citation("dieu-le-xii", as_of=make.DAY_2026)
