"""Format rules of ND30 PL I, measured in the finished files."""

from __future__ import annotations

import re

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from core.typeface import text_width
from docgen.kinds import get_kind
from docgen.kinds.layout import ORG_RULE, SUBJECT_RULE
from tests.docgen.kinds.cases import every_case, make
from tests.docgen.kinds.reading import Look, looks, open_docx, rules_drawn

_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def is_letter(case: str) -> bool:
    """A công văn: no type name, `V/v` under the symbol."""
    return get_kind(case.partition("/")[0]).schema.symbol_type is None


def by_style(data: bytes, style: str) -> list[Look]:
    return [look for look in looks(data) if look.style == style]


@every_case
def test_page_is_a4_with_margins_of_the_decree(case: str) -> None:  # PG-01, PG-03, PG-04
    for at, section in enumerate(open_docx(make(case).docx).sections):
        properties = section._sectPr
        size = properties.find(qn("w:pgSz"))
        sides = [int(size.get(qn("w:w"))), int(size.get(qn("w:h")))]
        if at > 0:  # an annex may lie across (PG-02)
            sides.sort()
        assert abs(sides[0] - 11906) <= 30
        assert abs(sides[1] - 16838) <= 30
        margins = properties.find(qn("w:pgMar"))
        for side, low, high in (
            ("top", 1134, 1417),
            ("bottom", 1134, 1417),
            ("left", 1701, 1984),
            ("right", 850, 1134),
        ):
            assert low <= int(margins.get(qn(f"w:{side}"))) <= high


@every_case
def test_only_times_new_roman_and_black(case: str) -> None:  # PG-05
    document = open_docx(make(case).docx)
    for part in (document.element, document.styles.element):
        for fonts in part.iter(qn("w:rFonts")):
            values = {
                fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")
            }
            assert values == {"Times New Roman"}
            assert not [name for name in fonts.attrib if "Theme" in name]
        for colour in part.iter(qn("w:color")):
            assert colour.get(qn("w:val")) in {"000000", "auto"}


@every_case
def test_page_number_is_centred_in_the_header_from_page_two(case: str) -> None:  # PG-07
    section = open_docx(make(case).docx).sections[0]
    assert section.different_first_page_header_footer
    line = section.header.paragraphs[0]
    assert "PAGE" in "".join(node.text for node in line._p.iter(qn("w:instrText")))
    assert line.style.paragraph_format.alignment == _CENTRE
    assert line.style.font.size.pt in {13, 14}
    assert not section.first_page_header.paragraphs[0].runs


@every_case
def test_header_texts_and_sizes_are_of_one_family(case: str) -> None:  # QH-01, QH-02, PG-08, CQ, SO
    data = make(case).docx
    (title,) = by_style(data, "Quốc hiệu")
    assert (title.text, title.size, title.bold) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True)
    (motto,) = by_style(data, "Tiêu ngữ")
    assert (motto.text, motto.size, motto.bold) == ("Độc lập - Tự do - Hạnh phúc", 13, True)
    parents = by_style(data, "Tên cơ quan chủ quản")
    # A congress has no body above it (QĐ 933 Phụ lục IV).
    assert len(parents) == (0 if case.startswith("congress_minutes") else 1)
    for parent in parents:
        assert (parent.size, parent.bold, parent.text.isupper()) == (12, False, True)
    (issuer,) = by_style(data, "Tên cơ quan")
    assert (issuer.size, issuer.bold, issuer.text.isupper()) == (12, True, True)
    (number,) = by_style(data, "Số ký hiệu")
    assert number.size == 13
    tail = "LĐLĐ-TCKT" if is_letter(case) else "[A-ZĐ][A-ZĐTr]*-(LĐLĐ|BCĐ|BKP|BVĐ|CĐCS|ĐH)"
    assert re.fullmatch(rf"Số: (\d{{2,}}|\s{{5}})/{tail}", number.text)


@every_case
def test_a_letter_has_its_subject_under_the_symbol(
    case: str,
) -> None:  # TL-01, TL-04, KG-01 to KG-03
    data = make(case).docx
    subjects = by_style(data, "Trích yếu công văn")
    if not is_letter(case):
        assert subjects == []
        assert len(by_style(data, "Tên loại")) == 1
        return
    (subject,) = subjects
    assert (subject.size, subject.bold, subject.align, subject.before) == (13, False, _CENTRE, 6)
    assert re.match(r"V/v [a-zđ]", subject.text)
    assert by_style(data, "Tên loại") == by_style(data, "Trích yếu") == []
    (head,) = by_style(data, "Kính gửi")
    listed = [look.text for look in by_style(data, "Kính gửi mục")]
    assert (head.text == "Kính gửi:") == bool(listed)
    assert [text[-1] for text in listed] == [*";" * (len(listed) - 1), "."][: len(listed)]
    assert by_style(data, "Nơi nhận mục")[0].text == "- Như trên;"


@every_case
def test_number_and_place_stand_in_one_row(case: str) -> None:  # DD-03, DD-04; minutes: model 1.9
    data = make(case).docx
    row = open_docx(data).tables[0].rows[1]
    assert row.cells[0].text.startswith("Số: ")
    if "minutes/" in case:
        assert row.cells[1].text == ""
        return
    (place,) = by_style(data, "Địa danh")
    assert row.cells[1].text == place.text
    assert (place.size, place.italic, place.align) == (13, True, _CENTRE)
    assert re.search(r", ngày( \d\d |\s{6})tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$", place.text)


@every_case
def test_rules_are_as_long_as_the_decree_says(case: str) -> None:  # QH-03, CQ-03, TL-03
    checked = 0
    for text, length in rules_drawn(make(case).docx):
        if text == "Độc lập - Tự do - Hạnh phúc":
            assert length == pytest.approx(text_width(text, size=13, bold=True), abs=1)
        elif text.isupper():
            longest = max(text_width(line, size=12, bold=True) for line in text.split("\n"))
            if text != "BAN KIỂM PHIẾU":  # a short name that never changes has a rule of its own
                assert length == pytest.approx(ORG_RULE, abs=0.1)
            assert longest / 3 <= length <= longest / 2
        elif not text.replace("\n", " ").startswith("(Kèm theo"):
            longest = max(text_width(line, size=14, bold=True) for line in text.split("\n"))
            assert length == pytest.approx(SUBJECT_RULE, abs=0.1)
            assert longest / 3 <= length <= longest / 2
        checked += 1
    assert checked >= 2


@every_case
def test_body_is_justified_indented_and_spaced(case: str) -> None:  # ND-01 to ND-04
    body = {"Nội dung", "Điều", "Khoản", "Căn cứ", "Điểm"}
    found = [look for look in looks(make(case).docx) if look.style in body]
    assert found
    for look in found:
        assert look.size == 14
        assert look.align == _BOTH
        assert look.first == pytest.approx(36, abs=0.5)
        assert look.after >= 6
        assert 1 <= look.line <= 1.5
        assert look.italic == (look.style == "Căn cứ")


@every_case
def test_body_ends_with_the_end_mark_once(case: str) -> None:  # ND-13
    body = [
        look.text for look in looks(make(case).docx) if look.style in {"Nội dung", "Điều", "Khoản"}
    ]
    assert body[-1].endswith("./.")
    assert sum(text.endswith("./.") for text in body) == 1


@every_case
def test_bases_end_with_semicolons_and_a_stop(case: str) -> None:  # CC-01, CC-02
    bases = [look.text for look in by_style(make(case).docx, "Căn cứ")]
    if not case.partition("/")[0].endswith(("decision", "plan", "submission")):
        assert bases == []
        return
    assert len(bases) >= (3 if case.startswith("submission") else 4)
    assert all(text.endswith(";") for text in bases[:-1])
    assert bases[-1].startswith("Theo đề nghị của") or case.startswith(("plan", "submission"))
    assert bases[-1].endswith(".")


@every_case
def test_recipients(case: str) -> None:  # NN-01 to NN-04
    data = make(case).docx
    (head,) = by_style(data, "Nơi nhận")
    assert (head.text, head.size, head.bold, head.italic) == ("Nơi nhận:", 12, True, True)
    entries = by_style(data, "Nơi nhận mục")
    assert all(entry.size == 11 and entry.text.startswith("- ") for entry in entries)
    assert all(entry.text.endswith(";") for entry in entries[:-1])
    assert re.fullmatch(r"- Lưu: VT(, [\w-]+( [\w-]+)*)*\.", entries[-1].text)


@every_case
def test_signer_block(case: str) -> None:  # KY-02, KY-03
    data = make(case).docx
    assert all(look.bold and look.text.isupper() for look in by_style(data, "Quyền hạn"))
    names = by_style(data, "Họ tên") + by_style(data, "Họ tên liền")
    assert names
    assert all(look.bold and look.size == 14 and not look.text.isupper() for look in names)


def test_annex_has_its_own_section_numbers_and_head() -> None:  # PL-01 to PL-04
    data = make("founding_decision/thanh_lap").docx
    document = open_docx(data)
    assert len(document.sections) == 2
    assert document.sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    (head,) = by_style(data, "Phụ lục")
    assert (head.text, head.size, head.bold) == ("Phụ lục", 14, True)
    (title,) = by_style(data, "Phụ lục tiêu đề")
    assert title.text.isupper()
    (reference,) = by_style(data, "Phụ lục kèm theo")
    assert reference.italic
    assert reference.text.replace("\n", " ") == (
        "(Kèm theo Quyết định số 06/QĐ-LĐLĐ ngày 06 tháng 5 năm 2024 "
        "của Ban Thường vụ Liên đoàn Lao động huyện Tam Đường)"
    )
    assert "Phụ lục" in " ".join(look.text for look in by_style(data, "Điều"))


def test_list_repeats_its_heading_and_splits_no_row() -> None:
    table = open_docx(make("founding_decision/thanh_lap").docx).tables[-1]
    assert len(table.rows) == 13
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    for row in table.rows:
        assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    assert [cell.text for cell in table.rows[2].cells] == [
        "2", "Vàng Thị Sao", "09/02/1994", "Nữ", "Mông", "Kế toán", "",
    ]  # fmt: skip
