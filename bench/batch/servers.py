"""PostgreSQL, Redis and processes of the bench, and what they cost: CPU of whole trees, memory over time."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _as_database_user(command: list[str], folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it is a user without rights, who owns its folder."""
    if os.geteuid() != 0:
        return command
    user = pwd.getpwnam("postgres" if _exists("postgres") else "nobody")
    for path in (folder, *folder.glob("password")):
        shutil.chown(path, user.pw_uid, user.pw_gid)
    rights = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *rights, "--", *command]


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, int]]:
    """A server with Debian's settings, every commit on the disk; its address and process."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder.mkdir(mode=0o700)
    password, port = secrets.token_hex(12), free_port()
    (folder / "password").write_text(password, encoding="ascii")
    data = folder / "data"
    init = [str(found / "initdb"), "-D", str(data), "-U", "docgen", "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8"]  # fmt: skip
    subprocess.run(_as_database_user(init, folder), cwd=folder, check=True, capture_output=True)
    serve = [str(found / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder),
             "-c", "listen_addresses=127.0.0.1", "-c", "max_wal_size=2GB"]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            _as_database_user(serve, folder), cwd=folder, stdout=log, stderr=log
        )
    try:
        _answers(port)
        time.sleep(0.5)
        yield f"postgres://docgen:{password}@127.0.0.1:{port}/postgres", server.pid
    finally:
        server.terminate()
        server.wait(60)


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, int]]:
    """A server with its append-only file; address and process."""
    folder.mkdir()
    port = free_port()
    command = ["redis-server", "--port", str(port), "--dir", str(folder), "--appendonly", "yes",
               "--save", "", "--maxmemory-policy", "noeviction"]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _answers(port)
        yield f"redis://127.0.0.1:{port}/0", server.pid
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int, *, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def tree(root: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """User and system time of a tree, with those of it that have ended."""
    ticks = 0
    for pid in tree(root):
        if fields := _stat(pid):
            ticks += sum(int(fields[at]) for at in (11, 12, 13, 14))
    return ticks / _TICK


def resident(pid: int) -> int:
    """Resident bytes of a process."""
    fields = _stat(pid)
    return int(fields[21]) * _PAGE if fields else 0


@dataclass
class MemoryWatch:
    """Looks at the heaviest process of a tree twice a second."""

    root: int
    seen: list[int] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> MemoryWatch:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self.seen.append(max((resident(pid) for pid in tree(self.root)), default=0))

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def at(self, share: float) -> float:
        """MB at that share of the time."""
        if not self.seen:
            return 0.0
        return self.seen[min(len(self.seen) - 1, int(share * len(self.seen)))] / 2**20
