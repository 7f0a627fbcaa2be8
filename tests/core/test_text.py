from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import letters
from core.text import (
    bad_character,
    clean,
    clean_line,
    company_key,
    fold,
    given_name,
    is_syllable,
    mend_eth,
    modern_tone,
    name_sort_key,
    nfc,
    sort_key,
    split_tone,
    strip_leaders,
    title_name,
    title_org,
    unaccent,
    upper_vi,
)

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese = st.text(
    alphabet=VIETNAMESE + VIETNAMESE.upper() + " .,-'&/0123456789ÐðƉ\u00a0\u0301", max_size=40
)
anything = st.text(max_size=40) | vietnamese


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (unicodedata.normalize("NFD", "Đặng Thị Ửng"), "Đặng Thị Ửng"),
        ("ê\u0301", "ế"),  # composed vowel, combining tone
        ("\ufeffLai\u00a0Châu\u200b", "Lai Châu"),
        ("Lai\tChâu", "Lai Châu"),
        ("thư\u00adơng", "thương"),
        ("a\x00b\x07c", "abc"),
        ("một \r\n  hai\x0bba ", "một\nhai\nba"),
        ("\ud800", "\ufffd"),
        ("PPCÐ, LÐLÐ, QUYẾT ÐỊNH, ðồng, Ɖắk, Ð/c", "PPCĐ, LĐLĐ, QUYẾT ĐỊNH, đồng, Đắk, Đ/c"),
        ("Guðrún Ðorð", "Guðrún Ðorð"),
    ],
)
def test_cleaning(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(anything)
def test_cleaning_twice_changes_nothing(s: str) -> None:
    assert clean(clean(s)) == clean(s)
    assert clean_line(clean_line(s)) == clean_line(s)
    assert "  " not in clean_line(s)
    assert clean(s) == nfc(clean(s))
    clean(s).encode()


def test_leaders_and_damage() -> None:
    assert strip_leaders("Họ tên: .......Lò Văn Ín…….") == "Họ tên: Lò Văn Ín ."
    assert strip_leaders("02.5.2024") == "02.5.2024"
    assert strip_leaders("____") == ""
    assert bad_character("a\x02") == "U+0002"
    assert bad_character("một\thai\r\n") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("thoả", "thỏa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("HOÀ", "HÒA"),
        ("Hoà", "Hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("quý", "quý"),
        ("QUỸ", "QUỸ"),
        ("hoàn", "hoàn"),
        ("toán", "toán"),
        ("khuỷu", "khuỷu"),
        ("hoài", "hoài"),
        ("hòa", "hòa"),
        ("Nguyễn Thuỳ", "Nguyễn Thùy"),
    ],
)
def test_tone_placement(old: str, new: str) -> None:
    assert modern_tone(old) == new
    assert modern_tone(new) == new
    assert fold(old) == fold(new)


def test_folding() -> None:
    assert fold("hòan") == fold("HOÀN")
    assert fold("hùynh") == fold("huỳnh")
    assert fold("kỹ thuật") != fold("kĩ thuật")
    assert fold("kỹ thuật", fold_iy=True) == fold("kĩ thuật", fold_iy=True)
    assert fold("tỷ lệ quý", fold_iy=True) == fold("tỉ lệ quí", fold_iy=True)
    assert fold("thúy", fold_iy=True) == "thúy"
    assert fold("Nậm Cha") != fold("Nậm Chà")


@given(anything, st.booleans())
def test_folding_twice_changes_nothing(s: str, fold_iy: bool) -> None:
    folded = fold(s, fold_iy=fold_iy)
    assert fold(folded, fold_iy=fold_iy) == folded
    assert fold(unicodedata.normalize("NFD", s), fold_iy=fold_iy) == folded


@given(vietnamese)
def test_keys_are_stable(s: str) -> None:
    assert modern_tone(modern_tone(s)) == modern_tone(s)
    assert unaccent(unaccent(s)) == unaccent(s)
    assert sort_key(s) == sort_key(s.upper())
    assert sort_key(s).isascii()
    assert company_key(company_key(s)) == company_key(s)
    assert title_name(title_name(s)) == title_name(s)
    assert mend_eth(mend_eth(s)) == mend_eth(s)


def test_letters() -> None:
    assert upper_vi("đường ưỡn ß") == "ĐƯỜNG ƯỠN ß"
    assert unaccent("Đặng Thị Ửng Ðức") == "Dang Thi Ung Duc"
    assert split_tone("trường") == ("trương", "\u0300")
    for word in ("ĐẮK", "quý", "Nghiêng", "khuỷu", "ý", "thuở", "giặt"):
        assert is_syllable(word), word
    for word in ("TNHH", "BOT", "UBND", "XD", "Samsung", "cat", ""):
        assert not is_syllable(word), word


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("LÒ VĂN ÍN", "Lò Văn Ín"),
        ("GIÀNG A H'MÔNG", "Giàng A H'Mông"),
        ("NGUYỄN THỊ H’HEN", "Nguyễn Thị H’Hen"),
        ("Y-MOAN", "Y-Moan"),
        ("Ý", "Ý"),
        ("Vàng A Páo", "Vàng A Páo"),
        ("Thuỳ", "Thuỳ"),
        ("lò văn ín", "lò văn ín"),
    ],
)
def test_names_of_people(raw: str, title: str) -> None:
    assert title_name(raw) == title
    assert title_name(unicodedata.normalize("NFD", raw)) == title


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("CÔNG TY TNHH MTV XÂY DỰNG HÒA AN", "Công ty TNHH MTV Xây dựng Hòa An"),
        ("CÔNG TY CỔ PHẦN A&B", "Công ty Cổ phần A&B"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "Liên đoàn Lao động tỉnh Lai Châu"),
        ("LĐLĐ HUYỆN TAM ĐƯỜNG", "LĐLĐ huyện Tam Đường"),
        ("HTX NÔNG NGHIỆP VÀ DỊCH VỤ TẢ LÈNG", "HTX Nông nghiệp và Dịch vụ Tả Lèng"),
        ("Công ty TNHH A&B <X>", "Công ty TNHH A&B <X>"),
    ],
)
def test_names_of_organisations(raw: str, title: str) -> None:
    assert title_org(raw) == title


def test_one_company_under_many_spellings() -> None:
    keys = {
        company_key(name)
        for name in (
            "Công ty TNHH MTV Xây dựng và Thương mại Hòa An",
            "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN XÂY DỰNG VÀ THƯƠNG MẠI HOÀ AN",
            "Cty TNHH 1TV XD & TM Hòa An",
            "C.ty T.N.H.H. MTV XD và TM “Hoà An”",
            "CTY TNHH-MTV XD&TM Hòa An",
        )
    }
    assert keys == {"cty tnhh mtv xd va tm hòa an"}
    assert company_key("CTCP A&B") == company_key("Công ty Cổ phần A & B")
    assert company_key("Công ty Hòa An") != company_key("Công ty Hóa An")
    assert company_key("Công ty TNHH Vạ An").endswith("vạ an")
    assert company_key("Cty LC") != company_key("Công ty Lai Châu")


def test_sorting() -> None:
    letters = ["A", "À", "Ả", "Ã", "Á", "Ạ", "An", "Anh", "Ăn", "Ân", "Ấn", "Dũng", "Đạt", "Ê", "Ý"]
    assert sorted(letters, key=sort_key) == letters
    units = ["Phường 2", "Phường 10", "phường Đoàn Kết"]
    assert sorted(units, key=sort_key) == units
    people = ["Lê An", "Nguyễn Văn An", "Trần An", "Lê Ánh", "Lò Thị Ân", "Vàng A Páo", "Ý"]
    assert sorted(people, key=name_sort_key) == people
    assert given_name(" Lò  Văn Ín ") == "Ín"
    assert given_name("") == ""


@given(anything)
def test_tidy_text_is_taken_as_it_is(s: str) -> None:
    """The short way out of `clean` gives what the long way would."""
    long = letters._CONTROLS.sub(
        "",
        letters._INVISIBLE.sub("", letters._BREAKS.sub("\n", letters._SURROGATES.sub("\ufffd", s))),
    )
    long = mend_eth(nfc(letters._SPACES.sub(" ", long)))
    lines = (re.sub(" {2,}", " ", line).strip(" ") for line in long.split("\n"))
    assert clean(s) == "\n".join(lines).strip("\n")


_ODD = st.sampled_from(" \n\t\xa0\u200b\u00ad\ufeff\u00d0\u0189\u00f0\u0301ẫaAđ\ufffd\ud800\ufdd0")


@given(st.text(st.one_of(_ODD, st.characters()), max_size=8))
def test_a_text_is_tidy_just_when_cleaning_leaves_it(text: str) -> None:
    searched = not letters._UNTIDY.search(text) and unicodedata.is_normalized("NFC", text)
    assert letters.is_tidy(text) == searched
