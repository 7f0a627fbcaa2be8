"""Tags of the pages of records: links into other sections, steps, people's data masked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse

from core.forms import get_form
from core.identifiers import mask_id
from core.phones import mask_phone
from docgen.kinds import KINDS
from records.models import Campaign
from records.selectors.orgs import OrgSnapshot
from web.recordbook.days import shown_partial
from web.rights import Right
from web.viewer import Viewer

register = template.Library()

#: Colours of the steps of a founding case.
STEPS = {
    "launched": "green",
    "recognised": "green",
    "refused": "red",
    "paused": "yellow",
    "not_contacted": "secondary",
    "active": "green",
    "suspended": "yellow",
    "dissolved": "red",
    "not_at_address": "red",
}


@register.filter
def step_colour(state: str) -> str:
    """Colour of a step of a case or a status of an enterprise."""
    return STEPS.get(state, "blue" if state else "secondary")


@register.simple_tag
def address(name: str, *args: Any, **query: Any) -> str:
    """Address of a page of the desk, with a query; empty where this desk has no such page."""
    try:
        found = reverse(f"web:{name}", args=args)
    except NoReverseMatch:
        return ""
    given = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{found}?{urlencode(given)}" if given else found


@register.filter
def kind_label(kind: str) -> str:
    """A kind of paper in words."""
    return KINDS[kind].schema.label_vi if kind in KINDS else kind


@register.filter
def partial_day(text: str) -> str:
    """A stored date of day, month or year precision, as on lists: 02/5/1996, 5/1996, 1996."""
    return shown_partial(text)


@register.filter
def hidden_id(number: str | None) -> str:
    """An ID number of which the end alone is shown."""
    return mask_id(number) if number else ""


@register.filter
def hidden_phone(phone: str) -> str:
    """A phone of which the end alone is shown."""
    return mask_phone(phone) if phone else ""


@register.filter
def at(values: dict[str, Any], key: str) -> Any:
    """An entry of a mapping, or nothing."""
    return values.get(key)


#: Where an observation comes from.
SEEN_BY = {
    "survey": "phiếu khảo sát",
    "list": "danh sách của đơn vị",
    "registration": "đăng ký doanh nghiệp",
    "import": "nhập Excel",
    "desk": "ghi tại bàn làm việc",
}


@register.filter
def seen_by(channel: str) -> str:
    """Where an observation comes from, in words."""
    return SEEN_BY.get(channel, channel)


@register.filter
def may(viewer: Viewer | None, right: str) -> bool:
    """Whether this person has a right, by its name: ``{% if viewer|may:"CHANGE_RECORDS" %}``."""
    return viewer is not None and viewer.may(Right[right])


@register.simple_tag
def compose_to(kind: str, record: str, **query: Any) -> str:
    """Address where a paper of a kind about a record is composed, pre-filled; empty where this desk has none."""
    return address("compose_paper", kind, record, **query) or address(
        "compose", loai=kind, ve=record, **query
    )


@register.simple_tag
def unit_record(campaign: Campaign, unit: OrgSnapshot) -> str:
    """How papers name a reporting unit of a campaign."""
    return f"unit:{campaign.code}/{unit.code}"


@register.filter
def form_label(kind: str) -> str:
    """A kind of form in words."""
    return get_form(kind).label_vi


@register.filter
def plan_line(line: Any) -> str:
    """A line of a plan: a sentence, or what its parts say."""
    if isinstance(line, dict):
        return ": ".join(str(part) for part in line.values() if isinstance(part, str))
    return str(line)
