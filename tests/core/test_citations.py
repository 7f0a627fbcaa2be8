from __future__ import annotations

from datetime import date

from core.citations import Citation, bases, cite, cite_again, punctuate

QUOTA = Citation(
    "Quyết định",
    code="675/QĐ-TLĐ",
    date=date(2024, 4, 2),
    issuer="Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam",
    subject="Về việc giao chỉ tiêu thực hiện nhiệm vụ năm 2024",
)


def test_first_citation_is_full_and_the_summary_begins_small() -> None:
    assert cite(QUOTA) == (
        "Quyết định số 675/QĐ-TLĐ ngày 02 tháng 4 năm 2024 của Đoàn Chủ tịch Tổng Liên đoàn Lao động "
        "Việt Nam về việc giao chỉ tiêu thực hiện nhiệm vụ năm 2024"
    )


def test_later_citation_is_type_and_number() -> None:
    assert cite_again(QUOTA) == "Quyết định số 675/QĐ-TLĐ"
    assert cite_again(Citation("Luật Công đoàn", is_law=True)) == "Luật Công đoàn"


def test_law_is_cited_by_name_and_date_without_number_and_body() -> None:
    law = Citation(
        "Luật Công đoàn",
        code="12/2012/QH13",
        date=date(2012, 6, 20),
        issuer="Quốc hội",
        is_law=True,
    )
    assert cite(law) == "Luật Công đoàn ngày 20 tháng 6 năm 2012"


def test_parts_left_out_leave_nothing_behind() -> None:
    assert cite(Citation("Điều lệ Công đoàn Việt Nam")) == "Điều lệ Công đoàn Việt Nam"
    assert (
        cite(Citation.of({"type_name": None, "code": "1/TTr-CĐCS"}, type_name="Tờ trình"))
        == "Tờ trình số 1/TTr-CĐCS"
    )


def test_a_name_at_the_head_of_a_summary_keeps_its_capital() -> None:
    cited = Citation("Kế hoạch", subject="Công đoàn cơ sở Công ty A&B tổ chức đại hội")
    assert cite(cited).endswith("Kế hoạch Công đoàn cơ sở Công ty A&B tổ chức đại hội")


def test_lines_end_with_semicolons_and_a_stop_whatever_marks_came() -> None:
    lines = [
        *bases([Citation("Luật Công đoàn", is_law=True)]),
        "Xét đề nghị; ",
        "",
        "Theo đề nghị của Văn phòng.",
    ]
    assert punctuate(lines) == [
        "Căn cứ Luật Công đoàn;",
        "Xét đề nghị;",
        "Theo đề nghị của Văn phòng.",
    ]
