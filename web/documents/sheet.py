"""The half of the composing page that follows what is typed: the paper, its faults, where its data come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core.dates import format_short
from core.errors import UserError
from core.schema import FieldKind, FieldSpec
from core.validation import is_blank, path_label
from docgen.kinds import get_kind
from docgen.kinds.base import GIVEN, HEADER_FIELDS, RECIPIENT_FIELDS, SIGNER_FIELDS
from docgen.rules import Finding
from docgen.services.composing import Trial
from web.documents.fields import shown

_SHOWN = 160
_SHOWN_ROWS = 3


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing to mend: the sentence, and the input to jump to, or the page where it is mended."""

    words: str
    jump: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """One value that the records give: label, value, and where from."""

    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Values as the paper groups them."""

    title: str
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A trial told to people."""

    trial: Trial
    needed: frozenset[str] = frozenset()
    faults: tuple[FaultLine, ...] = ()
    records: tuple[FaultLine, ...] = ()
    errors: tuple[Finding, ...] = ()
    advice: tuple[Finding, ...] = ()
    groups: tuple[Group, ...] = field(default=())

    @classmethod
    def refused(cls, kind: str, record: str, on: date, fault: UserError) -> Sheet:
        """Nothing could be tried."""
        return cls(
            Trial(kind, record, on, "", fault=fault), faults=(FaultLine(fault.message, "id_ngay"),)
        )

    @property
    def ready(self) -> bool:
        """Whether it can be kept and submitted."""
        return self.trial.ready


def sheet_of(trial: Trial) -> Sheet:
    """Faults sorted by where they are mended; what the records gave, in the order of the paper."""
    kind = get_kind(trial.kind)
    asked = {spec.key for spec in trial.asked}
    inner = {**dict.fromkeys(trial.missing, "còn thiếu"), **trial.wrong}
    faults, records = [], []
    for path, why in inner.items():
        line = f"{path_label(kind.schema.fields, path)}: {why}"
        root = path.partition("[")[0].partition(".")[0]
        if root in asked:
            faults.append(FaultLine(line, _input_id(path, kind.schema.fields)))
        elif root == "intended_date":
            faults.append(FaultLine(line, "id_ngay"))
        else:
            records.append(FaultLine(line))
    if trial.fault is not None:
        records.append(FaultLine(trial.fault.message, _where_to(trial.fault)))
    return Sheet(
        trial,
        _needed(trial),
        tuple(faults),
        tuple(records),
        tuple(one for one in trial.findings if one.severity == "E"),
        tuple(one for one in trial.findings if one.severity != "E"),
        tuple(_groups(trial)),
    )


def _where_to(fault: UserError) -> str:
    """Where an earlier paper that is missing can be composed."""
    kind, record = fault.facts.get("kind"), fault.facts.get("record")
    if fault.code != "earlier_paper_missing" or not isinstance(kind, str):
        return ""
    return reverse("web:compose_paper", args=[kind, record])


def _needed(trial: Trial) -> frozenset[str]:
    """What is shown at once: required, always written by hand, or typed already. The rest is folded away."""
    return frozenset(
        spec.key
        for spec in trial.asked
        if spec.required or spec.source == GIVEN or not is_blank(trial.given.get(spec.key))
    )


def _input_id(path: str, fields: Sequence[FieldSpec]) -> str:
    """`corrections[0].wrong` → the id of its input; a whole table → its first cell."""
    name = path.replace("[", ".").replace("]", "")
    spec = next((one for one in fields if one.key == path), None)
    if spec is not None and spec.item:
        name = f"{path}.0.{spec.item[0].key}"
    return f"id_{name}".replace(".", "_")


_PARTS = (
    ("Phần đầu", frozenset(spec.key for spec in HEADER_FIELDS)),
    ("Người ký", frozenset(spec.key for spec in SIGNER_FIELDS)),
    ("Nơi nhận", frozenset(spec.key for spec in RECIPIENT_FIELDS)),
)


def _groups(trial: Trial) -> list[Group]:
    if trial.collected is None:
        return []
    data, asked = trial.collected.data, {spec.key for spec in trial.asked}
    rows: dict[str, list[Known]] = {"Phần đầu": [], "Nội dung": [], "Người ký": [], "Nơi nhận": []}
    for spec in get_kind(trial.kind).schema.fields:
        value = data.get(spec.key)
        if is_blank(value) or spec.key in asked:
            continue
        title = next((name for name, keys in _PARTS if spec.key in keys), "Nội dung")
        rows[title].append(Known(spec.label_vi, _told(spec, value), spec.source))
    return [Group(title, tuple(known)) for title, known in rows.items() if known]


def _told(spec: FieldSpec, value: object) -> str:
    """A value in a line: choices by their label, tables by their size."""
    if spec.kind == FieldKind.ENUM:
        return next((one.label_vi for one in spec.choices if one.code == value), str(value))
    if spec.kind == FieldKind.ROWS and isinstance(value, Sequence):
        return f"{len(value)} dòng: {_first_rows(spec, value)}"
    if spec.kind == FieldKind.GROUP and isinstance(value, Mapping):
        return "; ".join(shown(part) for part in value.values() if not is_blank(part))[:_SHOWN]
    if spec.kind == FieldKind.DATE:
        return format_short(date.fromisoformat(str(value)))
    text = shown(value).replace("\n", "; ")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _first_rows(spec: FieldSpec, rows: Sequence[object]) -> str:
    first = spec.item[0].key
    names = [shown(row.get(first)) for row in rows[:_SHOWN_ROWS] if isinstance(row, Mapping)]
    return ", ".join(names) + (", …" if len(rows) > _SHOWN_ROWS else "")
