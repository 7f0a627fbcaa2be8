"""Proof that a series is whole: no gap, no number twice, no day that runs backwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.errors import Problem
from registry.models import NumberSeries, NumberState, OfficialNumber
from registry.series import SUFFIXES, SeriesRef, suffix_rank
from registry.series_rows import find_series


def check_series(series: SeriesRef) -> list[Problem]:
    """Everything that is wrong with a series; empty when it is whole or was never used."""
    row = find_series(series)
    if row is None:
        return []
    numbers = sorted(row.numbers.all(), key=lambda number: _order(number.number, number.suffix))
    return [
        *_missing(row, numbers),
        *_twice(numbers),
        *_letters(numbers),
        *_days(row, numbers),
        *_reasons(numbers),
    ]


def check_all(year: int | None = None) -> list[Problem]:
    """``check_series`` of every series, or of those of one year."""
    rows = NumberSeries.objects.all() if year is None else NumberSeries.objects.filter(year=year)
    return [
        problem
        for row in rows
        for problem in check_series(SeriesRef(row.org_id, row.key, row.year, row.direction))
    ]


def _order(number: int, suffix: str) -> tuple[int, int]:
    return number, suffix_rank(suffix) if suffix in SUFFIXES else len(SUFFIXES) + 1


def _missing(row: NumberSeries, numbers: Sequence[OfficialNumber]) -> Iterator[Problem]:
    wanted = set(range(row.first_number, row.next_number))
    present = {number.number for number in numbers if not number.suffix}
    for lost in sorted(wanted - present):
        yield Problem("number_missing", f"Dãy số {row} thiếu số {lost:02d}.", (str(lost),))
    for strange in sorted(present - wanted):
        yield Problem(
            "number_outside",
            f"Số {strange:02d} nằm ngoài dãy số {row} (từ {row.first_number} đến"
            f" {row.next_number - 1}).",
            (str(strange),),
        )


def _twice(numbers: Sequence[OfficialNumber]) -> Iterator[Problem]:
    for printed, times in Counter(str(number) for number in numbers).items():
        if times > 1:
            yield Problem("number_twice", f"Số {printed} được cấp {times} lần.", (printed,))


def _letters(numbers: Sequence[OfficialNumber]) -> Iterator[Problem]:
    """After 70 comes 70a, then 70b; no letter is left out."""
    places = Counter[int]()
    for number in numbers:
        rank = _order(number.number, number.suffix)[1]
        if rank != places[number.number]:
            yield Problem(
                "letter_out_of_order", f"Số {number} không theo thứ tự chữ cái.", (str(number),)
            )
        places[number.number] += 1


def _days(row: NumberSeries, numbers: Sequence[OfficialNumber]) -> Iterator[Problem]:
    for before, after in pairwise(numbers):
        if after.on < before.on:
            yield Problem(
                "date_backwards",
                f"Số {after} ngày {after.on:%d/%m/%Y} đứng sau số {before} ngày"
                f" {before.on:%d/%m/%Y}.",
                (str(before), str(after)),
            )
    for number in numbers:
        if number.on.year != row.year:
            yield Problem(
                "wrong_year",
                f"Số {number} ngày {number.on:%d/%m/%Y} không thuộc năm {row.year}.",
                (str(number),),
            )
    latest = max((number.on for number in numbers), default=None)
    if numbers and row.last_date != latest:
        yield Problem("last_date_wrong", f"Ngày mới nhất của dãy số {row} không khớp với các số.")


def _reasons(numbers: Sequence[OfficialNumber]) -> Iterator[Problem]:
    for number in numbers:
        told = number.reason or number.state == NumberState.IMPORTED
        if (number.suffix or number.state == NumberState.RESERVED) and not told:
            yield Problem(
                "reason_missing",
                f"Số {number} được giữ hoặc chèn mà không có lý do.",
                (str(number),),
            )
