"""Templates of the campaign's papers: plan, quota decision, assignment decision, and their annexes."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from tools.templates.blocks import (
    annex,
    decision_opening,
    each,
    header,
    legal_bases,
    line,
    signature,
    tag,
    title,
)
from tools.templates.campaign_tables import (
    assignment_table,
    enterprise_table,
    quota_table,
    timetable,
)
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

_REFERENCE = "(Kèm theo {type} số {{{{ so_ky_hieu }}}} {{{{ ngay_ban_hanh }}}} của {{{{ chu_the_ban_hanh }}}})"


def _points(document: Any, name: str, names: str) -> None:
    """Points a), b) ... of a list; every list has a loop name of its own, for the manifest and the reader."""
    each(document, name, names, f"{{{{ {name}.chu }}}}{{{{ {name}.noi_dung }}}}", "Điểm")


def _part(document: Any, heading: str) -> None:
    line(document, heading, "Mục lớn")


def _clause(document: Any, heading: str) -> None:
    line(document, heading, "Khoản có tiêu đề")


def _purposes(document: Any) -> None:
    _part(document, "I. MỤC ĐÍCH, YÊU CẦU")
    _clause(document, "1. Mục đích")
    _points(document, "muc_dich", "ds_muc_dich")
    _clause(document, "2. Yêu cầu")
    _points(document, "yeu_cau", "ds_yeu_cau")


def _content(document: Any) -> None:
    _part(document, "II. NỘI DUNG, CHỈ TIÊU")
    _clause(document, "1. Nội dung")
    _points(document, "noi_dung", "ds_noi_dung")
    _clause(document, "2. Chỉ tiêu")
    line(
        document,
        "a) Khảo sát {{ tong_doanh_nghiep }} đơn vị, doanh nghiệp có tên tại Phụ lục II kèm theo với tổng số "
        "{{ tong_lao_dong }} lao động.",
        "Điểm",
    )
    line(
        document,
        "b) Kết nạp mới {{ chi_tieu.ket_nap_moi }} đoàn viên; số đoàn viên tăng thêm sau khi trừ số giảm trong năm "
        "là {{ chi_tieu.tang_them }} đoàn viên.",
        "Điểm",
    )
    line(
        document,
        "c) Thành lập mới {{ chi_tieu.cdcs_moi }} công đoàn cơ sở; tính theo khu vực có "
        "{{ chi_tieu.cdcs_ngoai_nha_nuoc }} công đoàn cơ sở ngoài nhà nước, tính theo quy mô có "
        "{{ chi_tieu.cdcs_tu_25_lao_dong }} công đoàn cơ sở ở nơi có từ 25 lao động trở lên.",
        "Điểm",
    )
    line(document, "d) Chỉ tiêu của từng đơn vị tại Phụ lục I kèm theo.", "Điểm")


def _frame(document: Any) -> None:
    _part(document, "III. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")
    _clause(document, "1. Thời gian")
    line(
        document,
        "{{ thoi_gian }}; tiến độ từng nội dung công việc tại Phụ lục III kèm theo.",
        "Nội dung",
    )
    _clause(document, "2. Địa điểm")
    line(document, "{{ dia_diem }} (danh sách tại Phụ lục II kèm theo).", "Nội dung")
    _clause(document, "3. Thành phần")
    _points(document, "thanh_phan", "ds_thanh_phan")


def _means(document: Any) -> None:
    _part(document, "IV. KINH PHÍ VÀ ĐIỀU KIỆN THỰC HIỆN")
    _clause(document, "1. Kinh phí")
    line(document, "{{ kinh_phi }}", "Nội dung")
    _clause(document, "2. Nhân lực, phương tiện")
    _points(document, "phuong_tien", "ds_phuong_tien")


def _organisation(document: Any) -> None:
    _part(document, "V. TỔ CHỨC THỰC HIỆN")
    tag(document, "{%p for dv in ds_don_vi %}")
    _clause(document, "{{ dv.so }}. {{ dv.ten_don_vi }}")
    _points(document, "nhiem_vu", "dv.ds_nhiem_vu")
    tag(document, "{%p endfor %}")
    _clause(document, "{{ so_muc_bao_cao }}. Chế độ báo cáo")
    line(document, "{{ che_do_bao_cao }}", "Nội dung")


def plan() -> Any:
    """The plan with its three annexes (model 1.4)."""
    document = new_document("Kế hoạch phát triển đoàn viên, thành lập công đoàn cơ sở")
    header(document)
    title(document, "KẾ HOẠCH")
    document.paragraphs[-1].paragraph_format.space_after = Pt(
        10
    )  # between the rule and the first basis
    legal_bases(document)
    line(
        document,
        "{{ chu_the_ban_hanh }} ban hành Kế hoạch {{ trich_yeu_trong_cau }} như sau:",
        "Nội dung",
    )
    _purposes(document)
    _content(document)
    _frame(document)
    _means(document)
    _organisation(document)
    line(
        document,
        "Trên đây là Kế hoạch của {{ chu_the_ban_hanh }} về việc {{ trich_yeu_trong_cau }} {{ dia_diem_trong_cau }}./.",
        "Nội dung",
        keep_next=True,
    )
    signature(document)
    reference = _REFERENCE.format(type="Kế hoạch")
    annex(
        document,
        number="I",
        heading="CHỈ TIÊU PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ NĂM {{ nam_ke_hoach }}",
        reference=reference,
        landscape=True,
    )
    quota_table(document, base="Số đoàn viên đầu kỳ")
    annex(
        document,
        number="II",
        heading="DANH SÁCH ĐƠN VỊ, DOANH NGHIỆP CHƯA CÓ CÔNG ĐOÀN CƠ SỞ",
        reference=reference,
        landscape=True,
    )
    enterprise_table(document)
    annex(
        document,
        number="III",
        heading="TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH",
        reference=reference,
        landscape=True,
    )
    timetable(document)
    return document


def _decision(name: str) -> Any:
    document = new_document(name)
    header(document)
    title(document, "QUYẾT ĐỊNH")
    decision_opening(document)
    return document


def _articles(document: Any, *articles: str) -> None:
    """Articles 1, 2 ... each a paragraph; the last one stays with the signature."""
    for index, text in enumerate(articles, start=1):
        line(document, f"**Điều {index}.** {text}", "Điều", keep_next=index == len(articles))


def quota_decision() -> Any:
    """Decision that assigns the year's targets, with the quota table as its annex."""
    document = _decision("Quyết định giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở")
    _articles(
        document,
        "Giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở năm {{ nam_chi_tieu }} cho các đơn vị có tên "
        "tại Phụ lục kèm theo Quyết định này. Toàn tỉnh kết nạp mới {{ chi_tieu.ket_nap_moi }} đoàn viên, số đoàn viên "
        "tăng thêm sau khi trừ số giảm trong năm là {{ chi_tieu.tang_them }} đoàn viên; thành lập mới "
        "{{ chi_tieu.cdcs_moi }} công đoàn cơ sở.",
        "Các đơn vị được giao chỉ tiêu có trách nhiệm xây dựng kế hoạch, phân công người phụ trách, tổ chức thực hiện "
        "hoàn thành chỉ tiêu được giao; {{ che_do_bao_cao }}. {{ don_vi_theo_doi }} theo dõi, đôn đốc, "
        "tổng hợp kết quả, báo cáo {{ chu_the_ban_hanh }}.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "{{ don_vi_thi_hanh }} chịu trách nhiệm thi hành Quyết định này./.",
    )
    signature(document, first_recipient="- Như Điều 4;")
    annex(
        document,
        number="",
        heading="CHỈ TIÊU PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ NĂM {{ nam_chi_tieu }}",
        reference=_REFERENCE.format(type="Quyết định"),
        landscape=True,
    )
    quota_table(document, base="Số đoàn viên đến {{ ngay_dau_ky }}")
    return document


def assignment_decision() -> Any:
    """Decision that puts committee members in charge of areas, with the list as its annex."""
    document = _decision("Quyết định phân công thành viên Ban Chỉ đạo phụ trách địa bàn")
    _articles(
        document,
        "Phân công {{ so_nguoi }} đồng chí thành viên {{ ten_ban_chi_dao }} phụ trách địa bàn từ {{ tu_ngay }} đến hết "
        "{{ den_ngay }} (danh sách tại Phụ lục kèm theo Quyết định này).",
        "Các đồng chí được phân công có trách nhiệm chỉ đạo, hướng dẫn, đôn đốc, kiểm tra việc thực hiện chỉ tiêu phát "
        "triển đoàn viên, thành lập công đoàn cơ sở tại địa bàn phụ trách; {{ che_do_bao_cao }}. Cán bộ, chuyên viên "
        "có tên tại cột giúp việc chịu sự phân công trực tiếp của đồng chí phụ trách địa bàn.",
        "Quyết định này có hiệu lực kể từ ngày ký{% if quyet_dinh_thay_the %} và thay thế {{ quyet_dinh_thay_the }}"
        "{% endif %}.",
        "{{ don_vi_thi_hanh }} chịu trách nhiệm thi hành Quyết định này./.",
    )
    signature(document, first_recipient="- Như Điều 4;")
    annex(
        document,
        number="",
        heading="DANH SÁCH PHÂN CÔNG PHỤ TRÁCH ĐỊA BÀN",
        reference=_REFERENCE.format(type="Quyết định"),
        landscape=True,
    )
    assignment_table(document)
    return document


RECIPES: dict[str, Recipe] = {
    "plan/phat_trien_doan_vien": Recipe(
        "Kế hoạch phát triển đoàn viên, thành lập công đoàn cơ sở", plan
    ),
    "quota_decision/giao_chi_tieu": Recipe("Quyết định giao chỉ tiêu", quota_decision),
    "assignment_decision/phu_trach_dia_ban": Recipe(
        "Quyết định phân công phụ trách địa bàn", assignment_decision
    ),
}
