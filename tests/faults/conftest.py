"""Stores of the sample with real commands, workers and brokers on them, to be killed at any moment.

Every process here runs the docgen command as a person would; the tests themselves look only from outside.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

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

    def start(self, *arguments: str, module: str = "") -> subprocess.Popen[bytes]:
        """Start the command (or a module) in a process group of its own; its words go to command.log."""
        with (self.path / "command.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *(("-m", module) if module else ("-c", COMMAND)), *arguments],
                cwd=ROOT, env=self.env(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
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
        query = f"SELECT count(*) FROM {table} WHERE {where}"
        if self.database_url:
            with psycopg.connect(self.database_url) as found:
                return int(found.execute(query).fetchone()[0])  # type: ignore[index,arg-type]
        with suppress(sqlite3.OperationalError):
            database = sqlite3.connect(
                f"file:{self.path / 'docgen.sqlite3'}?mode=ro", uri=True, timeout=20
            )
            try:
                return int(database.execute(query).fetchone()[0])
            finally:
                database.close()
        return 0

    def advances(self, papers: int, process: subprocess.Popen[bytes]) -> None:
        """Wait until so many more papers were begun, or the command ended."""
        goal = self.count("docgen_document") + papers
        wait_until(
            lambda: process.poll() is not None or self.count("docgen_document") >= goal,
            what=f"{goal} papers",
        )

    def inside(self, verb: str) -> str:
        """Run inside.py in this store."""
        return subprocess.run(
            [sys.executable, str(Path(__file__).with_name("inside.py")), verb],
            cwd=ROOT, env=self.env(), check=True, timeout=PATIENCE_SECONDS, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip

    def dump(self) -> dict[str, Any]:
        """Everything that must be the same after any fault."""
        found: dict[str, Any] = json.loads(self.inside("dump"))
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


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)  # type: ignore[call-overload]


def _database(name: str, template: str = "") -> str:
    """A new PostgreSQL database (a copy of ``template``) when the run is on PostgreSQL; else nothing."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    _sql(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _drop(name: str) -> None:
    if server := os.environ.get("DATABASE_URL", ""):
        _sql(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A store with the sample's records and no paper; only ever copied."""
    name = f"faults_{os.getpid()}_loaded"
    home = Home(tmp_path_factory.mktemp("loaded") / "kho")
    home.path.mkdir()
    home.database_url = _database(name)
    home.inside("load")
    yield home
    _drop(name)


@pytest.fixture(scope="session")
def new_home(
    loaded: Home, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Home]]:
    """Makes copies of the loaded store."""
    made: list[tuple[Home, str]] = []

    def make() -> Home:
        name = f"faults_{os.getpid()}_{len(made)}"
        home = Home(tmp_path_factory.mktemp("faults") / "kho dữ liệu")
        shutil.copytree(loaded.path, home.path)
        home.database_url = _database(name, f"faults_{os.getpid()}_loaded")
        made.append((home, name))
        return home

    yield make
    for home, name in made:
        home.clean_up()
        _drop(name)


@pytest.fixture
def store(new_home: Callable[[], Home]) -> Iterator[Home]:
    """A store of the test's own."""
    home = new_home()
    yield home
    home.clean_up()


@pytest.fixture(scope="session")
def finished(new_home: Callable[[], Home]) -> Home:
    """The store after an undisturbed run."""
    home = new_home()
    home.docgen(*JOB)
    return home


@pytest.fixture(scope="session")
def undisturbed(finished: Home) -> dict[str, Any]:
    """What an undisturbed run leaves."""
    return finished.dump()
