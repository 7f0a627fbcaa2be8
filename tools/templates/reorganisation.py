"""Templates of dissolving, merging, transferring and receiving unions: one by name, or a list as the annex."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tools.templates.blocks import Column, annex, line, list_table
from tools.templates.decisions import EFFECT, REFERENCE, article, closing, opened
from tools.templates.recipe import Recipe

_UNIONS = (
    Column("TT", 30, "{{ cd.tt }}", "Bảng ô giữa"),
    Column("Tên công đoàn cơ sở", 165, "{{ cd.ten }}"),
    Column("Địa chỉ", 92, "{{ cd.dia_chi }}"),
    Column("Số đoàn viên", 48, "{{ cd.so_doan_vien }}", "Bảng ô số"),
    Column("Chủ tịch", 80, "{{ cd.chu_tich }}"),
    Column("Ghi chú", 52, "{{ cd.ghi_chu }}"),
)
_TOTAL = ("", "Tổng cộng", "", "{{ tong_doan_vien }}", "", "")
_BY = "{% if han_ban_giao %} chậm nhất {{ han_ban_giao }}{% else %} theo quy định{% endif %}"
#: How many members, set off by commas within the sentence.
_COUNT = "{% if tong_doan_vien %}, gồm {{ tong_doan_vien }} đoàn viên,{% endif %}"
_FROM = "kể từ {{ ngay_thuc_hien }}"
_REASON = "{% if ly_do %} Lý do: {{ ly_do }}.{% endif %}"


@dataclass(frozen=True, slots=True)
class _Act:
    """One act: title, Điều 1 up to and after the mention of the annex, Điều 2, heading of the annex."""

    title: str
    first: str
    rest: str
    second: str
    executors: str
    heading: str


_ACTS = {
    "giai_the": _Act(
        title="Quyết định giải thể công đoàn cơ sở",
        first=f"Giải thể {{{{ cac_cong_doan }}}}{_COUNT} trực thuộc {{{{ cong_doan_cap_tren }}}}",
        rest=f" {_FROM}.{_REASON}",
        second="Ban Chấp hành {{ goi_cac_cong_doan }} kết thúc nhiệm vụ kể từ ngày giải thể; có trách nhiệm quyết toán "
        "tài chính, bàn giao tài chính, tài sản, hồ sơ, con dấu cho {{ cong_doan_cap_tren }}"
        f"{_BY}{{% if tong_doan_vien %}}; lập danh sách, làm thủ tục chuyển sinh hoạt công đoàn cho đoàn viên theo "
        "Điều lệ Công đoàn Việt Nam{% endif %}.",
        executors=", {{ goi_cac_cong_doan }} và các đơn vị, cá nhân có liên quan",
        heading="DANH SÁCH CÔNG ĐOÀN CƠ SỞ GIẢI THỂ",
    ),
    "sap_nhap": _Act(
        title="Quyết định sáp nhập công đoàn cơ sở",
        first=f"Sáp nhập {{{{ cac_cong_doan }}}}{_COUNT} vào {{{{ cong_doan_nhan_sap_nhap }}}}",
        rest=f" {_FROM}.{_REASON} {{% if so_doan_vien_sau_sap_nhap %}}Sau sáp nhập, "
        "{{ cong_doan_nhan_sap_nhap }} có {{ so_doan_vien_sau_sap_nhap }} đoàn viên, trực thuộc "
        "{{ cong_doan_cap_tren }}."
        "{% else %}{{ cong_doan_nhan_sap_nhap }} trực thuộc {{ cong_doan_cap_tren }}.{% endif %}",
        second="{{ cong_doan_nhan_sap_nhap }} tiếp nhận tổ chức, đoàn viên, tài chính, tài sản, hồ sơ, kế thừa quyền "
        "và nghĩa vụ của {{ goi_cac_cong_doan }}. Ban Chấp hành {{ goi_cac_cong_doan }} kết thúc nhiệm vụ kể từ "
        f"ngày sáp nhập, bàn giao xong{_BY}; con dấu nộp lại theo quy định. Việc kiện toàn Ban Chấp hành "
        "{{ cong_doan_nhan_sap_nhap }} thực hiện bằng quyết định riêng.",
        executors=", {{ cong_doan_nhan_sap_nhap }}, {{ goi_cac_cong_doan }} và các đơn vị, cá nhân có liên quan",
        heading="DANH SÁCH CÔNG ĐOÀN CƠ SỞ SÁP NHẬP",
    ),
    "chuyen_giao": _Act(
        title="Quyết định chuyển giao công đoàn cơ sở",
        first=f"Chuyển giao {{{{ cac_cong_doan }}}}{_COUNT} từ {{{{ cong_doan_cap_tren }}}} về trực thuộc "
        "{{ noi_tiep_nhan }}",
        rest=f" {_FROM}.{_REASON}",
        second="{{ cong_doan_cap_tren }} bàn giao hồ sơ tổ chức, hồ sơ đoàn viên, tài chính, tài sản có liên quan cho "
        f"{{{{ noi_tiep_nhan }}}}{_BY}. Tổ chức, Ban Chấp hành, nhiệm kỳ, con dấu và tài khoản của "
        "{{ goi_cac_cong_doan }} giữ nguyên.",
        executors=", {{ goi_cac_cong_doan }} và các đơn vị, cá nhân có liên quan",
        heading="DANH SÁCH CÔNG ĐOÀN CƠ SỞ CHUYỂN GIAO",
    ),
    "tiep_nhan": _Act(
        title="Quyết định tiếp nhận công đoàn cơ sở",
        first=f"Tiếp nhận {{{{ cac_cong_doan }}}}{_COUNT} từ {{{{ noi_chuyen_giao }}}} về trực thuộc "
        "{{ cong_doan_cap_tren }}",
        rest=f" {_FROM}.{_REASON}",
        second="{{ cong_doan_cap_tren }} tiếp nhận hồ sơ tổ chức, hồ sơ đoàn viên, tài chính, tài sản có liên quan"
        f"{_BY}. Tổ chức, Ban Chấp hành, nhiệm kỳ, con dấu và tài khoản của {{{{ goi_cac_cong_doan }}}} giữ nguyên; "
        "chịu sự lãnh đạo, chỉ đạo của {{ cong_doan_cap_tren }} kể từ ngày tiếp nhận.",
        executors=", {{ goi_cac_cong_doan }} và các đơn vị, cá nhân có liên quan",
        heading="DANH SÁCH CÔNG ĐOÀN CƠ SỞ TIẾP NHẬN",
    ),
}


def _one(act: _Act) -> Any:
    document = opened(act.title)
    _articles(document, act, mention="")
    return document


def _list(act: _Act) -> Any:
    document = opened(act.title)
    _articles(document, act, mention=" (có danh sách kèm theo tại Phụ lục)")
    annex(document, number="", heading=act.heading, reference=REFERENCE)
    list_table(document, _UNIONS, name="cd", names="ds_cong_doan", total=_TOTAL)
    line(document, "Danh sách có {{ cac_cong_doan }}./.", "Ghi chú bảng")
    return document


def _articles(document: Any, act: _Act, *, mention: str) -> None:
    article(document, 1, f"{act.first}{mention}{act.rest}")
    article(document, 2, act.second)
    article(document, 3, EFFECT)
    closing(document, 4, act.executors)


def _recipes() -> dict[str, Recipe]:
    found: dict[str, Recipe] = {}
    for name, act in _ACTS.items():
        makers: dict[str, Callable[[_Act], Any]] = {"": _one, "_danh_sach": _list}
        for suffix, make in makers.items():
            title = act.title + (" (danh sách)" if suffix else "")
            found[f"reorganisation_decision/{name}{suffix}"] = Recipe(title, partial(make, act))
    return found


RECIPES: dict[str, Recipe] = _recipes()
