"""Phiếu khảo sát tình hình lao động tại doanh nghiệp (domain brief §5.a, corrections §10.1)."""

from __future__ import annotations

from datetime import date

from core.errors import Problem
from core.forms.base import FormKind, Values
from core.forms.common import in_order, not_in_future, parts_within, sum_within
from core.forms.survey_fields import SECTIONS
from core.numbers import format_integer

#: Monthly wages outside of this are asked again (domain brief §5.a: 1-100 million).
_WAGE_LOW, _WAGE_HIGH = 1_000_000, 100_000_000

_PARTS = {
    "workers_female": "lao động nữ",
    "workers_ethnic": "lao động dân tộc thiểu số",
    "workers_foreign": "lao động nước ngoài",
    "workers_over35": "lao động trên 35 tuổi",
    "workers_si": "lao động tham gia bảo hiểm xã hội",
    "union_members": "đoàn viên",
    "willing_workers": "lao động có nguyện vọng",
}
_CONTRACTS = ("contracts_indef", "contracts_fixed", "contracts_other", "contracts_none")


def _check(values: Values, on: date | None) -> list[Problem]:
    return [
        *parts_within(values, "workers_total", _PARTS),
        *sum_within(values, "workers_total", _CONTRACTS, name="các loại hợp đồng"),
        *not_in_future(values, "survey_date", "Ngày khảo sát", on),
        *in_order(values, ("founded_date", "Ngày thành lập"), ("survey_date", "ngày khảo sát")),
        *in_order(
            values,
            ("survey_date", "Ngày khảo sát"),
            ("expected_date", "thời gian dự kiến thành lập"),
        ),
        *_union_rules(values),
        *_wage_rules(values),
    ]


def _union_rules(values: Values) -> list[Problem]:
    has, members = values.flag("has_union"), values.number("union_members")
    if has is False and members:
        message = f"Ghi chưa có công đoàn cơ sở nhưng có {format_integer(members)} đoàn viên."
        return [Problem("union_contradiction", message, ("has_union", "union_members"))]
    if has and members == 0:
        message = "Ghi đã có công đoàn cơ sở nhưng số đoàn viên là 0."
        return [Problem("union_contradiction", message, ("has_union", "union_members"))]
    return []


def _wage_rules(values: Values) -> list[Problem]:
    wage = values.number("avg_wage")
    if wage is None or _WAGE_LOW <= wage <= _WAGE_HIGH:
        return []
    message = f"Thu nhập bình quân {format_integer(wage)} đồng/tháng khó tin; thường từ 1 đến 100 triệu đồng."
    return [Problem("implausible", message, ("avg_wage",))]


def eligible(values: Values, *, employer_side: int = 1, least: int = 5) -> bool:
    """Whether a union can be founded: active, enough employees who are not the employer, none yet (§5.a)."""
    workers = values.number("workers_total") or 0
    return (
        values.text("status") == "active"
        and workers - employer_side >= least
        and not values.flag("has_union")
    )


FORM = FormKind(
    kind="enterprise_survey",
    code="KSDN",
    label_vi="Phiếu khảo sát doanh nghiệp",
    version=1,
    titles=(
        "PHIẾU KHẢO SÁT TÌNH HÌNH LAO ĐỘNG TẠI DOANH NGHIỆP",
        "PHIẾU KHẢO SÁT DOANH NGHIỆP",
        "PHIẾU KHẢO SÁT TÌNH HÌNH LAO ĐỘNG",
        "PHIẾU ĐIỀU TRA TÌNH HÌNH LAO ĐỘNG",
    ),
    sections=SECTIONS,
    check=_check,
    about="enterprise",
    signers=("NGƯỜI KHẢO SÁT", "ĐẠI DIỆN DOANH NGHIỆP"),
    consent=True,
    example={
        "survey_date": "2024-05-14",
        "enterprise_name": "Công ty TNHH Xây dựng Bình Lư",
        "tax_code": "6299900012",
        "founded_date": "2019-03-12",
        "enterprise_type": "llc_multi",
        "sector": "Xây dựng công trình, thủy điện",
        "address": "Bản Nà Đa, xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu",
        "legal_rep_name": "Vàng A Páo",
        "legal_rep_post": "Giám đốc",
        "legal_rep_phone": "0912000345",
        "contact_name": "Lò Thị Mẫu",
        "contact_phone": "0987000654",
        "contact_email": "ketoan@vidu.example",
        "status": "active",
        "workers_total": 27,
        "workers_female": 11,
        "workers_ethnic": 15,
        "workers_foreign": 0,
        "workers_over35": 9,
        "contracts_indef": 12,
        "contracts_fixed": 10,
        "contracts_other": 2,
        "contracts_none": 3,
        "workers_si": 20,
        "avg_wage": 7_500_000,
        "hardship": "Nhiều lao động ở xa, phải thuê nhà trọ",
        "has_party_org": False,
        "has_union": False,
        "union_members": 0,
        "kpcd_paid": "none",
        "has_collective_agreement": False,
        "willing_workers": 12,
        "employer_attitude": "agree",
        "obstacles": "Lao động biến động theo mùa vụ",
        "expected_date": "2024-06",
        "proposals": "Đề nghị hướng dẫn thủ tục thành lập công đoàn cơ sở",
        "surveyor_name": "Giàng Thị Dở",
        "signer_employer": "Vàng A Páo",
    },
)
