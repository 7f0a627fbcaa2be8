"""`docgen export`, `docgen batch pdf` and what the status says of PDFs, as an office calls them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.engine.pdf_check import count_pages
from docgen.services.batches import issue_batch, sign_batch
from records.models import Campaign
from tests.batches import made, run
from tests.config.cli.calls import Caller
from tests.sample import CLERK, PLAN, draft, issued, run_waiting, sample, sample_rows

pytestmark = pytest.mark.django_db
__all__ = ["sample", "sample_rows"]


def test_any_papers_are_exported_by_name_or_by_filter(
    sample: Campaign, call: Caller, tmp_path: Path
) -> None:
    plan = issued(*PLAN, on=date(2024, 5, 2))
    draft("founding_decision", "case:hs24-001", on=date(2024, 5, 16))
    target = tmp_path / "tất cả.zip"
    told = call("export", "-o", target, "--json")
    assert (told.code, told.json["documents"]) == (0, 2)
    assert list(told.json) == ["file", "documents", "units", "without_file", "without_pdf"]
    for chosen in (
        (plan.code,),
        ("--kind", "plan"),
        ("--from", "2024-05-02", "--to", "2024-05-02"),
    ):
        told = call("export", *chosen, "-o", target, "--json")
        assert told.json["documents"] == 1
        with zipfile.ZipFile(target) as archive:
            assert archive.namelist()[1].startswith(
                "Lien-doan-Lao-dong-tinh-Lai-Chau/00001_01-KH-LDLD_2024-05-02_"
            )
    nothing = call("export", "--state", "recalled", "-o", target, "--json")
    assert (nothing.code, nothing.error["code"]) == (2, "not_found")
    assert call("export", "--kind", "không_có", "-o", target).code == 2


@pytest.mark.soffice
@pytest.mark.slow
def test_pdfs_of_a_batch_from_the_queue_to_the_print(
    sample: Campaign, call: Caller, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOCGEN_HOME = tmp_path / "home"
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")  # nobody hears the bell: the rows wait
    batch = made(sample)
    run(batch)
    sign_batch(batch, signer=None, actor=CLERK)
    papers = issue_batch(batch, on=None, actor=CLERK)
    run_waiting(*papers)
    assert call("batch", "status", batch.pk, "--json").json["pdf"] == {
        "done": 0, "waiting": 0, "running": 0, "failed": 0,
    }  # fmt: skip
    asked = call("batch", "pdf", batch.pk, "--json")
    assert (asked.code, asked.json["asked"]) == (0, len(papers))
    assert f"PDF: 0 xong, {len(papers)} chờ" in call("batch", "status", batch.pk).out
    here = call("batch", "pdf", batch.pk, "--here", "--json")
    assert here.json["pdf"] == {"done": len(papers), "waiting": 0, "running": 0, "failed": 0}
    target = tmp_path / "in.zip"
    told = call("batch", "export", batch.pk, "-o", target, "--pdf-per-unit", "--duplex", "--json")
    assert (told.code, told.json["without_pdf"]) == (0, 0)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        single = [name for name in names if name.endswith(".pdf") and "/0000" in name]
        printed = [name for name in names if name.endswith("00_Ban-in-gop.pdf")]
        assert len(single) == len(papers)
        assert len(printed) == 1
        counts = [count_pages(archive.read(name)) for name in single]
        sheets = sum(count + count % 2 for count in counts[:-1]) + counts[-1]
        assert count_pages(archive.read(printed[0])) == sheets
