"""The kinds of fault of the real plan, in ten other texts: nothing is tied to the one plan."""

# ruff: noqa: E501 (lines of a paper stay in one piece)

from __future__ import annotations

import pytest

from docgen.rules import check_docx
from tests.docgen.rules.models import typed_text

END = """
Nơi nhận:
- Các đơn vị;
- Lưu: VT, VP.
TM. BAN THƯỜNG VỤ
CHỦ TỊCH
Lò Văn Ín
"""
TEXTS: dict[str, tuple[str, set[str]]] = {
    "thông báo": (
        """Số: 15 /TB-LĐLĐ
Tam đường, ngày 9 tháng 03 năm 2024
THÔNG BÁO
Lịch kiểm tra hoạt động CĐCS quý II
1. Đoàn kiểm tra làm việc tại các Công ty trên địa bàn các xã, Thành phố ; Chuẩn bị đủ hồ sơ sổ sách theo quy định.
2. Ban chấp hành công đoàn cơ sở báo báo cáo bằng văn bản./.""",
        {
            "QH-01",
            "CQ-01",
            "SO-03",
            "DD-01",
            "DD-03",
            "VB-12",
            "VB-09",
            "VB-03",
            "VB-05",
            "VB-08",
            "VB-01",
        },
    ),
    "báo cáo": (
        """Số: 7/BC-LĐLĐ
Phong thổ, ngày 05 tháng 6 năm 2024
BÁO CÁO
Kết quả thực hiện công tác nữ công
I. KẾT QUẢ
- Tuyên truyền tại các đơn vị
- Phối hợp kiểm tra việc thực hiện chế độ, chính sách.
II. Phương hướng
1. Tiếp tục đỗi mới nội dung hoạt động, cũng cố tổ chức.""",
        {"SO-02", "DD-01", "ND-11", "VB-11", "VB-10", "ND-13"},
    ),
    "kế hoạch": (
        """Số: 31/KH-LDLD
Lai Châu, ngày 15 tháng 4 năm 2025
KẾ HOẠCH
Tổ chức Tháng Công nhân
- Căn cứ Kế hoạch số 12/KH-TLĐ, ngày 03/3/2025 của Tổng Liên đoàn về Tháng Công nhân; Công văn số 15/LĐLĐ-VP, ngày 10/3/2025 của Ban Thường vụ về phối hợp;
- Căn cứ Nghị quyết số 11- NQ/TU, ngày 12/5/2022 của Tỉnh ủy.
Liên đoàn Lao động tỉnh ban hành kế hoạch như sau:
I. NỘI DUNG
1. Tổ chức thăm hỏi, tặng quà cho đoàn viên; Tổ chức đối thoại tại doanh nghiệp (có danh sách kèm theo).
2. Giao Ban tuyên giáo chủ trì phối hợp với Văn phòng./.""",
        {
            "VB-02",
            "CC-01",
            "CC-03",
            "SO-03",
            "VB-03",
            "PL-01",
            "PLAN-01",
            "VB-08",
            "VB-10",
            "ND-11",
        },
    ),
    "quyết định": (
        """Số: 8/QĐ-LĐLĐ
Sìn hồ, ngày 1 tháng 2 năm 2025
QUYẾT ĐỊNH
V/v thành lập tổ công tác
Căn cứ luật Công đoàn;
Căn cứ Điều lệ công đoàn Việt Nam,
QUYẾT ĐỊNH:
Điều 1: Thành lập tổ công tác phát triển đoàn viên gồm 05 đồng chí.
Điều 3. Các ông bà có tên tại Điều 1 chịu trách nhiệm thi hành./.""",
        {"SO-02", "DD-01", "DD-03", "TL-05", "CC-01", "CC-02", "VB-08", "ND-08", "NN-04"},
    ),
    "chương trình": (
        """Số: 02/CTr-LĐLĐ
Lai Châu, ngày 20 tháng 12 năm 2024
CHƯƠNG TRÌNH
Kiểm tra, giám sát năm 2025
1. Kiểm tra việc chấp hành Điều lệ công đoàn tại các đơn vị
và công tác tài chính.
2. Giám sát việc ký kết thoả ước, hòa giải tranh chấp, bảo vệ sức khỏe, củng cố tổ chức.
a. Nội dung giám sát theo quy định;
c) Thời gian trong quý III./.""",
        {"VB-04", "VB-06", "VB-08", "ND-10"},
    ),
    "tờ trình": (
        """Số: 07/TTr-CĐCS/2024
Bình Lư, ngày 12 tháng 05 năm 2024
TỜ TRÌNH
V/v công nhận BCH
Kính gửi LĐLĐ huyện
Căn cứ kết quả đại hội, CĐCS kính đề nghị xem xét, công nhận Ban chấp hành khóa I, gồm các Đoàn viên có tên trong danh sách./.""",
        {"SO-04", "DD-03", "TL-02", "VB-12", "KG-01", "VB-08", "VB-09"},
    ),
    "hướng dẫn": (
        """Số 05/HD-LĐLĐ
Lai Châu ngày 10 tháng 10 năm 2024
HƯỚNG DẪN
Tổ chức đại hội công đoàn cơ sở
I. MỤC ĐÍCH
1. Bảo đảm dân chủ, đoàn kết, trách nhiệm ,hiệu quả.
1/ Đại hội bầu ban chấp hành; Bầu đoàn đại biểu dự đại hội cấp trên.
III. TỔ CHỨC
1. Ủy ban kiểm tra giám sát việc thực hiện, đề báo cáo Ban thường vụ **đúng hạn**./.""",
        {"SO-01", "DD-01", "VB-05", "ND-09", "VB-03", "ND-11", "VB-08", "VB-10", "VB-13"},
    ),
    "kết luận": (
        """Số: 03 / KL-LĐLĐ
Than uyên, ngày 02 tháng 9 năm 2024
KẾT LUẬN
Hội nghị Ban Chấp hành lần thứ năm
1. Thống nhất đánh giá kết quả quý III. Thực hiện Nghị quyết số 05- NQ/TU của Tỉnh ủy.
2. Giao NSDLD và NLD phối hợp xử dụng hiệu quả nguồn kinh phí""",
        {"SO-03", "DD-01", "VB-02", "VB-10", "VB-11", "ND-13"},
    ),
    "đề án": (
        """Số: 01/ĐA-LĐLĐ
Lai Châu, ngày 31 tháng 11 năm 2024
ĐỀ ÁN
Sắp xếp tổ chức công đoàn
I. SỰ CẦN THIẾT
- Thực hiện chủ trương của đảng và nhà nước về sắp xếp.
- Góp phần xây dựng đảng, xây dựng chính quyền.
II. PHƯƠNG ÁN
1. Phương án một
Giữ nguyên các Công đoàn cơ sở, các huyện, Thành phố tự rà soát.
2. Phương án hai
Sáp nhập các đơn vị nhỏ.
3. Phương án ba: Giải thể các đơn vị không hoạt động theo quy định của Điều lệ./.""",
        {"DD-03", "ND-11", "VB-08", "VB-09", "ND-09"},
    ),
    "giấy mời": (
        """Số: 9/GM-LĐLĐ
Mường tè, ngày 3 tháng 7 năm 2025
GIẤY MỜI
Dự hội nghị sơ kết công tác CĐCS
Liên đoàn Lao động huyện trân trọng kính mời Ông, bà tới dự hội nghị tại Hội trường,  đúng giờ.
Thành phần tham dự gồm các Thành viên Ban Chỉ đạo , đại diện doanh nghiệp./.""",
        {"SO-02", "DD-01", "DD-03", "VB-12", "VB-05", "VB-09"},
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_faults_are_found(name: str) -> None:
    text, wanted = TEXTS[name]
    found = {finding.rule for finding in check_docx(typed_text(text + END))}
    assert wanted - found == set()
