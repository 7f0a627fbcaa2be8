"""Templates of a founding congress and its launch programme, and of submissions."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from core.typeface import text_width
from docgen.kinds.layout import ORG_SIZE
from tools.templates.blocks import (
    Column,
    addressees,
    each,
    header,
    legal_bases,
    line,
    list_table,
    minutes_signatures,
    signature,
    tag,
    title,
    when,
)
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

_BOARD = "BAN KIỂM PHIẾU"
#: Under a name that never changes: the middle of the third to a half that ND30 PL I II.2b asks for.
_BOARD_RULE = round(text_width(_BOARD, size=ORG_SIZE, bold=True) * 0.42, 1)
_ENDED = "{{ ';' if not loop.last else '.' }}"
_READ = "Biên bản được lập thành {{ so_ban }} bản, đã đọc lại cho mọi người cùng nghe và nhất trí thông qua./."


def _first(paragraph: Any) -> Any:
    """More room under the rule of the title."""
    styles = paragraph.part.document.styles
    paragraph.paragraph_format.space_before = styles["Thẩm quyền"].paragraph_format.space_before
    return paragraph


def _dashes(document: Any, names: str, *, ended: bool = False) -> None:
    """A dash a line; ``ended``: the entries bring their end marks."""
    text = "- {{ dong }}" if ended else "- {{ dong }}" + _ENDED
    each(document, "dong", names, text, "Nội dung")


def _guests(document: Any) -> None:
    tag(document, "{%p for nhom in ds_nhom_dai_bieu %}")
    line(document, "{{ nhom.ten_nhom }}:", "Nội dung", keep_next=True)
    each(document, "nguoi", "nhom.ds_nguoi", "- {{ nguoi }}" + _ENDED, "Nội dung")
    tag(document, "{%p endfor %}")


def congress() -> Any:
    document = new_document("Biên bản đại hội thành lập công đoàn cơ sở")
    header(document, place_date=False)
    title(document, "BIÊN BẢN")
    _first(line(document, "**Thời gian bắt đầu:** {{ thoi_gian_bat_dau }}.", "Nội dung"))
    line(document, "**Địa điểm:** {{ dia_diem }}.", "Nội dung")
    line(document, "**Hình thức:** {{ hinh_thuc_dai_hoi }}.", "Nội dung")
    line(document, "**Thành phần tham dự:**", "Nội dung", keep_next=True)
    line(
        document,
        "Người lao động có đơn gia nhập Công đoàn Việt Nam: {{ so_nguoi_gia_nhap }} người; được triệu tập "
        "{{ so_trieu_tap }} người, có mặt {{ so_co_mat_tren_trieu_tap }} người, đạt tỷ lệ {{ ty_le_co_mat }}.",
        "Nội dung",
    )
    _guests(document)
    line(document, "**Chủ tọa:** {{ chu_tri }}.", "Nội dung")
    line(document, "**Thư ký (người ghi biên bản):** {{ thu_ky }}.", "Nội dung")
    line(document, "I. NGHI THỨC", "Mục lớn")
    line(document, "1. Chào cờ, tuyên bố lý do, giới thiệu đại biểu.", "Nội dung")
    line(
        document,
        "2. Đại hội biểu quyết giơ tay bầu {% if ds_doan_chu_tich|length > 1 %}Đoàn Chủ tịch gồm các đồng chí "
        "{{ ds_doan_chu_tich|join(', ') }}{% else %}chủ tọa là đồng chí {{ ho_ten_chu_tri }}{% endif %}; "
        "thư ký là đồng chí {{ ho_ten_thu_ky }}.",
        "Nội dung",
    )
    line(document, "II. NỘI DUNG", "Mục lớn")
    _founding(document)
    _election(document)
    tag(document, "{%p for muc in ds_y_kien %}")
    line(document, "{{ loop.index + 7 }}. {{ muc }}.", "Nội dung")
    tag(document, "{%p endfor %}")
    line(
        document,
        "{{ so_muc_nghi_quyet }}. Thông qua Nghị quyết Đại hội: tán thành {{ so_thong_qua }} người, đạt tỷ lệ "
        "{{ ty_le_thong_qua }}.",
        "Nội dung",
    )
    line(document, "{{ so_muc_be_mac }}. Bế mạc Đại hội, chào cờ.", "Nội dung")
    line(
        document,
        "Đại hội kết thúc vào hồi {{ thoi_gian_ket_thuc }}. " + _READ,
        "Nội dung",
        keep_next=True,
    )
    minutes_signatures(document, third_name="")
    return document


def _founding(document: Any) -> None:
    line(document, "1. Báo cáo quá trình vận động: {{ bao_cao_van_dong }}.", "Nội dung")
    line(
        document,
        "2. Công bố danh sách {{ so_nguoi_gia_nhap }} người lao động tự nguyện gia nhập Công đoàn Việt Nam.",
        "Nội dung",
    )
    line(
        document,
        "3. Biểu quyết thành lập {{ ten_cong_doan_co_so }}: tán thành {{ so_tan_thanh }} người, đạt tỷ lệ "
        "{{ ty_le_tan_thanh }}; không tán thành {{ so_khong_tan_thanh }} người; không có ý kiến "
        "{{ so_khong_y_kien }} người.",
        "Nội dung",
    )
    line(document, "4. Chủ tọa tuyên bố thành lập {{ ten_cong_doan_co_so }}.", "Nội dung")
    line(
        document,
        "5. Thảo luận, thông qua phương hướng, chương trình hoạt động nhiệm kỳ {{ nhiem_ky }}:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "ds_phuong_huong_dai_hoi")


def _election(document: Any) -> None:
    line(
        document, "6. Bầu cử {{ ten_bau_cu }}, nhiệm kỳ {{ nhiem_ky }}:", "Nội dung", keep_next=True
    )
    line(
        document,
        "a) Đại hội biểu quyết giơ tay thông qua số lượng {{ so_luong_bau }} đồng chí; danh sách bầu cử gồm "
        "{{ so_ung_cu_vien }} (ứng cử {{ so_ung_cu }}, đề cử {{ so_de_cu }}); hình thức bầu: bỏ phiếu kín.",
        "Nội dung",
    )
    line(document, "b) Ban kiểm phiếu do Đại hội bầu gồm:", "Nội dung", keep_next=True)
    _dashes(document, "ds_ban_kiem_phieu", ended=True)
    line(
        document,
        "c) Kết quả kiểm phiếu: tham gia bỏ phiếu {{ so_tham_gia_bo_phieu }} người; phát ra "
        "{{ so_phieu_phat_ra }} phiếu; thu về {{ so_phieu_thu_ve }} phiếu; hợp lệ {{ so_phieu_hop_le }} phiếu; "
        "không hợp lệ {{ so_phieu_khong_hop_le }} phiếu. Số phiếu bầu của từng người:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "ds_ket_qua", ended=True)
    tag(document, "{%p if ds_trung_cu %}")
    line(
        document,
        "d) Trúng cử {{ ten_bau_cu }}{% if not bau_mot_nguoi %} gồm {{ so_trung_cu }} đồng chí, xếp theo số phiếu từ "
        "cao xuống thấp{% endif %}:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "ds_trung_cu", ended=True)
    tag(document, "{%p endif %}")
    line(document, "7. {{ ten_bau_cu }} ra mắt Đại hội.", "Nội dung")


def vote_count() -> Any:
    document = new_document("Biên bản kiểm phiếu")
    header(document, place_date=False, issuer_rule=_BOARD_RULE)
    title(document, "BIÊN BẢN KIỂM PHIẾU")
    _first(
        line(
            document,
            "Hôm nay, {{ ngay_hop }}, tại {{ dia_diem }}, Ban kiểm phiếu do {{ ten_cuoc_hop }} bầu, gồm:",
            "Nội dung",
            keep_next=True,
        )
    )
    _dashes(document, "ds_ban_kiem_phieu", ended=True)
    line(
        document,
        "Ban kiểm phiếu đã kiểm phiếu bầu cử {{ ten_bau_cu }} {{ ten_cong_doan_co_so }}, nhiệm kỳ {{ nhiem_ky }}, "
        "kết quả như sau:",
        "Nội dung",
        keep_next=True,
    )
    _count_figures(document)
    line(document, "8. Kết quả bầu cử:", "Nội dung", keep_next=True)
    _dashes(document, "ds_ket_qua", ended=True)
    tag(document, "{%p if ds_trung_cu %}")
    line(
        document,
        "9. Căn cứ Điều lệ Công đoàn Việt Nam, {{ so_trung_cu }} đồng chí được quá một phần hai tổng số phiếu thu về"
        "{{ cach_xep }} trúng cử {{ ten_bau_cu }}:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "ds_trung_cu", ended=True)
    tag(document, "{%p else %}")
    line(document, "9. Không có người được quá một phần hai tổng số phiếu thu về.", "Nội dung")
    tag(document, "{%p endif %}")
    line(
        document,
        "Kiểm phiếu kết thúc vào hồi {{ thoi_gian_ket_thuc }}; phiếu bầu đã được niêm phong. Biên bản này được lập "
        "thành {{ so_ban }} bản, đã công bố trước {{ ten_cuoc_hop }}./.",
        "Nội dung",
        keep_next=True,
    )
    minutes_signatures(
        document, third="{{ quyen_han_nguoi_chung_kien }}", third_name="ho_ten_nguoi_chung_kien"
    )
    return document


def _count_figures(document: Any) -> None:
    """The figures in the order in which boards give them (domain brief §4.d d4)."""
    for text in (
        (
            "1. {{ nguoi_duoc_trieu_tap }} được triệu tập: {{ so_trieu_tap }}; có mặt: {{ so_co_mat }}, đạt tỷ lệ "
            "{{ ty_le_co_mat }}; tham gia bỏ phiếu: {{ so_tham_gia_bo_phieu }}."
        ),
        "2. {{ ten_so_luong_bau }} được {{ ten_cuoc_hop }} quyết định: {{ so_luong_bau }} đồng chí.",
        "3. Danh sách bầu cử: {{ so_ung_cu_vien }} (ứng cử: {{ so_ung_cu }}; đề cử: {{ so_de_cu }}).",
        "4. Số phiếu phát ra: {{ so_phieu_phat_ra }}.",
        "5. Số phiếu thu về: {{ so_phieu_thu_ve }}.",
        "6. Số phiếu hợp lệ: {{ so_phieu_hop_le }}.",
        "7. Số phiếu không hợp lệ: {{ so_phieu_khong_hop_le }}.",
    ):
        line(document, text, "Nội dung")


def first_meeting() -> Any:
    document = new_document("Biên bản họp Ban Chấp hành lần thứ nhất")
    header(document, place_date=False)
    title(document, "BIÊN BẢN")
    _first(line(document, "**Thời gian bắt đầu:** {{ thoi_gian_bat_dau }}.", "Nội dung"))
    line(document, "**Địa điểm:** {{ dia_diem }}.", "Nội dung")
    line(document, "**Thành phần tham dự:**", "Nội dung", keep_next=True)
    line(
        document,
        "Ban Chấp hành gồm {{ so_uy_vien }} ủy viên; có mặt {{ so_co_mat_tren_trieu_tap }} ủy viên, đạt tỷ lệ "
        "{{ ty_le_co_mat }}.",
        "Nội dung",
    )
    _guests(document)
    line(document, "**Chủ trì:** {{ chu_tri }}.", "Nội dung")
    line(document, "**Thư ký (người ghi biên bản):** {{ thu_ky }}.", "Nội dung")
    line(document, "**Nội dung (theo diễn biến cuộc họp):**", "Nội dung", keep_next=True)
    line(
        document,
        "1. Chủ trì nêu mục đích, nội dung cuộc họp; cuộc họp biểu quyết giơ tay thông qua số lượng, danh sách bầu cử "
        "các chức danh và ban kiểm phiếu.",
        "Nội dung",
    )
    line(
        document,
        "2. Bầu cử các chức danh bằng bỏ phiếu kín. Danh sách bầu cử: {{ so_ung_cu_vien }} (ứng cử {{ so_ung_cu }}, "
        "đề cử {{ so_de_cu }}); tham gia bỏ phiếu {{ so_tham_gia_bo_phieu }} người; phát ra "
        "{{ so_phieu_phat_ra }} phiếu; thu về {{ so_phieu_thu_ve }} phiếu; hợp lệ {{ so_phieu_hop_le }} phiếu; "
        "không hợp lệ {{ so_phieu_khong_hop_le }} phiếu. Kết quả:",
        "Nội dung",
        keep_next=True,
    )
    tag(document, "{%p for chuc in ds_bau_chuc_danh %}")
    line(document, "Bầu {{ chuc.ten_chuc_danh }}:", "Nội dung", keep_next=True)
    each(document, "dong", "chuc.ds_ket_qua", "- {{ dong }}", "Nội dung")
    line(
        document,
        "{% if chuc.ds_trung_cu %}Trúng cử {{ chuc.ten_chuc_danh }}: {{ chuc.ds_trung_cu|join('; ') }}."
        "{% else %}Không có người trúng cử {{ chuc.ten_chuc_danh }}.{% endif %}",
        "Nội dung",
    )
    tag(document, "{%p endfor %}")
    tag(document, "{%p for muc in ds_noi_dung_hop %}")
    line(document, "{{ muc.so }}. {{ muc.noi_dung }}", "Nội dung")
    each(document, "dong", "muc.ds_dong", "- {{ dong }}", "Nội dung")
    tag(document, "{%p endfor %}")
    line(document, "{{ so_muc_be_mac }}. Chủ trì kết luận, kết thúc cuộc họp.", "Nội dung")
    line(
        document,
        "Cuộc họp kết thúc vào hồi {{ thoi_gian_ket_thuc }}. " + _READ,
        "Nội dung",
        keep_next=True,
    )
    minutes_signatures(document, third_name="")
    return document


_ITEMS = (
    Column("TT", 30, "{{ muc.tt }}", "Bảng ô giữa"),
    Column("Thời gian", 86, "{{ muc.gio }}", "Bảng ô giữa"),
    Column("Nội dung", 196, "{{ muc.noi_dung }}"),
    Column("Người thực hiện", 155, "{{ muc.nguoi_thuc_hien }}"),
)


def programme() -> Any:
    document = new_document("Chương trình lễ ra mắt công đoàn cơ sở")
    header(document)
    title(document, "CHƯƠNG TRÌNH")
    _first(line(document, "Thời gian: {{ thoi_gian }}.", "Nội dung"))
    line(document, "Địa điểm: {{ dia_diem }}.", "Nội dung")
    when(document, "nguoi_chu_tri", "Chủ trì: {{ nguoi_chu_tri }}.", "Nội dung")
    list_table(document, _ITEMS, name="muc", names="ds_chuong_trinh")
    closing = line(
        document,
        "Giao {{ don_vi_chuan_bi }} chuẩn bị các điều kiện tổ chức buổi lễ./.",
        "Nội dung",
        keep_next=True,
    )
    closing.paragraph_format.space_before = Pt(6)
    signature(document)
    return document


def submission() -> Any:
    """The same paper whoever asks: bases, reasons, what is asked with its people, what goes with it."""
    document = new_document("Tờ trình")
    header(document)
    title(document, "TỜ TRÌNH")
    addressees(document)
    legal_bases(document)
    each(document, "ly_do", "ds_ly_do", "{{ ly_do }}", "Nội dung")
    line(
        document,
        "{{ chu_the_trinh }} kính trình {{ noi_trinh }} xem xét"
        "{{ ' các nội dung sau' if ds_noi_dung_trinh|length > 1 else '' }}:",
        "Nội dung",
        keep_next=True,
    )
    tag(document, "{%p for muc in ds_noi_dung_trinh %}")
    line(
        document,
        "{% if ds_noi_dung_trinh|length > 1 %}{{ loop.index }}. {% endif %}{{ muc.noi_dung }}",
        "Nội dung",
    )
    each(document, "dong", "muc.ds_dong", "- {{ dong }}", "Nội dung")
    tag(document, "{%p endfor %}")
    tag(document, "{%p if ds_ho_so %}")
    line(document, "Hồ sơ gửi kèm gồm:", "Nội dung", keep_next=True)
    _dashes(document, "ds_ho_so")
    tag(document, "{%p endif %}")
    line(document, "Kính trình {{ noi_trinh }} xem xét, quyết định./.", "Nội dung", keep_next=True)
    signature(document, first_recipient="- Như trên;")
    return document


RECIPES: dict[str, Recipe] = {
    "congress_minutes/bien_ban_dai_hoi": Recipe(
        "Biên bản đại hội thành lập công đoàn cơ sở", congress
    ),
    "first_meeting_minutes/bien_ban_hop_lan_thu_nhat": Recipe(
        "Biên bản họp Ban Chấp hành lần thứ nhất", first_meeting
    ),
    "launch_programme/chuong_trinh_ra_mat": Recipe(
        "Chương trình lễ ra mắt công đoàn cơ sở", programme
    ),
    "submission/to_trinh": Recipe("Tờ trình", submission),
    "vote_count_minutes/bien_ban_kiem_phieu": Recipe("Biên bản kiểm phiếu", vote_count),
}
