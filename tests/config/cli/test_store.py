"""The first use of a store, without `./run`."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from config.cli import store
from core.errors import Outage
from tests.config.cli.calls import COMMAND, Caller, environment, process


def test_the_first_verb_makes_the_embedded_store(tmp_path: Path) -> None:
    home = tmp_path / "kho mới"
    first = process(home, "register", "outgoing", "--year", "2024", "--json")
    assert first.code == 0, first.err
    assert first.json == {"year": 2024, "direction": "outgoing", "rows": []}
    assert first.err == f"Chuẩn bị kho dữ liệu ở {home}…\n"
    again = process(home, "register", "outgoing", "--year", "2024", "--json")
    assert (again.json, again.err) == (first.json, "")


def test_two_first_verbs_at_once(tmp_path: Path) -> None:
    calls = [
        subprocess.Popen(
            [*COMMAND, "records", "show", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(tmp_path),
        )
        for _ in range(2)
    ]
    ends = [(call.communicate(timeout=120), call.returncode) for call in calls]
    assert [code for _, code in ends] == [0, 0], ends


def test_help_and_usage_errors_come_without_a_store(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    assert process(home, "request", "--help").code == 0
    assert process(home, "batch", "status", "một").code == 2
    assert process(home, "doctor", "--unverified", "--json").code == 1
    assert not home.exists()


def test_doctor_looks_without_making_anything(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    looked = process(home, "doctor", "--json")
    found = {check["key"]: check for check in looked.json["checks"]}
    assert found["home"]["ok"]
    assert found["database"]["ok"]
    assert "registers" not in found
    assert not home.exists()


def test_a_shared_database_is_never_changed_unasked(call: Caller) -> None:
    with (
        patch.object(store, "is_embedded", return_value=False),
        patch.object(store, "pending_steps", return_value=3),
        patch.object(store, "call_command") as migrate,
    ):
        with pytest.raises(Outage, match=r"manage\.py migrate"):
            store.open_store()
        told = call("records", "show", "--json")
    migrate.assert_not_called()
    assert told.code == 3
    assert (told.error["code"], told.error["facts"]) == ("not_migrated", {"steps": 3})
