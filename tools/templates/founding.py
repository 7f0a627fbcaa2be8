"""Templates of founding, recognition and committee decisions."""

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
    tag,
    title,
)
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

_MEMBERS = (
    Column("TT", 30, "{{ loop.index }}", "Bảng ô giữa"),
    Column("Họ và tên", 124, "{{ dv.ho_ten }}"),
    Column("Ngày, tháng, năm sinh", 72, "{{ dv.ngay_sinh }}", "Bảng ô giữa"),
    Column("Giới tính", 40, "{{ dv.gioi_tinh }}", "Bảng ô giữa"),
    Column("Dân tộc", 55, "{{ dv.dan_toc }}", "Bảng ô giữa"),
    Column("Nghề nghiệp, bộ phận", 94, "{{ dv.cong_viec }}"),
    Column("Ghi chú", 52, "{{ dv.ghi_chu }}"),
)
_EFFECT = "**Điều 3.** Quyết định này có hiệu lực kể từ {{ ngay_hieu_luc }}."


def _opened(name: str) -> Any:
    document = new_document(name)
    header(document)
    title(document, "QUYẾT ĐỊNH")
    decision_opening(document)
    return document


def _founding(name: str, first: str) -> Any:
    document = _opened(name)
    line(document, first, "Điều")
    line(
        document,
        "**Điều 2.** {{ ten_cong_doan_co_so }} có nhiệm vụ, quyền hạn theo quy định của Luật Công đoàn và "
        "Điều lệ Công đoàn Việt Nam; được sử dụng con dấu, tài khoản riêng theo quy định.",
        "Điều",
    )
    line(document, _EFFECT, "Điều")
    line(
        document,
        "**Điều 4.** {{ don_vi_thi_hanh }}, {{ ten_cong_doan_co_so }} và các đoàn viên có tên tại Điều 1 "
        "chịu trách nhiệm thi hành Quyết định này./.",
        "Điều",
        keep_next=True,
    )
    signature(document, first_recipient="- Như Điều 4;")
    annex(
        document,
        number="",
        heading="DANH SÁCH ĐOÀN VIÊN\n{{ ten_cong_doan_co_so_in_hoa }}",
        reference="(Kèm theo Quyết định số {{ so_ky_hieu }} {{ ngay_ban_hanh }}\ncủa {{ chu_the_ban_hanh }})",
    )
    list_table(document, _MEMBERS, name="dv", names="ds_doan_vien")
    line(document, "Danh sách có {{ so_doan_vien }} đoàn viên./.", "Ghi chú bảng")
    return document


def founded() -> Any:
    return _founding(
        "Quyết định thành lập công đoàn cơ sở",
        "**Điều 1.** Thành lập {{ ten_cong_doan_co_so }}, gồm {{ so_doan_vien }} đoàn viên (có danh sách kèm "
        "theo tại Phụ lục), trực thuộc {{ cong_doan_cap_tren }}.",
    )


def recognised() -> Any:
    return _founding(
        "Quyết định công nhận công đoàn cơ sở",
        "**Điều 1.** Công nhận {{ ten_cong_doan_co_so }}, gồm {{ so_doan_vien }} đoàn viên (có danh sách kèm "
        "theo tại Phụ lục), trực thuộc {{ cong_doan_cap_tren }}.",
    )


def _committee(name: str, *, sole: str, first: str, second: str) -> Any:
    """``sole`` is Điều 1 where a chair alone is seated: no list of one."""
    document = _opened(name)
    tag(document, "{%p if dong_chi_duy_nhat %}")
    line(document, sole, "Điều")
    tag(document, "{%p else %}")
    line(document, first, "Điều")
    each(document, "dong", "ds_uy_vien", "{{ loop.index }}. {{ dong }}", "Khoản")
    tag(document, "{%p endif %}")
    line(document, second, "Điều")
    line(document, _EFFECT, "Điều")
    line(
        document,
        "**Điều 4.** {{ don_vi_thi_hanh }}, {{ ten_cong_doan_co_so }} và "
        "{{ 'đồng chí' if dong_chi_duy_nhat else 'các đồng chí' }} có tên tại Điều 1 "
        "chịu trách nhiệm thi hành Quyết định này./.",
        "Điều",
        keep_next=True,
    )
    signature(document, first_recipient="- Như Điều 4;")
    return document


def committee_elected() -> Any:
    return _committee(
        "Quyết định công nhận ban chấp hành",
        sole="**Điều 1.** Công nhận {{ dong_chi_duy_nhat }} giữ chức {{ ten_ban_chap_hanh }} "
        "{{ ten_cong_doan_co_so }}, nhiệm kỳ {{ nhiem_ky }}.",
        first="**Điều 1.** Công nhận {{ ten_ban_chap_hanh }} {{ ten_cong_doan_co_so }}, "
        "nhiệm kỳ {{ nhiem_ky }}, gồm {{ so_uy_vien }} đồng chí có tên sau:",
        second="**Điều 2.** {{ chu_the_nhiem_vu }} thực hiện nhiệm vụ, quyền hạn theo "
        "quy định của Luật Công đoàn và Điều lệ Công đoàn Việt Nam.",
    )


def committee_appointed() -> Any:
    return _committee(
        "Quyết định chỉ định ban chấp hành",
        sole="**Điều 1.** Chỉ định {{ dong_chi_duy_nhat }} giữ chức {{ ten_ban_chap_hanh }} "
        "{{ ten_cong_doan_co_so }}, nhiệm kỳ {{ nhiem_ky }}.",
        first="**Điều 1.** Chỉ định {{ ten_ban_chap_hanh }} {{ ten_cong_doan_co_so }}, "
        "nhiệm kỳ {{ nhiem_ky }}, gồm {{ so_uy_vien }} đồng chí có tên sau:",
        second="**Điều 2.** {{ chu_the_nhiem_vu }} thực hiện nhiệm vụ, quyền hạn theo "
        "quy định của Luật Công đoàn và Điều lệ Công đoàn Việt Nam.",
    )


def committee_provisional() -> Any:
    return _committee(
        "Quyết định chỉ định ban chấp hành lâm thời",
        sole="**Điều 1.** Chỉ định {{ dong_chi_duy_nhat }} giữ chức {{ ten_ban_chap_hanh }} "
        "{{ ten_cong_doan_co_so }}.",
        first="**Điều 1.** Chỉ định {{ ten_ban_chap_hanh }} "
        "{{ ten_cong_doan_co_so }}, gồm {{ so_uy_vien }} đồng chí có tên sau:",
        second="**Điều 2.** {{ chu_the_nhiem_vu }} thực hiện nhiệm vụ, quyền hạn theo quy định "
        "của Điều lệ Công đoàn Việt Nam cho đến khi tổ chức đại hội, thời gian không quá {{ so_thang_lam_thoi }} "
        "tháng kể từ ngày Quyết định này có hiệu lực.",
    )


RECIPES: dict[str, Recipe] = {
    "founding_decision/thanh_lap": Recipe("Quyết định thành lập công đoàn cơ sở", founded),
    "founding_decision/cong_nhan": Recipe("Quyết định công nhận công đoàn cơ sở", recognised),
    "committee_decision/cong_nhan": Recipe("Quyết định công nhận ban chấp hành", committee_elected),
    "committee_decision/chi_dinh": Recipe("Quyết định chỉ định ban chấp hành", committee_appointed),
    "committee_decision/lam_thoi": Recipe(
        "Quyết định chỉ định ban chấp hành lâm thời", committee_provisional
    ),
}
