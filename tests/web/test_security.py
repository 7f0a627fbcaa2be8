"""What a stranger, a curious colleague or a hostile file must not get: tokens, frames, cookies, sizes, traces."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.e2e.conftest import ROOT
from tests.web.conftest import SignedIn, client_of
from web import middleware
from web.rights import Role

pytestmark = pytest.mark.django_db


def strict(signed_in: SignedIn, *roles: Role) -> Client:
    """A signed-in browser whose forms are checked for their token."""
    signed_in(*roles)
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of("nguoi-thu").cookies
    return client


@pytest.mark.parametrize(
    "address",
    ["/quan-tri/tai-khoan/them/", "/quan-tri/sao-luu/", "/ma-truy-cap/", "/uy-quyen-ky/", "/dang-xuat/",
     "/thiet-lap/ho-so/"],
)  # fmt: skip
def test_a_form_from_elsewhere_does_nothing(address: str, signed_in: SignedIn) -> None:
    answer = strict(signed_in, Role.ADMIN).post(address, {"name": "x"})
    assert answer.status_code == 403
    assert "Trang này đã mở quá lâu" in answer.content.decode()


def test_a_session_of_the_browser_does_not_open_the_interface(signed_in: SignedIn) -> None:
    answer = signed_in(Role.SECRETARY).post("/api/documents", "{}", content_type="application/json")
    assert answer.status_code == 401


def test_the_root_of_the_interface_tells_nothing() -> None:
    assert Client().get("/api/").status_code in (401, 404)
    assert Client().get("/api/khong-co").status_code == 404


def test_no_page_can_be_framed_or_sniffed(signed_in: SignedIn) -> None:
    for client, address in ((Client(), "/dang-nhap/"), (signed_in(Role.ADMIN), "/quan-tri/")):
        answer = client.get(address, follow=True)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def cookie_settings(**environment: str) -> dict[str, str]:
    """The settings of cookies as another process has them."""
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY,"
        "s.SESSION_COOKIE_SAMESITE, s.SECURE_PROXY_SSL_HEADER)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin", **environment},
    )  # fmt: skip
    return {"printed": done.stdout.strip()}


def test_cookies_are_for_the_server_alone_and_with_tls_for_tls_alone() -> None:
    assert cookie_settings()["printed"] == "False False True True Lax None"
    printed = cookie_settings(DOCGEN_HTTPS="1")["printed"]
    assert printed == "True True True True Lax ('HTTP_X_FORWARDED_PROTO', 'https')"


def test_the_session_cookie_says_so(signed_in: SignedIn, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = signed_in(Role.READER)
    client.post("/dang-xuat/")
    answer = client.post(
        "/dang-nhap/", {"username": "nguoi-thu", "password": "mot-mat-khau-dai"}, secure=True
    )
    cookie = answer.cookies["sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_signing_in_gives_a_new_session(signed_in: SignedIn) -> None:
    signed_in(Role.READER)
    client = Client()
    client.get("/dang-nhap/")
    before = client.session.session_key
    client.post("/dang-nhap/", {"username": "nguoi-thu", "password": "mot-mat-khau-dai"})
    assert client.session.session_key != before


def test_a_fault_of_ours_shows_no_trace(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(Role.ADMIN)
    client.raise_request_exception = False

    def broken(*_: object) -> None:
        raise RuntimeError("mật khẩu cơ sở dữ liệu")

    monkeypatch.setattr("web.administration.views.shut_out", broken)
    answer = client.get("/quan-tri/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "mật khẩu cơ sở dữ liệu" not in text
    assert not re.search(
        r"Traceback|File &quot;|RuntimeError|site-packages|web/administration", text
    )


@pytest.mark.parametrize("address", ["/thiet-lap/ho-so/", "/dang-nhap/", "/api/intake"])
def test_a_body_above_the_limit_is_refused_before_it_is_read(
    address: str, signed_in: SignedIn
) -> None:
    client = signed_in(Role.ADMIN)
    limit = middleware.MAX_API_BODY if address.startswith("/api/") else middleware.MAX_BODY
    answer = client.post(
        address, b"x", content_type="multipart/form-data; boundary=a", CONTENT_LENGTH=str(limit + 1)
    )
    assert answer.status_code == 413
    assert "quá lớn" in (
        answer.json()["error"]["message"] if "api" in address else answer.content.decode()
    )


def test_too_many_fields_are_no_fault_of_ours(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMIN)
    answer = client.post("/quan-tri/tai-khoan/them/", {f"f{at}": "" for at in range(5001)})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_strange_host_gets_nothing(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["ldld.example"]
    answer = Client(SERVER_NAME="xau.example").get("/dang-nhap/")
    assert answer.status_code == 400


def test_hostile_letters_in_addresses_are_no_fault(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMIN)
    for address in (
        "/quan-tri/tai-khoan/99999999999999999999/", "/quan-tri/nhat-ky/?ve=%00", "/quan-tri/nhat-ky/?trang=-1",
        "/quan-tri/du-lieu-ca-nhan/them/?tim=%00", "/quan-tri/du-lieu-ca-nhan/them/?nguoi=%00",
        "/quan-tri/du-lieu-ca-nhan/99999999999999999999/", "/quan-tri/tai-khoan/?tim=%F0%9F%92%A9%00&trang=x",
        "/ma-truy-cap/99999999999999999999/thu-hoi/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code < 500, address
    for body in ({"name": "a\x00b"}, {"\x00": "x"}):
        assert client.post("/ma-truy-cap/", body).status_code < 500
