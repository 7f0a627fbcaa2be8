"""PDFs: made by LibreOffice itself, and by a stand-in that fails in the ways LibreOffice does."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest

from core.errors import Outage
from docgen.engine import pdf
from docgen.engine.soffice import Timeouts
from tests.docgen.engine import make

#: A program that answers like soffice: hangs (with a child), dies, or makes nothing when a file says so.
STAND_IN = """#!{python}
import pathlib, shutil, subprocess, sys, time, zipfile
args = sys.argv[1:]
out = pathlib.Path(args[args.index("--outdir") + 1])
log = pathlib.Path({log!r})
files = args[args.index("--outdir") + 2:]
with log.open("a") as handle:
    handle.write(str(len(files)) + "\\n")
for name in files:
    text = zipfile.ZipFile(name).read("word/document.xml").decode()
    if "TREO" in text:
        child = subprocess.Popen(["sleep", "600"])
        log.with_suffix(".pid").write_text(str(child.pid))
        time.sleep(600)
    if "HONG" in text:
        sys.exit(1)
    if "KHONG" not in text:
        shutil.copy({pdf!r}, out / (pathlib.Path(name).stem + ".pdf"))
"""


def blank_pdf(path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    page.close()
    document.save(path)
    document.close()


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts the stand-in in LibreOffice's place; the file returned lists the size of each call."""
    log, program, page = tmp_path / "calls", tmp_path / "soffice", tmp_path / "page.pdf"
    blank_pdf(page)
    program.write_text(STAND_IN.format(python=sys.executable, log=str(log), pdf=str(page)))
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "find_soffice", lambda: program)
    return log


def sizes(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()]


def words(*texts: str) -> list[tuple[str, bytes]]:
    return [(f"{number}.docx", make.template(text)) for number, text in enumerate(texts)]


def test_chunks_and_order(calls: Path, tmp_path: Path) -> None:
    results = pdf.convert_to_pdf(words(*"abcde"), profile=tmp_path / "p", chunk=2)
    assert [result.name for result in results] == [f"{number}.docx" for number in range(5)]
    assert all(result.pages == 1 and result.pdf is not None for result in results)
    assert sizes(calls) == [2, 2, 1]


@pytest.mark.parametrize("fault", ["HONG", "KHONG"])
def test_one_bad_file_does_not_take_the_others_along(
    calls: Path, tmp_path: Path, fault: str
) -> None:
    results = pdf.convert_to_pdf(words("a", "b", fault, "c", "d"), profile=tmp_path / "p")
    assert [result.pages for result in results] == [1, 1, 0, 1, 1]
    assert results[2].pdf is None
    assert "LibreOffice không chuyển được" in (results[2].problem or "")


def test_what_is_no_word_file_never_reaches_libreoffice(calls: Path, tmp_path: Path) -> None:
    files = [("a.docx", b"chu thuong"), *words("x"), ("b.docx", make.template("y")[:500])]
    results = pdf.convert_to_pdf(files, profile=tmp_path / "p")
    assert [result.pages for result in results] == [0, 1, 0]
    assert "không phải .docx" in (results[0].problem or "")
    assert sizes(calls) == [1]


def test_a_file_that_hangs_is_ended_with_its_children(calls: Path, tmp_path: Path) -> None:
    results = pdf.convert_to_pdf(
        words("a", "TREO"), profile=tmp_path / "p", timeouts=Timeouts(start=1, stall=1)
    )
    assert [result.pages for result in results] == [1, 0]
    child = int(calls.with_suffix(".pid").read_text())
    assert not alive(child)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # killed, waiting for its new parent to notice


def test_without_libreoffice_the_word_file_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: None)
    with pytest.raises(Outage, match="Chưa cài LibreOffice") as caught:
        pdf.convert_to_pdf(words("a"), profile=tmp_path / "p")
    assert caught.value.retryable is False
    assert caught.value.exit_code == 3


def test_a_program_that_does_not_start_is_an_outage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: tmp_path / "khong-co")
    with pytest.raises(Outage, match="Không chạy được LibreOffice"):
        pdf.convert_to_pdf(words("a"), profile=tmp_path / "p")


def test_pages_of_what_is_no_pdf() -> None:
    assert pdf.count_pages(b"") == pdf.count_pages(b"%PDF-1.7 cut") == pdf.count_pages(b"PK") == 0


@pytest.mark.soffice
def test_libreoffice_makes_readable_vietnamese_pages(tmp_path: Path) -> None:
    assert pdf.find_soffice() is not None
    text = "Liên đoàn Lao động tỉnh: Công ty TNHH A&B <X>, H'Mông, ngày 02 tháng 5"
    body = make.members(make.template("x"))["word/document.xml"]
    broken = make.with_members(make.template("x"), {"word/document.xml": body[:-40]})
    files = [("a.docx", make.template(text)), ("b.docx", broken), ("c.docx", make.template("hai"))]
    results = pdf.convert_to_pdf(files, profile=tmp_path / "p")
    assert results[0].pages == results[2].pages == 1
    assert results[1].pdf is None
    assert results[0].pdf is not None
    document = pypdfium2.PdfDocument(results[0].pdf)
    page = document[0]
    textpage = page.get_textpage()
    assert text in " ".join(textpage.get_text_bounded().split())
    for item in (textpage, page, document):
        item.close()
