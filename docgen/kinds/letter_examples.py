# ruff: noqa: E501 (a sentence reads best whole)
"""Complete example data of letters and of the returned dossier. Every person, company and figure is made up."""

from __future__ import annotations

from docgen.kinds.sample_campaign import PROVINCE_2024

_Json = dict[str, object]

_PLAN: _Json = {
    "type_name": "Kế hoạch",
    "code": "70/KH-LĐLĐ",
    "date": "2024-05-02",
    "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
    "subject": "về khảo sát, nắm tình hình công nhân lao động, vận động phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
}
_QUOTA: _Json = {
    "type_name": "Quyết định",
    "code": "133/QĐ-LĐLĐ",
    "date": "2024-05-03",
    "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
    "subject": "về việc giao chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở năm 2024",
}
_SPEAKER = "Ban Tổ chức - Kiểm tra"
_CONTACT = "đồng chí Hoàng Thị Mai, chuyên viên Ban Tổ chức - Kiểm tra, điện thoại 0912345678"
_LETTER: _Json = {**PROVINCE_2024, "doc_symbol": "LĐLĐ-TCKT", "recipients": ["Như trên"]}


def _unit(name: str, *figures: int) -> _Json:
    keys = ("target_members", "done_members", "target_unions", "done_unions")
    return {"org_name": name, **dict(zip(keys, figures, strict=True))}


_BEHIND = [
    _unit("Liên đoàn Lao động huyện Sìn Hồ", 85, 31, 2, 1),
    _unit("Liên đoàn Lao động huyện Nậm Nhùn", 60, 12, 1, 0),
    _unit("Liên đoàn Lao động huyện Mường Tè", 70, 34, 2, 1),
]

REMINDER_LETTER: _Json = {
    **_LETTER,
    "intended_date": "2024-10-07",
    "recipients": [
        "Thường trực LĐLĐ tỉnh",
        "Thành viên Ban Chỉ đạo phát triển đoàn viên",
    ],
    "addressees": [row["org_name"] for row in _BEHIND],
    "bases": [_PLAN, _QUOTA],
    "year": 2024,
    "cut_off_date": "2024-09-30",
    "expected_percent": 75,
    "lagging": _BEHIND,
    "missing_reports": [
        {
            "org_name": "Liên đoàn Lao động huyện Nậm Nhùn",
            "period": "2024-09",
            "due_date": "2024-09-20",
        }
    ],
    "requests": [
        "Cử cán bộ tham gia cùng đoàn công tác của Liên đoàn Lao động tỉnh tại những doanh nghiệp còn vướng mắc"
    ],
    "deadline": "2024-10-21",
    "report_to": f"Liên đoàn Lao động tỉnh (qua {_SPEAKER})",
    "contact": _CONTACT,
}

#: To one unit: its figures stand in the text.
REMINDER_LETTER_ONE: _Json = {
    **{key: value for key, value in REMINDER_LETTER.items() if key not in {"requests", "contact"}},
    "addressees": ["Liên đoàn Lao động huyện Nậm Nhùn"],
    "lagging": [_BEHIND[1]],
}

#: After 01/7/2025: the unions directly under the province, a report alone.
REMINDER_LETTER_REPORT: _Json = {
    **_LETTER,
    "intended_date": "2025-10-22",
    "addressees": ["Các công đoàn cơ sở trực thuộc Liên đoàn Lao động tỉnh Lai Châu"],
    "bases": [
        {
            **_PLAN,
            "code": "42/KH-LĐLĐ",
            "date": "2025-07-15",
            "subject": "về phát triển đoàn viên, thành lập công đoàn cơ sở 6 tháng cuối năm 2025",
        }
    ],
    "year": 2025,
    "cut_off_date": "2025-10-20",
    "missing_reports": [
        {
            "org_name": "Các công đoàn cơ sở trực thuộc Liên đoàn Lao động tỉnh Lai Châu",
            "period": "2025-10",
            "due_date": "2025-10-20",
        }
    ],
    "deadline": "2025-10-31",
    "report_to": f"Liên đoàn Lao động tỉnh (qua {_SPEAKER})",
}

COORDINATION_LETTER: _Json = {
    **_LETTER,
    "intended_date": "2024-05-06",
    "recipients": ["Như trên", "Liên đoàn Lao động huyện Tam Đường (để p/h)"],
    "addressees": ["Công ty TNHH Xây dựng Bình Lư"],
    "bases": [_PLAN],
    "purpose": "visit",
    "addressed_to": "employer",
    "addressee_title": "Quý Công ty",
    "topic": "khảo sát tình hình lao động, vận động thành lập công đoàn cơ sở",
    "visit_from": "2024-05-14",
    "visit_to": "2024-05-14",
    "start_time": "08:30",
    "venue": "Trụ sở Công ty TNHH Xây dựng Bình Lư, xã Bình Lư, huyện Tam Đường",
    "team": [
        {
            "full_name": "Lò Thị Mẫn",
            "post": "Phó Chủ tịch Liên đoàn Lao động tỉnh Lai Châu",
            "is_lead": True,
        },
        {
            "full_name": "Hoàng Thị Mai",
            "post": "Chuyên viên Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh Lai Châu",
        },
        {
            "full_name": "Chẻo Thị Linh",
            "post": "Chuyên viên Liên đoàn Lao động huyện Tam Đường",
        },
    ],
    "asked_items": [
        "Cử đại diện lãnh đạo đơn vị làm việc với Đoàn công tác",
        "Chuẩn bị số liệu về số lao động, lao động nữ, số lao động tham gia bảo hiểm xã hội và tiền lương bình quân",
        "Bố trí để Đoàn công tác gặp gỡ, tuyên truyền về Công đoàn Việt Nam đến người lao động",
    ],
    "deadline": "2024-05-13",
    "report_to": f"Liên đoàn Lao động tỉnh Lai Châu (qua {_SPEAKER})",
    "contact": _CONTACT,
}

#: To authorities after 01/7/2025: information about enterprises.
COORDINATION_LETTER_INFORMATION: _Json = {
    **_LETTER,
    "intended_date": "2025-09-08",
    "signing_mode": "TM_KT",
    "head_post": "CHỦ TỊCH",
    "signer_post": "PHÓ CHỦ TỊCH",
    "signer_name": "Mào Văn Hặc",
    "addressees": [
        "Ủy ban nhân dân các xã, phường",
        "Sở Nội vụ tỉnh Lai Châu",
        "Bảo hiểm xã hội tỉnh Lai Châu",
        "Thuế tỉnh Lai Châu",
    ],
    "bases": REMINDER_LETTER_REPORT["bases"],
    "purpose": "information",
    "addressed_to": "authority",
    "topic": "cung cấp thông tin về doanh nghiệp, lao động trên địa bàn",
    "asked_items": [
        "Danh sách doanh nghiệp, hợp tác xã đang hoạt động có từ 10 lao động trở lên (tên, mã số thuế, địa chỉ)",
        "Số lao động tham gia bảo hiểm xã hội của từng doanh nghiệp, hợp tác xã",
    ],
    "deadline": "2025-09-22",
    "report_to": f"Liên đoàn Lao động tỉnh Lai Châu (qua {_SPEAKER})",
    "contact": _CONTACT,
}

_UNION = "Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"

DOSSIER_RETURN: _Json = {
    "parent_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG",
    "issuing_org_short": "Liên đoàn Lao động huyện Tam Đường",
    "place_name": "Tam Đường",
    "doc_symbol": "PC-LĐLĐ",
    "intended_date": "2024-05-13",
    "signing_mode": "TM",
    "signing_collective": "BAN THƯỜNG VỤ",
    "signer_post": "CHỦ TỊCH",
    "signer_name": "Lò Thị Ánh",
    "recipients": ["Ban vận động thành lập Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"],
    "archive_units": ["VT", "Hồ sơ"],
    "union_name": _UNION,
    "enterprise_name": "Công ty TNHH Xây dựng Bình Lư",
    "returned_to": f"Ban vận động thành lập {_UNION}",
    "request_document": {
        "code": "01/TTr-BVĐ",
        "date": "2024-05-08",
        "issuer": f"Ban vận động thành lập {_UNION}",
        "subject": "Về việc đề nghị công nhận công đoàn cơ sở và kết quả bầu cử tại đại hội thành lập",
    },
    "received_on": "2024-05-10",
    "missing_items": [
        {"item": "Danh sách trích ngang Ban Chấp hành"},
        {"item": "Báo cáo tình hình sử dụng lao động gần nhất"},
    ],
    "faulty_items": [
        {
            "item": "Biên bản kiểm phiếu bầu Ban Chấp hành",
            "reason": "Chưa có chữ ký của Trưởng ban kiểm phiếu",
        }
    ],
    "deadline": "2024-05-27",
    "submit_to": "Liên đoàn Lao động huyện Tam Đường",
    "contact": "đồng chí Chẻo Thị Linh, Văn phòng Liên đoàn Lao động huyện, điện thoại 0912345678",
}

CORRECTION_LETTER: _Json = {
    **_LETTER,
    "intended_date": "2024-05-10",
    "addressees": [
        "Thường trực Liên đoàn Lao động tỉnh",
        "Thành viên Ban Chỉ đạo phát triển đoàn viên",
        "Liên đoàn Lao động các huyện, thành phố",
    ],
    "corrected_document": _QUOTA,
    "corrections": [
        {
            "place": "phần căn cứ, dòng thứ hai",
            "printed": "Quyết định số 675 /QĐ-TLĐ, ngày 02/4/2024",
            "corrected": "Quyết định số 675/QĐ-TLĐ ngày 02 tháng 4 năm 2024",
        },
        {
            "place": "trang 2, Nơi nhận",
            "printed": "- Lưu VT, TC-KT",
            "corrected": "- Lưu: VT, TC-KT.",
        },
    ],
}
