"""Our own templates with the examples of their kinds, as the bench wants them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.generation.peers import ROOT
from docgen.kinds import get_kind
from docgen.kinds.base import Data, Numbering

LIBRARY = ROOT / "templates_docx"
KINDS = (
    *("founding_decision", "committee_decision", "introduction_letter", "invitation"),
    *("launch_minutes", "plan", "quota_decision", "assignment_decision"),
)
NUMBERING = Numbering(number=6, issue_date=date(2024, 5, 6))


@dataclass(frozen=True, slots=True)
class Case:
    """A template of the library and the context that fills it."""

    name: str
    template: Path
    context: Data

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Template and data as files."""
        data = folder / "ours.json"
        data.write_text(json.dumps(self.context, ensure_ascii=False), encoding="utf-8")
        return self.template, data


def cases() -> Iterator[Case]:
    """Each kind with its example."""
    for code in KINDS:
        kind = get_kind(code)
        data = dict(kind.schema.example)
        name = kind.template(data)
        yield Case(name, LIBRARY / f"{name}.docx", dict(kind.context(data, NUMBERING)))
