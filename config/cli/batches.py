"""`docgen batch …`: create, check, run, sign, issue, status, pause, resume, cancel, retry, export."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from config.cli.batch_texts import (
    check_text,
    pdf_line,
    progress_text,
    status_text,
)
from config.cli.documents import ACTOR, person_code, today
from config.cli.exports import export_options, report_export
from config.cli.output import FOUND, answer, by_chunks, json_option, note, progress_bar, write_file
from config.cli.store import store_group
from config.cli.verbs import DAY, WholeNumber
from core.errors import NotFound, UserError
from docgen.models import Batch, BatchState, JobState
from docgen.services.batch_problems import problem_lines, problem_sheet
from docgen.services.batches import (
    batch_status,
    cancel_batch,
    check_batch,
    create_batch,
    documents_of,
    files_of,
    get_batch,
    issue_batch,
    numbering_order,
    pause_batch,
    retry_batch,
    sign_batch,
    start_batch,
)
from docgen.services.exports import Wishes, export_batch
from docgen.services.pdf import ask_conversions, conversion_counts
from records.models import Campaign
from workers.bell import PDF_CHUNK
from workers.dispatch import (
    make_batch_now,
    make_files_now,
    make_pdfs_now,
    send_batch,
    send_conversions,
    send_files,
)


@store_group("batch", help="Đợt phát hành: nhiều văn bản từ một yêu cầu.")
def batch() -> None:
    """The batch verbs hang below."""


def parse_where(pairs: tuple[str, ...]) -> dict[str, str]:
    """`name=value` pairs. Raises UserError naming the bad one."""
    where = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name or not value:
            raise UserError(
                f"Điều kiện “{pair}” phải có dạng tên=giá_trị, ví dụ state=dossier_filed.",
                code="usage",
            )
        where[name] = value
    return where


def get_campaign(code: str) -> Campaign:
    """The campaign with that code. Raises NotFound."""
    campaign = Campaign.objects.filter(code=code).first()
    if campaign is None:
        known = (
            ", ".join(Campaign.objects.values_list("code", flat=True)) or "chưa có chiến dịch nào"
        )
        raise NotFound(f"Không có chiến dịch “{code}”. Đang có: {known}.", facts={"campaign": code})
    return campaign


def _report(found: Batch, *, as_json: bool) -> int:
    status = batch_status(found)
    answer(status, as_json=as_json, text=status_text(status))
    return FOUND if status["failures"] else 0


@batch.command("create", help="Chọn hồ sơ và lập đợt phát hành.")
@click.argument("campaign", metavar="CHIẾN_DỊCH", help="Mã chiến dịch.")
@click.option("--kind", required=True, help="Loại văn bản của đợt; xem docgen kinds.")
@click.option(
    "--where", multiple=True, metavar="TÊN=GIÁ_TRỊ", help="Điều kiện chọn hồ sơ; lặp lại được."
)
@click.option("--date", "day", type=DAY, help="Ngày dự kiến ban hành; mặc định là hôm nay.")
@ACTOR
@json_option
def create(
    campaign: str,
    kind: str,
    where: tuple[str, ...],
    day: date | None,
    actor: str,
    *,
    as_json: bool,
) -> int:
    """Write the batch and its items."""
    made = create_batch(
        get_campaign(campaign),
        kind=kind,
        where=parse_where(where),
        intended_on=day or today(),
        actor=actor,
    )
    return _report(made, as_json=as_json)


@batch.command("check", help="Kiểm tra trước: thứ tự cấp số, hồ sơ nào thiếu gì.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    help="Ghi thêm bảng những mục thiếu ra tệp .xlsx này.",
)
@json_option
def check(batch_id: int, xlsx: Path | None, *, as_json: bool) -> int:
    """Pre-flight; the complete ones may go on all the same."""
    found = get_batch(batch_id)
    problems = check_batch(found)
    lines = problem_lines(problems, kind=found.kind)
    if xlsx:
        write_file(xlsx, problem_sheet(found, lines))
    order = numbering_order(found, without=[p.record for p in problems])
    rows = [
        {
            "record": p.record,
            "position": p.position,
            "code": p.code,
            "message": p.message,
            **p.facts,
        }
        for p in problems
    ]
    answer(
        {"id": batch_id, "problems": rows, "order": [asdict(one) for one in order]},
        as_json=as_json,
        text=lambda: check_text(lines, order),
    )
    return FOUND if problems else 0


@batch.command("run", help="Tạo dự thảo cho các văn bản của đợt.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option("--here", is_flag=True, help="Làm ngay trong lệnh này, không gửi cho máy chạy việc.")
@json_option
def run(batch_id: int, *, here: bool, as_json: bool) -> int:
    """Ring for the waiting items, or make them in this process."""
    found = get_batch(batch_id)
    waiting = start_batch(found)
    if here:
        with progress_bar(len(waiting), label="Đang tạo") as moved:
            make_batch_now(found, progress=moved)
    else:
        send_batch(found)
        note(f"Đã gửi {len(waiting)} văn bản cho máy chạy việc (docgen worker).")
    return _report(found, as_json=as_json)


@batch.command("sign", help="Ký cả đợt.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option("--signer", help="Mã hoặc họ tên người ký; bỏ trống là người ghi trên từng văn bản.")
@click.option("--date", "day", type=DAY, help="Ngày ký; mặc định là ngày dự kiến từng văn bản.")
@ACTOR
@json_option
def sign(batch_id: int, signer: str | None, day: date | None, actor: str, *, as_json: bool) -> None:
    """Submit and sign every drafted paper."""
    found = get_batch(batch_id)
    signed = sign_batch(found, signer=person_code(signer) if signer else None, actor=actor, on=day)
    send_files(files_of(found).filter(state=JobState.WAITING).count())
    answer({"id": found.pk, "signed": signed}, as_json=as_json, text=f"Đã ký {signed} văn bản.")


@batch.command("issue", help="Cấp số liền nhau cho cả đợt và tạo bản chính thức.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option(
    "--date", "day", type=DAY, help="Một ngày cho cả đợt; bỏ trống là ngày dự kiến từng văn bản."
)
@click.option("--send", is_flag=True, help="Bản chính thức do máy chạy việc làm, lệnh không chờ.")
@ACTOR
@json_option
def issue(batch_id: int, day: date | None, actor: str, *, send: bool, as_json: bool) -> int:
    """Number and render."""
    found = get_batch(batch_id)
    issue_batch(found, on=day, actor=actor)
    files = files_of(found)
    waiting = files.filter(state=JobState.WAITING).count()
    if send:
        send_files(waiting)
        note(f"Đã gửi {waiting} bản chính thức cho máy chạy việc (docgen worker).")
    else:
        with progress_bar(waiting, label="Đang tạo") as moved:
            make_files_now(files, progress=moved)
    return _report(found, as_json=as_json)


@batch.command("status", help="Đợt đang đến đâu.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option("--watch", is_flag=True, help="Hiện tiến độ mỗi giây cho đến khi đợt ngừng chạy.")
@json_option
def status(batch_id: int, *, watch: bool, as_json: bool) -> int:
    """Counts at this moment."""
    found = get_batch(batch_id)
    while watch and found.state == BatchState.RUNNING:
        note(progress_text(batch_status(found)))
        time.sleep(1)
        found.refresh_from_db()
    return _report(found, as_json=as_json)


@batch.command("pause", help="Tạm dừng đợt.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@json_option
def pause(batch_id: int, *, as_json: bool) -> int:
    """Running to paused."""
    found = get_batch(batch_id)
    pause_batch(found)
    return _report(found, as_json=as_json)


@batch.command("resume", help="Chạy tiếp đợt đã tạm dừng.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@json_option
def resume(batch_id: int, *, as_json: bool) -> int:
    """Paused to running."""
    found = get_batch(batch_id)
    start_batch(found)
    send_batch(found)
    return _report(found, as_json=as_json)


@batch.command("cancel", help="Hủy đợt; các dự thảo đã tạo vẫn còn.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@json_option
def cancel(batch_id: int, *, as_json: bool) -> int:
    """Stop for good."""
    found = get_batch(batch_id)
    cancel_batch(found)
    return _report(found, as_json=as_json)


@batch.command("retry", help="Làm lại các văn bản bị lỗi của đợt.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@json_option
def retry(batch_id: int, *, as_json: bool) -> int:
    """Failed items and files back to waiting and on."""
    found = get_batch(batch_id)
    retry_batch(found)
    start_batch(found)
    send_batch(found)
    send_files(files_of(found).filter(state=JobState.WAITING).count())
    return _report(found, as_json=as_json)


@batch.command("pdf", help="Tạo PDF cho các văn bản đã phát hành của đợt.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@click.option("--here", is_flag=True, help="Làm ngay trong lệnh này, không gửi cho máy chạy việc.")
@json_option
def pdf(batch_id: int, *, here: bool, as_json: bool) -> int:
    """Ask for the PDFs that are missing."""
    papers = documents_of(get_batch(batch_id))
    asked = ask_conversions(papers)
    if here:
        by_chunks(asked, make_pdfs_now, label="Đang tạo PDF", size=PDF_CHUNK)
    else:
        send_conversions(asked)
    counts = dict(conversion_counts(papers))
    answer(
        {"id": batch_id, "asked": len(asked), "pdf": counts},
        as_json=as_json,
        text=f"PDF của đợt {batch_id}: {pdf_line(counts)}.",
    )
    return FOUND if counts["failed"] else 0


@batch.command("export", help="Xuất các văn bản của đợt thành tệp ZIP, chia thư mục theo đơn vị.")
@click.argument("batch_id", metavar="ĐỢT", type=WholeNumber(), help="Số của đợt.")
@export_options
@json_option
def export(batch_id: int, output: Path, *, pdf_per_unit: bool, duplex: bool, as_json: bool) -> int:
    """Write the ZIP."""
    wishes = Wishes(pdf_per_unit, duplex)
    made = export_batch(get_batch(batch_id), target=output, wishes=wishes)
    return report_export(made, output, wishes, as_json=as_json)


VERBS = (batch,)
