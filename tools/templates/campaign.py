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
from tools.templates.grids import CENTRE, HEAD, LEFT, RIGHT, Cell, Row, grid, heading_rows, repeated
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
    for text in (
        "a) Khảo sát {{ tong_doanh_nghiep }} đơn vị, doanh nghiệp có tên tại Phụ lục II kèm theo với tổng số "
        "{{ tong_lao_dong }} lao động.",
        "b) Kết nạp mới {{ chi_tieu.ket_nap_moi }} đoàn viên; số đoàn viên tăng thêm sau khi trừ số giảm trong năm "
        "là {{ chi_tieu.tang_them }} đoàn viên.",
        "c) Thành lập mới {{ chi_tieu.cdcs_moi }} công đoàn cơ sở; tính theo khu vực có "
        "{{ chi_tieu.cdcs_ngoai_nha_nuoc }} công đoàn cơ sở ngoài nhà nước, tính theo quy mô có "
        "{{ chi_tieu.cdcs_tu_25_lao_dong }} công đoàn cơ sở ở nơi có từ 25 lao động trở lên.",
        "d) Chỉ tiêu của từng đơn vị tại Phụ lục I kèm theo.",
    ):
        line(document, text, "Điểm")


def _frame(document: Any) -> None:
    _part(document, "III. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")
    _clause(document, "1. Thời gian")
    line(document, "{{ thoi_gian }}; tiến độ từng nội dung công việc tại Phụ lục III kèm theo.", "Nội dung")
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
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)  # between the rule and the first basis
    legal_bases(document)
    line(document, "{{ chu_the_ban_hanh }} ban hành Kế hoạch {{ trich_yeu_trong_cau }} như sau:", "Nội dung")
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
    annex(document, number="III", heading="TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH", reference=reference, landscape=True)
    timetable(document)
    return document


_FIGURES = ("dau_ky", "ket_nap_moi", "tang_them", "cdcs_moi", "cdcs_ngoai_nha_nuoc", "cdcs_tu_25_lao_dong")


def quota_table(document: Any, *, base: str) -> Any:
    """Quota of every unit with the totals row (domain brief 4.b4); ``base`` heads the opening count."""
    figures = [Cell(f"{{{{ dong.{name} }}}}", i, RIGHT) for i, name in enumerate(_FIGURES, start=2)]
    totals = [Cell(f"**{{{{ tong_chi_tieu.{name} }}}}**", i, RIGHT) for i, name in enumerate(_FIGURES, start=2)]
    return grid(
        document,
        (32, 236, 68, 62, 80, 54, 60, 68, 54),
        heading=heading_rows(
            (
                "TT",
                "Đơn vị",
                base,
                ("Chỉ tiêu đoàn viên", ("Kết nạp mới", "Tăng thêm (đã trừ số giảm)")),
                ("Công đoàn cơ sở thành lập mới", ("Tổng số", "Ngoài nhà nước", "Từ 25 lao động trở lên")),
                "Ghi chú",
            )
        ),
        body=(
            *repeated(
                "dong",
                "ds_chi_tieu",
                Row(
                    (
                        Cell("{{ dong.tt }}", 0, CENTRE),
                        Cell("{{ dong.don_vi }}", 1),
                        *figures,
                        Cell("{{ dong.ghi_chu }}", 8),
                    )
                ),
            ),
            Row((Cell("Tổng cộng", 0, HEAD, columns=2), *totals, Cell("", 8))),
        ),
    )


def enterprise_table(document: Any) -> Any:
    """Enterprises by area, TT through the whole list, and the totals row."""
    of_one = (
        ("tt", CENTRE),
        ("ten_doanh_nghiep", LEFT),
        ("ma_so_thue", CENTRE),
        ("dia_chi", LEFT),
        ("nganh_nghe", LEFT),
        ("lao_dong", RIGHT),
        ("lao_dong_nu", RIGHT),
        ("du_kien", CENTRE),
        ("ghi_chu", LEFT),
    )
    one = Row(tuple(Cell(f"{{{{ dn.{name} }}}}", i, style) for i, (name, style) in enumerate(of_one)))
    area = Row(
        (Cell("**{{ db.ten_dia_ban }} ({{ db.so_doanh_nghiep }} đơn vị, doanh nghiệp)**", 0, columns=9),),
        with_next=True,
    )
    return grid(
        document,
        (32, 168, 80, 126, 102, 44, 40, 66, 56),
        heading=heading_rows(
            (
                "TT",
                "Tên đơn vị, doanh nghiệp",
                "Mã số thuế",
                "Địa chỉ",
                "Ngành nghề",
                ("Số lao động", ("Tổng", "Nữ")),
                "Dự kiến thành lập",
                "Ghi chú",
            )
        ),
        body=(
            *repeated("db", "ds_dia_ban", area, *repeated("dn", "db.ds_doanh_nghiep", one)),
            Row(
                (
                    Cell("Tổng cộng: {{ tong_doanh_nghiep }} đơn vị, doanh nghiệp", 0, HEAD, columns=5),
                    Cell("**{{ tong_lao_dong }}**", 5, RIGHT),
                    Cell("**{{ tong_lao_dong_nu }}**", 6, RIGHT),
                    Cell("", 7),
                    Cell("", 8),
                )
            ),
        ),
    )


def timetable(document: Any) -> Any:
    """Work, who leads, who helps, when, and what comes out."""
    columns = (
        ("TT", "tt", CENTRE),
        ("Nội dung công việc", "cong_viec", LEFT),
        ("Đơn vị chủ trì", "chu_tri", LEFT),
        ("Đơn vị phối hợp", "phoi_hop", LEFT),
        ("Thời gian", "thoi_gian", LEFT),
        ("Kết quả", "ket_qua", LEFT),
    )
    heads = Row(tuple(Cell(label, i, HEAD) for i, (label, _, _) in enumerate(columns)))
    cells = Row(tuple(Cell(f"{{{{ viec.{name} }}}}", i, style) for i, (_, name, style) in enumerate(columns)))
    return grid(
        document,
        (32, 196, 126, 136, 100, 124),
        heading=(heads,),
        body=repeated("viec", "ds_tien_do", cells),
    )


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
        "hoàn thành chỉ tiêu được giao; {{ che_do_bao_cao }}. {{ don_vi_theo_doi }} theo dõi, đôn đốc, tổng hợp kết quả, "
        "báo cáo {{ chu_the_ban_hanh }}.",
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
        "triển đoàn viên, thành lập công đoàn cơ sở tại địa bàn phụ trách; {{ che_do_bao_cao }}. Cán bộ, chuyên viên có "
        "tên tại cột giúp việc chịu sự phân công trực tiếp của đồng chí phụ trách địa bàn.",
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


def assignment_table(document: Any) -> Any:
    """Who is in charge of what, with the area's targets and the helpers."""
    of_one = (
        ("{{ pc.tt }}", CENTRE),
        ("{{ pc.xung_ho }} {{ pc.ho_ten }}", LEFT),
        ("{{ pc.chuc_vu }}", LEFT),
        ("{{ pc.chuc_danh }}", LEFT),
        ("{{ pc.dia_ban }}", LEFT),
        ("{{ pc.doan_vien_moi }}", RIGHT),
        ("{{ pc.cdcs_moi }}", RIGHT),
        ("{{ pc.giup_viec }}", LEFT),
    )
    return grid(
        document,
        (28, 96, 110, 84, 214, 48, 56, 78),
        heading=heading_rows(
            (
                "TT",
                "Họ và tên",
                "Chức vụ",
                "Chức danh trong Ban Chỉ đạo",
                "Địa bàn, đơn vị phụ trách",
                ("Chỉ tiêu", ("Đoàn viên mới", "Công đoàn cơ sở mới")),
                "Giúp việc",
            )
        ),
        body=(
            *repeated("pc", "ds_phan_cong", Row(tuple(Cell(t, i, s) for i, (t, s) in enumerate(of_one)))),
            Row(
                (
                    Cell("Tổng cộng", 0, HEAD, columns=5),
                    Cell("**{{ tong_doan_vien_moi }}**", 5, RIGHT),
                    Cell("**{{ tong_cdcs_moi }}**", 6, RIGHT),
                    Cell("", 7),
                )
            ),
        ),
    )


RECIPES: dict[str, Recipe] = {
    "plan/phat_trien_doan_vien": Recipe("Kế hoạch phát triển đoàn viên, thành lập công đoàn cơ sở", plan),
    "quota_decision/giao_chi_tieu": Recipe("Quyết định giao chỉ tiêu", quota_decision),
    "assignment_decision/phu_trach_dia_ban": Recipe("Quyết định phân công phụ trách địa bàn", assignment_decision),
}
