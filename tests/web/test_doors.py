"""Every address of the desk has a door: signed in, with a right; only those listed here are open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from web.api.endpoints import api
from web.rights import RIGHTS, Right, Role, who_may

OPEN = {"sign_in", "first_run"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.app_name in {"admin", "ninja"}:
                continue  # Django's own doors; the interface's are below
            yield from patterns(one, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


DESK = list(patterns(get_resolver("config.urls")))


@pytest.mark.parametrize(("address", "pattern"), DESK, ids=[address or "/" for address, _ in DESK])
def test_every_view_has_a_door(address: str, pattern: URLPattern) -> None:
    door = getattr(pattern.callback, "door", None)
    assert door == ("public" if pattern.name in OPEN else "desk"), address


def test_every_call_of_the_interface_needs_a_key() -> None:
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for method, described in methods.items():
            assert described["security"] == [{"ByKey": []}], (method, path)


def test_a_stranger_is_sent_to_sign_in_and_back(db: None) -> None:
    User.objects.create_user("co-roi")  # without any account it would be the first run
    answer = Client().get("/doi-mat-khau/?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap/?next=/doi-mat-khau/%3Fa%3D1"
    htmx = Client().get(
        "/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/x/"}
    )
    assert htmx["HX-Redirect"] == "/dang-nhap/?next=/x/"
    sent = Client().post(
        "/doi-mat-khau/", headers={"Referer": "http://testserver/doi-mat-khau/?b=2"}
    )
    assert sent["Location"] == "/dang-nhap/?next=/doi-mat-khau/%3Fb%3D2"
    elsewhere = Client().post("/doi-mat-khau/", headers={"Referer": "https://xau.example/x/"})
    assert elsewhere["Location"] == "/dang-nhap/?next=/"


def test_rights_of_roles_keep_powers_apart() -> None:
    assert Right.APPROVE not in RIGHTS[Role.SECRETARY]
    assert Right.NUMBER not in RIGHTS[Role.LEADER]
    assert RIGHTS[Role.OFFICER] == {Right.OWN_UNIT, Right.CHECK_PAPERS}
    assert Right.SEE_PERSONAL not in RIGHTS[Role.READER] | RIGHTS[Role.ADMIN]
    assert all(any(right in given for given in RIGHTS.values()) for right in Right)
    assert who_may(Right.APPROVE) == "Lãnh đạo"
