"""Dates as Vietnamese papers write them, with month and year precision (domain brief §4.0.2, §6.3).

The day comes first, always: 05/03/2026 is 5 March. `read_date` tells what was doubtful; `parse_date` is
the short way.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from core.errors import Unreadable
from core.letters import fold, strip_leaders
from core.numbers import from_roman, read_words

#: Years a date of this office can have; outside, the text is refused as a slip.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: Two-digit years up to this one are of this century: 2/5/24 is 2024, 2/5/85 is 1985.
CENTURY_PIVOT = 30
_BLANK = " " * 6
#: The dates of a batch repeat, and each is read for the check and again for the paper.
_REMEMBERED = 4096
_ISO_LENGTH = len("2024-05-02")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month, the quarter or the year. Raises Unreadable if impossible.

    Has no order of its own: compare `first_day` or `last_day`.
    """

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    def __post_init__(self) -> None:
        _refuse_impossible(self)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The full date."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """``2024-05-02``, ``2024-05``, ``2024-Q2`` or ``2024`` (contract §4, §5)."""
        if self.quarter is not None:
            return f"{self.year:04d}-Q{self.quarter}"
        parts = (self.year, self.month, self.day)
        return "-".join(
            f"{p:0{4 if at == 0 else 2}d}" for at, p in enumerate(parts) if p is not None
        )

    @property
    def exact(self) -> date | None:
        """The calendar date when known to the day, else None."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def first_day(self) -> date:
        """First day it can mean: 1985 -> 1 January 1985."""
        month = self.month or (3 * (self.quarter or 1) - 2)
        return date(self.year, month, self.day or 1)

    @property
    def last_day(self) -> date:
        """Last day it can mean: 1985 -> 31 December 1985."""
        month = self.month or 3 * (self.quarter or 4)
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return self.iso


def _refuse_impossible(d: PartialDate) -> None:
    if not FIRST_YEAR <= d.year <= LAST_YEAR:
        raise Unreadable(
            f"Năm {d.year} nằm ngoài khoảng {FIRST_YEAR}-{LAST_YEAR}.", code="bad_date"
        )
    if d.quarter is not None:
        if d.month is not None or d.day is not None or not 1 <= d.quarter <= 4:
            raise Unreadable(f"Không có quý {d.quarter}.", code="bad_date")
        return
    if d.month is None:
        if d.day is not None:
            raise Unreadable("Có ngày mà thiếu tháng.", code="bad_date")
        return
    if not 1 <= d.month <= 12:
        raise Unreadable(f"Không có tháng {d.month}.", code="bad_date")
    if d.day is not None and not 1 <= d.day <= calendar.monthrange(d.year, d.month)[1]:
        raise Unreadable(f"Không có ngày {d.day}/{d.month}/{d.year}.", code="bad_date")


# --- writing -----------------------------------------------------------------------------------------


def format_month(month: int) -> str:
    """Months 1 and 2 are padded, 3 to 12 are not (ND30 PL I II.4b)."""
    return f"0{month}" if month in {1, 2} else str(month)


def format_long(d: date) -> str:
    """``ngày 02 tháng 5 năm 2024`` (ND30 PL I II.4b: day below 10 padded, months 1 and 2 padded)."""
    return f"ngày {d.day:02d} tháng {format_month(d.month)} năm {d.year}"


def format_short(d: date) -> str:
    """``02/5/2024``, padded like the long form (domain brief §4.0.2)."""
    return f"{d.day:02d}/{format_month(d.month)}/{d.year}"


def format_blank(month: int | None = None, year: int | None = None) -> str:
    """Date line of a draft, the day left open: ``ngày      tháng 5 năm 2024`` (ND30 Điều 15 k2).

    A month or year not yet known stays open too.
    """
    month_text = _BLANK if month is None else f" {format_month(month)} "
    year_text = _BLANK.rstrip() if year is None else f" {year}"
    return f"ngày{_BLANK}tháng{month_text}năm{year_text}"


def format_partial(d: PartialDate) -> str:
    """As printed in a table: ``02/5/2024``, ``5/2024``, ``quý II/2024``, ``2024``."""
    if d.quarter is not None:
        return f"quý {'I' * d.quarter if d.quarter < 4 else 'IV'}/{d.year}"
    if d.month is None:
        return str(d.year)
    if d.day is None:
        return f"{format_month(d.month)}/{d.year}"
    return format_short(date(d.year, d.month, d.day))


# --- reading -----------------------------------------------------------------------------------------


class DateFlag(StrEnum):
    """What a person should look at although the date could be read."""

    TWO_DIGIT_YEAR = "two_digit_year"
    US_ORDER = "us_order"  # month before day: 5/14/2024
    FIRST_OF_JANUARY = "first_of_january"  # as a birth date often only a filler


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date read from text, and what was doubtful about it."""

    value: PartialDate
    flags: frozenset[DateFlag] = frozenset()


_MONTH_NAMES = {"giêng": 1, "chạp": 12, "tư": 4}
# Optional place before the date: "Lai Châu, ngày ..."; "Hôm nay, ngày ..."; "sinh ngày ..."
_LEAD = re.compile(
    r"^(?:[^\d,;]{1,60},\s*(?=ngày|tháng|quý|quí|năm))?(?:(?:sinh|cấp|vào)\s+(?=\d|ngày|tháng|năm))?"
)
_TAIL = re.compile(r"[\s.,;:)/]+$")
_TIME_TAIL = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?(?:z|\+00:00)?$")
_LONG = re.compile(
    r"^(?:ngày\b[\s,.]*)?(?:mùng |mồng )?(?P<day>.*?)[\s,.]*\btháng\b\s*(?P<month>.*?)"
    r"[\s,.]*\bnăm\s+(?P<year>(?!năm\b)\S.*)$"
)
_NUMERIC = re.compile(r"^(?:ngày\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2}|\d{4})$")
_ISO = re.compile(r"^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$")
_DAY_THEN_MONTH_YEAR = re.compile(r"^ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_MONTH = re.compile(r"^(?:tháng\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_QUARTER = re.compile(
    r"^(?:quý|quí)\s*(?P<quarter>[ivx]+|[1-9])\s*(?:[/\-,]|năm|/\s*năm)?\s*(?P<year>\d{4})$"
)
_ISO_QUARTER = re.compile(r"^(\d{4})-q(\d)$")
_YEAR = re.compile(r"^(?:năm\s*)?(\d{4})$")
_OPEN_YEAR = re.compile(r"^(?:ngày|tháng|năm|[\s/.\-,])+(?P<year>\d{4})$")
_OPEN_DAY = re.compile(r"^(?:ngày)?[\s/.\-]+(\d{1,2})\s*[/.\-]\s*(\d{4})$")


def _number(text: str, what: str) -> int:
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if what == "tháng" and text in _MONTH_NAMES:
        return _MONTH_NAMES[text]
    try:
        return read_words(text)
    except Unreadable as error:
        raise Unreadable(f"Không đọc được {what} “{text}”.", code="bad_date") from error


def _century(year: int, pivot: int) -> int:
    return year + (2000 if year <= pivot else 1900)


def _from_numbers(day: int, month: int, year_text: str, pivot: int) -> DateReading:
    flags: set[DateFlag] = set()
    year = int(year_text)
    if len(year_text) == 2:
        year = _century(year, pivot)
        flags.add(DateFlag.TWO_DIGIT_YEAR)
    if month > 12 >= day > 0:
        day, month = month, day
        flags.add(DateFlag.US_ORDER)
    if day == 0 or month == 0:  # 00/00/1985: known to the year only
        return DateReading(PartialDate(year, month or None), frozenset(flags))
    if (day, month) == (1, 1):
        flags.add(DateFlag.FIRST_OF_JANUARY)
    return DateReading(PartialDate(year, month, day), frozenset(flags))


def _long(day_text: str, month_text: str, year_text: str, pivot: int) -> DateReading:
    year_text = re.sub(r"\s+nay$", "", year_text)
    year = _number(year_text, "năm")
    shown = f"{year:02d}" if year < 100 else f"{year:04d}"
    if not month_text:
        if day_text:
            raise Unreadable("Có ngày mà thiếu tháng.", code="bad_date")
        return DateReading(PartialDate(year))
    month = _number(month_text, "tháng")
    if not day_text:
        return DateReading(PartialDate(year, month))
    day = _number(day_text, "ngày")
    if month > 12:  # in words or with `ngày ... tháng ...` the order is never American
        raise Unreadable(f"Không có tháng {month}.", code="bad_date")
    return _from_numbers(day, month, shown, pivot)


def _match_day(text: str, pivot: int) -> DateReading | None:
    if m := _NUMERIC.match(text):
        return _from_numbers(int(m[1]), int(m[2]), m[3], pivot)
    if m := _ISO.match(text):
        return DateReading(PartialDate(int(m[1]), int(m[2]), int(m[3])))
    if m := _DAY_THEN_MONTH_YEAR.match(text):
        return _from_numbers(int(m[1]), int(m[2]), m[3], pivot)
    if m := _LONG.match(text):
        return _long(m["day"], m["month"], m["year"], pivot)
    return None


def _match_partial(text: str) -> PartialDate | None:
    if m := _MONTH.match(text) or _OPEN_DAY.match(text):
        return PartialDate(int(m[2]), int(m[1]))
    if m := _ISO_MONTH.match(text):
        return PartialDate(int(m[1]), int(m[2]))
    if m := _QUARTER.match(text):
        quarter = m["quarter"]
        return PartialDate(
            int(m["year"]), quarter=int(quarter) if quarter.isdecimal() else from_roman(quarter)
        )
    if m := _ISO_QUARTER.match(text):
        return PartialDate(int(m[1]), quarter=int(m[2]))
    if m := _YEAR.match(text) or _OPEN_YEAR.match(text):
        return PartialDate(int(m[1]))
    return None


@lru_cache(_REMEMBERED)
def read_date(text: str, *, pivot: int = CENTURY_PIVOT) -> DateReading:
    """Read one date in any form of domain brief §6.3.

    ``02/5/2024``, ``2-5-2024``, ``02.5.2024``, ``2/5/24`` (flagged), ``5/14/2024`` (flagged),
    ``Lai Châu, ngày 02 tháng 5 năm 2024``, months and whole dates in words, ``tháng 5/2024``,
    ``quý II/2024``, ``năm 1985``, a blank day, ISO forms. Raises Unreadable with the reason (code
    ``bad_date`` for an impossible date such as 30/02).
    """
    line = strip_leaders(text)
    key = _TIME_TAIL.sub("", _TAIL.sub("", fold(line)))
    key = _LEAD.sub("", key)
    if not key:
        raise Unreadable("Chưa ghi ngày tháng.", code="empty")
    reading = _match_day(key, pivot)
    if reading is not None:
        return reading
    partial = _match_partial(key)
    if partial is None:
        raise Unreadable(f"Không đọc được ngày tháng “{line}”.")
    return DateReading(partial)


def parse_date(text: str, *, pivot: int = CENTURY_PIVOT) -> date | PartialDate:
    """The date of `read_date`: a ``date`` when known to the day, else a PartialDate. Inverse of `format_long`.

    Raises Unreadable (a ValueError).
    """
    return _iso_day(text) or _parse(text, pivot)


def _parse(text: str, pivot: int) -> date | PartialDate:
    value = read_date(text, pivot=pivot).value
    return value.exact or value


def _iso_day(text: str) -> date | None:
    """The day of a plain ``2024-05-02``, as data hold it; anything else is for `read_date`."""
    if len(text) != _ISO_LENGTH or text[4] != "-" or text[7] != "-":
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


_EXCEL_EPOCH, _EXCEL_EPOCH_1904 = date(1899, 12, 31), date(1904, 1, 1)


def from_excel_serial(serial: float, *, base_1904: bool = False) -> date:
    """Date of a spreadsheet serial number; the time of day is dropped.

    Serial 60 is the 29 February 1900 that never was. Raises Unreadable for it and outside the years.
    """
    days = int(serial)
    if base_1904:
        start, offset = _EXCEL_EPOCH_1904, days
    else:
        start, offset = _EXCEL_EPOCH, days - (1 if days > 60 else 0)
    if days < 1 or days > 110_000 or (days == 60 and not base_1904):
        raise Unreadable(f"Số {serial:g} không phải là ngày của bảng tính.", code="bad_date")
    return start + timedelta(days=offset)


# --- counting ----------------------------------------------------------------------------------------


def add_months(d: date, months: int) -> date:
    """The same day ``months`` later (earlier if negative), or the last day of a shorter month."""
    at = d.year * 12 + d.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(d.day, calendar.monthrange(year, month + 1)[1]))


def is_working_day(
    d: date, holidays: Collection[date] = (), *, extra_working_days: Collection[date] = ()
) -> bool:
    """Monday to Friday and no holiday; ``extra_working_days`` are the Saturdays worked in exchange."""
    if d in extra_working_days:
        return True
    return d.weekday() < calendar.SATURDAY and d not in holidays


def add_working_days(
    d: date, n: int, holidays: Collection[date] = (), *, extra_working_days: Collection[date] = ()
) -> date:
    """The n-th working day after ``d`` (before, if negative); ``d`` itself is not counted, 0 gives ``d``."""
    step = timedelta(days=1 if n >= 0 else -1)
    left = abs(n)
    while left:
        d += step
        if is_working_day(d, holidays, extra_working_days=extra_working_days):
            left -= 1
    return d
