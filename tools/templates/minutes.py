"""Template of the launch minutes (model 1.9)."""

from __future__ import annotations

from typing import Any

from tools.templates.blocks import each, header, line, minutes_signatures, tag, title
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document


def launch() -> Any:
    document = new_document("Biên bản lễ ra mắt công đoàn cơ sở")
    header(document, place_date=False)
    title(document, "BIÊN BẢN")
    first = line(document, "**Thời gian bắt đầu:** {{ thoi_gian_bat_dau }}.", "Nội dung")
    first.paragraph_format.space_before = document.styles[
        "Thẩm quyền"
    ].paragraph_format.space_before
    line(document, "**Địa điểm:** {{ dia_diem }}.", "Nội dung")
    _attendance(document)
    line(document, "**Chủ trì:** {{ chu_tri }}.", "Nội dung")
    line(document, "**Thư ký (người ghi biên bản):** {{ thu_ky }}.", "Nội dung")
    _proceedings(document)
    line(
        document,
        "Lễ ra mắt kết thúc vào hồi {{ thoi_gian_ket_thuc }}. Biên bản đã được đọc lại cho các thành phần dự lễ cùng "
        "nghe và nhất trí thông qua./.",
        "Nội dung",
        keep_next=True,
    )
    minutes_signatures(document)
    return document


def _attendance(document: Any) -> None:
    line(document, "**Thành phần tham dự:**", "Nội dung", keep_next=True)
    tag(document, "{%p for nhom in ds_nhom_dai_bieu %}")
    line(document, "{{ nhom.ten_nhom }}:", "Nội dung", keep_next=True)
    each(
        document,
        "nguoi",
        "nhom.ds_nguoi",
        "- {{ nguoi }}{{ ';' if not loop.last else '.' }}",
        "Nội dung",
    )
    tag(document, "{%p endfor %}")
    line(
        document,
        "Đoàn viên {{ ten_cong_doan_co_so }}: có mặt {{ so_doan_vien_co_mat }}/{{ so_doan_vien }} đoàn viên.",
        "Nội dung",
    )


def _proceedings(document: Any) -> None:
    line(document, "**Nội dung (theo diễn biến buổi lễ):**", "Nội dung", keep_next=True)
    line(document, "1. Chào cờ, tuyên bố lý do, giới thiệu đại biểu.", "Nội dung")
    line(document, "2. Công bố các quyết định:", "Nội dung", keep_next=True)
    each(
        document, "qd", "ds_quyet_dinh", "- {{ qd }}{{ ';' if not loop.last else '.' }}", "Nội dung"
    )
    line(document, "3. Trao quyết định và thẻ đoàn viên{{ qua_tang }}.", "Nội dung")
    line(
        document,
        "4. Ra mắt {{ ten_ban_chap_hanh }} {{ ten_cong_doan_co_so }}"
        "{% if ds_uy_vien|length > 1 %}, gồm {{ so_uy_vien }} đồng chí{% endif %}:",
        "Nội dung",
        keep_next=True,
    )
    each(document, "uv", "ds_uy_vien", "- {{ uv }}{{ ';' if not loop.last else '.' }}", "Nội dung")
    tag(document, "{%p for muc in ds_phat_bieu %}")
    line(document, "{{ loop.index + 4 }}. {{ muc }}.", "Nội dung")
    tag(document, "{%p endfor %}")
    line(document, "{{ so_muc_be_mac }}. Bế mạc buổi lễ.", "Nội dung")


RECIPES: dict[str, Recipe] = {
    "launch_minutes/bien_ban_ra_mat": Recipe("Biên bản lễ ra mắt công đoàn cơ sở", launch),
}
