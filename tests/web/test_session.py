"""Signing in, being shut out for a while, one's own password, headers."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.web.conftest import SignedIn
from web.administration.accounts import create_account
from web.models import Access, AccessLog
from web.rights import Role

PASSWORD = "mot-mat-khau-dai"
pytestmark = pytest.mark.django_db


def enter(client: Client, password: str = PASSWORD, **more: str):
    return client.post(
        "/dang-nhap/", {"username": "vanthu1", "password": password, **more}, follow=False
    )


@pytest.fixture
def secretary() -> User:
    return create_account(
        username="vanthu1", full_name="Lò Thị Thư", roles=[Role.SECRETARY], password=PASSWORD,
        must_change_password=False,
    )  # fmt: skip


def test_signing_in_goes_back_where_one_wanted_and_nowhere_else(secretary: User) -> None:
    assert enter(Client(), next="/doi-mat-khau/")["Location"] == "/doi-mat-khau/"
    assert enter(Client(), next="https://xau.example/")["Location"] == "/"
    assert enter(Client(), next="//xau.example/")["Location"] == "/"
    assert AccessLog.objects.filter(actor="vanthu1", action=Access.SIGNED_IN).count() == 3


def test_five_wrong_tries_shut_the_door_even_for_the_right_password(secretary: User) -> None:
    client = Client()
    for _ in range(4):
        answer = enter(client, "sai-mat-khau")
        assert answer.status_code == 200
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()
    assert enter(client, "sai-mat-khau").status_code == 429
    shut = enter(client)
    assert shut.status_code == 429
    assert "Chờ 15 phút" in shut.content.decode()


def test_a_first_password_must_be_changed_before_anything_else() -> None:
    create_account(username="vanthu1", full_name="", roles=[Role.SECRETARY], password=PASSWORD)
    client = Client()
    enter(client)
    assert client.get("/")["Location"] == "/doi-mat-khau/"
    weak = client.post(
        "/doi-mat-khau/",
        {"old_password": PASSWORD, "new_password1": "12345678901", "new_password2": "12345678901"},
    )
    assert "Mật khẩu" in weak.content.decode()
    client.post(
        "/doi-mat-khau/",
        {
            "old_password": PASSWORD,
            "new_password1": "chu-nhat-di-hop",
            "new_password2": "chu-nhat-di-hop",
        },
    )
    assert client.get("/").status_code == 200


def test_signing_out_needs_a_post_and_ends_the_session(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get("/").status_code == 302


def test_every_page_keeps_strangers_out_of_the_browser(signed_in: SignedIn) -> None:
    answer = signed_in(Role.READER).get("/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cache-Control"] == "no-store"
    assert "<script>" not in answer.content.decode()


def test_pages_for_what_goes_wrong_say_what_to_do(signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    missing = client.get("/khong-co/")
    assert missing.status_code == 404
    assert "về bàn làm việc" in missing.content.decode()
    assert "Danh mục" in missing.content.decode()
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post("/dang-nhap/", {"username": "a", "password": "b"})
    assert stale.status_code == 403
    assert "Trang này đã mở quá lâu" in stale.content.decode()


def test_an_account_without_a_role_is_told_whom_to_ask() -> None:
    user = User.objects.create_user("tran", password=PASSWORD)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer.status_code == 403
    assert "chưa được giao vai trò" in answer.content.decode()


def test_the_log_of_looks_is_written_once() -> None:
    line = AccessLog.objects.create(actor="a", action=Access.SAW, subject="person:x")
    for change in (
        f"UPDATE web_accesslog SET actor = 'b' WHERE id = {line.pk}",
        f"DELETE FROM web_accesslog WHERE id = {line.pk}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)
