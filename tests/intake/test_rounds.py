"""Forms that were given out with a code: known when they come back, missed when they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.blanks.make import Format
from docgen.prefill import prefill
from docgen.prefill.base import Wanted
from docgen.services.forms import Given, Order, give_out, issue_form
from intake.issued import issued_rows
from intake.models import Arrival, FormState, ReturnedForm
from intake.services.applying import apply_review
from intake.services.reading import read_return
from intake.services.receiving import New, receive
from intake.services.review import accept, send_back
from intake.services.rounds import round_lines, totals
from records.models import Campaign
from tests.intake.returns import OFFICER, at
from tests.intake.test_dossier import survey, untouched

pytestmark = pytest.mark.django_db
OUT, DUE = date(2024, 8, 26), date(2024, 9, 9)


def given(record: str, values: dict[str, object] | None, tmp_path: Path) -> Given:
    """A survey form given out for a record, filled with these values, or as the records fill it."""
    if values is None:
        return issue_form("enterprise_survey", file_format=Format.DOCX, on=OUT, actor=OFFICER, channel="cli",
                          profile=tmp_path, record=record, due=DUE)  # fmt: skip
    filled = prefill("enterprise_survey", Wanted(record, OUT))
    filled.values.clear()
    filled.values.update(values)
    order = Order("enterprise_survey", Format.DOCX, OUT, filled, record, DUE)
    return give_out([order], actor=OFFICER, channel="cli", profile=tmp_path)[0]


def came_back(form: Given) -> ReturnedForm:
    outcome = receive(
        form.data,
        name="phieu.docx",
        arrival=Arrival.COMMAND,
        actor=OFFICER,
        at=at("2024-09-03T08:00"),
    )
    assert isinstance(outcome, New)
    read_return(outcome.file.pk)
    return outcome.file.forms.get()


def test_the_code_says_which_record_a_form_is_about(sample: Campaign, tmp_path: Path) -> None:
    place = untouched(sample).enterprise
    values = survey(place)
    del values["tax_code"]
    values["enterprise_name"] = "Tên Viết Sai"
    form = came_back(given(f"enterprise:{place.code}", values, tmp_path))
    assert form.code
    assert (form.record_type, form.record_id) == ("enterprise", place.code)
    assert [code for code, _, _ in form.findings] == ["name_differs"]


def test_a_round_from_expected_to_applied_and_overdue(sample: Campaign, tmp_path: Path) -> None:
    place = untouched(sample).enterprise
    back = given(f"enterprise:{place.code}", survey(place), tmp_path)
    missing = given(f"enterprise:{place.code}", None, tmp_path)

    def states(on: date) -> dict[str, str]:
        return {line.code: line.state for line in round_lines(issued_rows(), on=on)}

    assert states(DUE) == {back.code: "expected", missing.code: "expected"}
    assert states(date(2024, 9, 10)) == {back.code: "overdue", missing.code: "overdue"}
    form = came_back(back)
    assert states(date(2024, 9, 10)) == {back.code: "needs_review", missing.code: "overdue"}
    accept(form.pk, actor=OFFICER)
    apply_review(form.pk, actor=OFFICER)
    lines = round_lines(issued_rows(), on=date(2024, 9, 10))
    assert {line.code: line.state for line in lines} == {
        back.code: "applied",
        missing.code: "overdue",
    }
    assert totals(lines)["overdue"] == 1
    assert issued_rows(campaign="no-such-campaign") == []


def test_a_form_sent_back_is_asked_for_by_its_own_state(sample: Campaign, tmp_path: Path) -> None:
    place = untouched(sample).enterprise
    back = given(f"enterprise:{place.code}", survey(place), tmp_path)
    form = came_back(back)
    send_back(form.pk, actor=OFFICER, reason="Chưa ký")
    (line,) = round_lines(issued_rows(), on=DUE)
    assert (line.state, line.form) == (FormState.SENT_BACK, form.pk)
