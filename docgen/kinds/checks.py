"""Checks that several kinds share: dates in their order, counts as the list says, levels that exist. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from core.dates import format_long
from core.errors import Problem
from core.profiles import RuleProfile
from core.text import fold
from docgen.kinds.base import Data
from docgen.kinds.common import day, number, rows

_DISTRICT = fold("Liên đoàn Lao động huyện")
_SHORT_DISTRICT = fold("LĐLĐ huyện")

#: Field -> what it is called in a sentence, and its date.
Earlier = Mapping[str, tuple[str, date | None]]


def decided_before(data: Data, earlier: Earlier) -> list[Problem]:
    """A decision dated before what it stands on: a congress, a request, another decision."""
    decided = day(data, "intended_date")
    return [
        Problem(
            "date_order",
            f"Ngày quyết định ({format_long(decided)}) trước {label} ({format_long(other)}).",
            ("intended_date", key),
        )
        for key, (label, other) in earlier.items()
        if decided and other and decided < other
    ]


def decided_after(data: Data, later: Earlier) -> list[Problem]:
    """A decision dated after what it sets in motion: a survey, a handing over."""
    decided = day(data, "intended_date")
    return [
        Problem(
            "date_order",
            f"Ngày ban hành ({format_long(decided)}) sau {label} ({format_long(other)}).",
            ("intended_date", key),
        )
        for key, (label, other) in later.items()
        if decided and other and other < decided
    ]


def count_problems(data: Data, key: str, *, of: str, label: str, unit: str) -> list[Problem]:
    """The number that is written against the length of its list; nothing is said of one left out."""
    written, listed = number(data, key), len(rows(data, of))
    if written is None or written == listed:
        return []
    message = (
        f"{label} ghi {written} nhưng danh sách có {listed} {unit}. Hãy sửa số hoặc danh sách."
    )
    return [Problem(key, message, (key, of))]


def ended_level_problems(named: Iterable[tuple[str, str]], *, rules: RuleProfile) -> list[Problem]:
    """District federations named for work to come after their level ended (law from 01/7/2025)."""
    if rules.district_level:
        return []
    return [
        Problem(
            "district_level",
            f"Tại ngày văn bản không còn cấp liên đoàn lao động huyện ({rules.law_key}): “{text}”. "
            f"Hãy ghi {rules.upper_union} tại ngày văn bản.",
            (key,),
        )
        for key, text in named
        if _DISTRICT in fold(text) or _SHORT_DISTRICT in fold(text)
    ]
