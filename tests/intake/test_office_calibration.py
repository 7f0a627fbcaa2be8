"""The office's own calibration decides for what it receives; a damaged one is no sender's fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.calibrate import OFFICE_FILE
from intake.certainty import Calibration, shipped, to_json
from intake.models import FormState
from intake.services.reading import read_return
from records.models import Campaign, FoundingCase
from tests.intake.returns import returned, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(sample: Campaign) -> dict[str, object]:
    enterprise = FoundingCase.objects.filter(campaign=sample).first().enterprise
    return {
        "survey_date": "2024-09-02",
        "enterprise_name": enterprise.name,
        "tax_code": enterprise.tax_code,
        "status": "active",
        "workers_total": 27,
        "has_union": False,
    }


def test_figures_of_the_office_hold_back_what_the_shipped_ones_let_pass(
    form: dict[str, object], settings, tmp_path: Path
) -> None:
    settings.INTAKE_AUTO = "enterprise_survey"
    settings.DOCGEN_HOME = tmp_path
    readings = returned("enterprise_survey", form).reading["fields"]
    assert min(one["confidence"] for one in readings.values()) > 0.99
    poor = Calibration({key: (0, seen) for key, (_, seen) in shipped().counts.items()})
    (tmp_path / OFFICE_FILE).write_text(to_json(poor), encoding="utf-8")
    held = returned("enterprise_survey", form | {"workers_total": 28}, on="2024-09-26T08:00")
    assert held.state == FormState.NEEDS_REVIEW
    assert max(one["confidence"] for one in held.reading["fields"].values()) < 0.5


def test_damaged_figures_stop_the_reading_and_not_the_sender(
    form: dict[str, object], settings, tmp_path: Path
) -> None:
    settings.DOCGEN_HOME = tmp_path
    (tmp_path / OFFICE_FILE).write_text("{", encoding="utf-8")
    row = sent("enterprise_survey", form)
    read_return(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert OFFICE_FILE in row.error_message
