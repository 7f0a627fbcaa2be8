# ruff: noqa: E501 (a table reads best with one entry a line)
"""Template names of the papers of a founding congress, its launch programme and submissions. Pure.

Rows of name, label, sample, source and kind, in the order of `TemplateName`; docgen.vocabulary takes them in.
"""

from __future__ import annotations

_TEXT, _LIST, _NUMBER, _YES = "văn bản", "danh sách", "số", "có/không"
_MINUTES, _COUNT, _ORDER, _COMPUTED = (
    "biên bản",
    "biên bản kiểm phiếu",
    "đánh theo thứ tự",
    "tính từ số liệu",
)
_WRITER = "người soạn thảo"

Names = tuple[tuple[str, str, str, str, str], ...]

_MEETING: Names = (
    ("ten_cuoc_hop", "Cuộc họp bầu cử viết trong câu", "Đại hội", _MINUTES, _TEXT),
    ("nguoi_duoc_trieu_tap", "Cách gọi người được triệu tập", "Đại biểu", _MINUTES, _TEXT),
    ("ngay_hop", "Ngày họp, ngày kiểm phiếu", "ngày 04 tháng 5 năm 2024", _MINUTES, _TEXT),
    ("hinh_thuc_dai_hoi", "Đại hội toàn thể hay đại hội đại biểu", "Đại hội toàn thể", _MINUTES, _TEXT),
    ("so_nguoi_gia_nhap", "Số người có đơn gia nhập", "12", "đơn gia nhập", _NUMBER),
    ("so_trieu_tap", "Số người được triệu tập", "12", _MINUTES, _NUMBER),
    ("so_co_mat", "Số người có mặt", "11", _MINUTES, _NUMBER),
    ("so_co_mat_tren_trieu_tap", "Số có mặt trên số triệu tập", "11/12", _COMPUTED, _TEXT),
    ("ty_le_co_mat", "Tỷ lệ có mặt", "91,67%", _COMPUTED, _TEXT),
    ("ds_doan_chu_tich", "Đoàn chủ tịch, người chủ tọa trước; trống nếu chỉ có chủ tọa", "Đèo Văn Ơn", _MINUTES, _LIST),
    ("bao_cao_van_dong", "Báo cáo quá trình vận động", "Ban Vận động đã vận động được 12 người lao động làm đơn", _MINUTES, _TEXT),
    ("so_tan_thanh", "Số tán thành thành lập trên số có mặt", "11/11", _MINUTES, _TEXT),
    ("ty_le_tan_thanh", "Tỷ lệ tán thành", "100%", _COMPUTED, _TEXT),
    ("so_khong_tan_thanh", "Số không tán thành", "00", _MINUTES, _NUMBER),
    ("so_khong_y_kien", "Số không có ý kiến", "00", _MINUTES, _NUMBER),
    ("ds_phuong_huong_dai_hoi", "Phương hướng hoạt động", "Vận động thêm người lao động gia nhập công đoàn", _MINUTES, _LIST),
    ("ds_y_kien", "Ý kiến phát biểu, đã có tên mục", "Ý kiến chỉ đạo của công đoàn cấp trên: Đồng chí Lò Thị Ánh - Đề nghị ...", _MINUTES, _LIST),
    ("so_muc_nghi_quyet", "Số thứ tự của mục thông qua nghị quyết", "10", _ORDER, _NUMBER),
    ("so_thong_qua", "Số tán thành nghị quyết trên số có mặt", "11/11", _MINUTES, _TEXT),
    ("ty_le_thong_qua", "Tỷ lệ tán thành nghị quyết", "100%", _COMPUTED, _TEXT),
    ("so_ban", "Số bản lập", "02", _MINUTES, _NUMBER),
    ("ds_bau_chuc_danh", "Bầu cử từng chức danh", "", _COUNT, _LIST),
    ("ds_bau_chuc_danh[].ten_chuc_danh", "Chức danh", "Chủ tịch", _COUNT, _TEXT),
    ("ds_bau_chuc_danh[].ds_ket_qua", "Kết quả của từng người", "Đồng chí Lò Văn Tâm: 03/03 phiếu, đạt tỷ lệ 100%.", _COUNT, _LIST),
    ("ds_bau_chuc_danh[].ds_trung_cu", "Người trúng cử chức danh; có thể trống", "đồng chí Lò Văn Tâm", _COMPUTED, _LIST),
    ("ds_noi_dung_hop", "Các nội dung sau phần bầu cử", "", _MINUTES, _LIST),
    ("ds_noi_dung_hop[].so", "Số thứ tự", "3", _ORDER, _NUMBER),
    ("ds_noi_dung_hop[].noi_dung", "Nội dung", "Phân công nhiệm vụ:", _MINUTES, _TEXT),
    ("ds_noi_dung_hop[].ds_dong", "Các dòng của nội dung; có thể trống", "Đồng chí Lò Văn Tâm: Phụ trách chung;", _MINUTES, _LIST),
)  # fmt: skip

_BALLOT: Names = (
    ("ten_bau_cu", "Ban, chức danh được bầu", "Ban Chấp hành", _COUNT, _TEXT),
    ("ten_so_luong_bau", "Tên dòng số lượng được bầu", "Số lượng Ban Chấp hành", _COUNT, _TEXT),
    ("bau_mot_nguoi", "Chỉ bầu chủ tịch, không bầu ban chấp hành", "", _COUNT, _YES),
    ("so_luong_bau", "Số lượng được bầu, bằng số và bằng chữ", "03 (ba)", _COUNT, _TEXT),
    ("so_ung_cu_vien", "Số người trong danh sách bầu cử", "04 đồng chí", _COUNT, _TEXT),
    ("so_ung_cu", "Số người ứng cử", "01", _COUNT, _NUMBER),
    ("so_de_cu", "Số người được đề cử", "03", _COUNT, _NUMBER),
    ("so_tham_gia_bo_phieu", "Số người tham gia bỏ phiếu", "11", _COUNT, _NUMBER),
    ("so_phieu_phat_ra", "Số phiếu phát ra", "11", _COUNT, _NUMBER),
    ("so_phieu_thu_ve", "Số phiếu thu về", "11", _COUNT, _NUMBER),
    ("so_phieu_hop_le", "Số phiếu hợp lệ", "11", _COUNT, _NUMBER),
    ("so_phieu_khong_hop_le", "Số phiếu không hợp lệ", "00", _COUNT, _NUMBER),
    ("ds_ket_qua", "Các dòng kết quả, cao xuống thấp", "Đồng chí Lò Văn Tâm: 10/11 phiếu, đạt tỷ lệ 90,91%;", _COUNT, _LIST),
    ("so_trung_cu", "Số người trúng cử, bằng số và bằng chữ", "03 (ba)", _COMPUTED, _TEXT),
    ("ds_trung_cu", "Các dòng trúng cử, cao xuống thấp", "Đồng chí Lò Văn Tâm;", _COMPUTED, _LIST),
    ("cach_xep", "Phần nối về cách xếp người trúng cử, có dấu phẩy hai đầu; trống khi bầu các chức danh", ", xếp theo số phiếu từ cao xuống thấp,", _COUNT, _TEXT),
    ("ds_ban_kiem_phieu", "Các dòng ban kiểm phiếu", "Đồng chí Tao Văn Dung - Trưởng ban;", _COUNT, _LIST),
    ("quyen_han_nguoi_chung_kien", "Dòng trên chữ ký của người ký thứ ba", "TM. ĐOÀN CHỦ TỊCH", _COUNT, _TEXT),
    ("ho_ten_nguoi_chung_kien", "Họ tên người ký thứ ba; có thể trống", "Đèo Văn Ơn", _COUNT, _TEXT),
)  # fmt: skip

_PROGRAMME: Names = (
    ("ds_chuong_trinh", "Các mục của chương trình", "", "chương trình lễ ra mắt", _LIST),
    ("ds_chuong_trinh[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_chuong_trinh[].gio", "Giờ", "14 giờ 00 phút", "chương trình lễ ra mắt", _TEXT),
    ("ds_chuong_trinh[].noi_dung", "Nội dung", "Văn nghệ chào mừng", "chương trình lễ ra mắt", _TEXT),
    ("ds_chuong_trinh[].nguoi_thuc_hien", "Người thực hiện; có thể trống", "Đoàn viên, người lao động Công ty", "chương trình lễ ra mắt", _TEXT),
    ("don_vi_chuan_bi", "Đơn vị chuẩn bị buổi lễ", "Văn phòng Liên đoàn Lao động huyện", _WRITER, _TEXT),
)  # fmt: skip

_SUBMISSION: Names = (
    ("chu_the_trinh", "Người trình viết trong câu", "Ban Chấp hành Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư", "thẩm quyền ký", _TEXT),
    ("noi_trinh", "Nơi xem xét, quyết định", "Ban Thường vụ Liên đoàn Lao động huyện Tam Đường", _WRITER, _TEXT),
    ("ds_ly_do", "Các đoạn lý do", "Ngày 04 tháng 5 năm 2024, Đại hội thành lập ... đã bầu Ban Chấp hành.", "hồ sơ thành lập", _LIST),
    ("ds_noi_dung_trinh", "Các nội dung trình", "", "hồ sơ thành lập", _LIST),
    ("ds_noi_dung_trinh[].noi_dung", "Nội dung trình", "Công nhận Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư, gồm 12 đoàn viên.", "hồ sơ thành lập", _TEXT),
    ("ds_noi_dung_trinh[].ds_dong", "Danh sách của nội dung; có thể trống", "Đồng chí Lò Văn Tâm, sinh ngày 15/3/1988, Phó phòng Kỹ thuật - Chủ tịch;", "danh sách trích ngang", _LIST),
    ("ds_ho_so", "Hồ sơ gửi kèm", "Biên bản Đại hội thành lập công đoàn cơ sở", _WRITER, _LIST),
)  # fmt: skip

CONGRESS: Names = (*_MEETING, *_BALLOT, *_PROGRAMME, *_SUBMISSION)
