# ruff: noqa: E501 (a table reads best with one entry a line)
"""Complete example data of survey teams, assignments, admissions, inspection and reorganisation.

Every person, company and number here is made up.
"""

from __future__ import annotations

from typing import cast

from docgen.kinds.examples import (
    COMMITTEE_DECISION,
    COMMITTEE_DECISION_APPOINTED,
    FOUNDING_DECISION,
    FOUNDING_DECISION_RECOGNISED,
)
from docgen.kinds.sample_campaign import PROVINCE_2024, sample_campaign

_Json = dict[str, object]

_PROVINCE = "Liên đoàn Lao động tỉnh Lai Châu"
_UNION = str(FOUNDING_DECISION["union_name"])
_ENTERPRISE = str(FOUNDING_DECISION["enterprise_name"])
_PLAN: _Json = {
    "code": "70/KH-LĐLĐ",
    "date": "2024-05-02",
    "issuer": f"Ban Thường vụ {_PROVINCE}",
    "subject": "về việc khảo sát, nắm tình hình công nhân lao động, phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
}


def _visit(date: str, place: str, address: str, contact: str, **more: str) -> _Json:
    return {"date": date, "place": place, "address": address, "contact": contact, **more}


def _member(full_name: str, post: str, team_role: str) -> _Json:
    return {"full_name": full_name, "post": post, "team_role": team_role}


SURVEY_TEAM_DECISION: _Json = {
    **PROVINCE_2024,
    "doc_symbol": "QĐ-LĐLĐ",
    "intended_date": "2024-05-06",
    "recipients": ["Thường trực LĐLĐ tỉnh (để b/c)", "LĐLĐ các huyện, thành phố (để p/h)"],
    "copies": 15,
    "team_kind": "delegation",
    "task": "tình hình công nhân lao động, vận động thành lập công đoàn cơ sở tại các doanh nghiệp năm 2024",
    "members": [
        _member("Lò Thị Mẫn", "Phó Chủ tịch Liên đoàn Lao động tỉnh", "head"),
        _member("Phùng Chà Xê", "Trưởng Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh", "deputy"),
        _member(
            "Giàng A Sử", "Chuyên viên Ban Tuyên giáo - Nữ công Liên đoàn Lao động tỉnh", "member"
        ),
        _member("Lò Thị Ánh", "Chủ tịch Liên đoàn Lao động huyện Tam Đường", "member"),
        _member(
            "Hoàng Thị Mai",
            "Chuyên viên Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
            "secretary",
        ),
    ],
    "member_count": 5,
    "duties": [
        "Khảo sát, nắm tình hình doanh nghiệp, lao động, việc làm, tiền lương, bảo hiểm xã hội tại các doanh nghiệp chưa có công đoàn cơ sở",
        "Tuyên truyền, vận động người lao động gia nhập Công đoàn Việt Nam; hướng dẫn trình tự, hồ sơ thành lập công đoàn cơ sở",
        "Tổng hợp kết quả khảo sát của từng doanh nghiệp theo mẫu phiếu, đề xuất biện pháp với Ban Thường vụ",
    ],
    "period_from": "2024-05-08",
    "period_to": "2024-05-31",
    "itinerary": [
        _visit(
            "2024-05-08",
            _ENTERPRISE,
            "Xã Bình Lư, huyện Tam Đường",
            "Ông Vàng A Páo, Giám đốc",
            half_day="morning",
        ),
        _visit(
            "2024-05-08",
            "Công ty TNHH A&B Tây Bắc",
            "Bản Thẳm, xã Bản Hon, huyện Tam Đường",
            "Bà Trần Thị Hoa, Kế toán trưởng",
            half_day="afternoon",
        ),
        _visit(
            "2024-05-14",
            "Công ty Cổ phần Thủy điện Nậm Cấu",
            "Xã Bum Tở, huyện Mường Tè",
            "",
            date_to="2024-05-15",
        ),
        _visit(
            "2024-05-22",
            "Hợp tác xã Dệt thổ cẩm Lự Bản Hon",
            "Xã Bản Hon, huyện Tam Đường",
            "Bà Tao Thị Vấn",
        ),
    ],
    "plan": _PLAN,
    "report_by": "2024-06-10",
    "expenses": "từ nguồn tài chính công đoàn của Liên đoàn Lao động tỉnh theo quy định",
    "vehicle": "xe ô tô của cơ quan Liên đoàn Lao động tỉnh",
    "proposing_unit": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
    "executing_units": "Văn phòng, các ban Liên đoàn Lao động tỉnh, Liên đoàn Lao động huyện Tam Đường, Liên đoàn Lao động huyện Mường Tè",
}

#: A small team of a district, without deputy, plan, means or contacts.
SURVEY_TEAM_DECISION_SMALL: _Json = {
    **{
        key: value
        for key, value in SURVEY_TEAM_DECISION.items()
        if key not in {"plan", "report_by", "expenses", "vehicle", "copies"}
    },
    **{
        key: FOUNDING_DECISION[key]
        for key in (
            "parent_org_name",
            "issuing_org_name",
            "issuing_org_short",
            "place_name",
            "signer_name",
            "archive_units",
        )
    },
    "team_kind": "small_team",
    "task": "tình hình lao động tại các doanh nghiệp trên địa bàn huyện Tam Đường",
    "members": [
        _member("Lò Thị Ánh", "Chủ tịch Liên đoàn Lao động huyện", "head"),
        _member("Chẻo Thị Linh", "Chuyên viên Văn phòng Liên đoàn Lao động huyện", "secretary"),
    ],
    "member_count": 2,
    "itinerary": [_visit("2024-05-08", _ENTERPRISE, "Xã Bình Lư, huyện Tam Đường", "")],
    "recipients": ["Liên đoàn Lao động tỉnh (để b/c)"],
    "proposing_unit": "Văn phòng Liên đoàn Lao động huyện",
    "executing_units": "Văn phòng Liên đoàn Lao động huyện",
}


def _assignment_notice() -> _Json:
    sample = sample_campaign()
    keys = ("new_members", "new_unions")
    return {
        **PROVINCE_2024,
        "doc_symbol": "TB-LĐLĐ",
        "intended_date": "2024-05-06",
        "recipients": [
            "Thường trực LĐLĐ tỉnh",
            "Các đồng chí được phân công",
            "LĐLĐ các huyện, thành phố",
            "Văn phòng, các ban LĐLĐ tỉnh",
        ],
        "copies": 20,
        "subject": "Về việc phân công thành viên Ban Chỉ đạo phát triển đoàn viên phụ trách địa bàn năm 2024",
        "plan": _PLAN,
        "committee_name": "Ban Chỉ đạo phát triển đoàn viên",
        "period_from": "2024-05-06",
        "period_to": "2024-12-31",
        "assignments": sample["assignments"],
        "area_targets": [
            {"area": row["org_name"], **{key: row[key] for key in keys}} for row in sample["quota"]
        ],
        "targets": {key: sample["targets"][key] for key in keys},
        "report_rule": "báo cáo kết quả về Ban Chỉ đạo (qua Ban Tổ chức - Kiểm tra) trước ngày 20 hằng tháng",
        "requested_units": "các đồng chí được phân công, Liên đoàn Lao động các huyện, thành phố và các đơn vị có liên quan",
    }


ASSIGNMENT_NOTICE: _Json = _assignment_notice()

_FOUNDING_REFERENCE = COMMITTEE_DECISION["founding_decision"]
_MEMBERS = cast("list[_Json]", FOUNDING_DECISION["members"])
_HEADER = {
    key: FOUNDING_DECISION[key]
    for key in (
        "parent_org_name", "issuing_org_name", "issuing_org_short", "place_name", "signing_mode",
        "signing_collective", "signer_post", "signer_name", "doc_symbol", "archive_units",
        "proposing_unit", "executing_units",
    )
}  # fmt: skip

ADMISSION_DECISION: _Json = {
    **_HEADER,
    "intended_date": "2024-05-06",
    "recipients": [
        "Ban Thường vụ LĐLĐ tỉnh (để b/c)",
        "Giám đốc Công ty TNHH Xây dựng Bình Lư (để p/h)",
    ],
    "act": "admit",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "direct_upper_org": FOUNDING_DECISION["direct_upper_org"],
    "members": [{**row, "applied_on": "2024-04-26"} for row in _MEMBERS],
    "member_count": len(_MEMBERS),
    "founding_decision": _FOUNDING_REFERENCE,
    "founding_member_names": [row["full_name"] for row in _MEMBERS],
}

#: The other path: the congress was held, its people are recognised.
ADMISSION_DECISION_RECOGNISED: _Json = {
    **ADMISSION_DECISION,
    "act": "recognise",
    "congress_date": FOUNDING_DECISION_RECOGNISED["congress_date"],
    "request_document": FOUNDING_DECISION_RECOGNISED["request_document"],
    "founding_decision": {
        **cast("_Json", _FOUNDING_REFERENCE),
        "subject": f"Về việc công nhận {_UNION}",
    },
}


def _seat(full_name: str, job: str, union_post: str) -> _Json:
    return {"full_name": full_name, "job": job, "union_post": union_post}


INSPECTION_COMMITTEE_DECISION: _Json = {
    **_HEADER,
    "intended_date": "2024-05-20",
    "recipients": [
        "Ban Thường vụ LĐLĐ tỉnh (để b/c)",
        "Giám đốc Công ty TNHH Xây dựng Bình Lư (để p/h)",
    ],
    "form": "committee",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "members": [
        _seat("Vàng Thị Sao", "Kế toán", "inspection_chair"),
        _seat("Lù Thị Phương", "Thủ kho", "inspection_member"),
        _seat("Sùng A H'Mông", "Lái máy xúc", "inspection_member"),
    ],
    "member_count": 3,
    "union_members_total": 38,
    "executive_committee_names": ["Lò Văn Tâm", "Vàng Thị Sao", "Nguyễn Văn An"],
    "term_start": 2024,
    "term_end": 2028,
    "committee_decision": {
        "code": "12/QĐ-LĐLĐ",
        "date": "2024-05-20",
        "issuer": "Ban Thường vụ Liên đoàn Lao động huyện Tam Đường",
        "subject": f"Về việc công nhận Ban Chấp hành, Chủ tịch, Phó Chủ tịch {_UNION}, nhiệm kỳ 2024 - 2028",
    },
    "meeting_date": "2024-05-16",
    "request_document": {
        "code": "02/TTr-CĐCS",
        "date": "2024-05-17",
        "issuer": f"Ban Chấp hành {_UNION}",
        "subject": "Về việc đề nghị công nhận Ủy ban Kiểm tra, Chủ nhiệm Ủy ban Kiểm tra",
    },
}

#: Named by the province together with an appointed committee, under the plan of 2025.
INSPECTION_COMMITTEE_DECISION_APPOINTED: _Json = {
    **{
        key: value
        for key, value in INSPECTION_COMMITTEE_DECISION.items()
        if key not in {"meeting_date", "request_document"}
    },
    **{
        key: COMMITTEE_DECISION_APPOINTED[key]
        for key in (
            "parent_org_name", "issuing_org_name", "issuing_org_short", "place_name", "signing_mode",
            "signing_collective", "head_post", "signer_post", "signer_name", "archive_units",
            "recipients", "proposing_unit", "executing_units", "intended_date", "term_start", "term_end",
        )
    },
    "form": "appointed",
    "members": [
        _seat("Vàng Thị Sao", "Kế toán", "inspection_chair"),
        _seat("Lù Thị Phương", "Thủ kho", "inspection_vice_chair"),
        _seat("Sùng A H'Mông", "Lái máy xúc", "inspection_member"),
    ],
    "committee_decision": {
        "code": "119/QĐ-LĐLĐ",
        "date": "2025-09-08",
        "issuer": f"Ban Thường vụ {_PROVINCE}",
        "subject": f"Về việc chỉ định Ban Chấp hành {_UNION}, nhiệm kỳ 2025 - 2030",
    },
}  # fmt: skip

#: Too few members for a committee: one of the executive committee does the work.
INSPECTION_COMMITTEE_DECISION_DUTY: _Json = {
    **{
        key: value
        for key, value in INSPECTION_COMMITTEE_DECISION.items()
        if key not in {"meeting_date", "request_document"}
    },
    "form": "duty",
    "members": [_seat("Nguyễn Văn An", "Lái máy xúc", "inspection_duty")],
    "member_count": 1,
    "union_members_total": len(_MEMBERS),
    "union_member_names": [row["full_name"] for row in _MEMBERS],
}

_PROVINCE_2025: _Json = {
    **{key: value for key, value in PROVINCE_2024.items() if key != "intended_date"},
    "doc_symbol": "QĐ-LĐLĐ",
    "intended_date": "2025-11-14",
    "direct_upper_org": _PROVINCE,
    "proposing_unit": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
    "executing_units": "Văn phòng, Ban Tổ chức - Kiểm tra",
}
_AB = "Công đoàn cơ sở Công ty TNHH A&B <X>"
_TEA = "Công đoàn cơ sở Công ty Cổ phần Trà Hoa Ban"


def _union(union_name: str, members: int, chair: str, address: str, note: str = "") -> _Json:
    row = {"union_name": union_name, "members": members, "chair": chair, "address": address}
    return {**row, "note": note} if note else row


REORGANISATION_DECISION: _Json = {
    **_PROVINCE_2025,
    "recipients": ["Thường trực LĐLĐ tỉnh (để b/c)", "Giám đốc Công ty TNHH A&B <X> (để p/h)"],
    "act": "dissolve",
    "unions": [_union(_AB, 9, "Giàng A Chứ", "Phường Tân Phong")],
    "union_count": 1,
    "members_total": 9,
    "effective_on": "2025-11-20",
    "handover_by": "2025-12-15",
    "reason": "Công ty TNHH A&B <X> chấm dứt hoạt động",
    "request_document": {
        "code": "05/TTr-CĐCS",
        "date": "2025-11-10",
        "issuer": f"Ban Chấp hành {_AB}",
        "subject": "Về việc đề nghị giải thể công đoàn cơ sở",
    },
}

REORGANISATION_DECISION_MERGED: _Json = {
    **_PROVINCE_2025,
    "recipients": [
        "Thường trực LĐLĐ tỉnh (để b/c)",
        "Giám đốc Công ty Cổ phần Trà Hoa Ban (để p/h)",
    ],
    "act": "merge",
    "unions": [_union(_AB, 9, "Giàng A Chứ", "Phường Tân Phong")],
    "successor_union": _TEA,
    "successor_members": 41,
    "members_after": 50,
    "effective_on": "2025-12-01",
    "handover_by": "2025-12-31",
}

#: The giving side of the reform: a district hands over what it has before its level ends.
REORGANISATION_DECISION_TRANSFERRED: _Json = {
    **_HEADER,
    "intended_date": "2025-06-20",
    "recipients": [
        "Liên đoàn Lao động tỉnh (để b/c)",
        "Các công đoàn cơ sở có tên trong danh sách",
    ],
    "act": "transfer",
    "direct_upper_org": FOUNDING_DECISION["direct_upper_org"],
    "unions": [
        _union(_AB, 9, "Giàng A Chứ", "Xã Bình Lư"),
        _union(_TEA, 41, "Lò Thị Xoan", "Xã Tả Lèng"),
        _union(
            "Công đoàn cơ sở Hợp tác xã Dệt thổ cẩm Lự Bản Hon",
            12,
            "Tao Thị Vấn",
            "Xã Bản Hon",
            "khuyết Phó Chủ tịch",
        ),
    ],
    "union_count": 3,
    "members_total": 62,
    "receiving_org": _PROVINCE,
    "effective_on": "2025-07-01",
    "handover_by": "2025-07-15",
}

#: The receiving side of the same.
REORGANISATION_DECISION_RECEIVED: _Json = {
    **_PROVINCE_2025,
    "intended_date": "2025-07-01",
    "recipients": ["Thường trực LĐLĐ tỉnh (để b/c)", "Các công đoàn cơ sở có tên trong danh sách"],
    "act": "receive",
    "unions": REORGANISATION_DECISION_TRANSFERRED["unions"],
    "union_count": 3,
    "members_total": 62,
    "giving_org": FOUNDING_DECISION["direct_upper_org"],
    "effective_on": "2025-07-01",
    "handover_by": "2025-07-15",
    "transfer_decision": {
        "code": "31/QĐ-LĐLĐ",
        "date": "2025-06-20",
        "issuer": "Ban Thường vụ Liên đoàn Lao động huyện Tam Đường",
        "subject": "Về việc chuyển giao các công đoàn cơ sở về Liên đoàn Lao động tỉnh Lai Châu",
    },
}
