"""PDFs made by LibreOffice from filled forms, and pages drawn by hand: ruled cells, wrapped lines, turned pages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from core.errors import Unreadable
from core.forms import FORMS, get_form
from intake.guard import FileType
from intake.pipeline import Wish, read_pieces
from intake.readers.pdf import read_pdf
from intake.readers.pdfwords import Ruling
from intake.readers.raw import Channel
from intake.readers.ruled import find_grids
from tests.intake.forms import word_form
from tests.intake.pdfs import drawn, picture_page
from tests.intake.test_read_form import values

STYLES = ("table", "dots", "lines")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """Every kind in every style, printed by one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("in")
    names = {}
    for kind in FORMS:
        for style in STYLES:
            names[kind, style] = folder / f"{kind}.{style}.docx"
            names[kind, style].write_bytes(word_form(kind, style=style))
    program = shutil.which("soffice")
    assert program, "LibreOffice is part of the tests: apt install libreoffice-writer"
    command = [
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", folder, *names.values()], check=True, capture_output=True)
    return {key: path.with_suffix(".pdf").read_bytes() for key, path in names.items()}


@pytest.mark.soffice
def test_every_kind_in_every_style_says_the_same_as_its_word_file(
    printed: dict[tuple[str, str], bytes],
) -> None:
    wrong = {}
    for (kind, style), data in printed.items():
        (reading,) = read_pieces(data, FileType.PDF, Wish(f"{kind}.pdf"))
        assert reading.channel is Channel.PDF_TEXT
        if values(reading) != get_form(kind).example or reading.problems:
            wrong[kind, style] = (values(reading), reading.problems)
    assert wrong == {}


@pytest.mark.soffice
def test_values_have_their_places(printed: dict[tuple[str, str], bytes]) -> None:
    (reading,) = read_pieces(printed["vote_count", "table"], FileType.PDF, Wish("a.pdf"))
    present = reading.fields["present"]
    assert present.page == 1
    assert present.box is not None
    x0, top, x1, bottom = present.box
    assert 0 < x0 < x1 < 700
    assert 0 < top < bottom < 850


def test_lines_are_joined_only_where_the_next_word_did_not_fit() -> None:
    data = drawn(
        [
            (
                72,
                80,
                "Kính gửi: Ban Vận động thành lập công đoàn cơ sở Công ty TNHH Xây dựng và Thương mại Hà",
            ),
            (72, 95, "Bình Lư"),
            (72, 110, "Ngày làm đơn: 15/5/2024"),
            (72, 125, "Nam"),
            (72, 140, "LIÊN ĐOÀN LAO ĐỘNG"),
            (230, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ],
        size=(570, 842),
    )
    assert [line.text for line in read_pdf(data).lines] == [
        "Kính gửi: Ban Vận động thành lập công đoàn cơ sở Công ty TNHH Xây dựng và Thương mại Hà Bình Lư",
        "Ngày làm đơn: 15/5/2024",
        "Nam",
        "LIÊN ĐOÀN LAO ĐỘNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


@pytest.mark.parametrize("shown", [0, 90])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_text_is_read_along_itself(turned: int, shown: int) -> None:
    texts = [(72, 80, "Mã số thuế: 6299900012"), (72, 200, "Dân tộc: Thái")]
    raw = read_pdf(drawn(texts, rotation=shown, turned=turned))
    assert [line.text for line in raw.lines] == [text for _, _, text in texts]
    first, second = (line.box for line in raw.lines)
    assert first is not None
    assert second is not None
    assert (round(first[0]), round(second[0])) == (72, 72)
    assert round(second[1] - first[1]) == 120


def test_a_ruled_grid_with_merged_cells() -> None:
    def level(y: float, start: float, end: float) -> Ruling:
        return Ruling(upright=False, at=y, start=start, end=end)

    def upright(x: float, start: float, end: float) -> Ruling:
        return Ruling(upright=True, at=x, start=start, end=end)

    lines = [level(y, 0, 300) for y in (0, 20, 40, 60)]
    lines[1] = level(20, 100, 300)  # the first cell of row two belongs to the one above
    lines += [upright(x, 0, 60) for x in (0, 100, 300)]
    lines += [upright(200, 20, 60)]  # the head over columns two and three is one cell
    lines += [level(500, 0, 300)]  # a rule under a title is no table
    (grid,) = find_grids(lines)
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_a_box_around_text_is_no_table() -> None:
    lines = [Ruling(upright=False, at=y, start=0, end=100) for y in (0, 20)]
    lines += [Ruling(upright=True, at=x, start=0, end=20) for x in (0, 100)]
    assert find_grids(lines) == ()


def test_a_page_of_picture_alone_is_a_scan_and_says_so() -> None:
    raw = read_pdf(picture_page())
    assert (raw.channel, raw.scanned, raw.blocks) == (Channel.PDF_SCAN, True, ())
    (reading,) = read_pieces(picture_page(), FileType.PDF, Wish("quet.pdf"))
    assert (reading.status, reading.channel) == ("rejected", "pdf_scan")
    assert "bản quét" in (reading.reason or "")


def test_a_picture_under_text_is_noted() -> None:
    assert (
        "image_over_text"
        in read_pdf(picture_page("Tổng số lao động: 27 người, trong đó nữ có 11 người")).notes
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"%PDF-1.7 hong", "broken_file"), (drawn([(72, 80, "x")], size=(9000, 9000)), "giant_page")],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_pdf(data)
    assert error.value.code == code


def test_too_many_pages_are_refused_at_once(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(1001):
        document.new_page(595, 842)
    document.save(tmp_path / "a.pdf")
    with pytest.raises(Unreadable) as error:
        read_pdf((tmp_path / "a.pdf").read_bytes())
    assert error.value.code == "too_many_pages"
