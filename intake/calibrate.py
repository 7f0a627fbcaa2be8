"""Refitting certainty on an office's own returned forms whose truth is known (`docgen read --calibrate`).

Beside a file ``phieu.docx`` lies ``phieu.docx.truth.json``: a list with one entry for each form of the file in order,
``{"kind": "enterprise_survey", "values": {...}}``, the values as contract.md §4 writes them and ``rows`` for the list;
a value left out is blank. The office's counts are kept in its
store, with the shipped ones as if each group had been seen only a few times.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import Unreadable, UserError
from core.forms import FORMS, FormField, get_form
from intake.certainty import (
    Calibration,
    Features,
    fit,
    from_json,
    merged,
    shipped,
    tempered,
    to_json,
)
from intake.extract.assemble import features
from intake.reading import FieldReading, Reading

SUFFIX = ".truth.json"
#: Name of the office's figures in its store.
OFFICE_FILE = "calibration.json"
#: Of the shipped figures so many cases a group are kept beside the office's own, or its mistakes would drown in them.
_PRIOR = 50
Values = Mapping[str, object]
Outcome = tuple[Features, bool]


@dataclass(frozen=True, slots=True)
class Known:
    """One form of a file as a person knows it."""

    kind: str
    values: Values


@dataclass(slots=True)
class Calibrated:
    """What came of a folder: the office's counts, and what was read wrong although nothing was open about it."""

    files: int = 0
    values: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def calibrate(folder: Path, read: Callable[[Path], list[Reading]]) -> Calibrated:
    """Read every file of a folder that has its truth beside it. Raises Unreadable where none has, or one is damaged."""
    truths = sorted(folder.rglob(f"*{SUFFIX}"))
    if not truths:
        raise Unreadable(
            f"Thư mục {folder} không có tệp nào kèm tệp đúng (tên tệp thêm “{SUFFIX}”).",
            code="no_truth",
        )
    made = Calibrated()
    for path in truths:
        known = read_truth(path)
        source = path.with_name(path.name.removesuffix(SUFFIX))
        try:
            readings = read(source)
        except UserError as fault:
            made.unread.append(f"{source.name}: {fault.message}")
            continue
        made.files += 1
        _count(made, source.name, readings, known)
    return made


def read_truth(path: Path) -> list[Known]:
    """What the file beside a form says. Raises Unreadable."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"Tệp {path.name} không phải là JSON đọc được.", code="bad_truth"
        ) from error
    entries = data if isinstance(data, list) else [data]
    known = []
    for entry in entries:
        kind = entry.get("kind") if isinstance(entry, dict) else None
        values = entry.get("values") if isinstance(entry, dict) else None
        if kind not in FORMS or not isinstance(values, dict):
            raise Unreadable(
                f'Tệp {path.name}: mỗi mục phải có "kind" là một loại biểu mẫu và "values" là các giá trị.',
                code="bad_truth",
            )
        known.append(Known(str(kind), values))
    return known


def _count(
    made: Calibrated, name: str, readings: Sequence[Reading], known: Sequence[Known]
) -> None:
    found = [one for one in readings if one.kind]
    for reading, truth in zip(found, known, strict=False):
        if reading.kind != truth.kind:
            made.unread.append(f"{name}: nhận nhầm là {reading.kind}, đúng là {truth.kind}.")
            continue
        for place, one, spec, wanted in _pairs(reading, truth):
            right = one.value == wanted
            made.values += 1
            made.right += right
            if not one.problems:
                made.outcomes.append((features_of(reading, one, spec), right))
                if not right:
                    made.wrong.append(f"{name}: {place} đọc là {one.value!r}, đúng là {wanted!r}.")
    if len(found) != len(known):
        made.unread.append(f"{name}: đọc được {len(found)} biểu mẫu, đúng là {len(known)}.")


def _pairs(reading: Reading, truth: Known) -> Iterator[tuple[str, FieldReading, FormField, object]]:
    """Every value read with what it should be."""
    form = get_form(reading.kind)
    for spec in form.fields:
        if spec.key in reading.fields:
            yield spec.key, reading.fields[spec.key], spec, truth.values.get(spec.key)
    wanted = truth.values.get("rows")
    rows = wanted if isinstance(wanted, list) else []
    for at, row in enumerate(reading.rows or ()):
        true = rows[at] if at < len(rows) and isinstance(rows[at], dict) else {}
        for spec in form.columns:
            if spec.key in row:
                yield f"rows[{at}].{spec.key}", row[spec.key], spec, true.get(spec.key)


def features_of(reading: Reading, one: FieldReading, spec: FormField) -> Features:
    """The groups of a value that was read."""
    blank = one.value is None and not one.raw
    return features(reading.channel.value, one.by, spec.kind.value, blank=blank)


def save_office(home: Path, made: Calibrated) -> Path:
    """Keep the office's figures, leaning on the shipped ones, in its store; whole or not at all."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / OFFICE_FILE
    beside = path.with_suffix(".tmp")
    beside.write_text(
        to_json(merged(tempered(shipped(), _PRIOR), fit(made.outcomes))), encoding="utf-8"
    )
    beside.replace(path)
    return path


def office_calibration(home: Path) -> str:
    """The office's figures as text for ``Settings.calibration``; empty where it has none.

    Raises Unreadable for a damaged file: figures nobody can read must not be passed over in silence.
    """
    path = home / OFFICE_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _damaged(path, os.strerror(error.errno or 0)) from error
    try:
        checked: Calibration = from_json(text)
    except (ValueError, TypeError, LookupError) as error:
        raise _damaged(path, "không phải số liệu hiệu chỉnh") from error
    return to_json(checked)


def _damaged(path: Path, why: str) -> Unreadable:
    return Unreadable(
        f"Không đọc được {path}: {why}. Hãy chạy lại docgen read --calibrate hoặc xóa tệp này.",
        code="bad_calibration",
    )
