"""Which broker serves this store, and is it up: ``REDIS_URL`` if set, else an embedded server of the store's own.

The rows of the database are the queue; the broker is only the bell. So losing it costs time, never work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.errors import Outage, UserError
from workers.embedded import (
    end_server,
    ping,
    server_pid,
    socket_path,
    start_lock,
    start_server,
)

_SOCKET_SCHEMES = ("unix", "socket", "redis+socket")
_SCHEMES = ("redis", "rediss", *_SOCKET_SCHEMES)


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where the broker is. ``url`` is what Celery takes; ``socket`` is set for the embedded server only."""

    url: str
    socket: Path | None

    @property
    def embedded(self) -> bool:
        """True when docgen itself starts and stops this broker."""
        return self.socket is not None

    @property
    def public(self) -> str:
        """The address without user name and password, for people and logs."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}"


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """What ``docgen doctor`` says of the broker; ``version`` and ``pid`` are None when it is not reachable."""

    address: BrokerAddress
    reachable: bool
    version: str | None
    pid: int | None


def broker_address(home: Path, env: Mapping[str, str] | None = None) -> BrokerAddress:
    """The broker of the store in ``home``; nothing is started or asked.

    Raises UserError when ``REDIS_URL`` is not an address of Redis.
    """
    given = _redis_url(_environment(env))
    if not given:
        socket = socket_path(home)
        return BrokerAddress(url=f"redis+socket://{quote(str(socket))}", socket=socket)
    parts = urlsplit(given)
    if parts.scheme not in _SCHEMES:
        raise UserError(
            "REDIS_URL không đúng dạng; cần redis://máy:cổng/số, rediss://... hoặc unix:///đường/dẫn.sock.",
            code="redis_url",
        )
    if parts.scheme in _SOCKET_SCHEMES:
        return BrokerAddress(url="redis+socket" + given[len(parts.scheme) :], socket=None)
    return BrokerAddress(url=given, socket=None)


def ensure_broker(home: Path, env: Mapping[str, str] | None = None) -> BrokerAddress:
    """Return the address of a broker that answers; start the embedded one when it does not run yet.

    Safe from several processes at once: they share one server, which outlives its starter.
    Raises Outage when there is none to be had, UserError for a malformed ``REDIS_URL``.
    """
    env = _environment(env)
    address = broker_address(home, env)
    if address.socket is None:
        _ask_version(address)
        return address
    if ping(address.socket) == "ok":
        return address
    with start_lock(home):
        state = ping(address.socket)
        if state == "ok":
            return address
        pid = server_pid(home)
        if state == "silent" and pid is not None:
            raise Outage(
                f"Hàng đợi (tiến trình {pid}) đang chạy nhưng không trả lời. "
                "Hãy chờ ít phút rồi chạy lại, hoặc dừng tiến trình đó.",
                code="broker_silent",
                facts={"pid": pid},
            )
        if state == "absent" and pid is not None:
            end_server(home)
        start_server(home, env)
    return broker_address(home, env)


def stop_broker(home: Path) -> bool:
    """Stop the embedded server of this store; True when one was running. Raises Outage when it does not end."""
    with start_lock(home):
        return end_server(home)


def stop_idle_broker(home: Path, env: Mapping[str, str] | None = None) -> bool:
    """Stop the embedded server unless somebody else is connected to it; True when it was stopped.

    The last one to leave calls this, having closed its own connections: what lies in the server is kept on disk,
    and the rows hold the truth anyway. A server that does not answer is left alone.
    """
    address = broker_address(home, env)
    if address.socket is None or server_pid(home) is None:
        return False
    with start_lock(home):
        return _is_idle(address) and end_server(home)


def broker_status(home: Path, env: Mapping[str, str] | None = None) -> BrokerStatus:
    """Ask the broker without starting it. Raises UserError for a malformed ``REDIS_URL``."""
    address = broker_address(home, env)
    pid = server_pid(home) if address.embedded else None
    try:
        version = _ask_version(address)
    except Outage:
        return BrokerStatus(address=address, reachable=False, version=None, pid=pid)
    return BrokerStatus(address=address, reachable=True, version=version, pid=pid)


def connect(address: BrokerAddress, *, timeout: float = 2.0) -> redis.Redis:
    """A plain Redis client on the broker, for health checks and counts; the caller closes it."""
    url = address.url
    if url.startswith("redis+socket://"):
        url = "unix://" + url.removeprefix("redis+socket://")
    return redis.Redis.from_url(url, socket_timeout=timeout, retry=Retry(NoBackoff(), 0))


def _is_idle(address: BrokerAddress, *, grace: float = 2.0) -> bool:
    """Whether ours is the only connection; those of a worker that has just ended take a moment to go."""
    client = connect(address)
    deadline = time.monotonic() + grace
    try:
        while len(client.client_list()) > 1:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
    except (redis.exceptions.RedisError, OSError):
        return False
    else:
        return True
    finally:
        client.close()


def _ask_version(address: BrokerAddress) -> str:
    client = connect(address)
    try:
        info = client.info("server")
    except (redis.exceptions.RedisError, OSError) as error:
        raise Outage(
            f"Không kết nối được hàng đợi ở {address.public}: {error}. Hãy kiểm tra REDIS_URL và máy chủ Redis.",
            code="broker_unreachable",
            facts={"address": address.public},
        ) from error
    finally:
        client.close()
    return str(info.get("valkey_version") or info.get("redis_version"))


def _redis_url(env: Mapping[str, str]) -> str:
    """``REDIS_URL``, or the content of the file that ``REDIS_URL_FILE`` names, as for every secret setting."""
    path = env.get("REDIS_URL_FILE", "")
    if not path:
        return env.get("REDIS_URL", "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UserError(
            f"Không đọc được tệp {path} (REDIS_URL_FILE): {error.strerror}.", code="redis_url"
        ) from error


def _environment(env: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if env is None else env
