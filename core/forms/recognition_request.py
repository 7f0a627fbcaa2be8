"""Tờ trình, công văn đề nghị công nhận công đoàn cơ sở (domain brief §5.e)."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import DOB, FULL_NAME, UNION_NAME, count, in_order, like, not_in_future, text
from core.forms.options import POSTS
from core.numbers import format_integer
from core.schema import FieldKind as K

#: Fewer cannot found a union (Điều lệ; domain brief §3.2).
_LEAST_MEMBERS = 5


def _check(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "doc_date", "Ngày văn bản", on),
        *in_order(values, ("congress_date", "Ngày đại hội"), ("doc_date", "ngày văn bản đề nghị")),
    ]
    members, rows = values.number("member_count"), values.rows()
    if members is not None and members < _LEAST_MEMBERS:
        message = f"Chỉ có {format_integer(members)} đoàn viên; cần ít nhất {_LEAST_MEMBERS}."
        problems.append(Problem("too_few_members", message, ("member_count",)))
    if members is not None and len(rows) > members:
        message = f"Danh sách ban chấp hành có {len(rows)} người, nhiều hơn số đoàn viên {format_integer(members)}."
        problems.append(Problem("part_over_total", message, ("member_count", "rows")))
    chairs = [at for at, row in enumerate(rows) if row.text("post") == "chair"]
    if rows and len(chairs) != 1:
        found = "không có" if not chairs else f"có {len(chairs)}"
        problems.append(
            Problem("chairs", f"Danh sách {found} Chủ tịch; phải có đúng một.", ("rows",))
        )
    return [*problems, *_term_rules(values)]


def _term_rules(values: Values) -> list[Problem]:
    """A term begins in the year of the congress (domain brief §3.5)."""
    term, congress = values.text("term"), values.text("congress_date")
    if term is None or congress is None or term[:4] == congress[:4]:
        return []
    message = f"Nhiệm kỳ {term} không bắt đầu từ năm đại hội ({congress[:4]})."
    return [Problem("term_start", message, ("term", "congress_date"))]


FORM = FormKind(
    kind="recognition_request",
    code="TTCN",
    label_vi="Tờ trình đề nghị công nhận công đoàn cơ sở",
    version=1,
    titles=(
        "TỜ TRÌNH ĐỀ NGHỊ CÔNG NHẬN ĐOÀN VIÊN, CÔNG ĐOÀN CƠ SỞ VÀ BAN CHẤP HÀNH CÔNG ĐOÀN CƠ SỞ",
        "TỜ TRÌNH ĐỀ NGHỊ CÔNG NHẬN CÔNG ĐOÀN CƠ SỞ",
        "TỜ TRÌNH",
        "ĐỀ NGHỊ CÔNG NHẬN CÔNG ĐOÀN CƠ SỞ",
    ),
    sections=(
        Section(
            "",
            (
                text(
                    "sender",
                    "Đơn vị trình",
                    "Cơ quan trình",
                    "Đơn vị đề nghị",
                    "Tên đơn vị gửi",
                    room=170,
                    lines=3,
                ),
                text("doc_number", "Số văn bản", "Số", "Số, ký hiệu", "Số/ký hiệu", room=30),
                FormField(
                    "doc_date",
                    K.DATE,
                    "Ngày văn bản",
                    ("Ngày", "Ngày, tháng, năm", "Ngày trình"),
                    room=10,
                ),
                text("addressee", "Kính gửi", "Nơi nhận", room=120, lines=3),
                UNION_NAME,
                text(
                    "enterprise_name",
                    "Tên doanh nghiệp",
                    "Doanh nghiệp",
                    "Tên đơn vị",
                    "Tên công ty",
                    room=150,
                    lines=3,
                ),
                FormField(
                    "congress_date",
                    K.DATE,
                    "Ngày đại hội thành lập",
                    ("Ngày đại hội", "Đại hội ngày", "Đại hội tổ chức ngày"),
                    room=10,
                ),
                count(
                    "member_count",
                    "Số đoàn viên đề nghị công nhận",
                    "Số đoàn viên",
                    "Tổng số đoàn viên",
                    "Đề nghị công nhận",
                    "Số đoàn viên đề nghị",
                ),
                FormField("term", K.TERM, "Nhiệm kỳ", ("NK", "Khóa, nhiệm kỳ"), room=11),
                text(
                    "signer_name",
                    "Người ký",
                    "Họ và tên người ký",
                    "Chủ tịch",
                    "Trưởng ban vận động",
                    room=40,
                    personal=True,
                ),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, lines=1, width=74),
        like(DOB, width=26),
        FormField(
            "post",
            K.ENUM,
            "Chức danh",
            ("Chức vụ", "Chức danh được bầu", "Chức vụ trong BCH", "Chức danh trong Ban Chấp hành"),
            room=30,
            options=POSTS,
            width=56,
        ),
    ),
    check=_check,
    about="case",
    printed_rows=15,
    signers=("", "TM. BAN CHẤP HÀNH"),
    consent=True,
    example={
        "sender": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "doc_number": "01/TTr-CĐCS",
        "doc_date": "2024-06-12",
        "addressee": "Ban Thường vụ Liên đoàn Lao động huyện Tam Đường",
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "enterprise_name": "Công ty TNHH Xây dựng Bình Lư",
        "congress_date": "2024-06-10",
        "member_count": 12,
        "term": "2024-2028",
        "signer_name": "Lò Thị Mẫu",
        "rows": [
            {"full_name": "Lò Thị Mẫu", "dob": "1996-09-05", "post": "chair"},
            {"full_name": "Giàng A Páo", "dob": "1990", "post": "vice_chair"},
            {"full_name": "Pờ Xá Mừ", "dob": "1988-02", "post": "member"},
        ],
    },
)
