"""Filters of the pages of forms: states and periods in words, places of a form by their labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from core.forms import FORMS, get_form
from intake.issues import label_of
from web.returns.labels import period_label, state_label

register = template.Library()


@register.filter
def state_word(state: str) -> str:
    """A state of contract §7 in words."""
    return state_label(state)


@register.filter
def period_words(period: str) -> str:
    """`tháng 5/2024`."""
    return period_label(period)


@register.filter
def path_words(path: str, kind: str) -> str:
    """`dòng 3, Ngày sinh` for `rows[2].dob`."""
    return label_of(path, get_form(kind)) if kind in FORMS else path


@register.filter
def lookup(values: Mapping[Any, Any], key: object) -> object:
    """What a mapping has for a key, or nothing."""
    return values.get(key, "")
