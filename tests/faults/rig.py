"""Redis and PostgreSQL servers of the tests' own, and a batch that is watched while they are killed.

Used by the short tests here and by the long ones of bench/faults. Everything is asked by commands and read from the
database's facts, nothing by way of the program's insides.
"""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.faults.home import Home, wait_until

DAY = "2024-12-19"
CAMPAIGN = "ptdv-2024"
KIND = "founding_decision"


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as taken:
        taken.bind((host, 0))
        return int(taken.getsockname()[1])


@dataclass
class Redis:
    """A redis-server in service, with or without its append-only file."""

    folder: Path
    append_only: bool
    host: str = "127.0.0.1"
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://{self.host}:{self.port}/0"

    def start(self) -> Redis:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        options = {
            "port": str(self.port), "bind": self.host, "dir": str(self.folder), "save": "",
            "appendonly": "yes" if self.append_only else "no", "logfile": str(self.folder / "log"),
            "protected-mode": "no",
        }  # fmt: skip
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.process = subprocess.Popen(["redis-server", *words], cwd=self.folder)
        wait_until(self.answers, what="Redis")
        return self

    def answers(self) -> bool:
        client = redis.Redis(host=self.host, port=self.port, socket_timeout=1)
        try:
            return bool(client.ping())
        except redis.exceptions.RedisError:
            return False
        finally:
            client.close()

    def kill(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGCONT)
        self.process.kill()
        self.process.wait(30)

    def freeze(self, seconds: float) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.process.send_signal(signal.SIGCONT)


@dataclass
class Postgres:
    """A PostgreSQL cluster of the test's own, that writes durably, to be restarted."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 0

    def start(self) -> Postgres:
        """Make the cluster and start it; as root it belongs to the user postgres, or nobody."""
        self.folder.mkdir(parents=True)
        self.port = self.port or free_port()
        if os.getuid() == 0:
            os.chown(self.folder, pwd.getpwnam(self._user()).pw_uid, -1)
        self._run(
            "initdb", "-D", self._data, "-U", "docgen", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        if self.host != "127.0.0.1":
            with Path(self._data, "pg_hba.conf").open("a", encoding="ascii") as allowed:
                allowed.write(f"host all docgen {self.host}/24 trust\n")
        self.server("start")
        return self

    def server(self, verb: str, mode: str = "immediate") -> None:
        """pg_ctl start, stop or restart; ``immediate`` is a crash."""
        options = f"-c listen_addresses={self.host} -p {self.port} -k {self.folder} -c max_connections=100"
        options += " -c wal_sender_timeout=5s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2"
        options += " -c tcp_keepalives_count=3 -c idle_in_transaction_session_timeout=20s"
        more = ("-m", mode) if verb != "start" else ()
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self._data, "-l", log, "-o", options, *more, "-w", verb)

    def url(self, name: str) -> str:
        return f"postgres://docgen@{self.host}:{self.port}/{name}"

    def database(self, name: str, template: str = "template1") -> str:
        """A new database, a copy of ``template``; its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        return self.url(name)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _user(self) -> str:
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _binary(self, program: str) -> str:
        return str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))

    def _run(self, program: str, *arguments: str) -> None:
        as_user: tuple[str, ...] = ()
        if os.getuid() == 0:
            group = str(pwd.getpwnam(self._user()).pw_gid)
            as_user = ("setpriv", f"--reuid={self._user()}", f"--regid={group}", "--clear-groups")
        subprocess.run(
            [*as_user, self._binary(program), *arguments],
            cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90,
        )  # fmt: skip


@dataclass
class Watch:
    """Looks at a batch all the time and notes every moment at which it contradicts itself or goes back."""

    home: Home
    batch: str
    total: int
    looks: int = 0
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> dict[str, int]:
        """Items by state and the batch's own state, in one statement."""
        rows = self.home.rows(
            "SELECT b.state, i.state, count(*) FROM docgen_batch b JOIN docgen_batchitem i ON i.batch_id = b.id "
            f"WHERE b.id = {self.batch} GROUP BY b.state, i.state"
        )
        counts = {str(state): int(count) for _, state, count in rows}
        if not rows:
            return counts
        self.looks += 1
        state = str(rows[0][0])
        opened = counts.get("waiting", 0) + counts.get("running", 0)
        if sum(counts.values()) != self.total:
            self.wrong.append(f"{sum(counts.values())} items of {self.total}")
        if opened and state in ("done", "done_with_failures"):
            self.wrong.append(f"{state} with {opened} open items")
        return counts

    def run(self) -> None:
        done = 0
        while not self._over.wait(0.1):
            with suppress(psycopg.Error):
                counts = self.look()
                if counts and counts.get("done", 0) < done:
                    self.wrong.append(f"done fell from {done} to {counts.get('done', 0)}")
                done = counts.get("done", done)

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        thread = threading.Thread(target=self.run, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()


@dataclass
class Run:
    """One batch of a grown store, from `batch create` to its proof."""

    home: Home
    total: int
    batch: str = ""

    def create(self) -> Run:
        made = self.home.answer(
            "batch",
            "create",
            CAMPAIGN,
            "--kind",
            KIND,
            "--where",
            f"decide_on={DAY}",
            "--date",
            DAY,
        )
        assert made["total"] == self.total, made
        self.batch = str(made["id"])
        return self

    def watch(self) -> Watch:
        return Watch(self.home, self.batch, self.total)

    def done(self) -> int:
        return self.home.count("docgen_batchitem", f"batch_id = {self.batch} AND state = 'done'")

    def reaches(self, papers: int) -> None:
        """Wait until so many items are done."""
        wait_until(lambda: self.done() >= papers, what=f"{papers} of {self.total} papers")

    def status(self, code: int | None = 0) -> dict[str, Any]:
        """`batch status`, held against the rows as they were before and after it."""
        before = self.done()
        told: dict[str, Any] = self.home.answer("batch", "status", self.batch, code=code)
        assert before <= told["done"] <= self.done(), told
        assert told["waiting"] + told["running"] + told["done"] + told["failed"] == self.total
        return told

    def issue_and_prove(self, wanted: dict[str, Any] | None = None) -> dict[str, Any]:
        """Sign, number, finish; then the proof from rows and files. ``wanted``: what an undisturbed run left."""
        told = self.status()
        assert (told["state"], told["done"], told["failed"]) == ("done", self.total, 0), told
        self.home.docgen("batch", "sign", self.batch)
        issued = self.home.answer("batch", "issue", self.batch)
        assert issued["numbers"] is not None
        proof: dict[str, Any] = self.home.audit(self.batch)
        assert proof["faults"] == []
        assert len(proof["papers"]) == self.total
        assert wanted is None or proof["papers"] == wanted["papers"]
        # What follows from the papers came, and came once.
        assert wanted is None or proof["records"] == wanted["records"]
        return proof
