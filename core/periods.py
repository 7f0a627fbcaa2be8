"""Times of day, terms of office and reporting periods, written and read (contract §4, §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from core.dates import PartialDate, add_months, format_partial, read_date
from core.errors import Unreadable
from core.letters import clean_line, fold, strip_leaders
from core.numbers import from_roman, read_words, to_roman

# --- times of day ------------------------------------------------------------------------------------

_TIME = re.compile(
    r"^(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{1,2})?\s*(?:phút|ph|p|['’′])?"
    r"(?:\s*:\s*\d{2})?\s*(?P<part>sáng|trưa|chiều|tối)?$"
)
_TIME_WORDS = re.compile(
    r"^(?P<hour>\S.*?)\s+giờ(?:\s+(?P<minute>\S.*?))?(?:\s+phút)?\s*(?P<part>sáng|trưa|chiều|tối)?$"
)
_TIME_LEAD = re.compile(r"^(?:vào\s+)?(?:hồi|lúc)\s+")
_TIME_TAIL = re.compile(r"[,\s]*(?:cùng ngày|ngày .*)?[\s.,;]*$")
_NOON = 12


def format_time(t: time) -> str:
    """``14 giờ 00 phút``; hours below ten padded."""
    return f"{t.hour:02d} giờ {t.minute:02d} phút"


def format_time_value(t: time) -> str:
    """``14:00``, the stored form."""
    return f"{t.hour:02d}:{t.minute:02d}"


def _time_number(text: str | None) -> int:
    if not text:
        return 0
    if text.isdecimal():
        return int(text)
    return 30 if text == "rưỡi" else read_words(text)


def parse_time(s: str) -> time:
    """Read ``14 giờ 00 phút``, ``14h00'``, ``14h``, ``8h30``, ``08:30``, ``hồi 16 giờ 30 phút cùng ngày``,
    ``2 giờ chiều``, ``tám giờ ba mươi phút``. Raises Unreadable.
    """
    line = strip_leaders(s)
    key = _TIME_TAIL.sub("", _TIME_LEAD.sub("", fold(line)))
    found = _TIME.match(key) or _TIME_WORDS.match(key)
    if found is None:
        raise Unreadable(f"Không đọc được giờ “{line}”.")
    hour, minute = _time_number(found["hour"]), _time_number(found["minute"])
    if found["part"] in {"chiều", "tối"} and hour < _NOON:
        hour += _NOON
    if hour > 23 or minute > 59:
        raise Unreadable(f"Không có giờ “{line}”.", code="bad_time")
    return time(hour, minute)


# --- terms -------------------------------------------------------------------------------------------

_TERM = re.compile(
    r"^(?:nhiệm kỳ|khóa [ivx]+,? nhiệm kỳ)?\s*:?\s*(\d{4})\s*(?:[-–—]|đến)\s*(\d{4})$"
)
_LONGEST_TERM = 10


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office from one year to another. ``str()`` is the value, ``2024-2028``."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    @property
    def printed(self) -> str:
        """``2024 - 2028``."""
        return f"{self.start} - {self.end}"


def parse_term(s: str) -> Term:
    """Read ``2024-2028``, ``2024 - 2028``, ``nhiệm kỳ 2024–2028``. Raises Unreadable."""
    line = clean_line(s)
    found = _TERM.match(fold(line).rstrip("."))
    if found is None:
        raise Unreadable(f"Không đọc được nhiệm kỳ “{line}”; hãy ghi như 2024-2028.")
    start, end = int(found[1]), int(found[2])
    if not 0 < end - start <= _LONGEST_TERM:
        raise Unreadable(f"Nhiệm kỳ “{line}” không hợp lý: từ {start} đến {end}.")
    return Term(start, end)


# --- periods -----------------------------------------------------------------------------------------

_PERIOD_VALUE = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?$")
_RANGE_VALUE = re.compile(r"^\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$")
#: First month and number of months of the parts of a year.
_MONTHS = {
    **{f"Q{quarter}": (3 * quarter - 2, 3) for quarter in range(1, 5)},
    "H1": (1, 6), "H2": (7, 6), "9M": (1, 9),
}  # fmt: skip
_PERIOD_LEAD = re.compile(r"^(?:kỳ báo cáo|báo cáo|kỳ)\s*:?\s*")
_HALF = re.compile(r"^(?:6|06|sáu) tháng (?P<half>đầu|cuối)(?: năm)?[\s/]*(?P<year>\d{4})$")
_HALF_PLAIN = re.compile(r"^(?:6|06|sáu) tháng(?: năm)?[\s/]+(?P<year>\d{4})$")
_NINE = re.compile(r"^(?:9|09|chín) tháng(?: đầu)?(?: năm)?[\s/]*(?P<year>\d{4})$")
_RANGE = re.compile(
    r"^(?:từ )?(?:ngày )?(?P<first>\S.*?)\s*(?:đến(?: hết)?|[-–—])\s*(?:ngày )?(?P<last>\S.*)$"
)


def _day(text: str) -> date:
    found = read_date(text).value.exact
    if found is None:
        raise Unreadable(f"Cần ghi đủ ngày, tháng, năm: “{text}”.")
    return found


def _range(first: str, last: str) -> str:
    start, end = _day(first), _day(last)
    if end < start:
        raise Unreadable(f"Khoảng thời gian ngược: {start.isoformat()} sau {end.isoformat()}.")
    return f"{start.isoformat()}/{end.isoformat()}"


def parse_period(s: str) -> str:
    """Read a reporting period to its value: ``2024-05``, ``2024-Q2``, ``2024-H1``, ``2024-9M``, ``2024`` or
    ``2023-12-01/2024-05-31``. Raises Unreadable.
    """
    line = clean_line(s)
    if _PERIOD_VALUE.match(line):
        return PartialDate(int(line)).iso if len(line) == 4 else line
    if _RANGE_VALUE.match(line):
        return _range(*line.split("/"))
    key = _PERIOD_LEAD.sub("", fold(strip_leaders(line)))
    if m := _HALF.match(key):
        return f"{m['year']}-H{1 if m['half'] == 'đầu' else 2}"
    if m := _HALF_PLAIN.match(key):
        return f"{m['year']}-H1"
    if m := _NINE.match(key):
        return f"{m['year']}-9M"
    try:
        found = read_date(key).value
    except Unreadable:
        m = _RANGE.match(key)
        if m is None:
            raise
        return _range(m["first"], m["last"])
    if found.day is not None:
        raise Unreadable(f"“{line}” là một ngày, không phải một kỳ báo cáo.")
    return found.iso


def format_period(value: str) -> str:
    """Print a period value: ``tháng 5/2024``, ``quý II/2024``, ``6 tháng đầu năm 2024``, ``9 tháng năm 2024``,
    ``năm 2024``, ``từ ngày 01/12/2023 đến ngày 31/5/2024``. Raises Unreadable for what is no period value.
    """
    if "/" in value:
        first, last = (date.fromisoformat(part) for part in parse_period(value).split("/"))
        return (
            f"từ ngày {format_partial(PartialDate.of(first))} "
            f"đến ngày {format_partial(PartialDate.of(last))}"
        )
    if not _PERIOD_VALUE.match(value):
        raise Unreadable(f"“{value}” không phải là mã kỳ báo cáo.")
    year, _, part = value.partition("-")
    if not part:
        return f"năm {year}"
    if part.startswith("Q"):
        return f"quý {to_roman(int(part[1]))}/{year}"
    if part.startswith("H"):
        return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
    if part == "9M":
        return f"9 tháng năm {year}"
    return f"tháng {format_partial(PartialDate(int(year), int(part)))}"


def period_span(value: str) -> tuple[date, date]:
    """First and last day of a period value: ``2024-Q2`` -> 1 April and 30 June 2024. Raises Unreadable."""
    if _RANGE_VALUE.match(value):
        first, last = parse_period(value).split("/")
        return date.fromisoformat(first), date.fromisoformat(last)
    if not _PERIOD_VALUE.match(value):
        raise Unreadable(f"“{value}” không phải là mã kỳ báo cáo.")
    year, _, part = value.partition("-")
    begins, months = _MONTHS.get(part, (int(part), 1) if part.isdigit() else (1, 12))
    first_day = date(int(year), begins, 1)
    return first_day, add_months(first_day, months) - timedelta(days=1)


def parse_quarter(s: str) -> int:
    """Read ``II``, ``quý 2`` to 2. Raises Unreadable."""
    key = re.sub(r"^(?:quý|quí)\s*", "", fold(s))
    number = int(key) if key.isdecimal() else from_roman(key)
    if not 1 <= number <= 4:
        raise Unreadable(f"Không có quý {number}.")
    return number
