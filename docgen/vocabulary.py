# ruff: noqa: E501 (a table reads best with one entry a line)
"""Every name a Word template may use, once: label, type, sample, source. Pure.

Names are unaccented Vietnamese (house.md §5). ``ds_doan_vien[].ho_ten`` is the field ``ho_ten`` of the entries
of the list ``ds_doan_vien``. Each kind adds its group to ``_GROUPS``; a name has one meaning everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from docgen.vocabulary_campaign import CAMPAIGN
from docgen.vocabulary_congress import CONGRESS
from docgen.vocabulary_decisions import DECISIONS_OF_UPPER_UNIONS
from docgen.vocabulary_letters import OFFICIAL_LETTERS
from docgen.vocabulary_reports import REPORTS


@dataclass(frozen=True, slots=True)
class TemplateName:
    """One template name. ``kind``: văn bản, số, có/không, danh sách, hình, văn bản con; ``source``: where the value comes from."""

    name: str
    label_vi: str
    sample: str
    source: str
    kind: str = "văn bản"


_N = TemplateName
_LIST = "danh sách"
_YES = "có/không"
_NUMBER = "số"

COMMON: tuple[TemplateName, ...] = (
    _N("ten_co_quan_chu_quan", "Tên cơ quan chủ quản (đã ngắt dòng)", "TỔNG LIÊN ĐOÀN LAO ĐỘNG\nVIỆT NAM", "tổ chức tại ngày văn bản"),
    _N("ten_co_quan", "Tên cơ quan ban hành (đã ngắt dòng)", "LIÊN ĐOÀN LAO ĐỘNG\nTỈNH LAI CHÂU", "tổ chức tại ngày văn bản"),
    _N("ten_co_quan_trong_cau", "Tên cơ quan ban hành viết trong câu", "Liên đoàn Lao động tỉnh Lai Châu", "tổ chức"),
    _N("chu_the_ban_hanh", "Chủ thể ban hành viết trong câu", "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu", "thẩm quyền ký"),
    _N("so_van_ban", "Số văn bản; bản dự thảo để trống", "07", "sổ đăng ký văn bản đi"),
    _N("ky_hieu", "Ký hiệu", "QĐ-LĐLĐ", "loại văn bản và tổ chức"),
    _N("so_ky_hieu", "Số và ký hiệu", "07/QĐ-LĐLĐ", "sổ đăng ký văn bản đi"),
    _N("dia_danh", "Địa danh", "Lai Châu", "trụ sở tại ngày văn bản"),
    _N("ngay_ban_hanh", "Ngày ban hành; bản dự thảo để trống ngày", "ngày 06 tháng 5 năm 2024", "sổ đăng ký văn bản đi"),
    _N("trich_yeu", "Trích yếu (đã ngắt dòng)", "Về việc thành lập\nCông đoàn cơ sở Công ty TNHH Xây dựng Bình Lư", "loại văn bản"),
    _N("tham_quyen", "Dòng thẩm quyền của quyết định", "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "thẩm quyền ký"),
    _N("dong_quyet_dinh", "Dòng QUYẾT ĐỊNH, có hay không dấu hai chấm theo quy định tại ngày văn bản", "QUYẾT ĐỊNH:", "quy định thể thức"),
    _N("ds_can_cu", "Các dòng căn cứ, đã có dấu cuối dòng", "Căn cứ Luật Công đoàn ngày 20 tháng 6 năm 2012;", "căn cứ tại ngày văn bản", _LIST),
    _N("quyen_han_ky", "Quyền hạn và chức vụ người ký (nhiều dòng)", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", "thẩm quyền ký"),
    _N("chuc_vu_o_co_quan", "Chức vụ ở cơ quan đóng dấu (ban chỉ đạo); có thể trống", "CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH", "thẩm quyền ký"),
    _N("ho_ten_nguoi_ky", "Họ tên người ký", "Lò Thị Ánh", "thẩm quyền ký"),
    _N("ds_kinh_gui", "Nơi kính gửi", "Liên đoàn Lao động huyện Tam Đường", "người soạn thảo", _LIST),
    _N("ds_noi_nhan", "Nơi nhận, không có dấu cuối dòng", "LĐLĐ tỉnh (để b/c)", "người soạn thảo", _LIST),
    _N("don_vi_luu", "Đơn vị lưu", "VT, TC-KT", "đơn vị soạn thảo"),
)  # fmt: skip

DECISIONS: tuple[TemplateName, ...] = (
    _N("ten_cong_doan_co_so", "Tên công đoàn cơ sở", "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư", "công đoàn cơ sở"),
    _N("ten_cong_doan_co_so_in_hoa", "Tên công đoàn cơ sở, chữ in hoa", "CÔNG ĐOÀN CƠ SỞ CÔNG TY TNHH XÂY DỰNG BÌNH LƯ", "công đoàn cơ sở"),
    _N("cong_doan_cap_tren", "Công đoàn cấp trên", "Liên đoàn Lao động huyện Tam Đường", "tổ chức tại ngày văn bản"),
    _N("so_doan_vien", "Số đoàn viên", "12", "danh sách đoàn viên", _NUMBER),
    _N("don_vi_thi_hanh", "Đơn vị, cá nhân thi hành", "Văn phòng, Ban Tổ chức - Kiểm tra", "người soạn thảo"),
    _N("ngay_hieu_luc", "Thời điểm có hiệu lực", "ngày ký", "người soạn thảo; để trống là ngày ký"),
    _N("ds_doan_vien", "Danh sách đoàn viên", "", "danh sách đoàn viên", _LIST),
    _N("ds_doan_vien[].ho_ten", "Họ và tên đoàn viên", "Vàng Thị Sao", "danh sách đoàn viên"),
    _N("ds_doan_vien[].ngay_sinh", "Ngày sinh", "09/02/1994", "danh sách đoàn viên"),
    _N("ds_doan_vien[].gioi_tinh", "Giới tính", "Nữ", "danh sách đoàn viên"),
    _N("ds_doan_vien[].dan_toc", "Dân tộc", "Mông", "danh sách đoàn viên"),
    _N("ds_doan_vien[].cong_viec", "Nghề nghiệp, bộ phận", "Kế toán", "danh sách đoàn viên"),
    _N("ds_doan_vien[].ghi_chu", "Ghi chú", "", "danh sách đoàn viên"),
    _N("nhiem_ky", "Nhiệm kỳ", "2024 - 2028", "công đoàn cơ sở"),
    _N("ten_ban_chap_hanh", "Ban chấp hành được chỉ định, công nhận; nơi chỉ có chủ tịch thì là chủ tịch", "Ban Chấp hành lâm thời", "danh sách ban chấp hành"),
    _N("chu_the_nhiem_vu", "Người, tập thể thực hiện nhiệm vụ nêu tại Điều 2", "Ban Chấp hành lâm thời", "danh sách ban chấp hành"),
    _N("dong_chi_duy_nhat", "Đồng chí giữ chức chủ tịch nơi không có ban chấp hành; nơi có thì trống", "đồng chí Lò Văn Tâm, Phó phòng Kỹ thuật,", "danh sách ban chấp hành"),
    _N("so_uy_vien", "Số ủy viên, bằng số và bằng chữ", "03 (ba)", "danh sách ban chấp hành"),
    _N("ds_uy_vien", "Các dòng ủy viên", "Đồng chí Lò Văn Tâm, Phó phòng Kỹ thuật - Chủ tịch;", "danh sách ban chấp hành", _LIST),
    _N("so_thang_lam_thoi", "Thời hạn của ban chấp hành lâm thời (tháng)", "12", "quy định tại ngày văn bản", _NUMBER),
)  # fmt: skip

LETTERS: tuple[TemplateName, ...] = (
    _N("danh_xung", "Danh xưng người được giới thiệu", "Bà", "cán bộ"),
    _N("goi_nguoi_di", "Cách gọi trong câu: một người, hoặc mọi người có tên ở trên", "các ông (bà)", "cán bộ"),
    _N("ho_ten_nguoi_duoc_gioi_thieu", "Họ tên người được giới thiệu", "Hoàng Thị Mai", "cán bộ"),
    _N("chuc_vu_nguoi_duoc_gioi_thieu", "Chức vụ người được giới thiệu", "Chuyên viên Ban Tổ chức - Kiểm tra", "cán bộ"),
    _N("ds_nguoi_di_cung", "Những người cùng đi (họ tên, chức vụ)", "Tao Văn Dung, Chuyên viên Văn phòng", "cán bộ", _LIST),
    _N("noi_den", "Nơi được cử đến", "Công ty TNHH Xây dựng Bình Lư", "doanh nghiệp"),
    _N("noi_dung_cong_viec", "Việc cần làm", "khảo sát tình hình lao động và vận động thành lập công đoàn cơ sở", "kế hoạch"),
    _N("quy_don_vi", "Cách gọi nơi đến", "Quý Công ty", "người soạn thảo"),
    _N("ngay_het_gia_tri", "Ngày hết giá trị", "ngày 31 tháng 5 năm 2024", "kế hoạch"),
    _N("ds_khach_moi", "Khách mời", "Ông Vàng A Páo, Giám đốc Công ty TNHH Xây dựng Bình Lư", "người soạn thảo", _LIST),
    _N("su_kien_trong_cau", "Tên sự kiện và quyết định được công bố", "Lễ công bố quyết định thành lập và ra mắt Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư (Quyết định số 06/QĐ-LĐLĐ ngày 06 tháng 5 năm 2024 của Ban Thường vụ Liên đoàn Lao động huyện Tam Đường)", "lịch công tác, sổ văn bản đi"),
    _N("nguoi_chu_tri", "Người chủ trì", "Đồng chí Lò Thị Ánh, Chủ tịch Liên đoàn Lao động huyện Tam Đường", "lịch công tác"),
    _N("thoi_gian", "Thời gian", "14 giờ 00 phút, thứ Năm, ngày 16 tháng 5 năm 2024", "lịch công tác"),
    _N("dia_diem", "Địa điểm", "Hội trường Công ty TNHH Xây dựng Bình Lư", "lịch công tác"),
    _N("ds_ghi_chu", "Các dòng ghi chú", "Trang phục: lịch sự.", "người soạn thảo", _LIST),
    _N("lien_he", "Đầu mối liên hệ", "đồng chí Hoàng Thị Mai, điện thoại 0912345678", "người soạn thảo"),
)  # fmt: skip

MINUTES: tuple[TemplateName, ...] = (
    _N("thoi_gian_bat_dau", "Thời gian bắt đầu", "14 giờ 00 phút, ngày 16 tháng 5 năm 2024", "biên bản"),
    _N("thoi_gian_ket_thuc", "Thời gian kết thúc", "15 giờ 30 phút cùng ngày", "biên bản"),
    _N("ds_nhom_dai_bieu", "Các nhóm đại biểu", "", "biên bản", _LIST),
    _N("ds_nhom_dai_bieu[].ten_nhom", "Tên nhóm đại biểu", "Đại diện công đoàn cấp trên", "biên bản"),
    _N("ds_nhom_dai_bieu[].ds_nguoi", "Đại biểu của nhóm", "Đồng chí Lò Thị Ánh, Chủ tịch Liên đoàn Lao động huyện Tam Đường", "biên bản", _LIST),
    _N("so_doan_vien_co_mat", "Số đoàn viên có mặt", "11", "biên bản", _NUMBER),
    _N("chu_tri", "Người chủ trì (họ tên, chức vụ)", "Đồng chí Lò Thị Ánh, Chủ tịch Liên đoàn Lao động huyện Tam Đường", "biên bản"),
    _N("thu_ky", "Thư ký (họ tên, chức vụ)", "Đồng chí Hoàng Thị Mai, Chuyên viên", "biên bản"),
    _N("ds_quyet_dinh", "Các quyết định được công bố", "Quyết định số 06/QĐ-LĐLĐ ngày 06 tháng 5 năm 2024 về việc thành lập ...", "sổ đăng ký văn bản đi", _LIST),
    _N("qua_tang", "Phần nối về quà tặng, có dấu phẩy đứng trước; có thể trống", ", tặng hoa chúc mừng", "biên bản"),
    _N("ds_phat_bieu", "Các ý kiến phát biểu", "Đồng chí Lò Văn Tâm, Chủ tịch Công đoàn cơ sở, phát biểu nhận nhiệm vụ", "biên bản", _LIST),
    _N("so_muc_be_mac", "Số thứ tự của mục bế mạc", "8", "biên bản", _NUMBER),
    _N("quyen_han_chu_tri", "Dòng trên chữ ký của người chủ trì", "CHỦ TRÌ", "biên bản"),
    _N("ho_ten_thu_ky", "Họ tên thư ký", "Hoàng Thị Mai", "biên bản"),
    _N("ho_ten_chu_tri", "Họ tên người chủ trì", "Lò Thị Ánh", "biên bản"),
    _N("ten_don_vi_dai_dien", "Đơn vị của người ký thứ ba, chữ in hoa", "CÔNG TY TNHH XÂY DỰNG BÌNH LƯ", "doanh nghiệp"),
    _N("ho_ten_dai_dien_doanh_nghiep", "Họ tên người ký thứ ba; có thể trống", "Vàng A Páo", "biên bản"),
)  # fmt: skip

_GROUPS: tuple[tuple[TemplateName, ...], ...] = (
    COMMON,
    DECISIONS,
    LETTERS,
    MINUTES,
    tuple(TemplateName(*row) for row in CAMPAIGN),
    tuple(TemplateName(*row) for row in DECISIONS_OF_UPPER_UNIONS),
    tuple(TemplateName(*row) for row in CONGRESS),
    tuple(TemplateName(*row) for row in OFFICIAL_LETTERS),
    tuple(TemplateName(*row) for row in REPORTS),
)


def _table() -> Mapping[str, TemplateName]:
    table: dict[str, TemplateName] = {}
    for group in _GROUPS:
        for entry in group:
            if entry.name in table:
                raise ValueError(f"Tên mẫu khai báo hai lần: {entry.name}")
            table[entry.name] = entry
    return MappingProxyType(table)


VOCABULARY: Mapping[str, TemplateName] = _table()
