"""What follows from the papers of a batch comes with their files: after a kill in between too, and only once."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import ITEMS, NewHome
from tests.faults.home import PATIENCE_SECONDS, Home, wait_until
from tests.faults.rig import KIND, Run
from tests.faults.test_batch import NOBODY, WORKER

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.processes]


def due(run: Run) -> int:
    """How many papers of the batch have consequences to come, as `batch status` says it."""
    told = run.status()
    assert told["numbers"] is not None
    return int(told["consequences_due"])


def is_told(home: Home, *, expected: int) -> None:
    """`documents` and `show` say it of each paper."""
    papers = home.answer("documents", "--kind", KIND, "--state", "numbered")
    assert [paper["consequences_due"] for paper in papers] == [True] * expected
    shown = home.docgen("show", papers[0]["id"]).stdout
    assert "hệ quả chưa ghi vào hồ sơ" in shown
    assert "docgen sweep" in shown


def test_killed_between_number_and_file_and_saved_in_between(
    large: Run, new_home: NewHome, tmp_path: Path, calm: dict[str, Any]
) -> None:
    home, archive = large.home, tmp_path / "kho.tar"
    home.more["REDIS_URL"] = NOBODY
    home.docgen("batch", "run", large.batch, "--here")
    home.docgen("batch", "sign", large.batch)
    before = home.inside("consequences")
    home.docgen("batch", "issue", large.batch, "--send")  # nobody hears the bell
    assert due(large) == ITEMS
    assert f"{ITEMS} văn bản đã có số còn chờ" in home.docgen("batch", "status", large.batch).stdout
    is_told(home, expected=ITEMS)
    refused = home.answer("recall", first_paper(home), "--reason", "Sai tên", code=2)
    assert refused["error"]["code"] == "paper_unfinished"

    killed = home.start(module="tests.faults.dying")
    assert killed.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert home.inside("consequences") == before
    assert due(large) == ITEMS

    home.docgen("backup", str(archive))
    elsewhere = new_home(blank=True)
    elsewhere.more |= {"DOCGEN_SWEEP_SECONDS": "2"}
    elsewhere.docgen("restore", str(archive))
    restored = Run(elsewhere, ITEMS, large.batch)
    assert elsewhere.inside("consequences") == before
    assert due(restored) == ITEMS

    # Here by the command, twice; there by the sweep of a worker to whom nobody sent a message.
    for _ in range(2):
        home.docgen("sweep")
        assert due(large) == 0
    large.issue_and_prove(calm)
    elsewhere.start(*WORKER)
    wait_until(lambda: due(restored) == 0, what="the consequences in the restored store")
    restored.issue_and_prove(calm)
    elsewhere.clean_up()


def first_paper(home: Home) -> str:
    """The id of a paper that has its number and not yet its file."""
    return str(home.answer("documents", "--kind", KIND, "--state", "numbered")[0]["id"])
