from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.symbols import (
    DocumentCode,
    Grammar,
    find_codes,
    format_code,
    format_code_line,
    parse_code,
)


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("Số: 70 /KH-LĐLĐ", DocumentCode(70, "", "KH-LĐLĐ"), "70/KH-LĐLĐ"),
        ("7/QyĐ-LĐLĐ", DocumentCode(7, "", "QyĐ-LĐLĐ"), "07/QyĐ-LĐLĐ"),
        ("70a/QĐ-LĐLĐ", DocumentCode(70, "a", "QĐ-LĐLĐ"), "70a/QĐ-LĐLĐ"),
        ("132/QÐ-LÐLÐ", DocumentCode(132, "", "QĐ-LĐLĐ"), "132/QĐ-LĐLĐ"),
        ("342/LĐLĐ-TCKT", DocumentCode(342, "", "LĐLĐ-TCKT"), "342/LĐLĐ-TCKT"),
        ("04/LĐLĐ", DocumentCode(4, "", "LĐLĐ"), "04/LĐLĐ"),
        ("12/CSPL&QHLĐ", DocumentCode(12, "", "CSPL&QHLĐ"), "12/CSPL&QHLĐ"),
        ("02- NQ/TW", DocumentCode(2, "", "NQ/TW", grammar=Grammar.PARTY), "02-NQ/TW"),
        ("1799-CV/TU", DocumentCode(1799, "", "CV/TU", grammar=Grammar.PARTY), "1799-CV/TU"),
        (
            "Số: 01/2026/CV-CĐCS",
            DocumentCode(1, "", "CV-CĐCS", 2026, Grammar.YEAR_MIDDLE),
            "01/2026/CV-CĐCS",
        ),
        (
            "07/TTr-CĐCS/2024",
            DocumentCode(7, "", "TTr-CĐCS", 2024, Grammar.YEAR_END),
            "07/TTr-CĐCS/2024",
        ),
        (
            "50/2024/QH15",
            DocumentCode(50, "", "QH15", 2024, Grammar.YEAR_MIDDLE),
            "50/2024/QH15",
        ),
        ("Số:      /KH-LĐLĐ", DocumentCode(None, "", "KH-LĐLĐ"), "     /KH-LĐLĐ"),
        ("Số: ……/KH–LĐLĐ", DocumentCode(None, "", "KH-LĐLĐ"), "     /KH-LĐLĐ"),
    ],
)
def test_codes_met_in_practice(text: str, code: DocumentCode, printed: str) -> None:
    assert parse_code(text) == code
    assert str(code) == printed
    assert parse_code(printed) == code


numbers = st.integers(1, 99999)
suffixes = st.sampled_from(["", "a", "b", "đ"])
groups = st.sampled_from(
    ["KH", "QĐ", "TTr", "QyĐ", "LĐLĐ", "CĐCS", "TCKT", "CSPL&QHLĐ", "UV.BCH", "Q"]
)
symbols = st.lists(groups, min_size=1, max_size=3).map("-".join)


@given(numbers, suffixes, symbols, st.sampled_from(Grammar), st.integers(1990, 2099))
def test_every_code_is_read_back(
    number: int, suffix: str, symbol: str, grammar: Grammar, year: int
) -> None:
    dated = grammar in {Grammar.YEAR_MIDDLE, Grammar.YEAR_END}
    symbol = f"CV/{symbol}" if grammar is Grammar.PARTY else symbol
    code = DocumentCode(number, suffix, symbol, year if dated else None, grammar)
    assert parse_code(str(code)) == code
    assert parse_code(f"Số: {code}") == code


def test_printing() -> None:
    assert format_code(7, "", "QĐ-LĐLĐ") == "07/QĐ-LĐLĐ"
    assert format_code(70, "a", "KH-LĐLĐ") == "70a/KH-LĐLĐ"
    assert format_code_line(None, "", "KH-LĐLĐ") == "Số:      /KH-LĐLĐ"


def test_types_and_letters() -> None:
    plan, letter = parse_code("70/KH-LĐLĐ"), parse_code("342/LĐLĐ-TCKT")
    assert (plan.type_abbreviation, plan.body, plan.is_letter) == ("KH", "LĐLĐ", False)
    assert (letter.type_abbreviation, letter.body, letter.is_letter) == (None, "LĐLĐ-TCKT", True)
    assert parse_code("01/2026/CV-CĐCS").is_letter


@pytest.mark.parametrize(
    "text",
    ["", "70", "KH-LĐLĐ", "70/kh-lđlđ", "0/KH-LĐLĐ", "70/KH-", "02/5/2024", "11/12", "70//KH"],
)
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_code(text)


@pytest.mark.parametrize(
    ("number", "suffix", "symbol"),
    [(0, "", "KH-LĐLĐ"), (70, "A", "KH"), (70, "", "kh"), (None, "a", "KH")],
)
def test_a_code_that_could_not_be_printed_is_refused(
    number: int | None, suffix: str, symbol: str
) -> None:
    with pytest.raises(Unreadable):
        DocumentCode(number, suffix, symbol)


def test_codes_in_running_text() -> None:
    text = (
        "Căn cứ Quyết định số 675/QĐ-TLĐ, ngày 02/4/2024; Nghị quyết số 02- NQ/TW;"
        " Tờ trình 07/TTr-CĐCS/2024; Luật số 50/2024/QH15; 11/12 phiếu, ngày 02/5/2024."
    )
    assert [str(code) for code in find_codes(text)] == [
        "675/QĐ-TLĐ",
        "02-NQ/TW",
        "07/TTr-CĐCS/2024",
        "50/2024/QH15",
    ]
