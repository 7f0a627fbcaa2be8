from __future__ import annotations

import unicodedata

import pytest

from core.errors import NotFound
from records.selectors.places import area_book, area_on, current_area, resolve_area, resolve_in
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas():
    return make.lai_chau()


@pytest.mark.parametrize(
    ("address", "written", "now"),
    [
        ("Bản Cẩm Trung, xã Mường Than, huyện Than Uyên, tỉnh Lai Châu", "x-muong-than-cu", "x-than-uyen"),
        ("xã Mường Than, tỉnh Lai Châu", "x-muong-than", "x-muong-than"),
        ("xã Mường Than", "x-muong-than", "x-muong-than"),
        ("Phúc Than, Than Uyên, Lai Châu", "x-phuc-than-cu", "x-muong-than"),
        ("Khu 5, TT Mường Tè, huyện Mường Tè", "tt-muong-te", "x-bum-to"),
        ("xã Mường Tè, huyện Mường Tè", "x-muong-te-cu", "x-muong-te"),
        ("Tổ 3 thị trấn Tam Đường huyện Tam Đường tỉnh Lai Châu", "tt-tam-duong", "x-binh-lu"),
        ("Bình Lư - Tam Đường - Lai Châu", "x-binh-lu-cu", "x-binh-lu"),
        ("xã Nậm Cha", "x-nam-cha-sin-ho", "x-nam-tam"),
        ("XÃ NẬM CHÀ", "x-nam-cha-nam-nhun", "x-muong-mo"),
        ("P. Tân Phong, TP. Lai Châu", "p-tan-phong-cu", "p-tan-phong"),
        ("số 12, phường Tân Phong, tỉnh Lai Châu", "p-tan-phong", "p-tan-phong"),
    ],
)  # fmt: skip
def test_an_address_finds_its_unit_in_2026(areas, address, written, now):
    for text in (address, unicodedata.normalize("NFD", address)):
        found = resolve_area(text, as_of=make.DAY_2026)
        assert found.as_written is not None, found
        assert found.area is not None
        assert (found.as_written.code, found.area.code, found.folded) == (written, now, False)


def test_the_same_words_in_2024_are_the_old_unit(areas):
    found = resolve_area("xã Mường Than, tỉnh Lai Châu", as_of=make.DAY_2024)
    assert found.area is not None
    assert found.area.code == "x-muong-than-cu"


def test_without_marks_nothing_is_guessed_between_two(areas):
    for text in ("xa Nam Cha", "Nam Cha"):
        found = resolve_area(text, as_of=make.DAY_2024)
        assert found.area is None
        assert {c.code for c in found.candidates} == {"x-nam-cha-sin-ho", "x-nam-cha-nam-nhun"}
        assert found.folded


def test_without_marks_the_district_may_decide(areas):
    found = resolve_area("Nam Cha, huyen Sin Ho", as_of=make.DAY_2026)
    assert found.area is not None
    assert (found.area.code, found.folded) == ("x-nam-tam", True)


def test_a_bare_name_of_several_units_is_no_answer(areas):
    found = resolve_area("Than Uyên", as_of=make.DAY_2024)
    assert found.area is None
    assert {c.code for c in found.candidates} == {"h-than-uyen", "tt-than-uyen"}
    found = resolve_area("Than Uyên", as_of=make.DAY_2026)
    assert found.area is not None
    assert found.area.code == "x-than-uyen"


def test_a_district_alone_has_no_unit_in_2026(areas):
    found = resolve_area("huyện Tam Đường", as_of=make.DAY_2026)
    assert found.area is None
    assert found.as_written is not None
    assert found.as_written.code == "h-tam-duong"


@pytest.mark.parametrize("text", ["", " , .", "đường Trần Hưng Đạo", "xã", "xã hội chủ nghĩa"])
def test_words_that_name_no_unit(areas, text):
    found = resolve_area(text, as_of=make.DAY_2024)
    assert (found.area, found.candidates) == (None, ())


def test_many_addresses_read_the_tables_once(areas, django_assert_num_queries):
    with django_assert_num_queries(2):
        book = area_book()
        for _ in range(20):
            resolve_in(book, "xã Bình Lư, huyện Tam Đường", as_of=make.DAY_2026)


def test_current_area_follows_the_merger(areas):
    old = area_on("tt-nam-nhun", as_of=make.DAY_2024)
    assert current_area(old, on=make.DAY_2026).full_name == "xã Nậm Hàng"
    assert current_area(old, on=make.DAY_2024) == old
    district = area_on("h-tam-duong", as_of=make.DAY_2024)
    with pytest.raises(NotFound, match="huyện Tam Đường"):
        current_area(district, on=make.DAY_2026)
    with pytest.raises(NotFound):
        area_on("tt-nam-nhun", as_of=make.DAY_2026)
