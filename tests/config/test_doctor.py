"""The doctor's questions to services: each answer with what to do about it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone

from config import doctor_services as services
from config import settings as read_settings
from tests.faults.rig import Redis


@pytest.mark.django_db
def test_the_database_tells_its_version_and_an_old_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = services.database()
    assert check.ok
    assert check.found.startswith(connection.vendor)
    assert any(letter.isdigit() for letter in check.found)
    if connection.vendor == "postgresql":
        monkeypatch.setattr(services, "MIN_POSTGRESQL", 99)
        old = services.database()
        assert not old.ok
        assert "Cần PostgreSQL 99" in old.remedy


@pytest.mark.django_db
def test_a_clock_that_runs_ahead_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert services.clock().ok
    plain = timezone.now
    monkeypatch.setattr(services.timezone, "now", lambda: plain() + timedelta(seconds=90))
    check = services.clock()
    if connection.vendor == "postgresql":
        assert not check.ok
        assert "lệch 90" in check.found
        assert "nhanh hơn" in check.found
        assert "set-ntp" in check.remedy
    else:
        assert check.found == "cùng một máy"


def test_redis_in_service_is_asked_for_its_version_and_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Redis(tmp_path, append_only=False).start()
    try:
        monkeypatch.setenv("REDIS_URL", server.url)
        check = services.broker()
        assert not check.ok
        assert check.optional
        assert "appendonly no" in check.found
        assert "appendonly yes" in check.remedy
        monkeypatch.setattr(services, "MIN_REDIS", 99)
        assert "Cần Redis 99" in services.broker().remedy
    finally:
        server.kill()
    gone = services.broker()
    assert not gone.ok
    assert not gone.optional
    assert "không trả lời" in gone.found


def test_workers_that_nobody_can_ask_do_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    check = services.workers()
    assert not check.ok
    assert check.found == "không máy nào trả lời"


def test_a_server_that_is_cut_off_is_noticed_and_the_address_may_say_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "postgres://docgen:m%40t@db.example/docgen"
    monkeypatch.setitem(os.environ, "DATABASE_URL", f"{url}?connect_timeout=9&sslmode=require")
    found = read_settings.database()
    assert found["CONN_HEALTH_CHECKS"] is True
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert str(options["connect_timeout"]) == "9"
    assert options["sslmode"] == "require"
    assert options["tcp_user_timeout"] == 15_000


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "năm phút", ""])
def test_times_in_settings_are_whole_seconds(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DOCGEN_LEASE_SECONDS phải là số giây"):
        read_settings.seconds("DOCGEN_LEASE_SECONDS", given, least=5)
