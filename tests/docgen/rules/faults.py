"""One fault each: rule, name, the content it is put into, and how; ``also``: rules the same fault breaks too."""

from __future__ import annotations

import copy
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from docx.shared import Pt

from tests.docgen.rules import spoil as s
from tests.docgen.rules.contents import (
    CLOSE,
    COMMITTEE,
    DECISION,
    INVITATION,
    LETTER,
    LETTER_ONE,
    LONG,
    NOTICE,
    PLAN,
    REGULATION,
    REPORT,
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
        lambda d: _drop(d, "- x"),
    ),
    case(
        "KG-03",
        "thiếu gạch",
        replace(LETTER, addressees=("Liên đoàn Lao động huyện", "Công đoàn ngành")),
        lambda d: _text(d, "- Công đoàn ngành", "Công đoàn ngành."),
    ),
    case(
        "KG-03",
        "dấu phẩy",
        LETTER,
        lambda d: _text(d, "- Liên đoàn Lao động các huyện", "- Liên đoàn Lao động các huyện,"),
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


def _drop(document: Any, text: str) -> None:
    element = s.find(document, text)._p
    element.getparent().remove(element)


def _text(document: Any, old: str, new: str) -> None:
    line = s.find(document, old)
    for run in line.runs[1:]:
        run.text = ""
    line.runs[0].text = new


BODY = [
    case("ND-01", "canh trái", PLAN, s.align(TEXT, "left")),
    case("ND-01", "canh giữa", PLAN, s.align(TEXT, "center")),
    case("ND-01", "cỡ 12", PLAN, s.size(TEXT, 12)),
    case("ND-01", "nghiêng", PLAN, s.italic(TEXT, True)),
    case("ND-02", "không lùi", PLAN, s.layout(TEXT, first_line_indent=Pt(0))),
    case("ND-02", "lùi 2 cm", PLAN, s.layout(TEXT, first_line_indent=Pt(56.7))),
    case("ND-03", "0 pt", PLAN, s.layout("2. Yêu cầu", space_after=Pt(0))),
    case("ND-03", "3 pt", PLAN, s.layout("2. Yêu cầu", space_after=Pt(3))),
    case("ND-04", "2 dòng", PLAN, s.layout(TEXT, line_spacing=2.0)),
    case("ND-04", "0,8 dòng", PLAN, s.layout(TEXT, line_spacing=0.8)),
    case("ND-04", "đúng 12 pt", PLAN, s.layout(TEXT, line_spacing=Pt(12))),
    case(
        "ND-05",
        "điểm không có khoản",
        replace(
            NOTICE,
            body=("a) Phân công đồng chí Lò Văn Ín;", "b) Phân công đồng chí Giàng A Páo.", CLOSE),
        ),
    ),
    case("ND-06", "số Ả Rập", body(REGULATION, "Chương II", "Chương 2")),
    case("ND-06", "canh trái", REGULATION, s.align("Chương II", "left")),
    case(
        "ND-06",
        "tiêu đề chữ thường",
        body(REGULATION, "NHỮNG QUY ĐỊNH CHUNG", "Những quy định chung"),
    ),
    case("ND-06", "không đậm", REGULATION, s.bold("Chương II", False)),
    case("ND-07", "số La Mã", body(REGULATION, "Mục 1", "Mục I")),
    case("ND-07", "không đậm", REGULATION, s.bold("HIỆU LỰC", False)),
    case("ND-08", "không đậm", DECISION, s.bold("Điều 2.", False)),
    case("ND-08", "nhảy số", body(DECISION, "**Điều 3.**", "**Điều 4.**")),
    case("ND-08", "hai chấm", body(DECISION, "**Điều 2.**", "**Điều 2:**")),
    case("ND-09", "gạch chéo", body(DECISION, "1. Đồng chí", "1/ Đồng chí")),
    case("ND-09", "tiêu đề không đậm", PLAN, s.bold("2. Yêu cầu", False)),
    case("ND-09", "khoản dài in đậm", NOTICE, s.bold("1. Đồng chí Lò Văn Ín", True)),
    case(
        "ND-09",
        "tiêu đề liền dòng",
        plus(
            PLAN,
            "3. Văn phòng: Chuẩn bị các điều kiện để thực hiện kế hoạch, bố trí kinh phí theo quy định hiện hành.",
        ),
    ),
    case("ND-10", "thiếu đ", body(REGULATION, "đ) Bảo đảm", "e) Bảo đảm")),
    case("ND-10", "dấu chấm", body(REGULATION, "b) Thiểu số", "b. Thiểu số")),
    case("ND-10", "chữ f", body(REGULATION, "đ) Bảo đảm", "f) Bảo đảm")),
    case("ND-11", "chữ thường", body(PLAN, "= II. CHỈ TIÊU", "= II. Chỉ tiêu")),
    case("ND-11", "không đậm", PLAN, s.bold("II. CHỈ TIÊU", False)),
    case("ND-11", "nhảy số", body(PLAN, "= III. TỔ CHỨC", "= IV. TỔ CHỨC")),
    case(
        "ND-11",
        "chỉ gạch đầu dòng",
        replace(
            PLAN,
            body=(
                *PLAN.body[:7],
                "= II. CHỈ TIÊU",
                "- Kết nạp 900 đoàn viên.",
                "- Thành lập 22 công đoàn cơ sở.",
                "= III. TỔ CHỨC THỰC HIỆN",
                f"1. {CLOSE}",
            ),
        ),
        also="PL-01",
    ),
    case(
        "ND-12",
        "chương không tiêu đề",
        replace(REGULATION, body=tuple(line for line in REGULATION.body if line != "# HIỆU LỰC")),
    ),
    case("ND-13", "thiếu ./.", body(PLAN, "xem xét./.", "xem xét.")),
    case("ND-13", "hai lần", body(PLAN, "kế hoạch này.", "kế hoạch này./.")),
]
SIGNERS = [
    case("KY-01", "T/M", replace(NOTICE, posts=("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"))),
    case("KY-01", "TM thiếu chấm", replace(NOTICE, posts=("TM BAN THƯỜNG VỤ", "CHỦ TỊCH"))),
    case("KY-01", "TM trước chức vụ", replace(NOTICE, posts=("TM. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))),
    case("KY-01", "KT trước tập thể", replace(NOTICE, posts=("KT. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"))),
    case("KY-01", "thiếu TM", replace(NOTICE, posts=("BAN THƯỜNG VỤ", "CHỦ TỊCH"))),
    case("KY-01", "TL tập thể", replace(NOTICE, posts=("TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"))),
    case("KY-02", "không đậm", NOTICE, s.bold(AUTHOR, False)),
    case("KY-02", "cỡ 12", NOTICE, s.size(AUTHOR, 12)),
    case(
        "KY-02",
        "chữ thường",
        replace(NOTICE, posts=("TM. BAN THƯỜNG VỤ", "Chủ tịch")),
        also="KY-03",
    ),
    case("KY-02", "canh trái", NOTICE, s.align(AUTHOR, "left")),
    case("KY-03", "in hoa", replace(NOTICE, name="VÀNG VĂN THÀNH")),
    case("KY-03", "học vị", replace(NOTICE, name="ThS. Vàng Văn Thành")),
    case("KY-03", "không đậm", NOTICE, s.bold("Vàng Văn Thành", False)),
    case("KY-03", "không có", replace(NOTICE, name="")),
    case("KY-04", "cấp phó không KT", replace(NOTICE, posts=("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"))),
    case(
        "KY-04", "KT không có cấp phó", replace(NOTICE, posts=("KT. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))
    ),
    case(
        "KY-05", "phó phụ trách", replace(NOTICE, posts=("PHÓ CHỦ TỊCH PHỤ TRÁCH",)), also="KY-04"
    ),
    case(
        "KY-06", "không dẫn ủy quyền", replace(NOTICE, posts=("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))
    ),
    case("KY-07", "chuyên viên", replace(NOTICE, posts=("TL. CHỦ TỊCH", "CHUYÊN VIÊN"))),
    case("KY-08", "không có chức vụ", replace(COMMITTEE, host=())),
    case("NN-01", "cỡ 14", NOTICE, s.size("Nơi nhận:", 14)),
    case("NN-01", "đứng", NOTICE, s.italic("Nơi nhận:", False)),
    case("NN-01", "không có", NOTICE, lambda d: _clear_recipients(d)),
    case("NN-02", "cỡ 12", NOTICE, s.size("- Các đơn vị", 12)),
    case(
        "NN-02",
        "dấu phẩy",
        replace(NOTICE, recipients=("- Thường trực;", "- Các đơn vị,", "- Lưu: VT.")),
    ),
    case(
        "NN-02",
        "thiếu gạch",
        replace(NOTICE, recipients=("- Thường trực;", "Các đơn vị;", "- Lưu: VT.")),
    ),
    case(
        "NN-03", "thiếu hai chấm", replace(NOTICE, recipients=("- Thường trực;", "- Lưu VT, CĐCS."))
    ),
    case("NN-03", "thiếu chấm", replace(NOTICE, recipients=("- Thường trực;", "- Lưu: VT"))),
    case("NN-04", "như kính gửi", replace(LETTER, recipients=("- Như kính gửi;", "- Lưu: VT."))),
    case("NN-04", "quyết định", replace(DECISION, recipients=("- Như trên;", "- Lưu: VT."))),
    case("PL-01", "không dẫn", body(PLAN, "; số liệu từng đơn vị tại Phụ lục kèm theo.", ".")),
    case(
        "PL-01",
        "không có phụ lục",
        body(NOTICE, "huyện Phong Thổ.", "huyện Phong Thổ (có danh sách kèm theo)."),
    ),
    case("PL-01", "hai phụ lục không số", replace(PLAN, annexes=PLAN.annexes * 2)),
    case("PL-02", "in hoa", annex(head="PHỤ LỤC")),
    case("PL-02", "cỡ 13", PLAN, lambda d: _last(d, "Phụ lục", s.size)),
    case("PL-02", "tiêu đề chữ thường", annex(title="Chỉ tiêu phát triển đoàn viên")),
    case("PL-03", "không có", annex(reference="(Ghi chú số liệu)"), also="PL-02"),
    case("PL-03", "đứng", PLAN, s.italic("(Kèm theo", False)),
    case(
        "PL-03",
        "khác số",
        annex(
            reference="(Kèm theo Kế hoạch số 71/KH-LĐLĐ ngày 02 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động tỉnh)"
        ),
    ),
    case("PL-04", "đánh tiếp", PLAN, lambda d: _continue(d)),
]


def _clear_recipients(document: Any) -> None:
    cell = document.tables[-1].cell(0, 0)
    for para in list(cell.paragraphs)[1:]:
        para._p.getparent().remove(para._p)
    cell.paragraphs[0].clear()


def _last(document: Any, text: str, how: Any) -> None:
    line = [para for para in s.paras(document) if para.text == text][-1]
    for run in line.runs:
        run.font.size = Pt(13)
    del how


def _continue(document: Any) -> None:
    section = document.sections[-1]._sectPr
    for child in list(section):
        if child.tag.endswith("pgNumType"):
            section.remove(child)


WORDS = [
    case(
        "VB-01",
        "từ lặp",
        body(
            NOTICE, "phụ trách địa bàn huyện Tam Đường", "phụ trách phụ địa bàn bàn huyện Tam Đường"
        ),
    ),
    case("VB-02", "mất nét", replace(NOTICE, recipients=("- Thành viên BCD;", "- Lưu: VT."))),
    case("VB-02", "mất nét ở ký hiệu", replace(NOTICE, number="Số: 09/TB-LDLD")),
    case(
        "VB-03",
        "hoa sau chấm phẩy",
        body(NOTICE, "hướng dẫn, kiểm tra", "hướng dẫn; Giúp đỡ kiểm tra"),
    ),
    case("VB-04", "ngắt đoạn", body(NOTICE, "1. Đồng chí", "1. Đồng chí"), lambda d: _split(d)),
    case("VB-05", "cách trước phẩy", body(NOTICE, "hướng dẫn, kiểm tra", "hướng dẫn , kiểm tra")),
    case("VB-05", "hai dấu cách", body(NOTICE, "hướng dẫn, kiểm tra", "hướng dẫn, kiểm  tra")),
    case(
        "VB-06",
        "hai kiểu dấu",
        plus(
            NOTICE,
            "3. Ký kết thoả ước lao động tập thể, bảo đảm sức khỏe người lao động, hòa giải tranh chấp.",
        ),
    ),
    case("VB-07", "chữ Eth", body(NOTICE, "Đồng chí Giàng", "Ðồng chí Giàng")),
    case("VB-07", "ký tự ẩn", body(NOTICE, "Giàng A Páo", "Giàng\u200b A Páo")),
    case("VB-08", "Ban chỉ đạo", body(NOTICE, "kiểm tra các", "báo cáo Ban chỉ đạo các")),
    case("VB-09", "Thành phố", body(NOTICE, "huyện Phong Thổ.", "các huyện, Thành phố.")),
    case("VB-10", "đề báo cáo", body(NOTICE, "kiểm tra các", "kiểm tra đề báo cáo các")),
    case(
        "VB-11",
        "thiếu chấm",
        body(
            NOTICE,
            "huyện Phong Thổ.",
            "huyện Phong Thổ và các xã biên giới của huyện, thường xuyên báo cáo tình hình",
        ),
    ),
    case("VB-12", "viết tắt", replace(NOTICE, subject=("Phân công cán bộ phụ trách CĐCS",))),
    case(
        "VB-13",
        "ký hiệu sót",
        replace(NOTICE, name="**Vàng Văn Thành"),
        lambda d: _text(d, "Vàng Văn Thành", "**Vàng Văn Thành**"),
    ),
    case(
        "PLAN-01",
        "không chỉ tiêu",
        replace(
            PLAN,
            annexes=(),
            body=(
                "= I. NỘI DUNG",
                "1. Tuyên truyền, vận động người lao động gia nhập tổ chức công đoàn theo quy định.",
                CLOSE,
            ),
        ),
    ),
]


def _split(document: Any) -> None:
    line = s.find(document, "1. Đồng chí Lò Văn Ín")
    words = line.runs[0].text
    at = words.index("hướng dẫn")
    line._p.addnext(copy.deepcopy(line._p))
    s.paras(document)[[p.text for p in s.paras(document)].index(line.text) + 1].runs[
        0
    ].text = words[at:]
    line.runs[0].text = words[:at].rstrip(" ,")


ALL = [*PAGE, *HEADER, *TITLE, *BODY, *SIGNERS, *WORDS]
__all__ = ["ALL", "INVITATION", "LONG", "REPORT", "Case"]
