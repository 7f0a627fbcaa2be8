from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.test import override_settings
from django.utils import formats, translation

from core.dates import format_short


@pytest.fixture(autouse=True)
def _vietnamese() -> object:
    formats.reset_format_cache()
    with translation.override("vi"):
        yield
    formats.reset_format_cache()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/03/2026", date(2026, 3, 5)),
        ("25/03/2026", date(2026, 3, 25)),
        ("5/3/2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("05-03-2026", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("ngày 05 tháng 3 năm 2026", date(2026, 3, 5)),
    ],
)
def test_dates_are_day_first(text: str, day: date) -> None:
    assert forms.DateField().clean(text) == day
    assert forms.DateField(localize=True).clean(text) == day


@pytest.mark.parametrize("text", ["03/25/2026", "30/02/2026", "05/03/26"])
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(text)


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 3, 5), date(2026, 12, 25)])
def test_printed_dates_can_be_typed_back(day: date) -> None:
    for text in (
        formats.date_format(day, "SHORT_DATE_FORMAT"),
        formats.date_format(day),
        format_short(day),
    ):
        assert forms.DateField().clean(text) == day
    assert formats.localize_input(day) == day.strftime("%d/%m/%Y")


def test_long_date() -> None:
    assert formats.date_format(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"
    assert formats.date_format(date(2026, 3, 5), "YEAR_MONTH_FORMAT") == "tháng 3/2026"


def test_times() -> None:
    assert forms.TimeField().clean("8h30") == time(8, 30)
    assert forms.TimeField().clean("08:30") == time(8, 30)
    assert forms.TimeField().clean("14 giờ 00 phút") == time(14)
    moment = datetime(2026, 3, 5, 14, 30)  # noqa: DTZ001 - formatting only
    assert formats.date_format(moment, "DATETIME_FORMAT") == "14:30 05/03/2026"


def test_decimals_with_a_comma() -> None:
    assert formats.number_format(Decimal("1234.5"), force_grouping=True) == "1.234,5"
    assert forms.DecimalField(localize=True).clean("1234,5") == Decimal("1234.5")
    with override_settings(USE_THOUSAND_SEPARATOR=True):
        assert forms.DecimalField(localize=True).clean("1.234,5") == Decimal("1234.5")
        assert forms.IntegerField(localize=True).clean("1.000") == 1000
