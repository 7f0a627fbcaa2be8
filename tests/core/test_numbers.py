from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.money import format_money, money_in_words, parse_money
from core.numbers import (
    WORDS_LIMIT,
    count_with_words,
    format_count,
    format_decimal,
    format_integer,
    format_percent,
    from_roman,
    parse_count,
    parse_decimal,
    parse_fraction,
    parse_integer,
    parse_percent,
    read_words,
    to_roman,
    to_words,
)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2024, "hai nghìn không trăm hai mươi tư"),
        (10_000, "mười nghìn"),
        (100_000, "một trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (5_005_000_000_000, "năm nghìn không trăm linh năm tỷ"),
    ],
)
def test_words(n: int, words: str) -> None:
    assert to_words(n) == words
    assert read_words(words) == n


@given(st.integers(0, WORDS_LIMIT - 1))
def test_words_are_read_back(n: int) -> None:
    assert read_words(to_words(n)) == n
    assert read_words(to_words(n).replace("nghìn", "ngàn").replace("linh", "lẻ").upper()) == n


@given(st.integers(0, 14), st.integers(1, 99))
def test_words_of_numbers_with_zero_groups_are_read_back(zeros: int, n: int) -> None:
    number = n * 10**zeros % WORDS_LIMIT
    assert read_words(to_words(number)) == number
    assert read_words(to_words(10**14 + number % 10**14)) == 10**14 + number % 10**14


@pytest.mark.parametrize("n", [-1, WORDS_LIMIT])
def test_no_words_outside_the_range(n: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        to_words(n)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("hai tư", 24),
        ("hai mươi bốn", 24),
        ("hai mươi nhăm", 25),
        ("bẩy mươi bẩy", 77),
        ("một trăm lẻ bốn", 104),
        ("ba triệu rưỡi", 3_500_000),
        ("Một tỉ, năm trăm triệu.", 1_500_000_000),
        ("một nghìn lẻ năm", 1005),
    ],
)
def test_variants_of_words(text: str, n: int) -> None:
    assert read_words(text) == n


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mươi",
        "nghìn",
        "năm năm",
        "hai hai",
        "hai mươi mười",
        "một trăm trăm",
        "mười nghìn nghìn",
    ],
)
def test_what_is_no_number_in_words(text: str) -> None:
    with pytest.raises(Unreadable):
        read_words(text)


@given(st.integers(-(10**17), 10**17))
def test_integers(n: int) -> None:
    assert parse_integer(format_integer(n)) == n
    assert parse_integer(f"{n:,}") == n


def test_integer_forms() -> None:
    assert format_integer(1234567) == "1.234.567"
    assert [parse_integer(t) for t in ("1.234", "1 234", "05", "-3", "0")] == [1234, 1234, 5, -3, 0]
    for bad in ("12,5", "1.23", "1.234,567", "x", "", "1" * 30):
        with pytest.raises(Unreadable):
            parse_integer(bad)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_decimals(value: Decimal) -> None:
    assert parse_decimal(format_decimal(value)) == value
    assert parse_percent(format_percent(value)) == value


def test_decimal_forms() -> None:
    assert format_decimal(Decimal("1234.50")) == "1.234,5"
    assert format_decimal(Decimal("12.345"), places=2) == "12,35"
    assert format_decimal(Decimal("-0.5")) == "-0,5"
    assert format_decimal(100, places=1) == "100,0"
    assert format_percent(Decimal("12.5")) == "12,5%"
    assert parse_percent("12.5 %") == parse_percent("12,5%") == Decimal("12.5")
    assert parse_decimal("1,234.5") == parse_decimal("1.234,5") == Decimal("1234.5")
    assert parse_decimal("1.234") == 1234
    with pytest.raises(Unreadable):
        parse_decimal("12,5,3")


@given(st.integers(0, 10**12))
def test_counts(n: int) -> None:
    assert parse_count(format_count(n)) == n
    assert parse_count(count_with_words(n)) == n


def test_count_forms() -> None:
    assert (format_count(5), format_count(12), format_count(0)) == ("05", "12", "00")
    assert count_with_words(3) == "03 (ba)"
    assert parse_count("03 (ba) đồng chí") == 3
    assert parse_count("01 CĐCS") == 1
    assert parse_fraction("11/12") == (11, 12)
    with pytest.raises(Unreadable, match="không khớp"):
        parse_count("03 (bốn)")
    with pytest.raises(Unreadable):
        parse_fraction("3/0")


@given(st.integers(1, 3999))
def test_roman(n: int) -> None:
    assert from_roman(to_roman(n)) == from_roman(to_roman(n).lower()) == n


def test_roman_spelling_is_strict() -> None:
    assert to_roman(2024) == "MMXXIV"
    for bad in ("IIII", "IM", "", "A", "VX"):
        with pytest.raises(Unreadable):
            from_roman(bad)
    with pytest.raises(ValueError, match="no Roman"):
        to_roman(0)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500.000 đồng", 1_500_000),
        ("1.500.000đ", 1_500_000),
        ("1.500.000 VNĐ", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1500000", 1_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5 triệu", 1_500_000),
        ("1tr5", 1_500_000),
        ("1tr500", 1_500_000),
        ("1tr05", 1_050_000),
        ("1 tỷ 500 triệu", 1_500_000_000),
        ("1,25 tỷ đồng", 1_250_000_000),
        ("5 triệu 200 nghìn đồng", 5_200_000),
        ("500k", 500_000),
        ("1.500 đồng", 1500),
        ("700.000 đồng/suất", 700_000),
        ("(Bằng chữ: Một triệu năm trăm nghìn đồng)", 1_500_000),
    ],
)
def test_money_forms(text: str, amount: int) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize("text", ["1.500", "1,500", "1.500 triệu"])
def test_ambiguous_money_is_asked_about(text: str) -> None:
    with pytest.raises(Unreadable, match="nhiều cách") as caught:
        parse_money(text)
    assert caught.value.code == "ambiguous"


@pytest.mark.parametrize("text", ["", "VNĐ", "nhiều", "1 triệu 2 tỷ", "12 con"])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_money(text)


@given(st.integers(0, WORDS_LIMIT - 1))
def test_money_both_ways(n: int) -> None:
    assert parse_money(format_money(n)) == n
    assert parse_money(money_in_words(n)) == n


def test_money_in_words() -> None:
    assert money_in_words(1_500_000) == "Một triệu năm trăm nghìn đồng"
