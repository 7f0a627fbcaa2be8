"""Hard names, small unions, days before and after 01/7/2025: what the papers of a congress print."""

from __future__ import annotations

import copy
import unicodedata
from datetime import date
from typing import Any

import pytest

from docgen.kinds import examples_congress as examples
from docgen.kinds.base import Numbering
from docgen.making import make_document
from docgen.rules import inspect_docx
from tests.docgen.kinds.cases import TEMPLATES, issued
from tests.docgen.kinds.reading import dump

NAME = "Công ty TNHH A&B <X>"
UNION = f"Công đoàn cơ sở {NAME}"
PROVINCE = "Liên đoàn Lao động tỉnh Lai Châu"
_OLD_UNION = "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"
_OLD_NAME = "Công ty TNHH Xây dựng Bình Lư"
_DISTRICT = "Liên đoàn Lao động huyện Tam Đường"
VARIANTS: dict[str, tuple[str, dict[str, object]]] = {
    "congress": ("congress_minutes", examples.CONGRESS_MINUTES),
    "count": ("vote_count_minutes", examples.VOTE_COUNT_MINUTES),
    "posts": ("vote_count_minutes", examples.VOTE_COUNT_MINUTES_POSTS),
    "meeting": ("first_meeting_minutes", examples.FIRST_MEETING_MINUTES),
    "programme": ("launch_programme", examples.LAUNCH_PROGRAMME),
    "union": ("submission", examples.SUBMISSION),
    "group": ("submission", examples.SUBMISSION_BY_ORGANISING_GROUP),
    "upper": ("submission", examples.SUBMISSION_BY_UPPER_UNION),
}


def said(value: Any, swaps: dict[str, str]) -> Any:
    """Data with words swapped everywhere, capitals too."""
    if isinstance(value, str):
        for old, new in swaps.items():
            value = value.replace(old, new).replace(old.upper(), new.upper())
        return value
    if isinstance(value, list):
        return [said(entry, swaps) for entry in value]
    if isinstance(value, dict):
        return {key: said(entry, swaps) for key, entry in value.items()}
    return value


def later(data: dict[str, object]) -> dict[str, object]:
    """The paper as of November 2025: no districts, the province above, a term to 2030."""
    swaps = {
        "Liên đoàn Lao động tỉnh Lai Châu": "Tổng Liên đoàn Lao động Việt Nam",
        _DISTRICT: PROVINCE,
        "Liên đoàn Lao động huyện": "Liên đoàn Lao động tỉnh",
        "huyện Tam Đường": "tỉnh Lai Châu",
        "của huyện": "của tỉnh",
        "2024-05-": "2025-11-",
        "2024 - 2028": "2025 - 2030",
        "tháng 5 năm 2024": "tháng 11 năm 2025",
    }
    moved: dict[str, object] = said(copy.deepcopy(data), swaps)
    if "term_start" in moved:
        moved |= {"term_start": 2025, "term_end": 2030}
    return moved


def errors(docx: bytes) -> list[tuple[str, str, str]]:
    return [
        (f.rule, f.message, f.where.text) for f in inspect_docx(docx).findings if f.severity == "E"
    ]


def made(kind: str, data: dict[str, object], numbering: Numbering) -> bytes:
    return make_document(kind, data, numbering=numbering, templates=TEMPLATES).docx


@pytest.mark.parametrize("name", sorted(VARIANTS))
@pytest.mark.parametrize("reform", [False, True], ids=["before", "after"])
def test_every_variant_is_in_form_draft_and_issued(name: str, *, reform: bool) -> None:
    kind, data = VARIANTS[name]
    data = later(data) if reform else data
    on = "2025-11-12" if reform else "2024-05-10"
    for numbering in (Numbering(), issued(7, on)):
        docx = made(kind, data, numbering)
        assert errors(docx) == []
    text = dump(docx)
    assert ("huyện" in text) != reform
    found = inspect_docx(docx, on=date.fromisoformat(on)).profile
    assert found == ("tld_2024" if reform else "tld_2011")


@pytest.mark.parametrize("name", sorted(set(VARIANTS) - {"upper"}))
def test_signs_and_decomposed_names_come_through_whole(name: str) -> None:
    kind, data = VARIANTS[name]
    swapped = said(copy.deepcopy(data), {_OLD_NAME: NAME, "Giàng A Chứ": "H'Mông Y Sao"})
    decomposed = said(swapped, {UNION: unicodedata.normalize("NFD", UNION)})
    docx = made(kind, decomposed, Numbering())
    text = " ".join(dump(docx).replace(" ⏎ ", " ").split())
    assert UNION in text
    assert unicodedata.is_normalized("NFC", text)
    assert errors(docx) == []
    if name in {"congress", "count"}:
        assert "- Đồng chí H'Mông Y Sao: 04/11 phiếu, đạt tỷ lệ 36,36%." in text


def test_results_run_from_high_to_low_and_only_the_elected_follow() -> None:
    text = dump(made("vote_count_minutes", examples.VOTE_COUNT_MINUTES, issued(2, "2024-05-04")))
    lines = [line.removeprefix("Nội dung: ") for line in text.splitlines()]
    at = lines.index("8. Kết quả bầu cử:")
    assert lines[at + 1 : at + 5] == [
        "- Đồng chí Lò Văn Tâm: 10/11 phiếu, đạt tỷ lệ 90,91%;",
        "- Đồng chí Nguyễn Văn An: 09/11 phiếu, đạt tỷ lệ 81,82%;",
        "- Đồng chí Vàng Thị Sao: 09/11 phiếu, đạt tỷ lệ 81,82%;",
        "- Đồng chí Giàng A Chứ: 04/11 phiếu, đạt tỷ lệ 36,36%.",
    ]
    assert lines[at + 6 : at + 9] == [
        "- Đồng chí Lò Văn Tâm;",
        "- Đồng chí Nguyễn Văn An;",
        "- Đồng chí Vàng Thị Sao.",
    ]


def test_nobody_elected_is_said() -> None:
    rows = [{"full_name": "Lò Văn Tâm", "votes": 5}, {"full_name": "Vàng Thị Sao", "votes": 5}]
    change = {"seats": 1, "union_members_total": None, "candidates_total": 2, "nominated": 1}
    data = {**examples.VOTE_COUNT_MINUTES, **change, "body": "chair", "rows": rows}
    text = dump(made("vote_count_minutes", data, Numbering()))
    assert "9. Không có người được quá một phần hai tổng số phiếu thu về." in text
    assert "Số lượng Chủ tịch được Đại hội quyết định: 01 (một) đồng chí." in text


def test_a_chair_alone_is_elected_and_asked_for() -> None:
    few: dict[str, object] = {
        "members_total": 7, "member_names": None, "summoned": 7, "present": 7, "votes_for": 7,
        "resolution_for": 7, "seats": 1, "voted": 7, "ballots_issued": 7, "ballots_collected": 7,
        "ballots_valid": 7, "self_nominated": 0, "nominated": 1, "presidium": None, "opinions": None,
        "rows": [{"full_name": "Páo", "votes": 7}],
    }  # fmt: skip
    docx = made("congress_minutes", {**examples.CONGRESS_MINUTES, **few}, Numbering())
    text = dump(docx)
    assert "6. Bầu cử Chủ tịch, nhiệm kỳ 2024 - 2028:" in text
    assert "d) Trúng cử Chủ tịch:" in text
    assert "2. Đại hội biểu quyết giơ tay bầu chủ tọa là đồng chí Đèo Văn Ơn; thư ký là" in text
    assert "8. Thông qua Nghị quyết Đại hội: tán thành 07/07 người, đạt tỷ lệ 100%." in text
    assert "Quyền hạn: CHỦ TỌA" in text
    assert errors(docx) == []
    seat = {"full_name": "Páo", "dob": "1990-07", "job": "Thủ kho", "union_post": "chair"}
    change = {
        "members": [seat],
        "member_count": 7,
        "member_names": None,
        "first_meeting_date": None,
    }
    request = {**examples.SUBMISSION, **change}
    text = dump(made("submission", request, Numbering()))
    assert "2. Công nhận Chủ tịch Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư" in text
    assert "- Đồng chí Páo, sinh tháng 7/1990, Thủ kho - Chủ tịch." in text
    assert "họp lần thứ nhất" not in text


def test_the_inspection_committee_is_asked_for_with_its_head() -> None:
    people = [
        {"full_name": "Tao Văn Dung", "job": "Thợ hàn", "union_post": "inspection_chair"},
        {"full_name": "Lù Thị Phương", "union_post": "inspection_member"},
        {"full_name": "Giàng A Chứ", "union_post": "inspection_member"},
    ]
    docx = made("submission", {**examples.SUBMISSION, "inspection_members": people}, Numbering())
    text = " ".join(dump(docx).replace(" ⏎ ", " ").split())
    assert "Công ty TNHH Xây dựng Bình Lư, Ban Chấp hành và Ủy ban Kiểm tra, nhiệm kỳ" in text
    assert "- Đồng chí Tao Văn Dung, Thợ hàn - Chủ nhiệm Ủy ban Kiểm tra;" in text
    assert "- Đồng chí Lù Thị Phương - Ủy viên Ủy ban Kiểm tra;" in text


def test_what_was_left_out_leaves_no_trace() -> None:
    meeting = {
        key: value
        for key, value in examples.FIRST_MEETING_MINUTES.items()
        if key not in {"duties", "conclusions", "guests", "recipients", "copies", "congress_date"}
    }
    text = dump(made("first_meeting_minutes", meeting, Numbering()))
    assert "3. Chủ trì kết luận, kết thúc cuộc họp." in text
    assert "được lập thành 02 bản" in text
    assert "Đại diện" not in text
    programme = {
        key: value
        for key, value in examples.LAUNCH_PROGRAMME.items()
        if key not in {"chair", "end_time"}
    }
    text = dump(made("launch_programme", programme, Numbering()))
    assert "Thời gian: 14 giờ 00 phút, ngày 16 tháng 5 năm 2024." in text
    assert "Chủ trì:" not in text
