"""The day on which records are shown, and the dates that people type."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from core.dates import PartialDate, format_short, read_date
from core.errors import DataIncomplete, Unreadable
from records.models import Campaign


def office_day(campaign: Campaign | None) -> date:
    """Today while the campaign in hand runs, else the end of it that is nearer: its records as they stood then."""
    today = timezone.localdate()
    if campaign is None:
        return today
    return min(max(today, campaign.starts_on), campaign.ends_on)


def typed_day(text: str, *, name: str, label: str) -> date:
    """A full date as people type it (2/5/2024, 2.5.24). Raises DataIncomplete, naming the field."""
    found = optional_day(text, name=name, label=label)
    if found is None:
        raise DataIncomplete(f"Chưa ghi {label}.", missing=[name])
    return found


def optional_day(text: str, *, name: str, label: str) -> date | None:
    """The same; nothing typed is None."""
    if not text.strip():
        return None
    try:
        found = read_date(text).value.exact
    except Unreadable as error:
        raise DataIncomplete(
            f"{label.capitalize()}: {error.message}", wrong={name: error.message}
        ) from error
    if found is None:
        reason = f"“{text}” chưa đủ ngày, tháng, năm."
        raise DataIncomplete(f"{label.capitalize()}: {reason}", wrong={name: reason})
    return found


def shown_day(text: str, *, default: date) -> date:
    """A date in an address (?ngay=02/5/2024); what cannot be read is the usual day."""
    try:
        return optional_day(text, name="ngay", label="ngày") or default
    except DataIncomplete:
        return default


def shown_partial(text: str) -> str:
    """A stored date of day, month or year precision as people read it: 02/5/1996, 5/1996, 1996."""
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if "Q" in text or not parts:
        return text
    found = PartialDate(*parts)
    if found.exact is not None:
        return format_short(found.exact)
    return f"{found.month}/{found.year}" if found.month else str(found.year)
