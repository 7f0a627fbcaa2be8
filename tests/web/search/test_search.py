"""The box at the top: all that one may see, without diacritics, and only that."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from records.models import Campaign, Person, UnionOrg
from tests.sample import issued
from tests.web.conftest import SignedIn
from web.rights import RIGHTS, Role
from web.search.queries import search
from web.viewer import viewer_of


def page(client: Client, text: str, address: str = "/tim/") -> str:
    answer = client.get(address, {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_groups_are_found_without_diacritics(specialist: Client, sample: Campaign) -> None:
    found = page(specialist, "tam duong")
    assert "Liên đoàn Lao động huyện Tam Đường" in found
    assert "Công đoàn cơ sở, tổ chức" in found
    person = Person.objects.order_by("pk")[0]
    assert person.code in page(specialist, person.full_name.upper())
    assert "Không tìm thấy gì" in page(specialist, "xyzxyz")
    assert "Gõ vào ô trên cùng" in page(specialist, " -/ ")


def test_papers_by_number_and_subject(specialist: Client, sample: Campaign) -> None:
    paper = issued("plan", f"campaign:{sample.code}", on=date(2024, 2, 1))
    for text in (paper.code, paper.code.lower().replace("đ", "d"), "phat trien doan vien 2024"):
        assert paper.code in page(specialist, text)


def test_live_results_begin_with_three_letters(specialist: Client, sample: Campaign) -> None:
    assert page(specialist, "ta", "/tim/nhanh/") == ""
    live = page(specialist, "tam", "/tim/nhanh/")
    assert "Xem tất cả kết quả" in live
    assert "<html" not in live


def test_an_id_number_finds_its_person_for_those_who_may_see_it(
    specialist: Client, reader: Client, sample: Campaign
) -> None:
    person = Person.objects.exclude(id_number=None).order_by("pk")[0]
    assert person.id_number is not None
    assert person.code in page(specialist, person.id_number)
    assert person.code not in page(reader, person.id_number)


def test_a_long_text_and_signs_do_no_harm(specialist: Client, sample: Campaign) -> None:
    page(specialist, "x" * 5000)
    page(specialist, "'; DROP TABLE -- | & ! <-> :*")
    page(specialist, "%_\\ \ufffd")


def test_at_most_two_queries_a_group(
    sample: Campaign, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(Role.SPECIALIST, username="chuyen-vien")
    viewer = viewer_of(User.objects.get(username="chuyen-vien"))
    with django_assert_max_num_queries(12):
        groups = search("cong", viewer=viewer, limit=5)
    assert {group.label for group in groups} >= {"Doanh nghiệp", "Công đoàn cơ sở, tổ chức"}
    assert all(len(group.hits) <= 5 for group in groups)
    assert search("", viewer=viewer, limit=5) == ()


def test_what_one_may_not_see_is_not_found(sample: Campaign, signed_in: SignedIn) -> None:
    unit = UnionOrg.objects.filter(kind="district_federation").first()
    signed_in(Role.OFFICER, username="can-bo", unit=unit)
    viewer = viewer_of(User.objects.get(username="can-bo"))
    assert viewer.rights == RIGHTS[Role.OFFICER]
    assert search("cong ty", viewer=viewer, limit=5) == ()


def test_a_nul_is_refused_wherever_it_stands(specialist: Client) -> None:
    for address in ("/tim/", "/ho-so/doanh-nghiep/", "/bao-cao/"):
        answer = specialist.get(address, {"q": "a\x00b", "don_vi": "\x00", "ky": "\x00"})
        assert answer.status_code == 400
    sent = specialist.post("/ho-so/phan-cong/", {"person": "\x00"})
    assert sent.status_code == 400
