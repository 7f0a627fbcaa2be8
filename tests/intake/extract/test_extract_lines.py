"""Values after labels: dots, several labels in a line, the next line, sentences, cells."""

from __future__ import annotations

import pytest

from core.forms import get_form
from intake.extract.assemble import assemble
from intake.readers.raw import Cell, Channel, Control, Line, RawForm, Table
from intake.reading import Certainty


def read(kind: str, *blocks: Line | Table | str) -> dict[str, object]:
    lines = tuple(Line(block) if isinstance(block, str) else block for block in blocks)
    made = assemble(RawForm(Channel.DOCX, lines), get_form(kind), certainty=Certainty.LIKELY)
    return {key: one.value for key, one in made.fields.items()}


def grid(*rows: tuple[str, ...]) -> Table:
    return Table(
        tuple(
            tuple(Cell(text, at, column) for column, text in enumerate(row))
            for at, row in enumerate(rows)
        )
    )


def test_dots_around_values_are_no_part_of_them() -> None:
    got = read(
        "membership_application",
        "Kính gửi: Ban Vận động thành lập CĐCS Công ty TNHH A&B.......",
        "Tên tôi là: ....Lò Thị Mẫu........ Nam/nữ: ..Nữ....",
        "Sinh ngày: 05/9/1996.... Dân tộc: ……Thái……",
        "Quê quán: …………………………………………",
        "Số CCCD: 012196999999 Số điện thoại: 0912 000 345",
    )
    assert got == {
        "addressee": "Ban Vận động thành lập CĐCS Công ty TNHH A&B",
        "full_name": "Lò Thị Mẫu",
        "gender": "female",
        "dob": "1996-09-05",
        "ethnicity": "Thái",
        "native_place": None,
        "id_number": "012196999999",
        "phone": "0912000345",
    }


def test_labels_without_a_colon_count_where_a_sentence_or_a_fitting_value_follows() -> None:
    got = read(
        "collective_application",
        "Chúng tôi gồm 12 người lao động tại doanh nghiệp.",
        "Ngày làm đơn 15/5/2024",
    )
    assert got == {"applicants_total": 12, "date_signed": "2024-05-15"}


def test_a_value_may_stand_on_the_next_line() -> None:
    got = read(
        "enterprise_survey",
        "Kiến nghị, đề xuất:",
        "Kiến nghị xây dựng nhà ở cho công nhân",
        "Khó khăn, vướng mắc: ............",
        "...............................",
        "NGƯỜI KHẢO SÁT",
    )
    assert got == {"proposals": "Kiến nghị xây dựng nhà ở cho công nhân", "obstacles": None}


def test_a_blank_label_takes_no_printed_line_for_its_value() -> None:
    got = read(
        "recognition_request",
        "Người ký:",
        "TM. BAN CHẤP HÀNH",
    )
    assert got == {"signer_name": None}


@pytest.mark.parametrize(
    "label",
    [
        "Tổng số lao động",
        "Tong so lao dong",
        "TỔNG SỐ LAO ĐỘNG",
        "Tổng số LĐ (người)",
        "1. Tổng số NLĐ:",
    ],
)
def test_cells_beside_their_labels(label: str) -> None:
    table = grid(
        (label, "27 người"), ("Trong đó: nữ", "11"), ("Ghi chú riêng", "không phải mục nào")
    )
    assert read("enterprise_survey", table) == {"workers_total": 27, "workers_female": 11}


def test_two_pairs_in_one_row() -> None:
    table = grid(("Mã số thuế", "6299900012", "Ngày thành lập", "12/3/2019"))
    assert read("enterprise_survey", table) == {
        "tax_code": "6299900012",
        "founded_date": "2019-03-12",
    }


def test_a_control_and_another_text_beside_it_are_a_problem() -> None:
    cell = Cell("28", 0, 1, controls=(Control("workers_total", "27"),))
    table = Table(((Cell("Tổng số lao động", 0, 0), cell),))
    made = assemble(
        RawForm(Channel.DOCX, (table,)), get_form("enterprise_survey"), certainty=Certainty.KNOWN
    )
    assert made.fields["workers_total"].value == 27
    assert [p.code for p in made.fields["workers_total"].problems] == ["several_values"]
    assert made.status == "needs_review"


def test_the_marks_tell_dan_toc_from_dien_thoai() -> None:
    got = read("membership_application", "DT: Mông", "ĐT: 0912000345")
    assert got == {"ethnicity": "Mông", "phone": "0912000345"}


def test_a_label_ends_at_its_colon_or_dots() -> None:
    got = read(
        "enterprise_survey",
        "Có tổ chức Đảng:....chưa có........",
        "5. Hợp đồng lao động khác (dưới 01 tháng, thử việc) (người): 3",
        "Trong đó: nữ: 11",
    )
    assert got == {"has_party_org": False, "contracts_other": 3, "workers_female": 11}


def test_a_label_may_begin_with_a_letter_and_a_dot() -> None:
    table = grid(("D.tộc", "Giáy"), ("Q.quán", "Xã Bình Lư"), ("a. Số CCCD", "012196999999"))
    assert read("membership_application", table) == {
        "ethnicity": "Giáy",
        "native_place": "Xã Bình Lư",
        "id_number": "012196999999",
    }


def test_signers_side_by_side_are_no_label_with_its_value() -> None:
    table = grid(("NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH"), ("Người lập biểu", "GIÀNG A PÁO", ""))
    assert read("enterprise_list", table) == {"prepared_by": "Giàng A Páo"}
    doubted = grid(("Người lập biểu", "GIÁM ĐỐC"))
    made = assemble(
        RawForm(Channel.DOCX, (doubted,)), get_form("enterprise_list"), certainty=Certainty.KNOWN
    )
    assert [p.code for p in made.fields["prepared_by"].problems] == ["post_for_name"]


def test_names_and_numbers_of_papers_in_capitals_may_stand_on_the_next_line() -> None:
    got = read(
        "launch_report",
        "Chủ trì:",
        "LÒ VĂN ÍN",
        "Số quyết định thành lập:",
        "26/QĐ-LĐLĐ",
        "Thư ký:",
        "CHỦ TỊCH",
    )
    assert got == {
        "chair": "Lò Văn Ín",
        "founding_decision_no": "26/QĐ-LĐLĐ",
        "secretary": None,
    }


@pytest.mark.parametrize(
    "shown", ["Bấm để nhập", "Click or tap here to enter text.", "Chọn một mục.", "Choose an item."]
)
def test_the_prompt_of_an_empty_control_is_no_value(shown: str) -> None:
    table = grid(("Khó khăn, vướng mắc", shown))
    assert read("enterprise_survey", table) == {"obstacles": None}


def test_a_misspelt_label_before_a_colon_is_known() -> None:
    got = read(
        "enterprise_survey",
        "Người đại diện theo pháp lut: Vàng A Páo",
        "Số lao động tham gia bảo hiểm xãã hội: 20; Dự kiến thành lập công đàn cơ sở: tháng 9/2024",
    )
    assert got == {"legal_rep_name": "Vàng A Páo", "workers_si": 20, "expected_date": "2024-09"}


def test_a_line_nobody_knows_is_said_where_a_field_is_missing() -> None:
    lines = [Line("Tên doanh nghiệp: Công ty TNHH A&B"), Line("Quân số làm việc: 27")]
    made = assemble(
        RawForm(Channel.DOCX, tuple(lines)),
        get_form("enterprise_survey"),
        certainty=Certainty.LIKELY,
    )
    (problem,) = [one for one in made.problems if one.code == "unread_lines"]
    assert "Quân số làm việc: 27" in problem.message
    assert "workers_total" in problem.fields


def test_heads_of_signatures_are_no_label_with_its_value() -> None:
    got = read(
        "enterprise_list",
        grid(("NGƯỜI LẬP BIỂU", "CHỦ TỊCH"), ("(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)")),
    )
    assert got.get("prepared_by") is None
    got = read("enterprise_list", grid(("Người lập biểu", "Lò Văn Ín")))
    assert got["prepared_by"] == "Lò Văn Ín"


def test_choices_that_read_like_a_label_are_a_value() -> None:
    got = read(
        "membership_application",
        grid(("Nam/nữ", "☐\u00a0Nam   ☒\u00a0Nữ", "Sinh ngày", "05/9/1996")),
    )
    assert (got["gender"], got["dob"]) == ("female", "1996-09-05")


@pytest.mark.parametrize(
    "line", ["Tam Đường, ngày …… tháng …… năm ………", "Tam Đường, ngày 31 tháng 5 năm 2024"]
)
def test_the_month_of_a_dated_line_is_no_period(line: str) -> None:
    assert "period" not in read("progress_report", "Đơn vị báo cáo: LĐLĐ huyện Tam Đường", line)
    assert read("progress_report", "Tháng: 5/2024")["period"] == "2024-05"


@pytest.mark.parametrize(
    ("text", "value"), [("………", None), ("......", None), ("…27…", 27), ("27", 27)], ids=str
)
def test_dots_in_a_control_are_its_placeholder(text: str, value: int | None) -> None:
    cell = Cell(text, 0, 1, controls=(Control("workers_total", text),))
    got = read("enterprise_survey", Table(((Cell("Tổng số lao động (người)", 0, 0), cell),)))
    assert got["workers_total"] == value
