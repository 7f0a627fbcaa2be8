from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from pytest_django.plugin import DjangoDbBlocker
from stdnum.vn import mst

from records.models import (
    Application,
    Area,
    Campaign,
    CaseState,
    Committee,
    Enterprise,
    EnterpriseObservation,
    Fact,
    FoundingCase,
    LegalBasis,
    Measure,
    OfficeHolder,
    Person,
    Quota,
    UnionOrg,
    Visit,
)
from records.sample import SampleReport, load_sample
from records.sample.check import sample_problems
from records.sample.store import CAMPAIGN_FILE, LAST_DISTRICT_DAY, REFORM_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SampleReport]:
    """Loaded once for the tests of this file, which only read, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_sample()
        transaction.set_rollback(True)


def decided(year: int) -> list[FoundingCase]:
    return list(FoundingCase.objects.filter(decide_on__year=year, campaign__year=year))


def test_the_store_has_what_the_issue_asks_for(sample: SampleReport) -> None:
    assert sample.created
    assert Enterprise.objects.count() >= 150
    assert Person.objects.count() >= 800
    assert FoundingCase.objects.count() >= 100
    assert len(decided(2024)) == 40
    assert len(decided(2025)) >= 8
    assert set(FoundingCase.objects.values_list("state", flat=True)) == set(CaseState.values)
    assert Visit.objects.count() == 12
    assert sample.counts["Person"] == Person.objects.count()


def test_nothing_in_it_contradicts_itself(sample: SampleReport) -> None:
    assert sample_problems() == []


def test_every_row_passes_the_validation_of_its_model(sample: SampleReport) -> None:
    broken = []
    for model in apps.get_app_config("records").get_models():
        for row in model._default_manager.all():
            try:
                row.clean_fields()
                row.clean()
            except ValidationError as error:
                broken.append((model.__name__, row.pk, error.messages))
    assert broken == []


def test_all_text_is_composed_unless_it_is_kept_as_given(sample: SampleReport) -> None:
    for model in (Person, Enterprise, UnionOrg, FoundingCase):
        for row in model._default_manager.all():
            assert unicodedata.is_normalized("NFC", str(vars(row)))
    given = [o.values.get("name_as_given", "") for o in EnterpriseObservation.objects.all()]
    assert any(name and not unicodedata.is_normalized("NFC", name) for name in given)


def test_areas_before_and_after_the_reform(sample: SampleReport) -> None:
    province = Area.objects.get(code="lc")
    assert Area.objects.valid_on(LAST_DISTRICT_DAY).filter(parent=province).count() == 8
    communes = Area.objects.filter(kind__in=("commune", "ward", "township"))
    assert communes.valid_on(LAST_DISTRICT_DAY).count() == 106
    assert communes.valid_on(REFORM_DAY).count() == 38
    assert communes.valid_on(REFORM_DAY).filter(kind="ward").count() == 2
    assert (
        communes.valid_on(LAST_DISTRICT_DAY).annotate(n=Count("successions")).filter(n=1).count()
        == 106
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lc-than-uyen-xa-muong-than", "lc2025-xa-than-uyen"),
        ("lc-than-uyen-xa-phuc-than", "lc2025-xa-muong-than"),
        ("lc-muong-te-thi-tran-muong-te", "lc2025-xa-bum-to"),
        ("lc-tam-duong-thi-tran-tam-duong", "lc2025-xa-binh-lu"),
        ("lc-nam-nhun-thi-tran-nam-nhun", "lc2025-xa-nam-hang"),
        ("lc-sin-ho-xa-nam-cha", "lc2025-xa-nam-tam"),
        ("lc-nam-nhun-xa-nam-cha", "lc2025-xa-muong-mo"),
        ("lc-muong-te-xa-mu-ca", "lc2025-xa-mu-ca"),
    ],
)
def test_traps_of_the_commune_names(sample: SampleReport, old: str, new: str) -> None:
    assert Area.objects.get(code=old).successions.get().successor.code == new


def test_districts_decide_in_2024_and_the_province_after_the_reform(sample: SampleReport) -> None:
    def upper(case: FoundingCase) -> str:
        return str(case.enterprise.uppers.valid_on(case.decide_on).get().org.code)

    in_2024 = [upper(case) for case in decided(2024)]
    assert len(set(in_2024)) == 9
    assert in_2024.count("ldld-lai-chau") == 5
    assert {upper(case) for case in decided(2025)} == {"ldld-lai-chau"}


def test_the_chair_of_phong_tho_changed_in_2024(sample: SampleReport) -> None:
    chairs = OfficeHolder.objects.filter(org__code="ldld-huyen-phong-tho", post="chair")
    before = chairs.valid_on(date(2024, 7, 31)).get().person
    after = chairs.valid_on(date(2024, 8, 1)).get().person
    assert before != after
    assert not chairs.valid_on(REFORM_DAY).exists()


@pytest.mark.parametrize(
    ("day", "laws"),
    [
        (date(2024, 5, 16), ["union_law_2012", "charter", "guidance_03"]),
        (date(2025, 3, 3), ["union_law_2012", "charter_13", "guidance_38"]),
        (date(2025, 11, 14), ["union_law_2024", "charter_13", "guidance_38"]),
    ],
)
@pytest.mark.parametrize("variant", ["found", "recognise"])
def test_a_founding_decision_cites_the_law_of_its_day(
    sample: SampleReport, day: date, laws: list[str], variant: str
) -> None:
    bases = LegalBasis.objects.filter(kind="founding_decision", variant=variant).valid_on(day)
    assert [basis.citation.code for basis in bases] == laws


def test_committee_sizes_follow_the_fact_of_the_day(sample: SampleReport) -> None:
    committees = Committee.objects.exclude(kind="inspection").filter(case__decide_on__isnull=False)
    for committee in committees:
        case = committee.case
        assert case is not None
        bands = Fact.objects.filter(key="committee_size").valid_on(case.decide_on).get().value
        members = case.applications.count()
        _, fewest, most = [row for row in bands if row[0] <= members][-1]
        assert fewest <= committee.members.count() <= most, case.code


def test_groups_of_every_size_are_founded(sample: SampleReport) -> None:
    sizes = {year: [c.applications.count() for c in decided(year)] for year in (2024, 2025)}
    assert min(sizes[2024]) >= 10  # HD 03 gives a smaller group no committee to decide on
    assert min(sizes[2025]) == 5
    assert 40 <= max(sizes[2024]) <= 60


def test_terms_end_with_the_term_of_the_upper_union(sample: SampleReport) -> None:
    for case in decided(2024):
        committee = case.committees.exclude(kind="inspection").get()
        assert (committee.term_start, committee.term_end) == (2024, 2028)
    for case in decided(2025):
        committee = case.committees.exclude(kind="inspection").get()
        assert (committee.term_start, committee.term_end) == (2025, 2030)


def test_facts_of_one_key_never_overlap(sample: SampleReport) -> None:
    for key in set(Fact.objects.values_list("key", flat=True)):
        for day in (date(2024, 5, 16), date(2024, 12, 30), date(2025, 6, 30), date(2025, 9, 1)):
            assert Fact.objects.filter(key=key).valid_on(day).count() <= 1, (key, day)
    assert Fact.objects.filter(verified=False, key="provisional_months_max").exists()


def test_quotas_add_up_to_the_targets_of_the_province(sample: SampleReport) -> None:
    def total(measure: Measure) -> int:
        rows = Quota.objects.filter(campaign__code="ptdv-2024", measure=measure)
        return sum(rows.values_list("value", flat=True))

    assert total(Measure.NEW_MEMBERS) == 900
    assert total(Measure.NEW_UNIONS) == 22
    assert total(Measure.NET_INCREASE) <= total(Measure.NEW_MEMBERS)


def test_hard_cases_are_there(sample: SampleReport) -> None:
    names = list(Enterprise.objects.values_list("name", flat=True))
    assert "Công ty TNHH A&B Lai Châu" in names
    assert any("H'Mông" in name for name in names)
    assert any(len(name) > 120 for name in names)
    assert any('"' in name for name in names)
    assert any("<" in name for name in names)
    assert Enterprise.objects.filter(tax_code__contains="-").count() == 2
    assert {"cooperative", "household", "branch", "fdi"} <= set(
        Enterprise.objects.values_list("type", flat=True)
    )
    people = list(Person.objects.values_list("full_name", flat=True))
    assert any(" " not in name for name in people)
    assert "Pờ Xá Mừ" in people
    assert Person.objects.filter(ethnicity="H'Mông").exists()
    assert {len(dob) for dob in Person.objects.values_list("dob", flat=True)} == {4, 7, 10}
    assert Person.objects.filter(id_number__regex=r"^\d{9}$").exists()
    assert Application.objects.filter(employer_side=True).exists()


def test_tax_codes_have_their_check_digit(sample: SampleReport) -> None:
    codes = list(Enterprise.objects.values_list("tax_code", flat=True))
    assert len(set(codes)) == len(codes)
    assert all(mst.is_valid(code) for code in codes)


def test_the_signer_of_introductions_does_not_introduce_himself(sample: SampleReport) -> None:
    chair = OfficeHolder.objects.get(org__code="ldld-lai-chau", post="chair").person
    for visit in Visit.objects.all():
        people = {visit.lead, *visit.team.all()}
        assert chair not in people
        assert len(people) == visit.team.count() + 1


@pytest.mark.skipif(not CAMPAIGN_FILE.exists(), reason="the words of the campaign are not here")
def test_people_and_figures_agree_with_the_words_of_the_campaign(sample: SampleReport) -> None:
    told = tomllib.loads(CAMPAIGN_FILE.read_text(encoding="utf-8"))
    campaign = Campaign.objects.get(code="ptdv-2024")
    assert campaign.content["purposes"] == told["campaign"]["purposes"]
    assert {row["full_name"] for row in told["assignments"]} == set(
        campaign.assignments.values_list("person__full_name", flat=True)
    )
    direct = UnionOrg.objects.get(code="ldld-lai-chau")
    for row in told["quota"]:
        org = UnionOrg.objects.filter(name=row["org_name"]).first() or direct
        for measure in Measure.values:
            if measure in row:
                assert campaign.quotas.get(org=org, measure=measure).value == row[measure]
    listed = {row["tax_code"] for row in told["enterprises"]}
    assert listed <= set(Enterprise.objects.values_list("tax_code", flat=True))


def test_managers_bear_the_title_of_their_kind_of_body(sample: SampleReport) -> None:
    for seen in EnterpriseObservation.objects.select_related("enterprise"):
        name, post = seen.enterprise.name, seen.legal_rep_post
        assert (post == "Hiệu trưởng") == name.startswith("Trường "), name
        if seen.enterprise.type == "household":
            assert post == "Chủ hộ kinh doanh"
            assert name.endswith(seen.legal_rep_name)
