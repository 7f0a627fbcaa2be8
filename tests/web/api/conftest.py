"""A program before the interface: an account with a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from records.models import UnionOrg
from web.administration.accounts import create_account
from web.api.keys import make_key
from web.rights import Role


@dataclass
class Program:
    """Speaks JSON with the key of an account."""

    key: str
    client: Client

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/api{path}", query, headers=self._headers())

    def post(self, path: str, body: object) -> Any:
        return self.client.post(
            f"/api{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self._headers(),
        )

    def send(self, path: str, **fields: Any) -> Any:
        return self.client.post(f"/api{path}", fields, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


ProgramOf = Callable[..., Program]


@pytest.fixture
def program(db: None) -> ProgramOf:
    """Makes an account with these roles and a key for it."""

    def make(*roles: Role, username: str = "phan-mem", unit: UnionOrg | None = None) -> Program:
        user: User = create_account(
            username=username, full_name="Phần mềm", roles=roles, password="mot-mat-khau-dai", unit=unit,
            must_change_password=False,
        )  # fmt: skip
        return Program(make_key(user, name="thử")[1], Client())

    return make
