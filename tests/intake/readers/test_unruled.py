"""Lists without a line around their cells: columns under their heads, and everything that cannot be seen for sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.guard import FileType
from intake.pipeline import Wish, read_pieces
from intake.readers.pdfflow import rows_of
from intake.readers.pdfwords import Word
from intake.readers.raw import Table
from intake.readers.unruled import Columns, take_tables
from intake.reading import Status
from tests.intake.corpus.habits import one_case, through
from tests.intake.corpus.measure import outcomes

#: Points a letter, and from line to line; letters are ten high, a space is one letter wide.
_LETTER, _LINE = 4.0, 14.0
#: Left edges of the columns of the lists below.
TT, NAME, BORN, JOB = 50.0, 80.0, 200.0, 270.0
HEAD = ((TT, "TT"), (NAME, "Họ và tên"), (BORN, "Năm sinh"), (JOB, "Nghề nghiệp"))


def line(at: float, *texts: tuple[float, str]) -> list[Word]:
    """Words of one printed line; each text begins at its x."""
    words = []
    for x, text in texts:
        left = x
        for word in text.split():
            right = left + _LETTER * len(word)
            words.append(Word(word, left, _LINE * at, right, _LINE * at + 10))
            left = right + _LETTER
    return words


def at_end(edge: float, text: str) -> tuple[float, str]:
    """A number as a sheet puts it: at the right edge of its column."""
    return (edge - 2 - _LETTER * len(text), text)


def taken(
    *lines: list[Word], carried: Columns | None = None
) -> tuple[list[Table], list[str], Columns | None]:
    tables, rest, going = take_tables(rows_of([word for one in lines for word in one]), 1, carried)
    return tables, [" ".join(word.text for word in row) for row in rest], going


def person(at: float, number: int, name: str, born: str, job: str = "") -> list[Word]:
    parts = [at_end(NAME, str(number)), (NAME, name), at_end(JOB, born)]
    return line(at, *(part for part in [*parts, (JOB, job)] if part[1]))


def texts(table: Table) -> list[list[str]]:
    """Texts of a table; what a person must look at has a mark."""
    return [
        [("?" if cell.crowded else "") + cell.text if cell else "-" for cell in row]
        for row in table.grid
    ]


def test_columns_begin_under_their_heads() -> None:
    (table,), rest, _ = taken(
        line(0, (TT, "Danh sách đoàn viên")),
        line(2, *HEAD),
        person(3, 1, "Lò Thị Mẫu", "1990", "Thợ nề"),
        person(4, 2, "Giàng A Páo", "1988", "Kế toán"),
        line(7, (BORN, "Người lập biểu")),
    )
    assert rest == ["Danh sách đoàn viên", "Người lập biểu"]
    assert texts(table) == [
        ["TT", "Họ và tên", "Năm sinh", "Nghề nghiệp"],
        ["1", "Lò Thị Mẫu", "1990", "Thợ nề"],
        ["2", "Giàng A Páo", "1988", "Kế toán"],
    ]


def test_heads_of_two_levels() -> None:
    (table,), _, _ = taken(
        line(1, (TT, "TT"), (NAME, "Đơn vị"), (BORN, "Chỉ tiêu năm"), (340, "Ghi chú")),
        line(2, (BORN, "Đoàn viên"), (JOB, "CĐCS")),
        line(3, at_end(NAME, "1"), (NAME, "Xã Pa Ủ"), at_end(JOB, "20"), at_end(340, "2")),
    )
    assert [cell.text if cell else None for cell in table.grid[0]] == [
        "TT", "Đơn vị", "Chỉ tiêu năm", "Chỉ tiêu năm", "Ghi chú",
    ]  # fmt: skip
    assert [cell.text if cell else None for cell in table.grid[1]] == [
        None, None, "Đoàn viên", "CĐCS", None,
    ]  # fmt: skip


def test_a_group_in_the_middle_of_its_columns_is_no_table() -> None:
    tables, rest, _ = taken(
        line(1, (TT, "TT"), (NAME, "Đơn vị"), (BORN + 30, "Chỉ tiêu"), (340, "Ghi chú")),
        line(2, (BORN, "Đoàn viên"), (JOB, "CĐCS")),
        line(3, at_end(NAME, "1"), (NAME, "Xã Pa Ủ"), at_end(JOB, "20"), at_end(340, "2")),
    )
    assert tables == []
    assert len(rest) == 3


def test_heads_over_the_middle_of_their_columns_are_no_table() -> None:
    tables, _, _ = taken(
        line(1, (TT, "TT"), (NAME + 30, "Họ và tên"), (BORN + 20, "Năm sinh"), (JOB, "Nghề")),
        person(2, 1, "Lò Thị Mẫu", "1990", "Thợ nề"),
        person(3, 2, "Giàng A Páo", "1988", "Kế toán"),
    )
    assert tables == []


@pytest.mark.parametrize(
    ("name", "born", "wanted"),
    [
        # over an empty neighbour, up to the edge of a filled one, and empty under a filled one
        ("Nguyễn Hoàng Thương Quỳnh Phượng Ninh", "", ["?Nguyễn Hoàng Thương Quỳnh Phượng Ninh", "?"]),
        ("Nguyễn Hoàng Quỳnh Thương Phư", "1990", ["?Nguyễn Hoàng Quỳnh Thương Phư", "?1990"]),
        ("Lò Thị Mẫu", "", ["Lò Thị Mẫu", "?"]),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_for_sure_is_held(name: str, born: str, wanted: list[str]) -> None:
    (table,), _, _ = taken(
        line(1, *HEAD), person(2, 1, name, born, "Thợ nề"), person(3, 2, "Vàng A Sử", "1988", "Bảo vệ")
    )  # fmt: skip
    assert texts(table)[1][1:3] == wanted


def test_a_wrapped_text_is_joined_and_held_in_both_rows() -> None:
    (table,), _, _ = taken(
        line(1, *HEAD),
        person(2, 1, "Lò Thị Mẫu", "1990", "Công nhân"),
        line(2.9, (JOB, "chế biến")),
        person(4, 2, "Vàng A Sử", "1988", "Bảo vệ"),
    )
    assert [row[3] for row in texts(table)[1:]] == ["?Công nhân chế biến", "?Bảo vệ"]


def test_a_column_whose_neighbour_has_no_head_is_held() -> None:
    (table,), _, _ = taken(
        line(1, *HEAD[:3], (400, "Ghi chú")),
        *(person(at, at - 1, "Lò Thị Mẫu", "") + line(at, (BORN, "1990")) for at in range(2, 12)),
        person(12, 11, "Lò Thị Mẫu", "") + line(12, (BORN, "1990"), (300, "Tày")),
    )
    assert {row[2][0] for row in texts(table)[1:]} == {"?"}


def test_rows_behind_an_empty_line_belong_to_the_list() -> None:
    (table,), rest, _ = taken(
        line(1, *HEAD),
        person(2, 1, "Lò Thị Mẫu", "1990", "Thợ nề"),
        person(3, 2, "Vàng A Sử", "1988", "Bảo vệ"),
        person(6, 3, "Lý Thị Dở", "1991", "Thủ kho"),
        person(7, 5, "Tẩn Lở Ín", "1992", "Lái xe"),
    )
    assert rest == []
    assert texts(table)[3] == ["3", "Lý Thị Dở", "1991", "Thủ kho"]
    assert texts(table)[4] == ["?5", "?Tẩn Lở Ín", "?1992", "?Lái xe"]  # no row has the number 4


def test_a_list_goes_on_on_the_next_page() -> None:
    _, _, going = taken(
        line(1, *HEAD),
        person(2, 1, "Lò Thị Mẫu", "1990", "Thợ nề"),
        person(3, 2, "Vàng A Sử", "1988", "Bảo vệ"),
    )
    (table,), rest, _ = taken(
        line(0, (TT, "Trang 2")), person(1, 3, "Lý Thị Dở", "1991", "Thủ kho"), carried=going
    )
    assert rest == ["Trang 2"]
    assert texts(table) == [["3", "Lý Thị Dở", "1991", "Thủ kho"]]


def test_answers_in_one_line_under_their_questions() -> None:
    heads = line(1, (50, "Tên công đoàn cơ sở"), (200, "Tính đến ngày"), (300, "Tổng số"))
    values = line(2, (50, "CĐCS Công ty A&B"), (200, "27/4/2024"), (300, "10"))
    (table,), rest, _ = taken(heads, values)
    assert texts(table)[1] == ["CĐCS Công ty A&B", "27/4/2024", "10"]
    # Two lines of values are a list that nothing counts.
    tables, rest, _ = taken(heads, values, line(3, (50, "CĐCS khác"), (300, "11")))
    assert (tables, len(rest)) == ([], 3)


def test_heads_without_values_stay_heads() -> None:
    questions = line(1, (50, "Tên công đoàn cơ sở"), (200, "Tính đến ngày"), (300, "Tổng số"))
    tables, rest, going = taken(questions, line(4, *HEAD))
    assert [texts(table)[1:] for table in tables] == [[["", "", ""]], []]
    assert rest == []
    assert going is not None  # its rows may stand on the next page
    (table,), _, _ = taken(person(1, 1, "Lò Thị Mẫu", "1990", "Thợ nề"), carried=going)
    assert texts(table) == [["1", "Lò Thị Mẫu", "1990", "Thợ nề"]]


def test_rows_far_below_their_heads_are_found() -> None:
    (table,), _, _ = taken(line(1, *HEAD), person(5, 1, "Lò Thị Mẫu", "1990", "Thợ nề"))
    assert texts(table)[1] == ["1", "Lò Thị Mẫu", "1990", "Thợ nề"]
    # What stands between them may be anything: nothing is taken for the list.
    tables, _, _ = taken(
        line(1, *HEAD), line(5, (NAME, "Xã Pa Ủ")), person(6, 1, "Lò Thị Mẫu", "1990", "Thợ nề")
    )
    assert tables == []


@pytest.mark.soffice
def test_printed_sheets_without_lines(tmp_path: Path) -> None:
    """Nothing wrong is taken without a look, and a list in which nothing is cut off is clean."""
    jobs = [
        one_case(name, kind, 80, suffix="xlsx")
        for name, kind in (
            ("sheet-wide", "vote_count"),
            ("sheet-wide", "enterprise_survey"),
            ("sheet-overlap", "enterprise_list"),
            ("sheet-overlap", "recognition_request"),
            ("sheet-merged-down", "member_list"),
        )
    ]
    clean = []
    for case in through(tmp_path, jobs, "pdf", "pdf-"):
        readings = read_pieces(case.data, FileType.PDF, Wish("x.pdf"))
        found = list(outcomes(case, readings))
        assert [one for one in found if not one.right and not one.problems] == []
        assert sum(one.right for one in found) >= 0.95 * len(found)
        clean += [case.truths[0].kind for one in readings if one.status is Status.CLEAN]
    assert clean == ["vote_count", "enterprise_survey", "recognition_request"]
