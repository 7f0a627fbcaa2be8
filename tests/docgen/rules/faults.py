"""One fault each: rule, name, the content it is put into, and how; ``also``: rules the same fault breaks too."""

# ruff: noqa: E501 (lines of a paper stay in one piece)

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from tests.docgen.rules import spoil as s
from tests.docgen.rules.contents import (
    CLOSE,
    COMMITTEE,
    DECISION,
    LETTER,
    LETTER_ONE,
    NOTICE,
    PLAN,
    SUBMISSION,
    Content,
)  # fmt: skip
from tests.docgen.rules.spoil import Spoil


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    content: Content
    spoil: Spoil | None = None
    also: frozenset[str] = frozenset()


def case(
    rule: str, name: str, content: Content, spoil: Spoil | None = None, also: str = ""
) -> Case:
    return Case(rule, name, content, spoil, frozenset(also.split()))


def body(content: Content, old: str, new: str) -> Content:
    """The content with words of its body exchanged."""
    assert any(old in line for line in content.body), old
    return replace(content, body=tuple(line.replace(old, new) for line in content.body))


def bases(content: Content, old: str, new: str) -> Content:
    assert any(old in line for line in content.bases), old
    return replace(content, bases=tuple(line.replace(old, new) for line in content.bases))


def plus(content: Content, *lines: str) -> Content:
    """Lines put before the last one."""
    return replace(content, body=(*content.body[:-1], *lines, content.body[-1]))


def annex(**changes: Any) -> Content:
    keys = ("head", "title", "reference", "texts")
    values = dict(zip(keys, PLAN.annexes[0], strict=True)) | changes
    return replace(PLAN, annexes=(tuple(values[key] for key in keys),))


AUTHOR = "TM. BAN THƯỜNG VỤ"
FIRST = "Ban Thường vụ Liên đoàn Lao động tỉnh xây dựng"
TEXT = "Căn cứ tình hình lao động tại các doanh nghiệp"
PAGE = [
    case("PG-01", "giấy Letter", PLAN, s.page(216, 279)),
    case("PG-01", "giấy A5", NOTICE, s.page(148, 210), also="TL-03"),
    case("PG-02", "trang ngang", NOTICE, s.page(297, 210), also="TL-03"),
    case("PG-03", "lề trên 15", PLAN, s.margin("top", 15)),
    case("PG-03", "lề dưới 30", NOTICE, s.margin("bottom", 30)),
    case("PG-04", "lề trái 25", PLAN, s.margin("left", 25)),
    case("PG-04", "lề phải 10", NOTICE, s.margin("right", 10)),
    case("PG-05", "Arial", NOTICE, s.font(CLOSE[:30], "Arial")),
    case("PG-05", "chữ xanh", NOTICE, s.colour(CLOSE[:30], "0000FF")),
    case(
        "PG-06",
        "Unicode tổ hợp",
        body(NOTICE, "Phong Thổ", unicodedata.normalize("NFD", "Phong Thổ")),
    ),
    case("PG-06", "phông .VnTime", NOTICE, s.font(CLOSE[:30], ".VnTime"), also="PG-05"),
    case("PG-06", "còn chữ TCVN3", body(NOTICE, "huyện Phong Thổ", "C«ng ®oµn c¬ së")),
    case("PG-07", "hiện ở trang đầu", PLAN, s.no_title_page),
    case("PG-07", "lệch trái", PLAN, s.page_number("left")),
    case("PG-07", "cỡ 10", PLAN, s.page_number("size")),
    case("PG-07", "ở chân trang", PLAN, s.page_number("footer")),
    case("PG-07", "số La Mã", PLAN, s.page_number("roman")),
    case("PG-08", "cỡ không cùng nhịp", PLAN, s.size("CỘNG HÒA", 13)),
]
HEADER = [
    case("QH-01", "sai chữ", replace(PLAN, national="CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM.")),
    case("QH-01", "chữ thường", replace(PLAN, national="Cộng hòa xã hội chủ nghĩa Việt Nam")),
    case("QH-01", "cỡ 14", PLAN, s.size("CỘNG HÒA", 14), also="PG-08"),
    case("QH-01", "không đậm", PLAN, s.bold("CỘNG HÒA", False)),
    case("QH-01", "nghiêng", PLAN, s.italic("CỘNG HÒA", True)),
    case("QH-02", "thiếu dấu cách", replace(PLAN, motto="Độc lập- Tự do- Hạnh phúc")),
    case("QH-02", "gạch dài", replace(PLAN, motto="Độc lập – Tự do – Hạnh phúc")),
    case("QH-02", "chữ thường", replace(PLAN, motto="Độc lập - tự do - hạnh phúc")),
    case("QH-02", "cỡ 12", PLAN, s.size("Độc lập", 12), also="PG-08 QH-03"),
    case("QH-02", "canh trái", PLAN, s.align("Độc lập", "left")),
    case("QH-03", "không kẻ", PLAN, s.no_rule("Độc lập")),
    case("QH-03", "kẻ ngắn", PLAN, s.rule_length("Độc lập", 2000)),
    case("QH-03", "gạch nối", PLAN, s.dashes("Độc lập")),
    case("QH-04", "cách dòng 1,5", PLAN, s.layout("Độc lập", line_spacing=1.5)),
    case("CQ-01", "in đậm", PLAN, s.bold("TỔNG LIÊN ĐOÀN", True)),
    case("CQ-01", "chữ thường", replace(PLAN, parent=("Tổng Liên đoàn Lao động Việt Nam",))),
    case("CQ-01", "cỡ 11", PLAN, s.size("TỔNG LIÊN ĐOÀN", 11)),
    case("CQ-01", "không có", replace(DECISION, parent=())),
    case("CQ-02", "không đậm", PLAN, s.bold("TỈNH LAI CHÂU", False)),
    case("CQ-02", "viết tắt", replace(PLAN, issuer=("LĐLĐ TỈNH LAI CHÂU",))),
    case("CQ-02", "cỡ 14", PLAN, s.size("TỈNH LAI CHÂU", 14)),
    case("CQ-02", "canh trái", PLAN, s.align("TỈNH LAI CHÂU", "left")),
    case("CQ-03", "không kẻ", PLAN, s.no_rule("TỈNH LAI CHÂU")),
    case("CQ-03", "kẻ dài", PLAN, s.rule_length("TỈNH LAI CHÂU", 200)),
    case("SO-01", "không hai chấm", replace(PLAN, number="Số 70/KH-LĐLĐ")),
    case("SO-01", "SỐ", replace(PLAN, number="SỐ: 70/KH-LĐLĐ")),
    case("SO-01", "cỡ 14", PLAN, s.size("Số:", 14)),
    case("SO-01", "đậm", PLAN, s.bold("Số:", True)),
    case("SO-02", "7", replace(DECISION, number="Số: 7/QĐ-LĐLĐ")),
    case("SO-02", "070", replace(NOTICE, number="Số: 070/TB-LĐLĐ")),
    case("SO-03", "cách trước gạch chéo", replace(NOTICE, number="Số: 70 /TB-LĐLĐ")),
    case("SO-03", "cách sau gạch nối", replace(NOTICE, number="Số: 70/TB- LĐLĐ")),
    case("SO-03", "chữ thường", replace(NOTICE, number="Số: 70/TB-lđlđ")),
    case(
        "SO-03", "văn bản được dẫn", body(NOTICE, "huyện Phong Thổ", "theo Nghị quyết số 02- NQ/TW")
    ),
    case("SO-04", "sai loại", replace(NOTICE, number="Số: 70/KH-LĐLĐ")),
    case("SO-04", "công văn có CV", replace(LETTER, number="Số: 128/CV-LĐLĐ")),
    case("SO-04", "có năm", replace(SUBMISSION, number="Số: 07/TTr-CĐCS/2024")),
    case("SO-05", "mượn ký hiệu", replace(COMMITTEE, number="Số: 43/QĐ-LĐLĐ")),
    case(
        "DD-01",
        "chữ thường",
        replace(PLAN, place="Lai châu, ngày 02 tháng 5 năm 2024"),
        also="VB-08",
    ),
    case("DD-01", "thiếu phẩy", replace(PLAN, place="Lai Châu ngày 02 tháng 5 năm 2024")),
    case("DD-01", "thiếu địa danh", replace(PLAN, place="ngày 02 tháng 5 năm 2024")),
    case("DD-02", "chữ số", replace(PLAN, place="1, ngày 02 tháng 5 năm 2024")),
    case("DD-03", "ngày 2", replace(PLAN, place="Lai Châu, ngày 2 tháng 5 năm 2024")),
    case("DD-03", "tháng 05", replace(PLAN, place="Lai Châu, ngày 02 tháng 05 năm 2024")),
    case("DD-03", "tháng 2", replace(PLAN, place="Lai Châu, ngày 12 tháng 2 năm 2024")),
    case("DD-03", "năm 24", replace(PLAN, place="Lai Châu, ngày 12 tháng 3 năm 24")),
    case("DD-03", "ngày 31/4", replace(PLAN, place="Lai Châu, ngày 31 tháng 4 năm 2024")),
    case("DD-03", "dạng số", replace(PLAN, place="Lai Châu, ngày 02/5/2024")),
    case("DD-04", "đứng", PLAN, s.italic("Lai Châu, ngày", False)),
    case("DD-04", "cỡ 12", PLAN, s.size("Lai Châu, ngày", 12), also="PG-08"),
    case("DD-04", "khác dòng", PLAN, s.move_place_to_end),
]
TITLE = [
    case("TL-01", "chữ thường", replace(PLAN, type_name="Kế hoạch")),
    case("TL-01", "cỡ 16", PLAN, s.size("KẾ HOẠCH", 16)),
    case("TL-01", "canh trái", PLAN, s.align("KẾ HOẠCH", "left")),
    case("TL-02", "không có", replace(NOTICE, subject=())),
    case(
        "TL-02",
        "in hoa",
        replace(NOTICE, subject=("PHÂN CÔNG CÁN BỘ PHỤ TRÁCH ĐỊA BÀN",)),
        also="TL-03",
    ),
    case("TL-02", "không đậm", NOTICE, s.bold("Phân công cán bộ", False)),
    case("TL-02", "canh trái", NOTICE, s.align("Phân công cán bộ", "left")),
    case("TL-03", "không kẻ", NOTICE, s.no_rule("Phân công cán bộ")),
    case("TL-03", "kẻ ngắn", NOTICE, s.rule_length("Phân công cán bộ", 4200)),
    case("TL-04", "thiếu V/v", replace(LETTER, letter_subject=("Đôn đốc thực hiện chỉ tiêu",))),
    case("TL-04", "đậm", LETTER, s.bold("V/v", True)),
    case("TL-04", "cỡ 14", LETTER, s.size("V/v", 14)),
    case("TL-04", "không có", replace(LETTER, letter_subject=())),
    case(
        "TL-05",
        "không có Về việc",
        replace(COMMITTEE, subject=("Phân công thành viên Ban Chỉ đạo",)),
    ),
    case("CC-01", "đứng", DECISION, s.italic("Căn cứ Điều lệ", False)),
    case("CC-01", "gạch đầu dòng", bases(DECISION, "Căn cứ Điều lệ", "- Căn cứ Điều lệ")),
    case(
        "CC-01",
        "nhiều văn bản",
        bases(
            PLAN,
            "năm 2024;",
            "năm 2024; Quyết định số 675/QĐ-TLĐ ngày 02 tháng 4 năm 2024 của Đoàn Chủ tịch;",
        ),
    ),
    case("CC-02", "dấu phẩy", bases(DECISION, "Công đoàn Việt Nam;", "Công đoàn Việt Nam,")),
    case(
        "CC-02",
        "cuối chấm phẩy",
        bases(DECISION, "Liên đoàn Lao động huyện.", "Liên đoàn Lao động huyện;"),
    ),
    case("CC-03", "ngày viết tắt", bases(DECISION, "ngày 06 tháng 5 năm 2024", "ngày 06/5/2024")),
    case(
        "CC-03", "luật có số", bases(DECISION, "Luật Công đoàn", "Luật Công đoàn số 12/2012/QH13")
    ),
    case("CC-03", "thiếu ngày", bases(DECISION, " ngày 06 tháng 5 năm 2024", "")),
    case(
        "CC-04",
        "dẫn đủ hai lần",
        plus(
            PLAN,
            "Thực hiện Kế hoạch số 31/KH-TLĐ ngày 27 tháng 3 năm 2024 của Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam về phát triển đoàn viên.",
        ),
    ),
    case(
        "KG-01",
        "trong kế hoạch",
        replace(PLAN, addressees=("Các đơn vị trực thuộc",)),
        also="NN-04",
    ),
    case("KG-01", "công văn không có", replace(LETTER, addressees=()), also="NN-04"),
    case("KG-01", "cỡ 12", LETTER, s.size("Kính gửi", 12)),
    case("KG-01", "nghiêng", LETTER, s.italic("Kính gửi", True)),
    case(
        "KG-02",
        "xuống dòng",
        replace(LETTER, addressees=("Công ty TNHH A&B", "x")),
        lambda d: s.drop(d, "- x"),
    ),
    case(
        "KG-03",
        "thiếu gạch",
        replace(LETTER, addressees=("Liên đoàn Lao động huyện", "Công đoàn ngành")),
        lambda d: s.retype(d, "- Công đoàn ngành", "Công đoàn ngành."),
    ),
    case(
        "KG-03",
        "dấu phẩy",
        LETTER,
        lambda d: s.retype(d, "- Liên đoàn Lao động các huyện", "- Liên đoàn Lao động các huyện,"),
    ),
    case(
        "KG-03",
        "cùng dòng",
        replace(LETTER_ONE, addressees=("Công ty TNHH A&B; Công ty TNHH Bình Lư",)),
    ),
    case("MAT-01", "không màu đỏ", LETTER, s.mark("HỎA TỐC", boxed=True, red=False)),
    case("MAT-01", "không khung", LETTER, s.mark("KHẨN", boxed=False, red=True), also="PG-05"),
    case("MAT-01", "hỏa tốc hẹn giờ", LETTER, s.mark("HỎA TỐC HẸN GIỜ", boxed=True, red=True)),
    case("MAT-02", "không khung", LETTER, s.mark("LƯU HÀNH NỘI BỘ", boxed=False, red=False)),
]
