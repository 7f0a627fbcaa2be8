from __future__ import annotations

from datetime import date

import pytest

from core.json_schema import sample
from core.schema import FieldKind, FieldSpec
from docgen.kinds import examples
from docgen.kinds.base import Numbering
from docgen.kinds.common import (
    archive_units,
    authority_line,
    common_context,
    date_text,
    issuing_body,
    letter_context,
    number_text,
    picture,
    recipients,
    signing_lines,
)

HEAD = {"head_post": "CHỦ TỊCH", "signing_collective": "BAN THƯỜNG VỤ"}


@pytest.mark.parametrize(
    ("mode", "post", "lines"),
    [
        ("TM", "CHỦ TỊCH", ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]),
        ("TM_KT", "Phó Chủ tịch", ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("KT", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TL", "Chánh Văn phòng", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (
            "TUQ",
            "TRƯỞNG BAN TỔ CHỨC - KIỂM TRA",
            ["TUQ. CHỦ TỊCH", "TRƯỞNG BAN TỔ CHỨC - KIỂM TRA"],
        ),
        ("Q", "CHỦ TỊCH", ["Q. CHỦ TỊCH"]),
        ("none", "CHỦ TỊCH", ["CHỦ TỊCH"]),
    ],
)
def test_signing_lines(mode: str, post: str, lines: list[str]) -> None:
    assert signing_lines({**HEAD, "signing_mode": mode, "signer_post": post}) == lines


def test_by_order_of_the_standing_committee_when_no_head_is_named() -> None:
    data = {
        "signing_mode": "TL",
        "signing_collective": "BAN THƯỜNG VỤ",
        "signer_post": "CHÁNH VĂN PHÒNG",
    }
    assert signing_lines(data) == ["TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]


def test_who_issues() -> None:
    body = {
        "issuing_org_name": "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "issuing_org_short": "Liên đoàn Lao động tỉnh Lai Châu",
    }
    together = {
        **body,
        "signing_mode": "TM",
        "signing_collective": "BAN THƯỜNG VỤ",
        "signer_post": "CHỦ TỊCH",
    }
    assert authority_line(together) == "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"
    assert issuing_body(together) == "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu"
    deputy = {**body, "signing_mode": "KT", "head_post": "CHỦ TỊCH", "signer_post": "PHÓ CHỦ TỊCH"}
    assert authority_line(deputy) == "CHỦ TỊCH LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"
    assert issuing_body(deputy) == "Liên đoàn Lao động tỉnh Lai Châu"


def test_number_is_padded_inserted_or_blank() -> None:
    assert number_text(Numbering(number=7)) == "07"
    assert number_text(Numbering(number=70, suffix="a")) == "70a"
    assert number_text(Numbering()) == "     "


def test_draft_leaves_number_and_day_open() -> None:
    context = common_context({**examples.INVITATION, "doc_symbol": "KH-LĐLĐ"}, Numbering())
    assert f"Số: {context['so_van_ban']}/{context['ky_hieu']}" == "Số:      /KH-LĐLĐ"
    assert context["ngay_ban_hanh"] == "ngày      tháng 5 năm 2024"


def test_date_of_issue_wins_over_the_intended_one() -> None:
    assert (
        date_text({"intended_date": "2024-05-02"}, Numbering(issue_date=date(2024, 2, 3)))
        == "ngày 03 tháng 02 năm 2024"
    )
    assert (
        date_text({}, Numbering(intended_date=date(2024, 11, 3))) == "ngày      tháng 11 năm 2024"
    )


def test_recipients_lose_marks_and_the_line_the_template_prints() -> None:
    data = {
        "recipients": [
            "- Như Điều 4;",
            "Như trên",
            "- LĐLĐ tỉnh (để b/c);",
            "Công ty TNHH A&B <X>.",
        ]
    }
    assert recipients(data) == ["LĐLĐ tỉnh (để b/c)", "Công ty TNHH A&B <X>"]


def test_archive_begins_with_the_clerk() -> None:
    assert archive_units({"archive_units": ["TC-KT"]}) == "VT, TC-KT"
    assert archive_units({"archive_units": ["VT", "TC-KT (02)"]}) == "VT, TC-KT (02)"


def test_left_out_values_are_empty_never_none() -> None:
    context = common_context({"recipients": None, "parent_org_name": None}, Numbering())
    assert context["ten_co_quan_chu_quan"] == ""
    assert context["ds_noi_nhan"] == []
    assert "None" not in repr(context)


def test_letter_prints_its_summary_once_and_its_addressees_bare() -> None:
    data = {
        **examples.INVITATION,
        "addressees": ["- Liên đoàn Lao động huyện Sìn Hồ;", "Công đoàn ngành Y tế."],
    }
    context = letter_context(data, Numbering(), subject="Về việc đôn đốc thực hiện chỉ tiêu")
    assert context["trich_yeu"] == "đôn đốc thực hiện chỉ tiêu"
    assert context["ds_kinh_gui"] == ["Liên đoàn Lao động huyện Sìn Hồ", "Công đoàn ngành Y tế"]


def test_a_picture_of_the_data_is_one_for_the_template() -> None:
    text = str(sample((FieldSpec("photo", FieldKind.PICTURE, "Ảnh thẻ"),))["photo"])
    made = picture({"photo": text}, "photo", width_mm=30)
    assert made is not None
    assert (made.image().width, made.image().media_type) == (30 * 36_000, "image/png")
    assert picture({}, "photo") is None
