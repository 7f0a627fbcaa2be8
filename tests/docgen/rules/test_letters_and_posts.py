"""Two places where a strict reader was too strict: a date in `V/v`, and the capital of a post."""

from __future__ import annotations

import pytest

from docgen.rules import check_docx, inspect_docx
from tests.docgen.kinds.cases import make
from tests.docgen.rules.contents import NOTICE
from tests.docgen.rules.faults import plus
from tests.docgen.rules.typist import saved, typed


def capitals(sentence: str) -> list[str]:
    """What VB-09 finds in a notice with this sentence."""
    findings = check_docx(saved(typed(plus(NOTICE, sentence))))
    return [finding.found for finding in findings if finding.rule == "VB-09"]


def test_a_summary_that_ends_with_a_date_is_no_place_line() -> None:
    found = inspect_docx(make("correction_letter/dinh_chinh").docx)
    assert [finding.rule for finding in found.findings if finding.severity == "E"] == []
    assert {"DD-01", "DD-03", "DD-04", "TL-04"} <= set(found.checked)


@pytest.mark.parametrize(
    "sentence",
    [
        "- Đồng chí Hoàng Thị Mai, Chuyên viên Ban Tổ chức - Kiểm tra;",
        "3. Đồng chí Giàng A Chứ, Chuyên viên Liên đoàn Lao động huyện Tam Đường.",
        "- Bà Vàng Thị H'Sao, Cán bộ chuyên trách công đoàn.",
        "Thành phần gồm ông Tao Văn Dung, Thành viên Ban Chỉ đạo.",
    ],
)
def test_a_post_keeps_its_capital_after_the_name_of_its_holder(sentence: str) -> None:  # PL II
    assert capitals(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Các đồng chí Thành viên, Chuyên viên tham gia đầy đủ.", "Chuyên viên"),
        (
            "Liên đoàn Lao động tỉnh Lai Châu, Chuyên viên các ban phối hợp thực hiện.",
            "Chuyên viên",
        ),
        ("Ban Tổ chức - Kiểm tra phân công một Chuyên viên theo dõi.", "Chuyên viên"),
        ("- Đồng chí Hoàng Thị Mai, Đơn vị Văn phòng.", "Đơn vị"),
    ],
)
def test_without_a_named_person_it_is_a_common_word(sentence: str, word: str) -> None:
    assert word in capitals(sentence)


def test_this_very_paper_has_its_capital() -> None:
    assert capitals("Trên đây là Báo cáo của Ban Chỉ đạo.") == []
    assert capitals("Các đơn vị gửi Báo cáo về Ban Chỉ đạo.") == ["Báo cáo"]
