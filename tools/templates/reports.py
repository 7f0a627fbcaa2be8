"""Templates of the result report (model 1.4) with its annexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.shared import Pt

from tools.templates.blocks import addressees, annex, each, header, line, signature, tag, title
from tools.templates.grids import CENTRE, HEAD, LEFT, RIGHT, Cell, Row, grid, heading_rows, totalled
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

_REFERENCE = "(Kèm theo Báo cáo số {{ so_ky_hieu }} {{ ngay_ban_hanh }} của {{ chu_the_ban_hanh }})"
_FIGURES = (
    "ct_ket_nap", "ct_tang_them", "ct_cdcs",
    "ky_ket_nap", "ky_giam", "ky_tang_them", "ky_cdcs",
    "lk_ket_nap", "lk_giam", "lk_tang_them", "lk_cdcs",
    "tl_ket_nap", "tl_tang_them", "tl_cdcs",
)  # fmt: skip


def _points(document: Any, name: str, names: str) -> None:
    each(document, name, names, f"{{{{ {name}.chu }}}}{{{{ {name}.noi_dung }}}}", "Điểm")


def _opening(document: Any) -> None:
    """Kính gửi only upwards (ND30 PL I II.9b); then what is reported."""
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    tag(document, "{%p if ds_kinh_gui %}")
    addressees(document)
    tag(document, "{%p endif %}")
    line(
        document,
        "Thực hiện {{ van_ban_thuc_hien }}, {{ chu_the_ban_hanh }} báo cáo kết quả phát triển đoàn viên, thành lập "
        "công đoàn cơ sở {{ ky_bao_cao }} (số liệu tính đến {{ ngay_chot }}) như sau:",
        "Nội dung",
    )


def _results(document: Any, *, unions_in: str, figures_in: str) -> None:
    line(document, "II. KẾT QUẢ THỰC HIỆN", "Mục lớn")
    line(document, "1. Khảo sát, nắm tình hình", "Khoản có tiêu đề")
    line(document, "{{ ket_qua_khao_sat }}", "Nội dung")
    line(document, "2. Phát triển đoàn viên", "Khoản có tiêu đề")
    each(document, "cau_dv", "ds_ket_qua_doan_vien", "{{ cau_dv }}", "Nội dung")
    line(document, "3. Thành lập công đoàn cơ sở", "Khoản có tiêu đề")
    each(document, "cau_cd", "ds_ket_qua_cdcs", "{{ cau_cd }}", "Nội dung")
    line(
        document,
        f"Kết quả của từng đơn vị tại {figures_in} kèm theo{unions_in}.",
        "Nội dung",
    )
    tag(document, "{%p if ds_tuyen_truyen %}")
    line(document, "4. Tuyên truyền, vận động", "Khoản có tiêu đề")
    _points(document, "tuyen_truyen", "ds_tuyen_truyen")
    tag(document, "{%p endif %}")


def _assessment(document: Any) -> None:
    line(document, "III. ĐÁNH GIÁ CHUNG", "Mục lớn")
    line(document, "1. Ưu điểm", "Khoản có tiêu đề")
    _points(document, "uu_diem", "ds_uu_diem")
    line(document, "2. Hạn chế, nguyên nhân", "Khoản có tiêu đề")
    _points(document, "han_che", "ds_han_che")
    line(document, "IV. PHƯƠNG HƯỚNG", "Mục lớn")
    _points(document, "phuong_huong", "ds_phuong_huong")
    tag(document, "{%p if ds_kien_nghi %}")
    line(document, "V. KIẾN NGHỊ, ĐỀ XUẤT", "Mục lớn")
    _points(document, "kien_nghi", "ds_kien_nghi")
    tag(document, "{%p endif %}")


def _report(name: str, *, with_unions: bool) -> Any:
    document = new_document(name)
    header(document)
    title(document, "BÁO CÁO")
    _opening(document)
    line(document, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", "Mục lớn")
    _points(document, "chi_dao", "ds_chi_dao")
    named = (
        "; danh sách công đoàn cơ sở thành lập mới tại Phụ lục II kèm theo" if with_unions else ""
    )
    _results(document, unions_in=named, figures_in="Phụ lục I" if with_unions else "Phụ lục")
    _assessment(document)
    line(
        document,
        "Trên đây là Báo cáo kết quả phát triển đoàn viên, thành lập công đoàn cơ sở {{ ky_bao_cao }} của "
        "{{ chu_the_ban_hanh }}{% if noi_kinh_bao_cao %}, kính báo cáo {{ noi_kinh_bao_cao }}{% endif %}./.",
        "Nội dung",
        keep_next=True,
    )
    signature(document, first_recipient="- Như trên;", first_when="ds_kinh_gui")
    annex(
        document,
        number="I" if with_unions else "",
        heading="KẾT QUẢ PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ {{ ky_bao_cao|upper }}",
        reference=_REFERENCE,
        landscape=True,
    )
    _figure_table(document)
    if with_unions:
        annex(
            document,
            number="II",
            heading="DANH SÁCH CÔNG ĐOÀN CƠ SỞ THÀNH LẬP MỚI {{ ky_bao_cao|upper }}",
            reference=_REFERENCE,
            landscape=True,
        )
        _union_table(document)
    return document


def _cells(row: str, *, bold: bool = False) -> Sequence[Cell]:
    mark = "**" if bold else ""
    return [
        Cell(f"{mark}{{{{ {row}.{name} }}}}{mark}", at, RIGHT)
        for at, name in enumerate(_FIGURES, start=2)
    ]


def _figure_table(document: Any) -> Any:
    """Unit by unit: quota, the period, since the beginning, percent of the quota (domain brief 5.g)."""
    done = ("Kết nạp mới", "Giảm", "Tăng thêm", "CĐCS mới")
    goals = ("Kết nạp mới", "Tăng thêm", "CĐCS mới")
    return grid(
        document,
        (26, 122, 38, 38, 44, 38, 43, 38, 44, 38, 43, 38, 44, 38, 38, 44),
        heading=heading_rows(
            (
                "TT",
                "Đơn vị",
                ("Chỉ tiêu", goals),
                ("Thực hiện trong kỳ", done),
                ("Lũy kế từ ngày {{ luy_ke_tu_ngay }}", done),
                ("Tỷ lệ so với chỉ tiêu (%)", goals),
            )
        ),
        body=(
            *totalled(
                "dong",
                "ds_don_vi_ket_qua",
                (Cell("{{ dong.tt }}", 0, CENTRE), Cell("{{ dong.don_vi }}", 1), *_cells("dong")),
            ),
            Row((Cell("Toàn tỉnh", 0, HEAD, columns=2), *_cells("tong_ket_qua", bold=True))),
        ),
    )


def _union_table(document: Any) -> Any:
    """New unions with their decisions."""
    columns = (
        ("TT", "tt", CENTRE),
        ("Công đoàn cơ sở", "ten_cdcs", LEFT),
        ("Đơn vị", "don_vi", LEFT),
        ("Quyết định", "quyet_dinh", CENTRE),
        ("Ngày quyết định", "ngay", CENTRE),
        ("Số đoàn viên", "so_doan_vien", RIGHT),
    )
    cells = [Cell(f"{{{{ cd.{name} }}}}", at, style) for at, (_, name, style) in enumerate(columns)]
    return grid(
        document,
        (32, 262, 206, 90, 70, 54),
        heading=(Row(tuple(Cell(label, at, HEAD) for at, (label, _, _) in enumerate(columns))),),
        body=(
            *totalled("cd", "ds_cdcs_moi", tuple(cells)),
            Row(
                (
                    Cell("Tổng cộng", 0, HEAD, columns=5),
                    Cell("**{{ tong_doan_vien_cdcs_moi }}**", 5, RIGHT),
                )
            ),
        ),
    )


def with_new_unions() -> Any:
    """The report with a second annex that names the new unions."""
    return _report("Báo cáo kết quả, có công đoàn cơ sở mới", with_unions=True)


def without_new_unions() -> Any:
    """The report of a period without a new union."""
    return _report("Báo cáo kết quả, không có công đoàn cơ sở mới", with_unions=False)


RECIPES: dict[str, Recipe] = {
    "result_report/ket_qua": Recipe(
        "Báo cáo kết quả phát triển đoàn viên, thành lập công đoàn cơ sở", with_new_unions
    ),
    "result_report/khong_cdcs_moi": Recipe(
        "Báo cáo kết quả, kỳ không có công đoàn cơ sở mới", without_new_unions
    ),
}
