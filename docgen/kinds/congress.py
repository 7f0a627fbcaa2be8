"""What the papers of a founding congress share: fields, names, the election's lines and checks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from core.dates import format_long
from core.errors import Problem
from core.numbers import count_with_words, format_count
from core.schema import FieldKind, FieldSpec
from docgen.kinds.ballots import result_line
from docgen.kinds.base import HEADER_FIELDS, Context, Data
from docgen.kinds.common import day, number, text
from docgen.kinds.congress_rules import of_whole
from docgen.kinds.people import Row, listed, value

_F = FieldSpec
_K = FieldKind

#: Minutes have no place and date in their header (model 1.9).
MINUTES_HEADER: tuple[FieldSpec, ...] = tuple(
    field for field in HEADER_FIELDS if field.key != "place_name"
)
#: The union that the meeting is about.
UNION_FIELDS: tuple[FieldSpec, ...] = (
    _F("union_name", _K.TEXT, "Tên công đoàn cơ sở", required=True, source="công đoàn cơ sở"),
    _F("enterprise_name", _K.TEXT, "Tên doanh nghiệp", required=True, source="doanh nghiệp"),
    _F("term_start", _K.INTEGER, "Nhiệm kỳ từ năm", required=True, minimum=2000),
    _F("term_end", _K.INTEGER, "Nhiệm kỳ đến năm", required=True, minimum=2000),
)
ATTENDANCE_FIELDS: tuple[FieldSpec, ...] = (
    _F("summoned", _K.INTEGER, "Số người được triệu tập", required=True, minimum=1),
    _F("present", _K.INTEGER, "Số người có mặt", required=True, minimum=1),
)
#: Copies that the union and the upper union keep, where nobody says otherwise (domain brief §4.d).
COPIES = 2
CLOSING_FIELDS: tuple[FieldSpec, ...] = (
    _F("copies", _K.INTEGER, "Số bản lập (để trống: 02)", minimum=1),
    _F("recipients", _K.TEXT_LIST, "Nơi nhận"),
    _F("archive_units", _K.TEXT_LIST, "Đơn vị lưu"),
)


def term_of(data: Data) -> str:
    """``2024 - 2028``."""
    return f"{number(data, 'term_start')} - {number(data, 'term_end')}"


def term_problems(data: Data) -> list[Problem]:
    """The last year comes after the first."""
    start, end = number(data, "term_start"), number(data, "term_end")
    if start is None or end is None or end > start:
        return []
    message = f"Năm cuối nhiệm kỳ ({end}) phải sau năm đầu ({start})."
    return [Problem("term_order", message, ("term_start", "term_end"))]


def order_problems(data: Data, steps: Sequence[tuple[str, str]]) -> list[Problem]:
    """Dates that follow each other; ``steps``: keys with their words, earliest first."""
    found = [(key, words, day(data, key)) for key, words in steps]
    known = [(key, words, on) for key, words, on in found if on is not None]
    return [
        Problem(
            "date_order",
            f"{words.capitalize()} ({format_long(on)}) trước {words_before} ({format_long(before)}).",
            (key, key_before),
        )
        for (key_before, words_before, before), (key, words, on) in pairwise(known)
        if on < before
    ]


def seats_text(seats: int, noun: str) -> str:
    """``03 (ba) đồng chí``."""
    return f"{count_with_words(seats)} {noun}"


def results_context(
    results: Sequence[Row], elected: Sequence[Row], *, data: Data, noun: str = "đồng chí"
) -> Context:
    """The figures of a ballot as minutes print them."""
    collected = number(data, "ballots_collected") or 0
    return {
        "so_tham_gia_bo_phieu": format_count(number(data, "voted") or 0),
        "so_phieu_phat_ra": format_count(number(data, "ballots_issued") or 0),
        "so_phieu_thu_ve": format_count(collected),
        "so_phieu_hop_le": format_count(number(data, "ballots_valid") or 0),
        "so_phieu_khong_hop_le": format_count(number(data, "ballots_invalid") or 0),
        "so_ung_cu_vien": f"{format_count(len(results))} {noun}",
        "so_ung_cu": format_count(number(data, "self_nominated") or 0),
        "so_de_cu": format_count(number(data, "nominated") or 0),
        "ds_ket_qua": listed([result_line(row, collected=collected) for row in results]),
        "so_trung_cu": count_with_words(len(elected)),
        "ds_trung_cu": listed([f"Đồng chí {value(row, 'full_name')}" for row in elected]),
    }


def attendance_context(data: Data, *, rate: str) -> Context:
    """``12``, ``11``, ``11/12``, and the rate."""
    summoned, present = number(data, "summoned") or 0, number(data, "present") or 0
    return {
        "so_trieu_tap": format_count(summoned),
        "so_co_mat": format_count(present),
        "so_co_mat_tren_trieu_tap": of_whole(present, summoned),
        "ty_le_co_mat": rate,
    }


def copies_of(data: Data) -> str:
    """How many copies are drawn up, in digits."""
    return format_count(number(data, "copies") or COPIES)


def rules_day(data: Data, key: str) -> date | None:
    """The date whose rules hold for a meeting: its own day, else the paper's."""
    return day(data, key) or day(data, "intended_date")


def archive_line(data: Data, units: str) -> str:
    """Who keeps a copy; minutes without units are kept with their file (model 1.9)."""
    return units if data.get("archive_units") else "VT, Hồ sơ"


def chair_alone(seats: int | None) -> bool:
    """A union so small that it elects a chair and no committee (HD 03/HD-TLĐ)."""
    return seats == 1


def committee_words(data: Data) -> str:
    """What a congress elects: ``Ban Chấp hành``, or ``Chủ tịch`` where a chair alone is elected."""
    return "Chủ tịch" if chair_alone(number(data, "seats")) else "Ban Chấp hành"


def union_of(data: Data) -> str:
    """The union as named in a sentence."""
    return text(data, "union_name")
