"""Papers on the screen: made in the background, the pages as pictures, kept small."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image

from core.errors import NotFound
from docgen.engine.pdf import page_png
from docgen.services import previews
from docgen.services.previews import Preview, PreviewState, ask_preview, preview_of, preview_page

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "templates_docx" / "invitation" / "giay_moi.docx"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.DOCGEN_HOME = tmp_path  # type: ignore[attr-defined]


def waited(found: Preview) -> Preview:
    """The preview when it no longer waits."""
    end = time.monotonic() + 120
    while found.state == PreviewState.WAITING and time.monotonic() < end:
        time.sleep(0.1)
        found = preview_of(found.sha256)
    return found


@pytest.mark.soffice
def test_a_paper_is_there_after_a_while_and_a_bad_one_says_why() -> None:
    asked = ask_preview(SAMPLE.read_bytes())
    assert asked.state == PreviewState.WAITING  # no request waits for LibreOffice
    bad = ask_preview(b"PK\x03\x04 khong phai Word")
    found = waited(asked)
    assert (found.state, found.pages) == (PreviewState.READY, 1)
    picture = Image.open(io.BytesIO(preview_page(found.sha256, 1)))
    assert (picture.width, picture.height) == (827, 1170)
    assert len(picture.convert("L").getcolors() or ()) > 2  # letters on it
    with pytest.raises(NotFound, match="chỉ có 1 trang"):
        preview_page(found.sha256, 2)
    broken = waited(bad)
    assert broken.state == PreviewState.FAILED
    assert "Không chuyển sang PDF được" in broken.problem
    assert ask_preview(SAMPLE.read_bytes()).state == PreviewState.READY


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "find_soffice", lambda: None)
    found = ask_preview(SAMPLE.read_bytes())
    assert found.state == PreviewState.MISSING
    assert "libreoffice-writer" in found.problem


@pytest.mark.parametrize("name", ["", "0" * 63, "../" * 21 + "x", "0" * 64])
def test_nothing_but_what_was_asked_for(name: str) -> None:
    with pytest.raises(NotFound):
        preview_of(name)
    with pytest.raises(NotFound):
        preview_page(name, 1)


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "xem-truoc"
    folder.mkdir()
    for number in range(6):
        path = folder / f"{number}.pdf"
        path.write_bytes(b"x" * 10)
        stamp = 1_700_000_000 + number
        os.utime(path, (stamp, stamp))
    monkeypatch.setattr(previews, "KEEP_FILES", 4)
    monkeypatch.setattr(previews, "KEEP_BYTES", 35)
    previews._tidy()
    assert sorted(path.name for path in folder.iterdir()) == ["3.pdf", "4.pdf", "5.pdf"]


def test_no_pdf_is_unreadable() -> None:
    with pytest.raises(ValueError, match="PDF"):
        page_png(b"khong phai PDF", 1, 800)
