"""One run of the sample campaign for the session as plain values, and the sample store for a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tests.paths.sample_papers import Paper, make_campaign
from tests.sample import sample, sample_rows

__all__ = ["papers", "sample", "sample_rows"]


@pytest.fixture(scope="session")
def papers(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> list[Paper]:
    """Every paper of both sample campaigns, in order of issue."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.conf.settings.FILES_DIR", _home(tmp_path_factory))
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]  # as TestCase does: durable() may nest
        with outer:
            made = make_campaign()
            connection.needs_rollback = True
    return made


def _home(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("kho")
