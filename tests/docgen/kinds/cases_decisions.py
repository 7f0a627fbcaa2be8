"""Survey teams, notices, admissions, inspection and reorganisation as papers; drafts and both sides of 01/7/2025."""

from __future__ import annotations

from datetime import date

from docgen.kinds import examples_decisions as examples
from docgen.kinds.base import Numbering


def _issued(number: int, on: str) -> Numbering:
    return Numbering(number=number, issue_date=date.fromisoformat(on))


_LISTED = examples.REORGANISATION_DECISION_TRANSFERRED["unions"]
_SOLE = examples.REORGANISATION_DECISION["unions"]
assert isinstance(_LISTED, list)

#: Several unions dissolved, none of them with a reason of its own.
DISSOLVED_LIST = {
    **examples.REORGANISATION_DECISION,
    "unions": _LISTED,
    "union_count": 3,
    "members_total": 62,
    "reason": "các doanh nghiệp chấm dứt hoạt động",
}
MERGED_LIST = {
    **examples.REORGANISATION_DECISION_MERGED,
    "unions": [_LISTED[0], _LISTED[2]],
    "members_after": 62,
    "reason": "số đoàn viên ít, cùng một địa bàn",
}
TRANSFERRED_ONE = {
    **{
        key: value
        for key, value in examples.REORGANISATION_DECISION_TRANSFERRED.items()
        if key not in {"union_count", "members_total", "handover_by"}
    },
    "unions": _SOLE,
}
RECEIVED_ONE = {
    **{
        key: value
        for key, value in examples.REORGANISATION_DECISION_RECEIVED.items()
        if key not in {"union_count", "members_total", "handover_by", "transfer_decision"}
    },
    "unions": _SOLE,
}
#: Admitted by the province after the reform; birth years alone, nobody's ethnicity.
ADMITTED_2025 = {
    **examples.ADMISSION_DECISION,
    **{
        key: examples.REORGANISATION_DECISION[key]
        for key in (
            "parent_org_name", "issuing_org_name", "issuing_org_short", "place_name", "signer_name",
            "archive_units", "direct_upper_org", "proposing_unit", "executing_units",
        )
    },
    "intended_date": "2025-09-08",
    "union_name": "Công đoàn cơ sở Công ty TNHH A&B <X>",
    "enterprise_name": "Công ty TNHH A&B <X>",
    "recipients": ["Giám đốc Công ty TNHH A&B <X> (để p/h)"],
    "members": [
        {"full_name": "Giàng A H'Mông", "dob": "1992", "gender": "male", "job": "Lái máy <20 tấn>"},
        {"full_name": "Lò Thị Ín", "dob": "1999-01", "gender": "female", "job": "R&D"},
        {"full_name": "Vàng", "dob": "2000-02-29"},
        {"full_name": "Nguyễn Thị Thanh Thủy", "applied_on": "2025-09-01"},
        {"full_name": "Tẩn Lở Mẩy", "job": "Cấp dưỡng"},
    ],
    "member_count": 5,
    "founding_decision": {
        "code": "118/QĐ-LĐLĐ",
        "date": "2025-09-08",
        "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
        "subject": "Về việc thành lập Công đoàn cơ sở Công ty TNHH A&B <X>",
    },
    "founding_member_names": [],
}  # fmt: skip

CASES = {
    "survey_team_decision/doan_khao_sat": (
        examples.SURVEY_TEAM_DECISION,
        _issued(134, "2024-05-06"),
    ),
    "survey_team_decision/to_khao_sat_du_thao": (examples.SURVEY_TEAM_DECISION_SMALL, Numbering()),
    "assignment_notice/thong_bao": (examples.ASSIGNMENT_NOTICE, _issued(9, "2024-05-06")),
    "assignment_notice/thong_bao_du_thao": (examples.ASSIGNMENT_NOTICE, Numbering()),
    "admission_decision/ket_nap": (examples.ADMISSION_DECISION, _issued(8, "2024-05-06")),
    "admission_decision/ket_nap_2025": (ADMITTED_2025, _issued(119, "2025-09-08")),
    "admission_decision/cong_nhan_du_thao": (examples.ADMISSION_DECISION_RECOGNISED, Numbering()),
    "inspection_committee_decision/cong_nhan": (
        examples.INSPECTION_COMMITTEE_DECISION,
        _issued(13, "2024-05-20"),
    ),
    "inspection_committee_decision/chi_dinh": (
        examples.INSPECTION_COMMITTEE_DECISION_APPOINTED,
        _issued(120, "2025-09-08"),
    ),
    "inspection_committee_decision/giao_nhiem_vu_du_thao": (
        examples.INSPECTION_COMMITTEE_DECISION_DUTY,
        Numbering(),
    ),
    "reorganisation_decision/giai_the": (
        examples.REORGANISATION_DECISION,
        _issued(214, "2025-11-14"),
    ),
    "reorganisation_decision/giai_the_danh_sach": (DISSOLVED_LIST, _issued(215, "2025-11-14")),
    "reorganisation_decision/sap_nhap_du_thao": (
        examples.REORGANISATION_DECISION_MERGED,
        Numbering(),
    ),
    "reorganisation_decision/sap_nhap_danh_sach": (MERGED_LIST, _issued(216, "2025-11-14")),
    "reorganisation_decision/chuyen_giao": (TRANSFERRED_ONE, _issued(30, "2025-06-20")),
    "reorganisation_decision/chuyen_giao_danh_sach": (
        examples.REORGANISATION_DECISION_TRANSFERRED,
        _issued(31, "2025-06-20"),
    ),
    "reorganisation_decision/tiep_nhan_du_thao": (RECEIVED_ONE, Numbering()),
    "reorganisation_decision/tiep_nhan_danh_sach": (
        examples.REORGANISATION_DECISION_RECEIVED,
        _issued(98, "2025-07-01"),
    ),
}

#: Sheets a clerk counts: see test_printed.
PAGES = {
    "survey_team_decision/doan_khao_sat": 3,
    "survey_team_decision/to_khao_sat_du_thao": 3,
    "assignment_notice/thong_bao": 2,
    "assignment_notice/thong_bao_du_thao": 2,
    "admission_decision/ket_nap": 2,
    "admission_decision/ket_nap_2025": 2,
    "admission_decision/cong_nhan_du_thao": 3,
    "inspection_committee_decision/cong_nhan": 2,
    "inspection_committee_decision/chi_dinh": 2,
    "inspection_committee_decision/giao_nhiem_vu_du_thao": 1,
    "reorganisation_decision/giai_the": 1,
    "reorganisation_decision/giai_the_danh_sach": 2,
    "reorganisation_decision/sap_nhap_du_thao": 1,
    "reorganisation_decision/sap_nhap_danh_sach": 2,
    "reorganisation_decision/chuyen_giao": 1,
    "reorganisation_decision/chuyen_giao_danh_sach": 2,
    "reorganisation_decision/tiep_nhan_du_thao": 1,
    "reorganisation_decision/tiep_nhan_danh_sach": 2,
}
