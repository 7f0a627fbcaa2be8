"""`docgen backup` in the midst of a batch, `docgen restore` elsewhere, and on from there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.conftest import ITEMS, NewHome
from tests.faults.home import Home
from tests.faults.rig import Run

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.processes]
TRIGGERS = 14


@pytest.fixture
def empty(new_home: NewHome, tmp_path: Path) -> Iterator[Home]:
    """A store with nothing in it, not even tables."""
    home = new_home(blank=True)
    home.more["DOCGEN_SWEEP_SECONDS"] = "2"
    yield home
    home.clean_up()


@contextmanager
def held(home: Home) -> Iterator[None]:
    """All worker processes of the store stand still."""
    stopped = home.workers()
    for process in stopped:
        process.suspend()
    try:
        yield
    finally:
        for process in stopped:
            process.resume()


def triggers(home: Home) -> int:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    if home.database_url:
        query = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    return int(home.rows(query)[0][0])


def refuses(home: Home, statement: str) -> str:
    """The database's own refusal."""
    if home.database_url:
        with (
            pytest.raises(psycopg.Error) as told,
            psycopg.connect(home.database_url) as found,
        ):
            found.execute(statement)  # type: ignore[call-overload]
    else:
        database = sqlite3.connect(home.path / "docgen.sqlite3")
        # Without it the database refuses any change of a searched table, whoever asks (docs/decisions/014).
        database.create_function("docgen_search_key", -1, lambda *_: "", deterministic=True)
        with pytest.raises(sqlite3.Error) as told:
            database.execute(statement)
        database.close()
    return str(told.value)


def test_a_store_is_saved_in_the_midst_of_a_batch_and_goes_on_elsewhere(
    large: Run, empty: Home, tmp_path: Path, calm: dict[str, Any]
) -> None:
    home, archive = large.home, tmp_path / "kho.tar"
    home.more["DOCGEN_BATCH_CHUNK"] = "1"  # or all would be done at once
    worker = home.start("worker", "--concurrency", "2")
    sent = home.start("batch", "run", large.batch)
    large.reaches(6)
    # Held in the midst of what they do, with rows claimed and transactions open: a backup waits for nobody.
    with held(home):
        before = large.done()
        assert before < ITEMS, "the batch was over too soon: raise ITEMS"
        saved = home.answer("backup", str(archive))
    # The batch is not disturbed, and ends as ever.
    home.ends_well(sent)
    large.reaches(ITEMS)
    worker.terminate()
    worker.wait(60)
    large.issue_and_prove(calm)

    restored = empty.answer("restore", str(archive))
    assert (restored["rows"], restored["files"]) == (saved["rows"], saved["files"])
    assert restored["warnings"] == []
    again = Run(empty, ITEMS, large.batch)
    told = again.status()
    assert told["done"] == before
    assert (told["state"], told["running"], told["failed"]) == ("running", 0, 0)
    assert triggers(empty) == TRIGGERS == triggers(home)
    # No bell was rung in this store: the sweep of its worker finds what waits.
    empty.start("worker", "--concurrency", "2")
    again.reaches(ITEMS)
    again.issue_and_prove(calm)
    assert "frozen" in refuses(empty, "UPDATE docgen_document SET subject = 'khác'")
    assert "kept" in refuses(empty, "DELETE FROM docgen_documentevent")
    assert "append-only" in refuses(empty, "DELETE FROM records_changelog")


def test_restore_touches_nothing_that_it_may_not(large: Run, empty: Home, tmp_path: Path) -> None:
    home, archive, half = large.home, tmp_path / "kho.tar", tmp_path / "nửa.tar"
    home.docgen("backup", str(archive))
    data = archive.read_bytes()
    half.write_bytes(data[: len(data) // 2])
    refused = empty.answer("restore", str(half), code=2)
    assert refused["error"]["code"] == "bad_backup"
    half.write_bytes(data[:3000] + b"?" + data[3001:])
    refused = empty.answer("restore", str(half), code=2)
    assert "đã bị sửa hoặc hỏng" in refused["error"]["message"]
    assert not (empty.path / "docgen.sqlite3").exists()
    assert not (empty.path / "files").exists()

    # What came after the backup is still there after a refusal, and gone after --overwrite.
    home.docgen("batch", "cancel", large.batch)
    refused = home.answer("restore", str(archive), code=2)
    assert refused["error"]["code"] == "store_not_empty"
    assert large.home.answer("batch", "status", large.batch)["state"] == "cancelled"
    told = home.answer("restore", str(archive), "--overwrite")
    assert home.answer("batch", "status", large.batch)["state"] == "ready"
    assert triggers(home) == TRIGGERS
    if not home.database_url:
        assert Path(told["set_aside"]).exists()
    # A store in use is not taken away from under its users.
    if home.database_url:
        with psycopg.connect(home.database_url) as user:
            user.execute("SELECT count(*) FROM docgen_batch")
            refused = home.answer("restore", str(archive), "--overwrite", code=2)
    else:
        user = sqlite3.connect(home.path / "docgen.sqlite3")
        user.execute("SELECT count(*) FROM docgen_batch").fetchone()
        refused = home.answer("restore", str(archive), "--overwrite", code=2)
        user.close()
    assert refused["error"]["code"] == "store_in_use"
    assert home.answer("batch", "status", large.batch)["state"] == "ready"


def test_a_lost_file_is_told_and_an_archive_of_tomorrow_refused(
    store: Home, empty: Home, tmp_path: Path
) -> None:
    home, archive = store, tmp_path / "kho.tar"
    home.docgen("request", "plan", "--for", "campaign:ptdv-2024", "--date", "2024-05-02")
    ((sha256,),) = home.rows("SELECT sha256 FROM registry_storedfile ORDER BY id DESC LIMIT 1")
    (home.path / "files" / sha256[:2] / sha256[2:4] / sha256).unlink()
    saved = home.answer("backup", str(archive), code=1)
    assert [entry["sha256"] for entry in saved["missing"]] == [sha256]
    told = empty.answer("restore", str(archive), code=1)
    assert "đã thiếu từ khi sao lưu" in told["warnings"][0]
    newer = json.loads(empty.inside("tomorrow", str(archive)))
    refused = empty.answer("restore", newer, "--overwrite", code=2)
    assert refused["error"]["code"] == "newer_backup"
    assert refused["error"]["facts"]["unknown"] == ["docgen.9999_tomorrow"]
