"""VB-09 leaves registered names alone."""

from __future__ import annotations

import pytest

from docgen.rules.checks.names import IN_COMPANY


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("của Công ty TNHH MTV Đầu tư ", True),
        ("tại Công ty cổ phần Xây dựng và ", True),
        ("Công đoàn cơ sở Hợp tác xã Chè Tam Đường ", True),
        ("làm việc tại Công ty TNHH A&B, ", False),
        ("các huyện, ", False),
        ("Công ty đề nghị các ", False),
    ],
)
def test_where_a_company_name_goes_on(before: str, *, inside: bool) -> None:
    assert bool(IN_COMPANY.search(before)) is inside
