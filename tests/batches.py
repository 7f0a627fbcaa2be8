"""Small batches of the sample store for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from docgen.models import Batch, JobState
from docgen.services.batches import create_batch, run_item, start_batch
from records.models import Campaign
from tests.sample import CLERK

NOV_20 = date(2024, 11, 20)
ORG = "ldld-huyen-tam-duong"
SMALL = {"state": "dossier_filed", "org": ORG}  # four cases of one body


def made(campaign: Campaign, where: dict[str, str] = SMALL, **more: Any) -> Batch:
    values = {"kind": "founding_decision", "intended_on": NOV_20, "actor": CLERK, **more}
    return create_batch(campaign, where=where, **values)


def run(batch: Batch) -> list[JobState | None]:
    """Make every waiting item here."""
    return [run_item(item) for item in start_batch(batch)]
