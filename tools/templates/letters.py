"""Templates of the introduction letter (model 1.8) and the invitation (model 1.7)."""

from __future__ import annotations

from typing import Any

from tools.templates.blocks import each, header, line, signature, tag, title, when
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document


def introduction() -> Any:
    document = new_document("Giấy giới thiệu")
    header(document)
    title(document, "GIẤY GIỚI THIỆU", subject=False)
    _first(line(document, "{{ ten_co_quan_trong_cau }} trân trọng giới thiệu:", "Nội dung"))
    line(document, "{{ danh_xung }}: {{ ho_ten_nguoi_duoc_gioi_thieu }}", "Nội dung")
    line(document, "Chức vụ: {{ chuc_vu_nguoi_duoc_gioi_thieu }}", "Nội dung")
    when(document, "ds_nguoi_di_cung", "Cùng đi có:", "Nội dung")
    each(
        document,
        "nguoi",
        "ds_nguoi_di_cung",
        "- {{ nguoi }}{{ ';' if not loop.last else '.' }}",
        "Nội dung",
    )
    line(document, "Được cử đến: {{ noi_den }}", "Nội dung")
    line(document, "Về việc: {{ noi_dung_cong_viec }}", "Nội dung")
    line(
        document,
        "Đề nghị {{ quy_don_vi }} tạo điều kiện để {{ goi_nguoi_di }} có tên ở trên hoàn thành nhiệm vụ.",
        "Nội dung",
    )
    line(
        document,
        "Giấy này có giá trị đến hết {{ ngay_het_gia_tri }}./.",
        "Nội dung",
        keep_next=True,
    )
    signature(document, first_recipient="- Như trên;")
    return document


def invitation() -> Any:
    document = new_document("Giấy mời")
    header(document)
    title(document, "GIẤY MỜI")
    tag(document, "{%p if ds_khach_moi|length == 1 %}")
    _first(
        line(
            document,
            "{{ ten_co_quan_trong_cau }} trân trọng kính mời: {{ ds_khach_moi[0] }}.",
            "Nội dung",
        )
    )
    tag(document, "{%p else %}")
    _first(line(document, "{{ ten_co_quan_trong_cau }} trân trọng kính mời:", "Nội dung"))
    each(
        document,
        "khach",
        "ds_khach_moi",
        "- {{ khach }}{{ ';' if not loop.last else '.' }}",
        "Nội dung",
    )
    tag(document, "{%p endif %}")
    line(document, "Tới dự {{ su_kien_trong_cau }}.", "Nội dung")
    when(document, "nguoi_chu_tri", "Chủ trì: {{ nguoi_chu_tri }}.", "Nội dung")
    line(document, "Thời gian: {{ thoi_gian }}.", "Nội dung")
    line(document, "Địa điểm: {{ dia_diem }}.", "Nội dung")
    each(document, "dong", "ds_ghi_chu", "{{ dong }}", "Nội dung")
    when(document, "lien_he", "Thông tin liên hệ: {{ lien_he }}.", "Nội dung")
    line(document, "Rất hân hạnh được đón tiếp./.", "Nội dung", keep_next=True)
    signature(document, first_recipient="- Như trên;")
    return document


def _first(paragraph: Any) -> None:
    """More room under the rule of the title."""
    paragraph.paragraph_format.space_before = paragraph.part.document.styles[
        "Thẩm quyền"
    ].paragraph_format.space_before


RECIPES: dict[str, Recipe] = {
    "introduction_letter/giay_gioi_thieu": Recipe("Giấy giới thiệu", introduction),
    "invitation/giay_moi": Recipe("Giấy mời", invitation),
}
