from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.identifiers import (
    IdKind,
    TaxCodeKind,
    mask_id,
    parse_tax_code,
    read_id_number,
    read_tax_code,
)
from core.phones import mask_phone, parse_phones, read_phones

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code(stem: int) -> str | None:
    digits = f"62{stem:07d}"
    check = 10 - sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
    return None if check == 10 else f"{digits}{check}"


@given(st.integers(1, 9_999_999), st.integers(1, 999))
def test_check_digit(stem: int, branch: int) -> None:
    code = tax_code(stem)
    if code is None:
        for last in range(10):
            with pytest.raises(Unreadable):
                parse_tax_code(f"62{stem:07d}{last}")
        return
    assert parse_tax_code(code) == code
    assert parse_tax_code(f"{code}-{branch:03d}") == f"{code}-{branch:03d}"
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    with pytest.raises(Unreadable, match="chữ số kiểm tra"):
        parse_tax_code(wrong)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("6299900012", "6299900012", TaxCodeKind.ENTERPRISE),
        ("62 999 000 12", "6299900012", TaxCodeKind.ENTERPRISE),
        ("MST: 6299900012", "6299900012", TaxCodeKind.ENTERPRISE),
        ("Mã số thuế 6299900012", "6299900012", TaxCodeKind.ENTERPRISE),
        ("6299900012.0", "6299900012", TaxCodeKind.ENTERPRISE),
        ("6299900012.001", "6299900012-001", TaxCodeKind.BRANCH),
        ("6299900012 - 001", "6299900012-001", TaxCodeKind.BRANCH),
        ("'0100109106", "0100109106", TaxCodeKind.ENTERPRISE),
        ("012085000123", "012085000123", TaxCodeKind.PERSONAL),
    ],
)
def test_tax_code_forms(text: str, value: str, kind: TaxCodeKind) -> None:
    found = read_tax_code(text)
    assert (found.value, found.kind, found.warnings) == (value, kind, ())


def test_tax_code_with_its_zero_lost() -> None:
    found = read_tax_code("100109106")
    assert found.value == "0100109106"
    assert "số 0" in found.warnings[0]


@pytest.mark.parametrize(
    "text",
    ["", "629990001", "6299900013", "6299900012-000", "0012345678", "62999000I2", "0000000000"],
)
def test_bad_tax_codes(text: str) -> None:
    with pytest.raises(Unreadable):
        read_tax_code(text)


def test_twelve_digits_only_where_persons_may_stand() -> None:
    with pytest.raises(Unreadable):
        read_tax_code("012085000123", allow_personal=False)


def test_personal_number_tells_province_gender_and_year() -> None:
    found = read_id_number("Số CCCD: 012 185 000 123", gender="female", birth_year=1985)
    assert found.value == "012185000123"
    assert (found.kind, found.province) == (IdKind.PERSONAL, "Lai Châu")
    assert (found.gender, found.birth_year, found.warnings) == ("female", 1985, ())
    young = read_id_number("012203000123")
    assert (young.gender, young.birth_year) == ("male", 2003)


def test_disagreement_is_a_warning() -> None:
    found = read_id_number("012085000123", gender="female", birth_year=1990)
    assert found.warnings == (
        "Theo số căn cước thì giới tính là nam.",
        "Theo số căn cước thì năm sinh là 1985.",
    )
    assert read_id_number("003085000123").warnings == ("Không có mã tỉnh 003 ở đầu số căn cước.",)
    assert read_id_number("139085000123").warnings == ()  # a country code


def test_old_cards_and_lost_zeros() -> None:
    assert read_id_number("045000123").kind is IdKind.OLD_CARD
    assert read_id_number("045000123", on=date(2024, 12, 31)).warnings == ()
    assert "01/01/2025" in read_id_number("045000123", on=date(2025, 1, 1)).warnings[0]
    assert read_id_number("12085000123").value == "012085000123"
    assert read_id_number("1085000123").value == "001085000123"
    assert read_id_number("45000123").value == "045000123"


@pytest.mark.parametrize("text", ["", "12345", "0120850001234", "01208500O123"])
def test_bad_id_numbers(text: str) -> None:
    with pytest.raises(Unreadable):
        read_id_number(text)


def test_masks() -> None:
    assert mask_id("012085000123") == "•••••••••123"
    assert mask_id("12") == "••"
    assert mask_phone("0912000345; 02133876543") == "•••••••345; ••••••••543"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0912000345", "0912000345"),
        ("+84 912 000 345", "0912000345"),
        ("84912000345", "0912000345"),
        ("(+84) 0912.000.345", "0912000345"),
        ("0912-000-345", "0912000345"),
        ("912000345", "0912000345"),
        ("912000345.0", "0912000345"),
        ("ĐT: 0912000345 (chị Ín)", "0912000345"),
        ("0912.000.345 / 0213 3876 543", "0912000345; 02133876543"),
        ("0912000345-0987000321", "0912000345; 0987000321"),
        ("0912000345 0987000321", "0912000345; 0987000321"),
        ("0213.3876543 - 0912000345", "02133876543; 0912000345"),
        ("0912000345; 0912 000 345", "0912000345"),
        ("2133876543", "02133876543"),
        ("01230004567", "0830004567"),
        ("0168 000 4567", "0380004567"),
        ("1680004567", "0380004567"),
        ("0912000345 máy lẻ 12", "0912000345"),
        ("1900 1234", "19001234"),
    ],
)
def test_phones(text: str, value: str) -> None:
    assert parse_phones(text) == value
    assert parse_phones(value) == value


@pytest.mark.parametrize("text", ["", "123", "0912", "0412000345", "0912000345/79", "không", "-"])
def test_bad_phones(text: str) -> None:
    with pytest.raises(Unreadable):
        read_phones(text)


mobiles = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)


@given(
    st.lists(mobiles, min_size=1, max_size=3, unique=True),
    st.sampled_from(["; ", "/", " - ", ", "]),
)
def test_several_phones(numbers: list[str], separator: str) -> None:
    assert read_phones(separator.join(numbers)) == tuple(numbers)
    international = separator.join(f"+84 {n[1:4]} {n[4:7]} {n[7:]}" for n in numbers)
    assert read_phones(international) == tuple(numbers)
