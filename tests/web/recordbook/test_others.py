"""Unions, people, the tree, quotas and assignments at the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from records.models import (
    Assignment,
    Campaign,
    ChangeLog,
    Membership,
    OfficeHolder,
    OrgKind,
    Person,
    Quota,
    UnionOrg,
)
from records.selectors.orgs import org_book
from web.models import AccessLog
from web.recordbook.orgs import Branch, tree_of, union_lines
from web.recordbook.quotas import cell_name, quota_lines

PAGES = (
    "/ho-so/cong-doan-co-so/",
    "/ho-so/nguoi/",
    "/ho-so/to-chuc/",
    "/ho-so/chi-tieu/",
    "/ho-so/phan-cong/",
)


@pytest.mark.parametrize("address", PAGES)
def test_who_may_see(specialist: Client, reader: Client, officer: Client, address: str) -> None:
    assert specialist.get(address).status_code == 200
    assert reader.get(address).status_code == 200
    assert officer.get(address).status_code == 403


def test_unions_with_their_upper_and_members(specialist: Client, sample: Campaign) -> None:
    member = Membership.objects.select_related("union").filter(left_on=None)[0]
    union = member.union
    line = union_lines([union], day=date(2025, 1, 1))[0]
    standing = Membership.objects.filter(union=union, joined_on__lte=date(2025, 1, 1), left_on=None)
    assert line.members == standing.count()
    page = specialist.get(
        "/ho-so/cong-doan-co-so/", {"q": "cdcs" if not union.name else union.name}
    )
    assert (
        union.name.replace('"', "&quot;").replace("&", "&amp;").split("&")[0]
        in page.content.decode()
    )
    own = specialist.get(f"/ho-so/cong-doan-co-so/{union.code}/").content.decode()
    assert "Đoàn viên" in own
    assert specialist.get("/ho-so/cong-doan-co-so/khong-co/").status_code == 404


def test_the_tree_is_that_of_the_day(specialist: Client, sample: Campaign) -> None:
    before = specialist.get("/ho-so/to-chuc/", {"ngay": "1/1/2024"}).content.decode()
    after = specialist.get("/ho-so/to-chuc/", {"ngay": "1.8.25"}).content.decode()
    tree_before, tree_after = before.split("Kế thừa khi")[0], after.split("Kế thừa khi")[0]
    assert "Liên đoàn Lao động huyện Tam Đường" in tree_before
    assert "Liên đoàn Lao động huyện Tam Đường" not in tree_after
    assert "Liên đoàn Lao động huyện Tam Đường" in after
    assert specialist.get("/ho-so/to-chuc/", {"ngay": "hôm nào"}).status_code == 200


def test_a_circle_of_parents_ends(sample: Campaign) -> None:
    book = org_book(as_of=date(2024, 6, 1))
    province = UnionOrg.objects.get(kind=OrgKind.PROVINCE_FEDERATION)
    parents = {**book.parents, province.pk: province.pk}
    branches = tree_of(type(book)(book.as_of, book.rows, parents, book.seats), {})

    def depth(one: Branch) -> int:
        return 1 + max((depth(below) for below in one.below), default=0)

    assert max(depth(one) for one in branches) < 8


def test_people_are_found_and_masked(specialist: Client, reader: Client, sample: Campaign) -> None:
    person = Person.objects.exclude(id_number=None).exclude(phone="").order_by("pk")[0]
    assert person.id_number is not None
    listed = specialist.get("/ho-so/nguoi/", {"q": person.id_number}).content.decode()
    assert person.code in listed
    assert person.code not in reader.get("/ho-so/nguoi/", {"q": person.id_number}).content.decode()
    address = f"/ho-so/nguoi/{person.code}/"
    seen = specialist.get(address).content.decode()
    assert person.id_number in seen
    assert (
        AccessLog.objects.filter(subject=f"person:{person.code}", actor="chuyen-vien").count() == 1
    )
    masked = reader.get(address).content.decode()
    assert person.id_number not in masked
    assert person.phone not in masked
    assert not AccessLog.objects.filter(actor="nguoi-xem", subject__startswith="person").exists()


def test_officers_alone(specialist: Client, sample: Campaign) -> None:
    holder = OfficeHolder.objects.filter(valid_to=None).select_related("person")[0]
    page = specialist.get("/ho-so/nguoi/", {"la": "can-bo", "q": holder.person.full_name})
    assert holder.person.code in page.content.decode()
    assert specialist.get("/ho-so/nguoi/", {"la": "doan-vien"}).status_code == 200


def test_a_person_is_changed_with_a_reason_and_readers_see_no_personal_values(
    specialist: Client, reader: Client, sample: Campaign
) -> None:
    person = Person.objects.exclude(id_number=None).order_by("pk")[0]
    address = f"/ho-so/nguoi/{person.code}/"
    assert reader.get(f"{address}sua/").status_code == 403
    form = specialist.get(f"{address}sua/").content.decode()
    assert 'name="dob"' in form
    sent = {
        "full_name": person.full_name,
        "dob": "9.1996",
        "phone": "0912 345 678",
        "gender": person.gender,
        "reason": "Theo căn cước",
    }
    assert specialist.post(f"{address}sua/", sent).status_code == 302
    person.refresh_from_db()
    assert (person.dob, person.phone) == ("1996-09", "0912345678")
    line = ChangeLog.objects.filter(record_type="person").latest("pk")
    assert (line.channel, line.reason) == ("web", "Theo căn cước")
    assert "0912345678" in specialist.get(address).content.decode()
    seen = reader.get(address).content.decode()
    assert "0912345678" not in seen
    assert "dữ liệu cá nhân" in seen
    assert specialist.post(f"{address}sua/", {**sent, "phone": "12"}).status_code == 422
    assert specialist.post(f"{address}sua/", {**sent, "gender": "x"}).status_code == 422


# --- quotas ------------------------------------------------------------------------------------------


def test_quotas_are_changed_in_place_all_or_none(specialist: Client, sample: Campaign) -> None:
    row = Quota.objects.filter(campaign=sample, measure="new_members").select_related("org")[0]
    name = cell_name(row.org, "new_members")
    answer = specialist.post("/ho-so/chi-tieu/", {name: "1.250", "reason": "QĐ 12/QĐ-LĐLĐ"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.value == 1250
    page = specialist.get("/ho-so/chi-tieu/").content.decode()
    assert 'value="1.250"' in page
    assert "QĐ 12/QĐ-LĐLĐ" in page
    other = cell_name(row.org, "new_unions")
    bad = specialist.post("/ho-so/chi-tieu/", {name: "7", other: "nhiều"})
    assert bad.status_code == 422
    row.refresh_from_db()
    assert row.value == 1250
    assert specialist.post("/ho-so/chi-tieu/", {name: "1250"}).status_code == 302
    assert ChangeLog.objects.filter(record_type="quota").count() == 1
    assert specialist.post("/ho-so/chi-tieu/", {name: ""}).status_code == 302
    assert not Quota.objects.filter(pk=row.pk).exists()
    assert "bỏ chỉ tiêu" in specialist.get("/ho-so/chi-tieu/").content.decode()


def test_a_reader_changes_no_quota(reader: Client, sample: Campaign) -> None:
    row = Quota.objects.filter(campaign=sample).select_related("org")[0]
    reader.post("/ho-so/chi-tieu/", {cell_name(row.org, row.measure): "1"})
    assert Quota.objects.get(pk=row.pk).value == row.value
    assert (
        '<input class="form-control form-control-sm"'
        not in reader.get("/ho-so/chi-tieu/").content.decode()
    )


def test_lines_of_quotas_have_every_unit(sample: Campaign) -> None:
    orgs = {line.org.pk for line in quota_lines(sample)}
    assert set(Quota.objects.filter(campaign=sample).values_list("org_id", flat=True)) <= orgs


# --- assignments -------------------------------------------------------------------------------------


def test_an_assignment_is_written_once_and_ended(
    specialist: Client, reader: Client, sample: Campaign
) -> None:
    taken = Assignment.objects.filter(campaign=sample).values_list("person_id", flat=True)
    person = Person.objects.filter(offices__valid_to=None).exclude(pk__in=taken).distinct()[0]
    unit = UnionOrg.objects.filter(kind=OrgKind.DISTRICT_FEDERATION)[0]
    sent = {"person": person.code, "orgs": [unit.code], "valid_from": "1/11/2024"}
    reader.post("/ho-so/phan-cong/", sent)
    assert not Assignment.objects.filter(campaign=sample, person=person).exists()
    assert specialist.post("/ho-so/phan-cong/", sent).status_code == 302
    assert specialist.post("/ho-so/phan-cong/", sent).status_code == 302
    row = Assignment.objects.get(campaign=sample, person=person)
    assert list(row.orgs.all()) == [unit]
    assert specialist.post("/ho-so/phan-cong/", {**sent, "person": ""}).status_code == 422
    assert (
        specialist.post(
            "/ho-so/phan-cong/", {**sent, "orgs": [], "valid_from": "1/1/2023"}
        ).status_code
        == 422
    )
    end = f"/ho-so/phan-cong/{row.pk}/ket-thuc/"
    assert reader.post(end, {"last_day": "1/12/2024"}).status_code == 403
    assert specialist.post(end, {"last_day": "1/12/2024"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2024, 12, 1)
