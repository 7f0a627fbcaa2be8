"""Báo cáo tiến độ phát triển đoàn viên, thành lập CĐCS (domain brief §5.g)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import NOTE, count, like, not_in_future, repeated, text
from core.numbers import format_decimal, format_integer
from core.schema import FieldKind as K

_RATE_TOLERANCE = 0.1
_TARGET = ("Chỉ tiêu năm", ("Chỉ tiêu", "Chỉ tiêu giao", "Chỉ tiêu được giao"))
_MONTH = (
    "Thực hiện trong kỳ",
    ("Thực hiện trong tháng", "Trong tháng", "Trong kỳ", "Kết quả trong tháng"),
)
_CUMULATIVE = (
    "Lũy kế từ đầu năm",
    ("Lũy kế", "Luỹ kế", "Luỹ kế từ đầu năm", "Cộng dồn", "Lũy kế đến nay"),
)
_RATE = (
    "Tỷ lệ % so với chỉ tiêu",
    ("Tỷ lệ", "Tỷ lệ %", "Tỉ lệ %", "Đạt tỷ lệ (%)", "% so với chỉ tiêu"),
)
_NOW = ("Hiện có", ("Tổng số hiện có", "Tổng số", "Hiện nay"))


def _column(
    key: str, label: str, *labels: str, under: tuple[str, tuple[str, ...]], **more: object
) -> FormField:
    return count(
        key, label, *labels, room=5, unit="", header=under[0], header_labels=under[1], **more
    )


_JOINED = ("Kết nạp", "KN mới", "Tăng mới", "Kết nạp ĐV", "Đoàn viên kết nạp mới")
_COLUMNS = (
    text(
        "org_name",
        "Đơn vị",
        "Tên đơn vị",
        "Công đoàn cơ sở",
        "Đơn vị báo cáo",
        room=60,
        lines=3,
        required=True,
        width=40,
    ),
    _column("target_members", "Đoàn viên", "ĐV", "Chỉ tiêu đoàn viên", under=_TARGET, width=14),
    _column("target_unions", "CĐCS", "Công đoàn cơ sở", "Chỉ tiêu CĐCS", under=_TARGET, width=12),
    _column("month_joined", "Kết nạp mới", *_JOINED, under=_MONTH, width=14),
    _column("month_left", "Giảm", "ĐV giảm", "Số giảm", under=_MONTH, width=12),
    _column(
        "month_net", "Tăng ròng", "Thực tăng", "Tăng thực", under=_MONTH, minimum=None, width=14
    ),
    _column(
        "month_unions", "CĐCS mới", "Thành lập CĐCS", "CĐCS thành lập mới", under=_MONTH, width=13
    ),
    _column("cum_joined", "Kết nạp mới", *_JOINED, under=_CUMULATIVE, width=14),
    _column("cum_left", "Giảm", "ĐV giảm", "Số giảm", under=_CUMULATIVE, width=12),
    _column(
        "cum_net", "Tăng ròng", "Thực tăng", "Tăng thực", under=_CUMULATIVE, minimum=None, width=14
    ),
    _column(
        "cum_unions",
        "CĐCS mới",
        "Thành lập CĐCS",
        "CĐCS thành lập mới",
        under=_CUMULATIVE,
        width=13,
    ),
    FormField(
        "rate_members",
        K.RATE,
        "Đoàn viên",
        ("ĐV", "Tỷ lệ đoàn viên"),
        room=6,
        header=_RATE[0],
        header_labels=_RATE[1],
        width=14,
    ),
    FormField(
        "rate_unions",
        K.RATE,
        "CĐCS",
        ("Công đoàn cơ sở", "Tỷ lệ CĐCS"),
        room=6,
        header=_RATE[0],
        header_labels=_RATE[1],
        width=12,
    ),
    _column(
        "members_total",
        "Đoàn viên",
        "ĐV",
        "Tổng đoàn viên",
        "Tổng số đoàn viên",
        under=_NOW,
        width=14,
    ),
    _column("members_female", "Nữ", "Trong đó nữ", "ĐV nữ", "Đoàn viên nữ", under=_NOW, width=11),
    _column(
        "unions_total", "CĐCS", "Công đoàn cơ sở", "Tổng CĐCS", "Tổng số CĐCS", under=_NOW, width=12
    ),
    like(NOTE, width=18),
)
_NETS = (
    ("month_joined", "month_left", "month_net", "trong kỳ"),
    ("cum_joined", "cum_left", "cum_net", "lũy kế"),
)
_RATES = (
    ("cum_joined", "target_members", "rate_members", "đoàn viên"),
    ("cum_unions", "target_unions", "rate_unions", "CĐCS"),
)
_GROWING = (
    ("month_joined", "cum_joined"),
    ("month_left", "cum_left"),
    ("month_unions", "cum_unions"),
)


def _check(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "as_of", "Ngày số liệu", on),
        *repeated(values, "org_name", name="Đơn vị"),
    ]
    for at, row in enumerate(values.rows()):
        problems += [
            Problem(
                found.code,
                f"Dòng {at + 1}: {found.message}",
                tuple(f"rows[{at}].{key}" for key in found.fields),
            )
            for found in _row_problems(row)
        ]
    return problems


def _row_problems(row: Values) -> list[Problem]:
    problems = []
    for joined, left, net, name in _NETS:
        first, second, stated = row.number(joined), row.number(left), row.number(net)
        if (
            first is not None
            and second is not None
            and stated is not None
            and first - second != stated
        ):
            message = (
                f"tăng ròng {name} ghi {format_integer(stated)} nhưng {format_integer(first)} trừ "
                f"{format_integer(second)} là {format_integer(first - second)}."
            )
            problems.append(Problem("sum_mismatch", message, (joined, left, net)))
    for month, cumulative in _GROWING:
        part, whole = row.number(month), row.number(cumulative)
        if part is not None and whole is not None and part > whole:
            message = (
                f"số trong kỳ ({format_integer(part)}) lớn hơn lũy kế ({format_integer(whole)})."
            )
            problems.append(Problem("part_over_total", message, (month, cumulative)))
    for done, target, rate, name in _RATES:
        problems += _rate_problems(row, done=done, target=target, rate=rate, name=name)
    female, members = row.number("members_female"), row.number("members_total")
    if female is not None and members is not None and female > members:
        message = f"đoàn viên nữ ({format_integer(female)}) nhiều hơn tổng đoàn viên ({format_integer(members)})."
        problems.append(Problem("part_over_total", message, ("members_female", "members_total")))
    return problems


def _rate_problems(row: Values, *, done: str, target: str, rate: str, name: str) -> list[Problem]:
    part, whole, stated = row.number(done), row.number(target), row.rate(rate)
    if (
        part is None
        or not whole
        or stated is None
        or abs(100 * part / whole - stated) <= _RATE_TOLERANCE
    ):
        return []
    right = format_decimal((Decimal(100 * part) / whole).quantize(Decimal("0.01")))
    shown = format_decimal(Decimal(str(stated)))
    message = f"tỷ lệ {name} ghi {shown}% nhưng {format_integer(part)} trên {format_integer(whole)} là {right}%."
    return [Problem("rate_mismatch", message, (rate, done, target))]


FORM = FormKind(
    kind="progress_report",
    code="BCTD",
    label_vi="Báo cáo tiến độ phát triển đoàn viên, thành lập công đoàn cơ sở",
    version=1,
    titles=(
        "BÁO CÁO TIẾN ĐỘ PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ",
        "BÁO CÁO TIẾN ĐỘ PHÁT TRIỂN ĐOÀN VIÊN",
        "BÁO CÁO KẾT QUẢ PHÁT TRIỂN ĐOÀN VIÊN, THÀNH LẬP CÔNG ĐOÀN CƠ SỞ",
        "BIỂU BÁO CÁO PHÁT TRIỂN ĐOÀN VIÊN",
    ),
    sections=(
        Section(
            "",
            (
                text(
                    "district",
                    "Đơn vị báo cáo",
                    "Đơn vị",
                    "Huyện, thành phố",
                    "LĐLĐ huyện, thành phố",
                    room=80,
                    required=True,
                ),
                FormField(
                    "period",
                    K.PERIOD,
                    "Kỳ báo cáo",
                    ("Tháng", "Kỳ", "Thời gian báo cáo"),
                    room=40,
                    required=True,
                ),
                FormField(
                    "as_of",
                    K.DATE,
                    "Tính đến ngày",
                    ("Số liệu đến ngày", "Tính đến", "Số liệu tính đến ngày"),
                    room=10,
                ),
                text(
                    "prepared_by",
                    "Người lập biểu",
                    "Người lập",
                    "Người tổng hợp",
                    room=40,
                    personal=True,
                ),
                text(
                    "signer_name",
                    "Người ký",
                    "Chủ tịch",
                    "Thủ trưởng đơn vị",
                    "Họ và tên người ký",
                    room=40,
                    personal=True,
                ),
            ),
        ),
    ),
    columns=_COLUMNS,
    check=_check,
    about="org",
    printed_rows=12,
    landscape=True,
    signers=("NGƯỜI LẬP BIỂU", "CHỦ TỊCH"),
    place_date=True,
    example={
        "district": "Liên đoàn Lao động huyện Tam Đường",
        "period": "2024-05",
        "as_of": "2024-05-31",
        "prepared_by": "Giàng Thị Dở",
        "signer_name": "Lò Văn Ín",
        "rows": [
            {
                "org_name": "Liên đoàn Lao động huyện Tam Đường",
                "target_members": 120,
                "target_unions": 5,
                "month_joined": 27,
                "month_left": 4,
                "month_net": 23,
                "month_unions": 1,
                "cum_joined": 66,
                "cum_left": 10,
                "cum_net": 56,
                "cum_unions": 2,
                "rate_members": 55,
                "rate_unions": 40,
                "members_total": 2150,
                "members_female": 1180,
                "unions_total": 78,
                "note": "Khối ngoài nhà nước",
            }
        ],
    },
)
