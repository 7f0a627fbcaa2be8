"""Mending: what is safe is mended and told, the rest is left, and a right paper keeps its bytes."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt

from docgen.rules import check_docx
from docgen.rules.fix import fix_docx
from tests.docgen.rules import spoil as s
from tests.docgen.rules.contents import DECISION, LETTER, LONG, NOTICE, PLAN, Content
from tests.docgen.rules.faults import TEXT
from tests.docgen.rules.hand import Habit
from tests.docgen.rules.typist import saved, typed


def words(docx: bytes) -> list[str]:
    return [para.text for para in s.paras(Document(io.BytesIO(docx)))]


MENDED: dict[str, tuple[str, Content, s.Spoil | None]] = {
    "lề trái": ("PG-04", NOTICE, s.margin("left", 25)),
    "lề trên": ("PG-03", NOTICE, s.margin("top", 40)),
    "số trang ở trang đầu": ("PG-07", PLAN, s.no_title_page),
    "số trang lệch trái": ("PG-07", PLAN, s.page_number("left")),
    "cỡ Quốc hiệu": ("QH-01", PLAN, s.size("CỘNG HÒA", 15)),
    "cỡ Số": ("SO-01", PLAN, s.size("Số:", 12)),
    "cỡ nơi nhận": ("NN-02", NOTICE, s.size("- Các đơn vị", 13)),
    "cỡ nội dung": ("ND-01", PLAN, s.size(TEXT, 12)),
    "dàn đều": ("ND-01", PLAN, s.align(TEXT, "left")),
    "lùi đầu dòng": ("ND-02", PLAN, s.layout(TEXT, first_line_indent=Pt(0))),
    "cách đoạn": ("ND-03", PLAN, s.layout("2. Yêu cầu", space_after=Pt(0))),
    "cách dòng": ("ND-04", PLAN, s.layout(TEXT, line_spacing=2.0)),
    "số 7": ("SO-02", replace(DECISION, number="Số: 7/QĐ-LĐLĐ"), None),
    "dấu cách": ("SO-03", replace(NOTICE, number="Số: 70 /TB- LĐLĐ"), None),
    "ngày 2 tháng 05": ("DD-03", replace(NOTICE, place="Lai Châu, ngày 2 tháng 05 năm 2024"), None),
    "văn bản dẫn": (
        "SO-03",
        replace(NOTICE, body=(f"{LONG} Nghị quyết số 02- NQ/TW.", *NOTICE.body)),
        None,
    ),
    "Unicode tổ hợp": (
        "PG-06",
        replace(NOTICE, name=unicodedata.normalize("NFD", "Vàng Văn Thành")),
        None,
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_is_safe_is_mended_and_told(name: str) -> None:
    rule, content, spoil = MENDED[name]
    document = typed(content)
    if spoil is not None:
        spoil(document)
    before = saved(document)
    assert rule in {finding.rule for finding in check_docx(before)}
    after, changes = fix_docx(before)
    assert rule in {change.rule for change in changes}
    assert all(change.message and change.before != change.after for change in changes)
    left = [
        f"{f.rule} {f.message}" for f in check_docx(after) if f.severity == "E" or f.rule == rule
    ]
    assert left == []


def test_number_and_date_are_written_as_the_decree_wants() -> None:
    content = replace(
        DECISION, number="Số: 7 /QĐ- LĐLĐ", place="Tam Đường, ngày 6 tháng 05 năm 2024"
    )
    after, changes = fix_docx(saved(typed(content, Habit(header="tabs", rules="typed"))))
    text = "\n".join(words(after))
    assert "Số: 07/QĐ-LĐLĐ\tTam Đường, ngày 06 tháng 5 năm 2024" in text
    assert {change.rule for change in changes} == {"SO-02", "DD-03"}


def legacy_runs(document: Any) -> None:
    """One paragraph in three encodings, each run in its own font."""
    line = s.find(document, "2. Đồng chí Giàng A Páo")
    line.runs[0].text = "2. Đồng chí Giàng A Páo, "
    for text, font in (
        ("C«ng ®oµn c¬ së, ", ".VnTime"),
        ("Lieân ñoaøn Lao ñoäng, ", "VNI-Times"),
        ("tØnh lai ch©u.", ".VnTimeH"),
    ):
        run = line.add_run(text)
        run.font.name, run.font.size = font, Pt(14)


def test_old_encodings_are_converted_run_by_run() -> None:
    document = typed(NOTICE)
    legacy_runs(document)
    before = saved(document)
    assert {"PG-05", "PG-06"} <= {finding.rule for finding in check_docx(before)}
    after, changes = fix_docx(before)
    assert "2. Đồng chí Giàng A Páo, Công đoàn cơ sở, Liên đoàn Lao động, TỈNH LAI CHÂU." in words(
        after
    )
    assert [change.rule for change in changes] == ["PG-06"] * 3
    assert not {"PG-05", "PG-06"} & {finding.rule for finding in check_docx(after)}


def test_a_page_number_is_added_where_there_is_none() -> None:
    document = typed(PLAN)
    header = document.sections[0].header.paragraphs[0]._p
    for child in list(header):
        header.remove(child)
    after, changes = fix_docx(saved(document))
    assert [change.rule for change in changes] == ["PG-07"]
    assert "PG-07" not in {finding.rule for finding in check_docx(after)}


def test_a_header_part_is_made_for_the_page_number() -> None:
    document = typed(NOTICE)
    section = document.sections[0]._sectPr
    for child in list(section):
        if child.tag.endswith(("headerReference", "titlePg")):
            section.remove(child)
    after, _ = fix_docx(saved(document))
    assert check_docx(after) == []
    assert words(after) == words(saved(document))


@pytest.mark.parametrize("content", [PLAN, DECISION, LETTER, NOTICE])
def test_a_right_paper_keeps_its_bytes(content: Content) -> None:
    before = saved(typed(content))
    assert fix_docx(before) == (before, ())


def test_words_are_never_changed() -> None:
    document = typed(
        replace(
            NOTICE,
            recipients=("- Thành viên BCD,", "- Lưu VT"),
            posts=("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"),
        )
    )
    before = saved(document)
    after, _ = fix_docx(before)
    assert words(after) == words(before)


def test_mending_twice_changes_nothing_more() -> None:
    document = typed(replace(PLAN, number="Số: 7 /KH-LĐLĐ"))
    s.together(s.margin("left", 10), s.size(TEXT, 11), s.align(TEXT, "left"), s.no_title_page)(
        document
    )
    after, changes = fix_docx(saved(document))
    assert len(changes) >= 5
    assert fix_docx(after)[1] == ()
