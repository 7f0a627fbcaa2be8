"""Reading a returned file from its bytes: guard, conversion of old formats, the cage, and the store's word on codes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from core.errors import Problem
from core.forms import get_form
from core.forms.identity import find_codes
from intake.cage import Cage
from intake.convert import convert
from intake.extract.assemble import THRESHOLD
from intake.guard import FileType, check_file
from intake.pressure import FILE_SECONDS
from intake.reading import FormLookup, Reading, Status
from intake.reading_json import restored

#: Old formats are turned into these before they are read.
_CONVERTED = {
    FileType.DOC: FileType.DOCX,
    FileType.ODT: FileType.DOCX,
    FileType.RTF: FileType.DOCX,
    FileType.XLS: FileType.XLSX,
    FileType.ODS: FileType.XLSX,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How sure a value must be (``kind.key`` or kind for special ones), and figures of an office's own calibration."""

    threshold: float = THRESHOLD
    special: dict[str, float] = field(default_factory=dict)
    calibration: str = ""


@lru_cache(maxsize=1)
def shared_cage() -> Cage:
    """The child of this process."""
    return Cage()


def read_form(
    data: bytes,
    *,
    name: str,
    expect: str | None = None,
    store: FormLookup | None = None,
    on: date | None = None,
    settings: Settings | None = None,
    cage: Cage | None = None,
) -> list[Reading]:
    """Every form in a returned file, without storing anything (contract §6).

    ``expect`` is the form kind a person says it is; ``store`` knows which codes are its own (without it a code is read
    but not verified); ``on`` is the day it came. Raises Refused (a UserError) when the file cannot be read at all,
    NotFound for an unknown ``expect``, and Outage when the child or LibreOffice is missing.
    """
    if expect is not None:
        get_form(expect)
    ends = time.monotonic() + FILE_SECONDS
    kind = check_file(data)
    content = data
    if kind in _CONVERTED:
        content, kind = convert(data, kind, wall=ends - time.monotonic()), _CONVERTED[kind]
        check_file(content)
    setting = settings or Settings()
    facts: dict[str, object] = {
        "name": name,
        "type": kind.value,
        "expect": expect,
        "on": on.isoformat() if on else None,
        "threshold": setting.threshold,
        "special": setting.special,
        "calibration": setting.calibration,
    }
    keeper = cage or shared_cage()
    readings = _ask(keeper, facts, content, ends)
    if store is not None and any(_is_foreign(one, store) for one in readings):
        anew = _ask(keeper, facts | {"ignore_codes": True}, content, ends)
        readings = _disowned(readings, anew, store)
    sha256 = hashlib.sha256(data).hexdigest()
    readings = [replace(one, sha256=sha256) for one in readings]
    return [_verified(one, store) for one in readings] if store is not None else readings


def _ask(cage: Cage, facts: dict[str, object], data: bytes, ends: float) -> list[Reading]:
    answer = cage.read(facts, data, wall=ends - time.monotonic())
    found = answer.get("readings")
    return [restored(one) for one in found] if isinstance(found, Sequence) else []


def _is_foreign(reading: Reading, store: FormLookup) -> bool:
    return reading.code is not None and all(
        store.issued(code) is None for code in find_codes(reading.code)
    )


def _disowned(readings: list[Reading], anew: list[Reading], store: FormLookup) -> list[Reading]:
    """Forms whose code is not the store's are taken by their layout; the pieces of a file are the same both times."""
    return [
        other if _is_foreign(one, store) else one for one, other in zip(readings, anew, strict=True)
    ]


def _verified(reading: Reading, store: FormLookup) -> Reading:
    """The record that the store issued the form for; a form of another kind than issued is a problem."""
    if reading.code is None:
        return reading
    for code in find_codes(reading.code):
        issued = store.issued(code)
        if issued is None:
            continue
        if (issued.kind, issued.version) != (reading.kind, reading.version):
            problem = Problem(
                "code_mismatch", "Mã in trên biểu mẫu không khớp với mẫu đã phát.", ()
            )
            return replace(
                reading,
                problems=(*reading.problems, problem),
                status=Status.NEEDS_REVIEW if reading.status is Status.CLEAN else reading.status,
            )
        return replace(reading, record=issued.record)
    return reading
