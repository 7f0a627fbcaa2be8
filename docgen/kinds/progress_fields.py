"""How far units are with their quota: rows, rates, and how papers print them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from core.numbers import format_count, format_decimal
from docgen.kinds.campaign_fields import count

Row = Mapping[str, object]


def rate(done: int, target: int) -> Decimal | None:
    """Percent of the target with one decimal, halves up; None without a target."""
    if target <= 0:
        return None
    return (Decimal(done) * 100 / target).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def rate_text(done: int, target: int) -> str:
    """``32,6``; ``-`` without a target. Columns say % in their heading."""
    found = rate(done, target)
    return "-" if found is None else format_decimal(found)


def percent_text(done: int, target: int) -> str:
    """``32,6%`` for a sentence; empty without a target."""
    found = rate(done, target)
    return "" if found is None else f"{format_decimal(found)}%"


def reached_text(done: int, target: int) -> str:
    """``, đạt 32,6% chỉ tiêu năm (95)``, to follow a count; empty without a target."""
    percent = percent_text(done, target)
    return f", đạt {percent} chỉ tiêu ({format_count(target)})" if percent else ""


def sums(rows: list[Row], keys: tuple[str, ...]) -> dict[str, int]:
    """The totals row of a table."""
    return {key: sum(count(row, key) for row in rows) for key in keys}
