"""Records become data as of a day: issuer, signer, names, bases and earlier papers."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import DataIncomplete, NotFound, UserError
from docgen.kinds import get_kind
from docgen.kinds.base import Numbering
from docgen.making import checked_data
from docgen.sources import collect, select_records
from docgen.sources.base import HEADER_KEYS, only_known, signature_fields, signing_modes
from records.models import Campaign, Enterprise, EnterpriseUpper, Fact, FoundingCase, UnionOrg
from tests.sample import CHAIR, DEPUTY, OTHER_DISTRICT_CHAIR, PLAN, code_of, issued

MAY_2 = date(2024, 5, 2)
MAY_16 = date(2024, 5, 16)
CASE = "case:hs24-001"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "record", "on"),
    [
        ("plan", "campaign:ptdv-2024", MAY_2),
        ("introduction_letter", "visit:ks24-03", MAY_2),
        ("founding_decision", CASE, MAY_16),
        ("founding_decision", "case:hs25-002", date(2025, 11, 14)),
    ],
)
def test_data_are_whole_and_only_of_the_kind(
    sample: Campaign, kind: str, record: str, on: date
) -> None:
    found = collect(kind, record=record, as_of=on)
    known = {spec.key for spec in get_kind(kind).schema.fields}
    assert set(found.data) <= known
    assert None not in found.data.values()
    assert checked_data(get_kind(kind), found.data, Numbering(intended_date=on))
    assert found.campaign_id == Campaign.objects.get(year=on.year).pk


def test_a_paper_stands_on_what_was_issued_before_it(sample: Campaign) -> None:
    assert collect("founding_decision", record=CASE, as_of=MAY_16).cites == ()
    plan = issued(*PLAN, on=MAY_2)
    found = collect("founding_decision", record=CASE, as_of=MAY_16)
    assert found.cites == (plan,)
    bases = found.data["legal_bases"]
    assert isinstance(bases, list)
    assert bases[-1]["code"] == plan.code == "01/KH-LĐLĐ"
    assert bases[-1]["subject"].startswith("về ")
    for kind in ("quota_decision", "assignment_decision"):
        assert collect(kind, record=PLAN[1], as_of=date(2024, 5, 3)).cites == (plan,)


def test_the_steering_committee_issues_the_assignments(sample: Campaign) -> None:
    issued(*PLAN, on=MAY_2)
    found = collect("assignment_decision", record=PLAN[1], as_of=date(2024, 5, 3))
    assert UnionOrg.objects.get(pk=found.issuer_id).code == "bcd-ptdv"
    assert found.data["doc_symbol"] == "QĐ-BCĐ"


def test_the_act_follows_the_path_of_the_case(sample: Campaign) -> None:
    assert collect("founding_decision", record=CASE, as_of=MAY_16).variant == "recognise"
    found = collect("founding_decision", record="case:hs24-038", as_of=MAY_16)
    assert (found.variant, found.data["act"]) == ("found", "found")


def test_the_employers_side_is_no_member(sample: Campaign) -> None:
    case = FoundingCase.objects.get(code="hs24-001")
    last = case.applications.order_by("position").last()
    assert last is not None
    last.employer_side = True
    last.save()
    members = collect("founding_decision", record=CASE, as_of=MAY_16).data["members"]
    assert isinstance(members, list)
    assert len(members) == case.applications.count() - 1
    assert last.person.full_name not in [member["full_name"] for member in members]


def test_nobody_in_charge_of_the_enterprise_is_said(sample: Campaign) -> None:
    enterprise = Enterprise.objects.get(cases__code="hs24-001")
    EnterpriseUpper.objects.filter(enterprise=enterprise).delete()
    with pytest.raises(DataIncomplete, match="Chưa ghi công đoàn cấp trên phụ trách") as caught:
        collect("founding_decision", record=CASE, as_of=MAY_16)
    assert caught.value.missing == ("direct_upper_org",)


def test_a_ceremony_that_is_not_fixed_says_what_is_missing(sample: Campaign) -> None:
    FoundingCase.objects.filter(code="hs24-001").update(launch_at=None, launch_venue="")
    with pytest.raises(DataIncomplete, match="Chưa định giờ và địa điểm") as caught:
        collect("invitation", record=CASE, as_of=MAY_16)
    assert caught.value.missing == ("event_date", "venue")
    with pytest.raises(DataIncomplete, match="Chưa ghi diễn biến lễ ra mắt"):
        collect("launch_minutes", record=CASE, as_of=MAY_16)


def test_minutes_carry_the_day_of_the_ceremony(sample: Campaign) -> None:
    issued("founding_decision", CASE, on=MAY_16)
    issued("committee_decision", CASE, on=MAY_16)
    found = collect("launch_minutes", record=CASE, as_of=MAY_16)
    assert found.on == date(2024, 5, 23)
    assert found.data["intended_date"] == found.data["event_date"] == "2024-05-23"
    assert found.data["start_time"] == "08:30"  # 01:30 in UTC


# --- signers -----------------------------------------------------------------------------------------


def test_signers_lines_by_right(sample: Campaign) -> None:
    chair = signature_fields(sample.org, signer=code_of(CHAIR), on=MAY_2, kind="plan")
    assert chair.fields["signing_mode"] == "TM"
    assert "head_post" not in chair.fields
    deputy = signature_fields(sample.org, signer=code_of(DEPUTY), on=MAY_2, kind="plan")
    assert (deputy.fields["signing_mode"], deputy.fields["head_post"]) == ("TM_KT", "Chủ tịch")
    with pytest.raises(NotFound, match="không có quyền ký"):
        signature_fields(sample.org, signer=code_of(OTHER_DISTRICT_CHAIR), on=MAY_2, kind="plan")


def test_which_rights_a_kind_is_signed_in_is_data(sample: Campaign) -> None:
    Fact.objects.create(
        key="signing_modes_invitation", label="x", value=["KT", "TL"], valid_from=MAY_16
    )
    assert signing_modes("invitation", as_of=MAY_16) == ("KT", "TL")
    assert signing_modes("invitation", as_of=MAY_2) != ("KT", "TL")


def test_minutes_have_no_place_line() -> None:
    fields: dict[str, object] = dict.fromkeys(HEADER_KEYS, "x")
    assert "place_name" not in only_known("launch_minutes", fields)
    assert "place_name" in only_known("plan", fields)


# --- choice of records -------------------------------------------------------------------------------


def test_records_of_another_campaign_are_left_out(sample: Campaign) -> None:
    found = select_records("founding_decision", campaign=sample, where={}, as_of=MAY_16)
    assert len(found) == FoundingCase.objects.filter(campaign=sample).count()
    assert not [record for record in found if record.startswith("case:hs25")]


def test_a_district_sees_only_its_cases(sample: Campaign) -> None:
    """The outsider."""
    bodies = ("ldld-huyen-tam-duong", "ldld-huyen-sin-ho")
    chosen = [
        set(select_records("founding_decision", campaign=sample, where={"org": body}, as_of=MAY_16))
        for body in bodies
    ]
    assert all(chosen)
    assert not chosen[0] & chosen[1]


def test_a_kind_that_the_store_cannot_draft_is_said(sample: Campaign) -> None:
    with pytest.raises(UserError, match="docgen make khac"):
        collect("khac", record=CASE, as_of=MAY_16)
