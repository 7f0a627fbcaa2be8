"""The sentence by which a person agrees to the use of personal data, by the law of the day. Pure.

No ticked box: consent is the signature under the sentence (domain brief §7: no default consent; corrections §9).
"""

from __future__ import annotations

from datetime import date

#: From which day which text holds (domain brief §7).
_LAWS = (
    (date(2026, 1, 1), "Luật Bảo vệ dữ liệu cá nhân"),
    (date(2023, 7, 1), "Nghị định số 13/2023/NĐ-CP ngày 17/4/2023 của Chính phủ"),
)


def consent_sentence(on: date) -> str:
    """What stands above the signature of a form with personal data given out on that day."""
    law = next((name for since, name in _LAWS if since <= on), "")
    under = f" theo {law}" if law else ""
    return (
        "Người ký tên dưới đây đồng ý để tổ chức công đoàn sử dụng dữ liệu cá nhân ghi trên biểu mẫu này vào việc"
        f" thành lập công đoàn cơ sở, quản lý và chăm lo đoàn viên{under}; có quyền xem, sửa và rút lại sự đồng ý."
    )
