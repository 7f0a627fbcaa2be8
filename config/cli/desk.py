"""Verbs of the desk: serve it, or start it with a worker on the sample store."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
from django.conf import settings
from django.contrib.auth.models import User

from config.cli.demo import ACTOR, only_one
from config.cli.output import note
from config.cli.store import open_store, store_verb
from config.cli.verbs import WholeNumber, verb
from core.errors import Outage, UserError
from records.models import Campaign, UnionOrg
from records.sample import load_sample
from records.sample.store import SOURCE
from web.setup import opening
from web.setup.sample_accounts import PASSWORD, SAMPLES, make_sample_accounts
from workers.sample_run import prepare_series
from workers.supervisor import Worker

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4
START_SECONDS = 60
LOCAL = "127.0.0.1"
LOOPBACK = frozenset({LOCAL, "localhost", "::1"})


def server_command(*, host: str, port: int, threads: int) -> list[str]:
    """granian with one process and a few threads: tens of people, and short requests."""
    return [
        sys.executable,
        "-P",
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        "--workers=1",
        f"--blocking-threads={threads}",
        "--backlog=256",
        "--no-ws",
        "--log-level=warning",
        f"--working-dir={ROOT}",
        "config.wsgi:application",
    ]


def free_port(host: str, wanted: int) -> int:
    """The wanted port. Raises Outage when another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as fault:
            raise Outage(
                f"Cổng {wanted} đang có chương trình khác dùng. Chạy lại với --port và một số khác, ví dụ "
                f"--port {wanted + 1}.",
                code="port_in_use",
                facts={"port": wanted},
            ) from fault
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the desk answers. Raises Outage when it does not come up."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urlopen(f"{address}/dang-nhap/", timeout=5):  # noqa: S310  # our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise Outage(
        f"Bàn làm việc không khởi động được; xem nhật ký {settings.LOGS_DIR / 'docgen.log'}.",
        code="desk_not_up",
    )


host_option = click.option(
    "--host",
    default=LOCAL,
    show_default=True,
    help="Địa chỉ lắng nghe; 0.0.0.0 để máy khác vào được.",
)
port_option = click.option(
    "--port",
    type=WholeNumber(0, 65535),
    default=8000,
    show_default=True,
    help="Cổng của bàn làm việc; 0: một cổng đang trống.",
)


@store_verb(
    "serve", help="Bàn làm việc trong trình duyệt; máy chạy việc chạy riêng (docgen worker)."
)
@host_option
@port_option
@click.option(
    "--threads", type=WholeNumber(), default=THREADS, show_default=True, help="Số yêu cầu cùng lúc."
)
def serve(host: str, port: int, threads: int) -> int:
    """Serve the desk in the foreground."""
    port = free_port(host, port)
    note(f"Bàn làm việc: http://{host}:{port}/ . Ctrl+C để dừng.")
    if code := opening.new_code(host):
        note(f"Mã thiết lập: {code} (gõ ở trang đầu; chỉ dùng khi chưa có tài khoản nào).")
    return _ends_with(subprocess.Popen(server_command(host=host, port=port, threads=threads)))  # noqa: S603


@verb(
    "desk", help="Mở bàn làm việc kèm máy chạy việc; kho trống thì nạp hồ sơ mẫu và tài khoản mẫu."
)
@host_option
@port_option
@click.option("--empty", is_flag=True, help="Không nạp mẫu: trang đầu hỏi để thiết lập cơ quan.")
def desk(host: str, port: int, *, empty: bool) -> int:
    """The whole office on one PC: desk and worker, with the sample store where there is none."""
    home = Path(settings.DOCGEN_HOME)
    signal.signal(signal.SIGTERM, _interrupt)
    open_store()
    port = free_port(host, port)
    sample = not empty and prepare_sample(home, host=host)
    code = opening.new_code(host)
    with Worker(home, beat=True) as worker:
        worker.ensure()
        server = subprocess.Popen(server_command(host=host, port=port, threads=THREADS))  # noqa: S603
        try:
            address = f"http://{LOCAL if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
            wait_for(address, server)
            click.echo(desk_text(address, sample=sample, code=code))
            return _watch(server, worker)
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
            server.wait(30)


def prepare_sample(home: Path, *, host: str) -> bool:
    """Fill an empty store with the sample, and give it its accounts; whether this store is the sample.

    Raises UserError where others could reach it: everybody knows the passwords of the sample.
    """
    names = [one.username for one in SAMPLES]
    is_sample = Campaign.objects.filter(source=SOURCE).exists()
    if UnionOrg.objects.exists() and not is_sample:
        return False
    if User.objects.exclude(username__in=names).exists():
        return False  # an office has it by now, whatever records it began with
    if host not in LOOPBACK:
        raise UserError(
            "Kho mẫu có mật khẩu ai cũng biết nên chỉ mở trên máy này. Bỏ --host, hoặc thêm --empty với kho trống "
            "(DOCGEN_HOME khác) để thiết lập cơ quan.",
            facts={"host": host},
        )
    with only_one(home):
        note("Nạp kho hồ sơ mẫu…")
        load_sample()
        prepare_series(actor=ACTOR)
        make_sample_accounts()
    return True


def desk_text(address: str, *, sample: bool, code: str | None = None) -> str:
    """Where the desk is and how to get in."""
    lines = [f"Bàn làm việc: {address}/"]
    if opening.is_open():
        lines.append("Chưa có tài khoản nào: trang đầu hỏi vài điều để thiết lập cơ quan.")
    if code:
        lines.append(f"Mã thiết lập: {code}")
    if sample:
        lines.append(f"Tài khoản mẫu (mật khẩu chung: {PASSWORD}):")
        lines += [f"  {one.username:<11} {one.role.value}" for one in make_sample_accounts()]
    lines.append("Mở địa chỉ trên bằng Chrome hoặc Edge. Ctrl+C ở đây để dừng.")
    return "\n".join(lines)


def _watch(server: subprocess.Popen[bytes], worker: Worker) -> int:
    while (status := server.poll()) is None:
        if worker.has_died():
            worker.restart()
        time.sleep(1)
        worker.works()
    return status


def _ends_with(server: subprocess.Popen[bytes]) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait(30)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


VERBS = (serve, desk)
