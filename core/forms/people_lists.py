"""Danh sách đoàn viên and danh sách trích ngang (domain brief §5.d)."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import (
    DATE_SIGNED,
    DOB,
    ETHNICITY,
    FULL_NAME,
    GENDER,
    ID_NUMBER,
    NATIVE_PLACE,
    NOTE,
    PHONE,
    UNION_NAME,
    count,
    in_order,
    like,
    not_in_future,
    repeated,
    row_count,
    text,
)
from core.forms.options import BODIES, POSTS
from core.schema import FieldKind as K

_INSPECTION_POSTS = frozenset({"inspection_chair", "inspection_vice_chair", "inspection_member"})
JOB = text(
    "job",
    "Chức vụ, đơn vị công tác",
    "Nghề nghiệp",
    "Vị trí công việc",
    "Công việc đang làm",
    "Bộ phận",
    "Phòng/ban",
    "C.vụ",
    "Chức vụ",
    "Chức vụ/bộ phận",
    "Nghề nghiệp, bộ phận",
    "Chức vụ, bộ phận",
    room=50,
    lines=3,
    width=32,
)


def _check_members(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "as_of", "Ngày số liệu", on),
        *row_count(values, "members_total", name="Tổng số đoàn viên"),
        *repeated(values, "id_number", name="Số CCCD"),
    ]
    for at, row in enumerate(values.rows()):
        problems += [
            Problem(
                found.code,
                f"Dòng {at + 1}: {found.message}",
                tuple(f"rows[{at}].{key}" for key in found.fields),
            )
            for found in in_order(row, ("dob", "Ngày sinh"), ("joined_date", "ngày vào công đoàn"))
        ]
    return problems


def _check_profiles(values: Values, on: date | None) -> list[Problem]:
    rows = values.rows()
    problems = not_in_future(values, "date_signed", "Ngày lập", on)
    chairs = [at for at, row in enumerate(rows) if row.text("proposed_post") == "chair"]
    if len(chairs) > 1:
        message = f"Có {len(chairs)} người được giới thiệu làm Chủ tịch; chỉ được một."
        problems.append(
            Problem("chairs", message, tuple(f"rows[{at}].proposed_post" for at in chairs))
        )
    inspection = values.text("body") == "inspection_committee"
    for at, row in enumerate(rows):
        post = row.text("proposed_post")
        if values.text("body") and post and (post in _INSPECTION_POSTS) != inspection:
            message = f"Dòng {at + 1}: chức danh dự kiến không thuộc tổ chức ghi ở đầu danh sách."
            problems.append(
                Problem("post_of_other_body", message, (f"rows[{at}].proposed_post", "body"))
            )
        problems += [
            Problem(
                found.code,
                f"Dòng {at + 1}: {found.message}",
                tuple(f"rows[{at}].{key}" for key in found.fields),
            )
            for found in in_order(row, ("dob", "Ngày sinh"), ("party_date", "ngày vào Đảng"))
        ]
    return problems


MEMBER_LIST = FormKind(
    kind="member_list",
    code="DSDV",
    label_vi="Danh sách đoàn viên",
    version=1,
    titles=(
        "DANH SÁCH ĐOÀN VIÊN CÔNG ĐOÀN",
        "DANH SÁCH ĐOÀN VIÊN",
        "DANH SÁCH ĐOÀN VIÊN CÔNG ĐOÀN CƠ SỞ",
    ),
    sections=(
        Section(
            "",
            (
                UNION_NAME,
                FormField(
                    "as_of",
                    K.DATE,
                    "Tính đến ngày",
                    ("Số liệu đến ngày", "Tính đến", "Thời điểm"),
                    room=10,
                ),
                count("members_total", "Tổng số đoàn viên", "Tổng số ĐV", "Số đoàn viên", "Cộng"),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, width=42),
        like(GENDER, width=13),
        DOB,
        like(ETHNICITY, lines=2, width=19),
        JOB,
        like(ID_NUMBER, width=28),
        like(PHONE, lines=2, width=24),
        FormField(
            "joined_date",
            K.PARTIAL_DATE,
            "Ngày vào công đoàn",
            (
                "Ngày vào CĐ",
                "Ngày gia nhập",
                "Năm vào công đoàn",
                "Ngày vào Công đoàn",
                "Ngày kết nạp",
                "Thời gian vào công đoàn",
            ),
            room=10,
            width=24,
        ),
        like(NOTE, width=20),
    ),
    check=_check_members,
    about="case",
    printed_rows=20,
    landscape=True,
    signers=("NGƯỜI LẬP", "TM. BAN CHẤP HÀNH"),
    consent=True,
    place_date=True,
    totals=("members_total",),
    example={
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "as_of": "2024-06-20",
        "members_total": 2,
        "rows": [
            {
                "full_name": "Lò Thị Mẫu",
                "gender": "female",
                "dob": "1996-09-05",
                "ethnicity": "Thái",
                "job": "Công nhân, Tổ nề",
                "id_number": "012196999999",
                "phone": "0912000345",
                "joined_date": "2024-06-18",
            },
            {
                "full_name": "Giàng A Páo",
                "gender": "male",
                "dob": "1990",
                "ethnicity": "Mông",
                "job": "Lái xe",
                "id_number": "012090999998",
                "phone": "0987000654",
                "joined_date": "2024-06-18",
                "note": "Tổ trưởng",
            },
        ],
    },
)
CANDIDATE_PROFILES = FormKind(
    kind="candidate_profiles",
    code="TNNS",
    label_vi="Danh sách trích ngang nhân sự",
    version=1,
    titles=(
        "DANH SÁCH TRÍCH NGANG NHÂN SỰ GIỚI THIỆU THAM GIA BAN CHẤP HÀNH",
        "DANH SÁCH TRÍCH NGANG",
        "DANH SÁCH TRÍCH NGANG NHÂN SỰ",
        "TRÍCH NGANG NHÂN SỰ",
    ),
    sections=(
        Section(
            "",
            (
                UNION_NAME,
                FormField(
                    "body",
                    K.ENUM,
                    "Giới thiệu tham gia",
                    ("Nhân sự giới thiệu tham gia", "Tham gia", "Nhân sự tham gia", "Tổ chức"),
                    room=20,
                    required=True,
                    options=BODIES,
                ),
                FormField("term", K.TERM, "Nhiệm kỳ", ("NK", "Khóa, nhiệm kỳ"), room=11),
                like(DATE_SIGNED, label_vi="Ngày lập"),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, width=36),
        like(GENDER, width=13.8),
        like(DOB, width=22),
        like(ETHNICITY, lines=2, width=17),
        like(NATIVE_PLACE, room=60, lines=3, width=40),
        like(JOB, room=44, width=30),
        FormField(
            "party_date",
            K.PARTIAL_DATE,
            "Ngày vào Đảng",
            (
                "Đảng viên (ngày kết nạp)",
                "Đảng viên",
                "Vào Đảng",
                "Ngày kết nạp Đảng",
                "Ngày vào đảng",
            ),
            room=10,
            personal=True,
            width=21,
        ),
        text(
            "education_general",
            "Học vấn",
            "GDPT",
            "Giáo dục phổ thông",
            "Trình độ học vấn",
            "Văn hóa",
            room=12,
            lines=2,
            header="Trình độ",
            header_labels=("TĐ",),
            width=15,
        ),
        text(
            "education_professional",
            "Chuyên môn",
            "TĐCM",
            "Trình độ chuyên môn",
            "CM",
            room=40,
            lines=3,
            header="Trình độ",
            header_labels=("TĐ",),
            width=26,
        ),
        text(
            "education_political",
            "Lý luận chính trị",
            "LLCT",
            "Chính trị",
            "Trình độ LLCT",
            "Lý luận CT",
            room=14,
            lines=2,
            header="Trình độ",
            header_labels=("TĐ",),
            width=18,
        ),
        FormField(
            "proposed_post",
            K.ENUM,
            "Chức danh dự kiến",
            (
                "Dự kiến chức danh",
                "Chức danh",
                "Dự kiến chức vụ",
                "Chức danh giới thiệu",
                "Chức vụ dự kiến",
            ),
            room=30,
            lines=3,
            options=POSTS,
            width=24,
        ),
    ),
    check=_check_profiles,
    about="case",
    printed_rows=15,
    landscape=True,
    signers=("", "TM. BAN CHẤP HÀNH"),
    consent=True,
    example={
        "union_name": "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "body": "executive_committee",
        "term": "2024-2028",
        "date_signed": "2024-06-10",
        "rows": [
            {
                "full_name": "Lò Thị Mẫu",
                "gender": "female",
                "dob": "1996-09-05",
                "ethnicity": "Thái",
                "native_place": "Xã Bình Lư, huyện Tam Đường",
                "job": "Kế toán, Phòng Hành chính",
                "party_date": "2019-05-19",
                "education_general": "12/12",
                "education_professional": "Cao đẳng kế toán",
                "education_political": "Sơ cấp",
                "proposed_post": "chair",
            },
            {
                "full_name": "Giàng A Páo",
                "gender": "male",
                "dob": "1990",
                "ethnicity": "Mông",
                "native_place": "Xã Sùng Phài, thành phố Lai Châu",
                "job": "Lái xe",
                "education_general": "9/12",
                "proposed_post": "member",
            },
        ],
    },
)
