"""Returned forms as offices send them, and what the tests do with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from intake.models import Arrival, FormState, ReceivedFile, ReturnedForm
from intake.services.applying import apply_review
from intake.services.reading import read_return
from intake.services.receiving import New, receive
from intake.services.review import accept
from tests.intake.forms import word_form

OFFICER = "Giàng Thị Dở"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def sent(
    kind: str, data: Mapping[str, object], *, on: str = "2024-09-25T08:00", style: str = "table"
) -> ReceivedFile:
    """A form filled in Word and received."""
    outcome = receive(
        word_form(kind, data, style=style),
        name=f"{kind}.docx",
        arrival=Arrival.COMMAND,
        actor=OFFICER,
        at=at(on),
    )
    assert isinstance(outcome, New)
    return outcome.file


def returned(
    kind: str, data: Mapping[str, object], *, on: str = "2024-09-25T08:00", style: str = "table"
) -> ReturnedForm:
    """A form received and read: the one form of its file."""
    row = sent(kind, data, on=on, style=style)
    read_return(row.pk)
    row.refresh_from_db()
    assert row.state == "read", row.error_message
    return row.forms.get()


def applied(kind: str, data: Mapping[str, object], *, on: str = "2024-09-25T08:00") -> ReturnedForm:
    """A form that a person has accepted as it is and applied."""
    form = returned(kind, data, on=on)
    assert form.kind == kind
    accept(form.pk, actor=OFFICER)
    form = apply_review(form.pk, actor=OFFICER)
    assert form.state == FormState.APPLIED
    return form
