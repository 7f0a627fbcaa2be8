"""Keys: kept as a hash, shown once, taken back, and worth no more than the account."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.web.api.conftest import Program, ProgramOf
from tests.web.conftest import SignedIn
from web.administration.accounts import lock_account, reset_password
from web.api import limits, service
from web.api.keys import MAX_KEYS, make_key
from web.models import AccessLog, ApiToken
from web.rights import Role

pytestmark = pytest.mark.django_db


def test_without_a_good_key_nothing_is_told(program: ProgramOf, signed_in: SignedIn) -> None:
    good = program(Role.READER)
    for client, key in (
        (Client(), ""), (Client(), "docgen_sai"), (Client(), good.key[:-1]), (Client(), "đ" * 40),
        (signed_in(Role.ADMIN), ""),
    ):  # fmt: skip
        answer = Program(key, client).get("/reviews")
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unauthorised"
        assert answer["WWW-Authenticate"] == "Bearer"
    assert good.get("/reviews").status_code == 200


def test_only_the_hash_is_kept_and_use_is_noted(program: ProgramOf) -> None:
    good = program(Role.READER)
    row = ApiToken.objects.get()
    assert good.key not in str(row.__dict__)
    assert good.key.endswith(row.hint)
    assert row.last_used_at is None
    good.get("/reviews")
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_a_locked_account_or_a_temporary_password_stops_its_keys(program: ProgramOf) -> None:
    good = program(Role.READER)
    user = User.objects.get(username="phan-mem")
    reset_password(user)
    assert good.get("/reviews").status_code == 401
    user.account.must_change_password = False
    user.account.save()
    assert good.get("/reviews").status_code == 200
    lock_account(user)
    assert good.get("/reviews").status_code == 401


def test_the_page_makes_and_takes_back_and_shows_only_ones_own(signed_in: SignedIn) -> None:
    client = signed_in(Role.SPECIALIST)
    page = client.post("/ma-truy-cap/", {"name": "Phần mềm đoàn viên <X>"}).content.decode()
    key = page.split('id="token">')[1].split("<")[0]
    assert "&lt;X&gt;" in page
    assert Program(key, Client()).get("/kinds").status_code == 200
    assert key not in client.get("/ma-truy-cap/").content.decode()
    row = ApiToken.objects.get()
    other = signed_in(Role.READER, username="nguoi-khac")
    assert "Phần mềm đoàn viên" not in other.get("/ma-truy-cap/").content.decode()
    assert other.post(f"/ma-truy-cap/{row.pk}/thu-hoi/").status_code == 404
    admin = signed_in(Role.ADMIN, username="quan-tri-khac")
    assert "Phần mềm đoàn viên" in admin.get("/ma-truy-cap/").content.decode()
    admin.post(f"/ma-truy-cap/{row.pk}/thu-hoi/")
    assert Program(key, Client()).get("/kinds").status_code == 401
    assert AccessLog.objects.filter(subject=f"token:{row.pk}").count() == 2
    assert client.post("/ma-truy-cap/", {"name": " "}).status_code == 422


def test_an_account_has_so_many_keys_at_most(program: ProgramOf, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    for at in range(MAX_KEYS):
        make_key(User.objects.get(username="nguoi-thu"), name=str(at))
    assert client.post("/ma-truy-cap/", {"name": "thêm"}).status_code == 422


def test_asking_too_often_is_answered_so(
    program: ProgramOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(service, "REQUESTS_A_MINUTE", 2)
    good = program(Role.READER)
    assert [good.get("/kinds").status_code for _ in range(3)] == [200, 200, 429]
    answer = good.get("/kinds")
    assert answer["Retry-After"] == str(limits.MINUTE)
    assert answer.json()["error"]["code"] == "too_often"
    cache.clear()
