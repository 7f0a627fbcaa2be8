"""Enterprises at the desk: found without diacritics, filtered, seen with their case, changed by those who may."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from records.models import (
    Campaign,
    CaseStep,
    ChangeLog,
    Enterprise,
    EnterpriseObservation,
    FoundingCase,
    OrgKind,
    UnionOrg,
)
from web.models import AccessLog
from web.recordbook.enterprise_lists import NO_CASE, Wanted, enterprises_wanted, lines_of

LIST = "/ho-so/doanh-nghiep/"
DAY = date(2024, 10, 1)


def names(**wanted: str) -> set[str]:
    campaign = Campaign.objects.get(code="ptdv-2024")
    rows = enterprises_wanted(Wanted(**wanted), campaign=campaign, day=DAY)
    return set(rows.values_list("code", flat=True))


def test_the_list_is_found_without_diacritics(specialist: Client) -> None:
    page = specialist.get(LIST, {"q": "huong nui binh lu"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Công ty TNHH &quot;Hương Núi&quot; Bình Lư" in text
    assert "1 - 1 trong 1" in text
    assert "Không có doanh nghiệp nào khớp" in specialist.get(LIST, {"q": "zzz"}).content.decode()


def test_the_list_has_a_constant_number_of_queries(
    specialist: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    campaign = Campaign.objects.get(code="ptdv-2024")
    rows = list(enterprises_wanted(Wanted(), campaign=campaign, day=DAY))
    with django_assert_num_queries(11):
        assert len(lines_of(rows[:30], campaign=campaign, day=DAY)) == 30
    with django_assert_num_queries(11):
        assert len(lines_of(rows, campaign=campaign, day=DAY)) == len(rows)


def test_filters(sample: Campaign) -> None:
    every = names()
    assert len(every) == Enterprise.objects.count()
    with_union = names(union="co")
    own = UnionOrg.objects.valid_on(DAY).filter(kind=OrgKind.GRASSROOTS_UNION)
    assert with_union == set(own.values_list("enterprise__code", flat=True)) - {None}
    assert names(union="chua") == every - with_union
    filed = names(step="dossier_filed")
    assert filed == set(
        FoundingCase.objects.filter(campaign=sample, state="dossier_filed").values_list(
            "enterprise__code", flat=True
        )
    )
    assert names(step=NO_CASE) == every - set(
        FoundingCase.objects.filter(campaign=sample).values_list("enterprise__code", flat=True)
    )
    for code in names(status="suspended"):
        said = EnterpriseObservation.objects.filter(
            enterprise__code=code, observed_on__lte=DAY
        ).exclude(status="")
        assert said.order_by("-observed_on", "-pk")[0].status == "suspended"
    assert names(unit="khong-co") == set()


def test_a_unit_has_its_enterprises_and_after_the_reform_those_of_the_unions_it_follows(
    sample: Campaign,
) -> None:
    district = UnionOrg.objects.get(kind="district_federation", name__contains="Tam Đường")
    mine = names(unit=district.code)
    assert mine
    assert mine < names()
    province = UnionOrg.objects.get(kind="province_federation")
    later = enterprises_wanted(Wanted(unit=province.code), campaign=None, day=date(2025, 8, 1))
    assert mine <= set(later.values_list("code", flat=True))


def test_pages_have_addresses(specialist: Client) -> None:
    second = specialist.get(LIST, {"trang": "2", "cdcs": "chua"}).content.decode()
    assert "?cdcs=chua&amp;trang=1" in second
    assert "?cdcs=chua&amp;trang=3" in second
    assert specialist.get(LIST, {"trang": "khong"}).status_code == 200


def test_the_page_shows_the_case_and_its_next_step(specialist: Client, filed: FoundingCase) -> None:
    text = specialist.get(f"{LIST}{filed.enterprise.code}/").content.decode()
    assert "Hồ sơ thành lập công đoàn cơ sở" in text
    assert 'aria-current="step"' in text
    assert "oạn quyết định thành lập" in text
    for step in filed.steps.all():
        assert step.evidence[:40] in text.replace("&quot;", '"')


def test_phones_are_masked_for_those_without_the_right_and_a_look_is_logged(
    specialist: Client, reader: Client
) -> None:
    seen = EnterpriseObservation.objects.exclude(legal_rep_phone="").select_related("enterprise")[0]
    address = f"{LIST}{seen.enterprise.code}/"
    assert seen.legal_rep_phone in specialist.get(address).content.decode()
    assert AccessLog.objects.filter(subject=f"enterprise:{seen.enterprise.code}").count() == 1
    assert seen.legal_rep_phone not in reader.get(address).content.decode()
    assert AccessLog.objects.filter(subject=f"enterprise:{seen.enterprise.code}").count() == 1


def test_an_officer_sees_none_of_it(officer: Client, filed: FoundingCase) -> None:
    code = filed.enterprise.code
    for address in (
        LIST,
        f"{LIST}{code}/",
        f"{LIST}{code}/sua/",
        f"/ho-so/thanh-lap/{filed.code}/",
    ):
        assert officer.get(address).status_code == 403


def test_a_reader_changes_nothing(reader: Client, filed: FoundingCase) -> None:
    code = filed.enterprise.code
    assert reader.get(f"{LIST}them/").status_code == 403
    assert reader.post(f"{LIST}{code}/sua/", {"part": "facts", "name": "X"}).status_code == 403
    assert (
        reader.post(f"/ho-so/thanh-lap/{filed.code}/chuyen-buoc/", {"to": "paused"}).status_code
        == 403
    )
    assert reader.post(f"/ho-so/thanh-lap/{filed.code}/so-lieu/", {}).status_code == 403
    assert reader.post(f"{LIST}{code}/mo-ho-so/").status_code == 403
    page = reader.get(f"{LIST}{code}/").content.decode()
    assert "Chuyển bước bằng tay" not in page
    assert "Sửa, ghi thêm" not in page


def test_there_is_no_such_enterprise(specialist: Client) -> None:
    assert specialist.get(f"{LIST}khong-co/").status_code == 404


# --- changing ----------------------------------------------------------------------------------------

NEW = {
    "name": "Hợp tác xã Dệt thổ cẩm Nậm Loỏng",
    "type": "cooperative",
    "tax_code": "6299900012",
    "founded_on": "2.5.18",
    "sector": "Dệt",
}


def test_a_new_enterprise_is_written_once(specialist: Client, sample: Campaign) -> None:
    first = specialist.post(f"{LIST}them/", NEW)
    row = Enterprise.objects.get(tax_code="6299900012")
    assert first["Location"] == f"{LIST}{row.code}/"
    assert row.founded_on == date(2018, 5, 2)
    again = specialist.post(f"{LIST}them/", NEW)
    assert again["Location"] == first["Location"]
    assert Enterprise.objects.filter(tax_code="6299900012").count() == 1
    line = ChangeLog.objects.get(record_type="enterprise", record_id=row.code)
    assert (line.actor, line.channel, line.action) == ("chuyen-vien", "web", "created")
    listed = specialist.get(LIST, {"q": "det tho cam"})
    assert "chưa ghi" in listed.content.decode()  # no address, unit or observation yet
    history = specialist.get(first["Location"]).content.decode()
    assert "ghi mới doanh nghiệp" in history


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "thiếu tên đăng ký"),
        ({"type": "x"}, "Chưa chọn loại hình"),
        ({"founded_on": "31/2/2018"}, "gày thành lập"),
        ({"tax_code": "123"}, "mã số thuế"),
    ],
)
def test_what_is_wrong_is_said(specialist: Client, wrong: dict[str, str], said: str) -> None:
    answer = specialist.post(f"{LIST}them/", {**NEW, **wrong}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Enterprise.objects.filter(name=NEW["name"]).exists()


def test_an_observation_is_added_and_the_older_ones_stay(
    specialist: Client, filed: FoundingCase
) -> None:
    row = filed.enterprise
    before = row.observations.count()
    answer = specialist.post(
        f"{LIST}{row.code}/sua/",
        {"part": "observation", "observed_on": "12/12/2024", "workers_total": "1.234", "status": "suspended"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert answer["HX-Redirect"] == f"{LIST}{row.code}/"
    assert row.observations.count() == before + 1
    page = specialist.get(f"{LIST}{row.code}/").content.decode()
    assert "1.234" in page
    assert "ghi tại bàn làm việc" in page
    bad = specialist.post(
        f"{LIST}{row.code}/sua/",
        {"part": "observation", "observed_on": "12/12/2024", "workers_total": "nhiều"},
    )
    assert bad.status_code == 422
    empty = specialist.post(
        f"{LIST}{row.code}/sua/", {"part": "observation", "observed_on": "1/1/24"}
    )
    assert empty.status_code == 422
    assert specialist.post(f"{LIST}{row.code}/sua/", {"part": "x"}).status_code == 422


def test_facts_address_and_unit_change_with_their_days(
    specialist: Client, filed: FoundingCase
) -> None:
    row = filed.enterprise
    address = f"{LIST}{row.code}/sua/"
    facts = {
        "part": "facts",
        "name": row.name,
        "type": row.type,
        "tax_code": row.tax_code,
        "sector": "Chè",
    }
    assert specialist.post(address, facts).status_code == 302
    row.refresh_from_db()
    assert row.sector == "Chè"
    place = row.locations.get(valid_to=None)
    moved = {
        "part": "address",
        "address": "Bản Mới",
        "area": place.area.code,
        "located_on": "1/9/2025",
    }
    assert specialist.post(address, moved).status_code == 302
    assert row.locations.get(valid_to=None).address == "Bản Mới"
    province = UnionOrg.objects.get(kind="province_federation")
    unit = {"part": "unit", "unit": province.code, "unit_on": "1/10/2025"}
    assert specialist.post(address, unit).status_code == 302
    assert row.uppers.get(valid_to=None).valid_from == date(2025, 10, 1)
    assert specialist.post(address, {"part": "unit", "unit": "khong-co"}).status_code == 422
    page = specialist.get(f"{LIST}{row.code}/").content.decode()
    assert "từ 01/9/2025" in page


# --- founding cases ----------------------------------------------------------------------------------


def test_a_case_moves_by_hand_once(specialist: Client, sample: Campaign) -> None:
    case = FoundingCase.objects.filter(campaign=sample, state="surveyed").order_by("code")[0]
    address = reverse("web:case_move", args=[case.code])
    sent = {"to": "eligible", "on": "20/12/2024", "evidence": "Kết quả rà soát ngày 20/12/2024"}
    assert specialist.post(address, sent).status_code == 302
    assert specialist.post(address, sent).status_code == 302
    assert CaseStep.objects.filter(case=case, state="eligible").count() == 1
    jump = specialist.post(address, {**sent, "to": "congress_held"})
    assert jump.status_code == 409
    assert "bước tiếp được phép" in jump.content.decode()
    assert specialist.post(address, {**sent, "to": "organising", "evidence": ""}).status_code == 422
    assert specialist.post(address, {**sent, "to": "organising", "on": ""}).status_code == 422


def test_a_case_is_opened_once_in_the_campaign_in_hand(
    specialist: Client, sample: Campaign
) -> None:
    free = Enterprise.objects.exclude(cases__campaign=sample).order_by("code")[0]
    address = reverse("web:case_open", args=[free.code])
    assert specialist.post(address).status_code == 302
    assert specialist.post(address).status_code == 302
    case = FoundingCase.objects.get(enterprise=free, campaign=sample)
    assert case.state == "not_contacted"
    assert specialist.get(reverse("web:case", args=[case.code]))["Location"].startswith(
        f"{LIST}{free.code}/"
    )


def test_what_the_papers_need_is_entered(specialist: Client, filed: FoundingCase) -> None:
    address = reverse("web:case_edit", args=[filed.code])
    values = {
        "path": filed.path,
        "union_name": filed.union_name,
        "request_code": "15/TTr",
        "request_date": "3/11/24",
    }
    assert specialist.post(address, values).status_code == 302
    filed.refresh_from_db()
    assert (filed.request_code, filed.request_date) == ("15/TTr", date(2024, 11, 3))
    assert specialist.post(address, {**values, "path": "x"}).status_code == 422
