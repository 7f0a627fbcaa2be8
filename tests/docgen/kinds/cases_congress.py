"""Papers of a founding congress, its launch programme and submissions; a draft among them."""

from __future__ import annotations

from datetime import date

from docgen.kinds import examples_congress as examples
from docgen.kinds.base import Numbering


def _issued(number: int, on: str) -> Numbering:
    return Numbering(number=number, issue_date=date.fromisoformat(on))


CASES = {
    "congress_minutes/bien_ban_dai_hoi": (
        examples.CONGRESS_MINUTES,
        _issued(1, "2024-05-04"),
    ),
    "congress_minutes/bien_ban_dai_hoi_du_thao": (examples.CONGRESS_MINUTES, Numbering()),
    "first_meeting_minutes/bien_ban_hop": (
        examples.FIRST_MEETING_MINUTES,
        _issued(2, "2024-05-04"),
    ),
    "launch_programme/chuong_trinh": (examples.LAUNCH_PROGRAMME, _issued(2, "2024-05-10")),
    "submission/cong_doan_co_so": (examples.SUBMISSION, _issued(1, "2024-05-05")),
    "submission/ban_van_dong": (
        examples.SUBMISSION_BY_ORGANISING_GROUP,
        _issued(1, "2024-05-05"),
    ),
    "submission/cap_tren": (examples.SUBMISSION_BY_UPPER_UNION, _issued(4, "2024-05-10")),
    "vote_count_minutes/ban_chap_hanh": (
        examples.VOTE_COUNT_MINUTES,
        _issued(1, "2024-05-04"),
    ),
    "vote_count_minutes/cac_chuc_danh": (
        examples.VOTE_COUNT_MINUTES_POSTS,
        _issued(2, "2024-05-04"),
    ),
}
PAGES = {
    "congress_minutes/bien_ban_dai_hoi": 3,
    "congress_minutes/bien_ban_dai_hoi_du_thao": 3,
    "first_meeting_minutes/bien_ban_hop": 2,
    "launch_programme/chuong_trinh": 1,
    "submission/ban_van_dong": 2,
    "submission/cap_tren": 1,
    "submission/cong_doan_co_so": 2,
    "vote_count_minutes/ban_chap_hanh": 2,
    "vote_count_minutes/cac_chuc_danh": 2,
}
