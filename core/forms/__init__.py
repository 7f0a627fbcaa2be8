"""One declaration per form kind: fields, labels, rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.errors import NotFound
from core.forms import (
    applications,
    enterprise_list,
    enterprise_survey,
    launch_report,
    people_lists,
    progress_report,
    recognition_request,
    vote_count,
)
from core.forms.base import Check, FormField, FormKind, Option, Section, Values

__all__ = [
    "FORMS",
    "Check",
    "FormField",
    "FormKind",
    "Option",
    "Section",
    "Values",
    "form_of_code",
    "get_form",
]

#: Every form kind by its key (contract §5), in the order of the contract.
FORMS: Mapping[str, FormKind] = MappingProxyType(
    {
        form.kind: form
        for form in (
            enterprise_survey.FORM,
            enterprise_list.FORM,
            applications.MEMBERSHIP_APPLICATION,
            applications.COLLECTIVE_APPLICATION,
            people_lists.MEMBER_LIST,
            people_lists.CANDIDATE_PROFILES,
            recognition_request.FORM,
            vote_count.FORM,
            progress_report.FORM,
            launch_report.FORM,
        )
    }
)


def get_form(kind: str) -> FormKind:
    """The form kind of that key. Raises NotFound."""
    try:
        return FORMS[kind]
    except KeyError:
        raise NotFound(
            f"Không có mẫu “{kind}”. Các mẫu: {', '.join(FORMS)}.", facts={"form": kind}
        ) from None


def form_of_code(code: str) -> FormKind | None:
    """The form kind whose printed code that is; None for a foreign code."""
    return next((form for form in FORMS.values() if form.code == code), None)
