"""Kinds of paper by the name printed on them: ND30 Điều 7 and PL III, QĐ 933/QĐ-TLĐ Điều 8."""

from __future__ import annotations

import re

from core.letters import fold

#: Name of the type to its abbreviation; None where no source gives one (union types of QĐ 933).
TYPES: dict[str, str | None] = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "quy định": "QyĐ",
    "thông cáo": "TC", "thông báo": "TB", "hướng dẫn": "HD", "chương trình": "CTr", "kế hoạch": "KH",
    "phương án": "PA", "đề án": "ĐA", "dự án": "DA", "báo cáo": "BC", "biên bản": "BB", "tờ trình": "TTr",
    "hợp đồng": "HĐ", "công điện": "CĐ", "bản ghi nhớ": "BGN", "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ", "giấy mời": "GM", "giấy giới thiệu": "GGT", "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG", "phiếu chuyển": "PC", "phiếu báo": "PB", "kết luận": "KL", "chiến lược": None,
    "tuyên bố": None, "lời kêu gọi": None, "quy hoạch": None, "phiếu trình": None, "giấy chứng nhận": None,
    "thư công": None, "đề cương": None, "danh sách": None, "quyết toán": None, "tên loại văn bản": None,
}  # fmt: skip
_FOLDED = {fold(name): name for name in TYPES}
_LONGEST_FIRST = sorted(_FOLDED, key=len, reverse=True)
#: Models 1.8 and 1.10 have no trích yếu.
WITHOUT_SUBJECT = frozenset(("GGT", "GNP"))
#: Models without a rule under the trích yếu: 1.8 to 1.10 show none under a summary.
WITHOUT_RULE = frozenset(("BB", "GGT", "GNP"))
_REST = re.compile(r"^\W*(?:\d|$)")


def type_of(text: str, *, caps: bool) -> str | None:
    """The type name a line carries: the whole line, or the beginning of a line in capitals.

    ``BIÊN BẢN KIỂM PHIẾU`` is a biên bản; ``Kế hoạch`` alone on a line is a kế hoạch written wrongly.
    """
    line = fold(text).rstrip(" :*")
    if line in _FOLDED:
        return _FOLDED[line]
    for name in _LONGEST_FIRST:
        if line.startswith(name) and (_REST.match(line[len(name) :]) or (caps and len(line) < 60)):  # noqa: PLR2004
            return _FOLDED[name]
    return None
