"""Reminders, coordination letters and reports from the records, before and after 01/7/2025."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.errors import Conflict, DataIncomplete, UserError
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.models import Document
from docgen.services.lifecycle import request_document
from docgen.sources import collect, select_records
from docgen.sources.base import parent_line
from docgen.sources.progress import expected_percent
from records.models import Campaign, Fact, Membership, OrgKind, UnionOrg
from records.selectors.campaigns import campaign_on
from records.selectors.orgs import org_on
from records.selectors.progress import Deeds, deeds_by_unit
from registry.durability import durable
from registry.registers import enter_incoming
from tests.sample import CLERK, PLAN, issued

MAY_2, MAY_3 = date(2024, 5, 2), date(2024, 5, 3)
OCT_7 = date(2024, 10, 7)
NOV_25 = date(2025, 11, 25)
NHUN = "Liên đoàn Lao động huyện Nậm Nhùn"
DIRECT = "Các công đoàn cơ sở trực thuộc Liên đoàn Lao động tỉnh Lai Châu"
pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(sample: Campaign) -> Campaign:
    """The campaign with its plan and its quota decision out."""
    issued(*PLAN, on=MAY_2)
    issued("quota_decision", PLAN[1], on=MAY_3)
    return sample


def whole(kind: str, record: str, on: date, variant: str = "") -> dict[str, Any]:
    """Data that can be made into a paper of that day."""
    found = collect(kind, record=record, as_of=on, variant=variant)
    data = checked_data(get_kind(kind), found.data, Numbering(intended_date=on))
    return dict(data)


# --- reminders ---------------------------------------------------------------------------------------


def test_all_units_behind_stand_in_one_reminder_with_their_figures(planned: Campaign) -> None:
    data = whole("reminder_letter", PLAN[1], OCT_7)
    assert data["doc_symbol"] == "LĐLĐ-TCKT"
    assert data["archive_units"] == ["VT", "TC-KT"]
    assert data["expected_percent"] == 76  # 281 of 366 days
    assert data["addressees"] == [row["org_name"] for row in data["lagging"]]
    assert len(data["lagging"]) == 9
    assert data["addressees"][-1] == DIRECT
    (nhun,) = [row for row in data["lagging"] if row["org_name"] == NHUN]
    assert nhun == {
        "org_name": NHUN,
        "target_members": 60,
        "done_members": 17,
        "target_unions": 1,
        "done_unions": 1,
    }
    assert [row["code"] for row in data["bases"]] == ["01/KH-LĐLĐ", "01/QĐ-LĐLĐ"]
    assert data["deadline"] == "2024-10-21"  # ten working days
    assert data["report_to"] == "Liên đoàn Lao động tỉnh Lai Châu (qua Ban Tổ chức - Kiểm tra)"


def test_a_reminder_to_one_unit_names_no_other(planned: Campaign) -> None:
    """The outsider: a district reads only its own figures."""
    data = whole("reminder_letter", "unit:ptdv-2024/ldld-huyen-nam-nhun", OCT_7)
    assert data["addressees"] == [NHUN]
    assert [row["org_name"] for row in data["lagging"]] == [NHUN]


def test_a_batch_of_reminders_takes_the_units_behind(planned: Campaign) -> None:
    def behind(on: date, **where: str) -> list[str]:
        return select_records("reminder_letter", campaign=planned, where=where, as_of=on)

    assert len(behind(OCT_7)) == 9
    assert behind(OCT_7, org="ldld-huyen-sin-ho") == ["unit:ptdv-2024/ldld-huyen-sin-ho"]
    Fact.objects.create(key="reminder_expected_percent", label="x", value=25, valid_from=MAY_2)
    # Sìn Hồ 10 of 85, thành phố 29 of 190, Mường Tè 11 of 70, Than Uyên 23 of 120, direct unions 17 of 80.
    assert behind(OCT_7) == [
        "unit:ptdv-2024/ldld-thanh-pho-lai-chau",
        "unit:ptdv-2024/ldld-huyen-sin-ho",
        "unit:ptdv-2024/ldld-huyen-muong-te",
        "unit:ptdv-2024/ldld-huyen-than-uyen",
        "unit:ptdv-2024/ldld-lai-chau",
    ]


def test_nobody_behind_is_an_answer(planned: Campaign) -> None:
    Fact.objects.create(key="reminder_expected_percent", label="x", value=1, valid_from=MAY_2)
    with pytest.raises(UserError, match="không có đơn vị nào chậm") as caught:
        collect("reminder_letter", record=PLAN[1], as_of=OCT_7)
    assert caught.value.code == "nothing_behind"


def test_who_owes_a_report_is_told_by_the_incoming_register(planned: Campaign) -> None:
    Fact.objects.create(key="reminder_expected_percent", label="x", value=1, valid_from=MAY_2)
    reporting = UnionOrg.objects.filter(kind=OrgKind.DISTRICT_FEDERATION).exclude(name=NHUN)
    with durable():
        for org in reporting:
            enter_incoming(
                org=planned.org,
                holder=f"báo cáo {org.code}",
                actor=CLERK,
                arrived_on=date(2024, 9, 18),
                author=org.name,
                subject="Báo cáo kết quả phát triển đoàn viên tháng 9/2024",
            )
    data = whole("reminder_letter", PLAN[1], OCT_7)
    assert "lagging" not in data
    assert data["missing_reports"] == [
        {"org_name": name, "period": "2024-09", "due_date": "2024-09-20"} for name in (NHUN, DIRECT)
    ]


def test_the_same_unit_is_reminded_again_next_month(planned: Campaign) -> None:
    def ask(on: date, variant: str = "") -> Document:
        record = "unit:ptdv-2024/ldld-huyen-sin-ho"
        found = request_document(
            "reminder_letter", record=record, on=on, actor=CLERK, variant=variant
        )
        return found.document

    october = ask(OCT_7)
    assert (october.variant, ask(date(2024, 10, 21)).pk) == ("2024-10", october.pk)
    november = ask(date(2024, 11, 7))
    assert (november.variant, november.pk != october.pk) == ("2024-11", True)


def test_expected_percent_runs_with_the_campaign(sample: Campaign) -> None:
    campaign = campaign_on("ptdv-2024", as_of=OCT_7)
    days = {
        date(2024, 1, 1): 1,
        date(2024, 6, 30): 49,
        date(2024, 12, 31): 100,
        date(2025, 2, 1): 100,
    }
    assert {on: expected_percent(campaign, on=on) for on in days} == days


def test_the_plan_has_to_be_out_before_anyone_is_reminded_of_it(sample: Campaign) -> None:
    with pytest.raises(UserError, match="Chưa có kế hoạch của chiến dịch"):
        collect("reminder_letter", record=PLAN[1], as_of=OCT_7)


# --- reports -----------------------------------------------------------------------------------------


def test_a_report_counts_by_unit_against_the_quota(planned: Campaign) -> None:
    data = whole("result_report", PLAN[1], date(2024, 6, 30), "2024-H1")
    assert data["addressees"] == ["Tổng Liên đoàn Lao động Việt Nam"]
    assert (data["cut_off_date"], data["counted_from"]) == ("2024-06-30", "2024-01-01")
    assert len(data["rows"]) == 9
    assert sum(row["cum_joined"] for row in data["rows"]) == 193
    assert sum(row["cum_unions"] for row in data["rows"]) == 14 == len(data["new_unions"])
    assert (
        data["targets"]["new_members"] == sum(row["target_members"] for row in data["rows"]) == 900
    )
    tam_duong = data["rows"][1]
    assert (tam_duong["org_name"], tam_duong["cum_joined"], tam_duong["cum_unions"]) == (
        "Liên đoàn Lao động huyện Tam Đường",
        31,
        2,
    )


def test_a_month_is_a_part_of_the_year(planned: Campaign) -> None:
    data = whole("result_report", PLAN[1], date(2024, 6, 30), "2024-03")
    assert data["cut_off_date"] == "2024-03-31"
    assert sum(row["period_joined"] for row in data["rows"]) == 91
    assert sum(row["cum_joined"] for row in data["rows"]) == 128
    assert {union["founded_on"] for union in data["new_unions"]} == {"2024-03-14", "2024-03-28"}


def test_members_who_left_are_taken_off(planned: Campaign) -> None:
    union = Membership.objects.filter(joined_on=date(2024, 2, 26)).first()
    assert union is not None
    Membership.objects.filter(pk=union.pk).update(left_on=date(2024, 6, 3))
    data = whole("result_report", PLAN[1], date(2024, 6, 30), "2024-06")
    assert sum(row["period_left"] for row in data["rows"]) == 1
    assert sum(row["cum_left"] for row in data["rows"]) == 1


def test_what_the_office_wrote_for_the_period_is_printed(planned: Campaign) -> None:
    written = {"reports": {"2024-H1": {"weaknesses": ["Mưa lũ làm chậm các chuyến khảo sát"]}}}
    Campaign.objects.filter(pk=planned.pk).update(content={**planned.content, **written})
    data = whole("result_report", PLAN[1], date(2024, 6, 30), "2024-H1")
    assert data["weaknesses"] == ["Mưa lũ làm chậm các chuyến khảo sát"]
    assert data["leadership"] == [
        "Ban hành Kế hoạch số 01/KH-LĐLĐ, Quyết định số 01/QĐ-LĐLĐ để chỉ đạo, đôn đốc thực hiện"
    ]


def test_after_the_reform_the_lines_are_communes_and_wards(sample: Campaign) -> None:
    for case in ("hs25-002", "hs25-004"):
        issued("founding_decision", f"case:{case}", on=date(2025, 11, 14))
    data = whole("result_report", "campaign:ptdv-2025", NOV_25)
    assert [(row["org_name"], row["cum_joined"]) for row in data["rows"]] == [
        ("Phường Đoàn Kết", 20),
        ("Xã Phong Thổ", 24),
    ]
    assert all("target_members" not in row for row in data["rows"])
    assert data["targets"]["new_members"] == 260
    assert [union["decision"] for union in data["new_unions"]] == ["01/QĐ-LĐLĐ", "02/QĐ-LĐLĐ"]
    assert data["bases"][-1]["code"] == "42/KH-LĐLĐ"
    assert not [name for name in data["recipients"] if "huyện" in name]


def test_deeds_of_a_union_stay_with_the_district_of_their_day(sample: Campaign) -> None:
    """Its unions went to the province in 2025; what was done in 2024 remains the district's."""
    campaign = campaign_on("ptdv-2024", as_of=NOV_25)
    district = UnionOrg.objects.get(code="ldld-huyen-tam-duong")
    found = deeds_by_unit(campaign, first=date(2024, 1, 1), last=NOV_25)
    assert found[district.pk] == Deeds(joined=31, left=0, unions=2)


def test_a_period_is_written_as_the_contract_says(planned: Campaign) -> None:
    with pytest.raises(UserError, match="2024-Q2") as caught:
        collect("result_report", record=PLAN[1], as_of=OCT_7, variant="quý tư")
    assert caught.value.code == "wrong_variant"


# --- coordination ------------------------------------------------------------------------------------


def test_an_enterprise_is_asked_to_receive_the_visit(planned: Campaign) -> None:
    data = whole("coordination_letter", "visit:ks24-03", MAY_3)
    assert (data["purpose"], data["addressed_to"]) == ("visit", "employer")
    assert [row.get("is_lead") for row in data["team"]] == [True, *[None] * (len(data["team"]) - 1)]
    assert data["deadline"] < data["visit_from"]
    assert data["venue"].startswith(f"Trụ sở {data['addressees'][0]}")
    assert [row["code"] for row in data["bases"]] == ["01/KH-LĐLĐ"]


@pytest.mark.parametrize(
    ("campaign", "on", "asked", "not_asked"),
    [
        ("ptdv-2024", MAY_3, "Ủy ban nhân dân các huyện, thành phố", "Sở Nội vụ tỉnh Lai Châu"),
        ("ptdv-2025", NOV_25, "Ủy ban nhân dân các xã, phường", "Cục Thuế tỉnh Lai Châu"),
    ],
)
def test_authorities_are_those_of_the_day(
    planned: Campaign, campaign: str, on: date, asked: str, not_asked: str
) -> None:
    data = whole("coordination_letter", f"campaign:{campaign}", on)
    assert asked in data["addressees"]
    assert not_asked not in data["addressees"]


def test_without_the_fact_nobody_is_guessed(planned: Campaign) -> None:
    Fact.objects.filter(key="coordination_addressees").delete()
    with pytest.raises(DataIncomplete, match="coordination_addressees") as caught:
        collect("coordination_letter", record=PLAN[1], as_of=MAY_3)
    assert caught.value.missing == ("addressees",)


# --- what every paper of the store follows -----------------------------------------------------------


def test_a_record_of_another_type_is_refused_with_both_shapes(sample: Campaign) -> None:
    with pytest.raises(UserError, match="unit:mã hoặc campaign:mã"):
        collect("reminder_letter", record="case:hs24-001", as_of=OCT_7)


def test_corrections_make_no_batch(sample: Campaign) -> None:
    with pytest.raises(UserError, match="docgen request"):
        select_records("correction_letter", campaign=sample, where={}, as_of=OCT_7)


def test_the_parent_line_is_a_dated_fact(sample: Campaign) -> None:
    province = org_on("ldld-lai-chau", as_of=NOV_25)
    assert parent_line(province, on=NOV_25) == "Tổng Liên đoàn Lao động Việt Nam"
    Fact.objects.filter(key="parent_line_province", valid_from=date(2025, 7, 1)).update(
        value="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lai Châu"
    )
    assert parent_line(province, on=NOV_25) == "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lai Châu"
    assert parent_line(province, on=MAY_2) == "Tổng Liên đoàn Lao động Việt Nam"
    data = whole("founding_decision", "case:hs25-002", date(2025, 11, 14))
    assert data["parent_org_name"] == "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lai Châu"
    # A district's line is its own parent, whatever holds for the province.
    district = whole("founding_decision", "case:hs24-001", date(2024, 5, 16))
    assert district["parent_org_name"] == "Liên đoàn Lao động tỉnh Lai Châu"


def test_an_empty_fact_leaves_the_parent_line_out(sample: Campaign) -> None:
    Fact.objects.create(key="parent_line_ldld-lai-chau", label="x", value="", valid_from=NOV_25)
    assert parent_line(org_on("ldld-lai-chau", as_of=NOV_25), on=NOV_25) == ""


def test_a_dossier_that_is_not_filed_is_not_returned(sample: Campaign) -> None:
    with pytest.raises(Conflict, match="chỉ trả hồ sơ đã nộp"):
        collect("dossier_return", record="case:hs24-038", as_of=date(2024, 5, 16))
