"""One filler in a process of its own: ``worker PEER TEMPLATE DATA COUNT OUT`` prints its cost as JSON.

Peers that docgen does not use (docx-mailmerge2) are imported here only when asked for, from the bench's own venv.
"""

from __future__ import annotations

import importlib
import io
import itertools
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.generation import given as of_run

WARM = 10
Fill = Callable[[], bytes]


def _docgen(template: bytes, data: dict[str, Any], how: str) -> Fill:
    engine = importlib.import_module("docgen.engine")
    level = "STRAIGHT"
    if how in ("SOUND", "CAREFUL"):
        level, how = how, ""
    packing = engine.Packing.parse(how) if how else None
    compiled = engine.compile_template(template, packing=packing, level=engine.Level[level])
    if not of_run.has_pictures(data):
        return lambda: bytes(compiled.render(data).docx)
    given, count = of_run.decoded(data), itertools.count()

    def fill() -> bytes:
        own = of_run.fresh(
            given,
            next(count),
            picture=engine.Picture,
            code=lambda text: engine.QrCode(text, of_run.CODE_MM),
        )
        return bytes(compiled.render(own).docx)

    return fill


def _floor(template: bytes, data: dict[str, Any], how: str) -> Fill:
    """Only deflating and zipping the ready XML, by the zip writer and codec of docgen."""
    engine = importlib.import_module("docgen.engine")
    writing = importlib.import_module("docgen.engine.packing")
    packing = engine.Packing.parse(how) if how else engine.Packing()
    ready = _docgen(template, data, how)()
    members = writing.packed_members(ready)
    changed = _changed_members(template, ready)
    archive = writing.archive_of(members, list(changed), packing)
    return lambda: bytes(archive.write(changed))


def _changed_members(template: bytes, ready: bytes) -> dict[str, bytes]:
    zipfile = importlib.import_module("zipfile")
    with (
        zipfile.ZipFile(io.BytesIO(template)) as before,
        zipfile.ZipFile(io.BytesIO(ready)) as after,
    ):
        return {
            name: after.read(name)
            for name in before.namelist()
            if after.read(name) != before.read(name)
        }


def _copy(template: bytes, data: dict[str, Any], how: str) -> Fill:
    ready = _docgen(template, data, how)()
    return lambda: bytes(bytearray(ready))


def _docxtpl(template: bytes, data: dict[str, Any], _how: str) -> Fill:
    docxtpl = importlib.import_module("docxtpl")
    millimetres = importlib.import_module("docx.shared").Mm
    segno = importlib.import_module("segno")
    given, count = of_run.decoded(data), itertools.count()
    plain = not of_run.has_pictures(data)

    def code(made: Any, text: str) -> object:
        drawn = io.BytesIO()
        segno.make_qr(text, error="m", encoding="utf-8").save(drawn, kind="png", scale=8, border=4)
        return docxtpl.InlineImage(made, drawn, millimetres(of_run.CODE_MM))

    def fill() -> bytes:
        made = docxtpl.DocxTemplate(io.BytesIO(template))
        own = (
            given
            if plain
            else of_run.fresh(
                given,
                next(count),
                picture=lambda file, width: docxtpl.InlineImage(
                    made, io.BytesIO(file), millimetres(width)
                ),
                code=lambda text: code(made, text),
            )
        )
        made.render(own, autoescape=True)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return fill


def _mailmerge2(template: bytes, data: dict[str, Any], _how: str) -> Fill:
    mailmerge = importlib.import_module("mailmerge")
    texts = {key: value for key, value in data.items() if isinstance(value, str)}

    def fill() -> bytes:
        out = io.BytesIO()
        with mailmerge.MailMerge(io.BytesIO(template)) as made:
            made.merge_rows("no", [dict(row) for row in data["rows"]])
            made.merge(**texts)
            made.write(out)
        return out.getvalue()

    return fill


PEERS = {
    "docgen": _docgen,
    "floor": _floor,
    "copy": _copy,
    "docxtpl": _docxtpl,
    "mailmerge2": _mailmerge2,
}


def _peak() -> int:
    """Peak memory of this process alone, in bytes (getrusage would count that of the parent)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]


def measure(fill: Fill, count: int) -> dict[str, float]:
    """Cost of one document in seconds, after some to warm up; peak memory and file size in bytes."""
    begun = time.process_time()
    result = fill()
    first = time.process_time() - begun
    for _ in range(WARM - 1):
        result = fill()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        result = fill()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {
        "cpu": cpu / count,
        "wall": wall / count,
        "first": first,
        "peak": _peak(),
        "size": len(result),
    }


def main(arguments: list[str]) -> None:
    name, template, data, count, out = arguments
    peer, _, how = name.partition("=")
    fill = PEERS[peer](Path(template).read_bytes(), json.loads(Path(data).read_text("utf-8")), how)
    told = measure(fill, int(count))
    Path(out).write_bytes(fill())
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
