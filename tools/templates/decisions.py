"""Templates of survey teams, admissions and inspection committees."""

from __future__ import annotations

from typing import Any

from tools.templates.blocks import (
    Column,
    annex,
    decision_opening,
    each,
    header,
    line,
    list_table,
    signature,
    title,
    when,
)
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

REFERENCE = (
    "(Kèm theo Quyết định số {{ so_ky_hieu }} {{ ngay_ban_hanh }}\ncủa {{ chu_the_ban_hanh }})"
)
EFFECT = "Quyết định này có hiệu lực kể từ {{ ngay_hieu_luc }}."

_TIMETABLE = (
    Column("TT", 30, "{{ lich.tt }}", "Bảng ô giữa"),
    Column("Thời gian", 104, "{{ lich.thoi_gian }}", "Bảng ô giữa"),
    Column("Đơn vị, doanh nghiệp", 128, "{{ lich.noi_den }}"),
    Column("Địa chỉ", 115, "{{ lich.dia_chi }}"),
    Column("Người liên hệ", 90, "{{ lich.lien_he }}"),
)
_ADMITTED = (
    Column("TT", 30, "{{ loop.index }}", "Bảng ô giữa"),
    Column("Họ và tên", 118, "{{ nguoi.ho_ten }}"),
    Column("Ngày, tháng, năm sinh", 72, "{{ nguoi.ngay_sinh }}", "Bảng ô giữa"),
    Column("Giới tính", 40, "{{ nguoi.gioi_tinh }}", "Bảng ô giữa"),
    Column("Dân tộc", 53, "{{ nguoi.dan_toc }}", "Bảng ô giữa"),
    Column("Nghề nghiệp, bộ phận", 87, "{{ nguoi.cong_viec }}"),
    Column("Ngày làm đơn", 67, "{{ nguoi.ngay_lam_don }}", "Bảng ô giữa"),
)


def opened(name: str) -> Any:
    """A decision up to the word QUYẾT ĐỊNH."""
    document = new_document(name)
    header(document)
    title(document, "QUYẾT ĐỊNH")
    decision_opening(document)
    return document


def article(document: Any, number: int, text: str, *, last: bool = False) -> None:
    """One article; the last one stays with the signature."""
    line(document, f"**Điều {number}.** {text}", "Điều", keep_next=last)


def closing(document: Any, number: int, who: str) -> None:
    """The article on who carries it out, and the signature."""
    text = f"{{{{ don_vi_thi_hanh }}}}{who} chịu trách nhiệm thi hành Quyết định này./."
    article(document, number, text, last=True)
    signature(document, first_recipient=f"- Như Điều {number};")


def survey_team() -> Any:
    """Decision that sets up a survey team, with the timetable as its annex."""
    document = opened("Quyết định thành lập đoàn khảo sát")
    article(
        document,
        1,
        "Thành lập {{ ten_doan }} {{ viec_khao_sat }}, gồm {{ so_thanh_vien }} đồng chí có tên sau:",
    )
    each(document, "dong", "ds_thanh_vien", "{{ loop.index }}. {{ dong }}", "Khoản")
    article(document, 2, "{{ ten_doan }} có nhiệm vụ:")
    each(document, "viec", "ds_nhiem_vu_doan", "{{ loop.index }}. {{ viec }}", "Khoản")
    article(
        document,
        3,
        "Thời gian khảo sát từ {{ tu_ngay }} đến hết {{ den_ngay }} (lịch khảo sát tại Phụ lục kèm theo "
        "Quyết định này). {{ ten_doan }} báo cáo kết quả với {{ chu_the_ban_hanh }}"
        "{% if han_bao_cao %} trước {{ han_bao_cao }}{% endif %} và tự giải thể sau khi hoàn thành nhiệm vụ.",
    )
    when(document, "nguon_kinh_phi", "Kinh phí khảo sát: {{ nguon_kinh_phi }}.", "Nội dung")
    when(document, "phuong_tien_di_lai", "Phương tiện: {{ phuong_tien_di_lai }}.", "Nội dung")
    article(document, 4, EFFECT)
    closing(document, 5, " và các đồng chí có tên tại Điều 1")
    annex(document, number="", heading="LỊCH KHẢO SÁT", reference=REFERENCE)
    list_table(document, _TIMETABLE, name="lich", names="ds_lich_khao_sat")
    return document


def _admission(name: str, first: str, *, heading: str) -> Any:
    document = opened(name)
    article(document, 1, first)
    article(
        document,
        2,
        "Các đồng chí có tên trong danh sách có quyền, trách nhiệm của đoàn viên theo quy định của Luật "
        "Công đoàn và Điều lệ Công đoàn Việt Nam; được cấp thẻ đoàn viên theo quy định.",
    )
    article(document, 3, EFFECT)
    closing(document, 4, ", {{ ten_cong_doan_co_so }} và các đồng chí có tên trong danh sách")
    annex(
        document,
        number="",
        heading=f"{heading}\nTẠI {{{{ ten_doanh_nghiep_in_hoa }}}}",
        reference=REFERENCE,
    )
    list_table(document, _ADMITTED, name="nguoi", names="ds_ket_nap")
    line(document, "Danh sách có {{ so_nguoi_ket_nap }} người./.", "Ghi chú bảng")
    return document


def admitted() -> Any:
    """Workers are taken in by the upper union."""
    return _admission(
        "Quyết định kết nạp đoàn viên",
        "Kết nạp {{ so_nguoi_ket_nap }} người lao động {{ ten_doanh_nghiep }} (có danh sách kèm theo tại Phụ lục) "
        "vào Công đoàn Việt Nam, sinh hoạt tại {{ ten_cong_doan_co_so }}.",
        heading="DANH SÁCH ĐOÀN VIÊN ĐƯỢC KẾT NẠP",
    )


def members_recognised() -> Any:
    """Those who founded their union at a congress are confirmed as members."""
    return _admission(
        "Quyết định công nhận đoàn viên",
        "Công nhận {{ so_nguoi_ket_nap }} người lao động {{ ten_doanh_nghiep }} (có danh sách kèm theo tại Phụ lục) "
        "là đoàn viên Công đoàn Việt Nam, sinh hoạt tại {{ ten_cong_doan_co_so }}.",
        heading="DANH SÁCH ĐOÀN VIÊN ĐƯỢC CÔNG NHẬN",
    )


_TASKS = (
    "thực hiện nhiệm vụ, quyền hạn theo quy định của Điều lệ Công đoàn Việt Nam và quy chế hoạt động của "
    "Ủy ban Kiểm tra."
)


def _inspection(name: str, verb: str) -> Any:
    document = opened(name)
    article(
        document,
        1,
        f"{verb} Ủy ban Kiểm tra {{{{ ten_cong_doan_co_so }}}}, nhiệm kỳ {{{{ nhiem_ky }}}}, gồm "
        "{{ so_uy_vien }} đồng chí có tên sau:",
    )
    each(document, "dong", "ds_uy_vien", "{{ loop.index }}. {{ dong }}", "Khoản")
    article(document, 2, f"Ủy ban Kiểm tra và các đồng chí có tên tại Điều 1 {_TASKS}")
    article(document, 3, EFFECT)
    closing(document, 4, ", {{ ten_cong_doan_co_so }} và các đồng chí có tên tại Điều 1")
    return document


def inspection_recognised() -> Any:
    """An inspection committee that the executive committee elected."""
    return _inspection("Quyết định công nhận ủy ban kiểm tra", "Công nhận")


def inspection_appointed() -> Any:
    """An inspection committee that the upper union names."""
    return _inspection("Quyết định chỉ định ủy ban kiểm tra", "Chỉ định")


def inspection_duty() -> Any:
    """One of the executive committee is charged with inspection."""
    document = opened("Quyết định giao nhiệm vụ kiểm tra")
    article(
        document,
        1,
        "Giao {{ nguoi_kiem_tra }}, Ủy viên Ban Chấp hành {{ ten_cong_doan_co_so }}, làm nhiệm vụ kiểm tra của "
        "công đoàn cơ sở, nhiệm kỳ {{ nhiem_ky }}.",
    )
    article(
        document,
        2,
        "Đồng chí có tên tại Điều 1 giúp Ban Chấp hành kiểm tra việc chấp hành Điều lệ Công đoàn Việt Nam, "
        "việc thu, chi, quản lý tài chính, tài sản công đoàn; giải quyết khiếu nại, tố cáo theo quy định của "
        "Điều lệ Công đoàn Việt Nam.",
    )
    article(document, 3, EFFECT)
    closing(document, 4, ", {{ ten_cong_doan_co_so }} và đồng chí có tên tại Điều 1")
    return document


RECIPES: dict[str, Recipe] = {
    "admission_decision/cong_nhan": Recipe("Quyết định công nhận đoàn viên", members_recognised),
    "admission_decision/ket_nap": Recipe("Quyết định kết nạp đoàn viên", admitted),
    "inspection_committee_decision/chi_dinh": Recipe(
        "Quyết định chỉ định ủy ban kiểm tra", inspection_appointed
    ),
    "inspection_committee_decision/cong_nhan": Recipe(
        "Quyết định công nhận ủy ban kiểm tra", inspection_recognised
    ),
    "inspection_committee_decision/giao_nhiem_vu": Recipe(
        "Quyết định giao nhiệm vụ kiểm tra", inspection_duty
    ),
    "survey_team_decision/thanh_lap_doan": Recipe(
        "Quyết định thành lập đoàn, tổ khảo sát", survey_team
    ),
}
