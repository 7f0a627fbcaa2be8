"""Marks of urgency and circulation (boxes 10b, 11)."""

from __future__ import annotations

from core.letters import fold

URGENCY = ("khẩn", "thượng khẩn", "hỏa tốc")
#: Met in practice, not among the three of ND30.
OLD_URGENCY = ("hỏa tốc hẹn giờ", "hỏa tốc hạn giờ")
CIRCULATION = ("xem xong trả lại", "lưu hành nội bộ")


def is_mark(text: str) -> bool:
    """Whether a line is a mark of urgency or circulation."""
    return fold(text).strip(" .:!") in {*URGENCY, *OLD_URGENCY, *CIRCULATION}
