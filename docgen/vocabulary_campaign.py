"""Template names of the campaign's papers: plan, quota decision, assignment decision. Pure.

Rows of name, label, sample, source and kind, in the order of `TemplateName`; docgen.vocabulary takes them in.
"""

from __future__ import annotations

_TEXT = "văn bản"
_LIST = "danh sách"
_NUMBER = "số"

_CAMPAIGN = "đợt phát triển đoàn viên"
_QUOTA = "chỉ tiêu của đợt"
_COMPUTED = "tính từ bảng"
_ENTERPRISE = "hồ sơ doanh nghiệp"
_ASSIGNMENT = "phân công của đợt"
_ORDER = "đánh theo thứ tự"

Names = tuple[tuple[str, str, str, str, str], ...]

_PLAN: Names = (
    ("trich_yeu_trong_cau", "Trích yếu viết trong câu", "khảo sát, nắm tình hình công nhân lao động", _CAMPAIGN, _TEXT),
    ("nam_ke_hoach", "Năm của kế hoạch", "2024", _CAMPAIGN, _NUMBER),
    ("ds_muc_dich", "Các mục đích", "", _CAMPAIGN, _LIST),
    ("ds_muc_dich[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_muc_dich[].noi_dung", "Mục đích", "Nắm chắc số doanh nghiệp, số lao động.", _CAMPAIGN, _TEXT),
    ("ds_yeu_cau", "Các yêu cầu", "", _CAMPAIGN, _LIST),
    ("ds_yeu_cau[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_yeu_cau[].noi_dung", "Yêu cầu", "Khảo sát đúng đối tượng, số liệu trung thực.", _CAMPAIGN, _TEXT),
    ("ds_noi_dung", "Các nội dung", "", _CAMPAIGN, _LIST),
    ("ds_noi_dung[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_noi_dung[].noi_dung", "Nội dung", "Khảo sát, nắm tình hình công nhân lao động.", _CAMPAIGN, _TEXT),
    ("dia_diem_trong_cau", "Địa điểm viết trong câu", "tại các đơn vị, doanh nghiệp trong tỉnh", _CAMPAIGN, _TEXT),
    ("ds_thanh_phan", "Các thành phần", "", _CAMPAIGN, _LIST),
    ("ds_thanh_phan[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_thanh_phan[].noi_dung", "Thành phần", "Liên đoàn Lao động các huyện, thành phố.", _CAMPAIGN, _TEXT),
    ("kinh_phi", "Nguồn kinh phí", "Từ nguồn tài chính công đoàn.", _CAMPAIGN, _TEXT),
    ("ds_phuong_tien", "Nhân lực, phương tiện", "", _CAMPAIGN, _LIST),
    ("ds_phuong_tien[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_phuong_tien[].noi_dung", "Nhân lực, phương tiện", "Tài liệu được chuẩn bị xong.", _CAMPAIGN, _TEXT),
    ("ds_don_vi", "Các đơn vị được giao việc", "", _CAMPAIGN, _LIST),
    ("ds_don_vi[].so", "Số thứ tự khoản", "1", _ORDER, _NUMBER),
    ("ds_don_vi[].ten_don_vi", "Đơn vị", "Ban Tổ chức - Kiểm tra", _CAMPAIGN, _TEXT),
    ("ds_don_vi[].ds_nhiem_vu", "Nhiệm vụ của đơn vị", "", _CAMPAIGN, _LIST),
    ("ds_don_vi[].ds_nhiem_vu[].chu", "Chữ cái đầu điểm; trống nếu chỉ có một", "a) ", _ORDER, _TEXT),
    ("ds_don_vi[].ds_nhiem_vu[].noi_dung", "Nhiệm vụ", "Chủ trì, phối hợp với các ban.", _CAMPAIGN, _TEXT),
    ("so_muc_bao_cao", "Số thứ tự khoản Chế độ báo cáo", "6", _ORDER, _NUMBER),
    ("che_do_bao_cao", "Chế độ báo cáo", "báo cáo kết quả trước ngày 20 hằng tháng", _CAMPAIGN, _TEXT),
    ("ds_tien_do", "Các dòng tiến độ", "", _CAMPAIGN, _LIST),
    ("ds_tien_do[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_tien_do[].cong_viec", "Nội dung công việc", "Rà soát, lập danh sách doanh nghiệp", _CAMPAIGN, _TEXT),
    ("ds_tien_do[].chu_tri", "Đơn vị chủ trì", "Ban Tổ chức - Kiểm tra", _CAMPAIGN, _TEXT),
    ("ds_tien_do[].phoi_hop", "Đơn vị phối hợp", "Văn phòng", _CAMPAIGN, _TEXT),
    ("ds_tien_do[].thoi_gian", "Thời gian", "Từ 06/5/2024 đến 31/5/2024", _CAMPAIGN, _TEXT),
    ("ds_tien_do[].ket_qua", "Kết quả", "Phiếu khảo sát", _CAMPAIGN, _TEXT),
)  # fmt: skip

_ENTERPRISES: Names = (
    ("ds_dia_ban", "Các địa bàn có doanh nghiệp", "", _ENTERPRISE, _LIST),
    ("ds_dia_ban[].ten_dia_ban", "Địa bàn", "Huyện Tam Đường", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].so_doanh_nghiep", "Số doanh nghiệp của địa bàn", "03", _COMPUTED, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep", "Doanh nghiệp của địa bàn", "", _ENTERPRISE, _LIST),
    ("ds_dia_ban[].ds_doanh_nghiep[].tt", "Số thứ tự trong cả danh sách", "7", _ORDER, _NUMBER),
    ("ds_dia_ban[].ds_doanh_nghiep[].ten_doanh_nghiep", "Tên doanh nghiệp", "Công ty TNHH A&B", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].ma_so_thue", "Mã số thuế", "6299101718", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].dia_chi", "Địa chỉ", "Bản Nà Bỏ, xã Bản Giang", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].nganh_nghe", "Ngành nghề", "Chế biến chè", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].lao_dong", "Số lao động", "32", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].lao_dong_nu", "Lao động nữ; có thể trống", "14", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].du_kien", "Tháng dự kiến thành lập; có thể trống", "6/2024", _ENTERPRISE, _TEXT),
    ("ds_dia_ban[].ds_doanh_nghiep[].ghi_chu", "Ghi chú; có thể trống", "", _ENTERPRISE, _TEXT),
    ("tong_doanh_nghiep", "Tổng số doanh nghiệp", "24", _COMPUTED, _TEXT),
    ("tong_lao_dong", "Tổng số lao động", "744", _COMPUTED, _TEXT),
    ("tong_lao_dong_nu", "Tổng số lao động nữ", "402", _COMPUTED, _TEXT),
)  # fmt: skip

_MEASURES = (
    ("ket_nap_moi", "Kết nạp mới đoàn viên", "900"),
    ("tang_them", "Đoàn viên tăng thêm, đã trừ số giảm", "560"),
    ("cdcs_moi", "Công đoàn cơ sở thành lập mới", "22"),
    ("cdcs_ngoai_nha_nuoc", "Công đoàn cơ sở mới ngoài nhà nước", "18"),
    ("cdcs_tu_25_lao_dong", "Công đoàn cơ sở mới ở nơi có từ 25 lao động trở lên", "12"),
)
_COLUMNS = (("dau_ky", "Số đoàn viên đầu kỳ", "23.100"), *_MEASURES)

_QUOTAS: Names = (
    ("chi_tieu", "Chỉ tiêu toàn tỉnh", "", _QUOTA, "nhóm"),
    *((f"chi_tieu.{name}", label, sample, _QUOTA, _TEXT) for name, label, sample in _MEASURES),
    ("ds_chi_tieu", "Chỉ tiêu của từng đơn vị", "", _QUOTA, _LIST),
    ("ds_chi_tieu[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_chi_tieu[].don_vi", "Đơn vị", "Liên đoàn Lao động huyện Tam Đường", _QUOTA, _TEXT),
    ("ds_chi_tieu[].ghi_chu", "Ghi chú; có thể trống", "", _QUOTA, _TEXT),
    *((f"ds_chi_tieu[].{name}", label, sample, _QUOTA, _TEXT) for name, label, sample in _COLUMNS),
    ("tong_chi_tieu", "Dòng Tổng cộng của bảng chỉ tiêu", "", _COMPUTED, "nhóm"),
    *((f"tong_chi_tieu.{name}", f"{label}, tổng cộng", sample, _COMPUTED, _TEXT) for name, label, sample in _COLUMNS),
    ("nam_chi_tieu", "Năm giao chỉ tiêu", "2024", _QUOTA, _NUMBER),
    ("ngay_dau_ky", "Ngày chốt số đoàn viên đầu kỳ", "31/12/2023", _QUOTA, _TEXT),
    ("don_vi_theo_doi", "Đơn vị theo dõi, tổng hợp", "Ban Tổ chức - Kiểm tra", "người soạn thảo", _TEXT),
)  # fmt: skip

_ASSIGNMENTS: Names = (
    ("ten_ban_chi_dao", "Tên Ban Chỉ đạo", "Ban Chỉ đạo phát triển đoàn viên", _ASSIGNMENT, _TEXT),
    ("so_nguoi", "Số người được phân công", "06", _COMPUTED, _TEXT),
    ("tu_ngay", "Phụ trách từ ngày", "ngày 06 tháng 5 năm 2024", _ASSIGNMENT, _TEXT),
    ("den_ngay", "Phụ trách đến ngày", "ngày 31 tháng 12 năm 2024", _ASSIGNMENT, _TEXT),
    ("quyet_dinh_thay_the", "Quyết định bị thay thế; có thể trống", "", "người soạn thảo", _TEXT),
    ("ds_phan_cong", "Các dòng phân công", "", _ASSIGNMENT, _LIST),
    ("ds_phan_cong[].tt", "Số thứ tự", "1", _ORDER, _NUMBER),
    ("ds_phan_cong[].xung_ho", "Xưng hô", "Đồng chí", _ASSIGNMENT, _TEXT),
    ("ds_phan_cong[].ho_ten", "Họ và tên", "Lò Thị Mẫn", _ASSIGNMENT, _TEXT),
    ("ds_phan_cong[].chuc_vu", "Chức vụ", "Phó Chủ tịch Liên đoàn Lao động tỉnh", "chức vụ tại ngày văn bản", _TEXT),
    ("ds_phan_cong[].chuc_danh", "Chức danh trong Ban Chỉ đạo", "Phó Trưởng ban", _ASSIGNMENT, _TEXT),
    ("ds_phan_cong[].dia_ban", "Địa bàn, đơn vị phụ trách", "Liên đoàn Lao động huyện Tam Đường", _ASSIGNMENT, _TEXT),
    ("ds_phan_cong[].doan_vien_moi", "Chỉ tiêu đoàn viên mới của địa bàn", "95", _COMPUTED, _TEXT),
    ("ds_phan_cong[].cdcs_moi", "Chỉ tiêu công đoàn cơ sở mới của địa bàn", "3", _COMPUTED, _TEXT),
    ("ds_phan_cong[].giup_viec", "Cán bộ giúp việc; có thể trống", "Giàng A Sử", _ASSIGNMENT, _TEXT),
    ("tong_doan_vien_moi", "Tổng chỉ tiêu đoàn viên mới", "900", _COMPUTED, _TEXT),
    ("tong_cdcs_moi", "Tổng chỉ tiêu công đoàn cơ sở mới", "22", _COMPUTED, _TEXT),
)  # fmt: skip

CAMPAIGN: Names = (*_PLAN, *_ENTERPRISES, *_QUOTAS, *_ASSIGNMENTS)
