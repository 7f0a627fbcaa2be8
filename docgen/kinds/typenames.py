"""Names of document types by their abbreviation (ND30 PL III Mục I). Pure."""

from __future__ import annotations

TYPE_NAMES: dict[str, str] = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "PC": "Phiếu chuyển",
}


def type_name(symbol_type: str | None) -> str:
    """`QĐ` → `Quyết định`; a công văn has no abbreviation."""
    return "Công văn" if symbol_type is None else TYPE_NAMES.get(symbol_type, symbol_type)
