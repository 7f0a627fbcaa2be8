"""`docgen read`: values and doubts, and an office's own calibration that reading uses from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.forms import get_form
from tests.config.cli.calls import Caller
from tests.intake.forms import word_form

# Reading asks the store whose code it is, if there is one by then.
pytestmark = pytest.mark.django_db

KIND = "launch_report"


@pytest.fixture
def form(here: Path, settings) -> Path:
    settings.DOCGEN_HOME = here / "kho"
    path = here / "bien-ban.docx"
    path.write_bytes(word_form(KIND))
    return path


def test_a_clean_form_and_a_bad_call(call: Caller, form: Path) -> None:
    answer = call("read", str(form), "--json")
    (reading,) = answer.json
    assert (answer.code, reading["status"], reading["form"]["kind"]) == (0, "clean", KIND)
    assert reading["fields"]["members_total"]["value"] == 12
    assert call("read").code == 2
    assert call("read", str(form), "--calibrate", str(form.parent)).code == 2


def test_calibrating_counts_and_reading_uses_it(call: Caller, form: Path) -> None:
    truth = form.with_name(f"{form.name}.truth.json")
    values = {**get_form(KIND).example, "chair": "Người khác", "secretary": "Người khác nữa"}
    truth.write_text(json.dumps({"kind": KIND, "values": values}), encoding="utf-8")
    before = call("read", str(form), "--json").json[0]["fields"]["chair"]["confidence"]
    answer = call("read", "--calibrate", str(form.parent), "--json")
    assert (answer.code, answer.json["files"], len(answer.json["wrong"])) == (1, 1, 2)
    assert Path(answer.json["kept"]).is_file()
    after = call("read", str(form), "--json").json[0]["fields"]["chair"]["confidence"]
    assert after < before
