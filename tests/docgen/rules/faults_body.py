"""One fault each, continued: body, signers, recipients, annexes, wording."""

# ruff: noqa: E501 (lines of a paper stay in one piece)

from __future__ import annotations

from dataclasses import replace

from docx.shared import Pt

from tests.docgen.rules import faults as head
from tests.docgen.rules import spoil as s
from tests.docgen.rules.contents import (
    CLOSE,
    COMMITTEE,
    DECISION,
    LETTER,
    NOTICE,
    PLAN,
    REGULATION,
)  # fmt: skip
from tests.docgen.rules.faults import AUTHOR, TEXT, annex, body, case, plus

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
    case("NN-01", "không có", NOTICE, s.clear_recipients),
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
    case("PL-02", "cỡ 13", PLAN, s.small_annex_head),
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
    case("PL-04", "đánh tiếp", PLAN, s.continue_pages),
]


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
    case("VB-04", "ngắt đoạn", body(NOTICE, "1. Đồng chí", "1. Đồng chí"), s.split_paragraph),
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
        lambda d: s.retype(d, "Vàng Văn Thành", "**Vàng Văn Thành**"),
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


ALL = [*head.PAGE, *head.HEADER, *head.TITLE, *BODY, *SIGNERS, *WORDS]
