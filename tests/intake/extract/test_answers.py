"""Which cell of a row answers its label."""

from __future__ import annotations

from core.forms import get_form
from intake.extract.assemble import assemble
from intake.readers.raw import Cell, Channel, RawForm, Table
from intake.reading import Certainty, FieldReading


def read(*rows: tuple[str, ...]) -> dict[str, FieldReading]:
    grid = tuple(
        tuple(Cell(text, at, column) for column, text in enumerate(row))
        for at, row in enumerate(rows)
    )
    raw = RawForm(Channel.DOCX, (Table(grid),))
    return assemble(raw, get_form("enterprise_survey"), certainty=Certainty.LIKELY).fields


def values(fields: dict[str, FieldReading]) -> dict[str, object]:
    return {key: one.value for key, one in fields.items()}


HEAD = ("Nội dung", "Có", "Không", "Ghi rõ")


def test_a_tick_means_what_its_column_says() -> None:
    found = read(
        HEAD,
        ("Đã có công đoàn cơ sở", "", "x", ""),
        ("Có tổ chức Đảng", "x", "", ""),
        ("Có thỏa ước lao động tập thể", "", "", ""),
        ("Tổng số lao động", "", "", "27"),
    )
    assert values(found) == {
        "has_union": False,
        "has_party_org": True,
        "has_collective_agreement": None,
        "workers_total": 27,
    }
    assert not any(one.problems for one in found.values())


def test_both_ticked_goes_to_a_person() -> None:
    found = read(HEAD, ("Đã có công đoàn cơ sở", "x", "x", ""))
    assert found["has_union"].value is None or found["has_union"].problems


def test_a_colon_may_have_a_cell_of_its_own() -> None:
    assert values(read(("Mã số thuế", ":", "6299900012"))) == {"tax_code": "6299900012"}


def test_a_remark_is_no_value() -> None:
    head = ("TT", "Nội dung", "Kết quả", "Ghi chú")
    found = read(head, ("1", "Tổng số lao động", "", "đã đối chiếu"))
    assert (found["workers_total"].value, found["workers_total"].problems) == (None, ())


def test_a_text_past_an_empty_cell_is_never_passed_over_in_silence() -> None:
    found = read(("Tổng số lao động", "", "27"))
    assert [problem.code for problem in found["workers_total"].problems] == ["unsure"]


def test_labels_in_two_languages_and_with_stars() -> None:
    found = read(("Mã số thuế / Tax code", "6299900012"), ("Tổng số lao động (*)", "27"))
    assert values(found) == {"tax_code": "6299900012", "workers_total": 27}


def test_heads_over_values() -> None:
    found = read(("Mã số thuế", "Tổng số lao động"), ("6299900012", "27"))
    assert values(found) == {"tax_code": "6299900012", "workers_total": 27}
    assert values(read(("Mã số thuế", "6299900012"), ("Tổng số lao động", "27"))) == {
        "tax_code": "6299900012",
        "workers_total": 27,
    }


def test_two_answers_in_a_row_are_no_head() -> None:
    found = read(
        ("Có tổ chức Đảng", "Có", "Đã có công đoàn cơ sở", "Không"),
        ("Có thỏa ước lao động tập thể", "Có", "Số đoàn viên công đoàn", "0"),
    )
    assert values(found) == {
        "has_party_org": True,
        "has_union": False,
        "has_collective_agreement": True,
        "union_members": 0,
    }
    assert not any(one.problems for one in found.values())
