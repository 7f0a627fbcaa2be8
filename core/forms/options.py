"""Closed lists of the forms: codes of contract.md §5 with the words met for them (domain brief §5.a)."""

from __future__ import annotations

from core.forms.base import Option

ENTERPRISE_TYPES = (
    Option(
        "state",
        "Doanh nghiệp nhà nước",
        ("DNNN", "DN nhà nước", "Nhà nước", "Công ty nhà nước", "Doanh nghiệp Nhà nước"),
    ),
    Option(
        "llc_single",
        "Công ty TNHH một thành viên",
        (
            "TNHH MTV",
            "Công ty TNHH MTV",
            "Cty TNHH MTV",
            "TNHH 1TV",
            "TNHH 1 TV",
            "TNHH 1 thành viên",
            "Công ty TNHH 1 thành viên",
            "Công ty TNHH 1TV",
            "TNHH một thành viên",
            "MTV",
            "Công ty trách nhiệm hữu hạn một thành viên",
        ),
    ),
    Option(
        "llc_multi",
        "Công ty TNHH hai thành viên trở lên",
        (
            "TNHH 2TV",
            "TNHH 2 TV",
            "TNHH 2 thành viên",
            "TNHH 2 thành viên trở lên",
            "TNHH 2TV trở lên",
            "TNHH hai thành viên",
            "TNHH hai thành viên trở lên",
            "Công ty TNHH 2TV",
            "Công ty TNHH 2 TV",
            "Công ty TNHH 2TV trở lên",
            "Công ty TNHH 2 thành viên",
            "Công ty TNHH 2 thành viên trở lên",
            "Cty TNHH 2TV",
            "Cty TNHH 2 thành viên trở lên",
            "Công ty trách nhiệm hữu hạn hai thành viên trở lên",
        ),
    ),
    Option(
        "joint_stock",
        "Công ty cổ phần",
        ("CP", "Cty CP", "Công ty CP", "CTCP", "Cổ phần", "Cty cổ phần"),
    ),
    Option("partnership", "Công ty hợp danh", ("Hợp danh", "Cty hợp danh", "CTHD")),
    Option(
        "private", "Doanh nghiệp tư nhân", ("DNTN", "DN tư nhân", "Tư nhân", "Xí nghiệp tư nhân")
    ),
    Option(
        "cooperative",
        "Hợp tác xã",
        (
            "HTX",
            "Liên hiệp hợp tác xã",
            "Liên hiệp HTX",
            "LHHTX",
            "Hợp tác xã, liên hiệp hợp tác xã",
        ),
    ),
    Option(
        "fdi",
        "Doanh nghiệp có vốn đầu tư nước ngoài",
        (
            "FDI",
            "DN FDI",
            "Doanh nghiệp FDI",
            "Vốn đầu tư nước ngoài",
            "Có vốn đầu tư nước ngoài",
            "DN có vốn ĐTNN",
            "Vốn nước ngoài",
        ),
    ),
    Option("household", "Hộ kinh doanh", ("HKD", "Hộ KD", "Hộ kinh doanh cá thể", "Hộ cá thể")),
    Option(
        "branch",
        "Chi nhánh, văn phòng đại diện",
        ("Chi nhánh", "CN", "VPĐD", "Văn phòng đại diện", "Chi nhánh/VPĐD", "Chi nhánh, VPĐD"),
    ),
    Option(
        "non_public_unit",
        "Đơn vị sự nghiệp ngoài công lập",
        (
            "ĐVSN ngoài công lập",
            "Sự nghiệp ngoài công lập",
            "Ngoài công lập",
            "Đơn vị ngoài công lập",
        ),
    ),
)
STATUSES = (
    Option(
        "active",
        "Đang hoạt động",
        ("Hoạt động", "Đang HĐ", "Đang sản xuất", "Bình thường", "Hoạt động bình thường"),
    ),
    Option(
        "suspended",
        "Tạm ngừng",
        (
            "Tạm ngừng hoạt động",
            "Tạm nghỉ",
            "Tạm dừng",
            "Ngừng hoạt động tạm thời",
            "Tạm ngừng kinh doanh",
        ),
    ),
    Option("dissolved", "Giải thể", ("Đã giải thể", "Phá sản", "Đã phá sản", "Đã đóng mã số thuế")),
    Option(
        "not_at_address",
        "Không hoạt động tại địa chỉ",
        (
            "Không hoạt động tại địa chỉ đăng ký",
            "Không tìm thấy",
            "Không có tại địa chỉ",
            "Bỏ địa chỉ",
            "Không còn hoạt động tại địa chỉ",
        ),
    ),
)
FEES_PAID = (
    Option("full", "Đóng đủ", ("Đầy đủ", "Đã đóng đủ", "Đã đóng đầy đủ", "Đóng đầy đủ", "Đủ")),
    Option("partial", "Đóng một phần", ("Một phần", "Chưa đủ", "Đóng chưa đủ", "Đóng thiếu")),
    Option("none", "Chưa đóng", ("Chưa", "Không đóng", "Chưa nộp")),
    Option("reduced", "Được giảm", ("Được giảm mức đóng", "Giảm mức đóng", "Giảm")),
    Option("suspended", "Tạm dừng đóng", ("Được tạm dừng đóng", "Tạm dừng", "Tạm hoãn")),
)
ATTITUDES = (
    Option(
        "agree", "Đồng ý", ("Ủng hộ", "Nhất trí", "Tán thành", "Đồng ý thành lập", "Tạo điều kiện")
    ),
    Option(
        "needs_time",
        "Cần thêm thời gian",
        ("Cần thời gian", "Xem xét", "Để xem xét", "Chưa quyết định", "Cần thêm thời gian xem xét"),
    ),
    Option("disagree", "Không đồng ý", ("Chưa đồng ý", "Không ủng hộ", "Phản đối", "Từ chối")),
)
GENDERS = (
    Option("male", "Nam", ("M", "Ông", "nam giới")),
    Option("female", "Nữ", ("F", "Bà", "nữ giới")),
)
BODIES = (
    Option(
        "executive_committee",
        "Ban Chấp hành",
        ("BCH", "Ban Chấp hành công đoàn cơ sở", "BCH CĐCS", "Ban chấp hành"),
    ),
    Option(
        "standing_committee", "Ban Thường vụ", ("BTV", "Ban Thường vụ công đoàn cơ sở", "BTV CĐCS")
    ),
    Option(
        "inspection_committee",
        "Ủy ban Kiểm tra",
        ("UBKT", "Ủy ban Kiểm tra công đoàn cơ sở", "UBKT CĐCS", "Uỷ ban Kiểm tra"),
    ),
)
POSTS = (
    Option("chair", "Chủ tịch", ("CT", "Chủ tịch CĐCS", "Chủ tịch công đoàn cơ sở", "CT CĐCS")),
    Option(
        "vice_chair",
        "Phó Chủ tịch",
        ("PCT", "Phó CT", "P. Chủ tịch", "Phó Chủ tịch CĐCS", "Phó Chủ tịch công đoàn cơ sở"),
    ),
    Option(
        "standing_member",
        "Ủy viên Ban Thường vụ",
        ("UVBTV", "UV BTV", "UV.BTV", "Ủy viên thường vụ", "Ủy viên BTV"),
    ),
    Option(
        "member",
        "Ủy viên",
        ("UV", "Ủy viên BCH", "UVBCH", "UV BCH", "UV.BCH", "Ủy viên Ban Chấp hành", "Uỷ viên"),
    ),
    Option(
        "inspection_duty",
        "Ủy viên làm nhiệm vụ kiểm tra",
        (
            "Ủy viên BCH làm nhiệm vụ kiểm tra",
            "Ủy viên Ban Chấp hành làm nhiệm vụ kiểm tra",
            "UV kiểm tra",
            "UV phụ trách kiểm tra",
            "Ủy viên phụ trách kiểm tra",
        ),
    ),
    Option(
        "inspection_chair",
        "Chủ nhiệm Ủy ban Kiểm tra",
        ("Chủ nhiệm UBKT", "CN UBKT", "Chủ nhiệm", "CNUBKT"),
    ),
    Option(
        "inspection_vice_chair",
        "Phó Chủ nhiệm Ủy ban Kiểm tra",
        ("Phó Chủ nhiệm UBKT", "PCN UBKT", "Phó Chủ nhiệm", "Phó CN UBKT"),
    ),
    Option(
        "inspection_member",
        "Ủy viên Ủy ban Kiểm tra",
        ("UV UBKT", "Ủy viên UBKT", "UVUBKT", "UV.UBKT"),
    ),
)
