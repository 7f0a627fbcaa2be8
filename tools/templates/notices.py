"""Template of the notice of assignment (model 1.4)."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from tools.templates.blocks import header, line, signature, title
from tools.templates.grids import CENTRE, HEAD, LEFT, RIGHT, Cell, Row, grid, heading_rows, repeated
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document


def assignment_notice() -> Any:
    """Who is in charge of which area, as a table in the text: a notice has no articles."""
    document = new_document("Thông báo phân công phụ trách địa bàn")
    header(document)
    title(document, "THÔNG BÁO")
    first = line(
        document,
        "Thực hiện {{ ke_hoach_thuc_hien }}, {{ chu_the_ban_hanh }} thông báo phân công {{ so_nguoi }} đồng chí "
        "thành viên {{ ten_ban_chi_dao }} phụ trách địa bàn từ {{ tu_ngay }} đến hết {{ den_ngay }} như sau:",
        "Nội dung",
    )
    first.paragraph_format.space_before = Pt(10)  # between the rule and the first words
    _table(document)
    after = line(
        document,
        "Các đồng chí được phân công có trách nhiệm chỉ đạo, hướng dẫn, đôn đốc, kiểm tra việc thực hiện chỉ tiêu "
        "phát triển đoàn viên, thành lập công đoàn cơ sở tại địa bàn phụ trách; {{ che_do_bao_cao }}.",
        "Nội dung",
    )
    after.paragraph_format.space_before = Pt(8)
    line(
        document,
        "Trên đây là Thông báo phân công thành viên {{ ten_ban_chi_dao }} phụ trách địa bàn, đề nghị "
        "{{ noi_duoc_de_nghi }} thực hiện./.",
        "Nội dung",
        keep_next=True,
    )
    signature(document)
    return document


def _table(document: Any) -> None:
    of_one = (
        ("{{ pc.tt }}", CENTRE),
        ("{{ pc.xung_ho }} {{ pc.ho_ten }}, {{ pc.chuc_vu }}", LEFT),
        ("{{ pc.chuc_danh }}", LEFT),
        ("{{ pc.dia_ban }}", LEFT),
        ("{{ pc.doan_vien_moi }}", RIGHT),
        ("{{ pc.cdcs_moi }}", RIGHT),
        ("{{ pc.giup_viec }}", LEFT),
    )
    labels = (
        "TT",
        "Họ và tên, chức vụ",
        "Chức danh",
        "Địa bàn, đơn vị phụ trách",
        ("Chỉ tiêu", ("Đoàn viên mới", "CĐCS mới")),
        "Giúp việc",
    )
    total = (
        Cell("Tổng cộng", 0, HEAD, columns=4),
        Cell("**{{ tong_doan_vien_moi }}**", 4, RIGHT),
        Cell("**{{ tong_cdcs_moi }}**", 5, RIGHT),
        Cell("", 6),
    )
    row = Row(tuple(Cell(text, at, style) for at, (text, style) in enumerate(of_one)))
    grid(
        document,
        (26, 118, 62, 117, 44, 44, 56),
        heading=heading_rows(labels),
        body=(*repeated("pc", "ds_phan_cong", row), Row(total)),
    )


RECIPES: dict[str, Recipe] = {
    "assignment_notice/thong_bao_phan_cong": Recipe(
        "Thông báo phân công phụ trách địa bàn", assignment_notice
    ),
}
