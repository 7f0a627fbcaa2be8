"""One store with real commands, workers and brokers on it, to be killed at any moment.

Every process here runs the docgen command as a person would; the tests themselves look only from outside.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from core.errors import DocgenError
from workers.broker import stop_broker
from workers.embedded import server_pid

ROOT = Path(__file__).resolve().parents[2]
#: A test never waits longer than this for anything; on a machine at rest it is a few seconds.
PATIENCE_SECONDS = 240.0
#: The first steps of both campaigns: papers of all eight kinds, 39 in all.
STAGES = 4
JOB = ("demo", "--no-pdf", "--stages", str(STAGES))
COMMAND = "from config.cli.main import main; main()"


def wait_until(condition: Callable[[], object], *, what: str) -> None:
    """Poll until the condition holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.02)


@dataclass
class Home:
    """One store and the processes started on it."""

    path: Path
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def env(self) -> dict[str, str]:
        """The environment of the test without its own store, database and broker."""
        plain = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("DATABASE_URL", "REDIS_URL", "DOCGEN_"))
        }
        made = plain | {"DOCGEN_HOME": str(self.path), "PYTHONPATH": str(ROOT)} | self.more
        return made | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def docgen(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run the command to its end and hold its exit code against ``code``."""
        ended = subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            cwd=ROOT, env=self.env(), check=False, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE_SECONDS,
        )  # fmt: skip
        assert code is None or ended.returncode == code, (
            f"{arguments}: {ended.stdout}{ended.stderr}{self.log()}"
        )
        return ended

    def answer(self, *arguments: str, code: int | None = 0) -> Any:
        """The JSON answer of a command."""
        return json.loads(self.docgen(*arguments, "--json", code=code).stdout)

    def start(
        self,
        *arguments: str,
        module: str = "",
        before: tuple[str, ...] = (),
        limit: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start the command (or a module) in a process group of its own; its words go to command.log.

        ``before`` is a command that runs it; ``limit`` is called in the new process first.
        """
        with (self.path / "command.log").open("ab") as log:
            process = subprocess.Popen(
                [*before, sys.executable, *(("-m", module) if module else ("-c", COMMAND)), *arguments],
                cwd=ROOT, env=self.env(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=limit,  # noqa: PLW1509 - only setrlimit
            )  # fmt: skip
        self.started.append(process)
        return process

    def ends_well(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the end of a command and hold that it succeeded."""
        assert process.wait(PATIENCE_SECONDS) == 0, self.log()

    def log(self) -> str:
        """The last words of command and worker, for the message of a failed test."""
        logs = (self.path / "command.log", self.path / "logs" / "worker.log")
        return "".join(
            log.read_text(encoding="utf-8", errors="replace")[-3000:]
            for log in logs
            if log.exists()
        )

    def count(self, table: str, where: str = "1 = 1") -> int:
        """Rows of a table as they stand, read beside the running job."""
        with suppress(sqlite3.OperationalError):
            return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])
        return 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query as they stand, read beside the running job."""
        if self.database_url:
            with psycopg.connect(self.database_url, connect_timeout=5) as found:
                return found.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]
        address = f"file:{self.path / 'docgen.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as database:
            return database.execute(query).fetchall()

    def advances(self, papers: int, process: subprocess.Popen[bytes]) -> None:
        """Wait until so many more papers were begun, or the command ended."""
        goal = self.count("docgen_document") + papers
        wait_until(
            lambda: process.poll() is not None or self.count("docgen_document") >= goal,
            what=f"{goal} papers",
        )

    def inside(self, verb: str, *arguments: str) -> str:
        """Run inside.py in this store."""
        return subprocess.run(
            [sys.executable, str(Path(__file__).with_name("inside.py")), verb, *arguments],
            cwd=ROOT, env=self.env(), check=True, timeout=PATIENCE_SECONDS, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip

    def dump(self) -> dict[str, Any]:
        """Everything that must be the same after any fault."""
        found: dict[str, Any] = json.loads(self.inside("dump"))
        return found

    def audit(self, batch: str) -> dict[str, Any]:
        """The proof of a finished batch from its rows and files."""
        found: dict[str, Any] = json.loads(self.inside("audit", batch))
        return found

    def workers(self) -> list[psutil.Process]:
        """Worker processes of this store: main processes first, then their children."""
        parents: dict[psutil.Process, int] = {}
        for process in psutil.process_iter(["pid"]):
            with suppress(psutil.Error):  # any of them may end while it is asked
                if (
                    process.status() != psutil.STATUS_ZOMBIE
                    and " worker " in " ".join(process.cmdline())
                    and process.environ().get("DOCGEN_HOME") == str(self.path)
                ):
                    parents[process] = process.ppid()
        mine = {process.pid for process in parents}
        return sorted(parents, key=lambda process: (parents[process] in mine, process.pid))

    def broker_pid(self) -> int | None:
        """Process number of the store's broker."""
        return server_pid(self.path)

    def clean_up(self) -> None:
        """End what is left: commands, workers, broker."""
        for process in self.started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE_SECONDS)
        for left in self.workers():
            with suppress(psutil.Error):
                left.kill()
        with suppress(DocgenError):
            stop_broker(self.path)
