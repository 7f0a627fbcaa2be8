"""A reading: what one returned form says, as contract.md §4 puts it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from core.errors import Problem
from core.forms.identity import FormCode
from intake.extract.values import Value
from intake.readers.raw import Box, Channel


class Certainty(StrEnum):
    """How a form was recognised: by its own code, by its layout, not at all."""

    KNOWN = "known"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """What becomes of a reading: nothing open, a person looks, or it is no form of ours."""

    CLEAN = "clean"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RecordRef:
    """The record that an issued form is about."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued form as its store knows it."""

    kind: str
    version: int
    record: RecordRef | None = None


class FormLookup(Protocol):
    """What reading needs to ask a store: whether a code is its own, and what it was issued for."""

    def issued(self, code: FormCode) -> Issued | None:
        """The issued form of that code; None when the store did not make it."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One value with its text as written, the probability that it is right, and its place."""

    value: Value
    raw: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    problems: tuple[Problem, ...] = ()
    by: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape of contract.md §4."""
        return {
            "value": self.value,
            "raw": self.raw,
            "confidence": round(self.confidence, 4),
            "page": self.page,
            "box": [round(side, 1) for side in self.box] if self.box else None,
            "problems": [_problem(one) for one in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """One form found in a file. ``kind`` is empty when the page is no known form."""

    file: str
    sha256: str
    pages: tuple[int, ...]
    channel: Channel
    kind: str
    version: int
    code: str | None
    certainty: Certainty
    status: Status
    record: RecordRef | None = None
    fields: Mapping[str, FieldReading] = field(default_factory=dict)
    rows: tuple[Mapping[str, FieldReading], ...] | None = None
    problems: tuple[Problem, ...] = ()
    reason: str | None = None

    def values(self) -> dict[str, object]:
        """The plain values, rows under ``rows``: what validation and the records take."""
        data: dict[str, object] = {key: one.value for key, one in self.fields.items()}
        if self.rows is not None:
            data["rows"] = [{key: one.value for key, one in row.items()} for row in self.rows]
        return data

    def as_json(self) -> dict[str, object]:
        """The shape of contract.md §4."""
        tables: dict[str, object] = {}
        if self.rows is not None:
            tables["rows"] = [{key: one.as_json() for key, one in row.items()} for row in self.rows]
        form = {
            "kind": self.kind or None,
            "version": self.version or None,
            "code": self.code,
            "certainty": self.certainty.value,
        }
        record = {"type": self.record.type, "id": self.record.id} if self.record else None
        return {
            "file": self.file,
            "sha256": self.sha256,
            "pages": list(self.pages),
            "channel": self.channel.value,
            "form": form,
            "record": record,
            "fields": {key: one.as_json() for key, one in self.fields.items()},
            "tables": tables,
            "problems": [_problem(one) for one in self.problems],
            "status": self.status.value,
            "reason": self.reason,
        }


def _problem(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "fields": list(problem.fields), "message": problem.message}
