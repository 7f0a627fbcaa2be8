# ruff: noqa: E501 (a table reads best with one entry a line)
"""Complete example data of the kinds. Every person, company and number here is made up."""

from __future__ import annotations

_Json = dict[str, object]

_UNION = "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"
_ENTERPRISE = "Công ty TNHH Xây dựng Bình Lư"
_DISTRICT = "Liên đoàn Lao động huyện Tam Đường"
_CHAIR = "Lò Thị Ánh"

_DISTRICT_HEADER: _Json = {
    "parent_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG",
    "issuing_org_short": _DISTRICT,
    "place_name": "Tam Đường",
}
_PROVINCE_HEADER: _Json = {
    "parent_org_name": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_short": "Liên đoàn Lao động tỉnh Lai Châu",
    "place_name": "Lai Châu",
}
_STANDING_COMMITTEE: _Json = {
    "signing_mode": "TM",
    "signing_collective": "BAN THƯỜNG VỤ",
    "signer_post": "CHỦ TỊCH",
    "signer_name": _CHAIR,
}


def _member(full_name: str, dob: str, gender: str, ethnicity: str, job: str) -> _Json:
    return {
        "full_name": full_name,
        "dob": dob,
        "gender": gender,
        "ethnicity": ethnicity,
        "job": job,
    }


_MEMBERS: list[_Json] = [
    _member("Lò Văn Tâm", "1988-03-15", "male", "Thái", "Phó phòng Kỹ thuật"),
    _member("Vàng Thị Sao", "1994-02-09", "female", "Mông", "Kế toán"),
    _member("Nguyễn Văn An", "1985-11-20", "male", "Kinh", "Lái máy xúc"),
    _member("Tao Văn Dung", "1990-07-01", "male", "Lự", "Thợ hàn"),
    _member("Lù Thị Phương", "1996-12-24", "female", "Giáy", "Thủ kho"),
    _member("Giàng A Chứ", "1992-05-05", "male", "Mông", "Lái xe"),
    _member("Tẩn Lở Mẩy", "1998-10-10", "female", "Dao", "Cấp dưỡng"),
    _member("Hoàng Văn Thắng", "1983-01-18", "male", "Thái", "Đội trưởng thi công"),
    _member("Phùng Gì Xó", "1995-09-03", "male", "Hà Nhì", "Thợ nề"),
    _member("Lý Thị Mỷ", "1999-04-27", "female", "Mông", "Thống kê"),
    _member("Đèo Văn Ơn", "1987-06-12", "male", "Thái", "Thợ nề"),
    _member("Trần Thị Bưởi", "1991-08-30", "female", "Kinh", "Hành chính"),
]

FOUNDING_DECISION: _Json = {
    **_DISTRICT_HEADER,
    **_STANDING_COMMITTEE,
    "doc_symbol": "QĐ-LĐLĐ",
    "intended_date": "2024-05-06",
    "recipients": [
        "Ban Thường vụ LĐLĐ tỉnh (để b/c)",
        "Thường trực Huyện ủy (để b/c)",
        "Giám đốc Công ty TNHH Xây dựng Bình Lư (để p/h)",
    ],
    "archive_units": ["VT"],
    "act": "found",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "direct_upper_org": _DISTRICT,
    "member_count": len(_MEMBERS),
    "members": _MEMBERS,
    "organising_group": f"người lao động {_ENTERPRISE}",
    "proposing_unit": "Văn phòng Liên đoàn Lao động huyện",
    "executing_units": "Văn phòng Liên đoàn Lao động huyện",
}

#: The same union by the other path: its congress was held and its committee asks to be recognised.
FOUNDING_DECISION_RECOGNISED: _Json = {
    **FOUNDING_DECISION,
    "act": "recognise",
    "congress_date": "2024-05-04",
    "request_document": {
        "code": "01/TTr-CĐCS",
        "date": "2024-05-05",
        "issuer": f"Ban Chấp hành {_UNION}",
        "subject": "Về việc đề nghị công nhận công đoàn cơ sở và Ban Chấp hành công đoàn cơ sở",
    },
}

_FOUNDING_REFERENCE: _Json = {
    "code": "06/QĐ-LĐLĐ",
    "date": "2024-05-06",
    "issuer": f"Ban Thường vụ {_DISTRICT}",
    "subject": f"Về việc thành lập {_UNION}",
}

COMMITTEE_DECISION: _Json = {
    **_DISTRICT_HEADER,
    **_STANDING_COMMITTEE,
    "doc_symbol": "QĐ-LĐLĐ",
    "intended_date": "2024-05-06",
    "recipients": [
        "Ban Thường vụ LĐLĐ tỉnh (để b/c)",
        "Giám đốc Công ty TNHH Xây dựng Bình Lư (để p/h)",
    ],
    "archive_units": ["VT"],
    "committee": "provisional",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "founding_decision": _FOUNDING_REFERENCE,
    "members": [
        {"full_name": "Lò Văn Tâm", "job": "Phó phòng Kỹ thuật", "union_post": "chair"},
        {"full_name": "Vàng Thị Sao", "job": "Kế toán", "union_post": "vice_chair"},
        {"full_name": "Nguyễn Văn An", "job": "Lái máy xúc", "union_post": "member"},
    ],
    "member_count": 3,
    "union_members_total": len(_MEMBERS),
    "union_member_names": [str(member["full_name"]) for member in _MEMBERS],
    "provisional_months": 12,
    "proposing_unit": "Văn phòng Liên đoàn Lao động huyện",
    "executing_units": "Văn phòng Liên đoàn Lao động huyện",
}

COMMITTEE_DECISION_ELECTED: _Json = {
    **{key: value for key, value in COMMITTEE_DECISION.items() if key != "provisional_months"},
    "committee": "elected",
    "intended_date": "2024-05-20",
    "term_start": 2024,
    "term_end": 2028,
    "congress_date": "2024-05-15",
    "request_document": {
        "code": "01/TTr-CĐCS",
        "date": "2024-05-17",
        "issuer": f"Ban Chấp hành {_UNION}",
        "subject": "Về việc đề nghị công nhận Ban Chấp hành và các chức danh trong Ban Chấp hành",
    },
}

#: Appointed for a full term by the province, under the 2024 law.
COMMITTEE_DECISION_APPOINTED: _Json = {
    **_PROVINCE_HEADER,
    "signing_mode": "TM_KT",
    "signing_collective": "BAN THƯỜNG VỤ",
    "head_post": "CHỦ TỊCH",
    "signer_post": "PHÓ CHỦ TỊCH",
    "signer_name": "Mào Văn Hặc",
    "doc_symbol": "QĐ-LĐLĐ",
    "intended_date": "2025-09-08",
    "recipients": ["Giám đốc Công ty TNHH Xây dựng Bình Lư (để p/h)"],
    "archive_units": ["VT", "TC-KT"],
    "committee": "appointed",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "founding_decision": {
        **_FOUNDING_REFERENCE,
        "code": "118/QĐ-LĐLĐ",
        "date": "2025-09-08",
        "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
    },
    "members": COMMITTEE_DECISION["members"],
    "member_count": 3,
    "union_members_total": len(_MEMBERS),
    "term_start": 2025,
    "term_end": 2030,
    "proposing_unit": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
    "executing_units": "Văn phòng, Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
}

INTRODUCTION_LETTER: _Json = {
    **_PROVINCE_HEADER,
    "doc_symbol": "GGT-LĐLĐ",
    "intended_date": "2024-05-06",
    "signing_mode": "KT",
    "head_post": "CHỦ TỊCH",
    "signer_post": "PHÓ CHỦ TỊCH",
    "signer_name": "Mào Văn Hặc",
    "recipients": ["Liên đoàn Lao động huyện Tam Đường (để p/h)"],
    "archive_units": ["VT", "TC-KT"],
    "introduced_person": "Hoàng Thị Mai",
    "gender": "female",
    "post": "Chuyên viên Ban Tổ chức - Kiểm tra",
    "sent_to": _ENTERPRISE,
    "sent_to_title": "Quý Công ty",
    "purpose": "khảo sát tình hình lao động, tuyên truyền, vận động thành lập công đoàn cơ sở",
    "valid_until": "2024-05-31",
}

INVITATION: _Json = {
    **_DISTRICT_HEADER,
    **_STANDING_COMMITTEE,
    "doc_symbol": "GM-LĐLĐ",
    "intended_date": "2024-05-10",
    "recipients": ["Thường trực Huyện ủy (để b/c)"],
    "archive_units": ["VT"],
    "event": f"Lễ công bố quyết định thành lập và ra mắt {_UNION}",
    "decision": _FOUNDING_REFERENCE,
    "invitees": [
        "Đại diện Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
        "Đại diện Đảng ủy, Ủy ban nhân dân xã Bình Lư",
        "Ông Vàng A Páo, Giám đốc Công ty TNHH Xây dựng Bình Lư",
        "Toàn thể đoàn viên Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
    ],
    "chair": f"Đồng chí {_CHAIR}, Chủ tịch {_DISTRICT}",
    "event_date": "2024-05-16",
    "start_time": "14:00",
    "venue": "Hội trường Công ty TNHH Xây dựng Bình Lư, xã Bình Lư, huyện Tam Đường",
    "contact": "đồng chí Chẻo Thị Linh, Văn phòng Liên đoàn Lao động huyện, điện thoại 0912345678",
}

LAUNCH_MINUTES: _Json = {
    **{key: value for key, value in _DISTRICT_HEADER.items() if key != "place_name"},
    "doc_symbol": "BB-LĐLĐ",
    "intended_date": "2024-05-16",
    "union_name": _UNION,
    "enterprise_name": _ENTERPRISE,
    "event_date": "2024-05-16",
    "start_time": "14:00",
    "end_time": "15:30",
    "venue": "Hội trường Công ty TNHH Xây dựng Bình Lư, xã Bình Lư, huyện Tam Đường",
    "chair": {"full_name": _CHAIR, "post": f"Chủ tịch {_DISTRICT}"},
    "secretary": {"full_name": "Chẻo Thị Linh", "post": f"Chuyên viên Văn phòng {_DISTRICT}"},
    "guests": [
        {"full_name": _CHAIR, "post": f"Chủ tịch {_DISTRICT}", "side": "union"},
        {
            "full_name": "Hoàng Thị Mai",
            "post": "Chuyên viên Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh",
            "side": "union",
        },
        {
            "full_name": "Lê Văn Hùng",
            "post": "Phó Chủ tịch Ủy ban nhân dân xã Bình Lư",
            "side": "authority",
        },
        {
            "full_name": "Vàng A Páo",
            "post": "Giám đốc Công ty TNHH Xây dựng Bình Lư",
            "side": "employer",
        },
    ],
    "members_present": 11,
    "members_total": 12,
    "decisions": [
        _FOUNDING_REFERENCE,
        {
            "code": "07/QĐ-LĐLĐ",
            "date": "2024-05-06",
            "issuer": f"Ban Thường vụ {_DISTRICT}",
            "subject": f"Về việc chỉ định Ban Chấp hành lâm thời {_UNION}",
        },
    ],
    "presented": [
        {"full_name": "Lò Văn Tâm", "post": "chair"},
        {"full_name": "Vàng Thị Sao", "post": "vice_chair"},
        {"full_name": "Nguyễn Văn An", "post": "member"},
    ],
    "provisional": True,
    "gifts": "tặng hoa chúc mừng",
    "speeches": [
        {
            "speaker": "Đồng chí Lò Văn Tâm, Chủ tịch Công đoàn cơ sở",
            "role": "new_chair",
            "summary": "Hứa cùng Ban Chấp hành chăm lo, bảo vệ quyền, lợi ích hợp pháp của đoàn viên, người lao động",
        },
        {
            "speaker": "Ông Vàng A Páo, Giám đốc Công ty",
            "role": "employer",
            "summary": "Cam kết tạo điều kiện về thời gian, nơi làm việc để công đoàn cơ sở hoạt động",
        },
        {
            "speaker": f"Đồng chí {_CHAIR}, Chủ tịch {_DISTRICT}",
            "role": "upper",
            "summary": "Đề nghị Ban Chấp hành xây dựng quy chế hoạt động, chương trình công tác và tổ chức đại hội đúng thời hạn",
        },
    ],
    "employer_representative": "Vàng A Páo",
    "archive_units": ["VT", "Hồ sơ"],
}
