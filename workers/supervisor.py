"""One worker process of this store, started and watched by the command that needs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from core.errors import Outage
from workers.broker import ensure_broker

MAX_RESTARTS = 5
STOP_SECONDS = 10.0


class Worker:
    """A `docgen worker` subprocess with its log in DOCGEN_HOME/logs.

    Used as a context manager: the worker is stopped at the end, whatever happened.
    """

    def __init__(self, home: Path, *, concurrency: int | None = None) -> None:
        self.home = home
        self.concurrency = concurrency or max(1, min(4, os.cpu_count() or 1))
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0

    def start(self) -> None:
        """Start broker and worker. Raises Outage when there is no broker to be had."""
        ensure_broker(self.home)
        logs = self.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "workers.app",
                    "worker",
                    "--loglevel=WARNING",
                    f"--concurrency={self.concurrency}",
                    "--without-gossip",
                    "--without-mingle",
                    f"--hostname=run-{os.getpid()}-{self.restarts}@%h",
                ],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=Path(__file__).resolve().parent.parent,
            )

    def has_died(self) -> bool:
        """Whether the worker was started and no longer runs."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        """Start anew after a death. Raises Outage after too many."""
        self.restarts += 1
        if self.restarts > MAX_RESTARTS:
            raise Outage(
                f"Máy chạy việc dừng {self.restarts} lần liền. Xem nhật ký "
                f"{self.home / 'logs' / 'worker.log'}, rồi chạy lại; việc đã xong không làm lại.",
                code="worker_keeps_dying",
            )
        self._end_group()
        self.start()

    def stop(self) -> None:
        """Ask the worker to finish what it holds, then end it and its children."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._end_group()
            self.process.wait(STOP_SECONDS)

    def _end_group(self) -> None:
        """Children of a killed worker would go on alone: the whole process group is ended."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def __enter__(self) -> Worker:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()
