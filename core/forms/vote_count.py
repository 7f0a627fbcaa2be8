"""Biên bản kiểm phiếu (domain brief §5.f; Điều lệ Đ10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import FULL_NAME, UNION_NAME, count, like, not_in_future, text
from core.forms.options import BODIES
from core.numbers import format_decimal, format_integer
from core.schema import FieldKind as K

#: What a printed rate may be off, in percentage points (domain brief §5.f).
_RATE_TOLERANCE = 0.1
_AT_MOST = (
    ("present", "summoned", "Số người dự", "số triệu tập"),
    ("voted", "present", "Số người bỏ phiếu", "số người dự"),
    ("ballots_issued", "present", "Số phiếu phát ra", "số người dự"),
    ("ballots_collected", "ballots_issued", "Số phiếu thu về", "số phiếu phát ra"),
    ("seats", "candidates_total", "Số người cần bầu", "số người ứng cử, đề cử"),
)


def _check(values: Values, on: date | None) -> list[Problem]:
    return [
        *not_in_future(values, "meeting_date", "Ngày họp", on),
        *_at_most(values),
        *_quorum(values),
        *_sums(values),
        *_results(values),
        *_elected(values),
    ]


def _at_most(values: Values) -> list[Problem]:
    problems = []
    for lower, upper, lower_name, upper_name in _AT_MOST:
        low, high = values.number(lower), values.number(upper)
        if low is not None and high is not None and low > high:
            message = f"{lower_name} ({format_integer(low)}) lớn hơn {upper_name} ({format_integer(high)})."
            problems.append(Problem("part_over_total", message, (lower, upper)))
    return problems


def _quorum(values: Values) -> list[Problem]:
    """At least two thirds of those summoned (Điều lệ Đ10 k1)."""
    present, summoned = values.number("present"), values.number("summoned")
    if present is None or not summoned or 3 * present >= 2 * summoned:
        return []
    message = (
        f"Có mặt {format_integer(present)} trên {format_integer(summoned)}, chưa đủ hai phần ba."
    )
    return [Problem("no_quorum", message, ("present", "summoned"))]


def _sums(values: Values) -> list[Problem]:
    problems = []
    parts = (
        (
            "ballots_valid",
            "ballots_invalid",
            "ballots_collected",
            "Phiếu hợp lệ và không hợp lệ",
            "số phiếu thu về",
        ),
        (
            "self_nominated",
            "nominated",
            "candidates_total",
            "Số ứng cử và đề cử",
            "tổng số người trong danh sách bầu",
        ),
    )
    for one, other, total, name, whole in parts:
        figures = [values.number(key) for key in (one, other, total)]
        first, second, stated = figures
        if first is None or second is None or stated is None or first + second == stated:
            continue
        message = f"{name} cộng lại {format_integer(first + second)}, khác {whole} {format_integer(stated)}."
        problems.append(Problem("sum_mismatch", message, (one, other, total)))
    rows, candidates = len(values.rows()), values.number("candidates_total")
    if candidates is not None and rows and rows != candidates:
        message = f"Danh sách có {rows} người nhưng ghi {format_integer(candidates)}."
        problems.append(Problem("row_count", message, ("candidates_total", "rows")))
    return problems


def _results(values: Values) -> list[Problem]:
    """Votes are at most the valid ballots; the rate is of the ballots collected, or plainly of another base."""
    problems: list[Problem] = []
    valid, seats = values.number("ballots_valid"), values.number("seats")
    total = 0
    for at, row in enumerate(values.rows()):
        votes = row.number("votes")
        if votes is None:
            continue
        total += votes
        if valid is not None and votes > valid:
            message = f"Dòng {at + 1}: {format_integer(votes)} phiếu, quá {format_integer(valid)} phiếu hợp lệ."
            problems.append(
                Problem("part_over_total", message, (f"rows[{at}].votes", "ballots_valid"))
            )
        problems += _rate(values, row, at)
    if valid is not None and seats is not None and total > valid * seats:
        message = (
            f"Cộng số phiếu của các người được bầu là {format_integer(total)}, nhiều hơn "
            f"{format_integer(valid)} phiếu hợp lệ nhân {format_integer(seats)}."
        )
        problems.append(Problem("sum_mismatch", message, ("rows.votes", "ballots_valid", "seats")))
    return problems


def _rate(values: Values, row: Values, at: int) -> list[Problem]:
    votes, rate = row.number("votes"), row.rate("rate")
    if votes is None or rate is None:
        return []
    bases = [values.number(key) for key in ("ballots_collected", "ballots_valid", "present")]
    known = [base for base in bases if base]
    if not known or any(abs(100 * votes / base - rate) <= _RATE_TOLERANCE for base in known):
        return []
    right = format_decimal(_percent(votes, known[0]))
    message = (
        f"Dòng {at + 1}: tỷ lệ ghi {format_decimal(Decimal(str(rate)))}% nhưng "
        f"{format_integer(votes)} trên {format_integer(known[0])} phiếu là {right}%."
    )
    return [Problem("rate_mismatch", message, (f"rows[{at}].rate", f"rows[{at}].votes"))]


def _percent(votes: int, base: int) -> Decimal:
    return (Decimal(100 * votes) / base).quantize(Decimal("0.01"))


def _elected(values: Values) -> list[Problem]:
    """More than half of the ballots collected, from high to low (Điều lệ Đ10 k3)."""
    problems = []
    collected, seats = values.number("ballots_collected"), values.number("seats")
    elected = [(at, row) for at, row in enumerate(values.rows()) if row.flag("elected")]
    if seats is not None and len(elected) > seats:
        message = f"Ghi trúng cử {len(elected)} người nhưng chỉ bầu {format_integer(seats)}."
        problems.append(Problem("too_many_elected", message, ("seats", "rows.elected")))
    for at, row in elected:
        votes = row.number("votes")
        if votes is not None and collected is not None and 2 * votes <= collected:
            message = (
                f"Dòng {at + 1}: trúng cử với {format_integer(votes)} phiếu, không quá một nửa "
                f"số phiếu thu về ({format_integer(collected)})."
            )
            problems.append(
                Problem("not_elected", message, (f"rows[{at}].elected", f"rows[{at}].votes"))
            )
    least = min((row.number("votes") or 0 for _, row in elected), default=0)
    for at, row in enumerate(values.rows()):
        votes = row.number("votes")
        if elected and row.flag("elected") is False and votes is not None and votes > least:
            message = f"Dòng {at + 1}: không trúng cử nhưng có nhiều phiếu hơn người trúng cử."
            problems.append(
                Problem("not_highest", message, (f"rows[{at}].elected", f"rows[{at}].votes"))
            )
    return problems


FORM = FormKind(
    kind="vote_count",
    code="BBKP",
    label_vi="Biên bản kiểm phiếu",
    version=1,
    titles=(
        "BIÊN BẢN KIỂM PHIẾU",
        "BIÊN BẢN KIỂM PHIẾU BẦU BAN CHẤP HÀNH",
        "BIÊN BẢN BẦU CỬ",
        "KẾT QUẢ BẦU CỬ",
    ),
    sections=(
        Section(
            "",
            (
                UNION_NAME,
                FormField(
                    "body",
                    K.ENUM,
                    "Bầu",
                    ("Kiểm phiếu bầu", "Bầu cử", "Bầu vào"),
                    room=20,
                    required=True,
                    options=BODIES,
                ),
                FormField(
                    "meeting_date",
                    K.DATE,
                    "Ngày họp",
                    ("Ngày bầu", "Ngày đại hội", "Ngày kiểm phiếu", "Hôm nay, ngày"),
                    room=10,
                ),
                count(
                    "summoned",
                    "Số người được triệu tập",
                    "Triệu tập",
                    "Tổng số triệu tập",
                    "Số đại biểu triệu tập",
                    "Tổng số đoàn viên được triệu tập",
                ),
                count(
                    "present",
                    "Số người có mặt",
                    "Có mặt",
                    "Số đại biểu có mặt",
                    "Số đại biểu dự",
                    "Số đoàn viên có mặt",
                ),
                count(
                    "voted",
                    "Số người bỏ phiếu",
                    "Số người tham gia bỏ phiếu",
                    "Số đại biểu bỏ phiếu",
                    "Tham gia bầu cử",
                ),
                count(
                    "seats",
                    "Số người cần bầu",
                    "Số lượng cần bầu",
                    "Số lượng bầu",
                    "Số lượng ủy viên cần bầu",
                ),
                count(
                    "candidates_total",
                    "Số người trong danh sách bầu cử",
                    "Danh sách bầu cử",
                    "Tổng số người trong danh sách",
                    "Số người ứng cử, đề cử",
                    "Danh sách bầu",
                ),
                count(
                    "self_nominated", "Số người ứng cử", "Ứng cử", "Tự ứng cử", "Số người tự ứng cử"
                ),
                count("nominated", "Số người được đề cử", "Đề cử", "Số người đề cử", "Được đề cử"),
                count(
                    "ballots_issued",
                    "Số phiếu phát ra",
                    "Phát ra",
                    "Phiếu phát ra",
                    "Số phiếu ban hành",
                    "Ban hành",
                    unit="phiếu",
                ),
                count(
                    "ballots_collected",
                    "Số phiếu thu về",
                    "Thu về",
                    "Phiếu thu về",
                    "Thu vào",
                    "Thu được",
                    "Số phiếu thu vào",
                    unit="phiếu",
                ),
                count("ballots_valid", "Số phiếu hợp lệ", "Hợp lệ", "Phiếu hợp lệ", unit="phiếu"),
                count(
                    "ballots_invalid",
                    "Số phiếu không hợp lệ",
                    "Không hợp lệ",
                    "Phiếu không hợp lệ",
                    unit="phiếu",
                ),
                text(
                    "head_teller",
                    "Trưởng ban kiểm phiếu",
                    "Trưởng Ban kiểm phiếu",
                    "Trưởng ban bầu cử",
                    "Trưởng ban",
                    room=40,
                    personal=True,
                ),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, lines=1, width=75),
        count(
            "votes",
            "Số phiếu",
            "Số phiếu đạt",
            "Phiếu đạt",
            "Số phiếu bầu",
            "Số phiếu đồng ý",
            unit="",
            width=26,
        ),
        FormField(
            "rate",
            K.RATE,
            "Tỷ lệ %",
            ("Tỷ lệ", "Tỉ lệ", "Tỉ lệ %", "Đạt tỷ lệ", "Tỷ lệ (%)"),
            room=7,
            width=26,
        ),
        FormField(
            "elected",
            K.BOOLEAN,
            "Trúng cử",
            ("Kết quả", "Đắc cử", "Trúng cử (x)"),
            room=8,
            width=28,
        ),
    ),
    check=_check,
    about="case",
    printed_rows=15,
    signers=("THƯ KÝ", "TRƯỞNG BAN KIỂM PHIẾU"),
    consent=True,
    example={
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "body": "executive_committee",
        "meeting_date": "2024-06-10",
        "summoned": 12,
        "present": 12,
        "voted": 12,
        "seats": 3,
        "candidates_total": 3,
        "self_nominated": 0,
        "nominated": 3,
        "ballots_issued": 12,
        "ballots_collected": 12,
        "ballots_valid": 12,
        "ballots_invalid": 0,
        "head_teller": "Pờ Xá Mừ",
        "rows": [
            {"full_name": "Lò Thị Mẫu", "votes": 12, "rate": 100, "elected": True},
            {"full_name": "Giàng A Páo", "votes": 11, "rate": 91.67, "elected": True},
            {"full_name": "Lý Hừ Cà", "votes": 9, "rate": 75, "elected": True},
        ],
    },
)
