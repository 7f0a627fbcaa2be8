"""The printed code of a form."""

from __future__ import annotations

from core.forms.identity import find_codes, is_ours, make_code

KEY, OTHER = b"khoa cua kho nay", b"khoa cua kho khac"


def test_a_code_is_short_and_fit_for_a_compact_qr() -> None:
    code = str(make_code("KSDN", version=1, serial=14, key=KEY))
    assert code.startswith("KSDN.1.000014.")
    assert len(code) == 27
    assert set(code) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.")


def test_codes_are_found_in_running_text_and_checked() -> None:
    one = make_code("KSDN", version=1, serial=14, key=KEY)
    two = make_code("DGN5A", version=12, serial=1_234_567, key=OTHER)
    found = find_codes(f"Mẫu: {one} (trang 1/2) {str(two).lower()}, lần nữa {one}")
    assert found == (one, two)
    assert is_ours(one, KEY)
    assert not is_ours(two, KEY)


def test_an_altered_code_is_not_ours() -> None:
    code = make_code("BBKP", version=1, serial=9, key=KEY)
    for altered in find_codes(str(code).replace("000009", "000008")):
        assert not is_ours(altered, KEY)


def test_other_numbers_are_no_codes() -> None:
    assert find_codes("Số 70/KH-LĐLĐ ngày 02.5.2024; MST 6299900012-001; A.1.2.3") == ()
