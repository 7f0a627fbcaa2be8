"""The child's side of the cage: ``python -m intake.caged`` reads files one after another, within limits. No store.

A request is a file and how it is to be read, or which page of it is to be drawn or measured; the answer its
readings, the picture or the measures, or why there are none. The child starts nothing, writes no file and speaks to
nobody.
"""

from __future__ import annotations

import resource
import sys
from datetime import date
from typing import BinaryIO

from core.errors import NotFound, Unreadable
from core.frames import pack, unpack
from intake.certainty import from_json
from intake.extract.assemble import Acceptance
from intake.guard import FileType, Refused
from intake.pipeline import Wish, read_pieces
from intake.readers.picture import page_picture, page_sizes
from intake.reading_json import detailed

Facts = dict[str, object]
_SIZE = 8


def wish_of(facts: Facts) -> Wish:
    """How the file is to be read, as the parent wrote it down."""
    on, calibration, special = facts.get("on"), facts.get("calibration"), facts.get("special")
    return Wish(
        name=str(facts["name"]),
        expect=str(facts["expect"]) if facts.get("expect") else None,
        on=date.fromisoformat(str(on)) if on else None,
        calibration=from_json(str(calibration)) if calibration else None,
        acceptance=Acceptance(
            default=float(str(facts["threshold"])),
            special={str(k): float(v) for k, v in special.items()}
            if isinstance(special, dict)
            else {},
        ),
        ignore_codes=bool(facts.get("ignore_codes")),
    )


def answer(facts: Facts, data: bytes) -> tuple[Facts, bytes]:
    """Readings, or a picture with its measures, or an error."""
    try:
        if "page" in facts:
            page, width = int(str(facts["page"])), int(str(facts["width"]))
            return {}, page_picture(data, page=page, width=width)
        if "sizes" in facts:
            return {"sizes": page_sizes(data)}, b""
        readings = read_pieces(data, FileType(str(facts["type"])), wish_of(facts))
    except (Unreadable, Refused, NotFound) as error:
        return {"error": {"code": error.code, "message": error.message}}, b""
    except MemoryError:
        return {"error": {"code": "too_heavy", "message": ""}}, b""
    except RecursionError:
        return {"error": {"code": "too_deep", "message": ""}}, b""
    return {"readings": [detailed(one) for one in readings]}, b""


def main() -> None:
    """Serve requests until the input ends. The first message holds the limits."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    limits, _ = unpack(_receive(source) or b"")
    memory, seconds = int(str(limits["memory"])), int(str(limits["cpu"]))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    target.write(len(ready := pack({})).to_bytes(_SIZE, "big") + ready)
    target.flush()
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    while (message := _receive(source)) is not None:
        facts, data = unpack(message)
        used = resource.getrusage(resource.RUSAGE_SELF)
        bound = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (bound, hard))
        said, picture = answer(facts, data)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        reply = pack({**said, "rss_kib": grown}, picture)
        target.write(len(reply).to_bytes(_SIZE, "big") + reply)
        target.flush()


def _receive(source: BinaryIO) -> bytes | None:
    """One message, or None at the end of the input."""
    head = source.read(_SIZE)
    if len(head) < _SIZE:
        return None
    return source.read(int.from_bytes(head, "big"))


if __name__ == "__main__":
    main()
