"""The command line in this process, and the sample store for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.cli.calls import Caller
from tests.sample import sample, sample_rows

__all__ = ["sample", "sample_rows"]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    """The command line in this process."""
    return Caller(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the call is made."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
