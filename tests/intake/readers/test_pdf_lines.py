"""Words of a page put into lines: words broken by narrow cells, wrapped lines with gaps, labels beside values."""

from __future__ import annotations

import ctypes
import io

import pypdfium2
import pypdfium2.raw as c
import pytest

from intake.readers.pdfflow import rows_of
from intake.readers.pdflines import cell_text, read_lines
from intake.readers.pdfwords import Ruling, Word, read_page
from intake.readers.ruled import find_grids

#: Points a letter and a line.
_LETTER, _LINE = 5.0, 14.0


def line(at: int, *texts: tuple[float, str]) -> list[Word]:
    """Words of one printed line; each text begins at its x."""
    words = []
    for x, text in texts:
        left = x
        for word in text.split():
            right = left + _LETTER * len(word)
            words.append(Word(word, left, _LINE * at, right, _LINE * at + 10))
            left = right + _LETTER
    return words


def in_cell(*lines: str, letters: float) -> str:
    words = [word for at, text in enumerate(lines) for word in line(at, (2, text))]
    return cell_text(words, (0, 0, letters * _LETTER + 4, 100))


@pytest.mark.parametrize(
    ("lines", "letters", "text"),
    [
        (("Khô", "ng"), 3.5, "Không"),
        (("Tổn", "g số"), 3.5, "Tổng số"),
        (("CĐC", "S mới"), 3.5, "CĐCS mới"),
        (("62999547", "09-001"), 8.5, "6299954709-001"),
        (("05/9/199", "6"), 8.5, "05/9/1996"),
        (("Đoàn", "viên"), 4.5, "Đoàn viên"),
        (("Lò", "Thị", "Mẫu"), 4.5, "Lò Thị Mẫu"),
        (("Công ty TNHH", "Bình Lư"), 13.0, "Công ty TNHH Bình Lư"),
        (("Tổ 5,", "xã Bình Lư"), 5.5, "Tổ 5, xã Bình Lư"),
    ],
)
def test_a_word_is_put_together_where_its_cell_broke_it(
    lines: tuple[str, ...], letters: float, text: str
) -> None:
    assert in_cell(*lines, letters=letters) == text


def texts(*lines: list[Word], width: float = 500) -> list[str]:
    words = [word for one in lines for word in one]
    return [one.text for one in read_lines(rows_of(words), 1, width)]


def test_a_wrapped_line_with_a_gap_goes_on_and_letterheads_stay_apart() -> None:
    assert texts(
        line(0, (50, "Mã số thuế: 6299900012"), (300, "Điện thoại người liên")),
        line(1, (50, "hệ: 0912000345")),
        width=440,
    ) == ["Mã số thuế: 6299900012\tĐiện thoại người liên hệ: 0912000345"]
    assert texts(
        line(0, (50, "LIÊN ĐOÀN LAO ĐỘNG TỈNH"), (250, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA")),
        line(1, (60, "CÔNG ĐOÀN CƠ SỞ A&B"), (260, "Độc lập - Tự do - Hạnh")),
        width=440,
    ) == [
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "CÔNG ĐOÀN CƠ SỞ A&B\tĐộc lập - Tự do - Hạnh",
    ]


def test_dots_go_with_the_word_before_them() -> None:
    # “hệ:” alone would have fitted, “hệ: ............” did not: no line ends before a dot.
    assert texts(
        line(0, (50, "Người liên hệ: Giàng Gô Vỹ; điện thoại người liên")),
        line(1, (50, "hệ: ............")),
        line(4, (50, "x" * 64)),
        width=420,
    )[0].endswith("điện thoại người liên hệ: ............")


def test_labels_and_values_without_lines_may_both_be_broken() -> None:
    rows = (
        line(0, (50, "Tên công đoàn cơ sở"), (250, "Công đoàn cơ sở Công ty TNHH Xây dựng")),
        line(1, (250, "Bình Lư")),
        line(2, (50, "Hợp đồng không xác định thời hạn theo"), (250, "42")),
        line(3, (50, "bộ luật")),
        line(4, (50, "Ngày khảo sát"), (250, "14/5/2024")),
        line(5, (50, "Mã số thuế"), (250, "6299900012")),
        line(7, (50, "NGƯỜI LẬP BIỂU")),
    )
    assert texts(*rows) == [
        "Tên công đoàn cơ sở\tCông đoàn cơ sở Công ty TNHH Xây dựng Bình Lư",
        "Hợp đồng không xác định thời hạn theo bộ luật\t42",
        "Ngày khảo sát\t14/5/2024",
        "Mã số thuế\t6299900012",
        "NGƯỜI LẬP BIỂU",
    ]


def test_two_tables_one_under_the_other_with_nearly_one_edge_stay_two() -> None:
    def ruled(top: float, right: float) -> list[Ruling]:
        levels = [Ruling(upright=False, at=top + 20 * at, start=0, end=right) for at in range(3)]
        uprights = [
            Ruling(upright=True, at=x, start=top, end=top + 40) for x in (0.0, 100.0, right)
        ]
        return [*levels, *uprights]

    upper, lower = find_grids([*ruled(200, 299.6), *ruled(100, 300.1)])
    assert (upper.box[1], upper.box[3], lower.box[1], lower.box[3]) == (100, 140, 200, 240)


def test_several_lines_in_one_path_are_several() -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(300, 300)
    path = c.FPDFPageObj_CreateNewPath(50, 50)
    for x, y in ((50, 100), (50, 150), (50, 250)):
        (c.FPDFPath_LineTo if y in {100, 250} else c.FPDFPath_MoveTo)(path, x, y)
    for x in (80, 110):
        c.FPDFPath_MoveTo(path, x, 50)
        c.FPDFPath_LineTo(path, x, 250)
    c.FPDFPath_SetDrawMode(path, 0, ctypes.c_int(1))
    c.FPDFPage_InsertObject(page, path)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    found = read_page(pypdfium2.PdfDocument(stream.getvalue()), 1).rulings
    assert [(round(r.at), round(r.start), round(r.end)) for r in found] == [
        (50, 200, 250), (50, 50, 150), (80, 50, 250), (110, 50, 250),
    ]  # fmt: skip
