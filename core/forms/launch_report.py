"""Biên bản lễ ra mắt, signed and sent back (domain brief §5.h)."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import (
    FULL_NAME,
    UNION_NAME,
    count,
    in_order,
    like,
    not_in_future,
    parts_within,
    text,
)
from core.forms.options import POSTS
from core.schema import FieldKind as K


def _check(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "event_date", "Ngày ra mắt", on),
        *in_order(
            values,
            ("founding_decision_date", "Ngày quyết định thành lập"),
            ("event_date", "ngày ra mắt"),
        ),
        *parts_within(values, "members_total", {"members_present": "đoàn viên dự"}),
    ]
    start, end = values.text("start_time"), values.text("end_time")
    if start and end and end <= start:
        message = f"Giờ kết thúc ({end}) không sau giờ bắt đầu ({start})."
        problems.append(Problem("time_order", message, ("start_time", "end_time")))
    if values.text("chair") and values.text("chair") == values.text("secretary"):
        problems.append(
            Problem("same_person", "Chủ trì và thư ký là cùng một người.", ("chair", "secretary"))
        )
    rows = values.rows()
    chairs = [row for row in rows if row.text("post") == "chair"]
    if rows and len(chairs) != 1:
        found = "không có" if not chairs else f"có {len(chairs)}"
        problems.append(
            Problem("chairs", f"Danh sách {found} Chủ tịch; phải có đúng một.", ("rows",))
        )
    return problems


FORM = FormKind(
    kind="launch_report",
    code="BBRM",
    label_vi="Biên bản lễ ra mắt công đoàn cơ sở",
    version=1,
    titles=(
        "BIÊN BẢN LỄ RA MẮT CÔNG ĐOÀN CƠ SỞ",
        "BIÊN BẢN LỄ RA MẮT",
        "BIÊN BẢN LỄ CÔNG BỐ QUYẾT ĐỊNH THÀNH LẬP VÀ RA MẮT CÔNG ĐOÀN CƠ SỞ",
        "BIÊN BẢN RA MẮT CÔNG ĐOÀN CƠ SỞ",
    ),
    sections=(
        Section(
            "",
            (
                UNION_NAME,
                FormField(
                    "event_date",
                    K.DATE,
                    "Ngày ra mắt",
                    ("Ngày tổ chức", "Ngày", "Thời gian", "Ngày tổ chức lễ ra mắt"),
                    room=10,
                    required=True,
                ),
                FormField(
                    "start_time",
                    K.TIME,
                    "Thời gian bắt đầu",
                    ("Bắt đầu", "Giờ bắt đầu", "Bắt đầu lúc"),
                    room=16,
                ),
                FormField(
                    "end_time",
                    K.TIME,
                    "Thời gian kết thúc",
                    ("Kết thúc", "Giờ kết thúc", "Kết thúc lúc", "Kết thúc vào"),
                    room=16,
                ),
                text("venue", "Địa điểm", "Tại", "Nơi tổ chức", room=150, lines=3),
                text(
                    "chair",
                    "Chủ trì",
                    "Chủ tọa",
                    "Chủ trì (chủ tọa)",
                    "Người chủ trì",
                    room=40,
                    personal=True,
                ),
                text(
                    "secretary",
                    "Thư ký",
                    "Người ghi biên bản",
                    "Thư ký (người ghi biên bản)",
                    room=40,
                    personal=True,
                ),
                count(
                    "members_present",
                    "Số đoàn viên dự",
                    "Đoàn viên dự",
                    "Số đoàn viên có mặt",
                    "Có mặt",
                    "Số đoàn viên tham dự",
                ),
                count("members_total", "Tổng số đoàn viên", "Số đoàn viên", "Tổng số ĐV"),
                text(
                    "founding_decision_no",
                    "Số quyết định thành lập",
                    "Quyết định thành lập số",
                    "Quyết định số",
                    "Số quyết định",
                    "Số QĐ",
                    room=30,
                ),
                FormField(
                    "founding_decision_date",
                    K.DATE,
                    "Ngày quyết định thành lập",
                    ("Ngày quyết định", "Ngày QĐ", "Quyết định ngày"),
                    room=10,
                ),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, lines=1, width=84),
        FormField(
            "post",
            K.ENUM,
            "Chức danh",
            ("Chức vụ", "Chức vụ trong BCH", "Chức danh trong Ban Chấp hành"),
            room=30,
            options=POSTS,
            width=72,
        ),
    ),
    check=_check,
    about="case",
    printed_rows=10,
    signers=("THƯ KÝ", "CHỦ TRÌ"),
    consent=True,
    example={
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "event_date": "2024-06-28",
        "start_time": "14:00",
        "end_time": "16:30",
        "venue": "Hội trường Công ty TNHH Xây dựng Bình Lư, xã Bình Lư",
        "chair": "Lò Văn Ín",
        "secretary": "Giàng Thị Dở",
        "members_present": 11,
        "members_total": 12,
        "founding_decision_no": "15/QĐ-LĐLĐ",
        "founding_decision_date": "2024-06-20",
        "rows": [
            {"full_name": "Lò Thị Mẫu", "post": "chair"},
            {"full_name": "Giàng A Páo", "post": "vice_chair"},
            {"full_name": "Pờ Xá Mừ", "post": "member"},
        ],
    },
)
