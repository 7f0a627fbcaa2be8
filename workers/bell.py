"""Ringing the bell: messages to the workers. The rows are the queue, so a bell that is out costs time, never work."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.conf import settings
from kombu import pools
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.errors import Outage
from workers.app import app
from workers.broker import broker_address, connect, ensure_broker

log = logging.getLogger(__name__)
_Id = TypeVar("_Id")
#: Bells for one batch at most, and so its messages in the broker: the workers fetch the rows themselves.
BELLS = 8
#: A small batch is split so that several workers share it: the campaign's batches of ten went to one of two.
SHARES = 4
PDF_CHUNK = 25
#: LibreOffice takes as long to start as for a dozen files: a small batch is not worth more than two starts.
PDF_SHARES = 2


def chunks(ids: Iterable[_Id], size: int) -> Iterator[list[_Id]]:
    """The ids in lists of at most ``size``."""
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk


def share(count: int, size: int, shares: int = SHARES) -> int:
    """How many of so many rows go with one message: at most ``size``, fewer of a small batch."""
    return max(1, min(size, -(-count // shares)))


def bells(count: int, size: int) -> int:
    """How many workers so many rows can keep busy: small batches are shared too, big ones flood nothing."""
    return min(BELLS, -(-count // share(count, size)))


def pdf_messages(job_ids: Sequence[int]) -> list[list[object]]:
    """Conversions by their ids: LibreOffice takes a chunk in one call."""
    return [[chunk] for chunk in chunks(job_ids, share(len(job_ids), PDF_CHUNK, PDF_SHARES))]


def ring(task: str, messages: Sequence[Sequence[object]]) -> bool:
    """Send a task once for each list of arguments, by its name. False when the bell is out.

    Raises UserError for a malformed ``REDIS_URL``.
    """
    if not messages:
        return True
    try:
        ensure_broker(settings.DOCGEN_HOME)
        for arguments in messages:
            app.send_task(task, tuple(arguments))
    except (OperationalError, RedisError, Outage, OSError) as fault:
        log.warning("Chưa gọi được máy chạy việc (%s); việc chờ trong kho: %s", task, fault)
        return False
    return True


def unread(queue: str = "docs") -> int:
    """Messages that no worker has fetched yet; 0 when the broker does not answer.

    While there are some, nothing was lost: ringing again would only pile up more.
    """
    client = connect(broker_address(settings.DOCGEN_HOME))
    try:
        return int(client.llen(queue))
    except (RedisError, OSError):
        return 0
    finally:
        client.close()


def hang_up() -> None:
    """Close this process's connections to the broker; the next message opens new ones."""
    pools.reset()
