"""What a rule is and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from docgen.rules.paper import Paper

Severity = Literal["E", "W"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the file: member of the package, paragraph (from 1, as they stand in that member), its text.

    ``paragraph`` is None for what belongs to no paragraph (page size, a missing part).
    """

    part: str
    paragraph: int | None = None
    text: str = ""

    def as_json(self) -> dict[str, object]:
        """The ``where`` of contract.md §2."""
        return {"part": self.part, "paragraph": self.paragraph, "text": self.text}


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule, told to a person."""

    rule: str
    severity: Severity
    message: str
    where: Where
    found: str
    expected: str

    def as_json(self) -> dict[str, object]:
        """A finding of contract.md §2."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "where": self.where.as_json(),
            "found": self.found,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule function yields; the rule adds its id and severity.

    ``severity`` is set only where one case of a rule weighs less than the rule (a symbol in a citation).
    """

    message: str
    where: Where
    found: str = ""
    expected: str = ""
    severity: Severity | None = None


Check = Callable[["Paper"], Iterable[Fault]]
Applies = Callable[["Paper"], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of form: id and severity of domain brief §1.2, its source, what it looks at and when it applies."""

    id: str
    severity: Severity
    source: str
    title: str
    check: Check
    applies: Applies

    def findings(self, paper: Paper) -> list[Finding]:
        """All breaches in a paper to which the rule applies."""
        return [
            Finding(
                rule=self.id,
                severity=fault.severity or self.severity,
                message=fault.message,
                where=fault.where,
                found=fault.found,
                expected=fault.expected,
            )
            for fault in self.check(paper)
        ]


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check: the profile used, what was found, and which rules were asked."""

    profile: str
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    not_applicable: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "E" for finding in self.findings)
