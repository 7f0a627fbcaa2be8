from __future__ import annotations

import unicodedata

import pytest

from core.errors import Unreadable
from core.ethnicity import ETHNIC_GROUPS, TRAPS, find_ethnicity, group_named, parse_ethnicity


def test_the_list_is_the_official_one() -> None:
    assert [group.code for group in ETHNIC_GROUPS] == [f"{at:02d}" for at in range(1, 55)]
    assert len({group.name for group in ETHNIC_GROUPS}) == 54
    codes = {"Hoa": "04", "Khmer": "05", "Mường": "06", "Khơ Mú": "29", "Hà Nhì": "35", "La Hủ": "41",
             "Lự": "42", "Mảng": "45", "Rơ Măm": "54"}  # fmt: skip
    assert {name: group_named(name).code for name in codes} == codes


def test_every_name_and_alias_is_found() -> None:
    for group in ETHNIC_GROUPS:
        for name in (group.name, *group.aliases):
            if name in TRAPS:
                continue
            assert find_ethnicity(name) == group.name, name
            assert find_ethnicity(unicodedata.normalize("NFD", name.upper())) == group.name, name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("H'Mông", "Mông"),
        ("HMông", "Mông"),
        ("H’mông", "Mông"),
        ("Mong", "Mông"),
        ("Mèo", "Mông"),
        ("dân tộc Thái", "Thái"),
        ("Thái đen", "Thái"),
        ("Hà nhì", "Hà Nhì"),
        ("Khmú", "Khơ Mú"),
        ("Khơ-mú", "Khơ Mú"),
        ("Gia-rai", "Gia Rai"),
        ("Kinh (Việt)", "Kinh"),
        ("La Hu", "La Hủ"),
        ("La Ha", "La Ha"),
    ],
)
def test_spellings(text: str, name: str) -> None:
    assert parse_ethnicity(text) == name


@pytest.mark.parametrize("trap", [*TRAPS, "thổ", "MÁN", "Xa la vang", "dân tộc Xá"])
def test_traps_are_never_resolved(trap: str) -> None:
    assert find_ethnicity(trap) is None
    with pytest.raises(Unreadable):
        parse_ethnicity(trap)


def test_reasons() -> None:
    with pytest.raises(Unreadable, match="tên gọi chung của nhiều dân tộc") as caught:
        parse_ethnicity("Xá")
    assert caught.value.code == "ambiguous"
    for text in ("", "Pháp", "Kinh (Tày)", "Thấi"):
        with pytest.raises(Unreadable, match="không có trong danh mục"):
            parse_ethnicity(text)
    with pytest.raises(Unreadable):
        group_named("mông")
