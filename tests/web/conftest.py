"""The desk in one process: a sample store, a client for each role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from records.models import UnionOrg
from tests.sample import sample, sample_rows
from web.administration.accounts import create_account
from web.rights import Role

__all__ = ["sample", "sample_rows"]
SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def quick_passwords(settings: pytest.FixtureRequest) -> None:
    """Hashing a password for production takes half a second; here nobody steals them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def client_of(username: str) -> Client:
    """A client signed in as this user."""
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """Makes an account with these roles and signs it in."""

    def make(*roles: Role, username: str = "nguoi-thu", unit: UnionOrg | None = None) -> Client:
        create_account(
            username=username,
            full_name="Lò Thị Thử",
            roles=roles,
            password="mot-mat-khau-dai",
            unit=unit,
            must_change_password=False,
        )
        return client_of(username)

    return make
