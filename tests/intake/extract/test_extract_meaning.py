"""What people write, and what it means; doubt is said, never guessed away."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from core.forms import FormField, get_form
from intake.extract.found import By, Found
from intake.extract.meaning import mean

SURVEY = get_form("enterprise_survey")
VOTES = get_form("vote_count")
MEMBERS = get_form("member_list")
FIELDS = {
    "count": SURVEY.field("workers_total"),
    "wage": SURVEY.field("avg_wage"),
    "day": SURVEY.field("survey_date"),
    "partial": SURVEY.field("founded_date"),
    "tax": SURVEY.field("tax_code"),
    "phone": SURVEY.field("legal_rep_phone"),
    "id": MEMBERS.column("id_number"),
    "name": MEMBERS.column("full_name"),
    "ethnicity": MEMBERS.column("ethnicity"),
    "text": SURVEY.field("proposals"),
    "note": MEMBERS.column("note"),
    "email": SURVEY.field("contact_email"),
    "bool": SURVEY.field("has_union"),
    "status": SURVEY.field("status"),
    "type": SURVEY.field("enterprise_type"),
    "gender": MEMBERS.column("gender"),
    "post": get_form("recognition_request").column("post"),
    "votes": VOTES.column("votes"),
    "rate": VOTES.column("rate"),
    "net": get_form("progress_report").column("month_net"),
    "time": get_form("launch_report").field("start_time"),
    "term": get_form("recognition_request").field("term"),
    "period": get_form("progress_report").field("period"),
}


def field(name: str) -> FormField:
    return FIELDS[name]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("count", "27", 27),
        ("count", "27 người", 27),
        ("count", "05", 5),
        ("count", "03 (ba)", 3),
        ("count", "1.234", 1234),
        ("count", "1 234", 1234),
        ("count", "không", 0),
        ("count", "có 12 lao động", 12),
        ("count", "hai mươi bảy", 27),
        ("votes", "11/12 phiếu", 11),
        ("votes", "11 phiếu = 91,7%", 11),
        ("votes", "04/04", 4),
        ("net", "-3", -3),
        ("rate", "87,5%", 87.5),
        ("rate", "87.5 %", 87.5),
        ("rate", "100", 100),
        ("rate", "11/12", 91.67),
        ("wage", "7,5 triệu", 7_500_000),
        ("wage", "7.500.000đ", 7_500_000),
        ("wage", "7.500.000 đồng/tháng", 7_500_000),
        ("wage", "7tr5", 7_500_000),
        ("day", "14/5/2024", "2024-05-14"),
        ("day", "14-05-2024", "2024-05-14"),
        ("day", "ngày 14 tháng 5 năm 2024", "2024-05-14"),
        ("day", "Lai Châu, ngày 14 tháng 5 năm 2024", "2024-05-14"),
        ("partial", "tháng 5/2019", "2019-05"),
        ("partial", "năm 2019", "2019"),
        ("partial", "12/3/2019", "2019-03-12"),
        ("time", "14 giờ 00 phút", "14:00"),
        ("time", "8h30", "08:30"),
        ("term", "2024 - 2028", "2024-2028"),
        ("term", "2024/2028", "2024-2028"),
        ("period", "tháng 5/2024", "2024-05"),
        ("period", "quý II/2024", "2024-Q2"),
        ("period", "6 tháng đầu năm 2024", "2024-H1"),
        ("tax", "MST: 6299900012", "6299900012"),
        ("tax", "62 999 000 12", "6299900012"),
        ("phone", "0912.000.345", "0912000345"),
        ("phone", "+84 912 000 345", "0912000345"),
        ("phone", "0912000345 / 0213 3876 543", "0912000345; 02133876543"),
        ("phone", "912000345", "0912000345"),
        ("id", "012 196 999 999", "012196999999"),
        ("name", "LÒ THỊ MẪU", "Lò Thị Mẫu"),
        ("name", "Ông Vàng A Páo", "Vàng A Páo"),
        ("name", "GIÀNG A H'MÔNG", "Giàng A H'Mông"),
        ("ethnicity", "H'Mông", "Mông"),
        ("ethnicity", "HÀ NHÌ", "Hà Nhì"),
        ("ethnicity", "Khmú", "Khơ Mú"),
        ("text", "Không", None),
        ("text", "-", None),
        ("text", "//", None),
        ("text", "Không có.", None),
        ("text", "Không đủ nhà ở", "Không đủ nhà ở"),
        ("email", "ketoan@vidu.example", "ketoan@vidu.example"),
        ("bool", "Có", True),
        ("bool", "Chưa", False),
        ("bool", "x", True),
        ("bool", "chưa có", False),
        ("bool", "☒ Có ☐ Không", True),
        ("bool", "☐ Có ☑ Chưa", False),
        ("bool", "Có, từ năm 2020", True),
        ("status", "Đang hoạt động", "active"),
        ("status", "dang hoat dong", "active"),
        ("status", "☐ Đang hoạt động ☒ Tạm ngừng ☐ Giải thể", "suspended"),
        ("status", "[ ] Đang hoạt động [x] Giải thể", "dissolved"),
        ("type", "Cty TNHH MTV", "llc_single"),
        ("type", "TNHH 2TV", "llc_multi"),
        ("type", "DNTN", "private"),
        ("type", "Doanh nghiệp FDI", "fdi"),
        ("gender", "nữ", "female"),
        ("gender", "Nam", "male"),
        ("post", "UV.BCH", "member"),
        ("post", "PCT", "vice_chair"),
    ],
)
def test_value_of_a_text(name: str, text: str, value: object) -> None:
    got = mean(field(name), Found(text, By.CELL))
    assert got.value == value
    assert [doubt for doubt in got.doubts if not doubt.light] == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("count", "khoảng 50", "approximate"),
        ("count", "50-60 người", "approximate"),
        ("count", "nhiều", "unreadable"),
        ("wage", "1.500", "ambiguous"),
        ("wage", "1.234.567,50", "unreadable"),
        ("wage", "khoảng 7 triệu", "approximate"),
        ("day", "30/02/2024", "bad_date"),
        ("day", "tháng 5/2024", "day_missing"),
        ("day", "14/5/24", "two_digit_year"),
        ("day", "5/14/2024", "us_order"),
        ("partial", "quý II/2024", "quarter"),
        ("tax", "6299900013", "bad_tax_code"),
        ("tax", "6.29990E+09", "digits_lost"),
        ("phone", "09120003", "bad_phone"),
        ("id", "01219699999", "bad_id_number"),
        ("name", "Mẫu", "short_name"),
        ("name", "Lò Thị Mẫu 2", "odd_name"),
        ("ethnicity", "Xá", "ambiguous"),
        ("email", "ketoan tại vidu", "bad_email"),
        ("bool", "có thể", "not_yes_no"),
        ("bool", "☒ Có ☒ Không", "several_ticked"),
        ("status", "Lúc được lúc mất", "not_in_list"),
        ("status", "☒ Đang hoạt động ☒ Tạm ngừng", "several_ticked"),
    ],
)
def test_doubt_is_said(name: str, text: str, code: str) -> None:
    got = mean(field(name), Found(text, By.CELL))
    assert code in [doubt.code for doubt in got.doubts]
    if code not in {"two_digit_year", "us_order", "short_name", "odd_name", "bad_email"}:
        assert got.value is None
    assert got.raw == text


@pytest.mark.parametrize(
    ("name", "native", "number_format", "value"),
    [
        ("count", 27, "General", 27),
        ("count", 27.0, "General", 27),
        ("day", datetime(2024, 5, 14), "dd/mm/yyyy", "2024-05-14"),  # noqa: DTZ001 - a workbook knows no zone
        ("partial", date(2024, 6, 1), "mm/yyyy", "2024-06"),
        ("time", time(8, 30), "hh:mm", "08:30"),
        ("rate", 0.875, "0.0%", 87.5),
        ("rate", 87.5, "General", 87.5),
        ("tax", 6299900012, "General", "6299900012"),
        ("phone", 912000345, "General", "0912000345"),
        ("id", 12196999999, "General", "012196999999"),
        ("wage", 7500000, "#,##0", 7_500_000),
        ("bool", True, "General", True),
    ],
)
def test_value_of_a_workbook_cell(
    name: str, native: object, number_format: str, value: object
) -> None:
    found = Found(str(native), By.CELL, native=native, number_format=number_format)
    assert mean(field(name), found).value == value


@pytest.mark.parametrize("name", list(FIELDS))
def test_nothing_written_is_blank(name: str) -> None:
    got = mean(field(name), Found("", By.CELL))
    assert got.blank
    assert got.doubts == ()


def test_boxes_that_nobody_ticked_are_blank() -> None:
    assert mean(field("status"), Found("☐ Đang hoạt động ☐ Tạm ngừng", By.CELL)).blank
    assert mean(field("bool"), Found("☐ Có ☐ Không", By.CELL)).blank


def test_a_control_says_its_choice() -> None:
    found = Found("Công ty TNHH MTV nào đó", By.CONTROL, choice="llc_single")
    assert mean(field("type"), found).value == "llc_single"
    assert mean(field("bool"), Found("", By.CONTROL, checked=False)).value is False
