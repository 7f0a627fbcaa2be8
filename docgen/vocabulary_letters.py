# ruff: noqa: E501 (a table reads best with one entry a line)
"""Template names of công văn and of the returned dossier. Pure.

Rows of name, label, sample, source and kind, in the order of `TemplateName`; docgen.vocabulary takes them in.
"""

from __future__ import annotations

_TEXT = "văn bản"
_LIST = "danh sách"
_NUMBER = "số"
_GROUP = "nhóm"

_PAPERS = "sổ đăng ký văn bản đi"
_WRITER = "người soạn thảo"
_FIGURES = "đoàn viên, công đoàn cơ sở đến ngày chốt số liệu"
_COMPUTED = "tính từ bảng"
_CASE = "hồ sơ thành lập"
_RULES = "quy định tại ngày văn bản"
_VISIT = "lịch khảo sát"

Names = tuple[tuple[str, str, str, str, str], ...]

_SHARED: Names = (
    ("van_ban_thuc_hien", "Các văn bản được thực hiện, viết trong câu", "Kế hoạch số 70/KH-LĐLĐ ngày 02 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu về phát triển đoàn viên", _PAPERS, _TEXT),
    ("goi_don_vi", "Cách gọi nơi nhận công văn ở câu kết", "các đơn vị có tên trên", _COMPUTED, _TEXT),
    ("han_thuc_hien", "Thời hạn thực hiện, trả lời", "ngày 21 tháng 10 năm 2024", _WRITER, _TEXT),
    ("noi_nhan_bao_cao", "Nơi nhận báo cáo, trả lời", "Liên đoàn Lao động tỉnh (qua Ban Tổ chức - Kiểm tra)", _WRITER, _TEXT),
    ("ngay_chot", "Ngày chốt số liệu", "ngày 30 tháng 9 năm 2024", _WRITER, _TEXT),
)  # fmt: skip

_FIGURE_NAMES = (
    ("chi_tieu_doan_vien", "Chỉ tiêu kết nạp mới", "85"),
    ("da_ket_nap", "Đã kết nạp mới", "31"),
    ("ty_le_doan_vien", "Tỷ lệ kết nạp mới (%)", "36,5"),
    ("chi_tieu_cdcs", "Chỉ tiêu công đoàn cơ sở thành lập mới", "2"),
    ("da_thanh_lap", "Công đoàn cơ sở đã thành lập mới", "1"),
    ("ty_le_cdcs", "Tỷ lệ công đoàn cơ sở thành lập mới (%)", "50"),
)

_REMINDER: Names = (
    ("muc_phai_dat", "Mức phải đạt tại thời điểm đôn đốc", "75%", "dữ kiện nghiệp vụ, hoặc theo thời gian đã qua của đợt", _TEXT),
    ("so_don_vi_cham", "Số đơn vị chậm chỉ tiêu", "03", _COMPUTED, _TEXT),
    ("ds_ket_qua_don_vi", "Kết quả của một đơn vị, viết thành câu", "Kết nạp mới 12/60 đoàn viên, đạt 20% chỉ tiêu", _FIGURES, _LIST),
    ("ds_don_vi_cham", "Các đơn vị chậm chỉ tiêu", "", _FIGURES, _LIST),
    ("ds_don_vi_cham[].tt", "Số thứ tự", "1", _COMPUTED, _NUMBER),
    ("ds_don_vi_cham[].don_vi", "Đơn vị", "Liên đoàn Lao động huyện Sìn Hồ", _FIGURES, _TEXT),
    *((f"ds_don_vi_cham[].{name}", label, sample, _FIGURES, _TEXT) for name, label, sample in _FIGURE_NAMES),
    ("tong_cham", "Dòng Tổng cộng của bảng đôn đốc", "", _COMPUTED, _GROUP),
    *((f"tong_cham.{name}", f"{label}, tổng cộng", sample, _COMPUTED, _TEXT) for name, label, sample in _FIGURE_NAMES),
    ("ds_bao_cao_thieu", "Các báo cáo chưa gửi", "Liên đoàn Lao động huyện Nậm Nhùn: báo cáo tháng 9/2024", "sổ đăng ký văn bản đến", _LIST),
    ("ds_yeu_cau_them", "Các nội dung đề nghị thêm", "Cử cán bộ tham gia đoàn công tác", _WRITER, _LIST),
)  # fmt: skip

_COORDINATION: Names = (
    ("can_cu_luat_trong_cau", "Phần nối về điều luật, có dấu chấm phẩy đứng trước; có thể trống", "; căn cứ khoản 5 Điều 25 Luật Công đoàn ngày 27 tháng 11 năm 2024", _RULES, _TEXT),
    ("viec_phoi_hop", "Việc cần phối hợp", "khảo sát tình hình lao động, vận động thành lập công đoàn cơ sở", _VISIT, _TEXT),
    ("nguoi_duoc_de_nghi", "Nơi được đề nghị phối hợp", "Công ty TNHH Xây dựng Bình Lư", _WRITER, _TEXT),
    ("thoi_gian_lam_viec", "Thời gian làm việc", "08 giờ 30 phút, ngày 14 tháng 5 năm 2024", _VISIT, _TEXT),
    ("ds_nguoi_lam_viec", "Thành viên đoàn công tác", "Đồng chí Lò Thị Mẫn, Phó Chủ tịch Liên đoàn Lao động tỉnh Lai Châu - Trưởng đoàn", _VISIT, _LIST),
    ("ds_noi_dung_de_nghi", "Các nội dung đề nghị phối hợp", "Cử đại diện lãnh đạo đơn vị làm việc với Đoàn công tác", _WRITER, _LIST),
)  # fmt: skip

_DOSSIER: Names = (
    ("noi_duoc_tra", "Nơi được trả hồ sơ", "Ban vận động thành lập Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư", _CASE, _TEXT),
    ("van_ban_kem_ho_so", "Văn bản đề nghị đi cùng hồ sơ, viết trong câu", "Tờ trình số 01/TTr-BVĐ ngày 08 tháng 5 năm 2024 của Ban vận động thành lập Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư và hồ sơ kèm theo", _CASE, _TEXT),
    ("ngay_nhan_ho_so", "Ngày nhận hồ sơ, đứng đầu câu", "Ngày 10 tháng 5 năm 2024", _CASE, _TEXT),
    ("so_thanh_phan_thieu", "Số thành phần còn thiếu; có thể trống", "02 (hai)", _COMPUTED, _TEXT),
    ("so_thanh_phan_sua", "Số thành phần phải sửa; có thể trống", "01 (một)", _COMPUTED, _TEXT),
    ("ds_con_thieu", "Các thành phần còn thiếu", "", _RULES, _LIST),
    ("ds_con_thieu[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _COMPUTED, _TEXT),
    ("ds_con_thieu[].noi_dung", "Thành phần còn thiếu, có dấu cuối dòng", "Danh sách trích ngang Ban Chấp hành;", _RULES, _TEXT),
    ("ds_phai_sua", "Các thành phần phải sửa", "", _CASE, _LIST),
    ("ds_phai_sua[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _COMPUTED, _TEXT),
    ("ds_phai_sua[].noi_dung", "Thành phần phải sửa và lý do, có dấu cuối dòng", "Biên bản kiểm phiếu: chưa có chữ ký của Trưởng ban kiểm phiếu.", _CASE, _TEXT),
    ("noi_nhan_ho_so", "Nơi nhận hồ sơ bổ sung", "Liên đoàn Lao động huyện Tam Đường", _CASE, _TEXT),
)  # fmt: skip

_CORRECTION: Names = (
    ("van_ban_duoc_dinh_chinh", "Văn bản được đính chính, dẫn đầy đủ", "Quyết định số 133/QĐ-LĐLĐ ngày 03 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu về việc giao chỉ tiêu", _PAPERS, _TEXT),
    ("ten_goi_van_ban", "Văn bản được đính chính, dẫn lại", "Quyết định số 133/QĐ-LĐLĐ", _PAPERS, _TEXT),
    ("can_cu_dinh_chinh", "Quy định về đính chính", "khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư", _RULES, _TEXT),
    ("ds_dinh_chinh", "Các chỗ đính chính", "Trang 2, Nơi nhận: đã in “- Lưu VT”, nay sửa lại là “- Lưu: VT.”", _WRITER, _LIST),
)  # fmt: skip

OFFICIAL_LETTERS: Names = (*_SHARED, *_REMINDER, *_COORDINATION, *_DOSSIER, *_CORRECTION)
