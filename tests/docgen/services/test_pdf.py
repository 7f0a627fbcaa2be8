"""Conversions are rows: claimed, proved, done once for one content; whatever dies, nothing is lost."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings as django_settings

from core.errors import Outage
from docgen.engine.pdf_check import inspect
from docgen.engine.soffice import Timeouts, find_soffice
from docgen.models import Conversion, Document, JobState
from docgen.services import pdf
from docgen.services.jobs import claim
from docgen.services.papers import paper_bytes
from docgen.services.pdf import (
    ask_conversions,
    conversion_counts,
    make_pdfs,
    missing_pdfs,
    run_conversions,
)
from records.models import Campaign
from registry.files import key_of, read
from tests.docgen.services.conversions import (
    rows,
    soffice_pids,
    states,
    torn,
    wait_for_soffice,
    word,
)
from tests.sample import issued

MAY_16 = date(2024, 5, 16)
pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.FILES_DIR = tmp_path / "kho"  # type: ignore[attr-defined]
    return tmp_path / "libreoffice"


@pytest.mark.soffice
def test_a_poisoned_file_among_good_ones_keeps_its_reason(files: Path) -> None:
    jobs = rows(word("Quyết định một"), torn("hỏng"), word("Quyết định hai"), b"khong phai Word")
    run_conversions([job.pk for job in jobs], root=files)
    assert states(jobs) == ["done", "failed", "done", "failed"]
    broken, text = (Conversion.objects.get(pk=jobs[place].pk) for place in (1, 3))
    assert broken.error_code == text.error_code == "pdf_failed"
    assert "LibreOffice không chuyển được" in broken.error_message
    assert "không phải .docx" in text.error_message
    good = Conversion.objects.get(pk=jobs[2].pk)
    assert good.pdf is not None
    assert good.pages == 1
    facts = inspect(read(good.pdf))
    assert facts is not None
    assert {"quyết", "định", "hai"} <= facts.words
    assert facts.foreign_fonts == ()
    assert good.pdf.name == "2-QĐ.pdf"
    # The same Word file gives the same PDF, so a lost one is made again and proved by its hash.
    (Path(django_settings.FILES_DIR) / key_of(good.pdf)).unlink()
    assert paper_bytes(good.pdf).startswith(b"%PDF")
    good.pdf.refresh_from_db()
    assert read(good.pdf).startswith(b"%PDF")


@pytest.mark.soffice
def test_a_hanging_libreoffice_is_ended_and_its_files_are_made_again(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = rows(word("Thứ nhất"), word("Thứ hai"))
    stopped: list[int] = []

    def stop() -> None:
        pid = wait_for_soffice(files)
        os.kill(pid, signal.SIGSTOP)
        stopped.append(pid)

    monkeypatch.setattr("docgen.engine.pdf.PATIENT", Timeouts(start=1, stall=5))
    thread = threading.Thread(target=stop)
    thread.start()
    run_conversions([job.pk for job in jobs], root=files)
    thread.join()
    assert states(jobs) == ["done", "done"]
    assert not Path(f"/proc/{stopped[0]}").exists()
    assert soffice_pids(files) == []


def test_without_libreoffice_the_rows_wait(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = rows(word("Một"))
    monkeypatch.setattr(pdf, "find_soffice", lambda: None)
    with pytest.raises(Outage, match="Chưa cài LibreOffice"):
        run_conversions([job.pk for job in jobs], root=files)
    job = Conversion.objects.get(pk=jobs[0].pk)
    assert (job.state, job.attempt) == ("waiting", 0)


def test_a_libreoffice_that_makes_nothing_at_all_is_an_outage_not_a_fault_of_the_files(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = rows(word("Một"), word("Hai"))
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr("docgen.engine.pdf.find_soffice", lambda: broken)
    for attempt in (1, 2, 3):
        with pytest.raises(Outage, match="không tạo được PDF nào"):
            run_conversions([job.pk for job in jobs], root=files)
        found = Conversion.objects.get(pk=jobs[1].pk)
        assert found.attempt == attempt
        assert found.error_code == "soffice_failed"
    assert states(jobs) == ["failed", "failed"]


@pytest.mark.soffice
def test_papers_get_their_pdf_once(sample: Campaign, files: Path) -> None:
    paper = issued("founding_decision", "case:hs24-001", on=MAY_16)
    asked = ask_conversions(Document.objects.filter(pk=paper.pk))
    assert ask_conversions(Document.objects.filter(pk=paper.pk)) == asked
    assert dict(conversion_counts(Document.objects.all())) == {
        "done": 0, "waiting": 1, "running": 0, "failed": 0,
    }  # fmt: skip
    assert missing_pdfs() == [str(paper.pk)]
    assert make_pdfs([str(paper.pk)], root=files) == {}
    paper.refresh_from_db()
    assert paper.pdf_file is not None
    made = read(paper.pdf_file)
    document = pypdfium2.PdfDocument(made)
    assert len(document) == Conversion.objects.get().pages
    document.close()
    assert missing_pdfs() == []
    # A paper with the same Word file finds the PDF there: nothing is converted again.
    Document.objects.filter(pk=paper.pk).update(pdf_file=None)
    assert ask_conversions(Document.objects.all()) == []
    paper.refresh_from_db()
    assert paper.pdf_file is not None
    assert conversion_counts(Document.objects.all())["done"] == 1


def test_what_failed_is_asked_for_anew(sample: Campaign, files: Path) -> None:
    paper = issued("founding_decision", "case:hs24-001", on=MAY_16)
    asked = ask_conversions(Document.objects.all())
    Conversion.objects.update(state=JobState.FAILED, attempt=3, error_message="hỏng")
    assert conversion_counts(Document.objects.all())["failed"] == 1
    assert ask_conversions(Document.objects.filter(pk=paper.pk)) == asked
    job = claim(Conversion, asked[0])
    assert job is not None
    assert (job.attempt, job.error_message) == (1, "")


@pytest.fixture(autouse=True)
def _libreoffice_is_here() -> None:
    assert find_soffice() is not None, "LibreOffice is not installed; ./test installs it"
