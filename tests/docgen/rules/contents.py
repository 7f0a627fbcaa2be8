"""Papers that the typist types: synthetic, each right in wording and form."""

# ruff: noqa: E501, ISC004 (lines of a paper stay in one piece)

from __future__ import annotations

from dataclasses import dataclass

PARENT = ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",)
PARENT_2 = ("TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM")
PROVINCE = ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU")
DISTRICT = ("LIÊN ĐOÀN LAO ĐỘNG", "HUYỆN TAM ĐƯỜNG")
LONG = (
    "Căn cứ tình hình lao động tại các doanh nghiệp trên địa bàn, Ban Thường vụ Liên đoàn Lao động tỉnh "
    "yêu cầu các đơn vị phối hợp chặt chẽ, bảo đảm tiến độ và chất lượng công việc được giao trong năm."
)
CLOSE = "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Liên đoàn Lao động tỉnh để xem xét./."


@dataclass(frozen=True)
class Content:
    """Words of a paper. In ``body`` ``#`` is a centred head, ``=`` a bold heading, ``**`` marks bold words."""

    type_name: str = ""
    subject: tuple[str, ...] = ()
    number: str = "Số: 70/KH-LĐLĐ"
    place: str = "Lai Châu, ngày 02 tháng 5 năm 2024"
    parent: tuple[str, ...] = PARENT
    issuer: tuple[str, ...] = PROVINCE
    national: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    letter_subject: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    word: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    posts: tuple[str, ...] = ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")
    host: tuple[str, ...] = ()
    name: str = "Vàng Văn Thành"
    second: tuple[tuple[str, ...], str] | None = None
    recipients: tuple[str, ...] = (
        "- Thường trực Liên đoàn Lao động tỉnh;",
        "- Các đơn vị liên quan;",
        "- Lưu: VT, TC-KT.",
    )
    annexes: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    subject_rule: bool = True
    attached: str = ""


PLAN = Content(
    type_name="KẾ HOẠCH",
    subject=("Khảo sát tình hình công nhân lao động,", "phát triển đoàn viên năm 2024"),
    bases=(
        "Căn cứ Chương trình số 01/CTr-LĐLĐ ngày 24 tháng 11 năm 2023 của Ban Thường vụ Liên đoàn Lao động tỉnh "
        "về chương trình làm việc năm 2024;",
        "Căn cứ Kế hoạch số 31/KH-TLĐ ngày 27 tháng 3 năm 2024 của Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam "
        "về phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024.",
    ),
    body=(
        "Ban Thường vụ Liên đoàn Lao động tỉnh xây dựng kế hoạch như sau:",
        "= I. MỤC ĐÍCH, YÊU CẦU",
        "= 1. Mục đích",
        "a) Nắm chắc số doanh nghiệp, số lao động, điều kiện làm việc và nguyện vọng của công nhân lao động trên địa bàn tỉnh;",
        "b) Hoàn thành chỉ tiêu phát triển đoàn viên được giao.",
        "= 2. Yêu cầu",
        LONG,
        "= II. CHỈ TIÊU",
        "1. Kết nạp mới 900 đoàn viên; số liệu từng đơn vị tại Phụ lục kèm theo.",
        "2. Thành lập 22 công đoàn cơ sở.",
        "= III. TỔ CHỨC THỰC HIỆN",
        "1. Ban Tổ chức - Kiểm tra chủ trì, phối hợp với các ban, đơn vị tham mưu Ban Thường vụ thực hiện kế hoạch này.",
        CLOSE,
    ),
    annexes=(
        (
            "Phụ lục",
            "CHỈ TIÊU PHÁT TRIỂN ĐOÀN VIÊN NĂM 2024",
            "(Kèm theo Kế hoạch số 70/KH-LĐLĐ ngày 02 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu)",
            (
                "Huyện Tam Đường kết nạp 120 đoàn viên, thành lập 03 công đoàn cơ sở trong các doanh nghiệp.",
            ),
        ),
    ),
)
DECISION = Content(
    type_name="QUYẾT ĐỊNH",
    subject=(
        "Về việc chỉ định Ban Chấp hành lâm thời Công đoàn cơ sở",
        "Công ty TNHH Xây dựng Bình Lư",
    ),
    number="Số: 07/QĐ-LĐLĐ",
    place="Tam Đường, ngày 06 tháng 5 năm 2024",
    parent=("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",),
    issuer=DISTRICT,
    authority=("BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG",),
    bases=(
        "Căn cứ Luật Công đoàn ngày 20 tháng 6 năm 2012;",
        "Căn cứ Điều lệ Công đoàn Việt Nam;",
        "Căn cứ Quyết định số 06/QĐ-LĐLĐ ngày 06 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động huyện "
        "về việc thành lập Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư;",
        "Theo đề nghị của Văn phòng Liên đoàn Lao động huyện.",
    ),
    word="QUYẾT ĐỊNH:",
    body=(
        "**Điều 1.** Chỉ định Ban Chấp hành lâm thời Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư gồm 03 (ba) đồng chí có tên sau:",
        "1. Đồng chí Lò Văn Tâm, Phó phòng Kỹ thuật - Chủ tịch;",
        "2. Đồng chí Vàng Thị Sao, Kế toán - Phó Chủ tịch;",
        "3. Đồng chí Nguyễn Văn An, Công nhân - Ủy viên.",
        "**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký.",
        "**Điều 3.** Văn phòng, Công đoàn cơ sở và các đồng chí có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ),
    posts=("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    name="Lò Thị Hương",
    recipients=("- Như Điều 3;", "- Liên đoàn Lao động tỉnh;", "- Lưu: VT."),
)
LETTER = Content(
    number="Số: 128/LĐLĐ-TCKT",
    letter_subject=("V/v đôn đốc thực hiện chỉ tiêu", "phát triển đoàn viên năm 2024"),
    addressees=("Liên đoàn Lao động các huyện", "Công đoàn các ngành"),
    body=(
        LONG,
        "1. Rà soát số doanh nghiệp đủ điều kiện thành lập công đoàn cơ sở trên địa bàn, báo cáo trước ngày 20 tháng 5 năm 2024.",
        "2. Cử cán bộ bám nắm cơ sở, tuyên truyền, vận động người lao động gia nhập Công đoàn Việt Nam.",
        "Nhận được công văn này, đề nghị các đơn vị nghiêm túc triển khai thực hiện./.",
    ),
    recipients=("- Như trên;", "- Lưu: VT, TC-KT."),
    posts=("TL. CHỦ TỊCH", "TRƯỞNG BAN TỔ CHỨC - KIỂM TRA"),
    name="H'Mông Thị Ửng",
)
LETTER_ONE = Content(
    number="Số: 05/LĐLĐ-VP",
    letter_subject=("V/v mời phối hợp khảo sát",),
    addressees=("Công ty TNHH A&B",),
    body=(LONG, "Liên đoàn Lao động tỉnh trân trọng cảm ơn./."),
    recipients=("- Như trên;", "- Lưu: VT, VP."),
    posts=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    name="Ín",
)
REPORT = Content(
    type_name="BÁO CÁO",
    subject=("Kết quả phát triển đoàn viên 6 tháng đầu năm 2024",),
    number="Số: 112/BC-LĐLĐ",
    place="Lai Châu, ngày 15 tháng 6 năm 2024",
    addressees=("Tổng Liên đoàn Lao động Việt Nam",),
    body=(
        "= I. KẾT QUẢ THỰC HIỆN",
        "1. Đã kết nạp 450 đoàn viên, đạt 50% chỉ tiêu; thành lập 11 công đoàn cơ sở trong khu vực ngoài nhà nước.",
        "2. Công tác tuyên truyền được tổ chức tại 24 doanh nghiệp.",
        "= II. PHƯƠNG HƯỚNG",
        CLOSE,
    ),
    recipients=("- Như trên;", "- Lưu: VT, TC-KT."),
)
SUBMISSION = Content(
    type_name="TỜ TRÌNH",
    subject=("Về việc đề nghị công nhận công đoàn cơ sở",),
    number="Số: 02/TTr-CĐCS",
    place="Bình Lư, ngày 12 tháng 01 năm 2026",
    parent=("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",),
    issuer=("CÔNG ĐOÀN CƠ SỞ CÔNG TY", "TNHH XÂY DỰNG BÌNH LƯ"),
    addressees=("Ban Thường vụ Liên đoàn Lao động tỉnh",),
    body=(LONG, "Kính trình Ban Thường vụ Liên đoàn Lao động tỉnh xem xét, quyết định./."),
    posts=("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"),
    recipients=("- Như trên;", "- Lưu: VT."),
)
NOTICE = Content(
    type_name="THÔNG BÁO",
    subject=("Phân công cán bộ phụ trách địa bàn",),
    number="Số: 09/TB-LĐLĐ",
    place="Lai Châu, ngày 09 tháng 02 năm 2025",
    body=(
        "1. Đồng chí Lò Văn Ín phụ trách địa bàn huyện Tam Đường, có trách nhiệm hướng dẫn, kiểm tra các công đoàn cơ sở được phân công.",
        "2. Đồng chí Giàng A Páo phụ trách địa bàn huyện Phong Thổ.",
        CLOSE,
    ),
)
MINUTES = Content(
    type_name="BIÊN BẢN",
    subject=("Lễ ra mắt Công đoàn cơ sở Công ty TNHH A&B",),
    number="Số: 02/BB-LĐLĐ",
    place="",
    subject_rule=False,
    body=(
        "Thời gian bắt đầu: 14 giờ 00 phút ngày 16 tháng 5 năm 2024.",
        "Địa điểm: Hội trường Công ty TNHH A&B, xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu.",
        "Chủ trì: Đồng chí Lò Thị Hương, Phó Chủ tịch Liên đoàn Lao động huyện.",
        LONG,
        "Lễ ra mắt kết thúc vào hồi 16 giờ 30 phút cùng ngày./.",
    ),
    posts=("CHỦ TRÌ",),
    second=(("THƯ KÝ",), "Nguyễn Thị Mai"),
    recipients=("- Các đơn vị dự lễ;", "- Lưu: VT, Hồ sơ."),
)
INVITATION = Content(
    type_name="GIẤY MỜI",
    subject=("Dự lễ ra mắt công đoàn cơ sở",),
    number="Số: 03/GM-LĐLĐ",
    place="Lai Châu, ngày 10 tháng 11 năm 2025",
    body=(
        "Liên đoàn Lao động tỉnh trân trọng kính mời: Ông Trần Văn B<X>, Giám đốc Công ty TNHH A&B.",
        "Thời gian: 8 giờ 00 phút ngày 15 tháng 11 năm 2025.",
        "Địa điểm: Hội trường Liên đoàn Lao động tỉnh.",
        "Rất hân hạnh được đón tiếp./.",
    ),
    recipients=("- Như trên;", "- Lưu: VT."),
)
INTRODUCTION = Content(
    type_name="GIẤY GIỚI THIỆU",
    number="Số: 15/GGT-LĐLĐ",
    body=(
        "Liên đoàn Lao động tỉnh Lai Châu trân trọng giới thiệu:",
        "Bà: Hoàng Thị Mai",
        "Chức vụ: Chuyên viên Ban Tổ chức - Kiểm tra",
        "Được cử đến: Công ty TNHH Xây dựng Bình Lư",
        "Đề nghị Quý cơ quan tạo điều kiện để bà có tên ở trên hoàn thành nhiệm vụ.",
        "Giấy này có giá trị đến hết ngày 20 tháng 5 năm 2024./.",
    ),
    posts=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    recipients=("- Như trên;", "- Lưu: VT."),
)
COMMITTEE = Content(
    type_name="QUYẾT ĐỊNH",
    subject=("Về việc phân công thành viên Ban Chỉ đạo",),
    number="Số: 43/QĐ-BCĐ",
    place="Lai Châu, ngày 21 tháng 12 năm 2023",
    parent=("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",),
    issuer=("BAN CHỈ ĐẠO", "PHÁT TRIỂN ĐOÀN VIÊN"),
    authority=("BAN CHỈ ĐẠO PHÁT TRIỂN ĐOÀN VIÊN",),
    bases=(
        "Căn cứ Điều lệ Công đoàn Việt Nam;",
        "Theo đề nghị của Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh.",
    ),
    word="QUYẾT ĐỊNH",
    body=(
        "**Điều 1.** Phân công các đồng chí có tên tại danh sách thành viên Ban Chỉ đạo phụ trách địa bàn các huyện, thành phố trong tỉnh.",
        "**Điều 2.** Các đồng chí có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ),
    posts=("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"),
    host=("CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH",),
    recipients=("- Như Điều 2;", "- Lưu: VT, TC-KT."),
)
DRAFT = Content(
    type_name="CHƯƠNG TRÌNH",
    subject=("Làm việc của Ban Thường vụ năm 2025",),
    number="Số:      /CTr-LĐLĐ",
    place="Lai Châu, ngày      tháng 12 năm 2024",
    body=("= I. NỘI DUNG", "1. Họp giao ban tháng.", "2. " + LONG, CLOSE),
)
REGULATION = Content(
    type_name="QUY CHẾ",
    subject=("Làm việc của Ban Chấp hành Liên đoàn Lao động tỉnh",),
    number="",
    place="",
    attached="(Kèm theo Quyết định số 12/QĐ-LĐLĐ ngày 03 tháng 3 năm 2025 của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu)",
    body=(
        "# Chương I",
        "# NHỮNG QUY ĐỊNH CHUNG",
        "**Điều 1. Phạm vi điều chỉnh**",
        LONG,
        "**Điều 2. Nguyên tắc làm việc**",
        "1. Tập trung dân chủ, tập thể lãnh đạo, cá nhân phụ trách.",
        "a) Quyết định theo đa số;",
        "b) Thiểu số phục tùng đa số;",
        "c) Cấp dưới phục tùng cấp trên;",
        "d) Giữ bí mật công tác;",
        "đ) Bảo đảm đoàn kết.",
        "# Chương II",
        "# ĐIỀU KHOẢN THI HÀNH",
        "# Mục 1",
        "# HIỆU LỰC",
        "**Điều 3. Hiệu lực thi hành**",
        "Quy chế này có hiệu lực kể từ ngày ký quyết định ban hành./.",
    ),
    posts=(),
)
ALL = {
    "plan": PLAN, "decision": DECISION, "letter": LETTER, "letter_one": LETTER_ONE, "report": REPORT,
    "submission": SUBMISSION, "notice": NOTICE, "minutes": MINUTES, "invitation": INVITATION,
    "introduction": INTRODUCTION, "committee": COMMITTEE, "draft": DRAFT, "regulation": REGULATION,
}  # fmt: skip
