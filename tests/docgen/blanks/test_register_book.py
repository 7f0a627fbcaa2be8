"""The printed register: cover, ten columns, repeated headings, the same bytes each time."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Twips

from docgen.blanks.register_book import register_book
from registry.books import Book, IncomingRow, OutgoingRow, Span

MAY_2 = date(2024, 5, 2)
COVER = Book(
    direction="outgoing",
    year=2024,
    parent="Tổng Liên đoàn Lao động Việt Nam",
    org="Liên đoàn Lao động tỉnh Lai Châu",
    first_date=MAY_2,
    last_date=date(2024, 12, 30),
    first_number="01",
    last_number="132",
    spans=(Span("KH", "01", "132", (), "liên tục từ 01 đến 132"),),
    kept=(("13/KH-LĐLĐ", "Chờ ký"),),
    inserted=(("70a/KH-LĐLĐ", "Sót khi vào sổ"),),
    count=2,
)
ROW = OutgoingRow(
    org=COVER.org,
    series="KH",
    number=1,
    suffix="",
    number_state="taken",
    reason="",
    inserted=False,
    full="01/KH-LĐLĐ",
    date=MAY_2,
    subject="Phát triển đoàn viên tại Công ty TNHH A&B <X>",
    receipt="",
    note="",
    sha256=None,
    symbol="KH-LĐLĐ",
    kind="plan",
    type_name="Kế hoạch",
    signer="Giàng A Páo",
    recipients="- Như trên;\n- Lưu: VT.",
    kept_by="Văn thư",
    copies=12,
    sent_on=None,
    state="issued",
    issuer=COVER.org,
    document_id="d",
)
ARRIVED = IncomingRow(
    org=COVER.org,
    series="đến",
    number=7,
    suffix="",
    number_state="taken",
    reason="",
    inserted=False,
    full="342/LĐLĐ-TCKT",
    date=MAY_2,
    subject="Công văn đề nghị công nhận",
    receipt="",
    note="",
    sha256=None,
    arrived_on=MAY_2,
    author="LĐLĐ huyện Tam Đường",
    receiver="Ban TC-KT",
    passed_on=None,
)
IN_COVER = Book("incoming", 2024, "", COVER.org, MAY_2, MAY_2, "07", "07", (), (), (), 1)


def lines(data: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(data)).paragraphs if p.text]


def cells(data: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_cover() -> None:
    assert lines(register_book([ROW], COVER, volume="02")) == [
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
        "____________",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        "Năm: 2024",
        "Từ ngày 02/05/2024 đến ngày 30/12/2024",
        "Từ số 01 đến số 132",
        "Quyển số: 02",
        "Số văn bản liên tục từ 01 đến 132.",
        "Số giữ chỗ: 13/KH-LĐLĐ (Chờ ký).",
        "Số chèn: 70a/KH-LĐLĐ (Sót khi vào sổ).",
    ]


def test_ten_columns_with_their_numbers() -> None:
    headings, counting, line = cells(register_book([ROW], COVER))
    assert headings[0] == "Số, ký hiệu văn bản"
    assert headings[9] == "Ghi chú"
    assert counting == [f"({at})" for at in range(1, 11)]
    assert line == [
        "01/KH-LĐLĐ",
        "02/05/2024",
        "Kế hoạch Phát triển đoàn viên tại Công ty TNHH A&B <X>",
        "Giàng A Páo",
        "- Như trên;\n- Lưu: VT.",
        "Văn thư",
        "12",
        "",
        "",
        "",
    ]


def test_incoming_book() -> None:
    data = register_book([ARRIVED], IN_COVER)
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in lines(data)
    headings, _, line = cells(data)
    assert headings[:3] == ["Ngày đến", "Số đến", "Tác giả"]
    assert line[:4] == ["02/05/2024", "07", "LĐLĐ huyện Tam Đường", "342/LĐLĐ-TCKT"]


def test_several_series_are_named() -> None:
    spans = (Span("KH", "01", "70", (), "liên tục từ 01 đến 70"), Span("QĐ", "01", "02", (), "…"))
    told = lines(
        register_book([], Book("outgoing", 2024, "", "X", None, None, "", "", spans, (), (), 0))
    )
    assert "Dãy số KH: Từ số 01 đến số 70" in told
    assert "Dãy số QĐ: Từ số 01 đến số 02" in told


def test_empty_book_leaves_dots() -> None:
    told = lines(
        register_book([], Book("outgoing", 2024, "", "X", None, None, "", "", (), (), (), 0))
    )
    assert f"Từ số {'.' * 20} đến số {'.' * 20}" in told


def test_page_headings_and_font() -> None:
    document = Document(io.BytesIO(register_book([ROW], COVER)))
    for section in document.sections:
        assert section.orientation == WD_ORIENT.LANDSCAPE
        assert (section.page_width, section.page_height) == (Twips(16838), Twips(11906))
    assert document.styles["Normal"].font.name == "Times New Roman"
    rows = document.tables[0].rows
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True, True, False]


@pytest.mark.parametrize("rows", [[ROW], []])
def test_same_bytes(rows: list[OutgoingRow]) -> None:
    assert register_book(rows, COVER) == register_book(rows, COVER)
