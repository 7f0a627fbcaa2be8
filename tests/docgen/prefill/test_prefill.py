"""Forms filled from the sample store: what is known stands there, what changes is asked anew, as of the day."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import NotFound, UserError
from core.forms import FORMS, get_form
from core.validation import check_data
from docgen.blanks.fitting import require_fit
from docgen.prefill import PREFILLS, Wanted, prefill
from docgen.prefill.base import name_for
from records.models import Campaign, FoundingCase
from records.selectors.cases import case_snapshot
from tests.sample import sample, sample_rows

__all__ = ["sample", "sample_rows"]
MAY = date(2024, 5, 20)
RECORDS = {
    "enterprise": "enterprise:dn-001",
    "org": "org:ldld-huyen-tam-duong",
    "case": "case:hs24-001",
}


def test_every_kind_of_form_can_be_filled() -> None:
    assert set(PREFILLS) == set(FORMS)


@pytest.mark.parametrize("kind", list(FORMS))
def test_what_is_filled_in_is_right_and_fits(kind: str, sample: Campaign) -> None:
    form = get_form(kind)
    found = prefill(kind, Wanted(RECORDS[form.about], MAY, period="2024-05"))
    require_fit(form, found.values)
    fields = {key: value for key, value in found.values.items() if key != "rows"}
    assert check_data(form.schema.fields, fields).wrong == {}
    for row in found.values.get("rows", ()):
        assert check_data(form.schema.rows, row).wrong == {}
    assert fields
    assert found.receiver is not None
    assert found.unit is not None
    assert found.campaign_id == sample.pk


def test_a_survey_names_the_enterprise_and_asks_the_rest(sample: Campaign) -> None:
    found = prefill("enterprise_survey", Wanted("enterprise:dn-001", MAY))
    assert found.values["enterprise_name"] == "Công ty TNHH A&B Lai Châu"
    assert found.values["tax_code"] == "6299300110"
    assert found.values["legal_rep_name"] == "Mùa A Của"
    assert "workers_total" not in found.values
    assert "survey_date" not in found.values
    assert found.office == "Liên đoàn Lao động thành phố Lai Châu"


def test_a_list_has_the_enterprises_of_its_district_alone(sample: Campaign) -> None:
    mine = prefill("enterprise_list", Wanted("org:ldld-huyen-tam-duong", MAY)).values
    other = prefill("enterprise_list", Wanted("org:ldld-huyen-sin-ho", MAY)).values
    assert mine["district"] == "Liên đoàn Lao động huyện Tam Đường"
    codes = [{row["tax_code"] for row in one["rows"] if "tax_code" in row} for one in (mine, other)]
    assert len(codes[0]) > 10
    assert not codes[0] & codes[1]
    assert "total_enterprises" not in mine


def test_a_progress_report_carries_the_targets_of_the_quotas(sample: Campaign) -> None:
    found = prefill("progress_report", Wanted("org:ldld-huyen-tam-duong", MAY, period="2024-05"))
    assert found.values == {
        "district": "Liên đoàn Lao động huyện Tam Đường",
        "period": "2024-05",
        "rows": [
            {
                "org_name": "Liên đoàn Lao động huyện Tam Đường",
                "target_members": 95,
                "target_unions": 3,
            }
        ],
    }
    assert found.receiver.name == "Liên đoàn Lao động tỉnh Lai Châu"


def test_a_district_that_ended_gets_no_form(sample: Campaign) -> None:
    with pytest.raises(NotFound):
        prefill("progress_report", Wanted("org:ldld-huyen-tam-duong", date(2025, 8, 1)))


def test_the_forms_of_a_case_share_union_and_committee(sample: Campaign) -> None:
    case = case_snapshot("hs24-001", as_of=MAY)
    request = prefill("recognition_request", Wanted("case:hs24-001", MAY)).values
    assert request["union_name"] == "Công đoàn cơ sở Công ty TNHH A&B Lai Châu"
    assert request["addressee"] == "Ban Thường vụ Liên đoàn Lao động thành phố Lai Châu"
    assert request["member_count"] == sum(not one.employer_side for one in case.applications)
    assert request["rows"][0]["post"] == "chair"
    launch = prefill("launch_report", Wanted("case:hs24-001", MAY)).values
    assert [row["full_name"] for row in launch["rows"]] == [
        row["full_name"] for row in request["rows"]
    ]
    assert launch["start_time"] < launch["end_time"]
    members = prefill("member_list", Wanted("case:hs24-001", MAY)).values
    assert len(members["rows"]) == request["member_count"]


def test_an_application_of_later_is_not_in_the_list(sample: Campaign) -> None:
    early = prefill("member_list", Wanted("case:hs24-001", date(2024, 1, 2))).values
    assert early["rows"] == []


def test_a_record_of_another_type_is_refused(sample: Campaign) -> None:
    code = FoundingCase.objects.values_list("code", flat=True).first()
    with pytest.raises(UserError, match="enterprise:mã"):
        prefill("enterprise_survey", Wanted(f"case:{code}", MAY))
    with pytest.raises(NotFound):
        prefill("enterprise_survey", Wanted("enterprise:khong-co", MAY))


def test_long_names_are_written_shorter_before_they_are_refused() -> None:
    column = get_form("enterprise_list").column("enterprise_name")
    long = "Công ty Trách nhiệm hữu hạn một thành viên " + "Thương mại và Dịch vụ Mường Than " * 3
    assert name_for(column, long).startswith("Công ty TNHH MTV Thương mại")
    assert name_for(column, "Công ty Cổ phần A") == "Công ty Cổ phần A"
    assert name_for(column, "Á" * 200, short="Công ty Á") == "Công ty Á"
