"""Letters, the returned dossier and reports as papers: every variant, issued and draft, before and after 01/7/2025."""

from __future__ import annotations

from datetime import date

from docgen.kinds import letter_examples, report_example
from docgen.kinds.base import Numbering


def issued(number: int, on: str) -> Numbering:
    return Numbering(number=number, issue_date=date.fromisoformat(on))


#: The dossier of a union under the province, after the districts ended.
RETURN_2025 = {
    **letter_examples.DOSSIER_RETURN,
    "parent_org_name": "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "issuing_org_short": "Liên đoàn Lao động tỉnh Lai Châu",
    "place_name": "Lai Châu",
    "signing_mode": "TM_KT",
    "head_post": "CHỦ TỊCH",
    "signer_post": "PHÓ CHỦ TỊCH",
    "signer_name": "Mào Văn Hặc",
    "intended_date": "2025-11-12",
    "request_document": {
        "code": "01/TTr-CĐCS",
        "date": "2025-11-06",
        "issuer": "Ban Chấp hành Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "subject": "Về việc đề nghị công nhận công đoàn cơ sở",
    },
    "received_on": "2025-11-10",
    "returned_to": "Ban Chấp hành Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
    "recipients": ["Ban Chấp hành Công đoàn cơ sở Công ty TNHH Xây dựng Bình Lư"],
    "contact": "Ban Tổ chức - Kiểm tra Liên đoàn Lao động tỉnh, điện thoại 0912345678",
    "faulty_items": [],
    "deadline": "2025-11-26",
    "submit_to": "Liên đoàn Lao động tỉnh Lai Châu (qua Ban Tổ chức - Kiểm tra)",
    "archive_units": ["VT", "TC-KT"],
}
CORRECTION_2025 = {
    **letter_examples.CORRECTION_LETTER,
    "intended_date": "2025-11-20",
    "addressees": ["Công đoàn cơ sở Công ty TNHH A&B <X>"],
    "corrected_document": {
        "type_name": "Quyết định",
        "code": "214/QĐ-LĐLĐ",
        "date": "2025-11-14",
        "issuer": "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
        "subject": "Về việc công nhận Công đoàn cơ sở Công ty TNHH A&B <X>",
    },
    "corrections": [
        {
            "place": "trích yếu",
            "printed": "V/v công nhận Công đoàn cơ sở Công ty TNHH A&B <X>",
            "corrected": "Về việc công nhận Công đoàn cơ sở Công ty TNHH A&B <X>",
        }
    ],
}
_L, _R = letter_examples, report_example

LETTER_CASES: dict[str, tuple[dict[str, object], Numbering]] = {
    "coordination_letter/lam_viec": (_L.COORDINATION_LETTER, issued(128, "2024-05-06")),
    "coordination_letter/lam_viec_du_thao": (_L.COORDINATION_LETTER, Numbering()),
    "coordination_letter/cung_cap_thong_tin": (
        _L.COORDINATION_LETTER_INFORMATION,
        issued(9, "2025-09-08"),
    ),
    "coordination_letter/cung_cap_thong_tin_du_thao": (
        _L.COORDINATION_LETTER_INFORMATION,
        Numbering(),
    ),
    "correction_letter/dinh_chinh": (_L.CORRECTION_LETTER, issued(131, "2024-05-10")),
    "correction_letter/dinh_chinh_2025_du_thao": (CORRECTION_2025, Numbering()),
    "dossier_return/tra_ho_so": (_L.DOSSIER_RETURN, issued(2, "2024-05-13")),
    "dossier_return/tra_ho_so_2025_du_thao": (RETURN_2025, Numbering()),
    "reminder_letter/nhieu_don_vi": (_L.REMINDER_LETTER, issued(342, "2024-10-07")),
    "reminder_letter/nhieu_don_vi_du_thao": (_L.REMINDER_LETTER, Numbering()),
    "reminder_letter/mot_don_vi": (_L.REMINDER_LETTER_ONE, issued(343, "2024-10-07")),
    "reminder_letter/mot_don_vi_du_thao": (_L.REMINDER_LETTER_ONE, Numbering()),
    "reminder_letter/bao_cao_2025": (_L.REMINDER_LETTER_REPORT, issued(55, "2025-10-22")),
    "result_report/ket_qua": (_R.RESULT_REPORT, issued(88, "2024-10-04")),
    "result_report/ket_qua_du_thao": (_R.RESULT_REPORT, Numbering()),
    "result_report/ket_qua_xa_phuong": (_R.RESULT_REPORT_COMMUNES, issued(19, "2025-11-25")),
    "result_report/khong_cdcs_moi": (_R.RESULT_REPORT_NO_UNION, issued(89, "2024-10-04")),
    "result_report/khong_cdcs_moi_du_thao": (_R.RESULT_REPORT_NO_UNION, Numbering()),
}

#: Pages as a clerk expects them; a letter of two pages carries its last sentence over with the signature.
LETTER_PAGES = {
    "coordination_letter/lam_viec": 2,
    "coordination_letter/lam_viec_du_thao": 2,
    "coordination_letter/cung_cap_thong_tin": 1,
    "coordination_letter/cung_cap_thong_tin_du_thao": 1,
    "correction_letter/dinh_chinh": 1,
    "correction_letter/dinh_chinh_2025_du_thao": 1,
    "dossier_return/tra_ho_so": 1,
    "dossier_return/tra_ho_so_2025_du_thao": 1,
    "reminder_letter/nhieu_don_vi": 3,
    "reminder_letter/nhieu_don_vi_du_thao": 3,
    "reminder_letter/mot_don_vi": 2,
    "reminder_letter/mot_don_vi_du_thao": 2,
    "reminder_letter/bao_cao_2025": 1,
    "result_report/ket_qua": 5,
    "result_report/ket_qua_du_thao": 5,
    "result_report/ket_qua_xa_phuong": 4,
    "result_report/khong_cdcs_moi": 4,
    "result_report/khong_cdcs_moi_du_thao": 4,
}
