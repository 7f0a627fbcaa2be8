"""Danh sách doanh nghiệp chưa có, đủ điều kiện thành lập CĐCS trên địa bàn (domain brief §5.b)."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.forms.base import FormField, FormKind, Section, Values
from core.forms.common import (
    ENTERPRISE_NAME,
    NOTE,
    TAX_CODE,
    WORKERS_TOTAL,
    column_total,
    count,
    like,
    not_in_future,
    parts_within,
    repeated,
    row_count,
    text,
)
from core.forms.options import ENTERPRISE_TYPES, STATUSES
from core.schema import FieldKind as K

_SECTIONS = (
    Section(
        "",
        (
            text(
                "district",
                "Đơn vị báo cáo",
                "Đơn vị",
                "Địa bàn",
                "Huyện, thành phố",
                "LĐLĐ huyện, thành phố",
                room=80,
                required=True,
            ),
            FormField(
                "as_of",
                K.DATE,
                "Tính đến ngày",
                ("Số liệu đến ngày", "Tính đến", "Thời điểm"),
                room=10,
            ),
            text(
                "prepared_by",
                "Người lập biểu",
                "Người lập",
                "Người tổng hợp",
                "Cán bộ lập biểu",
                room=40,
                personal=True,
            ),
            count(
                "total_enterprises",
                "Tổng số doanh nghiệp",
                "Tổng số DN",
                "Số doanh nghiệp",
                unit="doanh nghiệp",
            ),
            count("total_workers", "Tổng số lao động", "Tổng số LĐ", "Cộng lao động"),
        ),
    ),
)
_COLUMNS = (
    like(ENTERPRISE_NAME, room=110, lines=5, width=38),
    like(TAX_CODE, lines=2, width=20),
    text("address", "Địa chỉ", "Địa chỉ trụ sở", "Trụ sở", "Đ/c", room=60, lines=4, width=29),
    FormField(
        "enterprise_type",
        K.ENUM,
        "Loại hình",
        ("Loại hình DN", "Loại hình doanh nghiệp"),
        options=ENTERPRISE_TYPES,
        room=45,
        lines=4,
        width=19,
    ),
    text(
        "sector",
        "Ngành nghề",
        "Ngành nghề KD",
        "Lĩnh vực",
        "Ngành nghề kinh doanh",
        room=34,
        lines=4,
        width=17,
    ),
    text(
        "legal_rep_name",
        "Người đại diện",
        "Đại diện pháp luật",
        "Người ĐDPL",
        "Người đại diện theo pháp luật",
        room=34,
        lines=4,
        personal=True,
        width=19,
    ),
    FormField(
        "phone",
        K.PHONE,
        "Số điện thoại",
        ("ĐT", "SĐT", "Điện thoại", "Số ĐT"),
        room=24,
        lines=2,
        personal=True,
        width=20.5,
    ),
    like(
        WORKERS_TOTAL,
        label_vi="Tổng số",
        labels=("Tổng số LĐ", "Tổng số lao động", "Số lao động", "Tổng LĐ", "TS"),
        header="Lao động",
        header_labels=("Số lao động", "LĐ"),
        room=5,
        width=10.6,
    ),
    count(
        "workers_female",
        "Nữ",
        "Trong đó nữ",
        "LĐ nữ",
        "Lao động nữ",
        header="Lao động",
        header_labels=("Số lao động", "LĐ"),
        room=5,
        width=10.6,
    ),
    count(
        "workers_si",
        "Đóng BHXH",
        "Số LĐ đóng BHXH",
        "Tham gia BHXH",
        "Số lao động đóng BHXH",
        "BHXH",
        header="Lao động",
        header_labels=("Số lao động", "LĐ"),
        room=5,
        width=12,
    ),
    FormField(
        "status",
        K.ENUM,
        "Tình trạng hoạt động",
        ("Tình trạng", "Tình trạng HĐ"),
        options=STATUSES,
        room=30,
        lines=4,
        width=15,
    ),
    FormField(
        "eligible",
        K.BOOLEAN,
        "Đủ điều kiện",
        (
            "Đủ ĐK",
            "Đủ điều kiện thành lập",
            "Đủ điều kiện (có/không)",
            "Đủ điều kiện thành lập CĐCS",
        ),
        room=8,
        width=11.5,
    ),
    FormField(
        "expected_date",
        K.PARTIAL_DATE,
        "Dự kiến thành lập",
        (
            "Dự kiến thời gian thành lập",
            "Thời gian dự kiến",
            "Dự kiến TL",
            "Dự kiến thành lập CĐCS",
        ),
        room=10,
        width=17.4,
    ),
    text(
        "officer_in_charge",
        "Cán bộ phụ trách",
        "CB phụ trách",
        "Người phụ trách",
        "Cán bộ theo dõi",
        room=34,
        lines=4,
        personal=True,
        width=17.5,
    ),
    like(NOTE, room=20, lines=4, width=12),
)


def _check(values: Values, on: date | None) -> list[Problem]:
    problems = [
        *not_in_future(values, "as_of", "Ngày số liệu", on),
        *row_count(values, "total_enterprises", name="Tổng số doanh nghiệp"),
        *column_total(values, "total_workers", "workers_total", name="Tổng số lao động"),
        *repeated(values, "tax_code", name="Mã số thuế"),
    ]
    for at, row in enumerate(values.rows()):
        parts = {"workers_female": "lao động nữ", "workers_si": "lao động đóng bảo hiểm xã hội"}
        problems += [
            Problem(
                found.code,
                f"Dòng {at + 1}: {found.message}",
                tuple(f"rows[{at}].{key}" for key in found.fields),
            )
            for found in parts_within(row, "workers_total", parts)
        ]
        if row.flag("eligible") and row.text("status") not in (None, "active"):
            message = f"Dòng {at + 1}: ghi đủ điều kiện nhưng doanh nghiệp không hoạt động."
            problems.append(
                Problem(
                    "eligible_inactive", message, (f"rows[{at}].eligible", f"rows[{at}].status")
                )
            )
    return problems


FORM = FormKind(
    kind="enterprise_list",
    code="DSDN",
    label_vi="Danh sách doanh nghiệp trên địa bàn",
    version=1,
    titles=(
        "DANH SÁCH DOANH NGHIỆP CHƯA THÀNH LẬP CÔNG ĐOÀN CƠ SỞ",
        "DANH SÁCH DOANH NGHIỆP CHƯA CÓ CÔNG ĐOÀN CƠ SỞ TRÊN ĐỊA BÀN",
        "DANH SÁCH DOANH NGHIỆP ĐỦ ĐIỀU KIỆN THÀNH LẬP CÔNG ĐOÀN CƠ SỞ",
        "DANH SÁCH DOANH NGHIỆP TRÊN ĐỊA BÀN",
        "DANH SÁCH DOANH NGHIỆP",
    ),
    sections=_SECTIONS,
    columns=_COLUMNS,
    check=_check,
    about="org",
    printed_rows=16,
    landscape=True,
    signers=("NGƯỜI LẬP BIỂU", "CHỦ TỊCH"),
    consent=True,
    place_date=True,
    totals=("total_enterprises", "total_workers"),
    example={
        "district": "Liên đoàn Lao động huyện Tam Đường",
        "as_of": "2024-05-20",
        "prepared_by": "Giàng Thị Dở",
        "total_enterprises": 2,
        "total_workers": 39,
        "rows": [
            {
                "enterprise_name": "Công ty TNHH Xây dựng Bình Lư",
                "tax_code": "6299900012",
                "address": "Bản Nà Đa, xã Bình Lư, huyện Tam Đường",
                "enterprise_type": "llc_multi",
                "sector": "Xây dựng",
                "legal_rep_name": "Vàng A Páo",
                "phone": "0912000345",
                "workers_total": 27,
                "workers_female": 11,
                "workers_si": 20,
                "status": "active",
                "eligible": True,
                "expected_date": "2024-06",
                "officer_in_charge": "Lò Văn Ín",
            },
            {
                "enterprise_name": "Hợp tác xã Chè A&B Tam Đường",
                "tax_code": "6299900037",
                "address": "Thị trấn Tam Đường, huyện Tam Đường",
                "enterprise_type": "cooperative",
                "sector": "Chế biến chè",
                "legal_rep_name": "Pờ Xá Mừ",
                "phone": "0987000654",
                "workers_total": 12,
                "workers_female": 8,
                "workers_si": 4,
                "status": "active",
                "eligible": True,
                "expected_date": "2024-07",
                "officer_in_charge": "Lò Văn Ín",
                "note": "Lao động mùa vụ",
            },
        ],
    },
)
