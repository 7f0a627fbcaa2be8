"""Rules of congresses, conferences and their elections on a date; the facts are in profiles.toml. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.errors import Problem
from core.numbers import format_count
from core.profiles import rules_row
from docgen.kinds.base import Data
from docgen.kinds.common import number


@dataclass(frozen=True, slots=True)
class CongressRules:
    """``quorum``: least share of those summoned; ``elected_over``: the share of ballots collected to exceed.

    From ``delegates_from`` members on delegates may meet instead of all members.
    """

    key: str
    quorum: Fraction
    elected_over: Fraction
    delegates_from: int
    candidates_may_count: bool


def congress_rules(on: date | None) -> CongressRules:
    """The rules in force on a date (without one: the newest)."""
    row = rules_row("congress", on)
    return CongressRules(
        key=str(row["key"]),
        quorum=_share(row["quorum"]),
        elected_over=_share(row["elected_over"]),
        delegates_from=int(str(row["delegates_from"])),
        candidates_may_count=bool(row["candidates_may_count"]),
    )


def symbol_tail(organ: str, on: date | None) -> str:
    """``ĐH`` of a congress, ``BKP`` of a counting board: the abbreviation in its symbols on a date."""
    return str(rules_row("congress_symbols", on)[organ])


def _share(value: object) -> Fraction:
    if not isinstance(value, list):
        raise TypeError("profiles.toml: a share is [parts, of parts]")
    return Fraction(int(value[0]), int(value[1]))


def attendance_problems(data: Data, *, rules: CongressRules) -> list[Problem]:
    """Not more present than summoned, and enough of them (Điều lệ Điều 10 k1)."""
    summoned, present = number(data, "summoned"), number(data, "present")
    if summoned is None or present is None:
        return []
    if present > summoned:
        message = f"Số người có mặt ({present}) lớn hơn số người được triệu tập ({summoned})."
        return [Problem("present_over_summoned", message, ("present", "summoned"))]
    if present < rules.quorum * summoned:
        share = f"{rules.quorum.numerator}/{rules.quorum.denominator}"
        message = (
            f"Có mặt {present}/{summoned} người, chưa đủ {share} số người được triệu tập: không đủ điều kiện "
            "tiến hành. Hãy kiểm tra lại số liệu."
        )
        return [Problem("no_quorum", message, ("present", "summoned"))]
    return []


def of_whole(part: int, whole: int) -> str:
    """``11/12``, both padded below ten: ``04/04``."""
    return f"{format_count(part)}/{format_count(whole)}"
