"""From the record store to the values of a form, one function a kind, as of a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.errors import UserError
from core.forms import get_form
from docgen.prefill import cases, enterprises, offices
from docgen.prefill.base import Filled, Wanted
from records.selectors.scope import one_reading

__all__ = ["PREFILLS", "Filled", "Wanted", "prefill"]

#: A function for every form kind; the code of a record of the form's own type comes in.
PREFILLS: Mapping[str, Callable[[str, Wanted], Filled]] = MappingProxyType(
    {
        "enterprise_survey": enterprises.enterprise_survey,
        "enterprise_list": offices.enterprise_list,
        "membership_application": cases.membership_application,
        "collective_application": cases.collective_application,
        "member_list": cases.member_list,
        "candidate_profiles": cases.candidate_profiles,
        "recognition_request": cases.recognition_request,
        "vote_count": cases.vote_count,
        "progress_report": offices.progress_report,
        "launch_report": cases.launch_report,
    }
)


def prefill(kind: str, wanted: Wanted) -> Filled:
    """What the records know for one form, as of the day.

    Raises NotFound for an unknown kind or record, UserError for a record of another type.
    """
    form = get_form(kind)
    given, sign, code = wanted.record.partition(":")
    if not sign or given != form.about or not code:
        raise UserError(
            f"“{form.label_vi}” cần hồ sơ dạng {form.about}:mã; đã cho “{wanted.record}”.",
            code="wrong_record",
            facts={"kind": kind, "record": wanted.record},
        )
    with one_reading():
        return PREFILLS[kind](code, wanted)
