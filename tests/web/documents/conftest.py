"""The sample store for the pages of papers; previews of a test lie in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample import sample, sample_rows
from tests.web.conftest import signed_in

__all__ = ["sample", "sample_rows", "signed_in"]


@pytest.fixture(autouse=True)
def own_previews(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.DOCGEN_HOME = tmp_path  # type: ignore[attr-defined]
