from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.typeface import text_width
from docgen.kinds import wrapping
from docgen.kinds.layout import HEADER_LEFT, ORG_RULE, SUBJECT_RULE
from docgen.kinds.wrapping import wrap_org_name, wrap_signing_line, wrap_subject


def widest(text: str, size: float, *, bold: bool = True) -> float:
    return max(text_width(line, size=size, bold=bold) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("text", "size", "bold", "points"),
    [  # measured with Liberation Serif 2, the metric equal of Times New Roman
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", 13, True, 251.4),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, 171.4),
        ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG", 12, False, 251.9),
        ("Về việc thành lập Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư", 14, True, 417.4),
    ],
)
def test_width_is_the_width_of_the_font(text: str, size: float, bold: bool, points: float) -> None:
    assert text_width(text, size=size, bold=bold) == pytest.approx(points, rel=0.002)


def test_width_does_not_depend_on_the_unicode_form() -> None:
    name = "HUYỆN TAM ĐƯỜNG, ở Mường Tè"
    assert text_width(unicodedata.normalize("NFD", name), size=12) == text_width(name, size=12)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU"]),
        ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG", ["LIÊN ĐOÀN LAO ĐỘNG", "HUYỆN TAM ĐƯỜNG"]),
        ("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ LAI CHÂU", ["LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ LAI CHÂU"]),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", ["TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM"]),
        ("BAN CHỈ ĐẠO PHÁT TRIỂN ĐOÀN VIÊN", ["BAN CHỈ ĐẠO", "PHÁT TRIỂN ĐOÀN VIÊN"]),
        ("BAN CÔNG TÁC CÔNG ĐOÀN", ["BAN CÔNG TÁC CÔNG ĐOÀN"]),
    ],
)
def test_bodies_break_where_a_clerk_breaks(name: str, lines: list[str]) -> None:
    wrapped = wrap_org_name(name)
    assert wrapped.split("\n") == lines
    assert 2 * ORG_RULE <= widest(wrapped, 12) <= 3 * ORG_RULE


def test_parent_name_fits_its_column() -> None:
    assert widest(wrap_org_name("ỦY BAN MTTQ VIỆT NAM TỈNH LAI CHÂU", bold=False), 12) < HEADER_LEFT


@pytest.mark.parametrize(
    "subject",
    [
        "Về việc chỉ định Ban Chấp hành lâm thời Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        (
            "Về việc công nhận Ban Chấp hành, Chủ tịch, Phó Chủ tịch Công đoàn cơ sở "
            "Công ty Cổ phần Thương mại và Dịch vụ Nậm Na, nhiệm kỳ 2024 - 2028"
        ),
        "Lễ công bố quyết định thành lập và ra mắt Công đoàn cơ sở Công ty TNHH A&B <X>",
        "Về việc giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
    ],
)
def test_subjects_suit_the_rule_and_keep_phrases_whole(subject: str) -> None:
    wrapped = wrap_subject(subject)
    assert 2 * SUBJECT_RULE <= widest(wrapped, 14) <= 3 * SUBJECT_RULE
    starts = wrapped.split("\n")
    assert not any(line.split()[0] in {"-", "cơ", "ty", "hành,", "2028", "sở"} for line in starts)
    assert not any(line.endswith((" -", "Công", "nhiệm kỳ")) for line in starts)


def test_long_posts_break_in_whole_phrases() -> None:
    assert wrap_signing_line("KT. CHỦ TỊCH") == "KT. CHỦ TỊCH"
    assert wrap_signing_line("TRƯỞNG BAN TỔ CHỨC - KIỂM TRA") == "TRƯỞNG BAN\nTỔ CHỨC - KIỂM TRA"


def test_short_and_empty_names_stay_as_they_are() -> None:
    assert wrap_org_name("") == ""
    assert wrap_subject("Phân công") == "Phân công"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Công", "đoàn", "cơ", "sở", "H'Mông", "Đắk", "A&B", "<X>", "năm", "-", "2024", "tỉnh"]
        ),
        max_size=24,
    )
)
def test_breaking_changes_nothing_but_spaces(words: list[str]) -> None:
    assert wrap_subject(" ".join(words)).split() == words


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("PHÓ CHỦ TỊCH THƯỜNG TRỰC", ["PHÓ CHỦ TỊCH", "THƯỜNG TRỰC"]),
        ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", ["PHÓ TRƯỞNG BAN", "THƯỜNG TRỰC"]),
        (
            "TRƯỞNG BAN CHÍNH SÁCH PHÁP LUẬT VÀ QUAN HỆ LAO ĐỘNG",
            ["TRƯỞNG BAN", "CHÍNH SÁCH PHÁP LUẬT", "VÀ QUAN HỆ LAO ĐỘNG"],
        ),
    ],
)
def test_posts_break_between_phrases(line: str, lines: list[str]) -> None:
    assert wrap_signing_line(line).split("\n") == lines


def test_a_date_and_a_long_name_stay_whole() -> None:
    name = (
        "Công đoàn cơ sở Công ty Cổ phần Đầu tư Phát triển Nông lâm nghiệp, Dược liệu và Du lịch sinh thái "
        "cộng đồng các dân tộc vùng cao biên giới Tây Bắc Mới tỉnh Lai Châu"
    )
    broken = wrap_subject(
        f"Về việc công nhận Ban Chấp hành, Chủ tịch, Phó Chủ tịch {name}, nhiệm kỳ 2024 - 2028"
    ).split("\n")
    assert len(broken) == 5
    assert broken[1].startswith("Công đoàn cơ sở Công ty Cổ phần")
    event = (
        "Dự Lễ công bố Quyết định số 41/QĐ-LĐLĐ ngày 16 tháng 5 năm 2024 và ra mắt Công đoàn cơ sở"
    )
    assert any("ngày 16 tháng 5 năm 2024" in part for part in wrap_subject(event).split("\n"))


def test_a_name_for_which_five_lines_are_too_few_takes_more() -> None:
    name = (
        "ĐẠI HỘI CÔNG ĐOÀN CƠ SỞ CÔNG TY CỔ PHẦN ĐẦU TƯ PHÁT TRIỂN NÔNG LÂM NGHIỆP, DƯỢC LIỆU VÀ DU LỊCH SINH "
        "THÁI CỘNG ĐỒNG CÁC DÂN TỘC VÙNG CAO BIÊN GIỚI TÂY BẮC MỚI TỈNH LAI CHÂU LẦN THỨ NHẤT, NHIỆM KỲ 2024 - 2028"
    )
    wrapped = wrap_org_name(name)
    assert " ".join(wrapped.split("\n")) == name
    assert 2 * ORG_RULE <= widest(wrapped, 12) <= 3 * ORG_RULE
    lines = wrapped.split("\n")
    assert lines[:2] == ["ĐẠI HỘI CÔNG ĐOÀN CƠ SỞ", "CÔNG TY CỔ PHẦN ĐẦU TƯ"]
    assert lines[-1] == "NHIỆM KỲ 2024 - 2028"
    endless = f"CÔNG TY {'A' * 60}"
    assert wrap_org_name(endless).replace("\n", " ") == endless


_WORDS = st.sampled_from(
    ["công", "đoàn", "cơ", "sở", "ty", "Xây", "dựng", "và", "ra", "mắt", "-", "năm", "2024", "AB"]
)


@given(st.lists(_WORDS, min_size=1, max_size=11))
def test_the_breaks_are_the_best_of_all(words: list[str]) -> None:
    """Trials that cannot win are left out: the others must give what all of them would."""
    costs = wrapping._Costs(words, rule=60, least=120, size=14, bold=True)
    places = list(range(1, len(words)))
    every = [found for count in range(5) for found in combinations(places, count)]
    assert costs.best(places, 5) == min(every, key=costs)
