"""Names in running text: where a person's name or a registered company name stands before a word."""

from __future__ import annotations

import re

_CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
# `Công ty TNHH MTV Đầu tư Phát triển ...`: the name goes on while its words begin with capitals.
IN_COMPANY = re.compile(
    r"(?:Công ty|Tập đoàn|Hợp tác xã|HTX|Doanh nghiệp tư nhân|Nhà máy|Xí nghiệp)"
    r"(?:\s+(?:cổ phần|trách nhiệm hữu hạn|một thành viên|hợp danh))*"
    rf"(?:\s+[{_CAPITALS}&–-][^\s,;:.]*(?:\s+(?![{_CAPITALS}])[^\W\d][^\s,;:.]*){{0,2}})+\s+$"
)
_SYLLABLE = rf"[{_CAPITALS}][^\W\d_]*(?:['’-][^\W\d_]+)?"
# A person by name just before: two to five capitalised syllables and a comma (`Hoàng Thị Mai, Chuyên viên ...`).
NAMED = re.compile(
    rf"(?:^|[-–+:;,.]|\d[.)]|(?i:đồng chí|đ/c|ông|bà|anh|chị)\)?)\s*(?:(?i:đồng chí|đ/c|ông|bà|anh|chị)\s+)?"
    rf"{_SYLLABLE}(?:\s+{_SYLLABLE}){{1,4}},\s*$"
)
