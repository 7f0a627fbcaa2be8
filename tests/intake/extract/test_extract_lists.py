"""Lists: headers of two levels, other orders, numbering, sub-titles, totals, broken rows, gender columns."""

from __future__ import annotations

from core.forms import get_form
from intake.extract.meaning import mean
from intake.extract.rows import read_rows
from intake.extract.tables import find_list
from intake.readers.raw import Cell, Channel, Control, RawForm, Table


def grid(*rows: tuple[str, ...], page: int | None = None) -> Table:
    """Equal neighbours in a row, or a "^" for the cell above, are one merged cell."""
    made: list[list[Cell]] = []
    for at, row in enumerate(rows):
        cells: list[Cell] = []
        for column, text in enumerate(row):
            if text == "^":
                cells.append(made[at - 1][column])
            elif column and text == row[column - 1] and text:
                cells.append(cells[-1])
            else:
                cells.append(Cell(text, at, column, page=page))
        made.append(cells)
    return Table(tuple(tuple(row) for row in made), page=page)


def rows(kind: str, *tables: Table) -> list[dict[str, object]]:
    form = get_form(kind)
    read = read_rows(find_list(RawForm(Channel.DOCX, tables), form), form)
    return [
        {key: mean(form.column(key), one).value for key, one in row.items() if one.text}
        for row in read.rows
    ]


def test_two_level_header_with_numbering_and_totals() -> None:
    table = grid(
        (
            "TT",
            "Đơn vị",
            "Chỉ tiêu năm",
            "Chỉ tiêu năm",
            "Lũy kế từ đầu năm",
            "Lũy kế từ đầu năm",
            "Ghi chú",
        ),
        ("^", "^", "Đoàn viên", "CĐCS", "Kết nạp mới", "CĐCS mới", "^"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        ("1", "LĐLĐ huyện Tam Đường", "120", "5", "66", "2", ""),
        ("2", "LĐLĐ huyện Than Uyên", "1.100", "4", "30", "1", "đang rà soát"),
        ("", "Tổng cộng", "1.220", "9", "96", "3", ""),
    )
    one, two = rows("progress_report", table)
    assert one == {
        "org_name": "LĐLĐ huyện Tam Đường",
        "target_members": 120,
        "target_unions": 5,
        "cum_joined": 66,
        "cum_unions": 2,
    }
    assert (two["target_members"], two["cum_unions"], two["note"]) == (1100, 1, "đang rà soát")


def test_columns_are_named_by_their_headers_in_any_order() -> None:
    table = grid(
        ("STT", "Số CCCD", "Họ tên", "Năm sinh", "GT"),
        ("1", "012196999999", "LÒ THỊ MẪU", "05/9/1996", "Nữ"),
        ("2", "012090999998", "Giàng A Páo", "1990", "nam"),
    )
    assert rows("collective_application", table) == [
        {
            "id_number": "012196999999",
            "full_name": "Lò Thị Mẫu",
            "dob": "1996-09-05",
            "gender": "female",
        },
        {"id_number": "012090999998", "full_name": "Giàng A Páo", "dob": "1990", "gender": "male"},
    ]


def test_the_column_of_the_birth_date_gives_the_gender() -> None:
    table = grid(
        ("TT", "Họ và tên", "Năm sinh", "Năm sinh", "Quê quán"),
        ("^", "^", "Nam", "Nữ", "^"),
        ("1", "Lò Thị Mẫu", "", "05/9/1996", "Xã Bình Lư"),
        ("2", "Giàng A Páo", "1990", "", "Xã Sùng Phài"),
    )
    assert rows("collective_application", table) == [
        {
            "full_name": "Lò Thị Mẫu",
            "dob": "1996-09-05",
            "gender": "female",
            "native_place": "Xã Bình Lư",
        },
        {
            "full_name": "Giàng A Páo",
            "dob": "1990",
            "gender": "male",
            "native_place": "Xã Sùng Phài",
        },
    ]


def test_sub_titles_and_empty_rows_are_no_rows() -> None:
    table = grid(
        ("TT", "Tên doanh nghiệp", "MST", "Địa chỉ", "Tổng số LĐ", "Tình trạng"),
        ("I. Xã Bình Lư",) * 6,
        ("1", "Công ty TNHH A&B", "6299900012", "Bản Nà Đa", "27", "Đang hoạt động"),
        ("II", "Xã Bản Bo", "", "", "", ""),
        ("1", "HTX Chè Tam Đường", "6299900037", "Bản Hợp Nhất", "12", "tạm ngừng"),
        ("2", "", "", "", "", ""),
    )
    got = rows("enterprise_list", table)
    assert [row["enterprise_name"] for row in got] == ["Công ty TNHH A&B", "HTX Chè Tam Đường"]
    assert [row["status"] for row in got] == ["active", "suspended"]


def test_a_row_broken_by_the_page_end_is_joined_and_the_repeated_header_left_out() -> None:
    head = ("TT", "Họ và tên", "Ngày sinh", "Chức danh")
    first = grid(
        head, ("1", "Lò Thị Mẫu", "1996", "Chủ tịch"), ("2", "Giàng A", "1990", "Phó"), page=1
    )
    second = grid(head, ("", "Páo", "", "Chủ tịch"), ("3", "Pờ Xá Mừ", "1988", "Ủy viên"), page=2)
    assert rows("recognition_request", first, second) == [
        {"full_name": "Lò Thị Mẫu", "dob": "1996", "post": "chair"},
        {"full_name": "Giàng A Páo", "dob": "1990", "post": "vice_chair"},
        {"full_name": "Pờ Xá Mừ", "dob": "1988", "post": "member"},
    ]


def test_another_table_is_no_list() -> None:
    table = grid(("Nội dung", "Thời gian"), ("Khai mạc", "14 giờ 00"))
    assert find_list(RawForm(Channel.DOCX, (table,)), get_form("member_list")) == ()


def test_a_head_under_a_group_belongs_to_the_group() -> None:
    table = grid(
        ("TT", "Tỷ lệ %", "Tỷ lệ %", "2. Đơn vị", "Lũy kế", "Ghi chú"),
        ("^", "CĐCS", "Đoàn viên", "^", "Kết nạp mới", "^"),
        ("1", "40%", "55%", "Công đoàn cơ sở Công ty TNHH A&B", "66", "mới"),
    )
    assert rows("progress_report", table) == [
        {
            "rate_unions": 40,
            "rate_members": 55,
            "org_name": "Công đoàn cơ sở Công ty TNHH A&B",
            "cum_joined": 66,
            "note": "mới",
        }
    ]


def test_a_broken_row_keeps_its_commas_and_the_halves_of_a_word() -> None:
    head = ("TT", "Tên doanh nghiệp", "Địa chỉ", "MST", "Tổng số LĐ", "Đủ điều kiện")
    first = grid(head, ("1", "Công ty", "Bản Nà Đa,", "6299900012", "27", "Khô"), page=1)
    second = grid(("", "A&B", "xã Bình Lư", "", "", "ng"), page=2)
    assert rows("enterprise_list", first, second) == [
        {
            "enterprise_name": "Công ty A&B",
            "address": "Bản Nà Đa, xã Bình Lư",
            "tax_code": "6299900012",
            "workers_total": 27,
            "eligible": False,
        }
    ]


def test_the_next_page_goes_on_under_the_places_of_its_columns() -> None:
    def cell(text: str, left: float, right: float, *, page: int) -> Cell:
        return Cell(text, 0, 0, page=page, box=(left, 0, right, 10))

    def row(texts: tuple[str, ...], *, page: int) -> list[Cell]:
        return [
            cell(text, 100.0 * at, 100.0 * at + 100, page=page) for at, text in enumerate(texts)
        ]

    head = row(("TT", "Họ và tên", "Chức danh"), page=1)
    first = row(("1", "Lò Thị Mẫu", "Chủ tịch"), page=1)
    # What stands above has cut the second column in two.
    fine = Table(tuple((one[0], one[1], one[1], one[2]) for one in (head, first)), page=1)
    second = Table((tuple(row(("2", "Giàng A Páo", "Ủy viên"), page=2)),), page=2)
    assert rows("launch_report", fine, second) == [
        {"full_name": "Lò Thị Mẫu", "post": "chair"},
        {"full_name": "Giàng A Páo", "post": "member"},
    ]


def test_a_row_with_a_number_and_a_name_is_a_row() -> None:
    head = ("TT", "Họ và tên", "Ngày, tháng, năm sinh", "Chức danh")
    made = grid(head, ("1", "Lò Thị Mẫu", "", ""), ("2", "Giàng A Páo", "1990", "Ủy viên"))
    # Empty cells of a workbook are not there at all.
    sparse = Table(tuple(tuple(c if c and c.text else None for c in row) for row in made.grid))
    found = rows("recognition_request", sparse)
    assert [row.get("full_name") for row in found] == ["Lò Thị Mẫu", "Giàng A Páo"]


def test_choices_nobody_ticked_make_no_row() -> None:
    head = ("TT", "Họ và tên", "Giới tính", "Ngày, tháng, năm sinh", "Số CCCD")
    made = grid(
        head, ("1", "Lò Thị Mẫu", "☐ Nam ☒ Nữ", "1996", ""), ("2", "", "☐ Nam\n☐ Nữ", "", "")
    )
    found = rows("collective_application", made)
    assert [(row["full_name"], row["gender"]) for row in found] == [("Lò Thị Mẫu", "female")]


def test_a_placeholder_saved_by_libreoffice_makes_no_row() -> None:
    head = grid(("TT", "Họ và tên", "Ngày, tháng, năm sinh", "Chức danh")).grid[0]
    blank = [
        Cell(str(1), 1, 0),
        *(
            Cell("…", 1, at, controls=(Control(f"rows.{key}", "…"),))
            for at, key in enumerate(("full_name", "dob", "post"), 1)
        ),
    ]
    assert rows("recognition_request", Table((head, tuple(blank)))) == []
