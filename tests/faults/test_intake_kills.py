"""The drop folder and the review killed at any moment: no received file is lost, nothing is applied twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.faults.home import Home, wait_until
from tests.intake.forms import word_form

pytestmark = [pytest.mark.slow, pytest.mark.processes]
FILES = 14
NAME = "Hợp tác xã Thử số"


def fill(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    made = {}
    for at in range(FILES):
        data = {
            "survey_date": "2024-05-14", "enterprise_name": f"{NAME} {at:02d}", "enterprise_type": "cooperative",
            "status": "active", "workers_total": 10 + at, "has_union": False,
        }  # fmt: skip
        made[f"phieu-{at:02d}.docx"] = word_form("enterprise_survey", data)
        (folder / f"phieu-{at:02d}.docx").write_bytes(made[f"phieu-{at:02d}.docx"])
    return made


def killed(home: Home, process: subprocess.Popen[bytes], table: str, where: str = "1 = 1") -> None:
    """Kill the command when a few more rows have come, at a moment of chance."""
    goal = home.count(table, where) + random.randint(1, 4)
    wait_until(
        lambda: process.poll() is not None or home.count(table, where) >= goal,
        what=f"{goal} in {table}",
    )
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kept(home: Home) -> list[bytes]:
    """Every stored file, by its content."""
    return sorted(
        path.read_bytes()
        for path in (home.path / "files").rglob("*")
        if path.is_file() and len(path.name) == 64
    )


def test_no_file_is_lost_and_nothing_applied_twice(store: Home, tmp_path: Path) -> None:
    folder = tmp_path / "thư mục nhận"
    sent = fill(folder)
    watch = ("intake", "watch", str(folder), "--once", "--settle", "0")
    for table in ("intake_receivedfile", "intake_returnedform", "intake_returnedform"):
        killed(store, store.start(*watch), table)
        # Wherever it was killed: each file is in the folder or in the store, never in neither.
        left = {path.name for path in folder.glob("*.docx")}
        have = set(kept(store))
        assert all(name in left or data in have for name, data in sent.items())
    store.docgen(*watch, code=None)
    assert [path.name for path in folder.glob("*.docx")] == []
    assert store.count("intake_receivedfile") == FILES
    assert store.count("intake_receivedfile", "state = 'read'") == FILES
    assert store.count("intake_returnedform") == FILES
    assert kept(store) == sorted(sent.values())
    for _ in range(3):
        process = store.start(module="tests.faults.applying")
        killed(store, process, "intake_returnedform", "state = 'applied'")
        applied = store.count("intake_returnedform", "state = 'applied'")
        assert store.count("records_enterprise", f"name LIKE '{NAME}%'") == applied
    both = [store.start(module="tests.faults.applying") for _ in range(2)]
    for process in both:
        store.ends_well(process)
    ours = f"enterprise_id IN (SELECT id FROM records_enterprise WHERE name LIKE '{NAME}%')"
    assert store.count("records_enterprise", f"name LIKE '{NAME}%'") == FILES
    assert store.count("records_enterpriseobservation", ours) == FILES
    assert store.count("intake_reviewdecision", "action = 'apply'") == FILES


def test_the_same_file_again_says_so_and_changes_nothing(store: Home, tmp_path: Path) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(word_form("enterprise_survey"))
    (first,) = store.answer("intake", str(path), code=1)
    assert (first["outcome"], first["state"]) == ("new", "read")
    assert first["forms"][0]["form"]["kind"] == "enterprise_survey"
    tables = (
        "intake_receivedfile",
        "intake_returnedform",
        "records_changelog",
        "registry_storedfile",
    )
    before = {table: store.count(table) for table in tables}
    (again,) = store.answer("intake", str(path), code=0)
    assert (again["outcome"], again["received"]) == ("duplicate", first["received"])
    said = store.docgen("intake", str(path)).stdout
    assert "đã nhận từ trước" in said
    assert "không thay đổi gì" in said
    assert {table: store.count(table) for table in tables} == before


@pytest.mark.worker
def test_a_worker_reads_and_the_sweep_takes_up_what_a_dead_reader_held(
    store: Home, tmp_path: Path
) -> None:
    paths = []
    for at in range(3):
        path = tmp_path / f"phieu-{at}.docx"
        path.write_bytes(word_form("enterprise_survey", {"enterprise_name": f"{NAME} {at:02d}"}))
        paths.append(str(path))
    entries = store.answer("intake", *paths, "--queue")
    assert {entry["state"] for entry in entries} == {"received"}
    assert store.count("intake_returnedform") == 0
    worker = store.start("worker", "--concurrency", "1", "--no-beat")
    wait_until(
        lambda: store.count("intake_receivedfile", "state = 'read'") == 3, what="three files"
    )
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait()
    # As a reader leaves its row that was killed after claiming it.
    (tmp_path / "phieu-3.docx").write_bytes(
        word_form("enterprise_survey", {"enterprise_name": f"{NAME} 03"})
    )
    reader = store.start("intake", str(tmp_path / "phieu-3.docx"))
    wait_until(
        lambda: (
            reader.poll() is not None or store.count("intake_receivedfile", "state = 'reading'")
        ),
        what="a file being read",
    )
    os.killpg(reader.pid, signal.SIGKILL)
    reader.wait()
    store.docgen("sweep")
    assert store.count("intake_receivedfile", "state = 'read'") == 4
    assert store.count("intake_returnedform") == 4
