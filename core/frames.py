"""Messages between a process and a child that it keeps on a leash: some facts as JSON, then raw bytes. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

LENGTH = 8  # bytes that say how long the JSON before the raw bytes is


def pack(facts: Mapping[str, object], data: bytes = b"") -> bytes:
    """Facts and bytes as one message."""
    head = json.dumps(facts, ensure_ascii=False).encode()
    return len(head).to_bytes(LENGTH, "big") + head + data


def unpack(message: bytes) -> tuple[dict[str, object], bytes]:
    """What ``pack`` made. Raises ValueError for anything else."""
    end = LENGTH + int.from_bytes(message[:LENGTH], "big")
    facts = json.loads(message[LENGTH:end])
    if not isinstance(facts, dict):
        raise ValueError("not a message")  # noqa: TRY004 (a broken message, whatever its type)
    return facts, message[end:]
