"""Đơn gia nhập Công đoàn Việt Nam: form 5a of one person, 5b of a group (HD 38/HD-TLĐ; domain brief §5.c)."""

from __future__ import annotations

from datetime import date

from core.dates import add_months
from core.errors import Problem, Unreadable
from core.forms.base import FormKind, Section, Values
from core.forms.common import (
    DATE_SIGNED,
    DOB,
    ETHNICITY,
    FULL_NAME,
    GENDER,
    HOME_ADDRESS,
    ID_NUMBER,
    NATIVE_PLACE,
    PHONE,
    count,
    like,
    not_in_future,
    repeated,
    row_count,
    text,
)
from core.identifiers import read_id_number

#: Who is younger cannot be an employee (Bộ luật Lao động 2019, Điều 3 k1).
_YOUNGEST = 15
_ADDRESSEE = text(
    "addressee",
    "Kính gửi",
    "Nơi nhận đơn",
    room=190,
    lines=4,
)
_WORKPLACE = text(
    "workplace",
    "Nơi làm việc hiện nay",
    "Nơi làm việc",
    "Đơn vị công tác",
    "Noi làm việc hiện nay",
    "Hiện đang làm việc tại",
    "Doanh nghiệp",
    room=150,
    lines=3,
)


def _age_rules(
    values: Values, signed: date | None, prefix: str = "", where: str = ""
) -> list[Problem]:
    dob = values.text("dob")
    if dob is None or signed is None:
        return []
    born = values.first_day("dob")
    if born is not None and add_months(born, 12 * _YOUNGEST) > signed:
        message = f"{where}Người sinh {dob} chưa đủ {_YOUNGEST} tuổi vào ngày làm đơn."
        return [Problem("too_young", message, (f"{prefix}dob",))]
    return []


def _id_rules(values: Values, prefix: str = "", where: str = "") -> list[Problem]:
    """The identity number agrees with gender and year of birth; otherwise a person looks (§6.2)."""
    number = values.text("id_number")
    if number is None:
        return []
    dob = values.text("dob")
    try:
        found = read_id_number(
            number, gender=values.text("gender"), birth_year=int(dob[:4]) if dob else None
        )
    except Unreadable:
        return []  # the field itself says so
    return [
        Problem(
            "id_mismatch",
            f"{where}{warning}",
            (f"{prefix}id_number", f"{prefix}dob", f"{prefix}gender"),
        )
        for warning in found.warnings
    ]


def _check_single(values: Values, on: date | None) -> list[Problem]:
    return [
        *not_in_future(values, "date_signed", "Ngày làm đơn", on),
        *_age_rules(values, values.first_day("date_signed") or on),
        *_id_rules(values),
    ]


def _check_collective(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "date_signed", "Ngày làm đơn", on),
        *row_count(values, "applicants_total", name="Số người làm đơn"),
        *repeated(values, "id_number", name="Số CCCD"),
    ]
    signed = values.first_day("date_signed") or on
    for at, row in enumerate(values.rows()):
        problems += _age_rules(row, signed, f"rows[{at}].", f"Dòng {at + 1}: ")
        problems += _id_rules(row, f"rows[{at}].", f"Dòng {at + 1}: ")
    return problems


MEMBERSHIP_APPLICATION = FormKind(
    kind="membership_application",
    code="DGN5A",
    label_vi="Đơn gia nhập Công đoàn Việt Nam (mẫu 5a)",
    version=1,
    titles=(
        "ĐƠN GIA NHẬP CÔNG ĐOÀN VIỆT NAM",
        "ĐƠN GIA NHẬP CÔNG ĐOÀN",
        "ĐƠN XIN GIA NHẬP CÔNG ĐOÀN VIỆT NAM",
        "ĐƠN XIN GIA NHẬP CÔNG ĐOÀN",
        "ĐƠN XIN GIA NHẬP",
    ),
    sections=(
        Section(
            "",
            (
                _ADDRESSEE,
                like(
                    FULL_NAME,
                    lines=1,
                    label_vi="Tên tôi là",
                    labels=("Họ và tên", "Tôi tên là", "Tôi là", "Họ tên"),
                ),
                like(GENDER, label_vi="Nam/nữ", labels=("Giới tính", "Nam (nữ)", "GT")),
                like(DOB, label_vi="Sinh ngày"),
                ETHNICITY,
                NATIVE_PLACE,
                HOME_ADDRESS,
                ID_NUMBER,
                PHONE,
                _WORKPLACE,
                text(
                    "job",
                    "Vị trí công việc đang làm",
                    "Vị trí công việc",
                    "Công việc đang làm",
                    "Nghề nghiệp",
                    "Chức vụ",
                    room=50,
                ),
                like(
                    DATE_SIGNED,
                    label_vi="Ngày làm đơn",
                    labels=("Ngày ký", "Ngày viết đơn", "Ngày lập"),
                ),
            ),
        ),
    ),
    check=_check_single,
    about="case",
    signers=("", "NGƯỜI LÀM ĐƠN"),
    consent=True,
    letter=True,
    pledge=(
        "Sau khi tìm hiểu Điều lệ Công đoàn Việt Nam, tôi tán thành và tự nguyện xin gia nhập Công đoàn.",
        "Tôi xin hứa thực hiện đầy đủ nhiệm vụ của đoàn viên, chấp hành Điều lệ và đóng đoàn phí theo quy định.",
    ),
    example={
        "addressee": "Ban Vận động thành lập công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "full_name": "Lò Thị Mẫu",
        "gender": "female",
        "dob": "1996-09-05",
        "ethnicity": "Thái",
        "native_place": "Xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu",
        "address": "Bản Nà Đa, xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu",
        "id_number": "012196999999",
        "phone": "0912000345",
        "workplace": "Công ty TNHH Xây dựng Bình Lư",
        "job": "Công nhân",
        "date_signed": "2024-05-15",
    },
)
COLLECTIVE_APPLICATION = FormKind(
    kind="collective_application",
    code="DGN5B",
    label_vi="Đơn gia nhập Công đoàn Việt Nam tập thể (mẫu 5b)",
    version=1,
    titles=(
        "ĐƠN GIA NHẬP CÔNG ĐOÀN VIỆT NAM (TẬP THỂ)",
        "ĐƠN GIA NHẬP CÔNG ĐOÀN TẬP THỂ",
        "ĐƠN TẬP THỂ GIA NHẬP CÔNG ĐOÀN VIỆT NAM",
    ),
    sections=(
        Section(
            "",
            (
                _ADDRESSEE,
                _WORKPLACE,
                count(
                    "applicants_total",
                    "Số người làm đơn",
                    "Chúng tôi gồm",
                    "Tổng số người làm đơn",
                    "Tổng số",
                ),
                text(
                    "prepared_by",
                    "Người lập danh sách",
                    "Trưởng ban vận động",
                    "Người lập",
                    "Người lập danh sách (hoặc trưởng ban vận động)",
                    room=40,
                    personal=True,
                ),
                like(
                    DATE_SIGNED,
                    label_vi="Ngày làm đơn",
                    labels=("Ngày ký", "Ngày lập", "Ngày lập danh sách"),
                ),
            ),
        ),
    ),
    columns=(
        like(FULL_NAME, lines=3, width=34),
        like(GENDER, width=16.5),
        like(DOB, width=23),
        like(NATIVE_PLACE, room=60, lines=3, width=45),
        like(ID_NUMBER, width=28),
        like(PHONE, lines=2, width=24),
    ),
    check=_check_collective,
    about="case",
    printed_rows=16,
    signers=("NGƯỜI LẬP DANH SÁCH", "ĐẠI DIỆN NGƯỜI LAO ĐỘNG"),
    consent=True,
    letter=True,
    pledge=(
        "Sau khi tìm hiểu Điều lệ Công đoàn Việt Nam, chúng tôi tán thành và tự nguyện xin gia nhập Công đoàn.",
        "Chúng tôi xin hứa thực hiện đầy đủ nhiệm vụ của đoàn viên, chấp hành Điều lệ và đóng đoàn phí theo quy định.",
    ),
    example={
        "addressee": "Ban Vận động thành lập công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "workplace": "Công ty TNHH Xây dựng Bình Lư",
        "applicants_total": 2,
        "prepared_by": "Vàng A Páo",
        "date_signed": "2024-05-15",
        "rows": [
            {
                "full_name": "Lò Thị Mẫu",
                "gender": "female",
                "dob": "1996-09-05",
                "native_place": "Xã Bình Lư, huyện Tam Đường",
                "id_number": "012196999999",
                "phone": "0912000345",
            },
            {
                "full_name": "Giàng A Páo",
                "gender": "male",
                "dob": "1990",
                "native_place": "Xã Sùng Phài, thành phố Lai Châu",
                "id_number": "012090999998",
                "phone": "0987000654",
            },
        ],
    },
)
