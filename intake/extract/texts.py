"""Free texts, names and addresses of mail: what they say, and what cannot be one."""

from __future__ import annotations

import re

from core.ethnicity import parse_ethnicity
from core.forms import FormField
from core.letters import fold
from core.names import title_name
from intake.extract.found import Found
from intake.extract.values import Doubt, Meaning

#: A text that only says that there is nothing (contract §4: null).
NOTHING_IN_TEXT = frozenset(
    [
        "không",
        "không có",
        "không có gì",
        "ko",
        "ko có",
        "k có",
        "chưa có",
        "trống",
        "n/a",
        "-",
        "–",
        "/",
        "//",
        "///",
    ]
)
#: “As above”, in a list.
DITTO = re.compile(
    r"^(?:[-–]?\s*nt\.?\s*[-–]?|[-–\s]*như trên[-–\s.]*|[-–\s]*[\"”“〃][-–\s]*|''|,,)$"
)
#: What Word shows in an empty control; printed to PDF or saved by LibreOffice it looks like a text.
PLACEHOLDER = re.compile(
    r"^(?:(?:bấm|nhấp|nhấn)\b.{0,40}\bđể (?:nhập|chọn)\b.{0,20}|chọn một mục|(?:click|tap)\b.{0,20}\bto enter\b.{0,20}|"
    r"choose an item)\.?$",
    re.IGNORECASE,
)
#: Where a person's name is asked for, these are the signer's post.
_POSTS = re.compile(
    r"^(?:tm|t/m|kt|tl|tuq)?\b[.\s]*(?:(?:phó )?(?:chủ tịch|giám đốc|chủ nhiệm|trưởng ban\b.*)|thủ trưởng(?: đơn vị)?|"
    r"thư ký|kế toán(?: trưởng)?|ban (?:chấp hành|thường vụ|vận động)\b.*|đại diện\b.*|"
    r"người (?:lập|ký|làm|khảo sát)\b.*)$"
)
#: Keys of fields that hold a person's name.
_NAMES = frozenset(
    [
        "full_name",
        "legal_rep_name",
        "contact_name",
        "surveyor_name",
        "signer_employer",
        "prepared_by",
        "signer_name",
        "head_teller",
        "chair",
        "secretary",
        "officer_in_charge",
    ]
)
_HONORIFIC = re.compile(
    r"^(?:ông|bà|đồng chí|đ/c|ông \(bà\)|anh|chị)\s*[.:]?\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)


def read_text(field: FormField, _found: Found, raw: str) -> Meaning:
    """The text as written; nothing where it only says that there is nothing."""
    if fold(raw).rstrip(".") in NOTHING_IN_TEXT or (field.key != "note" and raw == "0"):
        return Meaning(None, raw)
    if DITTO.match(fold(raw)):
        return Meaning(None, raw, (Doubt("ditto", f"“{raw}”: không rõ là như mục nào."),))
    value = raw
    doubts: list[Doubt] = []
    if field.key in _NAMES:
        value = title_name(_HONORIFIC.sub("", raw))
        doubts += _name_doubts(value)
    elif field.key == "ethnicity":
        return Meaning(parse_ethnicity(raw), raw)
    elif field.key == "contact_email":
        value, doubts = _email(raw)
    if len(value) > field.room * 3:
        doubts.append(
            Doubt("too_long", f"Dài {len(value)} ký tự, hơn hẳn chỗ trên phiếu ({field.room}).")
        )
    return Meaning(value, raw, tuple(doubts))


def is_post(text: str) -> bool:
    """Whether a text names a signer's post, not a person: ``CHỦ TỊCH``, ``TM. BAN CHẤP HÀNH``."""
    return bool(_POSTS.match(fold(text).strip(" .:")))


def _name_doubts(name: str) -> list[Doubt]:
    if is_post(name):
        return [Doubt("post_for_name", f"“{name}” là chức vụ, không phải tên người.")]
    if re.search(r"\d", name):
        return [Doubt("odd_name", f"“{name}” có chữ số, không giống tên người.")]
    if len(name.split()) < 2:  # noqa: PLR2004
        return [Doubt("short_name", f"“{name}” chỉ có một chữ; tên người thường có họ và tên.")]
    return []


def _email(raw: str) -> tuple[str, list[Doubt]]:
    value = re.sub(r"\s+", "", raw)
    if re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}", value):
        return value, []
    return value, [Doubt("bad_email", f"“{raw}” không phải là địa chỉ thư điện tử.")]
