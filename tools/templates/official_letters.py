"""Templates of công văn (model 1.5) and of the returned dossier (phiếu chuyển, model 1.4)."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from tools.templates.blocks import (
    addressees,
    annex,
    each,
    header,
    line,
    signature,
    tag,
    title,
    when,
)
from tools.templates.grids import CENTRE, HEAD, RIGHT, Cell, Row, grid, heading_rows, totalled
from tools.templates.recipe import Recipe
from tools.templates.styles import new_document

_FIRST = "- Như trên;"
_LISTED = "{{{{ {name} }}}}{{{{ ';' if not loop.last else '.' }}}}"


def _letter(name: str) -> Any:
    document = new_document(name)
    header(document, letter=True)
    addressees(document)
    return document


def _dashes(document: Any, name: str, names: str) -> None:
    each(document, name, names, f"- {_LISTED.format(name=name)}", "Nội dung")


def _closing(document: Any, text: str) -> None:
    line(document, text, "Nội dung", keep_next=True)
    signature(document, first_recipient=_FIRST)


def _contact(document: Any) -> None:
    when(document, "lien_he", "Thông tin liên hệ: {{ lien_he }}.", "Nội dung")


def _missing_reports(document: Any) -> None:
    tag(document, "{%p if ds_bao_cao_thieu %}")
    line(
        document,
        "Báo cáo chưa gửi theo quy định, tính đến {{ ngay_chot }}:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "bao_cao", "ds_bao_cao_thieu")
    tag(document, "{%p endif %}")


def _requests(document: Any) -> None:
    """What is asked: two standing points, those of the drafter, then the answer."""
    line(
        document,
        "Để hoàn thành chỉ tiêu năm {{ nam_chi_tieu }}, {{ ten_co_quan_trong_cau }} đề nghị {{ goi_don_vi }} thực "
        "hiện các nội dung sau:",
        "Nội dung",
        keep_next=True,
    )
    line(
        document,
        "1. Rà soát các đơn vị, doanh nghiệp chưa có công đoàn cơ sở; xác định nơi đủ điều kiện, phân công người phụ "
        "trách và thời gian thành lập công đoàn cơ sở tại từng nơi.",
        "Khoản",
    )
    line(
        document,
        "2. Đẩy mạnh tuyên truyền, vận động người lao động gia nhập Công đoàn Việt Nam; hướng dẫn lập hồ sơ kết nạp "
        "đoàn viên, thành lập công đoàn cơ sở theo đúng quy định.",
        "Khoản",
    )
    tag(document, "{%p for yeu_cau in ds_yeu_cau_them %}")
    line(document, "{{ loop.index + 2 }}. {{ yeu_cau }}.", "Khoản")
    tag(document, "{%p endfor %}")
    line(
        document,
        "{{ ds_yeu_cau_them|length + 3 }}. Báo cáo bằng văn bản kết quả, nguyên nhân và giải pháp thực hiện về "
        "{{ noi_nhan_bao_cao }} trước {{ han_thuc_hien }}.",
        "Khoản",
    )
    _contact(document)


def reminder_one() -> Any:
    """To one unit: its figures in the text."""
    document = _letter("Công văn đôn đốc một đơn vị")
    tag(document, "{%p if ds_ket_qua_don_vi %}")
    line(
        document,
        "Thực hiện {{ van_ban_thuc_hien }}, {{ ten_co_quan_trong_cau }} tổng hợp kết quả của {{ goi_don_vi }} "
        "đến {{ ngay_chot }} như sau:",
        "Nội dung",
        keep_next=True,
    )
    _dashes(document, "ket_qua", "ds_ket_qua_don_vi")
    line(
        document,
        "Kết quả trên chưa đạt mức {{ muc_phai_dat }} chỉ tiêu năm phải thực hiện đến thời điểm này.",
        "Nội dung",
    )
    tag(document, "{%p else %}")
    line(
        document,
        "{{ ten_co_quan_trong_cau }} đã giao nhiệm vụ cho các đơn vị tại {{ van_ban_thuc_hien }}.",
        "Nội dung",
    )
    tag(document, "{%p endif %}")
    _missing_reports(document)
    _requests(document)
    _closing(
        document,
        "Nhận được Công văn này, đề nghị {{ goi_don_vi }} nghiêm túc triển khai thực hiện./.",
    )
    return document


def reminder_many() -> Any:
    """To several units: their figures in an annex."""
    document = _letter("Công văn đôn đốc nhiều đơn vị")
    line(
        document,
        "Thực hiện {{ van_ban_thuc_hien }}, {{ ten_co_quan_trong_cau }} đã theo dõi, tổng hợp kết quả của các đơn vị. "
        "Đến {{ ngay_chot }}, còn {{ so_don_vi_cham }} đơn vị chưa đạt mức {{ muc_phai_dat }} chỉ tiêu năm phải thực "
        "hiện đến thời điểm này (số liệu tại Phụ lục kèm theo).",
        "Nội dung",
    )
    _missing_reports(document)
    _requests(document)
    _closing(
        document,
        "Nhận được Công văn này, đề nghị {{ goi_don_vi }} nghiêm túc triển khai thực hiện./.",
    )
    annex(
        document,
        number="",
        heading="KẾT QUẢ CỦA CÁC ĐƠN VỊ CHƯA ĐẠT MỨC CHỈ TIÊU\nĐẾN {{ ngay_chot|upper }}",
        reference="(Kèm theo Công văn số {{ so_ky_hieu }} {{ ngay_ban_hanh }}\ncủa {{ chu_the_ban_hanh }})",
    )
    _lagging_table(document)
    return document


_FIGURES = (
    "chi_tieu_doan_vien", "da_ket_nap", "ty_le_doan_vien", "chi_tieu_cdcs", "da_thanh_lap", "ty_le_cdcs",
)  # fmt: skip


def _lagging_table(document: Any) -> Any:
    """Units behind: target, done and percent of members and unions."""
    cells = [Cell(f"{{{{ dong.{name} }}}}", i, RIGHT) for i, name in enumerate(_FIGURES, start=2)]
    totals = [
        Cell(f"**{{{{ tong_cham.{name} }}}}**", i, RIGHT)
        for i, name in enumerate(_FIGURES, start=2)
    ]
    parts = ("Chỉ tiêu", "Thực hiện", "Tỷ lệ (%)")
    return grid(
        document,
        (30, 146, 46, 50, 50, 46, 50, 50),
        heading=heading_rows(
            ("TT", "Đơn vị", ("Kết nạp mới đoàn viên", parts), ("Công đoàn cơ sở mới", parts))
        ),
        body=(
            *totalled(
                "dong",
                "ds_don_vi_cham",
                (Cell("{{ dong.tt }}", 0, CENTRE), Cell("{{ dong.don_vi }}", 1), *cells),
            ),
            Row((Cell("Tổng cộng", 0, HEAD, columns=2), *totals)),
        ),
    )


def visit_letter() -> Any:
    """To an enterprise about a visit (domain brief 4.e e9)."""
    document = _letter("Công văn phối hợp về việc làm việc, khảo sát")
    line(
        document,
        "Thực hiện {{ van_ban_thuc_hien }}{{ can_cu_luat_trong_cau }}, {{ ten_co_quan_trong_cau }} cử Đoàn công tác "
        "đến làm việc với {{ nguoi_duoc_de_nghi }} để {{ viec_phoi_hop }}, cụ thể như sau:",
        "Nội dung",
    )
    line(document, "1. Thời gian: {{ thoi_gian_lam_viec }}.", "Khoản")
    line(document, "2. Địa điểm: {{ dia_diem }}.", "Khoản")
    line(document, "3. Thành phần Đoàn công tác:", "Khoản", keep_next=True)
    _dashes(document, "nguoi", "ds_nguoi_lam_viec")
    line(
        document,
        "4. Để buổi làm việc đạt kết quả, {{ ten_co_quan_trong_cau }} đề nghị {{ quy_don_vi }}:",
        "Khoản",
        keep_next=True,
    )
    _dashes(document, "de_nghi", "ds_noi_dung_de_nghi")
    line(
        document,
        "Đề nghị {{ quy_don_vi }} xác nhận lịch làm việc với {{ noi_nhan_bao_cao }} trước {{ han_thuc_hien }}.",
        "Nội dung",
    )
    _contact(document)
    _closing(
        document,
        "{{ ten_co_quan_trong_cau }} trân trọng đề nghị {{ nguoi_duoc_de_nghi }} quan tâm, phối hợp./.",
    )
    return document


def information_letter() -> Any:
    """To authorities or employers for information (domain brief 4.e e8)."""
    document = _letter("Công văn phối hợp về việc cung cấp thông tin")
    line(
        document,
        "Thực hiện {{ van_ban_thuc_hien }}{{ can_cu_luat_trong_cau }}, {{ ten_co_quan_trong_cau }} đề nghị "
        "{{ nguoi_duoc_de_nghi }} phối hợp {{ viec_phoi_hop }}, gồm các nội dung sau:",
        "Nội dung",
        keep_next=True,
    )
    tag(document, "{%p for de_nghi in ds_noi_dung_de_nghi %}")
    line(document, "{{ loop.index }}. {{ de_nghi }}.", "Khoản")
    tag(document, "{%p endfor %}")
    line(
        document,
        "Thông tin gửi về {{ noi_nhan_bao_cao }} trước {{ han_thuc_hien }} và chỉ được sử dụng vào công tác phát triển "
        "đoàn viên, thành lập công đoàn cơ sở.",
        "Nội dung",
    )
    _contact(document)
    _closing(
        document,
        "{{ ten_co_quan_trong_cau }} trân trọng đề nghị {{ nguoi_duoc_de_nghi }} quan tâm, phối hợp./.",
    )
    return document


def correction() -> Any:
    """Faults of form in an issued paper (ND30 Điều 18 k3)."""
    document = _letter("Công văn đính chính")
    line(
        document,
        "Sau khi phát hành {{ van_ban_duoc_dinh_chinh }}, qua rà soát, văn bản có sai sót về thể thức, kỹ thuật "
        "trình bày.",
        "Nội dung",
    )
    line(
        document,
        "Căn cứ {{ can_cu_dinh_chinh }}, {{ chu_the_ban_hanh }} đính chính như sau:",
        "Nội dung",
        keep_next=True,
    )
    tag(document, "{%p for loi in ds_dinh_chinh %}")
    line(document, "{{ loop.index }}. {{ loi }}.", "Khoản")
    tag(document, "{%p endfor %}")
    line(document, "Các nội dung khác của {{ ten_goi_van_ban }} không thay đổi.", "Nội dung")
    _closing(
        document,
        "Đề nghị {{ goi_don_vi }} căn cứ nội dung đính chính tại Công văn này để thực hiện./.",
    )
    return document


def returned_dossier() -> Any:
    """A dossier that is not complete goes back (domain brief 3.6, 4.e e10)."""
    document = new_document("Phiếu chuyển trả hồ sơ chưa đầy đủ")
    header(document)
    title(document, "PHIẾU CHUYỂN")
    opening = line(
        document,
        "{{ ngay_nhan_ho_so }}, {{ ten_co_quan_trong_cau }} nhận được {{ van_ban_kem_ho_so }}. Qua kiểm tra, hồ sơ "
        "chưa đầy đủ theo quy định. {{ ten_co_quan_trong_cau }} chuyển trả {{ noi_duoc_tra }} hồ sơ nêu trên để bổ "
        "sung, hoàn thiện, cụ thể như sau:",
        "Nội dung",
    )
    opening.paragraph_format.space_before = Pt(10)
    tag(document, "{%p if ds_con_thieu %}")
    line(
        document,
        "1. Hồ sơ còn thiếu {{ so_thanh_phan_thieu }} thành phần:",
        "Khoản",
        keep_next=True,
    )
    each(document, "thieu", "ds_con_thieu", "{{ thieu.chu }}{{ thieu.noi_dung }}", "Điểm")
    tag(document, "{%p endif %}")
    tag(document, "{%p if ds_phai_sua %}")
    line(
        document,
        "{{ 2 if ds_con_thieu else 1 }}. Hồ sơ có {{ so_thanh_phan_sua }} thành phần phải sửa:",
        "Khoản",
        keep_next=True,
    )
    each(document, "sua", "ds_phai_sua", "{{ sua.chu }}{{ sua.noi_dung }}", "Điểm")
    tag(document, "{%p endif %}")
    line(
        document,
        "{{ 3 if ds_con_thieu and ds_phai_sua else 2 }}. Hồ sơ bổ sung gửi về {{ noi_nhan_ho_so }} trước "
        "{{ han_thuc_hien }}. Thời hạn giải quyết được tính từ ngày nhận đủ hồ sơ hợp lệ.",
        "Khoản",
    )
    _contact(document)
    line(
        document,
        "Đề nghị {{ noi_duoc_tra }} bổ sung, hoàn thiện hồ sơ đúng thời hạn./.",
        "Nội dung",
        keep_next=True,
    )
    signature(document)
    return document


RECIPES: dict[str, Recipe] = {
    "coordination_letter/cung_cap_thong_tin": Recipe(
        "Công văn phối hợp cung cấp thông tin", information_letter
    ),
    "coordination_letter/lam_viec": Recipe("Công văn phối hợp làm việc, khảo sát", visit_letter),
    "correction_letter/dinh_chinh": Recipe("Công văn đính chính", correction),
    "dossier_return/tra_ho_so": Recipe("Phiếu trả hồ sơ chưa đầy đủ", returned_dossier),
    "reminder_letter/mot_don_vi": Recipe("Công văn đôn đốc một đơn vị", reminder_one),
    "reminder_letter/nhieu_don_vi": Recipe("Công văn đôn đốc nhiều đơn vị", reminder_many),
}
