"""Tags and filters of the pages: icons, official dates, numbers, states as coloured words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core.dates import format_short
from web.rights import Right
from web.viewer import Viewer

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"

#: State codes of contract §7 to the colour of their word: done green, waiting amber, faults red, the rest quiet.
COLOURS = {
    "draft": "secondary",
    "submitted": "yellow",
    "returned": "red",
    "signed": "blue",
    "numbered": "blue",
    "issued": "green",
    "recalled": "red",
    "replaced": "secondary",
    "ready": "secondary",
    "running": "blue",
    "done": "green",
    "done_with_failures": "yellow",
    "paused": "yellow",
    "cancelled": "secondary",
    "received": "secondary",
    "reading": "blue",
    "read": "secondary",
    "sent_back": "red",
    "failed": "red",
    "needs_review": "yellow",
    "applied": "green",
    "duplicate": "secondary",
    "not_returned": "secondary",
    "overdue": "red",
}


@cache
def _svg(name: str) -> str:
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    return " ".join(text.split()).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A vendored icon, for the eye only: words stand beside it."""
    return mark_safe(_svg(name))  # noqa: S308  # a file of our own, named by a template


@register.filter
def colour(state: str) -> str:
    """The colour of a state's word."""
    return COLOURS.get(state, "secondary")


@register.filter
def day(value: date | None) -> str:
    """A date (of a moment: its local date) as on lists: 02/5/2024."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_short(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as on lists: 10:42 ngày 02/5/2024."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M} ngày {day(local)}"


@register.filter
def figure(value: int | float | None) -> str:  # ints come as they are
    """A number with dots between thousands and a decimal comma: 1.234,5."""
    if value is None:
        return ""
    if isinstance(value, float) and not value.is_integer():
        whole, _, rest = f"{value:,.1f}".partition(".")
        return f"{whole.replace(',', '.')},{rest}"
    return f"{int(value):,}".replace(",", ".")


@register.filter
def of(values: Mapping[str, object], key: str) -> object:
    """The value under a key: ``labels|of:d.kind``."""
    return values.get(key, "")


@register.filter
def may(viewer: Viewer | None, right: str) -> bool:
    """Whether this person has a right: ``viewer|may:"COMPOSE"``."""
    return viewer is not None and viewer.may(Right[right])


@register.filter
def share(part: float | None, whole: float | None) -> int:
    """How many whole per cent a part is, at most 100, for bars."""
    return min(100, int(100 * (part or 0) / whole)) if whole else 0


_MINUTE, _HOUR = 60, 3600


@register.filter
def lasting(seconds: float | None) -> str:
    """A length of time as people say it: 40 giây, 2 phút, 1 giờ 10 phút."""
    if seconds is None:
        return ""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} giây"
    minutes = round(seconds / _MINUTE)
    if seconds < _HOUR:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ {minutes % 60} phút" if minutes % 60 else f"{minutes // 60} giờ"
