"""A reading as plain data with everything in it, and back: for the way out of the cage, and for the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Problem
from intake.readers.raw import Channel
from intake.reading import Certainty, FieldReading, Reading, RecordRef, Status


def detailed(reading: Reading) -> dict[str, object]:
    """All of a reading. Unlike ``Reading.as_json`` nothing is rounded or left out."""
    rows = None
    if reading.rows is not None:
        rows = [{key: _field(one) for key, one in row.items()} for row in reading.rows]
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "pages": list(reading.pages),
        "channel": reading.channel.value,
        "kind": reading.kind,
        "version": reading.version,
        "code": reading.code,
        "certainty": reading.certainty.value,
        "status": reading.status.value,
        "record": [reading.record.type, reading.record.id] if reading.record else None,
        "fields": {key: _field(one) for key, one in reading.fields.items()},
        "rows": rows,
        "problems": [_problem(one) for one in reading.problems],
        "reason": reading.reason,
    }


def restored(data: Mapping[str, Any]) -> Reading:
    """A reading from what ``detailed`` made. Raises KeyError, TypeError or ValueError for anything else."""
    rows: Sequence[Mapping[str, Any]] | None = data["rows"]
    record = data["record"]
    return Reading(
        file=str(data["file"]),
        sha256=str(data["sha256"]),
        pages=tuple(int(page) for page in data["pages"]),
        channel=Channel(data["channel"]),
        kind=str(data["kind"]),
        version=int(data["version"]),
        code=data["code"],
        certainty=Certainty(data["certainty"]),
        status=Status(data["status"]),
        record=RecordRef(str(record[0]), str(record[1])) if record else None,
        fields={str(key): _field_of(one) for key, one in data["fields"].items()},
        rows=None
        if rows is None
        else tuple({str(key): _field_of(one) for key, one in row.items()} for row in rows),
        problems=tuple(_problem_of(one) for one in data["problems"]),
        reason=data["reason"],
    )


def _field(one: FieldReading) -> dict[str, object]:
    return {
        "value": one.value,
        "raw": one.raw,
        "confidence": one.confidence,
        "page": one.page,
        "box": list(one.box) if one.box else None,
        "problems": [_problem(problem) for problem in one.problems],
        "by": one.by,
    }


def _field_of(data: Mapping[str, Any]) -> FieldReading:
    value, box = data["value"], data["box"]
    if not isinstance(value, str | int | float | bool | None):
        raise TypeError("a value is text, a number, a yes or no, or nothing")
    return FieldReading(
        value,
        str(data["raw"]),
        float(data["confidence"]),
        data["page"],
        (float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None,
        tuple(_problem_of(one) for one in data["problems"]),
        str(data["by"]),
    )


def _problem(problem: Problem) -> list[object]:
    return [problem.code, problem.message, list(problem.fields)]


def _problem_of(data: Sequence[Any]) -> Problem:
    return Problem(str(data[0]), str(data[1]), tuple(str(key) for key in data[2]))
