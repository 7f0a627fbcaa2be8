"""Made-up requests against the description of the interface: no fault of ours, every answer as described."""

from __future__ import annotations

import schemathesis

from records.models import Campaign
from tests.web.api.conftest import ProgramOf
from tests.web.api.fuzzing import FUZZ, hold, key_of, open_door, schema

__all__ = ["open_door"]


@schema.exclude(path_regex="intake").parametrize()
@FUZZ
def test_no_request_breaks_the_interface(
    case: schemathesis.Case, sample: Campaign, program: ProgramOf, open_door: None
) -> None:
    hold(case, key_of(program))
