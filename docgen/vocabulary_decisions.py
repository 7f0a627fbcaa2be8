# ruff: noqa: E501 (a table reads best with one entry a line)
"""Template names of survey teams, notices of assignment, admissions, inspection and reorganisation. Pure.

Rows of name, label, sample, source and kind, in the order of `TemplateName`; docgen.vocabulary takes them in.
"""

from __future__ import annotations

_TEXT = "văn bản"
_LIST = "danh sách"
_NUMBER = "số"

_PEOPLE = "danh sách đoàn viên"
_VISITS = "chuyến khảo sát của đợt"
_WRITER = "người soạn thảo"
_ORDER = "đánh theo thứ tự"
_UNIONS = "công đoàn cơ sở"
_ORGS = "tổ chức tại ngày văn bản"

Names = tuple[tuple[str, str, str, str, str], ...]

_SURVEYS: Names = (
    ("ten_doan", "Đoàn khảo sát hoặc tổ khảo sát", "Đoàn khảo sát", _WRITER, _TEXT),
    ("viec_khao_sat", "Việc khảo sát viết trong câu", "tình hình công nhân lao động năm 2024", _WRITER, _TEXT),
    ("so_thanh_vien", "Số thành viên, bằng số và bằng chữ", "05 (năm)", _VISITS, _TEXT),
    ("ds_thanh_vien", "Các dòng thành viên", "Đồng chí Lò Thị Mẫn, Phó Chủ tịch Liên đoàn Lao động tỉnh - Trưởng đoàn;", _VISITS, _LIST),
    ("ds_nhiem_vu_doan", "Các dòng nhiệm vụ, đã có dấu cuối dòng", "Tuyên truyền, vận động người lao động gia nhập Công đoàn Việt Nam;", _WRITER, _LIST),
    ("han_bao_cao", "Hạn báo cáo kết quả; có thể trống", "ngày 10 tháng 6 năm 2024", _WRITER, _TEXT),
    ("nguon_kinh_phi", "Nguồn kinh phí viết trong câu; có thể trống", "từ nguồn tài chính công đoàn", _WRITER, _TEXT),
    ("phuong_tien_di_lai", "Phương tiện đi lại viết trong câu; có thể trống", "xe ô tô của cơ quan", _WRITER, _TEXT),
    ("ds_lich_khao_sat", "Các dòng lịch khảo sát", "", _VISITS, _LIST),
    ("ds_lich_khao_sat[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_lich_khao_sat[].thoi_gian", "Thời gian", "Sáng 08/5/2024", _VISITS, _TEXT),
    ("ds_lich_khao_sat[].noi_den", "Đơn vị, doanh nghiệp", "Công ty TNHH A&B Tây Bắc", _VISITS, _TEXT),
    ("ds_lich_khao_sat[].dia_chi", "Địa chỉ; có thể trống", "Xã Bình Lư, huyện Tam Đường", _VISITS, _TEXT),
    ("ds_lich_khao_sat[].lien_he", "Người liên hệ; có thể trống", "Ông Vàng A Páo, Giám đốc", _VISITS, _TEXT),
)  # fmt: skip

_NOTICES: Names = (
    ("ke_hoach_thuc_hien", "Kế hoạch được thực hiện, viết trong câu", "Kế hoạch số 70/KH-LĐLĐ ngày 02 tháng 5 năm 2024 của ...", "sổ đăng ký văn bản đi", _TEXT),
    ("noi_duoc_de_nghi", "Đơn vị, cá nhân được đề nghị thực hiện", "các đồng chí được phân công", _WRITER, _TEXT),
)  # fmt: skip

_ADMISSIONS: Names = (
    ("ten_doanh_nghiep", "Tên doanh nghiệp", "Công ty TNHH Xây dựng Bình Lư", "doanh nghiệp", _TEXT),
    ("ten_doanh_nghiep_in_hoa", "Tên doanh nghiệp, chữ in hoa", "CÔNG TY TNHH XÂY DỰNG BÌNH LƯ", "doanh nghiệp", _TEXT),
    ("so_nguoi_ket_nap", "Số người được kết nạp, bằng số và bằng chữ", "12 (mười hai)", _PEOPLE, _TEXT),
    ("ds_ket_nap", "Những người được kết nạp", "", _PEOPLE, _LIST),
    ("ds_ket_nap[].ho_ten", "Họ và tên", "Vàng Thị Sao", _PEOPLE, _TEXT),
    ("ds_ket_nap[].ngay_sinh", "Ngày sinh; có thể trống", "09/02/1994", _PEOPLE, _TEXT),
    ("ds_ket_nap[].gioi_tinh", "Giới tính; có thể trống", "Nữ", _PEOPLE, _TEXT),
    ("ds_ket_nap[].dan_toc", "Dân tộc; có thể trống", "Mông", _PEOPLE, _TEXT),
    ("ds_ket_nap[].cong_viec", "Nghề nghiệp, bộ phận; có thể trống", "Kế toán", _PEOPLE, _TEXT),
    ("ds_ket_nap[].ngay_lam_don", "Ngày làm đơn; có thể trống", "26/4/2024", "đơn gia nhập", _TEXT),
)  # fmt: skip

_INSPECTION: Names = (
    ("nguoi_kiem_tra", "Ủy viên được giao nhiệm vụ kiểm tra; có thể trống", "đồng chí Nguyễn Văn An, Lái máy xúc", "danh sách ban chấp hành", _TEXT),
)  # fmt: skip

_REORGANISATION: Names = (
    ("cac_cong_doan", "Công đoàn cơ sở; nhiều nơi thì là số lượng", "03 (ba) công đoàn cơ sở", _UNIONS, _TEXT),
    ("goi_cac_cong_doan", "Cách gọi lại các công đoàn cơ sở trong câu sau", "các công đoàn cơ sở có tên tại Phụ lục", _UNIONS, _TEXT),
    ("tong_doan_vien", "Tổng số đoàn viên của các công đoàn cơ sở; có thể trống", "62", "tính từ bảng", _TEXT),
    ("cong_doan_nhan_sap_nhap", "Công đoàn cơ sở nhận sáp nhập; có thể trống", "Công đoàn cơ sở Công ty Cổ phần Trà Hoa Ban", _UNIONS, _TEXT),
    ("so_doan_vien_sau_sap_nhap", "Số đoàn viên sau sáp nhập; có thể trống", "50", "tính từ bảng", _TEXT),
    ("noi_tiep_nhan", "Công đoàn cấp trên tiếp nhận; có thể trống", "Liên đoàn Lao động tỉnh Lai Châu", _ORGS, _TEXT),
    ("noi_chuyen_giao", "Công đoàn cấp trên chuyển giao; có thể trống", "Liên đoàn Lao động huyện Tam Đường", _ORGS, _TEXT),
    ("ngay_thuc_hien", "Thực hiện kể từ ngày", "ngày 01 tháng 7 năm 2025", _WRITER, _TEXT),
    ("han_ban_giao", "Hạn bàn giao; có thể trống", "ngày 15 tháng 7 năm 2025", _WRITER, _TEXT),
    ("ly_do", "Lý do; có thể trống", "Công ty TNHH A&B chấm dứt hoạt động", _WRITER, _TEXT),
    ("ds_cong_doan", "Các dòng công đoàn cơ sở", "", _UNIONS, _LIST),
    ("ds_cong_doan[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_cong_doan[].ten", "Tên công đoàn cơ sở", "Công đoàn cơ sở Công ty TNHH A&B", _UNIONS, _TEXT),
    ("ds_cong_doan[].dia_chi", "Địa chỉ; có thể trống", "Xã Bình Lư", _UNIONS, _TEXT),
    ("ds_cong_doan[].so_doan_vien", "Số đoàn viên", "41", _UNIONS, _TEXT),
    ("ds_cong_doan[].chu_tich", "Chủ tịch; có thể trống", "Giàng A Chứ", _UNIONS, _TEXT),
    ("ds_cong_doan[].ghi_chu", "Ghi chú; có thể trống", "", _WRITER, _TEXT),
)  # fmt: skip

DECISIONS_OF_UPPER_UNIONS: Names = (
    *_SURVEYS,
    *_NOTICES,
    *_ADMISSIONS,
    *_INSPECTION,
    *_REORGANISATION,
)
