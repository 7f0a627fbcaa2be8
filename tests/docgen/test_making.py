from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from core.errors import DataIncomplete, NotFound
from docgen.kinds import examples
from docgen.kinds.base import Numbering
from docgen.making import make_document
from tests.docgen.kinds.cases import TEMPLATES
from tests.docgen.kinds.reading import dump, open_docx

ISSUED = Numbering(number=7, issue_date=date(2024, 5, 6))


def text_of(kind: str, data: dict[str, object], numbering: Numbering = ISSUED) -> str:
    return dump(make_document(kind, data, numbering=numbering, templates=TEMPLATES).docx)


def test_hashes_are_those_of_the_paper_and_its_template() -> None:
    made = make_document(
        "founding_decision", examples.FOUNDING_DECISION, numbering=ISSUED, templates=TEMPLATES
    )
    template = (TEMPLATES / "founding_decision" / "thanh_lap.docx").read_bytes()
    assert made.sha256 == hashlib.sha256(made.docx).hexdigest()
    assert made.template_sha256 == hashlib.sha256(template).hexdigest()
    assert open_docx(made.docx).core_properties.created.date() == date(2024, 5, 6)


def test_everything_missing_and_wrong_is_said_at_once() -> None:
    data = {
        key: value
        for key, value in examples.COMMITTEE_DECISION.items()
        if key not in {"union_name", "signer_name", "signing_collective"}
    }
    data |= {"member_count": 4, "provisional_months": 20, "intended_date": "hôm qua"}
    with pytest.raises(DataIncomplete) as caught:
        make_document("committee_decision", data, numbering=Numbering(), templates=TEMPLATES)
    assert set(caught.value.missing) == {"union_name", "signer_name", "signing_collective"}
    assert set(caught.value.wrong) == {
        "member_count",
        "members",
        "provisional_months",
        "intended_date",
    }
    assert "không quá 12 tháng" in caught.value.message


def test_issue_date_is_checked_not_only_the_intended_one() -> None:
    early = Numbering(number=7, issue_date=date(2024, 5, 3))
    with pytest.raises(DataIncomplete, match="trước ngày đại hội"):
        text_of("founding_decision", examples.FOUNDING_DECISION_RECOGNISED, early)


def test_symbol_of_another_kind_is_refused() -> None:
    with pytest.raises(DataIncomplete, match="phải bắt đầu bằng “GM-”"):
        text_of("invitation", {**examples.INVITATION, "doc_symbol": "QĐ-LĐLĐ"}, Numbering())


def test_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"founding_decision/thanh_lap\.docx"):
        make_document(
            "founding_decision", examples.FOUNDING_DECISION, numbering=ISSUED, templates=tmp_path
        )


def test_signs_and_minority_names_come_through_whole() -> None:
    name = 'Công ty TNHH A&B <X> "Đắk"'
    names = {"Tẩn Lở Mẩy": "chair", "H'Mông Y Sao": "member", "Páo": "member"}
    people = [{"full_name": full, "job": "Thợ", "union_post": post} for full, post in names.items()]
    data = {
        **examples.COMMITTEE_DECISION,
        "enterprise_name": name,
        "union_name": unicodedata.normalize("NFD", f"Công đoàn cơ sở {name}"),
        "members": people,
        "union_member_names": None,
    }
    text = text_of("committee_decision", data)
    assert "gồm 03 (ba) đồng chí" in text
    assert f"Công đoàn cơ sở {name}, gồm" in text
    assert "2. Đồng chí H'Mông Y Sao, Thợ - Ủy viên;" in text
    assert "3. Đồng chí Páo, Thợ - Ủy viên." in text
    assert unicodedata.is_normalized("NFC", text)


def test_optional_values_left_out_print_as_the_template_says() -> None:
    data = {
        key: value
        for key, value in examples.LAUNCH_MINUTES.items()
        if key
        not in {
            "gifts",
            "speeches",
            "employer_representative",
            "archive_units",
            "provisional",
            "parent_org_name",
        }
    }
    text = text_of("launch_minutes", data)
    assert "3. Trao quyết định và thẻ đoàn viên." in text
    assert "4. Ra mắt Ban Chấp hành Công đoàn cơ sở" in text
    assert "5. Bế mạc buổi lễ." in text
    assert "ĐẠI DIỆN" not in text
    assert "- Lưu: VT, Hồ sơ." in text
    assert "Tên cơ quan chủ quản" not in text


def test_single_guest_is_invited_on_the_same_line_and_companions_are_listed() -> None:
    guest = "Ông Vàng A Páo, Giám đốc Công ty TNHH Xây dựng Bình Lư"
    text = text_of(
        "invitation",
        {**examples.INVITATION, "invitees": [guest], "notes": ["Đề nghị đến đúng giờ."]},
        Numbering(),
    )
    assert f"trân trọng kính mời: {guest}." in text
    assert "Đề nghị đến đúng giờ." in text
    companions = [
        {"full_name": "Tao Văn Dung", "post": "Chuyên viên"},
        {"full_name": "Lù Thị Phương"},
    ]
    letter = {**examples.INTRODUCTION_LETTER, "companions": companions, "gender": None}
    text = text_of("introduction_letter", letter)
    assert "Ông (bà): Hoàng Thị Mai" in text
    assert "để các ông (bà) có tên ở trên" in text
    assert "- Tao Văn Dung, Chuyên viên;\nNội dung: - Lù Thị Phương.\n" in text


def test_steering_committee_head_prints_his_post_in_the_host() -> None:
    data = {
        **examples.INVITATION,
        "doc_symbol": "GM-BCĐ",
        "signing_collective": "BAN CHỈ ĐẠO",
        "signer_post": "TRƯỞNG BAN",
        "signer_host_post": "Chủ tịch Liên đoàn Lao động tỉnh",
    }
    text = text_of("invitation", data)
    assert "TM. BAN CHỈ ĐẠO ⏎ TRƯỞNG BAN" in text
    assert "Chức vụ cơ quan: CHỦ TỊCH ⏎ LIÊN ĐOÀN LAO ĐỘNG TỈNH" in text


def test_bases_given_in_data_replace_those_of_the_profile() -> None:
    own = [
        {"type_name": "Luật Công đoàn", "is_law": True},
        {"type_name": "Kế hoạch", "code": "70/KH-LĐLĐ", "date": "2024-05-02"},
    ]
    text = text_of("founding_decision", {**examples.FOUNDING_DECISION, "legal_bases": own})
    assert (
        "Căn cứ: Căn cứ Luật Công đoàn;\nCăn cứ: Căn cứ Kế hoạch số 70/KH-LĐLĐ ngày 02 tháng 5 năm 2024;"
        in text
    )
    assert "Điều lệ Công đoàn Việt Nam khóa" not in text


def test_a_small_union_has_a_chair_and_no_committee() -> None:
    chair = {"full_name": "Lò Văn Tâm", "job": "Thợ nề", "union_post": "chair"}
    data = {
        **examples.COMMITTEE_DECISION,
        "members": [chair],
        "member_count": 1,
        "union_members_total": 8,
        "union_member_names": None,
    }
    text = text_of("committee_decision", data)
    assert "Ban Chấp hành" not in text
    assert "Về việc chỉ định Chủ tịch lâm thời" in text
    assert (
        "Điều 1. Chỉ định đồng chí Lò Văn Tâm, Thợ nề, giữ chức Chủ tịch lâm thời Công đoàn" in text
    )
    assert "và đồng chí có tên tại Điều 1 chịu trách nhiệm" in text
    assert "gồm 01" not in text
    assert "Điều 2. Đồng chí có tên tại Điều 1 thực hiện nhiệm vụ" in text
