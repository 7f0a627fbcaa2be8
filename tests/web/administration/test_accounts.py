"""Accounts: made with a temporary password, changed, locked and freed; every deed in the log."""

from __future__ import annotations

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from records.models import UnionOrg
from tests import make
from tests.web.conftest import SignedIn
from web.models import AccessLog
from web.rights import Role

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Chẻo Mý Dao", "username": "chuyenvien2", "roles": [Role.SPECIALIST.value]}


def password_in(page: str) -> str:
    found = re.search(r'id="password">([^<]+)<', page)
    assert found
    return found[1]


def test_a_new_account_has_a_password_that_is_shown_once_and_must_be_changed(
    signed_in: SignedIn,
) -> None:
    admin = signed_in(Role.ADMIN)
    password = password_in(admin.post("/quan-tri/tai-khoan/them/", NEW).content.decode())
    user = User.objects.get(username="chuyenvien2")
    assert password not in admin.get(f"/quan-tri/tai-khoan/{user.pk}/").content.decode()
    client = Client()
    client.post("/dang-nhap/", {"username": "chuyenvien2", "password": password})
    assert client.get("/")["Location"] == "/doi-mat-khau/"
    assert AccessLog.objects.filter(
        subject="account:chuyenvien2", note__contains="lập tài khoản"
    ).exists()
    assert password not in str(list(AccessLog.objects.values_list("note")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "NGUOI-THU"}, "đã có người dùng"),
        ({"roles": []}, "Chọn ít nhất một vai trò"),
        ({"roles": [Role.OFFICER.value]}, "phải gắn với một đơn vị"),
        ({"roles": ["Vua"]}, "Chọn một trong các mục có sẵn"),
        ({"full_name": ""}, "Chưa ghi mục này"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], said: str, signed_in: SignedIn) -> None:
    answer = signed_in(Role.ADMIN).post("/quan-tri/tai-khoan/them/", NEW | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert User.objects.count() == 1


def test_roles_and_unit_change_and_the_log_says_how(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    unit = make.org("ldld-1", "LĐLĐ A&B", "branch_union", "upper")
    admin.post("/quan-tri/tai-khoan/them/", NEW)
    user = User.objects.get(username="chuyenvien2")
    sent = {"full_name": "Chẻo Mý Dao", "roles": [Role.OFFICER.value], "unit": unit.code}
    assert admin.post(f"/quan-tri/tai-khoan/{user.pk}/", sent).status_code == 302
    user.refresh_from_db()
    assert user.account.unit == unit
    assert [group.name for group in user.groups.all()] == ["Cán bộ đơn vị"]
    note = AccessLog.objects.get(note__startswith="đổi tài khoản").note
    assert "[Chuyên viên]" in note
    assert "đơn vị: ldld-1" in note
    admin.post(f"/quan-tri/tai-khoan/{user.pk}/", sent)
    assert AccessLog.objects.filter(note__startswith="đổi tài khoản").count() == 1


def test_the_last_administrator_cannot_shut_everybody_out(signed_in: SignedIn) -> None:
    admin = signed_in(Role.ADMIN)
    own = User.objects.get(username="nguoi-thu")
    page = admin.post(
        f"/quan-tri/tai-khoan/{own.pk}/", {"full_name": "A B", "roles": [Role.READER.value]}
    )
    assert "quản trị cuối cùng" in page.content.decode()
    assert admin.post(f"/quan-tri/tai-khoan/{own.pk}/khoa/").status_code == 409
    signed_in(Role.ADMIN, username="quan-tri-2")
    assert admin.post(f"/quan-tri/tai-khoan/{own.pk}/khoa/").status_code == 302
    assert admin.get("/quan-tri/").status_code == 302


def test_a_lock_ends_sessions_and_an_unlock_frees_after_wrong_tries(signed_in: SignedIn) -> None:
    admin, other = signed_in(Role.ADMIN), signed_in(Role.READER, username="nguoi-khac")
    user = User.objects.get(username="nguoi-khac")
    admin.post(f"/quan-tri/tai-khoan/{user.pk}/khoa/")
    assert other.get("/").status_code == 302
    admin.post(f"/quan-tri/tai-khoan/{user.pk}/mo-khoa/")
    client = Client()
    for _ in range(5):
        client.post("/dang-nhap/", {"username": "nguoi-khac", "password": "sai"})
    assert "Bị chặn" in admin.get("/quan-tri/tai-khoan/").content.decode()
    admin.post(f"/quan-tri/tai-khoan/{user.pk}/mo-khoa/")
    assert not AccessAttempt.objects.exists()
    sent = {"username": "nguoi-khac", "password": "mot-mat-khau-dai"}
    assert client.post("/dang-nhap/", sent).status_code == 302


def test_a_reset_gives_a_new_password_and_ends_sessions(signed_in: SignedIn) -> None:
    admin, other = signed_in(Role.ADMIN), signed_in(Role.READER, username="nguoi-khac")
    user = User.objects.get(username="nguoi-khac")
    page = admin.post(f"/quan-tri/tai-khoan/{user.pk}/mat-khau/").content.decode()
    assert other.get("/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(password_in(page))
    assert user.account.must_change_password


def test_the_list_takes_the_same_queries_for_many(
    signed_in: SignedIn, django_assert_num_queries: object
) -> None:
    admin = signed_in(Role.ADMIN)
    unit = UnionOrg.objects.create(code="d", name="D", kind="branch_union", level="upper")
    for at in range(12):
        signed_in(Role.OFFICER, username=f"can-bo-{at}", unit=unit)
    with django_assert_num_queries(9):  # type: ignore[operator]
        assert admin.get("/quan-tri/tai-khoan/").status_code == 200


ADDRESSES = (
    "", "tai-khoan/", "tai-khoan/them/", "tai-khoan/1/", "nhat-ky/", "nhat-ky/tai-ve/", "du-kien/", "he-thong/",
    "sao-luu/", "sao-luu/1/tai-ve/", "du-lieu-ca-nhan/", "du-lieu-ca-nhan/them/", "du-lieu-ca-nhan/1/",
    "du-lieu-ca-nhan/1/xuat.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_come_in(role: Role, signed_in: SignedIn) -> None:
    unit = make.org("d-1", "D", "branch_union", "upper") if role is Role.OFFICER else None
    client = signed_in(role, unit=unit)
    for address in ADDRESSES:
        assert client.get(f"/quan-tri/{address}").status_code == 403, address
