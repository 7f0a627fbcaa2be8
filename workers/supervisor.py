"""One worker process of this store, started and watched by the command that needs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from core.errors import DocgenError, Outage
from workers.app import PARENT_VARIABLE
from workers.bell import hang_up
from workers.broker import ensure_broker, stop_idle_broker

ROOT = Path(__file__).resolve().parent.parent
#: So often in a row, without a single paper made in between, may the worker end by itself.
MAX_RESTARTS = 3
STOP_SECONDS = 10.0
#: The log is begun anew above this size; one older part is kept.
LOG_BYTES = 5_000_000


class Worker:
    """A `docgen worker` subprocess with its log in DOCGEN_HOME/logs; it starts when it is first needed.

    Used as a context manager: at the end the worker is stopped, whatever happened, and so is the embedded broker
    when nobody else uses it. When this process is killed the kernel ends the worker (workers.app).
    With ``beat`` it also rings for the sweep, as a worker that stays must.
    """

    def __init__(self, home: Path, *, concurrency: int | None = None, beat: bool = False) -> None:
        self.home = home
        self.beat = beat
        self.concurrency = concurrency or max(1, min(4, os.cpu_count() or 1))
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self.log = home / "logs" / "worker.log"
        self._log_from = 0

    def ensure(self) -> None:
        """Start broker and worker unless they were started. Raises Outage when there is no broker to be had."""
        if self.process is None:
            self._start()

    def _start(self) -> None:
        ensure_broker(self.home)
        self._ready_log()
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        with self.log.open("ab") as log:
            self._log_from = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [
                    sys.executable,
                    "-P",  # nothing is imported from the folder in which the user happens to be
                    "-m",
                    "workers",
                    "worker",
                    "--loglevel=WARNING",
                    f"--concurrency={self.concurrency}",
                    "--without-gossip",
                    "--without-mingle",
                    f"--hostname=run-{os.getpid()}-{time.monotonic_ns()}@%h",
                    *(["--beat"] if self.beat else []),
                ],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ
                | {
                    "DOCGEN_HOME": str(self.home),
                    "PYTHONPATH": os.pathsep.join(paths),
                    PARENT_VARIABLE: str(os.getpid()),
                },
            )

    def _ready_log(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > LOG_BYTES:
                self.log.replace(self.log.with_name("worker.log.1"))

    def has_died(self) -> bool:
        """Whether the worker was started and no longer runs."""
        return self.process is not None and self.process.poll() is not None

    def works(self) -> None:
        """Something was made: deaths are counted anew."""
        self.restarts = 0

    def restart(self) -> None:
        """Start anew after a death. Raises Outage with its last words after too many in a row."""
        self.restarts += 1
        if self.restarts > MAX_RESTARTS:
            raise Outage(
                f"Máy chạy việc tự dừng {self.restarts} lần liền. Dòng cuối của nhật ký {self.log}: "
                f"{self.last_words() or '(trống)'}. Sửa nguyên nhân rồi chạy lại; việc đã xong không làm lại.",
                code="worker_keeps_dying",
                facts={"log": str(self.log)},
            )
        self._end_group()
        # At once the first time; a worker that cannot come up is not tried in a storm.
        time.sleep(self.restarts - 1)
        self._start()

    def last_words(self) -> str:
        """The last line that this worker wrote into its log."""
        try:
            with self.log.open("rb") as log:
                size = log.seek(0, os.SEEK_END)
                log.seek(max(self._log_from, size - 4000))
                lines = log.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

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
        if self.process.returncode != 0:
            self._end_group()

    def _end_group(self) -> None:
        """Children of a killed worker would go on alone: the whole process group is ended."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def __enter__(self) -> Worker:
        """Nothing runs yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the worker, and the broker when nobody else uses it."""
        self.stop()
        hang_up()
        with suppress(DocgenError):
            stop_idle_broker(self.home)
