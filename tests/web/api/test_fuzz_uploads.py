"""Made-up uploads. Receiving ends its own transaction, so these are apart from the tests on the sample's rows."""

from __future__ import annotations

import pytest
import schemathesis

from tests.web.api.conftest import ProgramOf
from tests.web.api.fuzzing import FUZZ, hold, key_of, open_door, schema

__all__ = ["open_door"]


@pytest.mark.django_db(transaction=True)
@schema.include(path_regex="intake").parametrize()
@FUZZ
def test_no_upload_breaks_the_interface(
    case: schemathesis.Case, program: ProgramOf, open_door: None
) -> None:
    hold(case, key_of(program))
