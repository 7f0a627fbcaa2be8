"""Verbs of running: worker, sweep, doctor, metrics."""

from __future__ import annotations

import os

import click
from django.conf import settings

from config.cli.output import FOUND, answer, json_option, note
from config.cli.store import store_verb
from config.cli.verbs import WholeNumber, verb
from config.doctor import run_checks
from config.doctor_services import Check
from config.open_facts import open_facts
from workers.app import QUEUES, app
from workers.bell import hang_up
from workers.broker import ensure_broker, stop_idle_broker
from workers.metrics import metrics_text
from workers.sweep import finish_here


class Queues(click.ParamType[str]):
    """Names of queues with commas, each once."""

    name = "hàng việc"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How the value is written."""
        del param, ctx
        return "HÀNG,HÀNG"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The names as Celery takes them, or a usage error that lists those that exist."""
        names = list(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
        unknown = [name for name in names if name not in QUEUES]
        if unknown or not names:
            self.fail(
                f"không có hàng việc “{', '.join(unknown) or value}”; có {', '.join(QUEUES)}",
                param,
                ctx,
            )
        return ",".join(names)


@store_verb("worker", help="Máy chạy việc: tạo văn bản và PDF cho các đợt.")
@click.option(
    "--concurrency",
    type=WholeNumber(),
    default=max(1, min(4, os.cpu_count() or 1)),
    show_default=True,
    help="Số việc làm cùng lúc.",
)
@click.option(
    "--queues",
    type=Queues(),
    default=",".join(QUEUES),
    show_default=True,
    help="Các hàng việc nhận làm, cách nhau bằng dấu phẩy.",
)
@click.option("--beat/--no-beat", default=True, help="Kèm đồng hồ quét việc bỏ dở mỗi phút.")
def worker(concurrency: int, queues: str, *, beat: bool) -> None:
    """Run a Celery worker in the foreground."""
    home = settings.DOCGEN_HOME
    address = ensure_broker(home)
    note(f"Hàng đợi: {address.public}. Ctrl+C để dừng.")
    arguments = [
        "worker",
        f"--concurrency={concurrency}",
        f"--queues={queues}",
        f"--loglevel={os.environ.get('DOCGEN_LOG_LEVEL', 'INFO')}",
        "--without-gossip",
        "--without-mingle",
        f"--hostname=docgen-{os.getpid()}@%h",
    ]
    try:
        app.worker_main([*arguments, "--beat"] if beat else arguments)
    finally:
        hang_up()
        stop_idle_broker(home)


@store_verb("sweep", help="Làm nốt những việc máy chạy việc bỏ dở.")
@json_option
def sweep(*, as_json: bool) -> None:
    """Finish in this process what a dead worker left."""
    swept = finish_here()
    answer(
        {
            "freed": swept.freed,
            "items": swept.items,
            "files": swept.files,
            "pdfs": swept.pdfs,
            "returns": swept.returns,
            "forms": swept.forms,
        },
        as_json=as_json,
        text=(
            f"Đã thu lại {swept.freed} việc bỏ dở, làm {swept.items} văn bản trong đợt, "
            f"{swept.files} tệp và {swept.pdfs} PDF, đọc {swept.returns} tệp gửi về, "
            f"tạo phiếu cho {swept.forms} phần của đợt thu."
        ),
    )


@verb("doctor", help="Kiểm tra máy và kho: cái gì có, cái gì thiếu, sửa thế nào.")
@click.option("--unverified", is_flag=True, help="Liệt kê dữ kiện nghiệp vụ chưa ai xác nhận.")
@json_option
def doctor(*, unverified: bool, as_json: bool) -> int:
    """Check what is installed and reachable, or list unconfirmed facts."""
    if unverified:
        return _unverified(as_json=as_json)
    checks = run_checks()
    answer(
        {"checks": [check.as_json() for check in checks]},
        as_json=as_json,
        text="\n".join(_line(check) for check in checks),
    )
    return 0 if all(check.ok or check.optional for check in checks) else FOUND


def _unverified(*, as_json: bool) -> int:
    facts = open_facts()
    answer(
        [fact.as_json() for fact in facts],
        as_json=as_json,
        text="\n".join(fact.line() for fact in facts) or "Không còn dữ kiện chưa xác nhận.",
    )
    return FOUND if facts else 0


def _line(check: Check) -> str:
    mark = "đạt " if check.ok else ("thiếu" if check.optional else "LỖI ")
    line = f"[{mark}] {check.label}: {check.found}"
    return line if check.ok else f"{line}\n         {check.remedy}"


@store_verb("metrics", help="Số liệu vận hành cho Prometheus: việc, lỗi, số đã cấp, hàng đợi.")
def metrics() -> None:
    """Print the metrics."""
    click.echo(metrics_text(settings.DOCGEN_HOME), nl=False)


VERBS = (worker, sweep, doctor, metrics)
