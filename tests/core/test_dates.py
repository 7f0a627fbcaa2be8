from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    DateFlag,
    PartialDate,
    add_months,
    add_working_days,
    format_blank,
    format_long,
    format_partial,
    format_short,
    from_excel_serial,
    parse_date,
    read_date,
)
from core.errors import Unreadable
from core.numbers import to_words
from core.periods import (
    Term,
    format_period,
    format_time,
    format_time_value,
    parse_period,
    parse_quarter,
    parse_term,
    parse_time,
    period_span,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2024, 5, 2), "ngày 02 tháng 5 năm 2024", "02/5/2024"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024", "31/01/2024"),
        (date(2024, 2, 9), "ngày 09 tháng 02 năm 2024", "09/02/2024"),
        (date(2024, 3, 10), "ngày 10 tháng 3 năm 2024", "10/3/2024"),
        (date(2023, 11, 24), "ngày 24 tháng 11 năm 2023", "24/11/2023"),
    ],
)
def test_writing(day: date, long: str, short: str) -> None:
    assert format_long(day) == long
    assert format_short(day) == short


def test_blank_day_of_a_draft() -> None:
    assert format_blank(5, 2024) == "ngày      tháng 5 năm 2024"
    assert format_blank(1, 2024) == "ngày      tháng 01 năm 2024"
    assert format_blank(year=2024) == "ngày      tháng      năm 2024"
    assert read_date(format_blank(5, 2024)).value == PartialDate(2024, 5)


@given(days)
def test_every_date_is_read_back(day: date) -> None:
    assert parse_date(format_long(day)) == day
    assert parse_date(format_short(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"Lai Châu, {format_long(day)}") == day
    assert parse_date(format_long(day).upper()) == day


@given(days)
def test_every_date_is_read_from_words(day: date) -> None:
    text = f"ngày {to_words(day.day)} tháng {to_words(day.month)} năm {to_words(day.year)}"
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2/5/2024", "2024-05-02"),
        ("02-05-2024", "2024-05-02"),
        ("02.5.2024", "2024-05-02"),
        ("05/03/2026", "2026-03-05"),
        ("ngày 2 tháng năm năm 2024", "2024-05-02"),
        ("ngày 2 tháng Giêng năm 2024", "2024-01-02"),
        ("ngày 5 tháng Chạp năm 2024", "2024-12-05"),
        ("ngày mùng 2 tháng Tư năm 2024", "2024-04-02"),
        ("ngày ....02.... tháng ...5... năm 2024", "2024-05-02"),
        ("Tam Đường, ngày 12 tháng 11 năm 2024.", "2024-11-12"),
        ("ngày 02 tháng 5/2024", "2024-05-02"),
        ("2024-05-02 00:00:00", "2024-05-02"),
        ("tháng 5/2024", "2024-05"),
        ("tháng 5 năm 2024", "2024-05"),
        ("tháng Năm năm 2024", "2024-05"),
        ("quý II/2024", "2024-Q2"),
        ("Quý 2 năm 2024", "2024-Q2"),
        ("02 tháng 5 năm 2024", "2024-05-02"),
        ("sinh ngày 02/5/1985", "1985-05-02"),
        ("Sinh năm 1985", "1985"),
        ("thứ Năm, ngày 02/5/2024", "2024-05-02"),
        ("năm 1985", "1985"),
        ("1985", "1985"),
        ("00/00/1985", "1985"),
        ("__/__/1985", "1985"),
        ("…/5/2024", "2024-05"),
        ("Lai Châu, ngày   tháng 5 năm 2024", "2024-05"),
        ("Lai Châu, ngày … tháng … năm 2024", "2024"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_forms_of_the_brief(text: str, iso: str) -> None:
    reading = read_date(text)
    assert reading.value.iso == iso
    assert reading.flags == frozenset()
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    ("text", "iso", "flag"),
    [
        ("2/5/24", "2024-05-02", DateFlag.TWO_DIGIT_YEAR),
        ("2/5/85", "1985-05-02", DateFlag.TWO_DIGIT_YEAR),
        ("5/14/2024", "2024-05-14", DateFlag.US_ORDER),
        ("01/01/1960", "1960-01-01", DateFlag.FIRST_OF_JANUARY),
    ],
)
def test_doubtful_dates_are_flagged(text: str, iso: str, flag: DateFlag) -> None:
    reading = read_date(text)
    assert (reading.value.iso, reading.flags) == (iso, frozenset((flag,)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30/02/2024", "Không có ngày 30/2/2024"),
        ("ngày 30 tháng 02 năm 2024", "Không có ngày 30/2/2024"),
        ("31/4/2024", "Không có ngày 31/4/2024"),
        ("29/02/2023", "Không có ngày 29/2/2023"),
        ("32/1/2024", "Không có ngày 32/1/2024"),
        ("13/13/2024", "Không có tháng 13"),
        ("ngày 5 tháng 14 năm 2024", "Không có tháng 14"),
        ("quý V/2024", "Không có quý 5"),
        ("2/5/1024", "Năm 1024"),
        ("2/5", "Không đọc được"),
        ("6 tháng đầu năm 2024", "Không đọc được"),
        ("5 tháng năm 2024", "thiếu tháng"),
        ("hôm qua", "Không đọc được"),
        ("", "Chưa ghi"),
        ("......", "Chưa ghi"),
    ],
)
def test_impossible_dates_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse_date(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    try:
        value = parse_date(text)
    except Unreadable:
        return
    assert isinstance(value, date | PartialDate)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PartialDate(2024, 5, 2), "02/5/2024"),
        (PartialDate(2024, 2), "02/2024"),
        (PartialDate(2024, quarter=4), "quý IV/2024"),
        (PartialDate(1985), "1985"),
    ],
)
def test_partial_dates_are_printed_and_read_back(value: PartialDate, text: str) -> None:
    assert format_partial(value) == text
    assert read_date(text).value == value


@given(days)
def test_what_a_partial_date_can_mean(day: date) -> None:
    quarter = PartialDate(day.year, quarter=(day.month + 2) // 3)
    for partial in (PartialDate(day.year), PartialDate(day.year, day.month), quarter):
        assert partial.first_day <= day <= partial.last_day
        assert partial.exact is None
    full = PartialDate.of(day)
    assert full.first_day == full.last_day == full.exact == day
    assert quarter.last_day == add_months(quarter.first_day, 2).replace(day=quarter.last_day.day)


def test_spreadsheet_serials() -> None:
    assert from_excel_serial(45414) == date(2024, 5, 2)
    assert from_excel_serial(45414.75) == date(2024, 5, 2)
    assert from_excel_serial(59) == date(1900, 2, 28)
    assert from_excel_serial(61) == date(1900, 3, 1)
    assert from_excel_serial(43952, base_1904=True) == date(2024, 5, 2)
    for bad in (0, -3, 60, 10**9):
        with pytest.raises(Unreadable):
            from_excel_serial(bad)


def test_adding() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)
    assert add_months(date(2024, 5, 2), 12) == date(2025, 5, 2)
    friday = date(2024, 4, 26)
    holidays = {date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}
    assert add_working_days(friday, 1) == date(2024, 4, 29)
    assert add_working_days(friday, 1, holidays) == date(2024, 5, 2)
    assert add_working_days(date(2024, 5, 2), -1, holidays) == friday
    assert add_working_days(friday, 0) == friday
    swapped = add_working_days(friday, 1, holidays, extra_working_days={date(2024, 4, 27)})
    assert swapped == date(2024, 4, 27)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14 giờ 00 phút", "14:00"),
        ("14h00'", "14:00"),
        ("14h", "14:00"),
        ("8h30", "08:30"),
        ("14g30", "14:30"),
        ("08:30", "08:30"),
        ("08 giờ 00’", "08:00"),
        ("hồi 16 giờ 30 phút cùng ngày", "16:30"),
        ("2 giờ chiều", "14:00"),
        ("8 giờ rưỡi", "08:30"),
        ("tám giờ ba mươi phút", "08:30"),
    ],
)
def test_times(text: str, value: str) -> None:
    assert format_time_value(parse_time(text)) == value


@given(st.times())
def test_times_are_read_back(t: time) -> None:
    t = t.replace(second=0, microsecond=0)
    assert parse_time(format_time(t)) == parse_time(format_time_value(t)) == t


@pytest.mark.parametrize("text", ["25h", "8h75", "trưa", ""])
def test_bad_times(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_time(text)


def test_terms() -> None:
    assert parse_term("Nhiệm kỳ 2024 – 2028") == Term(2024, 2028)
    assert str(parse_term("2024-2028")) == "2024-2028"
    assert Term(2024, 2028).printed == "2024 - 2028"
    for bad in ("2028-2024", "2024", "2024-2044"):
        with pytest.raises(Unreadable):
            parse_term(bad)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("2024-05", "tháng 5/2024"),
        ("2024-01", "tháng 01/2024"),
        ("2024-Q2", "quý II/2024"),
        ("2024-H1", "6 tháng đầu năm 2024"),
        ("2024-H2", "6 tháng cuối năm 2024"),
        ("2024-9M", "9 tháng năm 2024"),
        ("2024", "năm 2024"),
        ("2023-12-01/2024-05-31", "từ ngày 01/12/2023 đến ngày 31/5/2024"),
    ],
)
def test_periods(value: str, printed: str) -> None:
    assert format_period(value) == printed
    assert parse_period(printed) == parse_period(value) == parse_period(printed.upper()) == value


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-9M", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-12-01/2024-05-31", date(2023, 12, 1), date(2024, 5, 31)),
    ],
)
def test_days_of_a_period(value: str, first: date, last: date) -> None:
    assert period_span(value) == (first, last)


def test_bad_periods() -> None:
    for bad in ("2024-Q5", "tháng 5/2024", ""):
        with pytest.raises(Unreadable):
            period_span(bad)

    for bad in ("02/5/2024", "tháng", "2024-13", "31/5/2024 - 01/12/2023"):
        with pytest.raises(Unreadable):
            parse_period(bad)
    assert parse_quarter("quý III") == 3
