"""What each form kind means to the records: what it is about, what must agree, what it writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intake.handlers import (
    applications,
    candidate_profiles,
    enterprise_list,
    enterprise_survey,
    launch_report,
    member_list,
    progress_report,
    recognition_request,
    vote_count,
)
from intake.handlers.base import Handler

#: Every form kind by its key (contract §5).
HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "enterprise_survey": enterprise_survey.HANDLER,
        "enterprise_list": enterprise_list.HANDLER,
        "membership_application": applications.SINGLE,
        "collective_application": applications.COLLECTIVE,
        "member_list": member_list.HANDLER,
        "candidate_profiles": candidate_profiles.HANDLER,
        "recognition_request": recognition_request.HANDLER,
        "vote_count": vote_count.HANDLER,
        "progress_report": progress_report.HANDLER,
        "launch_report": launch_report.HANDLER,
    }
)
