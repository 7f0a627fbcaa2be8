"""`docgen demo`: the main job on the sample store, as `./run` starts it."""

from __future__ import annotations

import fcntl
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from django.conf import settings
from django.core.management import call_command

from config.cli.output import answer, json_option, note
from config.cli.verbs import verb
from core.errors import Outage
from docgen.engine.pdf import find_soffice
from docgen.services.pdf import make_pdfs, missing_pdfs
from records.models import Campaign
from records.sample import load_sample
from workers.campaign import StageResult, StageRunner
from workers.returns_run import returns_text, take_returns
from workers.sample_run import prepare_series, summary, summary_text
from workers.stages import campaign_stages
from workers.supervisor import Worker
from workers.sweep import free_all

ACTOR = "văn thư"


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """One main job a store at a time. Raises Outage when another runs."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Outage(
                "Một lệnh ./run khác đang chạy với cùng kho dữ liệu. Chờ lệnh đó xong rồi chạy lại.",
                code="already_running",
            ) from fault
        yield


@verb("demo", help="Chạy trọn chiến dịch mẫu: từ hồ sơ đến văn bản có số trong sổ.")
@click.option("--pdf/--no-pdf", "pdf", default=True, help="Tạo PDF nếu máy có LibreOffice.")
@click.option(
    "--stages",
    type=click.IntRange(min=1),
    hidden=True,
    help="Chỉ làm bấy nhiêu bước đầu của mỗi chiến dịch (để kiểm thử).",
)
@json_option
def demo(*, pdf: bool, stages: int | None, as_json: bool) -> None:
    """Sample store, worker, every stage, summary."""
    home = settings.DOCGEN_HOME
    # Asked to stop is as Ctrl+C: the worker is stopped too, and the command says how to go on.
    signal.signal(signal.SIGTERM, _interrupt)
    began = time.monotonic()
    with only_one(home):
        call_command("migrate", interactive=False, verbosity=0)
        note("Nạp kho hồ sơ mẫu…")
        load_sample()
        free_all()
        results = run_campaigns(home, stages=stages)
        word_seconds = time.monotonic() - began
        taken = None
        if stages is None:
            note("Nhận, đọc, kiểm tra các biểu mẫu mẫu gửi về…")
            taken = take_returns(home, actor=ACTOR, report=note)
        pdf_note = make_all_pdfs(home) if pdf else "Không tạo PDF (--no-pdf)."
    made = summary(results, seconds=word_seconds)
    text = summary_text(made, pdf_note=pdf_note, home=home)
    if taken is not None:
        made["returns"] = taken.as_json()
        text += "\n" + returns_text(taken)
    answer(made, as_json=as_json, text=text)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run_campaigns(home: Path, *, stages: int | None = None) -> list[StageResult]:
    """Every stage (or only the first ``stages``) of every sample campaign.

    The worker starts only when something is to be done.
    """
    prepare_series(actor=ACTOR)
    results = []
    with Worker(home) as worker:
        for campaign in Campaign.objects.order_by("year", "code"):
            runner = StageRunner(campaign, worker=worker, actor=ACTOR, report=note)
            for stage in campaign_stages(campaign)[:stages]:
                result = runner.run(stage)
                note(
                    f"  {stage.title} ({stage.on:%d/%m/%Y}): {result.documents} văn bản"
                    + (", đã có từ trước" if result.was_done else "")
                )
                results.append(result)
    return results


def make_all_pdfs(home: Path) -> str:
    """PDFs of the issued papers; extra time, and a clear word where LibreOffice is missing."""
    if find_soffice() is None:
        return (
            "Chưa tạo PDF: máy không có LibreOffice. Cài gói libreoffice-writer rồi chạy lại ./run."
        )
    ids = missing_pdfs()
    if not ids:
        return "PDF đã có đủ."
    note(f"Tạo {len(ids)} tệp PDF bằng LibreOffice (thêm thời gian)…")
    began = time.monotonic()
    failures = make_pdfs(ids, root=home / "libreoffice")
    seconds = time.monotonic() - began
    if failures:
        return f"PDF: {len(ids) - len(failures)} tệp, {len(failures)} lỗi, {seconds:.0f} giây."
    return f"PDF: {len(ids)} tệp, thêm {seconds:.0f} giây."


VERBS = (demo,)
