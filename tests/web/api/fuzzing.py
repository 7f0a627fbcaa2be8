"""What the tests with made-up requests share.

Seeded and bounded, so that the same requests come every time and few enough to be quick.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.web.api.conftest import ProgramOf
from web.api import endpoints, service
from web.api.endpoints import api
from web.models import ApiToken
from web.rights import Role

EXAMPLES = 12
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/"))
schema.app = application


FUZZ = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """Nothing is slowed down by counting, nothing rings for a worker, and a request leaves the test's connection."""
    cache.clear()
    monkeypatch.setattr(service, "REQUESTS_A_MINUTE", 100_000)
    monkeypatch.setattr(endpoints, "UPLOADS_A_MINUTE", 100_000)
    for name in ("send_files", "send_batch", "send_reads"):
        monkeypatch.setattr(endpoints, name, lambda *_: None)
    settings.ALLOWED_HOSTS = ["*"]
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def hold(case: schemathesis.Case, key: str) -> None:
    """The answer is one that the description knows."""
    headers = {"Authorization": f"Bearer {key}"}
    response = case.call(headers=headers)
    case.validate_response(response, checks=list(CHECKS), headers=headers)


def key_of(program: ProgramOf) -> str:
    """One key for all requests of a test."""
    row = ApiToken.objects.first()
    if row is not None:
        row.delete()
        row.user.delete()
    return program(Role.SECRETARY).key
