# ruff: noqa: E501 (a table reads best with one entry a line)
"""Template names of the result report. Pure.

Rows of name, label, sample, source and kind, in the order of `TemplateName`; docgen.vocabulary takes them in.
"""

from __future__ import annotations

_TEXT = "văn bản"
_LIST = "danh sách"
_NUMBER = "số"
_GROUP = "nhóm"

_WRITER = "người soạn thảo"
_FIGURES = "đoàn viên, công đoàn cơ sở đến ngày chốt số liệu"
_COMPUTED = "tính từ bảng"

Names = tuple[tuple[str, str, str, str, str], ...]

#: Sections whose sentences a person writes: name, label of one entry.
_SECTIONS = (
    ("ds_chi_dao", "Công tác lãnh đạo, chỉ đạo", "Ban hành Kế hoạch số 70/KH-LĐLĐ."),
    ("ds_tuyen_truyen", "Công tác tuyên truyền; có thể trống", "Tuyên truyền tại 34 doanh nghiệp."),
    ("ds_uu_diem", "Ưu điểm", "Các cấp công đoàn bám sát kế hoạch."),
    ("ds_han_che", "Hạn chế, nguyên nhân", "Một số đơn vị đạt thấp."),
    ("ds_phuong_huong", "Phương hướng", "Tiếp tục đôn đốc các đơn vị."),
    ("ds_kien_nghi", "Kiến nghị, đề xuất; có thể trống", "Đề nghị hỗ trợ tài liệu tuyên truyền."),
)
_FIGURE_NAMES = (
    ("ct_ket_nap", "Chỉ tiêu kết nạp mới; có thể trống", "95"),
    ("ct_tang_them", "Chỉ tiêu tăng thêm; có thể trống", "60"),
    ("ct_cdcs", "Chỉ tiêu công đoàn cơ sở mới; có thể trống", "3"),
    ("ky_ket_nap", "Kết nạp mới trong kỳ", "28"),
    ("ky_giam", "Số giảm trong kỳ", "2"),
    ("ky_tang_them", "Tăng thêm trong kỳ", "26"),
    ("ky_cdcs", "Công đoàn cơ sở mới trong kỳ", "1"),
    ("lk_ket_nap", "Kết nạp mới lũy kế", "71"),
    ("lk_giam", "Số giảm lũy kế", "5"),
    ("lk_tang_them", "Tăng thêm lũy kế", "66"),
    ("lk_cdcs", "Công đoàn cơ sở mới lũy kế", "2"),
    ("tl_ket_nap", "Tỷ lệ kết nạp mới (%); có thể trống", "74,7"),
    ("tl_tang_them", "Tỷ lệ tăng thêm (%); có thể trống", "110"),
    ("tl_cdcs", "Tỷ lệ công đoàn cơ sở mới (%); có thể trống", "66,7"),
)

REPORTS: Names = (
    ("ky_bao_cao", "Kỳ báo cáo viết trong câu", "quý III năm 2024", _WRITER, _TEXT),
    ("luy_ke_tu_ngay", "Ngày bắt đầu tính lũy kế", "01/01/2024", _FIGURES, _TEXT),
    ("noi_kinh_bao_cao", "Cấp trên được báo cáo; có thể trống", "Tổng Liên đoàn Lao động Việt Nam", _WRITER, _TEXT),
    ("ket_qua_khao_sat", "Kết quả khảo sát, viết thành câu", "Khảo sát, nắm tình hình tại 34 đơn vị, doanh nghiệp với 1.184 lao động.", _FIGURES, _TEXT),
    ("ds_ket_qua_doan_vien", "Kết quả phát triển đoàn viên, viết thành câu", "Trong quý III năm 2024, toàn tỉnh kết nạp mới 216 đoàn viên.", _FIGURES, _LIST),
    ("ds_ket_qua_cdcs", "Kết quả thành lập công đoàn cơ sở, viết thành câu", "Lũy kế, toàn tỉnh thành lập mới 13 công đoàn cơ sở.", _FIGURES, _LIST),
    *((name, label, "", _WRITER, _LIST) for name, label, _ in _SECTIONS),
    *((f"{name}[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _COMPUTED, _TEXT) for name, _, _ in _SECTIONS),
    *((f"{name}[].noi_dung", label, sample, _WRITER, _TEXT) for name, label, sample in _SECTIONS),
    ("ds_don_vi_ket_qua", "Kết quả của từng đơn vị", "", _FIGURES, _LIST),
    ("ds_don_vi_ket_qua[].tt", "Số thứ tự", "1", _COMPUTED, _NUMBER),
    ("ds_don_vi_ket_qua[].don_vi", "Đơn vị", "Liên đoàn Lao động huyện Tam Đường", _FIGURES, _TEXT),
    *((f"ds_don_vi_ket_qua[].{name}", label, sample, _FIGURES, _TEXT) for name, label, sample in _FIGURE_NAMES),
    ("tong_ket_qua", "Dòng Tổng cộng của bảng kết quả", "", _COMPUTED, _GROUP),
    *((f"tong_ket_qua.{name}", f"{label}, tổng cộng", sample, _COMPUTED, _TEXT) for name, label, sample in _FIGURE_NAMES),
    ("ds_cdcs_moi", "Các công đoàn cơ sở mới trong kỳ", "", _FIGURES, _LIST),
    ("ds_cdcs_moi[].tt", "Số thứ tự", "1", _COMPUTED, _NUMBER),
    ("ds_cdcs_moi[].ten_cdcs", "Tên công đoàn cơ sở", "Công đoàn cơ sở Công ty TNHH A&B Lai Châu", _FIGURES, _TEXT),
    ("ds_cdcs_moi[].don_vi", "Đơn vị", "Liên đoàn Lao động thành phố Lai Châu", _FIGURES, _TEXT),
    ("ds_cdcs_moi[].quyet_dinh", "Quyết định thành lập, công nhận", "52/QĐ-LĐLĐ", "sổ đăng ký văn bản đi", _TEXT),
    ("ds_cdcs_moi[].ngay", "Ngày quyết định", "12/7/2024", "sổ đăng ký văn bản đi", _TEXT),
    ("ds_cdcs_moi[].so_doan_vien", "Số đoàn viên", "21", _FIGURES, _TEXT),
    ("tong_doan_vien_cdcs_moi", "Tổng số đoàn viên của các công đoàn cơ sở mới", "90", _COMPUTED, _TEXT),
)  # fmt: skip
