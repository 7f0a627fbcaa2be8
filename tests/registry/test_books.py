"""The read side: rows in the order of the book, the JSON of the contract, the facts of the cover."""

from __future__ import annotations

from datetime import date

import pytest

from core.sheets import read_book
from records.models import OrgParent, UnionOrg
from registry.books import Book, OutgoingRow, book_of, incoming_rows, outgoing_rows, register_json
from registry.durability import durable
from registry.models import Direction
from registry.numbering import insert_after, keep_number, reserve_number
from registry.register_sheets import registers_xlsx
from registry.registers import enter_incoming, enter_outgoing
from registry.series import SeriesRef

MAY_2, MAY_5 = date(2024, 5, 2), date(2024, 5, 5)
KEYS = {
    "number", "suffix", "symbol", "full", "date", "kind", "subject", "signer", "recipients",
    "kept_by", "copies", "state", "issuer", "sha256",
}  # fmt: skip
pytestmark = pytest.mark.django_db


def issue(org: UnionOrg, series: SeriesRef, holder: str, on: date = MAY_2) -> None:
    with durable():
        number = reserve_number(series, on=on, holder=holder, actor="van-thu")
        enter_outgoing(
            number,
            org=org,
            code=f"{number}/{series.key}-LĐLĐ",
            symbol=f"{series.key}-LĐLĐ",
            date=on,
            kind="plan",
            type_name="Kế hoạch",
            subject="Kế hoạch phát triển đoàn viên",
            signer="Giàng A Páo",
            document_id=holder,
        )


@pytest.fixture
def book_rows(province: UnionOrg, district: UnionOrg, plans: SeriesRef) -> list[OutgoingRow]:
    """Numbers 01, 02, 02a, 02b … 02đ, 02e, kept 03, 04; and one paper of another body."""
    issue(province, plans, "document:1")
    issue(province, plans, "document:2")
    with durable():
        for place in range(6):
            insert_after(
                plans, 2, on=MAY_2, holder=f"late:{place}", actor="a", reason="Sót khi vào sổ"
            )
        keep_number(plans, on=MAY_2, actor="a", reason="Chờ ký")
    issue(province, plans, "document:4", MAY_5)
    issue(district, SeriesRef(district.pk, "QĐ", 2024), "document:q", MAY_5)
    return outgoing_rows(2024, org=province)


def test_rows_in_the_order_of_the_book(book_rows: list[OutgoingRow]) -> None:
    assert [row.printed_number for row in book_rows] == (
        ["01", "02", "02a", "02b", "02c", "02d", "02đ", "02e", "03", "04"]
    )
    assert len(outgoing_rows(2024)) == 11
    assert outgoing_rows(2025) == []
    assert outgoing_rows(2024, key="QĐ")[0].issuer == "Liên đoàn Lao động huyện Tam Đường"


def test_kept_number_is_a_line_with_its_reason(book_rows: list[OutgoingRow]) -> None:
    kept = book_rows[8]
    assert (kept.full, kept.state) == ("03/KH-LĐLĐ", "reserved")
    assert kept.columns() == (
        "03/KH-LĐLĐ", MAY_2, "", "", "", "", None, None, "", "Số giữ chỗ: Chờ ký",
    )  # fmt: skip


def test_type_name_is_not_said_twice(book_rows: list[OutgoingRow]) -> None:
    assert book_rows[0].columns()[2] == "Kế hoạch phát triển đoàn viên"


def test_json_of_the_contract(book_rows: list[OutgoingRow]) -> None:
    told = register_json(Direction.OUTGOING, 2024, book_rows)
    assert set(told) == {"year", "direction", "rows"}
    rows = told["rows"]
    assert isinstance(rows, list)
    assert all(set(row) == KEYS for row in rows)
    assert rows[-1] == {
        "number": 4,
        "suffix": "",
        "symbol": "KH-LĐLĐ",
        "full": "04/KH-LĐLĐ",
        "date": "2024-05-05",
        "kind": "plan",
        "subject": "Kế hoạch phát triển đoàn viên",
        "signer": "Giàng A Páo",
        "recipients": "",
        "kept_by": "",
        "copies": None,
        "state": "numbered",
        "issuer": "Liên đoàn Lao động tỉnh Lai Châu",
        "sha256": None,
    }


def test_cover(book_rows: list[OutgoingRow], province: UnionOrg, district: UnionOrg) -> None:
    OrgParent.objects.create(org=province, parent=district, valid_to=MAY_2)
    OrgParent.objects.create(org=province, parent=district, valid_from=date(2024, 5, 3))
    book = book_of(book_rows, org=province, year=2024)
    assert (book.first_number, book.last_number) == ("01", "04")
    assert (book.first_date, book.last_date) == (MAY_2, MAY_5)
    assert [span.words for span in book.spans] == ["liên tục từ 01 đến 04"]
    assert book.kept == (("03/KH-LĐLĐ", "Chờ ký"),)
    assert book.inserted[0] == ("02a/KH-LĐLĐ", "Sót khi vào sổ")
    assert book.parent == district.name


def test_cover_names_what_is_missing(book_rows: list[OutgoingRow], province: UnionOrg) -> None:
    book = book_of([book_rows[0], book_rows[9]], org=province, year=2024)
    assert book.spans[0].words == "từ 01 đến 04, thiếu số 02, 03"


def test_cover_of_an_empty_book(province: UnionOrg) -> None:
    book = book_of([], org=province, year=2024)
    assert book == Book("outgoing", 2024, "", province.name, None, None, "", "", (), (), (), 0)


def test_incoming_rows(province: UnionOrg) -> None:
    with durable():
        enter_incoming(
            org=province,
            holder="received:a",
            actor="van-thu",
            arrived_on=MAY_5,
            author="LĐLĐ huyện Tam Đường",
            code="342/LĐLĐ-TCKT",
            date=MAY_2,
            subject="Công văn đề nghị công nhận",
            receiver="Ban TC-KT",
        )
    (row,) = incoming_rows(2024, org=province)
    assert row.columns()[:7] == (
        MAY_5,
        "01",
        "LĐLĐ huyện Tam Đường",
        "342/LĐLĐ-TCKT",
        MAY_2,
        "Công văn đề nghị công nhận",
        "Ban TC-KT",
    )
    rows = register_json(Direction.INCOMING, 2024, [row])["rows"]
    assert isinstance(rows, list)
    (told,) = rows
    assert set(told) >= KEYS
    assert (told["arrived_on"], told["issuer"]) == ("2024-05-05", "LĐLĐ huyện Tam Đường")
    book = book_of([row], org=province, year=2024, direction=Direction.INCOMING)
    assert book.first_date == MAY_5
    assert registers_xlsx([row], book)[:2] == b"PK"


def test_xlsx_has_cover_and_legal_columns(book_rows: list[OutgoingRow], province: UnionOrg) -> None:
    book = book_of(book_rows, org=province, year=2024)
    data = registers_xlsx(book_rows, book)
    assert data == registers_xlsx(book_rows, book)
    cover, sheet = read_book(data)
    assert cover.rows[1].get("A") == "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
    assert [cell.value for cell in sheet.rows[0].cells] == [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Người ký",
        "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu",
        "Số lượng bản",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    assert [cell.value for cell in sheet.rows[1].cells] == [f"({at})" for at in range(1, 11)]
    assert sheet.rows[2].get("B") == MAY_2
    assert len(sheet.rows) == 2 + len(book_rows)
