"""Tables of the campaign's annexes: quota, enterprises, timetable, assignments."""

from __future__ import annotations

from typing import Any

from tools.templates.grids import CENTRE, HEAD, LEFT, RIGHT, Cell, Row, grid, heading_rows, repeated

_FIGURES = (
    "dau_ky",
    "ket_nap_moi",
    "tang_them",
    "cdcs_moi",
    "cdcs_ngoai_nha_nuoc",
    "cdcs_tu_25_lao_dong",
)


def quota_table(document: Any, *, base: str) -> Any:
    """Quota of every unit with the totals row (domain brief 4.b4); ``base`` heads the opening count."""
    figures = [Cell(f"{{{{ dong.{name} }}}}", i, RIGHT) for i, name in enumerate(_FIGURES, start=2)]
    totals = [
        Cell(f"**{{{{ tong_chi_tieu.{name} }}}}**", i, RIGHT)
        for i, name in enumerate(_FIGURES, start=2)
    ]
    return grid(
        document,
        (32, 236, 68, 62, 80, 54, 60, 68, 54),
        heading=heading_rows(
            (
                "TT",
                "Đơn vị",
                base,
                ("Chỉ tiêu đoàn viên", ("Kết nạp mới", "Tăng thêm (đã trừ số giảm)")),
                (
                    "Công đoàn cơ sở thành lập mới",
                    ("Tổng số", "Ngoài nhà nước", "Từ 25 lao động trở lên"),
                ),
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
    one = Row(
        tuple(Cell(f"{{{{ dn.{name} }}}}", i, style) for i, (name, style) in enumerate(of_one))
    )
    area = Row(
        (
            Cell(
                "**{{ db.ten_dia_ban }} ({{ db.so_doanh_nghiep }} đơn vị, doanh nghiệp)**",
                0,
                columns=9,
            ),
        ),
        with_next=True,
    )
    return grid(
        document,
        (32, 166, 76, 168, 90, 40, 36, 66, 40),
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
                    Cell(
                        "Tổng cộng: {{ tong_doanh_nghiep }} đơn vị, doanh nghiệp",
                        0,
                        HEAD,
                        columns=5,
                    ),
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
    cells = Row(
        tuple(
            Cell(f"{{{{ viec.{name} }}}}", i, style) for i, (_, name, style) in enumerate(columns)
        )
    )
    return grid(
        document,
        (32, 196, 126, 136, 100, 124),
        heading=(heads,),
        body=repeated("viec", "ds_tien_do", cells),
    )


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
        (28, 96, 104, 84, 226, 48, 56, 72),
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
            *repeated(
                "pc", "ds_phan_cong", Row(tuple(Cell(t, i, s) for i, (t, s) in enumerate(of_one)))
            ),
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
