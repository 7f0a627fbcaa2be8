"""The records with which an office makes its first plan, as its workbook."""

from __future__ import annotations

import json
from datetime import date, timedelta

from core.sheets import Column, SheetData, write_book
from records.models import Measure

TODAY = date.today()  # noqa: DTZ011  # a plan of today, whatever day that is
QUOTA = (
    (Measure.BASE_MEMBERS.label, 9000),
    (Measure.NEW_MEMBERS.label, 120),
    (Measure.NET_INCREASE.label, 90),
    (Measure.NEW_UNIONS.label, 2),
    (Measure.NEW_UNIONS_NONSTATE.label, 2),
    (Measure.NEW_UNIONS_25PLUS.label, 1),
)
PLAN = {
    "subject": "Phát triển đoàn viên, thành lập công đoàn cơ sở",
    "purposes": ["Đưa nhiều người lao động vào tổ chức Công đoàn."],
    "requirements": ["Làm đúng quy trình, đúng đối tượng."],
    "activities": ["Khảo sát, tuyên truyền, vận động người lao động."],
    "locations": ["Các doanh nghiệp trên địa bàn tỉnh"],
    "participants": ["Cán bộ công đoàn các cấp"],
    "budget_source": "Tài chính công đoàn của năm.",
    "means": ["Xe ô tô, tài liệu tuyên truyền."],
    "tasks_by_unit": [{"unit": "Văn phòng", "tasks": ["Chuẩn bị tài liệu, phương tiện."]}],
    "report_rule": "Các đơn vị báo cáo kết quả trước ngày 20 hằng tháng.",
    "timetable": [
        {"work": "Khảo sát doanh nghiệp", "lead_unit": "Văn phòng", "date_to": f"{TODAY + timedelta(30):%Y-%m-%d}",
         "result": "Danh sách doanh nghiệp"}
    ],
}  # fmt: skip


def first_workbook() -> bytes:
    """An enterprise, a campaign with its text, and a quota: what a first plan needs."""
    sheets = (
        ("Doanh nghiệp", ("Mã", "Tên doanh nghiệp", "Mã số thuế", "Loại hình", "Ngành nghề"),
         [("dn-1", "Công ty TNHH A&B <X>", "6299900012", "Công ty TNHH hai thành viên trở lên", "Xây dựng")]),
        ("Địa chỉ doanh nghiệp", ("Mã doanh nghiệp", "Địa chỉ", "Mã đơn vị hành chính", "Từ ngày"),
         [("dn-1", "Tổ 5", "lc2025-phuong-tan-phong", date(2025, 7, 1))]),
        ("Công đoàn phụ trách", ("Mã doanh nghiệp", "Mã tổ chức", "Từ ngày"),
         [("dn-1", "ldld-lai-chau", date(2025, 7, 1))]),
        ("Chiến dịch", ("Mã", "Tên", "Năm", "Mã tổ chức", "Từ ngày", "Đến ngày", "Nội dung kế hoạch"),
         [("ptdv", "Phát triển đoàn viên", TODAY.year, "ldld-lai-chau", TODAY, TODAY + timedelta(60),
           json.dumps(PLAN, ensure_ascii=False))]),
        ("Chỉ tiêu", ("Mã chiến dịch", "Mã tổ chức", "Chỉ tiêu", "Giá trị"),
         [("ptdv", "ldld-lai-chau", label, value) for label, value in QUOTA]),
    )  # fmt: skip
    return write_book(
        [SheetData(name, tuple(Column(h) for h in heads), rows) for name, heads, rows in sheets]
    )
