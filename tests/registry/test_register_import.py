"""An office's old book comes in whole, or every fault is told and nothing comes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from core.errors import DataIncomplete, Unreadable, UserError
from core.sheets import Column, SheetData, Value, write_book
from records.models import ChangeLog, Fact, UnionOrg
from registry.books import INCOMING_COLUMNS, OUTGOING_COLUMNS, book_of, incoming_rows, outgoing_rows
from registry.durability import durable
from registry.models import Direction, NumberSeries, OfficialNumber, OutgoingEntry
from registry.numbering import reserve_number, start_series
from registry.proof import check_all, check_series
from registry.register_import import import_register
from registry.register_sheets import registers_xlsx
from registry.series import SeriesRef

MAY_2, MAY_5 = date(2024, 5, 2), date(2024, 5, 5)
pytestmark = pytest.mark.django_db


def line(
    code: Value, day: Value = MAY_2, subject: Value = "Phát triển đoàn viên", note: str = ""
) -> list[Value]:
    return [code, day, subject, "Giàng A Páo", "Như trên; Lưu: VT", "Văn thư", 12, day, "", note]


def book(*rows: Sequence[Value], legal: Sequence[tuple[str, int]] = OUTGOING_COLUMNS) -> bytes:
    columns = tuple(Column(heading) for heading, _ in legal)
    counting = [f"({at})" for at in range(1, 11)]
    return write_book([SheetData("Sổ", columns, [counting, *rows], title=("SỔ ĐĂNG KÝ",))])


def bring(data: bytes, org: UnionOrg) -> list[tuple[str, int, int, int]]:
    done = import_register(data, org=org, year=2024, actor="van-thu")
    return [(one.series.key, one.first, one.last, one.next_number) for one in done]


def refused(data: bytes, org: UnionOrg) -> dict[str, str]:
    with pytest.raises(DataIncomplete) as caught:
        import_register(data, org=org, year=2024, actor="van-thu")
    assert not OutgoingEntry.objects.exists()
    assert not ChangeLog.objects.filter(channel="import").exists()
    return caught.value.wrong


def test_series_go_on_after_the_book(province: UnionOrg, plans: SeriesRef) -> None:
    data = book(
        line("01/KH-LĐLĐ", date(2024, 1, 5)),
        line("01/QĐ-LĐLĐ", "ngày 06 tháng 01 năm 2024"),
        line("Số: 02 /KH-LĐLĐ", "02/5/2024"),
        line("02a/KH-LĐLĐ", note="Sót"),
        line("342/LĐLĐ-TCKT", subject="V/v báo cáo"),
    )
    assert bring(data, province) == [("CV", 342, 342, 343), ("KH", 1, 2, 3), ("QĐ", 1, 1, 2)]
    assert check_all() == []
    with durable():
        assert reserve_number(plans, on=MAY_5, holder="new", actor="a").number == 3
    rows = outgoing_rows(2024, org=province, key="KH")
    assert [row.full for row in rows] == ["01/KH-LĐLĐ", "02/KH-LĐLĐ", "02a/KH-LĐLĐ", "03/KH-LĐLĐ"]
    assert (rows[1].date, rows[1].copies, rows[1].state) == (MAY_2, 12, "issued")
    change = ChangeLog.objects.get()
    assert (change.action, change.after["lines"]) == ("register_imported", 5)


def test_joint_series(province: UnionOrg) -> None:
    Fact.objects.create(key="series_policy:ldld-lai-chau", value="joint", label="Cách đánh số")
    data = book(line("01/KH-LĐLĐ"), line("02/QĐ-LĐLĐ"), line("03/LĐLĐ"))
    assert bring(data, province) == [("joint", 1, 3, 4)]


def test_number_without_a_paper_needs_its_reason(province: UnionOrg, plans: SeriesRef) -> None:
    kept = line("02/KH-LĐLĐ", subject=None, note="Không dùng")
    bring(book(line("01/KH-LĐLĐ"), kept, line("03/KH-LĐLĐ")), province)
    number = OfficialNumber.objects.get(number=2)
    assert (number.state, number.reason, number.holder) == ("reserved", "Không dùng", None)
    assert check_series(plans) == []


def test_all_faults_are_told_at_once(province: UnionOrg) -> None:
    wrong = refused(
        book(
            line("01/KH-LĐLĐ", MAY_5),
            line("02/KH-LĐLĐ", MAY_2),
            line("02/KH-LĐLĐ", MAY_5),
            line("05/KH-LĐLĐ", MAY_5),
            line("06/KH-LĐLĐ", date(2025, 1, 3)),
            line("06b/KH-LĐLĐ", date(2025, 1, 3)),
            line("07/KH-LĐLĐ", date(2025, 1, 4), subject=None),
        ),
        province,
    )
    assert wrong == {
        "B5": "Trước ngày của số 01 (05/05/2024, dòng 4).",
        "A6": "Số 02 đã có ở dòng 5.",
        "A7": "Bỏ trống số 03, 04 trước số này; thêm dòng cho số bỏ trống và ghi lý do ở Ghi chú.",
        "B8": "Ngày không thuộc năm 2024.",
        "A9": "Sau số 06 không thể là 06b.",
        "B9": "Ngày không thuộc năm 2024.",
        "B10": "Ngày không thuộc năm 2024.",
        "C10": "Thiếu trích yếu; nếu là số để trống thì ghi lý do vào cột Ghi chú.",
    }


def test_unreadable_cells(province: UnionOrg) -> None:
    odd = line("02/KH-LĐLĐ")
    odd[6] = "hai"
    wrong = refused(
        book(
            line("01/KH-LĐLĐ"),
            odd,
            line("số ba", MAY_5),
            line("04/KH-LĐLĐ", "30/02/2024"),
            line("05/KH-LĐLĐ", MAY_5, "x" * 1001),
            line(None, MAY_5),
        ),
        province,
    )
    assert set(wrong) == {"G5", "A6", "B7", "H7", "C8", "A9"}
    assert wrong["G5"] == "“hai” không phải là số lượng."
    assert wrong["C8"] == "Dài 1001 ký tự, nhiều nhất 1000."
    assert wrong["A9"] == "Thiếu số, ký hiệu."


def test_nothing_is_half_imported(province: UnionOrg) -> None:
    refused(book(line("01/KH-LĐLĐ"), line("01/QĐ-LĐLĐ"), line("03/QĐ-LĐLĐ")), province)
    assert not OfficialNumber.objects.exists()
    assert not NumberSeries.objects.exists()


def test_second_import_of_the_same_book(province: UnionOrg) -> None:
    data = book(line("01/KH-LĐLĐ"))
    bring(data, province)
    with pytest.raises(DataIncomplete, match="Số 01 đã có trong sổ"):
        bring(data, province)
    assert OfficialNumber.objects.count() == 1


def test_book_comes_after_the_start(province: UnionOrg, plans: SeriesRef) -> None:
    start_series(plans, next_number=3, actor="a", reason="Bắt đầu dùng phần mềm")
    with durable():
        reserve_number(plans, on=MAY_5, holder="new", actor="a")
    too_short = refused(book(line("01/KH-LĐLĐ")), province)
    assert too_short == {"A4": "Sổ kết thúc ở số 01 mà dãy số đã bắt đầu từ 03."}
    late = refused(book(line("01/KH-LĐLĐ"), line("02/KH-LĐLĐ", date(2024, 5, 6))), province)
    assert late == {"B5": "Ngày sau ngày của số 03 đã cấp (05/05/2024)."}
    assert bring(book(line("01/KH-LĐLĐ"), line("02/KH-LĐLĐ")), province) == [("KH", 1, 2, 4)]
    assert check_series(plans) == []


def test_export_can_be_imported_elsewhere(province: UnionOrg, district: UnionOrg) -> None:
    kept = line("02/KH-LĐLĐ", subject=None, note="Không dùng")
    bring(book(line("01/KH-LĐLĐ"), kept, line("02a/KH-LĐLĐ", note="Sót")), province)
    rows = outgoing_rows(2024, org=province)
    data = registers_xlsx(rows, book_of(rows, org=province, year=2024))
    assert bring(data, district) == [("KH", 1, 2, 3)]
    copied = outgoing_rows(2024, org=district)
    assert [row.columns()[:8] for row in copied] == [row.columns()[:8] for row in rows]


def test_incoming_book(province: UnionOrg) -> None:
    data = book(
        [MAY_2, 1, "LĐLĐ huyện Tam Đường", "342/LĐLĐ-TCKT", MAY_2, "Công văn đề nghị", "Ban TC-KT"],
        ["5/5/2024", "02", "Công ty TNHH A&B", None, None, "Đơn", None, MAY_5],
        legal=INCOMING_COLUMNS,
    )
    (done,) = import_register(
        data, org=province, year=2024, actor="a", direction=Direction.INCOMING
    )
    assert (done.first, done.last, done.next_number) == (1, 2, 3)
    rows = incoming_rows(2024, org=province)
    assert [(row.printed_number, row.author, row.passed_on) for row in rows] == [
        ("01", "LĐLĐ huyện Tam Đường", None),
        ("02", "Công ty TNHH A&B", MAY_5),
    ]


def test_incoming_faults(province: UnionOrg) -> None:
    data = book(
        [MAY_2, "x", "LĐLĐ", "1/A", MAY_2, "Đơn"],
        [MAY_2, 2, None, "1/A", MAY_2, "Đơn"],
        legal=INCOMING_COLUMNS,
    )
    with pytest.raises(DataIncomplete) as caught:
        import_register(data, org=province, year=2024, actor="a", direction=Direction.INCOMING)
    assert caught.value.wrong == {"B4": "“x” không phải là số đến.", "C5": "Thiếu tác giả."}


def test_files_that_are_no_book(province: UnionOrg) -> None:
    with pytest.raises(Unreadable):
        bring(b"no workbook", province)
    with pytest.raises(UserError, match="Không thấy dòng tiêu đề"):
        bring(write_book([SheetData("Sổ", (Column("Họ tên"),), [["Lò Thị Ửng"]])]), province)
    with pytest.raises(DataIncomplete, match="không có dòng nào"):
        bring(book(), province)
