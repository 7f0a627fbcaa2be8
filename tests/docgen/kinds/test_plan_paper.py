"""The finished plan as a Word file: its text, its page set-up, its annex tables, and the mended faults."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table

from docgen.kinds.base import Numbering
from docgen.kinds.plan import KIND
from tests.docgen.kinds.papers import example, lines, made, opened

ISSUED = Numbering(number=70, issue_date=date(2024, 5, 2))
DRAFT = Numbering(intended_date=date(2024, 5, 2))


@pytest.fixture(scope="module")
def paper() -> Any:
    return opened(made(KIND, example(KIND), ISSUED))


@pytest.fixture(scope="module")
def text(paper: Any) -> list[str]:
    return lines(paper)


def test_the_same_data_give_the_same_bytes() -> None:
    assert made(KIND, example(KIND), ISSUED) == made(KIND, example(KIND), ISSUED)


# Each fault of domain brief 4.a: what must stand in the paper, and what must not.
FAULTS = [
    (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None),
    (1, "Độc lập - Tự do - Hạnh phúc", None),
    (1, "TỔNG LIÊN ĐOÀN LAO ĐỘNG\nVIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG\nTỈNH LAI CHÂU", None),
    (2, "Số: 70/KH-LĐLĐ", r"70 /"),
    (3, "Lai Châu, ngày", "Lai châu"),
    (4, "ngày 02 tháng 5 năm 2024", "tháng 05"),
    (5, "thành lập công đoàn cơ sở năm 2024", "CĐCS"),
    (6, None, r"(?m)^- Căn cứ"),
    (7, "02-NQ/TW", r"02- NQ"),
    (9, "01/CTr-LĐLĐ ngày 24 tháng 11 năm 2023", r"LĐ, ngày \d"),
    (10, "của Ban Chỉ đạo phát triển đoàn viên về việc thành lập", r"[a-zđ] Về việc"),
    (13, "đời sống, việc làm", "hướng dẫn đôn đốc"),
    (14, "gia nhập Công đoàn Việt Nam", "kết nạp vào"),
    (15, "Kết nạp mới 900 đoàn viên", None),
    (17, "danh sách tại Phụ lục II kèm theo", None),
    (18, "Thành viên BCĐ PTĐV LĐLĐ tỉnh", "BCD"),
    (19, "các huyện, thành phố", r"các huyện, Thành|Thường trực, Thành|, Chuyên viên"),
    (20, "1. Ban Tổ chức - Kiểm tra", r"Ban tổ chức|Ban chính sách"),
    (20, "2. Ban Chính sách pháp luật và Quan hệ lao động", None),
    (21, "Ban Chấp hành", r"Ban chỉ đạo|[Bb]an chấp hành"),
    (22, None, r"; [A-ZĐ](?![A-ZĐ])(?!an Chỉ đạo|an Tổ chức|iên đoàn|an Tuyên|an Chính)"),
    (23, "xây dựng Đảng", "xây dựng đảng"),
    (23, "Điều lệ Công đoàn Việt Nam", "Điều lệ công đoàn"),
    (24, "thỏa ước", "thoả"),
    (25, "nắm tình hình và tuyên truyền", None),
    (26, None, r"\b(\w+) \1\b"),
    (27, "5. Liên đoàn Lao động các huyện, thành phố\nCăn cứ Kế hoạch này", None),
    (28, "để báo cáo, tham mưu", "đề báo cáo"),
    (29, "phát triển đoàn viên, thành lập công đoàn cơ sở.", "phát triển đoàn,"),
    (31, "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", r"\*\*"),
]


@pytest.mark.parametrize(("number", "stands", "gone"), FAULTS)
def test_the_fault_is_mended(
    text: list[str], number: int, stands: str | None, gone: str | None
) -> None:
    body = "\n".join(text[: text.index("Phụ lục I")])
    if stands:
        assert stands in body
    if gone:
        found = re.search(gone, body)
        assert found is None, (number, found)


def test_bases_are_single_italic_lines(paper: Any) -> None:
    bases = [p for p in paper.paragraphs if p.style.name == "Căn cứ"]
    assert len(bases) == 7
    assert paper.styles["Căn cứ"].font.italic
    assert [p.text[-1] for p in bases] == [";"] * 6 + ["."]
    assert all(p.text.count("Căn cứ") == 1 for p in bases)


def test_the_resolution_is_cited_in_full_once_and_short_later(text: list[str]) -> None:
    """Fault 8."""
    body = "\n".join(text)
    assert body.count("02-NQ/TW ngày 12 tháng 6 năm 2021") == 1
    assert body.count("02-NQ/TW") == 2
    assert body.count("675/QĐ-TLĐ ngày") == 1
    assert body.count("675/QĐ-TLĐ") == 2


def test_one_purpose_and_one_issuer_throughout(text: list[str]) -> None:
    """Fault 11."""
    subject = KIND.register_subject(example(KIND)).replace("Khảo", "khảo")
    issuer = "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"
    opening = next(line for line in text if line.endswith("như sau:"))
    closing = next(line for line in text if line.startswith("Trên đây là"))
    assert opening == f"{issuer} ban hành Kế hoạch {subject} như sau:"
    assert issuer in closing
    assert subject in closing
    assert closing.endswith("./.")
    assert text[9].replace("\n", " ").lower() == subject


def test_sections_are_numbered(text: list[str]) -> None:
    """Faults 12 and 27."""
    assert [line for line in text if re.match(r"[IVX]+\. ", line)] == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG, CHỈ TIÊU",
        "III. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",
        "IV. KINH PHÍ VÀ ĐIỀU KIỆN THỰC HIỆN",
        "V. TỔ CHỨC THỰC HIỆN",
    ]
    clauses = [line for line in text if re.match(r"\d+\. ", line)]
    assert [int(line.partition(".")[0]) for line in clauses] == [
        1,
        2,
        1,
        2,
        1,
        2,
        3,
        1,
        2,
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_every_statement_ends_with_a_stop(paper: Any) -> None:
    """Fault 16."""
    for paragraph in paper.paragraphs:
        if paragraph.style.name in {"Nội dung", "Điểm"}:
            assert paragraph.text[-1] in ".:", paragraph.text


def test_recipients_end_with_semicolons_and_the_archive_with_a_stop(text: list[str]) -> None:
    """Fault 30."""
    start = text.index("Nơi nhận:")
    assert text[start + 1 : start + 6] == [
        "- Thường trực LĐLĐ tỉnh;",
        "- Thành viên BCĐ PTĐV LĐLĐ tỉnh;",
        "- Văn phòng, các ban LĐLĐ tỉnh;",
        "- LĐLĐ các huyện, thành phố;",
        "- Lưu: VT, TC-KT.",
    ]


def test_the_body_points_to_each_annex(text: list[str]) -> None:
    """Fault 17, PL-01."""
    first = text.index("Phụ lục I")
    body = "\n".join(text[:first])
    for number in ("I", "II", "III"):
        assert re.search(rf"Phụ lục {number}(?!I)", body)
        assert f"Phụ lục {number}" in text[first:]


def test_annexes_are_landscape_sections_numbered_on_their_own(paper: Any) -> None:
    body, *annexes = paper.sections
    assert body.orientation == WD_ORIENT.PORTRAIT
    assert len(annexes) == 3
    for section in annexes:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
        assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_annex_heads(text: list[str]) -> None:
    issuer = "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"
    reference = f"(Kèm theo Kế hoạch số 70/KH-LĐLĐ ngày 02 tháng 5 năm 2024 của {issuer})"
    assert text.count(reference) == 3
    second = text.index("Phụ lục II")
    assert text[second + 1] == "DANH SÁCH ĐƠN VỊ, DOANH NGHIỆP CHƯA CÓ CÔNG ĐOÀN CƠ SỞ"


def test_a_draft_leaves_number_and_day_open_in_the_head_and_every_annex() -> None:
    text = lines(opened(made(KIND, example(KIND), DRAFT)))
    body = "\n".join(text)
    assert "70" not in body[: body.index("Căn cứ")]
    assert re.search(r"(?m)^Số: {3,}/KH-LĐLĐ$", body)
    assert re.search(r"Lai Châu, ngày {3,}tháng 5 năm 2024", body)
    assert (
        len(re.findall(r"\(Kèm theo Kế hoạch số {3,}/KH-LĐLĐ ngày {3,}tháng 5 năm 2024 của", body))
        == 3
    )


def bordered(paper: Any) -> list[Table]:
    return [table for table in paper.tables if table.style.name == "Bảng kẻ ô"]


def test_headings_repeat_and_rows_stay_whole(paper: Any) -> None:
    tables = bordered(paper)
    assert [sum(is_heading(row) for row in table.rows) for table in tables] == [2, 2, 1]
    for table in tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def is_heading(row: Any) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None


def test_totals_rows(text: list[str]) -> None:
    assert "Tổng cộng | 23.100 | 900 | 560 | 22 | 18 | 12 | " in text
    assert "Tổng cộng: 24 đơn vị, doanh nghiệp | 744 | 402 |  | " in text


def long_list(size: int) -> list[dict[str, object]]:
    """Enterprises with awkward names, spread over eight areas and not sorted by them."""
    names = (
        "Công ty TNHH A&B <X>",
        "Hợp tác xã H'Mông {{ten}}",
        "Công ty TNHH " + "Xây dựng và Thương mại " * 4,
    )
    return [
        {
            "name": f"{names[i % 3].strip()} số {i + 1}",
            "tax_code": code,
            "area": f"Huyện {i % 8 + 1}",
            "address": "Bản Nà Bỏ, xã Bản Giang",
            "workers_total": 1200 if i == 0 else 10,
        }
        for i, code in enumerate(tax_codes(size))
    ]


def tax_codes(size: int) -> list[str]:
    """Made-up ten-digit tax codes whose check digit is right."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    codes: list[str] = []
    number = 629920000
    while len(codes) < size:
        number += 1
        check = 10 - sum(int(d) * w for d, w in zip(str(number), weights, strict=True)) % 11
        if check < 10:
            codes.append(f"{number}{check}")
    return codes


def test_a_hundred_and_sixty_enterprises() -> None:
    paper = opened(made(KIND, example(KIND, enterprises=long_list(160)), ISSUED))
    table = bordered(paper)[1]
    assert len(table.rows) == 2 + 8 + 160 + 1
    text = lines(paper)
    assert (
        "a) Khảo sát 160 đơn vị, doanh nghiệp có tên tại Phụ lục II kèm theo với tổng số 2.790 lao động."
        in text
    )
    numbers = [row.cells[0].text for row in table.rows if row.cells[0].text.isdecimal()]
    assert numbers == [str(i) for i in range(1, 161)]
    assert "Huyện 1 (20 đơn vị, doanh nghiệp)" in text
    assert any(line.startswith("1 | Công ty TNHH A&B <X> số 1 | ") for line in text)
    assert any("H'Mông {{ten}}" in line for line in text)


def test_a_single_task_has_no_letter_and_units_are_counted() -> None:
    tasks = [{"unit": "Văn phòng", "tasks": ["Chuẩn bị tài liệu."]}]
    text = lines(opened(made(KIND, example(KIND, tasks_by_unit=tasks), ISSUED)))
    start = text.index("V. TỔ CHỨC THỰC HIỆN")
    assert text[start + 1 : start + 4] == [
        "1. Văn phòng",
        "Chuẩn bị tài liệu.",
        "2. Chế độ báo cáo",
    ]
